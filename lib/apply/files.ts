/** Index and files of the work tree: kept before they change, brought to the new commit, put back. */
import { basename, dirname, join } from "node:path";
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
import { lstat } from "../git/worktree-files.ts";
import { readObjects } from "../git/catfile.ts";
import { indexEntries, withIndex } from "../git/added.ts";
import { foldersAbove } from "../git/paths.ts";
import type { Repository } from "../git/repository.ts";
import { changesOf, type FileChange } from "../plan/commits.ts";
import type { Plan } from "../plan/types.ts";
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
import { insideOf, outside } from "./inside.ts";
import { oidAt } from "./lying.ts";
import { alreadyThere } from "./there.ts";

/** Copies index and files that are about to change into the journal's folder. Done once. */
export async function keep(repo: Repository, plan: Plan, journal: Journal): Promise<void> {
  const changes = changesOf(plan);
  if (changes.length === 0 || journal.isDone("keep")) return;
  const there = await alreadyThere(repo, changes);
  remove(journal.keep, { recursive: true });
  Deno.mkdirSync(journal.keep, { recursive: true });
  copyIndex(indexFile(repo), keptIndex(journal));
  for (const shared of sharedIndexes(repo.GitDir)) {
    Deno.copyFileSync(join(repo.GitDir, shared), join(journal.keep, shared));
  }
  const inside = insideOf(repo);
  const files = changes.map((change, i) =>
    there.has(change.File)
      ? { File: change.File, Stays: true as const }
      : keptFile(repo, change, inside(change.File), join(journal.keep, String(i)))
  );
  writeKept(journal, { Files: files });
  journal.write({ Step: "keep", State: "done", Did: "kept the files as they were", At: now(repo) });
}

/** What there is at a path; it is copied where no blob has it. */
function keptFile(
  repo: Repository,
  { File, Before }: FileChange,
  path: string,
  copy: string,
): KeptFile {
  const Copy = basename(copy);
  const found = lstat(path);
  if (found?.isSymlink) {
    Deno.symlinkSync(Deno.readLinkSync(path), copy);
    return { File, Copy };
  }
  if (!found?.isFile) {
    const folder = missingFolder(repo, File);
    return { File, ...(folder !== null && { Folder: folder }) };
  }
  const stored = Before !== null && oidAt(path, repo.ObjectFormat) === Before;
  if (!stored) Deno.copyFileSync(path, copy);
  const { mode, mtime } = found;
  return {
    File,
    ...(stored ? { Stored: true } : { Copy }),
    ...(mode !== null && { Mode: mode & 0o777 }),
    ...(mtime && { Modified: mtime.getTime() }),
  };
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
  const changes = changesOf(plan);
  if (changes.length === 0) return;
  const busy = await changedSince(repo, plan, journal, "resume");
  if (busy) throw new Failed(busy.Text, [busy]);
  journal.write({ Step: "files", State: "begun", At: now(repo) });
  const stays = staysOf(readKept(journal));
  await synced(
    withIndex(repo, lock.next),
    changes.map(({ File, Mode, After }) => ({
      Path: File,
      Mode,
      Oid: After,
      ...(stays.has(File) && { There: true as const }),
    })),
    stillAsKept(repo, journal, changes),
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
    changesOf(plan),
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
  const gone = goneSince(repo, changesOf(plan), kept)
    .filter(({ Path }) => outside(repo, Path) === null);
  await synced(withIndex(repo, lock.next), gone);
  const others = (index: string) => readIndexDigest(withIndex(repo, index), untouchedBy(plan));
  const untouched = isFile(copy) && await others(lock.next) === await others(copy);
  if (untouched) copyIndex(copy, lock.next);
  else await synced(withIndex(repo, lock.next), await stagedBefore(repo, plan, copy));
  await putBack(repo, plan, journal, kept.Files.filter((file) => !file.Stays));
  lock.publish();
}

/** So many files are read from git at a time. */
const filesAtOnce = 500;

/** Files of the work tree as they were kept, those that were not there first. */
async function putBack(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  files: readonly KeptFile[],
): Promise<void> {
  const inside = insideOf(repo);
  const isKept = ({ Copy, Stored }: KeptFile) => Copy !== undefined || Stored;
  for (const { File, Folder, ...file } of files) {
    const path = inside(File);
    remove(temporaryOf(path));
    if (!isKept({ File, ...file })) removeFile(repo, path, Folder);
  }
  const blobs = new Map(changesOf(plan).map(({ File, Before }) => [File, Before]));
  const kept = files.filter(isKept);
  for (let i = 0; i < kept.length; i += filesAtOnce) {
    const some = kept.slice(i, i + filesAtOnce);
    const oids = some.flatMap(({ File, Stored }) => Stored ? [blobs.get(File)!] : []);
    const bytes = await readObjects(repo, [...new Set(oids)]);
    for (const { File, Copy, Mode, Modified } of some) {
      const path = inside(File);
      const temporary = temporaryOf(path);
      Deno.mkdirSync(dirname(path), { recursive: true });
      if (Copy === undefined) Deno.writeFileSync(temporary, bytes.get(blobs.get(File)!)!);
      else if (isLink(join(journal.keep, Copy))) {
        Deno.symlinkSync(Deno.readLinkSync(join(journal.keep, Copy)), temporary);
        Deno.renameSync(temporary, path);
        continue;
      } else Deno.copyFileSync(join(journal.keep, Copy), temporary);
      if (Mode !== undefined) Deno.chmodSync(temporary, Mode);
      if (Modified !== undefined) Deno.utimeSync(temporary, new Date(Modified), new Date(Modified));
      Deno.renameSync(temporary, path);
    }
  }
}

/** The plan's files as the kept index has them, or without one as the commit before: for the index alone. */
async function stagedBefore(
  repo: Repository,
  plan: Plan,
  copy: string,
): Promise<TrackedFile[]> {
  const staged = isFile(copy) ? await indexEntries(withIndex(repo, copy)) : null;
  return changesOf(plan).map(({ File, Mode, Before }) => {
    const entry = staged ? staged.get(File) : Before === null ? undefined : { Mode, Oid: Before };
    return { Path: File, Mode: entry?.Mode ?? Mode, Oid: entry?.Oid ?? null, There: true };
  });
}

/** The topmost folder of a path that is not there; null: all are. */
function missingFolder(repo: Repository, file: string): string | null {
  return foldersAbove(file).find((folder) => !isFolder(join(repo.Root, folder))) ?? null;
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
  const own = new Set(changesOf(plan).map((write) => write.File));
  const above = new Set([...own].flatMap(foldersAbove));
  return (path) =>
    !own.has(path) && !above.has(path) && !foldersAbove(path).some((dir) => own.has(dir));
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

function now(repo: Repository): number {
  return repo.services.clock.now();
}
