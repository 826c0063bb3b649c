/** What a program of the user's must leave as it is while a release is decided. */
import { join } from "node:path";
import { blobOid } from "../git/objects.ts";
import { pathTexts } from "../git/paths.ts";
import { gitBytes, gitText, type Repository } from "../git/repository.ts";
import { status } from "../git/status.ts";
import type { Plan } from "../plan/types.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, count } from "../text.ts";

/**
 * HEAD, the index, and every tracked file, by path; of what is changed anyway, and of the plan's
 * files, the bytes. With `untracked` every file too that git does not ignore: when it was written.
 */
export async function looked(
  repo: Repository,
  plan: Plan,
  untracked = false,
): Promise<Map<string, string>> {
  const records = pathTexts(
    await gitBytes(repo, [
      ...["status", "--porcelain=v2", "-z", "--branch", "--no-ahead-behind"],
      `--untracked-files=${untracked ? "all" : "no"}`,
      ...["--ignored=no", "--ignore-submodules=dirty", "--no-renames"],
    ]),
  );
  const seen = new Map<string, string>();
  for (const record of records.filter((one) => !one.startsWith("?"))) {
    const path = record.startsWith("#")
      ? heading(record.split(" ")[1]!)
      : record.split(" ").slice(record.startsWith("u") ? 10 : 8).join(" ");
    seen.set(path, record);
  }
  const files = plan.Steps.flatMap((step) => step.Do === "write" ? [step.File] : []);
  for (const path of new Set([...files, ...seen.keys()])) {
    const bytes = await Deno.readFile(join(repo.Root, path)).catch(() => null);
    const content = bytes === null ? "" : blobOid(bytes, repo.ObjectFormat);
    seen.set(path, `${seen.get(path) ?? ""} ${content}`);
  }
  for (const record of records.filter((one) => one.startsWith("? "))) {
    const path = record.slice(2);
    if (seen.has(path)) continue;
    const info = await Deno.lstat(join(repo.Root, path)).catch(() => null);
    seen.set(path, `? ${info?.size} ${info?.mtime?.getTime()}`);
  }
  return seen;
}

/** What a line above git's status speaks of, in a sentence. */
function heading(name: string): string {
  return headings[name] ?? name.replace("branch.", "the branch's ");
}

const headings: Readonly<Record<string, string>> = {
  "branch.oid": "the commit of HEAD",
  "branch.head": "the current branch",
  "branch.ab": "its distance from the upstream",
};

/** The paths that differ between two looks. */
export function changedSince(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): string[] {
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => before.get(path) !== now.get(path));
}

/**
 * Why what a program would find in the work tree is not what the release has: HEAD is another commit
 * than `tip`, or a file of a released module is changed. Null where it is the same.
 */
export async function notReleased(
  repo: Repository,
  plan: Plan,
  tip: string,
): Promise<Problem | null> {
  const head = (await gitText(repo, ["rev-parse", "--verify", "HEAD^{commit}"])).trim();
  const inside = (path: string) =>
    plan.Releases.some(({ Dir }) => Dir === "" || path.startsWith(`${Dir}/`));
  const changed = head === tip
    ? (await status(repo)).Changed.map(({ Path }) => Path).filter(inside)
    : [];
  if (head === tip && changed.length === 0) return null;
  const what = head === tip
    ? `${shownPaths(changed)} was changed`
    : "HEAD is another commit than what is released";
  return problem(
    "moved",
    `${what}: the commands of .gorel.toml would judge other files than those of the tag.`,
    { fix: "gorel undo, then release again with what was mended" },
  );
}

/** Names in a sentence: the first three, and how many more. */
export function shownPaths(names: readonly string[]): string {
  const first = names.slice(0, 3).map((name) => clean(name)).join(", ");
  return names.length > 3 ? `${first} and ${count(names.length - 3, "other")}` : first;
}
