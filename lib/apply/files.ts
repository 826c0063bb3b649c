/** Index and files of the work tree: kept before they change, brought to the new commit, put back. */
import { dirname, join } from "node:path";
import { Failed, type Problem, problem } from "../problem.ts";
import type { Journal } from "../journal/journal.ts";
import {
  copyIndex,
  indexFile,
  readIndexDigest,
  sync,
  temporaryOf,
  type TrackedFile,
} from "../git/index.ts";
import { indexEntries, withIndex } from "../git/added.ts";
import type { Repository } from "../git/repository.ts";
import { tipCommit, writesInto } from "../plan/commits.ts";
import type { Plan, WriteStep } from "../plan/types.ts";
import { clean } from "../text.ts";
import { isFile, isFolder, isLink, remove } from "./disk.ts";
import type { IndexLock } from "./index-lock.ts";
import {
  earlier,
  goneSince,
  type KeptFile,
  keptIndex,
  readKept,
  staysOf,
  stillAsKept,
  writeKept,
} from "./kept.ts";
import { strayed } from "./strayed.ts";
import { alreadyThere } from "./there.ts";

/** What changes in the work tree: the files of the commit that the branch moves to, and of no other. */
function writesOf(plan: Plan): WriteStep[] {
  return writesInto(plan, tipCommit(plan));
}

/** Copies index and files that are about to change into the journal's folder. Done once. */
export async function keep(repo: Repository, plan: Plan, journal: Journal): Promise<void> {
  const writes = writesOf(plan);
  if (writes.length === 0 || journal.isDone("keep")) return;
  const there = await alreadyThere(repo, writes);
  remove(journal.keep, { recursive: true });
  Deno.mkdirSync(journal.keep, { recursive: true });
  copyIndex(indexFile(repo), keptIndex(journal));
  for (const shared of sharedIndexes(repo.GitDir)) {
    Deno.copyFileSync(join(repo.GitDir, shared), join(journal.keep, shared));
  }
  const files = writes.map(({ File }, i): KeptFile => {
    if (there.has(File)) return { File, Stays: true };
    const path = inside(repo, File);
    const copy = String(i);
    if (isLink(path)) {
      Deno.symlinkSync(Deno.readLinkSync(path), join(journal.keep, copy));
      return { File, Copy: copy };
    }
    const folder = missingFolder(repo, File);
    if (!isFile(path)) return { File, ...(folder !== null && { Folder: folder }) };
    Deno.copyFileSync(path, join(journal.keep, copy));
    const { mode, mtime } = Deno.statSync(path);
    return {
      File,
      Copy: copy,
      ...(mode !== null && { Mode: mode & 0o777 }),
      ...(mtime && { Modified: mtime.getTime() }),
    };
  });
  writeKept(journal, { Files: files });
  journal.write({ Step: "keep", State: "done", Did: "kept the files as they were", At: now(repo) });
}

/**
 * Brings index and work tree to the new commit, for exactly the plan's files. Throws Failed
 * (`moved`) before anything is written when one of them holds somebody else's work.
 */
export async function bring(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  lock: IndexLock,
): Promise<void> {
  const writes = writesOf(plan);
  if (writes.length === 0) return;
  const busy = await changedSince(repo, plan, journal, "resume");
  if (busy) throw new Failed(busy.Text, [busy]);
  journal.write({ Step: "files", State: "begun", At: now(repo) });
  const stays = staysOf(readKept(journal));
  await synced(
    withIndex(repo, lock.next),
    writes.map(({ File, Mode, After }) => ({
      Path: File,
      Mode,
      Oid: After,
      ...(stays.has(File) && { There: true as const }),
    })),
    stillAsKept(repo, journal),
  );
  lock.publish();
}

/** Why the files cannot be written, forth or back, without losing something, if so. */
export async function changedSince(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  then: "resume" | "undo",
): Promise<Problem | null> {
  const file = await strayed(
    repo,
    plan.Base.Commit,
    writesOf(plan),
    await earlier(repo, journal),
  );
  return file === null ? null : problem(
    "moved",
    `${clean(file)} was changed after the release was begun: going on would lose that change.`,
    { where: { File: file }, fix: `git stash, then gorel ${then}` },
  );
}

/**
 * Puts files and index back to the byte. If something else was staged in the
 * meantime the index is not replaced: only the plan's files go back in it.
 */
