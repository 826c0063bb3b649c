/** `branch-not-allowed`: the branches that `.gorel.toml` allows releases from. */
import { known } from "../facts/types.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, shellWord, some } from "../text.ts";
import type { Coming } from "./types.ts";

/**
 * The current branch has to be allowed, whatever revision is released. Of a HEAD that is none, as
 * CI systems have it, the commit has to be in an allowed branch, or be the tip of one on the remote.
 */
export function branch({ Facts }: Pick<Coming, "Facts">): Problem[] {
  const patterns = Facts.Config?.Branches;
  if (!patterns) return [];
  const { Branch, Head, Holding = [], Shallow } = Facts.Repo;
  const allowed = (name: string) => patterns.some((pattern) => matches(pattern, name));
  const only = `.gorel.toml allows releases from ${some(patterns)} only`;
  const accept = "--accept branch-not-allowed";
  const literal = patterns.find((pattern) => !pattern.includes("*"));
  const go = `git switch ${literal === undefined ? "BRANCH" : shellWord(literal)}`;
  if (Branch !== undefined) {
    if (allowed(Branch)) return [];
    return [problem("branch-not-allowed", `${only}, and the branch is ${clean(Branch)}.`, {
      fix: `${go}, or ${accept}`,
    })];
  }
  const remote = known(Facts.Remote);
  const tips = [...remote?.Refs ?? []].flatMap(([ref, oid]) =>
    ref.startsWith("refs/heads/") && oid === Head?.Commit ? [ref.slice("refs/heads/".length)] : []
  );
  if ([...Holding, ...tips].some(allowed)) return [];
  const name = shellWord(remote?.Name ?? "origin");
  const [why, fix] = Shallow
    ? [
      "HEAD is no branch, and this shallow clone does not say whether one of these has its commit",
      `git fetch --unshallow ${name}`,
    ]
    : [
      "HEAD is no branch, and none of these is known here to have its commit",
      `git fetch ${name}, or ${go}`,
    ];
  return [problem("branch-not-allowed", `${only}; ${why}.`, { fix: `${fix}, or ${accept}` })];
}

/** Reports whether a name fits a pattern, in which `*` stands for any text. */
export function matches(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}
