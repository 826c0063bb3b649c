/** What a release found before it changed anything, in the journal's folder. */
import { join } from "node:path";
import { Failed } from "../problem.ts";
import { indexEntries, withIndex } from "../git/added.ts";
import type { TrackedFile } from "../git/index.ts";
import type { Repository } from "../git/repository.ts";
import type { Journal } from "../journal/journal.ts";
import { changesOf, type FileChange } from "../plan/commits.ts";
import type { Plan } from "../plan/types.ts";
import { encode } from "../text.ts";
import { blobOid } from "../git/objects.ts";
import { isFile } from "./disk.ts";
import { bytesOf, oidAt } from "./lying.ts";
import type { Earlier } from "./strayed.ts";

/** What was there before a file was written. */
export interface KeptFile {
  File: string;
  /** Name of the copy; absent when there was no file, and where none is needed. */
  Copy?: string;
  /** True where its bytes were those of the blob that the plan says it was: git keeps them. */
  Stored?: true;
  Mode?: number;
  /** Milliseconds since 1970, so that git's index still knows the file. */
  Modified?: number;
  /** True where the work tree had the planned content already: the file is never written. */
  Stays?: true;
  /** The topmost folder that had to be made for the file. */
  Folder?: string;
}

export interface Kept {
  Files: KeptFile[];
}

/** Where the index is kept as it was. */
export function keptIndex(journal: Journal): string {
  return join(journal.keep, "index");
}

/** Null when nothing was kept yet. Throws Failed when what is there is not what `keep` wrote. */
export function readKept(journal: Journal): Kept | null {
  const path = join(journal.keep, "kept.json");
  let kept: unknown;
  try {
    kept = JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    kept = null;
  }
  if (isKept(kept) && kept.Files.every(isOfPlan(journal))) return kept;
  throw new Failed(`${path} is damaged: it does not say any more what was kept.`);
}

/** A file that the plan does not write was never kept, and undo must not take it away. */
function isOfPlan({ record }: Journal): (file: KeptFile) => boolean {
  const befores = new Map(
    changesOf(record.Header.Plan as Plan).map(({ File, Before }) => [File, Before]),
  );
  return ({ File, Stored }) => {
    const before = befores.get(File);
    return before !== undefined && (before !== null || !Stored);
  };
}

function isKept(value: unknown): value is Kept {
  const { Files } = (value ?? {}) as Partial<Kept>;
  return Array.isArray(Files) &&
    Files.every((file) =>
      typeof file?.File === "string" &&
      (file.Copy === undefined || /^\d+$/.test(String(file.Copy))) &&
      (file.Stored === undefined || (file.Stored === true && file.Copy === undefined)) &&
      (file.Mode === undefined || (file.Mode & 0o777) === file.Mode) &&
      (file.Folder === undefined || file.File.startsWith(`${file.Folder}/`))
    );
}

/** Writes it whole, or not at all. */
export function writeKept(journal: Journal, kept: Kept): void {
  const path = join(journal.keep, "kept.json");
  const file = Deno.openSync(path + ".new", { write: true, create: true, truncate: true });
  try {
    for (let rest: Uint8Array = encode(JSON.stringify(kept)); rest.length > 0;) {
      rest = rest.subarray(file.writeSync(rest));
    }
    file.syncSync();
  } finally {
    file.close();
  }
  Deno.renameSync(path + ".new", path);
}

/** The files that are never written: the work tree had the planned content already. */
export function staysOf(kept: Kept | null): Set<string> {
  return new Set(kept?.Files.flatMap((file) => file.Stays ? [file.File] : []));
}

/**
 * Included files that were deleted since, as the release has them: once it is taken back no
 * commit holds them any more.
 */
export function goneSince(
  repo: Repository,
  changes: readonly FileChange[],
  kept: Kept,
): TrackedFile[] {
  const stays = staysOf(kept);
  return changes.flatMap(({ File, Mode, After }) =>
    After !== null && stays.has(File) && isGone(join(repo.Root, File))
      ? [{ Path: File, Mode, Oid: After }]
      : []
  );
}

/** Nothing is there, and nothing is in the way of its folders. */
function isGone(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

/** What the journal kept, to tell it from what came later; undefined before that. */
export async function earlier(repo: Repository, journal: Journal): Promise<Earlier | undefined> {
  const kept = readKept(journal);
  if (!kept) return undefined;
  const index = keptIndex(journal);
  const staged = isFile(index) ? await indexEntries(withIndex(repo, index)) : new Map();
  return {
    Staged: new Map(kept.Files.map(({ File }) => [File, staged.get(File)?.Oid ?? null])),
    Copies: new Map(
      kept.Files.flatMap(({ File, Copy }) =>
        Copy === undefined ? [] : [[File, join(journal.keep, Copy)]]
      ),
    ),
    Stays: staysOf(kept),
  };
}

/**
 * Reports whether a file still is as it was kept, or as it is about to be: the last look before
 * it is replaced.
 */
export function stillAsKept(
  repo: Repository,
  journal: Journal,
  changes: readonly FileChange[],
): (file: string, coming: Uint8Array) => boolean {
  const kept = new Map(readKept(journal)?.Files.map((file) => [file.File, file]));
  const stored = new Map(changes.map(({ File, Before }) => [File, Before]));
  const { ObjectFormat } = repo;
  return (file, coming) => {
    const now = oidAt(join(repo.Root, file), ObjectFormat);
    const { Copy: copy, Stored } = kept.get(file) ?? {};
    if (Stored && now === stored.get(file)) return true;
    if (now === null) return copy === undefined && !Stored;
    if (now === "other" || now === blobOid(coming, ObjectFormat)) return true;
    const before = copy === undefined ? null : bytesOf(join(journal.keep, copy));
    return before instanceof Uint8Array && now === blobOid(before, ObjectFormat);
  };
}
