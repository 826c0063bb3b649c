/** `hooks-not-run`, `message-unused`: what a release goes without, or what there is none for. */
import { type Problem, problem } from "../problem.ts";
import { isBeside } from "../facts/types.ts";
import { clean } from "../text.ts";
import type { Coming } from "./types.ts";

/** Rules about the hooks and the message of the release commit. */
export function commit(coming: Coming): Problem[] {
  const { Facts, Choices, Commits, Pushes, Adopted, TagName } = coming;
  const out: Problem[] = [];
  const { Hooks, PushHook } = Facts.Repo;
  const skipped = [...Commits ? Hooks : [], ...Pushes && PushHook ? ["pre-push"] : []];
  if (!Choices.Hooks && skipped.length > 0) {
    out.push(problem(
      "hooks-not-run",
      `This repository's hooks (${skipped.join(", ")}) do not run: --no-hooks.`,
    ));
  } else if (Commits && isBeside(Facts.Repo) && Hooks.includes("pre-commit")) {
    out.push(problem(
      "hooks-not-run",
      "The pre-commit hook does not run: it would look at the files of HEAD, not at those of " +
        "the revision that is released.",
    ));
  }
  if (!Commits && Choices.Messages.Commit !== undefined) {
    out.push(problem(
      "message-unused",
      "--commit-message has no use: this release makes no commit.",
      Adopted ? {} : { fix: "--tag-message is the message of the tag" },
    ));
  }
  if (Adopted && Choices.Messages.Tag !== undefined) {
    out.push(problem(
      "message-unused",
      `--tag-message has no use: the tag ${clean(TagName)} is there already, and is sent as it is.`,
    ));
  }
  return out;
}
