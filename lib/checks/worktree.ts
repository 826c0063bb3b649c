/** `dirty`, `untracked`, `other-module-changed`: what lies in the work tree and will not be in the release. */
import { type Problem, problem } from "../problem.ts";
import { owns } from "../facts/modules.ts";
import { clean, count } from "../text.ts";
import type { Coming } from "./types.ts";

function some(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map((p) => clean(p)).join(", ");
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

/** A plan that gorel saved, beside the module that it releases. */
const savedPlan = /(^|\/)gorel-v[^/]*\.plan\.json$/;

/** Uncommitted changes: in the module they stop, elsewhere they only warn. */
export function worktree({ Facts, Module }: Pick<Coming, "Facts" | "Module">): Problem[] {
  const { Changed, Untracked } = Facts.Repo;
  const own = Changed.filter((p) => owns(Module, p));
  const others = Changed.filter((p) => !owns(Module, p));
  const untracked = Untracked.filter((p) => owns(Module, p) && !savedPlan.test(p));
  const out: Problem[] = [];
  if (own.length > 0) {
    out.push(problem(
      "dirty",
      `${some(own)} ${own.length === 1 ? "is" : "are"} changed but not committed: ` +
        "the release would not hold the change.",
      { where: { File: own[0]! }, fix: "commit the change, or git stash it" },
    ));
  }
  if (untracked.length > 0) {
    out.push(problem(
      "untracked",
      `${count(untracked.length, "untracked file")} in the module will not be in the release: ${
        some(untracked)
      }.`,
      { where: { File: untracked[0]! }, fix: "git add and commit what belongs to the module" },
    ));
  }
  if (others.length > 0) {
    out.push(problem(
      "other-module-changed",
      `${some(others)} outside of this module ${
        others.length === 1 ? "has" : "have"
      } changes that are not committed; they are not in this release.`,
      { where: { File: others[0]! } },
    ));
  }
  return out;
}
