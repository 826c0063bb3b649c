/** Which file of commands/ carries a command out. */
import type { Command } from "./commands.ts";

/** The words that release a version: one file does what they ask for. */
const releases: ReadonlySet<Command | "home"> = new Set(
  ["patch", "minor", "major", "prerelease", "release", "auto", "version"],
);

/** The name of a command's file in commands/, without its ending. */
export function fileOf(command: Command | "home"): string {
  return releases.has(command) ? "release" : command;
}
