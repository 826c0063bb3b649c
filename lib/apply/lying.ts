/** What lies in the work tree, by the ids of blobs; what has not changed since it was read is not read again. */
import { join } from "node:path";
import { blobOid, type ObjectFormat } from "../git/objects.ts";
import { git, gitBytes, gitText, type Repository } from "../git/repository.ts";
import { lstat } from "../git/worktree-files.ts";
import { decode, encode } from "../text.ts";
import { encodeText } from "../go/modfile/utf8.ts";

/** A file's bytes, or where a symbolic link leads; null when there is nothing. */
export function bytesOf(path: string): Uint8Array | null | "other" {
  const found = lstat(path);
  if (found === null) return null;
  if (found.isSymlink) return encode(Deno.readLinkSync(path));
  return found.isFile ? Deno.readFileSync(path) : "other";
}

/** Reports whether two files hold the same bytes. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Milliseconds after which a file's times tell every further change, whatever the file system. */
const settled = 2500;

/** The ids of files that were read, with what told them then from any later state. */
const read = new Map<string, { Sign: string; Oid: string }>();

/** The id of a path's bytes as they stand; null when there is nothing, "other" for a folder. */
export function oidAt(path: string, format: ObjectFormat): string | null {
  const found = lstat(path);
  if (found === null) return null;
  if (!found.isFile) {
    return found.isSymlink ? blobOid(encode(Deno.readLinkSync(path)), format) : "other";
  }
  const { dev, ino, size, mtime, ctime } = found;
  const sign = [dev, ino, size, mtime?.getTime(), ctime?.getTime(), format].join();
  const known = read.get(path);
  if (known?.Sign === sign) return known.Oid;
  const began = Date.now();
  const Oid = blobOid(Deno.readFileSync(path), format);
  // As with git's index: a file that was just written may change again within the same tick.
  const changed = Math.max(mtime?.getTime() ?? Infinity, ctime?.getTime() ?? Infinity);
  if (changed + settled < began) read.set(path, { Sign: sign, Oid });
  else read.delete(path);
  return Oid;
}

/** Files that differ from what is expected are asked of git one by one, unless there are more. */
const few = 3;

/** The files of a plan as they lie in the work tree. */
export class Lying {
  readonly #oids = new Map<string, string | null>();
  #added: ReadonlyMap<string, string> = new Map();

  private constructor(readonly repo: Repository) {}

  /** Looks at files; `expected` gives the ids that each is usually one of. */
  static async look(
    repo: Repository,
    files: readonly string[],
    expected: (file: string) => readonly (string | null)[],
  ): Promise<Lying> {
    const lying = new Lying(repo);
    const others: string[] = [];
    for (const file of files) {
      const oid = oidAt(join(repo.Root, file), repo.ObjectFormat);
      lying.#oids.set(file, oid);
      if (oid !== null && oid !== "other" && !expected(file).includes(oid)) others.push(file);
    }
    if (others.length > few) lying.#added = await addedAs(repo, others);
    return lying;
  }

  /** The id of a file's bytes as they stand; null: no file is there. */
  oid(file: string): string | null {
    const oid = this.#oids.get(file) ?? null;
    return oid === "other" ? null : oid;
  }

  /** The id that git would add a file with, where all were asked about at once; else that of its bytes. */
  stored(file: string): string | null {
    return this.#added.get(file) ?? this.oid(file);
  }

  /** Reports whether a folder stands there. */
  isFolder(file: string): boolean {
    return this.#oids.get(file) === "other";
  }

  /** Reports whether a path holds one of these blobs; null among them: it may hold no file. */
  async is(file: string, oids: readonly (string | null)[]): Promise<boolean> {
    const oid = this.oid(file);
    if (oids.includes(oid)) return true;
    if (oid === null) return false;
    const added = this.#added.get(file);
    return (added !== undefined && oids.includes(added)) ||
      await isConverted(this.repo, file, oids);
  }
}

/** Line ends and filters: as a checkout gives it, or as git would add it. */
async function isConverted(
  repo: Repository,
  file: string,
  oids: readonly (string | null)[],
): Promise<boolean> {
  const bytes = bytesOf(join(repo.Root, file));
  if (bytes === null || bytes === "other") return oids.includes(null);
  for (const oid of oids) {
    if (oid === null || (await git(repo, ["cat-file", "-e", oid])).Code !== 0) continue;
    const args = ["cat-file", "--filters", `--path=${file}`, oid];
    if (same(await gitBytes(repo, args, { network: true }), bytes)) return true;
  }
  const args = ["hash-object", `--path=${file}`, "--stdin"];
  const added = await gitText(repo, args, { stdin: bytes });
  return oids.includes(added.trim());
}

/** The ids that git would add files with, in one process; none where it refuses. */
async function addedAs(
  repo: Repository,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  // Of a link git would read what it leads to.
  const plain = files.filter((file) =>
    !/[\r\n"]/.test(file) && lstat(join(repo.Root, file))?.isFile === true
  );
  const { Code, Killed, Stdout } = await git(repo, ["hash-object", "--stdin-paths"], {
    stdin: encodeText(plain.map((file) => file + "\n").join("")),
    timeout: 600_000,
  });
  const oids = decode(Stdout).split("\n").slice(0, -1);
  if (Code !== 0 || Killed || oids.length !== plain.length) return new Map();
  return new Map(plain.map((file, i) => [file, oids[i]!]));
}
