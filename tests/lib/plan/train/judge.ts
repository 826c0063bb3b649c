/** The plan of a train, carried out by plain git, and judged by the real go as its users meet it. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { plan as planOf } from "../../../../commands/carry.ts";
import type { Choices, ModuleChoice } from "../../../../lib/choices.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import type { Plan, WriteStep } from "../../../../lib/plan/types.ts";
import { wholeOf } from "../../../../lib/apply/bytes.ts";
import { applyEdits } from "../../../../lib/go/modfile/mod.ts";
import { zipPrefix } from "../../../../lib/go/zip.ts";
import type { ProxySource } from "../../../../lib/proxy/server.ts";
import { moduleZip } from "../../../../lib/proxy/zip.ts";
import { Refused } from "../../../../lib/problem.ts";
import { Go } from "../../../support/go.ts";
import { environment } from "../../../support/gorel.ts";
import { Proxy } from "../../../support/proxy.ts";
import type { Repo } from "../../../support/repo.ts";

/** The plan of a wish, as a dry run gives it; the problems where there is none, or why nothing is due. */
export async function planned(
  repo: Repo,
  modules: readonly string[],
  wish: Omit<ModuleChoice, "Dir">,
  more: Partial<Choices> = {},
): Promise<Plan> {
  const choices: Choices = {
    Do: "release",
    Modules: Array.from({ length: modules.length || 1 }, () => ({ Dir: "", ...wish })),
    RestoreReplaces: false,
    Include: [],
    Push: true,
    Messages: {},
    Signoff: false,
    Hooks: true,
    Build: false,
    Wait: 0,
    Offline: false,
    Accept: [],
    ...more,
  };
  const stand = { Dir: repo.dir, ...(modules.length > 0 && { Modules: modules }) };
  const made = await planOf(choices, stand, machine({ ...environment(), ...repo.env }));
  if ("Nothing" in made) throw new Error(`nothing: ${made.Nothing}`);
  return made.Plan;
}

/** The codes of a refusal, and its sentences. */
export async function refusal(work: Promise<Plan>): Promise<{ Codes: string[]; Texts: string[] }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      Codes: error.problems.map((p) => p.Code),
      Texts: error.problems.map((p) => `${p.Text} ${p.Fix ?? ""}`),
    };
  }
  throw new Error("not refused");
}

/** Makes what the plan says with git alone, and pushes it. The trees must be those of the plan. */
export function carryOut(repo: Repo, plan: Plan): void {
  for (const step of plan.Steps) {
    if (step.Do === "write") write(repo, step);
    if (step.Do === "commit") {
      repo.git("commit", "-q", "--allow-empty", "-m", step.Message);
      assert.equal(repo.git("rev-parse", "HEAD^{tree}"), step.Tree);
      repo.git("tag", "-f", `step-${step.Id}`);
    }
    if (step.Do === "tag") {
      repo.tag(step.Name, step.Of === "commit" ? "step-commit" : step.Of);
    }
  }
  repo.git("push", "-q", "origin", "HEAD", ...plan.Releases.map((r) => `refs/tags/${r.TagName}`));
}

function write(repo: Repo, step: WriteStep): void {
  if (step.After === null) return void repo.git("rm", "-q", "--", step.File);
  const path = join(repo.dir, step.File);
  const bytes = wholeOf(step) ?? applyEdits(Deno.readFileSync(path), step.Edits!);
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeFileSync(path, bytes);
  repo.git("add", "--", step.File);
}

/** Versions of modules that no repository has: `path@version` and its files. */
export type Others = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function sourceOf(others: Others, source: ProxySource): Partial<ProxySource> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const has = (path: string) => Object.keys(others).some((key) => key.startsWith(`${path}@`));
  const find = (path: string, version: string) => others[`${path}@${version}`];
  return {
    list: (path) =>
      has(path)
        ? Promise.resolve(
          Object.keys(others).flatMap((key) =>
            key.startsWith(`${path}@`) ? [key.split("@")[1]!] : []
          ),
        )
        : source.list(path),
    info: (path, version) =>
      find(path, version)
        ? Promise.resolve({ Version: version, Time: "2020-01-01T00:00:00Z" })
        : source.info(path, version),
    mod: (path, version) => {
      const files = find(path, version);
      return files ? Promise.resolve(bytes(files["go.mod"]!)) : source.mod(path, version);
    },
    zip: async (path, version) => {
      const files = find(path, version);
      if (!files) return await source.zip(path, version);
      const contents = Object.entries(files).map(([name, text]): [string, Uint8Array] => [
        name,
        bytes(text),
      ]);
      return await moduleZip(zipPrefix(path, version), contents);
    },
  };
}

