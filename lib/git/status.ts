/** What is not committed, and what is under way in the work tree. */
import { join } from "node:path";
import { pathTexts } from "./paths.ts";
import { exists, gitBytes, type Repository } from "./repository.ts";

/** A tracked path that differs. The letters are git's ("M", "A", "D", "T", "U"), "." for none. */
export interface Change {
  Path: string;
  /** Between HEAD and the index. */
  Index: string;
  /** Between the index and the work tree. */
  Worktree: string;
  /** It is another repository's commit, and no file. */
  Submodule?: true;
}

export interface Status {
  /** In git's order. A renamed file is one path that went and one that came. */
  Changed: Change[];
  /** Files that are neither tracked nor ignored; another repository is one path ending in "/". */
  Untracked: string[];
  /** The branch that the current one follows, "origin/main"; the counts are absent when it is gone. */
  Upstream?: { Name: string; Ahead?: number; Behind?: number };
}

/**
 * Asks `git status`, without touching the index.
 *
 * Every untracked file is listed, not only its folder: a folder may hold several
 * modules, and only the files tell which of them would miss something. Ignored files
 * are never listed. A submodule counts as changed when its commit differs, not when
 * it is dirty itself, for submodules are not part of a module.
 */
export async function status(repo: Repository): Promise<Status> {
  const records = pathTexts(
    await gitBytes(repo, [
      "status",
      "--porcelain=v2",
      "-z",
      "--branch",
      "--untracked-files=all",
      "--ignored=no",
      "--ignore-submodules=dirty",
      "--no-renames",
    ], { monitor: true }),
  );
  const changed: Change[] = [];
  const untracked: string[] = [];
  let upstream: Status["Upstream"];
  for (const record of records) {
    const path = (fields: number) => record.split(" ").slice(fields).join(" ");
    switch (record[0]) {
      case "1":
        changed.push({
          Path: path(8),
          Index: record[2]!,
          Worktree: record[3]!,
          ...(record[5] === "S" && { Submodule: true }),
        });
        break;
      case "u":
        changed.push({ Path: path(10), Index: record[2]!, Worktree: record[3]! });
        break;
      case "?":
        untracked.push(record.slice(2));
        break;
      case "#": {
        const name = /^# branch\.upstream (.*)$/s.exec(record)?.[1];
        const counts = /^# branch\.ab \+(\d+) -(\d+)$/.exec(record);
        if (name !== undefined) upstream = { Name: name };
        if (counts && upstream) {
          upstream.Ahead = Number(counts[1]);
          upstream.Behind = Number(counts[2]);
        }
      }
    }
  }
  return { Changed: changed, Untracked: untracked, ...(upstream && { Upstream: upstream }) };
}

/** A command of git's that was begun and not finished. */
export type Doing = "merge" | "rebase" | "am" | "cherry-pick" | "revert" | "bisect";

/** What is under way, from the files that git leaves for it; null when nothing is. */
export async function doing(repo: Repository): Promise<Doing | null> {
  const has = (name: string) => exists(join(repo.GitDir, name));
  // A rebase that stopped at a conflict leaves the files of a cherry-pick or a merge too.
  if (await has("rebase-merge")) return "rebase";
  if (await has("rebase-apply")) return await has("rebase-apply/applying") ? "am" : "rebase";
  if (await has("MERGE_HEAD")) return "merge";
  if (await has("CHERRY_PICK_HEAD")) return "cherry-pick";
  if (await has("REVERT_HEAD")) return "revert";
  if (await has("sequencer")) {
    const todo = await Deno.readTextFile(join(repo.GitDir, "sequencer", "todo")).catch(() => "");
    return todo.startsWith("revert") ? "revert" : "cherry-pick";
  }
  if (await has("BISECT_LOG")) return "bisect";
  return null;
}

/**
 * The lock files that are there now, as full paths: another git at work, or one that
 * was killed. `branch` is a short name, whose ref is looked at too.
 */
export async function lockFiles(repo: Repository, branch?: string): Promise<string[]> {
  const candidates = [
    indexFile(repo) + ".lock",
    join(repo.GitDir, "HEAD.lock"),
    join(repo.CommonDir, "packed-refs.lock"),
    ...(branch === undefined ? [] : [join(repo.CommonDir, "refs", "heads", branch + ".lock")]),
    ...(repo.RefFormat === "reftable"
      ? [join(repo.CommonDir, "reftable", "tables.list.lock")]
      : []),
  ];
  const found = await Promise.all(candidates.map(exists));
  return candidates.filter((_, i) => found[i]);
}

/** The index of this work tree; GIT_INDEX_FILE names another one, from the work tree's top. */
export function indexFile(repo: Repository): string {
  const named = repo.services.env.GIT_INDEX_FILE;
  if (!named) return join(repo.GitDir, "index");
  return named.startsWith("/") ? named : join(repo.Root, named);
}
