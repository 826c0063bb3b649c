/** The judgement of a planned tree: the go command over it, and where it fails over the tree before. */
import { join } from "node:path";
import { goModOf } from "../facts/modules.ts";
import type { Repository } from "../git/repository.ts";
import { type Snapshot, snapshot } from "../git/tree.ts";
import type { OutcomeStep, Plan, PlannedRelease, ProveStep } from "../plan/types.ts";
import { pathOf } from "../plan/commits.ts";
import { accept, type Code, type Problem, problem, stops } from "../problem.ts";
import { clean } from "../text.ts";
import { listing, offeredPackages, type Side, writeProgram } from "./both.ts";
import { type Broken, type Call, go, type GoOptions, nowhere, type Ran } from "./judge.ts";
import { asksFor, before, type Judged, judged, type Modules, modulesOf } from "./modules.ts";
import type { Coming } from "./offer.ts";
import { hostPlatform, platformsOf } from "./platforms.ts";
import type { Proof, ProofOptions, Trees } from "./prove.ts";
import { hidden, type Said, sentence } from "./said.ts";
import {
  type Case,
  chosenWords,
  detail,
  fixOf,
  how,
  judgedBy,
  type Judging,
  nameOf,
  notBuilt,
  sayingOf,
  tidyFirst,
} from "./words.ts";

type End = Pick<OutcomeStep, "State" | "Detail">;

/** How one judgement ended: judged, whatever came of it; or why it was not. */
type Verdict = { Asked: true } | { Asked: false; Why: string };
const asked: Verdict = { Asked: true };

export interface ProvingParts {
  Repo: Repository;
  Plan: Plan;
  Trees: Trees;
  Coming: readonly Coming[];
  Options: ProofOptions;
  Go: GoOptions;
}

export class Proving {
  readonly #problems: Problem[] = [];
  /** Why something could not be judged, by what that is. */
  readonly #lacks = new Map<string, string>();
  /** What does not build: elsewhere, and to vet, it would be said again. */
  readonly #broken = new Set<string>();
  #before: Modules | undefined;
  #platforms: ReturnType<typeof platformsOf> | undefined;

  private constructor(readonly parts: ProvingParts, readonly modules: Modules) {}

  static async of(parts: ProvingParts): Promise<Proving> {
    return new Proving(parts, await modulesOf(parts.Trees.Planned));
  }

  /** Carries out the steps; those behind a signal are left. */
  async all(steps: readonly ProveStep[]): Promise<Proof> {
    const { onStep, signal } = this.parts.Options;
    const { clock } = this.parts.Repo.services;
    const ended = steps.map(({ Id, Do }): OutcomeStep => ({ Id, Do, State: "not-asked" }));
    for (const [i, { Id, Do, Run }] of steps.entries()) {
      if (signal.aborted) break;
      onStep({ Id, Do, State: "begun" });
      const began = clock.now();
      const end: End = Run in how
        ? await this.#step(Run as Judging)
        : { State: "skipped", Detail: `this gorel does not run ${clean(Run)}` };
      const Ms = clock.now() - began;
      ended[i] = signal.aborted ? { Id, Do, State: "not-asked", Ms } : { Id, Do, ...end, Ms };
      onStep(ended[i]);
    }
    const lacks = [...this.#lacks.values()].map(notBuilt);
    return {
      Steps: ended,
      Problems: [...this.#accepted(this.#problems), ...lacks],
      Stopped: signal.aborted,
    };
  }

  #accepted(problems: readonly Problem[]): Problem[] {
    return accept(problems, this.parts.Options.accept, { writesFiles: true });
  }

  async #step(what: Judging): Promise<End> {
    const from = this.#problems.length;
    const cases = await this.#cases(what);
    const verdicts: Verdict[] = [];
    const done: Case[] = [];
    for (const one of cases) {
      if (this.#broken.has(nameOf({ Module: one.Module })) || this.#broken.has(nameOf(one))) {
        continue;
      }
      const verdict = await this.#judge(what, one);
      verdicts.push(verdict);
      if (verdict.Asked) done.push(one);
    }
    for (const release of what === "build" ? this.parts.Plan.Releases : []) {
      const broken = this.#broken.has(nameOf({ Module: { Path: pathOf(release) } }));
      const verdict = broken ? null : await this.#both(release);
      if (verdict) verdicts.push(verdict);
    }
    const stopping = this.#accepted(this.#problems.slice(from)).find(stops);
    if (stopping) return { State: "failed", Detail: stopping.Text };
    if (verdicts.some((v) => v.Asked)) return { State: "done", Detail: detail(what, done) };
    const lacking = verdicts.find((v) => !v.Asked);
    const why = lacking?.Why ??
      (cases.length > 0 ? "what does not build is not vetted" : "no module");
    return { State: "skipped", Detail: why };
  }

