/**
 * A command line to typed flags, with commander: what line.ts does not read, for help is asked
 * for or something is wrong with it. The help texts are made from the same.
 */
import { Command as Commander, CommanderError, Option } from "commander";
import { isCode, UsageError } from "../problem.ts";
import { clean } from "../text.ts";
import { words } from "./argv.ts";
import { type Command, commandNames, commandOf, commands } from "./commands.ts";
import { themes, topicNamed, topicWords } from "./explain/names.ts";
import { type FlagName, flags, variable } from "./flags.ts";
import { helpOf, type HelpText, program } from "./help.ts";
import { flagsOf, type Given, type Line, lineOf, nameOf } from "./line.ts";
import { columns } from "./print/layout.ts";
import { closest } from "./suggest.ts";
import { shown, versionMeant } from "./values.ts";

/** A version outright, as help writes the word. */
const versionWord = "vX.Y.Z[-pre]";

/** Columns that no help text is wider than. */
const helpWidth = 80;

/**
 * Parses a command line without the program's name. Throws UsageError for an
 * unknown command or flag, a flag without its value, and too many operands.
 */
export function parse(argv: readonly string[], env: Readonly<Record<string, string>>): Line {
  const { word, rest } = words(argv);
  if (word === "help") return helpOn(rest, env);
  if (word === undefined && rest.some((arg) => arg === "--help" || arg === "-h")) {
    return { Help: helpFor([]) };
  }
  const name = word ?? "status";
  const command = commandOf(name);
  if (command === undefined) throw unknown(name);
  const named = nameOf(command, name, rest);
  const cmd = build(command, name, named.names);
  try {
    cmd.parse(rest, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return { Help: helpFor([name]) };
    throw new UsageError(`${sentence(error)} (gorel ${shown(name)} --help)`);
  }
  return lineOf(named, cmd.args, given(cmd, named.names), env);
}

/** A commander that throws instead of ending the process or writing to it. */
function bare(name: string): Commander {
  const silent = () => {};
  return new Commander(name)
    .exitOverride()
    .configureOutput({ writeOut: silent, writeErr: silent, outputError: silent })
    .configureHelp({ helpWidth });
}

function build(command: Command, word: string, names: readonly FlagName[]): Commander {
  const cmd = bare(`gorel ${word}`).argument("[operands...]");
  for (const group of ["Flags:", "Flags everywhere:"]) {
    for (const name of names) {
      if ((flags[name].on === "everywhere") !== (group === "Flags everywhere:")) continue;
      for (const option of options(name)) cmd.addOption(option.helpGroup(group));
    }
  }
  const text = helpOf(command);
  return cmd.usage(`[flags] ${commands[command].operands}`.trimEnd())
    .description([text.summary, ...text.more].join("\n\n"))
    .addHelpOption(new Option("-h, --help", "this text").helpGroup("Flags everywhere:"));
}

/** The options of commander that stand for one flag. */
function options(name: FlagName): Option[] {
  const row = flags[name];
  const positive = [row.letter && `-${row.letter}`, row.long && `--${row.long}`]
    .filter((part) => part).join(", ");
  const negative = `--no-${row.long}`;
  const { help } = row;
  const valued = new Option(`${positive} <${row.value}>`, help);
  switch (row.kind) {
    case "switch":
      return [new Option(positive, help)];
    case "off":
      return [new Option(negative, help)];
    case "either":
      return [new Option(positive, help), new Option(negative, "do not sign")];
    case "text":
      return [valued];
    case "list":
      return [valued.argParser((value: string, all?: string[]) => [...(all ?? []), value])];
    case "duration":
      return [
        valued,
        new Option(negative, "do not wait: a release asks no proxy then, verify asks it once"),
      ];
  }
}

function given(cmd: Commander, names: readonly FlagName[]): Given {
  const key = (name: FlagName) => flags[name].long === undefined ? flags[name].letter! : name;
  const typed = names.filter((name) => cmd.getOptionValueSource(key(name)) === "cli");
  return new Map(typed.map((name) => [name, cmd.getOptionValue(key(name))]));
}

/** `gorel help WORD`: of a command its help; a topic or a code is `gorel explain WORD`. */
function helpOn(rest: readonly string[], env: Readonly<Record<string, string>>): Line {
  const names = rest.filter((arg) => !arg.startsWith("-"));
  const [word, more] = names;
  if (more !== undefined) throw new UsageError("gorel help takes one command, or one topic");
  if (word === "topics") return parse(["explain", ...rest.filter((arg) => arg !== word)], env);
  if (word !== undefined && (word === "codes" || isCode(word) || topicNamed(word))) {
    return parse(["explain", ...rest], env);
  }
  if (word === undefined || word === versionWord || word === "vX.Y.Z" || commandOf(word)) {
    return { Help: helpFor(names) };
  }
  throw unknown(word, [...topicWords, "codes", "topics"]);
}

function helpFor([word]: readonly string[]): string {
  if (word === undefined) return helpOfProgram();
  const command = word === versionWord || word === "vX.Y.Z" ? "version" : commandOf(word);
  if (command === undefined) throw unknown(word);
  const shownAs = command === "version" ? versionWord : word;
  return build(command, shownAs, flagsOf(command)).helpInformation() + environment +
    examples(helpOf(command));
}

function helpOfProgram(): string {
  const cmd = bare("gorel")
    .usage("[COMMAND] [flags]")
    .description([program.summary, ...program.more].join("\n\n"))
    .configureHelp({
      helpWidth,
      subcommandTerm: (sub) => `${sub.name()} ${sub.usage()}`.trimEnd(),
    })
    .helpCommand(false)
    .addOption(new Option("--version", "the version of gorel"))
    .helpOption("-h, --help", "this text; gorel COMMAND --help says more");
  for (const name of commandNames) {
    const { operands, group } = commands[name];
    cmd.addCommand(
      new Commander(name === "version" ? versionWord : name).usage(operands || " ")
        .description(helpOf(name).summary).helpGroup(`${group}:`),
    );
  }
  return cmd.helpInformation() + topics() + examples(program);
}

/** The names of the topics, theme by theme. */
function topics(): string {
  const rows = Object.entries(themes).map(([theme, names]) => [theme, names.join(" ")]);
  return ["\nTopics (gorel help TOPIC):", ...columns(rows), ""].join("\n");
}

const environment = `
Environment:
  ${variable("wait")}=10m, ${variable("push")}=1 and the like are defaults; a flag wins.
`;

function examples(text: HelpText): string {
  return ["\nExamples:", ...text.examples.map((line) => `  ${line}`), ""].join("\n");
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
