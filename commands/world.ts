/** What the screens' effects do in the world: the same line of commands that the flags run. */
import { join } from "node:path";
import type { Options, Progress } from "../lib/cli/answer.ts";
import { progressOf } from "../lib/cli/progress.ts";
import type { Facts } from "../lib/facts/types.ts";
import { commitOf } from "../lib/facts/versions.ts";
import { commitTimes } from "../lib/git/log.ts";
import { git } from "../lib/git/repository.ts";
import type { Plan } from "../lib/plan/types.ts";
import { Failed, problem, Refused, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean, decode, encode, jsonText, withoutCredentials } from "../lib/text.ts";
import type { Effect, Message, News } from "../lib/tui/model.ts";
import { leading } from "../lib/tui/releases.ts";
import { agreementOf, agreeTo } from "./agreement.ts";
import { asking, type Lend } from "./asking.ts";
import { carryOut, notAgreed, plan, rooted, type Stand } from "./carry.ts";
import { changedFiles, filesBefore } from "./changes.ts";
import { factsOf, type Origin } from "./gathering.ts";

type Tell = (message: Message) => void;
type Of<D extends Effect["Do"]> = Extract<Effect, { Do: D }>;
type Planned = Extract<News, { Is: "planned" | "refused" | "nothing" }>;

export type { Origin } from "./gathering.ts";

/** What the screens' effects do in the world. */
export class World {
  #facts: Facts | undefined;
  #running: AbortController | undefined;
  /** Every step as a JSON line, if that was wished for. */
  readonly #events: (news: Progress) => void;
  #lend: Lend | undefined;
  #restore = () => Promise.resolve();

  constructor(
    public options: Options,
    readonly services: Services,
    public opening: Origin,
  ) {
    this.#events = options.flags.events ? progressOf(options, services) : () => {};
  }