  /** The modules on the host, then on other platforms, where their files name some. */
  async #cases(what: Judging): Promise<Case[]> {
    const { Plan, Repo, Trees } = this.parts;
    const modules = judged(Plan, this.modules);
    // A workspace is not what tidy looks at.
    if (what === "tidy") {
      return modules.filter((m) => m.Work === null).map((Module) => ({ Module }));
    }
    const host = hostPlatform(Repo.services.env);
    const named = await (this.#platforms ??= platformsOf(Trees.Planned, this.modules, host));
    return [
      ...modules.map((Module): Case => ({ Module })),
      ...modules.flatMap((Module) => named(Module.Dir).map((Platform) => ({ Module, Platform }))),
    ];
  }

  async #judge(what: Judging, one: Case): Promise<Verdict> {
    const { Module, Platform } = one;
    const call = {
      Args: how[what].Args,
      Dir: Module.Dir,
      Work: what === "tidy" ? null : Module.Work,
      ...(Platform && { Platform }),
    };
    const Asks = asksFor(this.parts.Coming, Module, this.modules);
    const ran = await this.#run(this.parts.Trees.Planned, { ...call, Asks });
    if (ran === "stopped" || !("Failed" in ran)) return asked;
    if (what === "build") this.#broken.add(nameOf(one));
    const earlier = await this.#earlier(Module, call);
    if (earlier === "stopped") return asked;
    const old = earlier && "Failed" in earlier ? earlier.Failed : null;
    return this.#found(what, ran, old, sayingOf(what, one, ran), one);
  }

  /** The same command over the tree before; null where the module was not there. */
  async #earlier(module: Judged, call: Omit<Call, "Root" | "Asks">): Promise<Ran | null> {
    const { Plan, Trees } = this.parts;
    this.#before ??= await modulesOf(Trees.Before);
    const Dir = before(Plan, module, this.#before);
    if (Dir === null) return null;
    const work = call.Work !== null && this.#before.Works.get(call.Work)?.has(Dir);
    const Work = work ? call.Work : null;
    return await this.#run(Trees.Before, { ...call, Dir, Work, Asks: false });
  }

  async #run(tree: Snapshot, call: Omit<Call, "Root">): Promise<Ran> {
    const Root = await this.parts.Go.place.tree(tree);
    return await go({ ...call, Root }, this.parts.Go);
  }

  /**
   * Keeps what was found: what failed before too is a warning, and where nothing but the world was
   * in the way, both times, nothing was found.
   */
  #found(
    what: Judging,
    { Failed, Out }: Broken,
    old: Said | null,
    say: (old: boolean) => string,
    one?: Case,
  ): Verdict {
    if (Failed.Lacks && old?.Lacks && Out === "") {
      const Why = sentence(Failed.Lines.slice(0, 1));
      const name = one ? nameOf(one) : "A program of both majors";
      // Of several reasons the one that says most: what does not build is not vetted either.
      if (what === "build" || !this.#lacks.has(name)) {
        this.#lacks.set(name, `${name} could not be ${judgedBy[what]} here: ${Why}.`);
      }
      return { Asked: false, Why };
    }
    const warns = old !== null && (Failed.Lacks || !old.Lacks);
    const code: Code = how[what].Code;
    const where = code === "not-tidy" && one ? { File: goModOf(one.Module.Dir) } : Failed.Where;
    const { Plan, Repo, Options } = this.parts;
    const chosen = chosenWords(Options.classes);
    this.#problems.push(problem(code, say(warns), {
      ...(where && { where }),
      ...(warns ? { level: "warn" } : { fix: fixOf(what, one?.Module, Plan, chosen, Repo.Prefix) }),
      ...(warns && what === "tidy" && { fix: tidyFirst }),
    }));
    return asked;
  }

  /** A program that requires the old and the new major of a module builds; null: there is none to build. */
  async #both(
    { Base, Module, NewModule, Dir, TagName, Version }: PlannedRelease,
  ): Promise<Verdict | null> {
    if (NewModule === undefined || Base === undefined) return null;
    const { Repo, Trees } = this.parts;
    const prefix = TagName.slice(0, TagName.length - Version.length);
    const old = await snapshot(Repo, `refs/tags/${prefix}${Base}`) ?? Trees.Before;
    const oldModules = await modulesOf(old);
    const oldDir = [...oldModules.Mods].find(([, mod]) => mod.Module?.Path === Module)?.[0];
    if (oldDir === undefined) return null;
    const sides = [
      await this.#side(old, oldModules, { Path: Module, Version: Base, Dir: oldDir }),
      await this.#side(Trees.Planned, this.modules, { Path: NewModule, Version, Dir }),
    ].filter((side) => side !== null);
    // What has nothing to import has nothing to collide with; what cannot be listed failed before.
    if (sides.length < 2 || sides.some((side) => side.Packages.length === 0)) return null;
    const name = TagName.replaceAll("/", "-");
    const ran = await this.#program(`both-${name}`, sides);
    if (ran === "stopped" || !("Failed" in ran)) return asked;
    const alone = await this.#program(`old-${name}`, sides.slice(0, 1));
    if (alone === "stopped") return null;
    return this.#found(
      "build",
      ran,
      "Failed" in alone ? alone.Failed : null,
      (old) =>
        `A program that requires both ${clean(Module)} ${Base} and ${
          clean(NewModule)
        } ${Version} ` +
        `does not build${old ? ", nor does one with the old alone" : ""}: ` +
        `${sentence(ran.Failed.Lines)}.`,
    );
  }

  async #side(
    tree: Snapshot,
    { Mods }: Modules,
    { Path, Version, Dir }: Coming,
  ): Promise<Side | null> {
    const Args = ["list", "-f", listing, "./..."];
    const module = { Path, Dir, Released: true, Work: null };
    const Asks = tree === this.parts.Trees.Planned &&
      asksFor(this.parts.Coming, module, this.modules);
    const listed = await this.#run(tree, { Args, Dir, Work: null, Asks });
    if (listed === "stopped" || "Failed" in listed) return null;
    const Folder = join(await this.parts.Go.place.tree(tree), Dir);
    return { Path, Version, Folder, Mod: Mods.get(Dir)!, Packages: offeredPackages(listed.Out) };
  }

  async #program(name: string, sides: readonly Side[]): Promise<Ran> {
    const Root = this.parts.Go.place.folder(name);
    await writeProgram(Root, sides);
    const Args = ["build", "-mod=mod", "-buildvcs=false", "-o", nowhere, "."];
    const Asks = this.parts.Coming.some((c) => !sides.some((side) => side.Path === c.Path));
    const { Go } = this.parts;
    return await go({ Args, Root, Dir: "", Work: null, Asks }, {
      ...Go,
      hidden: [...hidden(Root, "the program"), ...Go.hidden],
    });
  }
}
