/** How a run that changes something is stopped, and what that leaves behind. */
import type { Model, Run } from "../../model.ts";
import { resumeLine } from "../../parting.ts";
import { isCrossed, runningOf } from "./steps.ts";

/** What is said below the steps; true: somebody asked to stop. */
export function stopWords(model: Model, run: Run): readonly [boolean, string] {
  if (isProving(run)) {
    return run.Stopping > 0 ? [true, "Stopping: go is ended. Nothing was written."] : [
      false,
      "Go judges a copy of the tree as it will be: nothing is written yet. ^C stops at once, " +
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
  if (run.Stopping === 1) {
    return [true, `Stopping: ${waitsFor(run)} is finished first. Then ${after}.`];
  }
  if (run.Of === "undo") {
    return [false, "Refs, index and files become what they were before the release was begun."];
  }
  return [
    false,
    `Written to .git/gorel as it happens. ^C stops: the step that runs is finished first; then ${after}.`,
  ];
}

/** Reports whether what runs is the proof, or comes before it: nothing is written yet. */
export function isProving({ Plan, Steps, Ended }: Run): boolean {
  const proves = Plan?.Steps.some((step) => step.Do === "prove") ?? false;
  return proves && Ended === undefined && Steps.every((step) => step.Do === "prove");
}

/** What a step that takes long is waiting for. */
function waitsFor(run: Run): string {
  const now = runningOf(run);
  if (!now) return "the step that runs";
  if (now.Do === "push") {
    const step = run.Plan?.Steps.find((s) => s.Do === "push");
    return step?.Do === "push" ? `git push to ${step.Remote}` : "git push";
  }
  return now.Do === "write" || now.Do === "commit" ? "git, which makes the commit" : now.Do;
}
