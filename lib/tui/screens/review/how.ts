/** How the commits and the tag are made: which hooks run, what is signed, what is signed off. */
import type { Choices } from "../../../choices.ts";
import type { Facts } from "../../../facts/types.ts";
import { mergeCommit } from "../../../plan/commits.ts";
import type { CommitStep, Plan } from "../../../plan/types.ts";

/** Hooks by the command that runs them, as git does: those that may refuse, and what runs after. */
const hooksOf = {
  commit: { Before: ["pre-commit", "prepare-commit-msg", "commit-msg"], After: ["post-commit"] },
  merge: {
    Before: ["pre-merge-commit", "prepare-commit-msg", "commit-msg"],
    After: ["post-merge"],
  },
} as const;

/** `pre-commit and commit-msg run · commit and tag are signed · signed off`, in this order; `commits`: the release has a commit. */
export function howWords({ Repo }: Pick<Facts, "Repo">, draft: Choices, commits: boolean): string {
  const kinds = [
    ...(commits ? ["commit" as const] : []),
    ...(commits && draft.From !== undefined ? ["merge" as const] : []),
  ];
  const names = draft.Hooks
    ? [...new Set(kinds.flatMap((kind) => there(Repo.Hooks, hooksOf[kind].Before)))]
    : [];
  const { Commit, Tag } = Repo.Signing;
  const signed = [
    ...(commits && (draft.Sign ?? Commit) ? ["commit"] : []),
    ...(draft.Sign ?? Tag ? ["tag"] : []),
  ];
  const parts = [
    ...(names.length > 0 ? [`${listed(names)} ${names.length === 1 ? "runs" : "run"}`] : []),
    ...(draft.Hooks ? [] : ["no hook runs"]),
    ...(signed.length > 0
      ? [`${listed(signed)} ${signed.length === 1 ? "is" : "are"} signed`]
      : ["nothing is signed"]),
    ...(commits && draft.Signoff ? ["signed off"] : []),
  ];
  return parts.join(" · ");
}

/** What git's hooks have to say about a commit of the plan: sentences, none where there are none. */
export function hookWords(
  plan: Plan,
  step: CommitStep,
  { Repo }: Pick<Facts, "Repo">,
  draft: Choices,
): string[] {
  if (!draft.Hooks) return Repo.Hooks.length > 0 ? ["Git's hooks do not run: --no-hooks."] : [];
  const { Before, After } = hooksOf[step === mergeCommit(plan) ? "merge" : "commit"];
  const before = there(Repo.Hooks, Before);
  const after = there(Repo.Hooks, After);
  const run = before.length === 1 ? "runs" : "run";
  return [
    ...(before.length === 0 ? [] : [
      `Before it ${listed(before)} ${run}: a refusal, or a change of files or message, stops it.`,
    ]),
    ...(after.length === 0 ? [] : [`After it ${listed(after)} runs.`]),
  ];
}

function there(hooks: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => hooks.includes(name));
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
