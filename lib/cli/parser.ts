/**
 * A command line to typed flags, with commander: what line.ts does not read, for help is asked
 * for or something is wrong with it.
 */
import { type Command as Commander, CommanderError } from "commander";
import { isCode, UsageError } from "../problem.ts";
import { clean } from "../text.ts";
import { words } from "./argv.ts";
import { commandNames, commandOf } from "./commands.ts";
import { build } from "./commander.ts";
import { topicNamed, topicWords } from "./explain/names.ts";
import { type FlagName, type Flags, flags } from "./flags.ts";
import { helped, helpOfCommand, helpOfHelp, helpOfProgram } from "./help/pages.ts";
import { type Given, type Line, lineOf, nameOf } from "./line.ts";
import { closest } from "../suggest.ts";
import { shown, versionMeant } from "./values.ts";

/**
 * Parses a command line without the program's name. Throws UsageError for an
 * unknown command or flag, a flag without its value, and too many operands.
 */
export function parse(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  file: Partial<Flags> = {},
): Line {
  const { word, rest } = words(argv);
  if (word === "help") return helpOn(rest, env, file);
  if (word === undefined && asksHelp(rest)) return { Help: helpOfProgram() };
  const name = word ?? "status";
  const command = commandOf(name);
  if (command === undefined) throw unknown(name);
  const named = nameOf(command, name, rest);
  const cmd = build(command, name, named.names);
  try {
    cmd.parse(rest, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return { Help: helpOfCommand(command, name) };
    throw new UsageError(`${sentence(error)} (gorel ${shown(name)} --help)`);
  }
  return lineOf(named, cmd.args, given(cmd, named.names), env, file);
}

function given(cmd: Commander, names: readonly FlagName[]): Given {
  const key = (name: FlagName) => flags[name].long === undefined ? flags[name].letter! : name;
  const typed = names.filter((name) => cmd.getOptionValueSource(key(name)) === "cli");
  return new Map(typed.map((name) => [name, cmd.getOptionValue(key(name))]));
}

/**
 * `gorel help WORD`: a topic or a code as explain tells it, a command's help otherwise. The word
 * of such a line stays `help`: explain then looks for nothing else of that name.
 */
function helpOn(
  rest: readonly string[],
  env: Readonly<Record<string, string>>,
  file: Partial<Flags>,
): Line {
  const { word, rest: others } = words(rest);
  if (words(others).word !== undefined) {
    throw new UsageError("gorel help takes one command, or one topic");
  }
  if (word === undefined || word === "help") {
    return { Help: word === "help" || asksHelp(rest) ? helpOfHelp() : helpOfProgram() };
  }
  const explained = word === "topics" || word === "codes" || isCode(word) || topicNamed(word);
  if (explained && !asksHelp(rest)) {
    const line = parse(["explain", ...(word === "topics" ? others : rest)], env, file);
    return "Help" in line ? line : { ...line, word: "help" };
  }
  const command = helped(word) ?? (explained ? "explain" : undefined);
  if (command === undefined) throw unknown(word, [...topicWords, "codes", "topics"]);
  return { Help: helpOfCommand(command, command === "explain" ? command : word) };
}

function asksHelp(args: readonly string[]): boolean {
  return args.some((arg) => arg === "--help" || arg === "-h");
}

/** `topics`: what may be named besides commands; empty where only a command fits. */
function unknown(word: string, topics: readonly string[] = []): UsageError {
  const names = [...commandNames.filter((name) => name !== "version"), "help", ...topics];
  const meant = versionMeant(word) ?? closest(word, names);
  return new UsageError(
    `there is no command ${topics.length > 0 ? "or topic " : ""}${shown(word)}; ` +
      (meant ? `did you mean ${meant}?` : "gorel help lists them"),
  );
}

/** Commander's sentence as one line of ours. */
function sentence(error: CommanderError): string {
  return clean(error.message)
    .replace(/^error: /, "")
    .replace(/'(-[^']*)'/g, "$1")
    .replace(/ \(Did you mean (.*)\?\)$/, "; did you mean $1?");
}
