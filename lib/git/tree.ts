/**
 * Snapshots: the files of a tree, addressed by content, so that what is worked out
 * from one is reproducible. A snapshot is that of a revision, or a planned one that
 * no commit has yet.
 */
import type { Entry } from "../go/zip.ts";
import { Failed } from "../problem.ts";
import { clean } from "../text.ts";
import { describe, readObjects, type Sized, visitObjects } from "./catfile.ts";
import { pathTexts } from "./paths.ts";
import { failed, git, notHere, type Repository } from "./repository.ts";

export type { Entry };

export interface Snapshot {
  /** Absent for a tree that no commit was named with. */
  Commit?: string;
  /** The root tree. */
  Tree: string;
  /**
   * Every file with its path from the root, in git's order; submodules are among
   * them. Listed once, when first asked for. The Size of a missing blob is 0.
   */
  entries(): Promise<readonly Entry[]>;
  /** One file and its bytes without listing the tree; null if there is none (a folder, a submodule). */
  readFile(path: string): Promise<{ Entry: Entry; Bytes: Uint8Array } | null>;
  /** The bytes of an object of any type. Throws Failed if it is missing. */
  read(oid: string): Promise<Uint8Array>;
  /** The bytes of several objects, all held in memory. Throws Failed if one is missing. */
  readMany(oids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** Shows the bytes of each object once, in any order; memory is bounded if they are not kept. */
  visit(objects: readonly Sized[], each: (oid: string, bytes: Uint8Array) => void): Promise<void>;
}

/** The snapshot of a revision, or null if git knows none of that name. */
export async function snapshot(repo: Repository, rev: string): Promise<Snapshot | null> {
  if (rev === "" || /[\n\0]/.test(rev)) return null;
  const [commit, tree] = await describe(repo, [`${rev}^{commit}`, `${rev}^{tree}`]);
  if (tree) return treeSnapshot(repo, tree.Oid, commit?.Oid);
  if (!commit) return null;
  throw notHere(`${rev}^{tree}`);
}

/** The snapshot of a tree whose id is known. */
export function treeSnapshot(repo: Repository, tree: string, commit?: string): Snapshot {
  let listed: Promise<Entry[]> | undefined;
  const entries = () => listed ??= list(repo, ["-r", tree]);
  return {
    ...(commit !== undefined && { Commit: commit }),
    Tree: tree,
    entries,
    async readFile(path) {
      const known = listed !== undefined || !isArgument(path)
        ? await entries()
        : await list(repo, [tree, "--", path]);
      const entry = known.find((e) => e.Path === path && e.Mode !== "160000");
      if (!entry) return null;
      let Bytes = new Uint8Array();
      await visitObjects(repo, [entry], (_, bytes) => Bytes = bytes.slice());
      return { Entry: entry, Bytes };
    },
    async read(oid) {
      return (await readObjects(repo, [oid])).get(oid)!;
    },
    readMany: (oids) => readObjects(repo, oids),
    visit: (objects, each) => visitObjects(repo, objects, each),
  };
}

/** Reports whether git takes a path as it is: UTF-8, and nothing that is resolved like a path on disk. */
function isArgument(path: string): boolean {
  return path.isWellFormed() && !/(^|\/)\.{0,2}(\/|$)/.test(path);
}

/** Files and submodules that `git ls-tree` shows; folders are not among them. */
async function list(repo: Repository, args: readonly string[]): Promise<Entry[]> {
  const command = ["ls-tree", "-l", "-z", "--full-tree", ...args];
  const result = await git(repo, command);
  if (result.Code !== 0 || result.Killed) throw failed(command, result);
  return pathTexts(result.Stdout).flatMap((record) => {
    const line = /^(\d+) (\w+) ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(record);
    if (!line) throw new Failed(`git ls-tree: not understood: ${clean(record)}`);
    const [, mode, type, oid, size, path] = line;
    if (type === "tree") return [];
    return [{ Path: path!, Mode: plainMode(mode!), Oid: oid!, Size: Number(size) || 0 }];
  });
}

/** Trees of old programs hold other permission bits; git reads them as one of the two. */
function plainMode(mode: string): string {
  if (!mode.startsWith("100")) return mode;
  return (parseInt(mode, 8) & 0o100) === 0 ? "100644" : "100755";
}
