/**
 * The tree of a commit that does not exist yet: a snapshot with files replaced, added
 * or deleted. All ids are known and nothing is written; who writes it later gets the
 * very bytes that were hashed.
 */
import { Failed } from "../problem.ts";
import {
  comparePaths,
  isTree,
  type ObjectFormat,
  objectOid,
  parseTree,
  treeBytes,
  type TreeEntry,
} from "./objects.ts";
import { foldersAbove } from "./paths.ts";
import type { Repository } from "./repository.ts";
import type { Entry, Snapshot } from "./tree.ts";

/** What becomes of one file: its bytes, or null to delete it. Deleting what is not there is no error. */
export interface Change {
  /** From the root, in the form of decodeText. */
  Path: string;
  /** `100644`, `100755` or `120000`. */
  Mode: string;
  Bytes: Uint8Array | null;
}

/** An object that is not written yet. */
export interface PlannedObject {
  Type: "blob" | "tree";
  /** A file, or a folder ("" is the root). */
  Path: string;
  /** The file's mode; `040000` of a tree. */
  Mode: string;
  Oid: string;
  Bytes: Uint8Array;
}

/** A snapshot, and what must be written to make it real. */
export interface Planned extends Snapshot {
  Blobs: PlannedObject[];
  /** Folders before the folders that hold them. */
  Trees: PlannedObject[];
}

/** Reports whether a snapshot has objects that are not written yet. */
export function isPlanned(snapshot: Snapshot): snapshot is Planned {
  return "Blobs" in snapshot && "Trees" in snapshot;
}

/**
 * The base with the changes made. A file takes the place of a folder of its name and
 * the other way round, and a folder that loses its last file is gone, as in git's
 * index. Throws Failed for a path that git does not take into a tree, and for two
 * changes that cannot both be.
 */
export async function planned(
  base: Snapshot,
  changes: readonly Change[],
  repo: Repository,
): Promise<Planned> {
  check(changes);
  const blobs = changes.flatMap(({ Path, Mode, Bytes }) =>
    Bytes ? [planObject("blob", Path, Mode, Bytes, repo.ObjectFormat)] : []
  );
  const root = grow(changes, blobs);
  await load(base, root, repo);
  const trees: PlannedObject[] = [];
  const tree = settle(root, repo, trees)!;
  const earlier = isPlanned(base) ? base : { Blobs: [], Trees: [] };
  return {
    Tree: tree,
    ...files(base, changes, blobs),
    ...objects(base, [...blobs, ...trees]),
    Blobs: [...earlier.Blobs, ...blobs],
    Trees: [...earlier.Trees, ...trees],
  };
}

function planObject(
  Type: PlannedObject["Type"],
  Path: string,
  Mode: string,
  Bytes: Uint8Array,
  format: ObjectFormat,
): PlannedObject {
  return { Type, Path, Mode, Oid: objectOid(Type, Bytes, format), Bytes };
}

