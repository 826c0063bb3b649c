/** The commits of a plan: the one that is tagged, and the one that the branch moves to. */
import type { CommitStep, Plan, WriteStep } from "./types.ts";

/** The commit that is tagged, if the plan makes one. */
export function releaseCommit(plan: Pick<Plan, "Steps">): CommitStep | undefined {
  return plan.Steps.find((step): step is CommitStep => step.Do === "commit");
}

/** The commit that the branch moves to: the one that is tagged, or the merge of it. */
export function tipCommit(plan: Pick<Plan, "Steps">): CommitStep | undefined {
  return plan.Steps.findLast((step): step is CommitStep => step.Do === "commit");
}

/** The merge that brings a release from another revision into the branch, if there is one. */
export function mergeCommit(plan: Pick<Plan, "Steps">): CommitStep | undefined {
  const tip = tipCommit(plan);
  return tip === releaseCommit(plan) ? undefined : tip;
}

/** The files that go into a commit of the plan. */
export function writesInto(plan: Pick<Plan, "Steps">, commit: CommitStep | undefined): WriteStep[] {
  return plan.Steps.filter((step): step is WriteStep =>
    step.Do === "write" && step.In === commit?.Id
  );
}

/** The revision that the plan's commit was made from, where that is not the branch's own commit. */
export function startedFrom(plan: Pick<Plan, "Steps">): string | undefined {
  return mergeCommit(plan) && releaseCommit(plan)?.Parents[0];
}
