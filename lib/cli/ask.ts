/** Whether a command may ask the person at the terminal. */
import { UsageError } from "../problem.ts";
import type { Services } from "../services.ts";
import type { Options } from "./answer.ts";
import { type Command, commands } from "./commands.ts";
import type { Flags } from "./flags.ts";

/** Reports whether a command makes a plan and carries it out. */
export function releases({ command, flags }: { command: Command; flags: Flags }): boolean {
  const word = commands[command].group === "Release" && command !== "plan" && command !== "apply";
  return word && !flags.dryRun;
}

/** Reports whether a command opens the screens: then the maintainer's editor may be run. */
export function opensScreens(
  line: { command: Command; flags: Flags },
  { terminal }: Services,
): boolean {
  const { command, flags } = line;
  return (releases(line) || (command === "demo" && !flags.dryRun)) && terminal.interactive &&
    !flags.json && !flags.yes;
}

/** Reports whether somebody could answer: there is a terminal, and `--json` leaves room for a question. */
export function canAnswer({ flags }: Options, { terminal }: Services): boolean {
  return terminal.interactive && !flags.json;
}

/**
 * Reports whether a release may ask before it begins: only on a terminal, and
 * not with `--yes`. Throws UsageError where nobody can answer and nobody said
 * `--yes` or `--dry-run`.
 */
export function mayAsk(options: Options, services: Services): boolean {
  const { command, flags } = options;
  if (flags.yes || flags.dryRun || command === "plan") return false;
  if (canAnswer(options, services)) return true;
  const why = flags.json ? "with --json nothing is asked" : "nobody can be asked here";
  throw new UsageError(
    `${why}: add --yes to go ahead` +
      (["undo", "resume", "apply", "demo"].includes(command)
        ? ""
        : ", or --dry-run to see the plan"),
  );
}
