/** Commands and their flags as commander has them: it reads what line.ts does not, and writes help. */
import { Command as Commander, Option } from "commander";
import { type Command, commands } from "./commands.ts";
import { type FlagName, flags, hasDefault } from "./flags.ts";
import { helpOf } from "./help.ts";
import { everywhere, grouped } from "./help/flaggroups.ts";

/** Columns that no help text is wider than: a terminal's, when nobody has made it larger. */
const helpWidth = 80;

/** A commander that throws instead of ending the process or writing to it. */
export function bare(name: string): Commander {
  const silent = () => {};
  return new Commander(name)
    .exitOverride()
    .configureOutput({ writeOut: silent, writeErr: silent, outputError: silent })
    .configureHelp({
      helpWidth,
      subcommandTerm: (sub) => `${sub.name()} ${sub.usage()}`.trimEnd(),
    });
}

/** A command, typed as `word`, with these flags. */
export function build(command: Command, word: string, names: readonly FlagName[]): Commander {
  const cmd = bare(`gorel ${word}`).argument("[operands...]");
  for (const { Heading, Name } of grouped(names)) {
    for (const option of options(Name)) cmd.addOption(option.helpGroup(`${Heading}:`));
  }
  const text = helpOf(command);
  return cmd.usage(`[flags] ${commands[command].operands}`.trimEnd())
    .description([text.summary, ...text.more].join("\n\n"))
    .addHelpOption(new Option("-h, --help", "this text").helpGroup(`${everywhere}:`));
}

/** The options of commander that stand for one flag. */
function options(name: FlagName): Option[] {
  const row = flags[name];
  const positive = [row.letter && `-${row.letter}`, row.long && `--${row.long}`]
    .filter((part) => part).join(", ");
  const negative = `--no-${row.long}`;
  const { help } = row;
  const valued = new Option(`${positive} <${row.value}>`, help);
  // What takes a default back that nobody has set is of no use in a help text.
  const hidden = (flags: string) => hasDefault(name) ? [new Option(flags).hideHelp()] : [];
  switch (row.kind) {
    case "switch":
      return [new Option(positive, help), ...hidden(negative)];
    case "off":
      return [...hidden(`--${row.long}`), new Option(negative, help)];
    case "either":
      return [new Option(positive, help), new Option(negative, "do not sign")];
    case "text":
      return [valued, ...hidden(negative)];
    case "list":
      return [
        valued.argParser((value: string, all?: string[] | false) => [...(all || []), value]),
        ...hidden(negative),
      ];
    case "duration":
      return [
        valued,
        new Option(negative, "do not wait: a release asks no proxy then, verify asks it once"),
      ];
  }
}
