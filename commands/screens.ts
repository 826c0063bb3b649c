/** The screens: opened at home, or at the first open question of a release command. */
import { join } from "node:path";
import type { Answer, Options, Progress } from "../lib/cli/answer.ts";
import type { Stopping } from "../lib/cli/exit.ts";
import { type Ask, toChoices } from "../lib/cli/options.ts";
import type { Choices } from "../lib/choices.ts";
import { gather } from "../lib/facts/gather.ts";
import type { Facts } from "../lib/facts/types.ts";
import { commitTimes } from "../lib/git/log.ts";
import { commitOf } from "../lib/facts/versions.ts";
import { git } from "../lib/git/repository.ts";
import { Failed, type Problem, problem, Refused, UsageError } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { clean, decode, encode, jsonText, withoutCredentials } from "../lib/text.ts";
import type { Effect, Message, News, Screen } from "../lib/tui/model.ts";
import { startModel } from "../lib/tui/start.ts";
import { plan as planOf } from "../lib/tui/turn.ts";
import { carryOut, plan } from "./carry.ts";

type Tell = (message: Message) => void;
type Lend = <T>(work: () => Promise<T>, program?: string) => Promise<T>;
type Of<D extends Effect["Do"]> = Extract<Effect, { Do: D }>;

/** What a start of the screens needs to know besides the command line. */
export interface Opening {
  /** What is drafted already, by a release command; absent: home. */
  readonly Draft?: Choices;
  readonly Asked?: Ask;
  readonly Screens?: readonly Screen[];
  /** The screen that asks what the draft lacks, as soon as there are facts. */
  readonly Opens?: "retract" | "deprecate";
  /** True: the plan of the draft is asked for at once. */
  readonly Planning?: boolean;
  readonly Sandbox?: boolean;
}

/**
 * Opens the screens for a release command: at what it left open, or, with nothing open, at
 * the checks of its plan.
 */
export async function openRelease(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { Choices, Ask } = toChoices(options.command, options.args, options.flags, true);
  const { Do, Edit } = Choices;
  const home: Screen = { Name: "home", Row: 0 };
  const named = Do !== "retract" || (Edit?.Retract?.length ?? 0) > 0 || Edit?.Self === true;
  if (Do !== "release" && (!named || (Edit?.Reason ?? "") === "")) {
    return await open(options, services, signal, { Draft: Choices, Asked: Ask, Opens: Do });
  }
  return await open(options, services, signal, {
    Draft: Choices,
    Asked: Ask,
    Screens: [home, { Name: "preflight", Row: 0 }],
    Planning: true,
  });
}

/** Opens the screens, or asks the same as plain questions. The exit code is theirs. */
export async function open(
  options: Options,
  services: Services,
  signal: AbortSignal,
  opening: Opening = {},
): Promise<Answer> {
  const { flags } = options;
  const plain = isPlain(options, services.env);
  const size = plain ? { columns: 80, rows: 24 } : windowSize();
  const model = startModel({
    Flags: flags,
    Env: services.env,
    Size: { Columns: size.columns, Rows: size.rows },
    Now: services.clock.now(),
    Sandbox: opening.Sandbox ?? false,
    Given: toChoices("auto", [], { ...flags, pre: undefined, module: undefined }).Choices,
    ...(opening.Draft && { Draft: opening.Draft }),
    ...(opening.Screens && { Screens: opening.Screens }),
    ...(opening.Opens && { Opens: opening.Opens }),
  });
  const [begun, asked] = opening.Planning ? planOf(model) : [model, []];
  const first: readonly Effect[] = [{ Do: "gather" }, ...asked];
  const world = new World(options, services, opening);
  if (plain) {
    const { plainly } = await import("../lib/tui/plain/plain.ts");
    const { terminal } = services;
    const code = await plainly(begun, first, {
      perform: (effect, tell) => world.perform(effect, tell),
      signals: (tell) => signalsOf(signal, (Name) => tell({ Is: "signal", Name })),
      out: (text) => terminal.out(text),
      readLine: () => terminal.readLine(),
    });
    return { Kind: "text", Text: "", Exit: code };
  }
  const { fullScreen } = await import("../lib/tui/terminal/shell.ts");
  const code = await fullScreen(begun, {
    services,
    perform: (effect, tell, suspended) => world.perform(effect, tell, suspended),
    signals: (tell) => signalsOf(signal, tell),
  }, first);
  return { Kind: "text", Text: "", Exit: code };
}

