/** Commands of `.gorel.toml` as they are read before somebody agrees to them: nothing is left out. */
import { type Command, digestOf, shownCommand } from "../../config/commands.ts";
import { glyphs, type Style } from "../style.ts";
import { text, wrap } from "./layout.ts";

/** The lines of a command. What looks like the credentials of a URL stays: it may be what runs. */
export function commandLines({ Run }: Pick<Command, "Run">): string[] {
  return shownCommand(Run);
}

/** Every command with its place, what they are, and what stands for exactly these. */
export function commandsText(commands: readonly Command[], style: Style): string {
  const place = ({ When, Step }: Command) => `${When} ${Step}`;
  const width = Math.max(0, ...new Set(commands.map((command) => place(command).length)));
  // No line is broken: where one begins, another command of the shell does.
  const rows = commands.flatMap((command) =>
    commandLines(command).map((line, i) =>
      `  ${(i === 0 ? place(command) : "").padEnd(width)}  ${line}`.trimEnd()
    )
  );
  return glyphs(
    style,
    text([
      ...wrap(
        "The commands of .gorel.toml are code from this repository, and run with your rights:",
      ),
      "",
      ...rows,
      "",
      `Their digest is ${digestOf(commands)}.`,
    ]),
  );
}
