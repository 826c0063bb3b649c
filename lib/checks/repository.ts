/** `no-identity`, `in-progress`, `detached-head`, `unsupported-repository`, `locked`: is git in a state to be written to. */
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
  const { Doing, Branch, Unsupported, Locks, Identity, Hooks } = Facts.Repo;
  const out: Problem[] = [];
  if (Identity && !Adopted) out.push(Identity);
  if (Unsupported && !Adopted) {
    out.push(problem(
      "unsupported-repository",
      `gorel cannot write to this repository safely: ${Unsupported}.`,
      { fix: "release from an ordinary clone (git clone)" },
    ));
  }
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
  if (Commits && Hooks.length > 0) {
    out.push(problem(
      "hooks-not-run",
      `The release commit is made without this repository's ${Hooks.join(" and ")} hook: ` +
        "gorel does not run commit hooks yet.",
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
