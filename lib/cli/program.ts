/**
 * From a command line to an exit code: parse, run the one command, print its result. What not
 * every command needs is imported `as string`, as main.ts says.
 */
import { Failed, type Problem, Refused, UsageError } from "../problem.ts";
import type { Services } from "../services.ts";
import { clean, cleanLines, jsonText, withoutCredentials } from "../text.ts";
import type { Answer, Load, Options } from "./answer.ts";
import { folders, mentions, words } from "./argv.ts";
import { commandOf, commands, home } from "./commands.ts";
import { opensScreens, releases } from "./ask.ts";
import { codeOfError, exitOf, exitOfError, Interrupted, interruption } from "./exit.ts";
import { configured, needsConfig } from "./configured.ts";
import type { Flags } from "./flags.ts";
import { currentFolder, folderAfter } from "./folder.ts";
import type { Line } from "./line.ts";
import { keepOnly, type Permission } from "./permissions.ts";
import { unlessStopped } from "./stopped.ts";
import { type Style, styleOf } from "./style.ts";
import { version } from "./version.ts";

/** A line that asks for a command, and not for help. */
type Typed = Exclude<Line, { Help: string }>;

/** What shows results, and to whom. */
interface Screen {
  services: Services;
  json: boolean;
  quiet: boolean;
  events: boolean;
  out: Style;
  err: Style;
}

/**
 * Runs a command line (without the program's name) and gives the exit code.
 * Standard output gets the result, with `--json` exactly one document;
 * standard error gets problems. `load` imports the command's file. Aborting
 * the signal ends a command that only looks at once; one that writes is told,
 * and finishes the step it is at.
 */
export async function run(
  argv: readonly string[],
  services: Services,
  signal: AbortSignal,
  load: Load,
  from?: string,
): Promise<number> {
  let screen = firstScreen(argv, services);
  let looking: Promise<unknown> | undefined;
  try {
    if (mentions(argv, "--version") && words(argv).word === undefined) {
      say(services, "out", `gorel ${version}\n`);
      return 0;
    }
    const start = from ?? currentFolder();
    looking = lookEarly(argv, services, start);
    const { readLine } = await import("./line.ts");
    const read = async (file?: Partial<Flags>) =>
      readLine(argv, services.env, file) ??
        (await (import("./parser.ts" as string) as Promise<typeof import("./parser.ts")>))
          .parse(argv, services.env, file);
    let line = await read();
    if ("Help" in line) {
      sayText(line.Help, screen);
      return 0;
    }
    screen = screenOf(services, line.flags);
    const bare = words(argv).word === undefined && services.terminal.interactive &&
      !line.flags.json;
    const name = bare ? "home" : line.command;
    const row = bare ? home : commands[line.command];
    // Before the file is read, which is the repository's; what it says may make it still less.
    keepOnly([...needsOf(line, bare, services), "sh"]);
    const cwd = await folderAfter(start, line.flags.chdir);
    const loading = load(name);
    loading.catch(() => {});
    const file = await configured(name, services, cwd);
    if (file) {
      line = await read(file.Flags) as Typed;
      screen = screenOf(services, line.flags);
      if (file.Problems.length > 0 && needsConfig(name)) throw new Refused(file.Problems);
    }
    const runs = (file?.Config?.Commands.length ?? 0) > 0;
    keepOnly(needsOf(line, bare, services, runs));
    const { word, args, flags, given } = line;
    const options: Options = { command: word, args, flags, cwd, given, ...(file && { file }) };
    const running = (await loading).run(options, services, signal);
    // Nothing is lost when a command that only looks is left where it stands; others end by themselves.
    const answer = await (row.leave ? unlessStopped(running, signal) : running);
    await show(answer, screen);
    return exitOf(answer, signal);
  } catch (thrown) {
    const error = interruption(signal) && !(thrown instanceof Failed)
      ? interruption(signal)
      : thrown;
    await showError(error, screen);
    return exitOfError(error);
  } finally {
    await looking;
  }
}

/** What a command line needs besides reading and git; `runs`: the file has commands of its own. */
function needsOf(
  line: Typed,
  bare: boolean,
  services: Services,
  runs = false,
): readonly Permission[] {
  const { needs } = bare ? home : commands[line.command];
  // The servers of the sandbox are on this machine.
  const offline = line.flags.offline && line.command !== "demo";
  const looks = line.command === "config" && line.flags.agree === undefined;
  const kept = needs.filter((one) => !(offline && one === "net") && !(looks && one === "write"));
  const shell = bare || opensScreens(line, services) || (runs && releases(line));
  return shell ? [...kept, "sh"] : kept;
}

/**
 * Has git look at the repository while the command line is read and the command is
 * imported: together they take as long as the slower of the two. What is wrong is
 * found again, and said, by the command itself.
 */
async function lookEarly(
  argv: readonly string[],
  services: Services,
  start: string,
): Promise<void> {
  const { word } = words(argv);
  const command = word === undefined ? "status" : commandOf(word);
  if (command === undefined || !commands[command].looks) return;
  if (mentions(argv, "--help") || mentions(argv, "-h")) return;
  try {
    const folder = await folderAfter(start, folders(argv));
    const { lookAhead } = await (import("../facts/gather/here.ts" as string) as Promise<
      typeof import("../facts/gather/here.ts")
    >);
    await lookAhead(services, folder);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
  }
}

