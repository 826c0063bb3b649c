/** The screens: opened at home, or at the first open question of a release command. */
import { relative } from "node:path";
import type { Choices } from "../lib/choices.ts";
import type { Answer, Options } from "../lib/cli/answer.ts";
import type { Stopping } from "../lib/cli/exit.ts";
import { fromEnvironment } from "../lib/cli/environment.ts";
import { type Configured, configured } from "../lib/cli/configured.ts";
import { defaults, type Flags } from "../lib/cli/flags.ts";
import { toChoices, unsaidChoices } from "../lib/cli/options.ts";
import { major } from "../lib/go/semver.ts";
import type { Services } from "../lib/services.ts";
import type { Effect, Screen } from "../lib/tui/model.ts";
import { startModel } from "../lib/tui/start.ts";
import { plan as planOf } from "../lib/tui/turn.ts";
import type { Defaults } from "./gathering.ts";
import type { Origin, World } from "./world.ts";

/** What a start of the screens needs to know besides the command line. */
export interface Opening extends Origin {
  readonly Screens?: readonly Screen[];
  /** The screen that asks what the draft lacks, as soon as there are facts. */
  readonly Opens?: "retract" | "unretract" | "deprecate" | "major";
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
  // Files stay as they were named, from the folder it was typed in: so the screens show them.
  const { Choices, Ask } = toChoices(options.command, options.args, options.flags, true);
  const home: Screen = { Name: "home", Row: 0 };
  const asks = openQuestion(Choices);
  if (asks) {
    return await open(options, services, signal, { Draft: Choices, Asked: Ask, Opens: asks });
  }
  return await open(options, services, signal, {
    Draft: Choices,
    Asked: Ask,
    Screens: [home, { Name: "preflight", Row: 0 }],
    Planning: true,
  });
}

/**
 * The screen that asks for what an edit of go.mod lacks, or for where a new major lives and what
 * it rewrites; none where nothing is open.
 */
function openQuestion({ Do: does, Edit = {}, Major, Modules }: Choices): Opening["Opens"] {
  const { Retract, Unretract, Reason, Self } = Edit;
  if (does === "release") {
    const [{ Bump, Version = "v1" }, more] = [Modules[0]!, Modules[1]];
    const asks = Bump === "major" || major(Version) > "v1";
    return asks && Major === undefined && !more ? "major" : undefined;
  }
  const lacksReason = (Reason ?? "") === "";
  if (does === "retract") {
    return lacksReason || !(Retract?.length || Self) ? "retract" : undefined;
  }
  if (does === "unretract") return Unretract?.length ? undefined : "unretract";
  return does === "deprecate" && lacksReason ? "deprecate" : undefined;
}

/** Opens the screens, or asks the same as plain questions. The exit code is theirs. */
export async function open(
  options: Options,
  services: Services,
  signal: AbortSignal,
  opening: Opening = {},
): Promise<Answer> {
  // Nothing that is said of the user's own releases counts in the sandbox.
  const said = opening.Sandbox ? null : defaultsOf(options, services.env, options.file);
  const flags = said?.Flags ?? options.flags;
  const broken = said !== null && (options.file?.Problems.length ?? 0) > 0;
  const origin: Opening = broken
    ? { ...opening, Mended: () => mended(options, services) }
    : opening;
  const plain = isPlain(options, services.env);
  const model = startModel({
    Flags: flags,
    Env: services.env,
    // The full screen asks the terminal; plain lines have none.
    Size: { Columns: 80, Rows: 24 },
    Now: services.clock.now(),
    Sandbox: opening.Sandbox ?? false,
    Chdir: opening.Sandbox ? [] : folderGiven(options.cwd, services.env),
    Given: said?.Given ?? unsaidChoices(flags),
    ...(said && { Unsaid: said.Unsaid }),
    ...(opening.Draft && { Draft: opening.Draft }),
    ...(opening.Screens && { Screens: opening.Screens }),
    ...(opening.Opens && { Opens: opening.Opens }),
  });
  const [begun, asked] = opening.Planning ? planOf(model) : [model, []];
  const from = opening.Opens === "deprecate" ? opening.Draft?.From : undefined;
  const gathers: Effect = { Do: "gather", ...(from !== undefined && { From: from }) };
  const first: readonly Effect[] = [gathers, ...asked];
  // What reads and writes is imported when it is first asked for: the first screen comes before.
  let made: Promise<World> | undefined;
  const world = () =>
    made ??= import("./world.ts")
      .then(({ World }) => new World({ ...options, flags }, services, origin));
  if (plain) {
    const { plainly } = await import("../lib/tui/plain/plain.ts");
    const { terminal } = services;
    const code = await plainly(begun, first, {
      perform: (effect, tell) => void world().then((w) => w.perform(effect, tell)),
      signals: (tell) => signalsOf(signal, (Name) => tell({ Is: "signal", Name })),
      out: (text) => terminal.out(text),
      readLine: () => terminal.readLine(),
    });
    await made?.then((w) => w.leave());
    return { Kind: "text", Text: "", Exit: code };
  }
  const { fullScreen } = await import("../lib/tui/terminal/shell.ts");
  const code = await fullScreen(begun, {
    services,
    perform: (effect, tell, suspended) => world().then((w) => w.perform(effect, tell, suspended)),
    signals: (tell) => signalsOf(signal, tell),
  }, first);
  return { Kind: "text", Text: "", Exit: code };
}

/** The `-C` that the shown commands need: none where the caller stood, or the task that it called. */
function folderGiven(cwd: string, env: Readonly<Record<string, string>>): string[] {
  const real = (path: string) => Deno.realPathSync(path);
  // Our task begins with it. Otherwise it is of some program around us, and from another folder.
  const [flag, folder] = Deno.args;
  const stood = flag === "-C" && folder === env.INIT_CWD ? folder : undefined;
  const there = relative(real(stood ?? Deno.cwd()), real(cwd));
  return there === "" ? [] : [there];
}

/**
 * What counts for every release that is begun in the screens: the flags of the command line, and
 * what environment and file say also of those that the command itself does not have.
 */
function defaultsOf(
  { flags, given = new Set() }: Options,
  env: Readonly<Record<string, string>>,
  file: Configured | undefined,
): Defaults {
  const around = { ...file?.Flags, ...fromEnvironment(env) };
  const Flags: Flags = {
    ...defaults(),
    ...around,
    ...Object.fromEntries([...given].map((name) => [name, flags[name]])),
  };
  return {
    Flags,
    Given: unsaidChoices({ ...Flags, module: undefined }),
    Unsaid: [unsaidChoices(file?.Flags ?? {}), unsaidChoices(around)],
  };
}

/** The same, with the file as it is now; null while it is broken. */
async function mended(options: Options, services: Services): Promise<Defaults | null> {
  const file = await configured("home", services, options.cwd);
  if (file && file.Problems.length > 0) return null;
  return defaultsOf(options, services.env, file ?? undefined);
}

/** Plain questions: wished for, a dumb terminal, a screen reader, or lines of events on the same terminal. */
function isPlain({ flags }: Options, env: Readonly<Record<string, string>>): boolean {
  return flags.plain || flags.events || env.TERM === "dumb" || env.INK_SCREEN_READER === "true";
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
