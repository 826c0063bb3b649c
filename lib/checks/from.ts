/** `from-not-ancestor`: what is merged into the branch must be in its history already. */
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";
import type { Coming } from "./types.ts";

/**
 * A merge keeps the branch's own files: of a revision that the branch does not have it would
 * say that its changes are in, and every later merge of it would leave them out.
 */
export function from({ Facts }: Pick<Coming, "Facts">): Problem[] {
  const { From, Branch } = Facts.Repo;
  if (!From || From.InHead) return [];
  const name = clean(Branch ?? "HEAD");
  return [problem(
    "from-not-ancestor",
    `The revision ${
      clean(From.Rev)
    } is not in the history of ${name}: the merge would make ${name} claim ` +
      "changes that it does not have.",
    { fix: "git switch to a branch that has it, or --accept from-not-ancestor" },
  )];
}
