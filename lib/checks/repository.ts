/** `no-identity`, `in-progress`, `detached-head`, `locked`: is git in a state to be written to. */
import { type Problem, problem } from "../problem.ts";
import { clean } from "../text.ts";
import type { Coming } from "./types.ts";

const wayOut = {
  "merge": "git merge --continue, or git merge --abort",
  "rebase": "git rebase --continue, or git rebase --abort",
  "am": "git am --continue, or git am --abort",
  "cherry-pick": "git cherry-pick --continue, or git cherry-pick --abort",
  "revert": "git revert --continue, or git revert --abort",
  "bisect": "git bisect reset",
} as const;

/** Rules about the repository itself, before anything is written to it. */
export function repository({ Facts, Commits, Adopted }: Coming): Problem[] {
  const { Doing, Branch, Locks, Identity } = Facts.Repo;
  const out: Problem[] = [];
  if (Identity && !Adopted) out.push(Identity);
  if (Doing) {
    out.push(problem(
      "in-progress",
      `A ${Doing} is under way in this repository; what it leaves is not decided yet.`,
      { fix: wayOut[Doing] },
    ));
  }
  if (Commits && Branch === undefined) {
    out.push(problem(
      "detached-head",
      "HEAD is no branch, so the release commit would belong to none.",
      { fix: "git switch BRANCH" },
    ));
  }
  if (Locks.length > 0) {
    out.push(problem(
      "locked",
      `Git's lock file ${clean(Locks[0]!)} exists: another git is at work, or one was killed.`,
      { fix: "wait for the other git; if none runs, remove the lock file" },
    ));
  }
  return out;
}