/** The proxy of what is published, and a go that asks it alone. */
export class World implements AsyncDisposable {
  readonly proxy: Proxy;
  readonly go: Go;

  constructor(readonly repo: Repo, others: Others = {}) {
    this.proxy = new Proxy(repo, (source) => sourceOf(others, source));
    this.go = new Go({ GOPROXY: this.proxy.url, GONOSUMDB: "*", GOFLAGS: "" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.go[Symbol.dispose]();
    await this.proxy[Symbol.asyncDispose]();
  }

  /** Runs go, which must succeed; its words otherwise. */
  async must(args: string[], cwd: string): Promise<string> {
    const { code, stdout, stderr } = await this.go.start(args, cwd);
    assert.equal(code, 0, `go ${args.join(" ")}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs `go mod tidy` in modules as they are in the work tree, so that they are what a plan begins with. */
  async tidy(dirs: readonly string[]): Promise<void> {
    for (const dir of dirs) await this.must(["mod", "tidy"], join(this.repo.dir, dir));
  }

  /** What `go mod tidy -diff` says of a module in the work tree; "" when it is tidy. */
  async untidy(dir: string): Promise<string> {
    const { code, stdout, stderr } = await this.go.start(
      ["mod", "tidy", "-diff"],
      join(this.repo.dir, dir),
    );
    return code === 0 ? "" : stdout + stderr;
  }

  /**
   * Every module is tidy in the tagged tree, but for lines that the plan says are left out, and in
   * the tree behind it.
   */
  async tidyTrees(plan: Plan): Promise<void> {
    const steps = plan.Steps.flatMap((s) => s.Do === "commit" ? [s.Id] : []);
    const lacks = plan.Problems.filter((p) => p.Code === "train-cycle").map((p) => p.Where!.File);
    for (const step of steps.length > 0 ? steps : ["HEAD"]) {
      if (steps.length > 0) this.repo.git("checkout", "-q", `step-${step}`);
      for (const { Dir } of plan.Releases) {
        const out = await this.untidy(Dir);
        const left = step === "commit" && lacks.includes(Dir === "" ? "go.sum" : `${Dir}/go.sum`);
        // Whatever is left out is a line that comes, and nothing else.
        const changes = out.split("\n").filter((l) => /^[-+]/.test(l) && !/^(---|\+\+\+)/.test(l));
        const fine = left
          ? changes.every((l) => l.startsWith("+")) && changes.length > 0
          : out === "";
        assert.ok(fine, `${Dir || "."} at ${step}\n${out}`);
      }
    }
  }

  /** An empty module takes in every release by its packages (and their modules' paths), and builds with it. */
  async use(plan: Plan, all: Readonly<Record<string, string>>): Promise<void> {
    const versions = new Map(plan.Releases.map((r) => [r.NewModule ?? r.Module, r.Version]));
    const packages = Object.keys(all).filter((path) => versions.has(all[path]!));
    const dir = this.repo.folder.join("user");
    Deno.mkdirSync(dir, { recursive: true });
    const imports = packages.map((path) => `import _ "${path}"\n`).join("");
    Deno.writeTextFileSync(join(dir, "go.mod"), "module example.org/user\n\ngo 1.21\n");
    // Nothing is linked: compiling the runtime would take longer than all else.
    Deno.writeTextFileSync(join(dir, "user.go"), `package user\n\n${imports}`);
    await this.must(["get", ...packages.map((path) => `${path}@${versions.get(all[path]!)}`)], dir);
    await this.must(["build", "-mod=readonly", "./..."], dir);
    await this.must(["mod", "verify"], dir);
    // go get calls all of them indirect, which tidy mends.
    await this.must(["mod", "tidy"], dir);
    const sums = Deno.readTextFileSync(join(dir, "go.sum"));
    for (const { Module: old, NewModule, Version, Expect } of plan.Releases) {
      const Module = NewModule ?? old;
      assert.ok(sums.includes(`${Module} ${Version} ${Expect.Sum}\n`), `${Module} ${Version}`);
      assert.ok(sums.includes(`${Module} ${Version}/go.mod ${Expect.GoModSum}\n`), Module);
    }
  }
}