/** Plain questions: wished for, a dumb terminal, a screen reader, or lines of events on the same terminal. */
function isPlain({ flags }: Options, env: Readonly<Record<string, string>>): boolean {
  return flags.plain || flags.events || env.TERM === "dumb" || env.INK_SCREEN_READER === "true";
}

/** The window; one that the terminal does not know is taken for 80×24. */
function windowSize(): { columns: number; rows: number } {
  try {
    const { columns, rows } = Deno.consoleSize();
    if (columns > 0 && rows > 0) return { columns, rows };
  } catch {
    // Not a terminal.
  }
  return { columns: 80, rows: 24 };
}

/** From now on every signal is a message, and nobody else acts on it; until the result is called. */
function signalsOf(signal: AbortSignal, tell: (name: Stopping) => void): () => void {
  const heard = (event: Event) => {
    event.preventDefault();
    tell((event as CustomEvent<Stopping>).detail);
  };
  signal.addEventListener("signal", heard);
  return () => signal.removeEventListener("signal", heard);
}

/** What the screens' effects do in the world. */
class World {
  #facts: Facts | undefined;
  #running: AbortController | undefined;
  #lend: Lend | undefined;

  constructor(
    readonly options: Options,
    readonly services: Services,
    readonly opening: Opening,
  ) {}

