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
    ? "commits that are not here"
    : count(upstream.Behind, "commit");
  return [problem(
    "behind",
    upstream.Standing === "diverged"
      ? `${clean(branch)} and ${
        clean(part.Value.Name)
      } have gone different ways: ${missing} there, ${
        count(upstream.Ahead ?? 0, "commit")
      } only here.`
      : upstream.Behind === undefined
      ? `${clean(part.Value.Name)}/${clean(branch)} has commits that ${clean(branch)} here lacks.`
      : `${clean(branch)} is behind ${clean(part.Value.Name)}: it lacks ${missing}.`,
    { level: must ? "stop" : "warn", fix: `git pull ${shellWord(part.Value.Name)}` },
  )];
}
