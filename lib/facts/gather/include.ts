/** The files that `--include` names: which they are, and what `git add` would store of them. */
import { join } from "node:path";
import { type Problem, problem } from "../../problem.ts";
import { added } from "../../git/added.ts";
import { comparePaths } from "../../git/objects.ts";
import { isTreePath } from "../../git/paths.ts";
import { git, type Repository } from "../../git/repository.ts";
import type { Change, Status } from "../../git/status.ts";
import type { Entry, Snapshot } from "../../git/tree.ts";
import { clean, shellWord } from "../../text.ts";
import { fromHere, isSavedPlan, within } from "../modules.ts";
import type { Included, IncludedFile } from "../types.ts";

/** What is known of the work tree while paths are looked up in it. */
interface Ground {
  Repo: Repository;
  /** HEAD's files and submodules. */
  Head: ReadonlyMap<string, Entry>;
  Changed: ReadonlyMap<string, Change>;
  Untracked: readonly string[];
}

/**
 * Reads the changed files that paths from the root name; a folder ("." is the root) means all
 * that is changed or untracked in it. What cannot be included is a problem `include-unknown`.
 */
export async function readIncluded(
  repo: Repository,
  head: Snapshot,
  { Changed, Untracked }: Status,
  wanted: readonly string[],
): Promise<Included> {
  const ground: Ground = {
    Repo: repo,
    Head: new Map((await head.entries()).map((entry) => [entry.Path, entry])),
    Changed: new Map(Changed.map((change) => [change.Path, change])),
    Untracked,
  };
  const paths = new Set<string>();
  const problems: Problem[] = [];
  for (const path of new Set(wanted)) {
    const found = await filesOf(ground, path);
    if (typeof found === "string") problems.push(unknown(repo, path, found));
    else for (const file of found) paths.add(file);
  }
  const fit: string[] = [];
  for (const path of withReplaced(ground, paths)) {
    const wrong = await unfit(ground, path);
    if (wrong === null) fit.push(path);
    else problems.push(unknown(repo, path, wrong));
  }
  const stored = await added(repo, fit, { bytes: true });
  if (typeof stored === "string") {
    const text = `Git does not take what is to be included: ${stored}.`;
    return { Files: [], Problems: [...problems, problem("include-unknown", text)] };
  }
  const files: IncludedFile[] = [];
  for (const [path, file] of stored.Files) {
    const before = ground.Head.get(path);
    if (file?.Oid === before?.Oid && file?.Mode === before?.Mode) {
      if (wanted.includes(path)) problems.push(unknown(repo, path, "is as it is at HEAD"));
      continue;
    }
    const change = ground.Changed.get(path);
    files.push({
      Path: path,
      Mode: file?.Mode ?? before!.Mode,
      Before: before?.Oid ?? null,
      After: file?.Oid ?? null,
      Bytes: file ? stored.Bytes.get(file.Oid)! : null,
      PartlyStaged: change !== undefined && change.Index !== "." && change.Worktree !== ".",
    });
  }
  files.sort((a, b) => comparePaths(a.Path, b.Path));
  return { Files: files, Problems: problems };
}

/** The changed files that a path means, or why it means none: words that follow the path. */
async function filesOf(ground: Ground, path: string): Promise<string[] | string> {
  if (path.startsWith("/") || /^\.\.(\/|$)/.test(path)) return "lies outside of this repository";
  const below = path === "." ? "" : path;
  const files = [...ground.Changed.keys(), ...ground.Untracked].filter((file) =>
    within(below, file) && (file === path || !isSavedPlan(file))
  );
  return files.length > 0 ? files : await whyNone(ground, path);
}

async function whyNone(ground: Ground, path: string): Promise<string> {
  if (path.split("/").some((name) => name.toLowerCase() === ".git")) return "is git's own";
  const submodule = [...ground.Head.values()].find((e) =>
    e.Mode === "160000" && within(e.Path, path)
  );
  if (submodule) return inSubmodule(submodule.Path, path);
  const nested = ground.Untracked.find((file) => file.endsWith("/") && path.startsWith(file));
  if (nested !== undefined) return `lies in ${clean(nested)}, a repository of its own`;
  const names = path.split("/");
  for (let i = 1; i < names.length; i++) {
    const parent = names.slice(0, i).join("/");
    const found = await Deno.lstat(join(ground.Repo.Root, parent)).catch(() => null);
    if (found?.isSymlink) return `lies behind ${clean(parent)}, a symbolic link`;
  }
  const there = await Deno.lstat(join(ground.Repo.Root, path)).catch(() => null);
  if (!there) return "is no file here, and none that was deleted";
  // This command knows no literal paths; what begins with "./" is never magic.
  const ignored = await git(ground.Repo, ["check-ignore", "-q", "--", `./${path}`], {
    env: { GIT_LITERAL_PATHSPECS: undefined },
  });
  if (ignored.Code === 0) return "is ignored by git";
  return there.isDirectory ? "holds no changed file" : "is not changed";
}

function inSubmodule(submodule: string, path: string): string {
  return submodule === path
    ? "is a submodule: a release takes in files only"
    : `lies in ${clean(submodule)}, a submodule`;
}

/** Why a changed path cannot go into a commit as a file; null when it can. */
async function unfit(ground: Ground, path: string): Promise<string | null> {
  if (path.endsWith("/")) return "is a repository of its own";
  if (!path.isWellFormed()) return "has a name that is not UTF-8, which Go refuses";
  if (!isTreePath(path)) return "has a name that not every system takes";
  const change = ground.Changed.get(path);
  const sides = `${change?.Index}${change?.Worktree}`;
  if (sides.includes("U") || sides === "AA" || sides === "DD") return "is in conflict";
  const isGitlink = ground.Head.get(path)?.Mode === "160000" ||
    (change !== undefined && change.Worktree !== "D" &&
      (await Deno.lstat(join(ground.Repo.Root, path)).catch(() => null))?.isDirectory);
  return isGitlink ? inSubmodule(path, path) : null;
}

/** A file takes the place of a folder of its name, and the other way round: what stood there goes. */
function withReplaced({ Head }: Ground, paths: ReadonlySet<string>): string[] {
  const all = new Set(paths);
  for (const path of paths) {
    const names = path.split("/");
    for (let i = 1; i < names.length; i++) {
      const parent = names.slice(0, i).join("/");
      if (Head.has(parent)) all.add(parent);
    }
  }
  for (const file of Head.keys()) {
    const names = file.split("/");
    if (names.some((_, i) => i > 0 && paths.has(names.slice(0, i).join("/")))) all.add(file);
  }
  return [...all];
}

function unknown({ Prefix }: Repository, path: string, why: string): Problem {
  const shown = clean(path);
  return problem("include-unknown", `${shown} ${why}, so it cannot be included.`, {
    where: { File: shown },
    fix: wayOut(path, Prefix, why),
  });
}

/** `path` is named as the one who stands in the folder `prefix` writes it. */
function wayOut(path: string, prefix: string, why: string): string {
  const shown = shellWord(fromHere(path, prefix));
  if (why === "is ignored by git") return `git add --force -- ${shown}, if it is meant`;
  if (why === "is as it is at HEAD") {
    return `git restore --staged -- ${shown}: only the index has it otherwise`;
  }
  if (why === "is in conflict") return "resolve the conflict first";
  if (why.includes("submodule")) return "commit it by itself before the release";
  return "git status lists what can be included";
}
