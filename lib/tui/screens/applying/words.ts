/** How a run that changes something is stopped, and what that leaves behind. */
import { writesNothing } from "../../commands.ts";
import type { Model, Run } from "../../model.ts";
import { resumeLine } from "../../parting.ts";
import { isCrossed, runningOf } from "./steps.ts";

/** What is said below the steps; true: somebody asked to stop. */
export function stopWords(model: Model, run: Run): readonly [boolean, string] {
  if (isProving(run)) {
    const command = isCommand(run);
    const ends = command ? "the command" : "go";
    return run.Stopping > 0 ? [true, `Stopping: ${ends} is ended. Nothing was written.`] : [
      false,
      command
        ? "A command of .gorel.toml runs: gorel itself has written nothing yet. ^C ends it at once."
        : "Go judges a copy of the tree as it will be: nothing is written yet. ^C stops at once, " +
          "and leaves nothing behind.",
    ];
  }
  const resume = resumeLine(model);
  const after = isCrossed(run) ? `${resume} goes on` : `${resume} goes on, gorel undo takes back`;
  if (run.Stopping > 1) {
    return [
      true,
      `Still waiting for ${waitsFor(run)}. ^C once more ends it at once; then ${after}.`,
    ];
  }
  if (run.Stopping === 1 && isCommand(run)) {
    return [true, `Stopping: the command that runs is ended. Then ${after}.`];
  }
  if (run.Stopping === 1) {
    return [true, `Stopping: ${waitsFor(run)} is finished first. Then ${after}.`];
  }
  if (run.Of === "undo") {
    return [false, "Refs, index and files become what they were before the release was begun."];
  }
  const stops = isCommand(run)
    ? "^C ends the command that runs"
    : "^C stops: the step that runs is finished first";
  return [false, `Written to .git/gorel as it happens. ${stops}; then ${after}.`];
}

/** Reports whether what runs is a command of `.gorel.toml`: it is ended, and not waited for. */
export function isCommand(run: Run): boolean {
  return runningOf(run)?.Do === "command";
}

/** Reports whether what runs is the proof, or comes before it: nothing is written yet. */
export function isProving({ Plan, Steps, Ended }: Run): boolean {
  if (!Plan || Ended !== undefined || !Steps.every(writesNothing)) return false;
  return Steps.length > 0 || Plan.Steps.some((step) => step.Do === "prove");
}

/** What a step that takes long is waiting for. */
function waitsFor(run: Run): string {
  const now = runningOf(run);
  if (!now) return "the step that runs";
  if (now.Do === "push") {
    const step = run.Plan?.Steps.find((s) => s.Do === "push");
    return step?.Do === "push" ? `git push to ${step.Remote}` : "git push";
  }
  if (now.Do === "command") return "a command of .gorel.toml";
  return now.Do === "write" || now.Do === "commit" ? "git, which makes the commit" : now.Do;
}