  /** `lend` is how the terminal is had for programs that ask on it; absent: it is free. */
  perform(effect: Effect, tell: Tell, lend?: Lend): void {
    this.#lend = lend;
    this.#do(effect, tell).catch((error) => {
      const problems = error instanceof Refused || error instanceof Failed ? error.problems : [];
      const words = error instanceof Error ? error.message : String(error);
      tell({ Is: "failed", Text: clean(withoutCredentials(words)), Problems: problems });
    });
  }

  async #do(effect: Effect, tell: Tell): Promise<void> {
    switch (effect.Do) {
      case "gather":
        return await this.#gather(effect, tell);
      case "times":
        return await this.#times(effect, tell);
      case "plan":
        return tell(await this.#plan(effect));
      case "apply": {
        const { Plan, Facts, Choices } = effect;
        const services = this.#asking(tell);
        const Repo = { ...Facts.Repo, Git: { ...Facts.Repo.Git, services } };
        return await this.#run(tell, async (signal, onStep) => ({
          Is: "outcome",
          Outcome: await carryOut(Plan, { ...Facts, Repo }, Choices, services, signal, onStep),
        }));
      }
      case "resume": {
        const { finish } = await import("./resume.ts");
        const options = { ...this.options, args: [effect.Version] };
        return await this.#run(tell, async (signal, onStep) => ({
          Is: "outcome",
          Outcome: await finish(
            options,
            this.#asking(tell),
            signal,
            onStep,
            (Plan) => tell({ Is: "goes-on", Plan }),
          ),
        }));
      }
      case "undo": {
        const { takeBack } = await import("./undo.ts");
        return await this.#run(tell, async () => ({
          Is: "outcome",
          Outcome: await takeBack(this.options.cwd, this.services),
        }));
      }
      case "verify": {
        const { verified } = await import("./verify.ts");
        const module = this.#facts && moduleNamed(this.#facts, effect.Dir);
        const named = module === undefined ? effect.Version : `${module}@${effect.Version}`;
        const options = { ...this.options, args: [named] };
        return await this.#run(tell, async (signal, onStep) => ({
          Is: "verified",
          Document: await verified(options, this.services, signal, onStep),
        }));
      }
      case "stop":
        return this.#running?.abort();
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
  async #gather({ Dir }: Of<"gather">, tell: Tell): Promise<void> {
    const { flags, cwd } = this.options;
    const ask = {
      Dir: cwd,
      All: true,
      Release: true,
      Status: true,
      ...(flags.remote !== undefined && { Remote: flags.remote }),
      ...(flags.wait === 0 && { NoProxy: "--no-wait" }),
    };
    const named = this.opening.Asked?.Module ?? flags.module;
    const told = async (offline: string | undefined, whole: boolean) => {
      const of = { ...ask, ...(offline !== undefined && { Offline: offline }) };
      const all = await gather(this.services, of);
      if (Array.isArray(all)) return tell({ Is: "lost", Problems: all });
      const dir = Dir ?? await this.#stands(all, named, of);
      if (Array.isArray(dir)) return tell({ Is: "lost", Problems: dir });
      const facts = dir === undefined || all.Modules.length < 2 || offline !== undefined
        ? all
        : await this.#withProxyOf(all, dir, of);
      this.#facts = facts;
      tell({ Is: "tick", Now: this.services.clock.now() });
      tell({ Is: "facts", Facts: facts, Whole: whole, ...(dir !== undefined && { Dir: dir }) });
    };
    if (flags.offline) return await told("--offline", true);
    await told("still asking", false);
    await told(undefined, true);
  }

  /** The module that was named, or whose folder is stood in; undefined where several could be meant. */
  async #stands(
    all: Facts,
    named: string | undefined,
    ask: Parameters<typeof gather>[1],
  ): Promise<string | undefined | Problem[]> {
    if (named !== undefined) {
      const one = await gather(this.services, { ...ask, Offline: "not needed", Module: named });
      return Array.isArray(one) ? one : one.Modules[0]!.Dir;
    }
    if (all.Modules.length === 1) return all.Modules[0]!.Dir;
    const { Prefix } = all.Repo.Git;
    return all.Modules.map((m) => m.Dir)
      .filter((dir) => Prefix !== "" && (Prefix === dir || Prefix.startsWith(dir + "/")))
      .sort((a, b) => b.length - a.length)[0];
  }

  /** The proxy is asked about one module only: the one that is chosen. */
  async #withProxyOf(all: Facts, dir: string, ask: Parameters<typeof gather>[1]): Promise<Facts> {
    const path = all.Modules.find((m) => m.Dir === dir)?.Path;
    if (path === undefined) return all;
    const one = await gather(this.services, { ...ask, Module: path });
    if (Array.isArray(one)) return all;
    const Modules = all.Modules.map((m) => m.Dir === dir ? one.Modules[0]! : m);
    return { ...one, Modules };
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
  async #plan({ Ticket, Choices }: Of<"plan">): Promise<News> {
    const given = Choices.Modules === this.opening.Draft?.Modules;
    const named = given
      ? this.opening.Asked?.Module
      : this.#facts && moduleNamed(this.#facts, Choices.Modules[0]!.Dir);
    try {
      const made = await plan(Choices, {
        Dir: this.options.cwd,
        ...(named !== undefined && { Module: named }),
      }, this.services);
      if ("Nothing" in made) return { Is: "nothing", Ticket, Why: made.Nothing };
      return { Is: "planned", Ticket, Plan: made.Plan, Facts: made.Facts };
    } catch (error) {
      if (error instanceof Refused) return { Is: "refused", Ticket, Problems: error.problems };
      const words = withoutCredentials(error instanceof Error ? error.message : String(error));
      const code = error instanceof UsageError ? "version-invalid" : "failed";
      return { Is: "refused", Ticket, Problems: [problem(code, clean(words))] };
    }
  }

  /** One thing at a time is carried out or proven; `stop` is for it. */
  async #run(
    tell: Tell,
    work: (signal: AbortSignal, onStep: (news: Progress) => void) => Promise<News>,
  ): Promise<void> {
    const controller = new AbortController();
    this.#running = controller;
    const onStep = (Step: Progress) => {
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
    const { processes } = this.services;
    const lend = this.#lend;
    return {
      ...this.services,
      processes: {
        run: async (program, args, options = {}) => {
          const run = () => processes.run(program, args, options);
          if (!options.asks) return await run();
          const result = lend ? await lend(run, program) : await run();
          for (const text of (decode(result.Stderr)).split(/\r?\n/)) {
            if (text.trim() !== "") tell({ Is: "output", Text: withoutCredentials(text) });
          }
          return result;
        },
      },
    };
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
      const name = `gorel-${Plan.Releases[0]!.Version}${n === 1 ? "" : `-${n}`}.plan.json`;
      try {
        await Deno.writeFile(join(this.options.cwd, name), bytes, { createNew: true });
        return { Is: "saved", Path: name };
      } catch (error) {
        if (!(error instanceof Deno.errors.AlreadyExists) || n === 99) throw error;
      }
    }
  }
}

/** The path of the module in a folder; undefined where the only module needs no name. */
function moduleNamed(facts: Facts, dir: string | undefined): string | undefined {
  return facts.Modules.length < 2 ? undefined : facts.Modules.find((m) => m.Dir === dir)?.Path;
}
