/** `no-remote`, `remote-unreachable`, `behind`, `no-upstream`: can the push go through. */
import { type Problem, problem } from "../problem.ts";
import { clean, count, shellWord } from "../text.ts";
import type { Coming } from "./types.ts";

/** Rules about the remote and where the branch stands on it. */
export function remote({ Facts, Choices, Commits, Pushes }: Coming): Problem[] {
  const part = Facts.Remote;
  if (part.State === "failed") {
    const found = part.Problem ?? problem("remote-unreachable", part.Why);
    if (found.Code === "no-remote" && !Pushes && Choices.Remote === undefined) return [];
    return [found];
  }
  if (part.State !== "known") {
    return [problem("not-asked", `The remote was not asked (${part.Why}).`)];
  }
  if (Pushes && part.Value.Several) return [part.Value.Several];
  const branch = Facts.Repo.Branch;
  const upstream = Facts.Repo.Upstream;
  if (branch === undefined || !upstream) return [];
  if (upstream.Standing === "new") {
    if (!Pushes) return [];
    return [problem(
      "no-upstream",
      `The branch ${clean(branch)} is not on ${clean(part.Value.Name)} yet; it goes with the tag.`,
    )];
  }
  if (upstream.Standing === "level" || upstream.Standing === "ahead") return [];
  const must = Commits || !upstream.HasHead;
  const missing = upstream.Behind === undefined
    ? "commits that were never fetched"
    : count(upstream.Behind, "commit");
  const name = clean(part.Value.Name);
  const from = `${shellWord(part.Value.Name)} ${
    shellWord(upstream.Ref.slice("refs/heads/".length))
  }`;
  // Where commits are only here, git pull by itself asks which way they are to be brought together.
  const apart = upstream.Standing === "diverged" || upstream.Behind === undefined;
  return [problem(
    "behind",
    upstream.Standing === "diverged"
      ? `The branch ${clean(branch)} and ${name} have gone different ways: ${missing} there, ${
        count(upstream.Ahead ?? 0, "commit")
      } only here.`
      : `The branch ${clean(branch)} is behind ${name}: it lacks ${missing}.`,
    {
      level: must ? "stop" : "warn",
      fix: apart
        ? `git pull --rebase ${from}, or git pull --no-rebase ${from}`
        : `git pull ${from}`,
    },
  )];
}
