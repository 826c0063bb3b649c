/** How far two commits are apart. */
import { decode } from "../text.ts";
import { git, type Repository } from "./repository.ts";

/** Commits that only `ours` has, and that only `theirs` has; null when one of the two is not here. */
export async function aheadBehind(
  repo: Repository,
  ours: string,
  theirs: string,
): Promise<{ Ahead: number; Behind: number } | null> {
  const result = await git(repo, [
    "rev-list",
    "--left-right",
    "--count",
    "--end-of-options",
    `${ours}...${theirs}`,
    "--",
  ]);
  const counts = /^(\d+)\s+(\d+)/.exec(decode(result.Stdout));
  if (result.Code !== 0 || !counts) return null;
  return { Ahead: Number(counts[1]), Behind: Number(counts[2]) };
}