export async function restore(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  lock: IndexLock,
): Promise<void> {
  const kept = readKept(journal);
  if (!kept) return;
  const copy = keptIndex(journal);
  // Git may have taken away by now what the kept index builds on.
  for (const shared of sharedIndexes(journal.keep)) {
    const path = join(repo.GitDir, shared);
    if (!isFile(path)) Deno.copyFileSync(join(journal.keep, shared), path);
  }
  const gone = goneSince(repo, writesOf(plan), kept)
    .filter(({ Path }) => outside(repo, Path) === null);
  await synced(withIndex(repo, lock.next), gone);
  const others = (index: string) => readIndexDigest(withIndex(repo, index), untouchedBy(plan));
  const untouched = isFile(copy) && await others(lock.next) === await others(copy);
  if (untouched) copyIndex(copy, lock.next);
  else await synced(withIndex(repo, lock.next), await stagedBefore(repo, plan, copy));
  const written = kept.Files.filter((file) => !file.Stays);
  for (const { File, Copy, Folder } of written) {
    const path = inside(repo, File);
    remove(temporaryOf(path));
    if (Copy === undefined) removeFile(repo, path, Folder);
  }
  for (const { File, Copy, Mode, Modified } of written) {
    if (Copy === undefined) continue;
    const path = inside(repo, File);
    const temporary = temporaryOf(path);
    Deno.mkdirSync(dirname(path), { recursive: true });
    if (isLink(join(journal.keep, Copy))) {
      Deno.symlinkSync(Deno.readLinkSync(join(journal.keep, Copy)), temporary);
      Deno.renameSync(temporary, path);
      continue;
    }
    Deno.copyFileSync(join(journal.keep, Copy), temporary);
    if (Mode !== undefined) Deno.chmodSync(temporary, Mode);
    if (Modified !== undefined) Deno.utimeSync(temporary, new Date(Modified), new Date(Modified));
    Deno.renameSync(temporary, path);
  }
  lock.publish();
}

/** The plan's files as the kept index has them, or without one as the commit before: for the index alone. */
async function stagedBefore(
  repo: Repository,
  plan: Plan,
  copy: string,
): Promise<TrackedFile[]> {
  const staged = isFile(copy) ? await indexEntries(withIndex(repo, copy)) : null;
  return writesOf(plan).map(({ File, Mode, Before }) => {
    const entry = staged ? staged.get(File) : Before === null ? undefined : { Mode, Oid: Before };
    return { Path: File, Mode: entry?.Mode ?? Mode, Oid: entry?.Oid ?? null, There: true };
  });
}

/** The topmost folder of a path that is not there; null: all are. */
function missingFolder(repo: Repository, file: string): string | null {
  return foldersOf(file).find((folder) => !isFolder(join(repo.Root, folder))) ?? null;
}

/** The folders that a path leads through, the topmost first. */
function foldersOf(file: string): string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, i) => names.slice(0, i + 1).join("/"));
}

/** Removes what is no folder, and the empty folders above it, up to the one that was made for it. */
function removeFile(repo: Repository, path: string, folder: string | undefined): void {
  if (!isFolder(path)) remove(path);
  if (folder === undefined) return;
  const top = join(repo.Root, folder);
  for (let dir = dirname(path); dir.length >= top.length; dir = dirname(dir)) {
    try {
      Deno.removeSync(dir);
    } catch {
      return;
    }
  }
}

/**
 * Tells the files that the plan does not touch: neither its own, nor what they take the place of,
 * a file that is their folder, or in theirs.
 */
function untouchedBy(plan: Plan): (path: string) => boolean {
  const own = new Set(writesOf(plan).map((write) => write.File));
  const above = new Set([...own].flatMap(foldersOf));
  return (path) =>
    !own.has(path) && !above.has(path) && !foldersOf(path).some((dir) => own.has(dir));
}

/** The files that a split index has its unchanged entries in. */
function sharedIndexes(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map((entry) => entry.name)
    .filter((name) => /^sharedindex\.[0-9a-f]+$/.test(name));
}

async function synced(
  repo: Repository,
  files: TrackedFile[],
  mayReplace?: (file: string, coming: Uint8Array) => boolean,
): Promise<void> {
  const wrong = await sync(repo, files, mayReplace);
  if (wrong) throw new Failed(wrong.Text, [wrong]);
}

/** The path of a file of the plan; a plan that leads out of the repository is a failure. */
function inside(repo: Repository, file: string): string {
  const away = outside(repo, file);
  if (away !== null) throw new Failed(away);
  return join(repo.Root, file);
}

/** Why writing a file would write outside of the work tree, or into git's own folder; null when not. */
export function outside(repo: Repository, file: string): string | null {
  const elements = file.split("/");
  if (elements.some((e) => e === "" || e === "." || e === ".." || e.toLowerCase() === ".git")) {
    return `The plan names a file outside of the repository: ${file}`;
  }
  for (
    let dir = dirname(join(repo.Root, file));
    dir.length > repo.Root.length;
    dir = dirname(dir)
  ) {
    if (isLink(dir)) return `${file} lies behind a symbolic link.`;
  }
  return null;
}

function now(repo: Repository): number {
  return repo.services.clock.now();
}
