/** The commits of a plan: the one that is tagged, and the one that the branch moves to. */
import type { BranchStep, CommitStep, Plan, PlannedRelease, TagStep, WriteStep } from "./types.ts";

type Steps = Pick<Plan, "Steps">;

/** What becomes of a file of the work tree, where its bytes do not matter. */
export type FileChange = Pick<WriteStep, "File" | "Mode" | "Before" | "After" | "Here">;

/** The commits in the order in which they are made. */
export function commitsOf({ Steps }: Steps): CommitStep[] {
  return Steps.filter((step) => step.Do === "commit");
}

/** The commit that is tagged, if the plan makes one. */
export function releaseCommit(plan: Steps): CommitStep | undefined {
  return commitsOf(plan)[0];
}

/** The commit that the branch moves to: the one that is tagged, the merge of it, or the one behind it. */
export function tipCommit(plan: Steps): CommitStep | undefined {
  return commitsOf(plan).at(-1);
}

/** The commit behind the tagged one, which follows it and no other, if there is one. */
export function commitBehind(plan: Steps): CommitStep | undefined {
  const [tagged, next] = commitsOf(plan);
  return tagged && next?.Parents.join() === tagged.Id ? next : undefined;
}

/** The merge that brings a release from another revision into the branch, if there is one. */
export function mergeCommit(plan: Steps): CommitStep | undefined {
  return commitBehind(plan) ? undefined : commitsOf(plan)[1];
}

/** The files that go into a commit of the plan. */
export function writesInto(plan: Steps, commit: CommitStep | undefined): WriteStep[] {
  return plan.Steps.filter((step): step is WriteStep =>
    step.Do === "write" && step.In === commit?.Id
  );
}

/**
 * What changes in index and work tree when the branch moves: of a file that both the tagged commit
 * and the one behind it write, from what it was before the first to what it is after the second.
 */
export function changesOf(plan: Steps): FileChange[] {
  const behind = commitBehind(plan);
  const tip = writesInto(plan, tipCommit(plan));
  if (!behind) return tip;
  const first = new Map(writesInto(plan, releaseCommit(plan)).map((write) => [write.File, write]));
  const second = new Map(tip.map((write) => [write.File, write]));
  const both = [...first.values()].map(({ File, Mode, Before, After, Here }): FileChange => {
    const last = second.get(File) ?? { Mode, After };
    const now = { Mode: last.Mode, Before, After: last.After };
    return { File, ...now, ...(Here !== undefined && { Here }) };
  });
  // What comes with the first and goes with the second is never in the work tree.
  const stays = both.filter(({ Before, After }) => Before !== null || After !== null);
  return [...stays, ...tip.filter(({ File }) => !first.has(File))];
}

/** The revision that the plan's commit was made from, where that is not the branch's own commit. */
export function startedFrom(plan: Steps): string | undefined {
  return mergeCommit(plan) && releaseCommit(plan)?.Parents[0];
}

/** The branch that the plan makes for the old major, if it makes one. */
export function keptBranch({ Steps }: Steps): BranchStep | undefined {
  return Steps.find((step): step is BranchStep => step.Do === "branch" && step.From === null);
}

/** The step that makes a release's tag; undefined where it stands there already. */
export function tagStepOf(
  { Steps }: Steps,
  { TagName }: Pick<PlannedRelease, "TagName">,
): TagStep | undefined {
  return Steps.find((step): step is TagStep => step.Do === "tag" && step.Name === TagName);
}

/** The path that users require a release by. */
export function pathOf({ Module, NewModule }: Pick<PlannedRelease, "Module" | "NewModule">) {
  return NewModule ?? Module;
}
