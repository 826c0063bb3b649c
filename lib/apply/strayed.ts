/** Files of the plan that are neither as before the release nor as after it: somebody else's work. */
import { join } from "node:path";
import { blobOid } from "../git/objects.ts";
import { marked } from "../git/hidden.ts";
import { git, gitBytes, gitText, type Repository } from "../git/repository.ts";
import { decodeText } from "../go/modfile/utf8.ts";
import type { WriteStep } from "../plan/types.ts";
import { encode } from "../text.ts";
import { together } from "../git/together.ts";

/** What a release that was begun found, and kept: none of it is lost. */
export interface Earlier {
  /** What the index held, by path; null for what it did not have. */
  Staged: ReadonlyMap<string, string | null>;
  /** Where the copies of files are, by path. */
  Copies: ReadonlyMap<string, string>;
  /** Files of the work tree that are not written. */
  Stays: ReadonlySet<string>;
}

/**
 * The first of these files that holds something, in the index or in the work tree, that is
 * neither in the commit `base` nor in the plan: writing it would lose that. Null: none.
 * What is included may be staged in part, and what is kept may be there again.
 */
export async function strayed(
  repo: Repository,
  base: string,
  writes: readonly WriteStep[],
  earlier?: Earlier,
): Promise<string | null> {
  if (writes.length === 0) return null;
  const [staged, marks] = await together([
    stagedSince(repo, base, writes),
    marked(repo, writes.map((write) => write.File)),
  ]);
  for (const write of writes) {
    const { File, Before, After, Here } = write;
    if (After !== null && isBlocked(repo, write, writes)) return File;
    const oid = staged.get(File);
    const known = oid === undefined || oid === After ||
      (earlier ? oid === earlier.Staged.get(File) : await isAs(repo, File, [Here ?? After]));
    if (!known) return File;
    const leftOut = marks.get(File)?.SkipWorktree === true ? [null] : [];
    const oids = [Before, After, ...(Here === undefined ? [] : [Here]), ...leftOut];
    if (!earlier?.Stays.has(File) && !(await isAs(repo, File, oids))) {
      const copy = earlier?.Copies.get(File);
      if (copy === undefined || !sameFile(copy, join(repo.Root, File))) return File;
    }
  }
  return null;
}

/** What the index has otherwise than a commit, by path; null for what it does not have. */
async function stagedSince(
  repo: Repository,
  base: string,
  writes: readonly WriteStep[],
): Promise<Map<string, string | null>> {
  // A command line holds only so many names.
  const paths = writes.length > 500 ? [] : writes.map((write) => write.File);
  const listed = await gitBytes(repo, [
    ...["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev"],
    ...["--end-of-options", base, "--", ...paths],
  ]);
  const fields = decodeText(listed).split("\0");
  const out = new Map<string, string | null>();
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, , , oid = "", letter] = fields[i]!.split(" ");
    // A conflict has no single id, and is never what a release left.
    out.set(fields[i + 1]!, letter === "U" ? "conflict" : /^0+$/.test(oid) ? null : oid);
  }
  return out;
}

/** Reports whether a path holds one of these blobs; null among them: it may hold no file. */
export async function isAs(
  repo: Repository,
  file: string,
  oids: readonly (string | null)[],
): Promise<boolean> {
  const bytes = bytesOf(join(repo.Root, file));
  if (bytes === null || bytes === "other") return oids.includes(null);
  if (oids.includes(blobOid(bytes, repo.ObjectFormat))) return true;
  // Line ends and filters: as a checkout gives it, or as git would add it.
  for (const oid of oids) {
    if (oid === null || (await git(repo, ["cat-file", "-e", oid])).Code !== 0) continue;
    const args = ["cat-file", "--filters", `--path=${file}`, oid];
    if (same(await gitBytes(repo, args, { network: true }), bytes)) return true;
  }
  const args = ["hash-object", `--path=${file}`, "--stdin"];
  const added = await gitText(repo, args, { stdin: bytes });
  return oids.includes(added.trim());
}

/** Reports whether a file or folder that the plan does not take away is in a file's way. */
function isBlocked(repo: Repository, { File }: WriteStep, writes: readonly WriteStep[]): boolean {
  const goes = (path: string) => writes.some((w) => w.After === null && w.File === path);
  const names = File.split("/");
  for (let i = 1; i < names.length; i++) {
    const parent = names.slice(0, i).join("/");
    const found = bytesOf(join(repo.Root, parent));
    if (found !== null && found !== "other" && !goes(parent)) return true;
  }
  return bytesOf(join(repo.Root, File)) === "other" &&
    !writes.some((w) => w.After === null && w.File.startsWith(File + "/"));
}

/** A file's bytes, or where a symbolic link leads; null when there is nothing. */
export function bytesOf(path: string): Uint8Array | null | "other" {
  try {
    const found = Deno.lstatSync(path);
    if (found.isSymlink) return encode(Deno.readLinkSync(path));
    return found.isFile ? Deno.readFileSync(path) : "other";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw error;
  }
}

function sameFile(a: string, b: string): boolean {
  const [one, other] = [bytesOf(a), bytesOf(b)];
  return one instanceof Uint8Array && other instanceof Uint8Array && same(one, other);
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
