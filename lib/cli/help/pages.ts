/** The texts of `--help`, of `gorel help`, and of `gorel help COMMAND`. */
import { Command as Commander, Option } from "commander";
import { bare, build } from "../commander.ts";
import { type Command, commandNames, commandOf, commands, wordOf } from "../commands.ts";
import { themes } from "../explain/names.ts";
import { flagsOf, variable } from "../flags.ts";
import { help, helpOf, type HelpText, program } from "../help.ts";
import { columns } from "../print/layout.ts";

/** The command that help knows under a word; a version outright has two more names there. */
export function helped(word: string): Command | undefined {
  return word === wordOf("version") || word === "vX.Y.Z" ? "version" : commandOf(word);
}

/** The help of a command, typed as `word`. */
export function helpOfCommand(command: Command, word: string): string {
  const shownAs = command === "version" ? wordOf(command) : word;
  return build(command, shownAs, flagsOf(command)).helpInformation() + environment +
    examples(helpOf(command));
}

/** The help of `gorel help`. */
export function helpOfHelp(): string {
  const cmd = bare("gorel help").usage("[WORD]")
    .description([help.summary, ...help.more].join("\n\n"))
    .helpOption("-h, --help", "this text");
  return cmd.helpInformation() + examples(help);
}

/** Every command and topic. */
export function helpOfProgram(): string {
  const cmd = bare("gorel")
    .usage("[COMMAND] [flags]")
    .description([program.summary, ...program.more].join("\n\n"))
    .helpCommand(false)
    .addOption(new Option("--version", "the version of gorel"))
    .helpOption("-h, --help", "this text; gorel COMMAND --help says more");
  const row = (name: string, operands: string, text: HelpText, group: string) =>
    cmd.addCommand(
      new Commander(name).usage(operands || " ").description(text.summary).helpGroup(`${group}:`),
    );
  for (const name of commandNames) {
    const { operands, group } = commands[name];
    row(wordOf(name), operands, helpOf(name), group);
  }
  row("help", "[WORD]", help, "Learn");
  return cmd.helpInformation() + topics() + examples(program);
}

/** The names of the topics, theme by theme. */
function topics(): string {
  const rows = Object.entries(themes).map(([theme, names]) => [theme, names.join(" ")]);
  return ["\nTopics (gorel help TOPIC):", ...columns(rows), ""].join("\n");
}

const environment = `
Environment:
  ${variable("wait")}=10m, ${variable("push")}=1 and the like are defaults, and so are the keys
  of .gorel.toml; a flag comes before the variable, that before the file.
`;

function examples(text: HelpText): string {
  return ["\nExamples:", ...text.examples.map((line) => `  ${line}`), ""].join("\n");
}
