/** What `--help` says of each command, as data. */
import type { Command } from "./commands.ts";
import { carry } from "./help/carry.ts";
import { edit } from "./help/edit.ts";
import { learn } from "./help/learn.ts";
import { look } from "./help/look.ts";
import { release } from "./help/release.ts";
import type { HelpText } from "./help/text.ts";

export { help, program } from "./help/learn.ts";
export type { HelpText };

const texts: Record<Command, HelpText> = { ...release, ...edit, ...carry, ...look, ...learn };

/** The help of one command. */
export function helpOf(command: Command): HelpText {
  return texts[command];
}
