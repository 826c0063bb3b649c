/** Index and files of the work tree: kept before they change, brought to the new commit, put back. */
import { dirname, join } from "node:path";
import { Failed, type Problem, problem } from "../problem.ts";
import type { Journal } from "../journal/journal.ts";
import { readIndexDigest, sync, temporaryOf, type TrackedFile } from "../git/index.ts";
import { indexFile } from "../git/status.ts";
import type { Repository } from "../git/repository.ts";
import { tipCommit, writesInto } from "../plan/commits.ts";
import type { Plan, WriteStep } from "../plan/types.ts";

/** What changes in the work tree: the files of the commit that the branch moves to, and of no other. */
function writesOf(plan: Plan): WriteStep[] {
  return writesInto(plan, tipCommit(plan));
}

/** What was there before a file was written. */
interface KeptFile {
  File: string;
  /** Name of the copy; absent when there was no file. */
  Copy?: string;
  Mode?: number;
  /** Milliseconds since 1970, so that git's index still knows the file. */
  Modified?: number;
}

interface Kept {
  Files: KeptFile[];
  /** Digest of the index's entries after the release wrote it; absent before that. */
  IndexAfter?: string;
  /** SHA-256 of each file after the release wrote it; null for a deleted one. */
  FilesAfter?: (string | null)[];
}

/** Copies index and files that are about to change into the journal's folder. Done once. */
export function keep(repo: Repository, plan: Plan, journal: Journal): void {
  const writes = writesOf(plan);
  if (writes.length === 0 || journal.isDone("keep")) return;
  remove(journal.keep);
  Deno.mkdirSync(journal.keep, { recursive: true });
  const index = indexFile(repo);
  if (isFile(index)) Deno.copyFileSync(index, join(journal.keep, "index"));
  const files = writes.map(({ File }, i): KeptFile => {
    const path = inside(repo, File);
    if (!isFile(path)) return { File };
    const copy = String(i);
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

/** Brings index and work tree to the new commit, for exactly the plan's files. */
export async function bring(repo: Repository, plan: Plan, journal: Journal): Promise<void> {
  const writes = writesOf(plan);
  if (writes.length === 0) return;
  await synced(repo, writes.map((w) => ({ Path: w.File, Mode: w.Mode, Oid: w.After })));
  const kept = readKept(journal);
  if (kept) {
    const digests = await Promise.all(writes.map((w) => digest(inside(repo, w.File))));
    writeKept(journal, {
      ...kept,
      IndexAfter: await readIndexDigest(repo),
      FilesAfter: digests,
    });
  }
}

/** Why the files cannot be put back without losing something, if so. */
export async function cannotRestore(repo: Repository, journal: Journal): Promise<Problem | null> {
  const kept = readKept(journal);
  if (!kept?.FilesAfter) return null;
  for (const [i, { File }] of kept.Files.entries()) {
    if (await digest(inside(repo, File)) !== kept.FilesAfter[i]) {
      return problem(
        "moved",
        `${File} was changed after the release was begun; undo would lose that change.`,
        { where: { File }, fix: `git stash, then gorel undo` },
      );
    }
  }
  return null;
}

/**
 * Puts files and index back to the byte. If something else was staged in the
 * meantime the index is not replaced: only the plan's files go back in it.
 */
export async function restore(repo: Repository, plan: Plan, journal: Journal): Promise<void> {
  const kept = readKept(journal);
  if (!kept) return;
  const index = indexFile(repo);
  const copy = join(journal.keep, "index");
  const untouched = kept.IndexAfter === undefined ||
    await readIndexDigest(repo) === kept.IndexAfter;
  if (!untouched) {
    await synced(
      repo,
      writesOf(plan).map((w) => ({ Path: w.File, Mode: w.Mode, Oid: w.Before })),
    );
  }
  for (const { File, Copy, Mode, Modified } of kept.Files) {
    const path = inside(repo, File);
    remove(temporaryOf(path));
    if (Copy === undefined) {
      remove(path);
      continue;
    }
    const temporary = temporaryOf(path);
    Deno.copyFileSync(join(journal.keep, Copy), temporary);
    if (Mode !== undefined) Deno.chmodSync(temporary, Mode);
    if (Modified !== undefined) Deno.utimeSync(temporary, new Date(Modified), new Date(Modified));
    Deno.renameSync(temporary, path);
  }
  if (untouched && isFile(copy)) {
    const lock = index + ".lock";
    const bytes = Deno.readFileSync(copy);
    const file = Deno.openSync(lock, { write: true, createNew: true });
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(file.writeSync(rest));
      file.syncSync();
    } finally {
      file.close();
    }
    Deno.renameSync(lock, index);
  }
}

async function synced(repo: Repository, files: TrackedFile[]): Promise<void> {
  const wrong = await sync(repo, files);
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

function isLink(path: string): boolean {
  try {
    return Deno.lstatSync(path).isSymlink;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}

async function digest(path: string): Promise<string | null> {
  if (!isFile(path)) return null;
  const sum = await crypto.subtle.digest("SHA-256", Deno.readFileSync(path));
  return new Uint8Array(sum).toHex();
}

function remove(path: string): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Null when nothing was kept yet. Throws Failed when what is there is not what `keep` wrote. */
function readKept(journal: Journal): Kept | null {
  const path = join(journal.keep, "kept.json");
  let kept: unknown;
  try {
    kept = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    kept = null;
  }
  if (isKept(kept)) return kept;
  throw new Failed(`${path} is damaged: it does not say any more what was kept.`);
}

function isKept(value: unknown): value is Kept {
  const { Files, IndexAfter, FilesAfter } = (value ?? {}) as Partial<Kept>;
  return Array.isArray(Files) &&
    Files.every((file) =>
      typeof file?.File === "string" &&
      (file.Copy === undefined || /^\d+$/.test(String(file.Copy)))
    ) &&
    (IndexAfter === undefined || typeof IndexAfter === "string") &&
    (FilesAfter === undefined || (Array.isArray(FilesAfter) && FilesAfter.length === Files.length));
}

function writeKept(journal: Journal, kept: Kept): void {
  const path = join(journal.keep, "kept.json");
  Deno.writeTextFileSync(path + ".new", JSON.stringify(kept));
  Deno.renameSync(path + ".new", path);
}

function now(repo: Repository): number {
  return repo.services.clock.now();
}