  /** `lend` is how the terminal is had for programs that ask on it; absent: it is free. */
  perform(effect: Effect, tell: Tell, lend?: Lend): void {
    this.#lend = lend;
    this.#do(effect, tell).catch((error) => {
      const problems = error instanceof Refused || error instanceof Failed ? error.problems : [];
      const words = error instanceof Error ? error.message : String(error);
      const Text = clean(withoutCredentials(words));
      tell({ Is: "failed", Of: effect.Do, Text, Problems: problems });
    });
  }

  /** Gives back the terminal's modes where a program that asks was left in the middle of it. */
  async leave(): Promise<void> {
    await this.#restore();
  }

  async #do(effect: Effect, tell: Tell): Promise<void> {
    switch (effect.Do) {
      case "gather":
        return await this.#gather(effect, tell);
      case "times":
        return await this.#times(effect, tell);
      case "plan":
        return tell(await this.#plan(effect));
      case "agree":
        return tell(await agreeTo(effect));
      case "apply":
        return await this.#apply(effect, tell);
      case "resume":
        return await this.#run(tell, async (signal, onStep) => {
          const { finish } = await import("./resume.ts");
          const named = { ...this.options, args: [], tag: effect.TagName };
          const onPlan = (Plan: Plan) => tell({ Is: "goes-on", Plan });
          const heard = (Text: string) => tell({ Is: "output", Text });
          const Outcome = await finish(named, this.#asking(tell), signal, onStep, onPlan, heard);
          return { Is: "outcome", Outcome };
        });
      case "undo":
        return await this.#run(tell, async () => {
          const { takeBack } = await import("./undo.ts");
          return { Is: "outcome", Outcome: await takeBack(this.options.cwd, this.services) };
        });
      case "verify":
        return await this.#run(tell, async (signal, onStep) => {
          const { verified } = await import("./verify.ts");
          const { Dir, Module } = this.#place(effect.Dir);
          const flags = Module === undefined
            ? this.options.flags
            : { ...this.options.flags, module: Module };
          const options = { ...this.options, cwd: Dir, flags, args: [effect.Version] };
          return {
            Is: "verified",
            Document: await verified(options, this.services, signal, onStep),
          };
        });
      case "stop":
        return this.#running?.abort();
      case "changes":
        return await this.#changes(tell);
      case "mentions":
        return tell(await this.#mentions(effect));
      case "diff":
        return tell(await this.#diff(effect));
      case "save":
        return tell(await this.#save(effect));
      case "edit":
      case "copy":
      case "suspend":
      case "redraw":
      case "exit":
        throw new Error(`${effect.Do} is done by the shell`);
    }
  }

  /** Local facts first; then again, with what the remote and the proxy say. */
  async #gather(effect: Of<"gather">, tell: Tell): Promise<void> {
    const told = async (offline: string | undefined, Whole: boolean) => {
      const found = await factsOf(this, effect, offline);
      if (Array.isArray(found)) return tell({ Is: "lost", Problems: found });
      this.#facts = found.Facts;
      tell({ Is: "tick", Now: this.services.clock.now() });
      tell({ Is: "facts", Whole, ...found });
    };
    await this.#mended(tell);
    if (this.options.flags.offline) return await told("--offline", true);
    await told("still asking", false);
    await told(undefined, true);
  }

  /** What `.gorel.toml` says of flags, once it says it: at the start it was broken. */
  async #mended(tell: Tell): Promise<void> {
    const { Mended, ...opening } = this.opening;
    const now = await Mended?.();
    if (!now) return;
    this.opening = opening;
    this.options = { ...this.options, flags: now.Flags };
    tell({ Is: "defaults", Given: now.Given, Unsaid: now.Unsaid });
  }

  async #times({ Dir }: Of<"times">, tell: Tell): Promise<void> {
    const facts = this.#facts;
    const module = facts?.Modules.find((m) => m.Dir === Dir) ?? facts?.Modules[0];
    if (!facts || !module) return;
    const commits = module.Versions.flatMap((v) => commitOf(v) ?? []);
    const times = await commitTimes(facts.Repo.Git, commits);
    const of = module.Versions.flatMap((v) => {
      const time = times.get(commitOf(v) ?? "");
      return time === undefined ? [] : [[v.Version, time] as const];
    });
    tell({ Is: "times", Times: new Map(of) });
  }

  /** The same line as that of the flags: byte for byte the same plan. */
  async #plan({ Ticket, Choices }: Of<"plan">): Promise<Planned> {
    const given = Choices.Modules === this.opening.Draft?.Modules;
    const { Module, Modules } = this.opening.Asked ?? {};
    const stand = given
      ? {
        Dir: this.options.cwd,
        ...(Module !== undefined && { Module }),
        ...(Modules && { Modules }),
      }
      : this.#placeOf(Choices.Modules.map((m) => m.Dir));
    try {
      const choices = await rooted(Choices, this.options.cwd, this.services);
      const made = await plan(choices, stand, this.services);
      if ("Nothing" in made) return { Is: "nothing", Ticket, Why: made.Nothing };
      const Before = await filesBefore(made.Facts.Repo.Git, made.Plan);
      const { Plan, Facts } = made;
      const Agreement = agreementOf(Plan, Facts, this.options.flags.agree);
      return { Is: "planned", Ticket, Plan, Facts, Before, ...(Agreement && { Agreement }) };
    } catch (error) {
      if (error instanceof Refused) return { Is: "refused", Ticket, Problems: error.problems };
      const words = withoutCredentials(error instanceof Error ? error.message : String(error));
      const code = error instanceof UsageError ? "version-invalid" : "failed";
      return { Is: "refused", Ticket, Problems: [problem(code, clean(words))] };
    }
  }

  /**
   * Carries out what was reviewed, and nothing else: the plan is made once more, and where it is
   * another one by now (a file, a tag, the remote), the checks are shown instead.
   */
  async #apply({ Plan, Choices }: Of<"apply">, tell: Tell): Promise<void> {
    return await this.#run(tell, async (signal, onStep) => {
      const again = await this.#plan({ Do: "plan", Ticket: 0, Choices });
      if (again.Is !== "planned" || jsonText(again.Plan) !== jsonText(Plan)) {
        return { Is: "moved", Now: again };
      }
      if (signal.aborted) return { Is: "outcome", Outcome: notAgreed() };
      const services = this.#asking(tell);
      const { Repo } = again.Facts;
      const facts = { ...again.Facts, Repo: { ...Repo, Git: { ...Repo.Git, services } } };
      const heard = (Text: string) => tell({ Is: "output", Text });
      const { agree } = this.options.flags;
      const carrying = { ...Choices, ...(agree !== undefined && { Agree: agree }) };
      const outcome = await carryOut(Plan, facts, carrying, services, signal, onStep, heard);
      return { Is: "outcome", Outcome: outcome };
    });
  }

  /** The same of several: a train. */
  #placeOf(dirs: readonly string[]): Stand {
    const Root = this.#facts?.Repo.Root;
    if (dirs.length < 2 || Root === undefined) return this.#place(dirs[0]);
    return { Dir: Root, Modules: dirs.map((dir) => dir || ".") };
  }

  /** Where a module is meant by its folder, from wherever that is. */
  #place(dir: string | undefined): { Dir: string; Module?: string } {
    const facts = this.#facts;
    const only = !facts?.Repo.From && (facts?.Modules.length ?? 0) < 2;
    if (!facts || only || dir === undefined) return { Dir: this.options.cwd };
    return { Dir: facts.Repo.Root, Module: dir || "." };
  }

  /** One thing at a time is carried out or proven; `stop` is for it. */
  async #run(
    tell: Tell,
    work: (signal: AbortSignal, onStep: (news: Progress) => void) => Promise<News>,
  ): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    const onStep = (Step: Progress) => {
      this.#events(Step);
      tell({ Is: "tick", Now: this.services.clock.now() });
      tell({ Is: "step", Step });
    };
    try {
      const news = await work(controller.signal, onStep);
      tell({ Is: "tick", Now: this.services.clock.now() });
      tell(news);
    } finally {
      this.#running = undefined;
    }
  }

  /** The services with which a release is carried out: what may ask on the terminal gets it. */
  #asking(tell: Tell): Services {
    return asking(this.services, this.#lend, {
      heard: (Text) => tell({ Is: "output", Text }),
      restore: (restore) => this.#restore = restore,
    });
  }

  async #changes(tell: Tell): Promise<void> {
    const repo = this.#facts?.Repo.Git;
    tell({ Is: "changes", Files: repo ? await changedFiles(repo) : [] });
  }

  async #mentions({ Ticket, Choices, Dir }: Of<"mentions">): Promise<News> {
    const { mentionsFor } = await import("./mentions.ts");
    const module = this.#facts?.Modules.find((m) => m.Dir === Dir) ?? this.#facts?.Modules[0];
    if (!this.#facts || !module) {
      return { Is: "mentions", Ticket, Found: { Searched: null, Problems: [] } };
    }
    const choices = await rooted(Choices, this.options.cwd, this.services);
    const Found = await mentionsFor(this.#facts, module, choices, this.services);
    return { Is: "mentions", Ticket, Found };
  }

  async #diff({ Of, From, Dir }: Of<"diff">): Promise<News> {
    const module = this.#facts?.Modules.find((m) => m.Dir === Dir) ?? this.#facts?.Modules[0];
    if (!this.#facts || !module) return { Is: "diff", Of, Lines: [] };
    const result = await git(this.#facts.Repo.Git, [
      ...["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--end-of-options"],
      ...[`refs/tags/${module.TagPrefix}${From}`, "HEAD"],
      ...(module.Dir === "" ? [] : ["--", `:(top,literal)${module.Dir}`]),
    ], { env: { GIT_LITERAL_PATHSPECS: undefined } });
    return { Is: "diff", Of, Lines: decode(result.Stdout).split("\n").slice(0, 20_000) };
  }

  /** Beside the module, under a name that is free: nothing that lies there is written over. */
  async #save({ Plan }: Of<"save">): Promise<News> {
    const bytes = encode(jsonText(Plan, 2) + "\n");
    for (let n = 1;; n++) {
      const name = `gorel-${leading(Plan).Version}${n === 1 ? "" : `-${n}`}.plan.json`;
      try {
        await Deno.writeFile(join(this.options.cwd, name), bytes, { createNew: true });
        return { Is: "saved", Path: name };
      } catch (error) {
        if (!(error instanceof Deno.errors.AlreadyExists) || n === 99) throw error;
      }
    }
  }
}
