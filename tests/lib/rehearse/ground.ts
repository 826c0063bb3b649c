/** Plans made by hand, and their proof with the real go command and without a network. */
import { machine } from "../../../lib/cli/machine.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { Draft } from "../../../lib/plan/draft.ts";
import type { Plan, PlannedRelease, Step } from "../../../lib/plan/types.ts";
import { type Proof, type ProofOptions, proveTree } from "../../../lib/rehearse/prove.ts";
import { encode } from "../../../lib/text.ts";
import { environment } from "../../support/gorel.ts";
import { Folder, Repo } from "../../support/repo.ts";

/** A repository, and a go command that has nothing but what the test gives it. */
export class Ground implements Disposable {
  readonly repo = new Repo();
  readonly go = new Folder();
  readonly env: Record<string, string>;

  constructor(files: Record<string, string>, env: Record<string, string> = {}) {
    this.repo.commit("first", files);
    this.env = {
      ...environment(),
      ...this.repo.env,
      GOPATH: this.go.join("gopath"),
      GOMODCACHE: this.go.join("mod"),
      GOCACHE: buildCache(),
      TMPDIR: this.go.join("tmp"),
      CGO_ENABLED: "0",
      ...env,
    };
    Deno.mkdirSync(this.go.join("tmp"));
  }

  [Symbol.dispose](): void {
    this.repo[Symbol.dispose]();
    this.go[Symbol.dispose]();
  }

  /** Folders that a proof left behind. */
  left(): string[] {
    return [...Deno.readDirSync(this.go.join("tmp"))].map((entry) => entry.name);
  }

  async open(): Promise<Repository> {
    const repo = await openRepository(machine(this.env), this.repo.dir);
    if ("Code" in repo) throw new Error(repo.Text);
    return repo;
  }

  /** A plan that writes these files (null deletes) and proves what comes of it. */
  async plan(
    writes: Record<string, string | null>,
    releases: readonly (Partial<PlannedRelease> & Pick<PlannedRelease, "Module" | "Version">)[],
    runs: readonly ("tidy" | "build" | "vet")[] = ["tidy", "build", "vet"],
  ): Promise<{ repo: Repository; plan: Plan; draft: Draft }> {
    const repo = await this.open();
    const base = (await snapshot(repo, "HEAD"))!;
    const draft = new Draft(repo, base);
    for (const [path, text] of Object.entries(writes)) {
      if (text === null) draft.remove(path, "100644");
      else draft.edit(path, "100644", encode(text));
    }
    const { Planned, Files } = await draft.written();
    const Steps: Step[] = [
      ...runs.map((Run): Step => ({ Id: `prove-${Run}`, Do: "prove", Run })),
      ...Files.map((file, i): Step => ({
        Id: `write-${i + 1}`,
        Do: "write",
        In: "commit",
        ...file,
      })),
      {
        Id: "commit",
        Do: "commit",
        Parents: [base.Commit!],
        Tree: Planned.Tree,
        Message: "Release\n",
        Sign: false,
      },
    ];
    const plan: Plan = {
      Format: 1,
      Releases: releases.map((release) => ({
        Dir: "",
        TagName: `${release.Dir ? release.Dir + "/" : ""}${release.Version}`,
        Tree: Planned.Tree,
        Expect: { Sum: "", GoModSum: "" },
        ...release,
      })),
      Base: { Commit: base.Commit!, Branch: "main", Tree: base.Tree },
      Problems: [],
      Steps,
    };
    return { repo, plan, draft };
  }

  /** Proves such a plan. */
  async prove(
    ...[writes, releases, options]: [
      Record<string, string | null>,
      Parameters<Ground["plan"]>[1],
      (Partial<ProofOptions> & { runs?: ("tidy" | "build" | "vet")[] })?,
    ]
  ): Promise<Proof & { said: string }> {
    const { repo, plan, draft } = await this.plan(writes, releases, options?.runs);
    const said: string[] = [];
    const proof = await proveTree(repo, plan, {
      Planned: await draft.planned(),
      Before: draft.base,
    }, {
      signal: new AbortController().signal,
      accept: [],
      offline: false,
      published: () => [],
      onStep: () => {},
      heard: (line) => said.push(line),
      ...options,
    });
    return { ...proof, said: said.join("\n") };
  }
}

/** One build cache for all tests of this machine: what is built in them is small and the same. */
function buildCache(): string {
  const { GOCACHE, XDG_CACHE_HOME, HOME = "/" } = Deno.env.toObject();
  return GOCACHE ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/go-build`;
}

/** The states of a proof's steps, and the codes and levels of its problems. */
export function summary({ Steps, Problems }: Proof): { Steps: string[]; Problems: string[] } {
  return {
    Steps: Steps.map((step) => `${step.Id} ${step.State}`),
    Problems: Problems.map((p) => `${p.Code} ${p.Accepted === undefined ? p.Level : "accepted"}`),
  };
}
