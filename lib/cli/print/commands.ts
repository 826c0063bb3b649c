/** Commands of `.gorel.toml` as they are read before somebody agrees to them: nothing is left out. */
import { type Command, digestOf, shownCommand } from "../../config/commands.ts";
import { withoutCredentials } from "../../text.ts";
import { glyphs, type Style } from "../style.ts";
import { columns, text, wrap } from "./layout.ts";

/** The lines of a command. */
export function commandLines({ Run }: Pick<Command, "Run">): string[] {
  return shownCommand(withoutCredentials(Run));
}

/** Every command with its place, what they are, and what stands for exactly these. */
export function commandsText(commands: readonly Command[], style: Style): string {
  const rows = commands.flatMap((command) =>
    commandLines(command).map((line, i) => [i === 0 ? `${command.When} ${command.Step}` : "", line])
  );
  return glyphs(
    style,
    text([
      ...wrap(
        "The commands of .gorel.toml are code from this repository, and run with your rights:",
      ),
      "",
      ...columns(rows),
      "",
      `Their digest is ${digestOf(commands)}.`,
    ]),
  );
}
