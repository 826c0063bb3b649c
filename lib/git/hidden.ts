/** Files whose changes `git status` does not show: those marked skip-worktree (a sparse checkout) or assume-unchanged. */
import { join } from "node:path";
import { decode } from "../text.ts";
import { pathTexts } from "./paths.ts";
import { exists, git, gitBytes, type Repository } from "./repository.ts";
import { together } from "./together.ts";

/** What the index says of a file besides its content. */
export interface Marks {
  /** The work tree need not have it. */
  SkipWorktree: boolean;
  AssumeUnchanged: boolean;
}

/** So many paths are named to git; more are found among all. */
const mostNamed = 500;

/** The marked files among these, with their marks; most repositories have none. */
export async function marked(
  repo: Repository,
  paths: readonly string[],
): Promise<Map<string, Marks>> {
  const nameable = paths.length <= mostNamed && paths.every((path) => path.isWellFormed());
  const named = nameable ? ["--", ...paths] : [];
  const wanted = new Set(paths);
  const listed = await gitBytes(repo, ["ls-files", "-v", "-z", "--full-name", ...named]);
  return new Map(
    pathTexts(listed).flatMap((record) => {
      const path = record.slice(2);
      const marks = marksOf(record[0]!);
      return marks && wanted.has(path) ? [[path, marks] as const] : [];
    }),
  );
}

/** Reads the letter of `git ls-files -v`; null for a file without a mark. */
export function marksOf(letter: string): Marks | null {
  const AssumeUnchanged = letter !== letter.toUpperCase();
  const SkipWorktree = letter.toUpperCase() === "S";
  return SkipWorktree || AssumeUnchanged ? { SkipWorktree, AssumeUnchanged } : null;
}

/**
 * Of files that are marked, those that differ from the index all the same. One that a
 * sparse checkout leaves out does not.
 */
export async function changedBehind(
  repo: Repository,
  files: ReadonlyMap<string, Marks>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const [path, { SkipWorktree }] of files) {
    if (!await exists(join(repo.Root, path))) {
      if (!SkipWorktree) changed.push(path);
      continue;
    }
    const [stored, out, now] = await together([
      git(repo, ["rev-parse", "--verify", "--quiet", "--end-of-options", `:${path}`]),
      git(repo, ["cat-file", "--filters", `:${path}`]),
      git(repo, ["hash-object", "--", path]),
    ]);
    const here = await Deno.readFile(join(repo.Root, path)).catch(() => null);
    const asCheckedOut = out.Code === 0 && here !== null && here.length === out.Stdout.length &&
      here.every((byte, i) => byte === out.Stdout[i]);
    const asAdded = now.Code === 0 && decode(now.Stdout) === decode(stored.Stdout);
    if (!asCheckedOut && !asAdded) changed.push(path);
  }
  return changed;
}