/** How an error is shown that is found before the flags are known. */
function firstScreen(argv: readonly string[], services: Services): Screen {
  return screenOf(services, {
    json: mentions(argv, "--json") || /^(1|true|yes|on)$/i.test(services.env.GOREL_JSON ?? ""),
    ascii: mentions(argv, "--ascii"),
    color: !mentions(argv, "--no-color"),
    verbose: false,
    quiet: false,
    events: mentions(argv, "--events"),
  });
}

function screenOf(
  services: Services,
  flags: Pick<Flags, "json" | "quiet" | "events" | "ascii" | "color" | "verbose">,
): Screen {
  const { terminal, env } = services;
  return {
    services,
    json: flags.json,
    quiet: flags.quiet,
    events: flags.events,
    out: styleOf(flags, env, terminal.interactive),
    err: styleOf(flags, env, terminal.interactive && Deno.stderr.isTerminal()),
  };
}

/** Writes to a stream; a reader that went away (`| head`) is no error. */
function say({ terminal }: Services, to: "out" | "err" | "command", text: string): void {
  try {
    if (text !== "") terminal[to]?.(text);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** What is a text by nature; with `--json` it too is one document. */
function sayText(Text: string, { services, json }: Screen): void {
  say(services, "out", json ? jsonText({ Text }, 2) + "\n" : Text);
}

/** The value that `--json` prints. */
function documentOf(answer: Answer): unknown {
  switch (answer.Kind) {
    case "outcome":
      return answer.Outcome;
    case "plan":
      return answer.Plan;
    case "text":
      return { Text: answer.Text };
    default:
      return answer.Document;
  }
}

function problemsOf(answer: Answer): readonly Problem[] {
  switch (answer.Kind) {
    case "outcome":
      return answer.Outcome.Problems.filter((p) =>
        !answer.Shown?.some((s) => s.Code === p.Code && s.Text === p.Text)
      );
    case "plan":
      return answer.Plan.Problems.filter((p) => p.Accepted === undefined);
    case "status":
    case "config":
    case "verify":
    case "consumers":
      return answer.Document.Problems;
    case "check":
    case "text":
      return [];
    default:
      return answer.Problems ?? [];
  }
}

async function show(answer: Answer, screen: Screen): Promise<void> {
  const { services, json, out, err } = screen;
  await endGroup(services);
  if (answer.Kind === "check") await annotate(answer.Document.Problems, screen);
  if (json) {
    if (!("Problems" in answer)) await annotate(problemsOf(answer), screen);
    say(services, "out", jsonText(documentOf(answer), 2) + "\n");
    // What stands in no document would else be said nowhere.
    if ("Problems" in answer) await showProblems(answer.Problems ?? [], screen);
    return;
  }
  if (answer.Kind === "next" && err.verbose) {
    say(services, "err", await (await printer()).evidence(answer.Document, err));
  }
  say(services, "out", await (await printer()).printed(answer, out));
  await showProblems(problemsOf(answer), screen);
}

function printer(): Promise<typeof import("./printed.ts")> {
  return import("./printed.ts" as string);
}

async function showProblems(list: readonly Problem[], screen: Screen): Promise<void> {
  const shown = screen.quiet ? list.filter((p) => p.Level === "stop") : list;
  if (shown.length === 0) return;
  await annotate(shown, screen);
  say(screen.services, "err", await (await printer()).problems(shown, screen.err));
}

/** Problems as GitHub shows them beside the file; `--events` has its own lines on that stream. */
async function annotate(list: readonly Problem[], screen: Screen): Promise<void> {
  const { services, quiet, events } = screen;
  if (services.ci !== "github" || events) return;
  const { annotations } = await (import("./ci/annotations.ts" as string) as Promise<
    typeof import("./ci/annotations.ts")
  >);
  const shown = quiet ? list.filter((p) => p.Level === "stop") : list;
  say(services, "command", annotations(shown));
}

/** Results and errors stand in no group of the log. */
async function endGroup(services: Services): Promise<void> {
  if (services.ci === undefined) return;
  const groups = await (import("./ci/groups.ts" as string) as Promise<
    typeof import("./ci/groups.ts")
  >);
  groups.endGroup(services);
}

/** An error: one sentence and its problems on standard error, with `--json` also the document. */
async function showError(error: unknown, screen: Screen): Promise<void> {
  const { services, json } = screen;
  const found = error instanceof Refused || error instanceof Failed ? error.problems : [];
  const message = error instanceof Error ? error.message : String(error);
  const sentence = clean(withoutCredentials(message));
  await endGroup(services);
  if (json) {
    const document = { Error: { Code: codeOfError(error), Text: sentence, Problems: found } };
    try {
      say(services, "out", jsonText(document, 2) + "\n");
    } catch {
      // A full disk, say, which then is what the sentence below tells.
    }
  }
  if (!found.some((p) => p.Text === message)) say(services, "err", `gorel: ${sentence}\n`);
  await showProblems(found, screen);
  const expected = error instanceof UsageError || error instanceof Refused ||
    error instanceof Failed || error instanceof Interrupted;
  if (!expected && error instanceof Error && screen.err.verbose) {
    const stack = cleanLines(withoutCredentials(error.stack ?? ""), 50);
    say(services, "err", stack.join("\n") + "\n");
  }
}