function check(changes: readonly Change[]): void {
  const files = new Set<string>();
  for (const { Path, Mode, Bytes } of changes) {
    if (/(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i.test(Path) || Path.includes("\0")) {
      throw new Failed(`not a path of a file: ${shown(Path)}`);
    }
    if (Bytes && !/^(100644|100755|120000)$/.test(Mode)) {
      throw new Failed(`not the mode of a file: ${shown(Mode)}`);
    }
    if (files.has(Path)) throw new Failed(`planned twice: ${shown(Path)}`);
    files.add(Path);
  }
  const written = new Set(changes.flatMap(({ Path, Bytes }) => Bytes ? [Path] : []));
  const blocked = [...written].find((path) => foldersAbove(path).some((dir) => written.has(dir)));
  if (blocked) throw new Failed(`planned below a file: ${shown(blocked)}`);
}

function shown(text: string): string {
  return JSON.stringify(text);
}

/** A folder with changes in or below it. */
interface Folder {
  Path: string;
  /** Its tree in the base; absent where the base has no such folder. */
  Base?: string;
  Entries: TreeEntry[];
  /** Files by name; null deletes. */
  Files: Map<string, TreeEntry | null>;
  Folders: Map<string, Folder>;
}

function folder(path: string): Folder {
  return { Path: path, Entries: [], Files: new Map(), Folders: new Map() };
}

function grow(changes: readonly Change[], blobs: readonly PlannedObject[]): Folder {
  const oids = new Map(blobs.map((blob) => [blob.Path, blob.Oid]));
  const root = folder("");
  for (const { Path, Mode } of changes) {
    const names = Path.split("/");
    const Name = names.pop()!;
    let at = root;
    for (const name of names) {
      const below = at.Folders.get(name) ?? folder(at.Path === "" ? name : `${at.Path}/${name}`);
      at.Folders.set(name, below);
      at = below;
    }
    const Oid = oids.get(Path);
    at.Files.set(Name, Oid === undefined ? null : { Mode, Name, Oid });
  }
  return root;
}

/** Reads the base's trees of the changed folders, all of one depth at a time. */
async function load(base: Snapshot, root: Folder, repo: Repository): Promise<void> {
  let level = new Map([[root, base.Tree]]);
  while (level.size > 0) {
    const trees = await base.readMany([...new Set(level.values())]);
    const next = new Map<Folder, string>();
    for (const [at, oid] of level) {
      at.Base = oid;
      at.Entries = parseTree(trees.get(oid)!, repo.ObjectFormat);
      for (const entry of at.Entries) {
        const below = isTree(entry) ? at.Folders.get(entry.Name) : undefined;
        if (below) next.set(below, entry.Oid);
      }
    }
    level = next;
  }
}

/** Works out a folder's new tree, the folders below it first; null: nothing is left in it. */
function settle(at: Folder, repo: Repository, trees: PlannedObject[]): string | null {
  const entries = new Map(at.Entries.map((entry) => [entry.Name, entry]));
  for (const [name, file] of at.Files) {
    if (file) entries.set(name, file);
    else if (!isTree(entries.get(name) ?? { Mode: "" })) entries.delete(name);
  }
  for (const [name, below] of at.Folders) {
    if (at.Files.get(name)) continue;
    const Oid = settle(below, repo, trees);
    if (Oid !== null) entries.set(name, { Mode: "040000", Name: name, Oid });
    else if (isTree(entries.get(name) ?? { Mode: "" })) entries.delete(name);
  }
  if (entries.size === 0 && at.Path !== "") return null;
  const bytes = treeBytes([...entries.values()]);
  const tree = planObject("tree", at.Path, "040000", bytes, repo.ObjectFormat);
  if (tree.Oid !== at.Base) trees.push(tree);
  return tree.Oid;
}

/** The planned files over those of the base. */
function files(
  base: Snapshot,
  changes: readonly Change[],
  blobs: readonly PlannedObject[],
): Pick<Snapshot, "entries" | "readFile"> {
  const changed = new Set(changes.map((change) => change.Path));
  const written = new Map(blobs.map((blob) => [blob.Path, {
    Entry: { Path: blob.Path, Mode: blob.Mode, Oid: blob.Oid, Size: blob.Bytes.length },
    Bytes: blob.Bytes,
  }]));
  const folders = new Set(blobs.flatMap((blob) => foldersAbove(blob.Path)));
  const replaced = (path: string) =>
    changed.has(path) || folders.has(path) || foldersAbove(path).some((dir) => written.has(dir));
  let merged: Promise<Entry[]> | undefined;
  const merge = async () => {
    const kept = (await base.entries()).filter((entry) => !replaced(entry.Path));
    return inOrder(kept, [...written.values()].map((file) => file.Entry));
  };
  return {
    entries: () => merged ??= merge(),
    async readFile(path) {
      const file = written.get(path);
      if (file || replaced(path)) return file ?? null;
      return await base.readFile(path);
    },
  };
}

/** Two lists of files as one in git's order; the first is in it already. */
function inOrder(sorted: readonly Entry[], more: readonly Entry[]): Entry[] {
  const rest = [...more].sort((a, b) => comparePaths(b.Path, a.Path));
  const all: Entry[] = [];
  for (const entry of sorted) {
    while (rest.length > 0 && comparePaths(rest.at(-1)!.Path, entry.Path) < 0) {
      all.push(rest.pop()!);
    }
    all.push(entry);
  }
  return [...all, ...rest.reverse()];
}

/** The planned objects over those of the base. */
function objects(
  base: Snapshot,
  made: readonly PlannedObject[],
): Pick<Snapshot, "read" | "readMany" | "visit"> {
  const own = new Map(made.map((object) => [object.Oid, object.Bytes]));
  return {
    read: async (oid) => own.get(oid) ?? await base.read(oid),
    async readMany(oids) {
      const all = await base.readMany(oids.filter((oid) => !own.has(oid)));
      for (const oid of oids) if (own.has(oid)) all.set(oid, own.get(oid)!);
      return all;
    },
    async visit(wanted, each) {
      for (const oid of new Set(wanted.map((object) => object.Oid))) {
        const bytes = own.get(oid);
        if (bytes) each(oid, bytes);
      }
      await base.visit(wanted.filter((object) => !own.has(object.Oid)), each);
    },
  };
}
