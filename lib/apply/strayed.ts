/** Files of the plan that are neither as before the release nor as after it: somebody else's work. */
import { join } from "node:path";
import { marked } from "../git/hidden.ts";
import { gitBytes, type Repository } from "../git/repository.ts";
import { decodeText } from "../go/modfile/utf8.ts";
import type { FileChange } from "../plan/commits.ts";
import { together } from "../git/together.ts";
import { bytesOf, Lying, same } from "./lying.ts";

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
  changes: readonly FileChange[],
  earlier?: Earlier,
): Promise<string | null> {
  if (changes.length === 0) return null;
  const files = new Map(changes.map((change) => [change.File, change]));
  const [staged, marks, lying] = await together([
    stagedSince(repo, base, changes),
    marked(repo, [...files.keys()]),
    Lying.look(repo, [...files.keys()], (file) => {
      const { Before, After, Here } = files.get(file)!;
      return [Before, After, Here ?? null];
    }),
  ]);
  const blocked = blocking(repo, changes, lying);
  for (const { File, Before, After, Here } of changes) {
    if (After !== null && blocked(File)) return File;
    const oid = staged.get(File);
    const known = oid === undefined || oid === After ||
      (earlier ? oid === earlier.Staged.get(File) : await lying.is(File, [Here ?? After]));
    if (!known) return File;
    const leftOut = marks.get(File)?.SkipWorktree === true ? [null] : [];
    const oids = [Before, After, ...(Here === undefined ? [] : [Here]), ...leftOut];
    if (!earlier?.Stays.has(File) && !(await lying.is(File, oids))) {
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
  changes: readonly FileChange[],
): Promise<Map<string, string | null>> {
  // A command line holds only so many names.
  const paths = changes.length > 500 ? [] : changes.map((change) => change.File);
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

/** Tells whether a file or folder that the plan does not take away is in a file's way. */
function blocking(
  repo: Repository,
  changes: readonly FileChange[],
  lying: Lying,
): (file: string) => boolean {
  const gone = new Set(changes.flatMap(({ File, After }) => After === null ? [File] : []));
  const inTheWay = new Map<string, boolean>();
  const isInTheWay = (parent: string) => {
    const known = inTheWay.get(parent);
    if (known !== undefined) return known;
    const found = bytesOf(join(repo.Root, parent));
    const is = found !== null && found !== "other" && !gone.has(parent);
    inTheWay.set(parent, is);
    return is;
  };
  return (file) => {
    for (let at = file.indexOf("/"); at >= 0; at = file.indexOf("/", at + 1)) {
      if (isInTheWay(file.slice(0, at))) return true;
    }
    return lying.isFolder(file) && ![...gone].some((path) => path.startsWith(file + "/"));
  };
}

function sameFile(a: string, b: string): boolean {
  const [one, other] = [bytesOf(a), bytesOf(b)];
  return one instanceof Uint8Array && other instanceof Uint8Array && same(one, other);
}
