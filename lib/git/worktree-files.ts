/** Files of the work tree: each written whole beside its place, and then moved there. */
import { basename, dirname, join } from "node:path";
import { decodeText } from "../go/modfile/utf8.ts";
import { Failed } from "../problem.ts";
import type { TrackedFile } from "./index.ts";
import { foldersAbove } from "./paths.ts";
import type { Repository } from "./repository.ts";
import { together } from "./together.ts";

/** Throws Failed for a file that would be written elsewhere, or over what is no file. */
export function checkPaths(repo: Repository, all: readonly TrackedFile[]): void {
  const deleted = new Set(all.filter((file) => file.Oid === null).map((file) => file.Path));
  // Folders that lose a file may lose all, and a file take their place.
  const emptied = new Set([...deleted].flatMap(foldersAbove));
  const seen = new Set<string>();
  for (const { Path, Mode, Oid, There } of all) {
    if (There) continue;
    const odd = Path.split("/").some((name) => /^(\.{0,2}|\.git)$/i.test(name)) ||
      Path.includes("\0") || !Path.isWellFormed();
    if (odd || (Oid !== null && !/^(100644|100755|120000)$/.test(Mode))) {
      throw new Failed(`Not a file of the work tree: ${Mode} ${JSON.stringify(Path)}`);
    }
    for (const parent of foldersAbove(Path)) {
      if (seen.has(parent)) continue;
      const found = lstat(join(repo.Root, parent));
      if (!found) break;
      if (found.isSymlink) {
        throw new Failed(`${parent} is a symbolic link: ${Path} would be written elsewhere.`);
      }
      if (!found.isDirectory && !deleted.has(parent)) {
        throw new Failed(`${parent} is a file: ${Path} cannot be written.`);
      }
      seen.add(parent);
    }
    if (Oid !== null && !emptied.has(Path) && lstat(join(repo.Root, Path))?.isDirectory) {
      throw new Failed(`${Path} is a folder: the file cannot be written.`);
    }
  }
}

/** What stands at a path; null when nothing does. */
export function lstat(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    const gone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (gone) return null;
    throw error;
  }
}

/**
 * The file that is written before it takes the place of another. Its name is always the
 * same, so that what a killed process leaves is found by the next one.
 */
export function temporaryOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.gorel-tmp`);
}

/** So many files are written at the same time. */
const atOnce = 16;

/**
 * Deletes and writes files, each with its bytes from `contents`; those without any stay. Gives the
 * first that may not be replaced, after which no other is begun; null: all are there.
 */
export async function writeFiles(
  repo: Repository,
  files: readonly TrackedFile[],
  contents: ReadonlyMap<TrackedFile, Uint8Array>,
  mayReplace: (path: string, coming: Uint8Array) => boolean,
): Promise<string | null> {
  for (const file of files) {
    if (file.Oid === null && !file.There) removeFile(repo, file.Path);
  }
  const written = files.filter((file) => contents.has(file));
  for (const folder of new Set(written.map((file) => dirname(file.Path)))) {
    Deno.mkdirSync(join(repo.Root, folder), { recursive: true });
  }
  let left: string | null = null;
  const waiting = written.values();
  const work = async () => {
    for (const file of waiting) {
      if (left !== null) return;
      const bytes = contents.get(file)!;
      if (!await writeFile(repo, file, bytes, () => mayReplace(file.Path, bytes))) {
        left ??= file.Path;
      }
    }
  };
  await together(Array.from({ length: atOnce }, work));
  return left;
}

/** False: it may not be replaced. */
async function writeFile(
  repo: Repository,
  { Path, Mode }: TrackedFile,
  bytes: Uint8Array,
  mayReplace: () => boolean,
): Promise<boolean> {
  const path = join(repo.Root, Path);
  const temporary = temporaryOf(path);
  try {
    if (Mode === "120000") {
      removeAny(temporary);
      Deno.symlinkSync(decodeText(bytes), temporary);
    } else {
      const executable = Mode === "100755";
      const before = lstat(path);
      await writeNew(temporary, bytes, executable ? 0o777 : 0o666);
      if (before?.isFile && before.mode !== null) {
        const readable = before.mode & 0o666;
        Deno.chmodSync(temporary, executable ? readable | ((readable & 0o444) >> 2) : readable);
      }
    }
    const may = mayReplace();
    // Some file systems write the file out before it takes the place of another.
    if (may) await Deno.rename(temporary, path);
    else Deno.removeSync(temporary);
    return may;
  } catch (error) {
    removeAny(temporary);
    throw error;
  }
}

/** A killed process may have left a file of that name. */
async function writeNew(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const write = () => Deno.writeFile(path, bytes, { createNew: true, mode });
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    removeAny(path);
    await write();
  }
}

/** Deletes what is there, if it is. */
function removeAny(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // Nothing is there, or writing to it says why.
  }
}

/** Deletes a file and, as git does, the folders that are empty without it. */
function removeFile(repo: Repository, path: string): void {
  const full = join(repo.Root, path);
  const found = lstat(full);
  if (found && !found.isDirectory) Deno.removeSync(full);
  for (let dir = dirname(full); dir.length > repo.Root.length; dir = dirname(dir)) {
    try {
      Deno.removeSync(dir);
    } catch {
      return;
    }
  }
}
