/**
 * The files that Go makes a module zip from: what its own `git archive` of the
 * module's folder gives (go-rules §4.5), from a tree that need not be committed.
 *
 * Most trees are published as they are stored, and then the blobs are read directly,
 * which is faster. Where `.gitattributes` change contents, git itself archives the
 * tree: in a scratch repository, so that neither the filters nor the configuration of
 * this machine have a say.
 */
import { join } from "node:path/posix";
import { sum256 } from "../go/dirhash.ts";
import { entriesBelow, type Entry, withLicense } from "../go/zip.ts";
import { Failed, type Problem, problem } from "../problem.ts";
import { clean, decode } from "../text.ts";
import type { Repository } from "./repository.ts";
import { gitArchive } from "./scratch.ts";
import type { Snapshot } from "./tree.ts";

/** A file, and what is published of it. */
export interface Content {
  /** From the module's folder. */
  Path: string;
  /** SHA-256 in lower-case hex. */
  Sum: string;
  Size: number;
}

export interface Archive {
  /**
   * Paths from the module's folder, in git's order; Size is that of the published
   * content. Links and submodules are among them; an inherited LICENSE is the last.
   */
  Entries: readonly Entry[];
  /** The published go.mod of the folder; null if it has none as a regular file. */
  GoMod: Uint8Array | null;
  /** True where git archived the tree, and may have converted contents on the way. */
  Converted: boolean;
  /** Shows what is published of each of these regular files, once and in any order, in bounded memory. */
  visit(files: readonly Entry[], each: (file: Entry, bytes: Uint8Array) => void): Promise<void>;
  /** The sums of these regular files, in their order. */
  sums(files: readonly Entry[]): Promise<Content[]>;
}

/**
 * What is published of a folder ("" is the root). The problem is `zip-invalid`: a
 * name in the tree that git does not archive, which makes every version of every
 * module in it useless. Throws Failed when an object is missing.
 */
export async function archive(
  repo: Repository,
  snapshot: Snapshot,
  dir: string,
): Promise<Archive | Problem> {
  const entries = await snapshot.entries();
  const byGit = entries.some(isOdd) || await converts(snapshot, entries, dir);
  return byGit ? await fromGit(repo, snapshot, dir) : await fromBlobs(snapshot, dir);
}

/**
 * Reports whether a name is possibly one that git refuses to archive: what some file
 * system takes for git's own folder, and a link in the place of `.gitmodules`. Git
 * decides; this only must not miss one.
 */
function isOdd(entry: Entry): boolean {
  return /(^|\/)(\.{0,2}|\.git([ .:\\][^/]*)?|git~1[^/]*)(\/|$)/i.test(entry.Path) ||
    (entry.Mode === "120000" && /(^|\/)(\.gitmodules|gi[^/]*~)[^/]*$/i.test(entry.Path));
}

/**
 * The attributes that make published content differ from the blob under the settings
 * of Go's `git archive`; macros are defined in these words too. `eol=lf`, `text` and
 * `filter` change nothing there, and `export-…` is switched off.
 */
const converting = /eol=crlf|ident|working-tree-encoding/;

/** Reports whether attributes of the folder, or of one above it, may change contents in it. */
async function converts(
  snapshot: Snapshot,
  entries: readonly Entry[],
  dir: string,
): Promise<boolean> {
  const attributes = entries.filter(({ Path, Mode }) => {
    if (Mode === "160000" || !/(^|\/)\.gitattributes$/.test(Path)) return false;
    const of = Path.slice(0, -".gitattributes".length);
    return `${dir}/`.startsWith(of) || of.startsWith(dir === "" ? "" : `${dir}/`);
  });
  let found = false;
  await snapshot.visit(attributes, (_, bytes) => found ||= converting.test(decode(bytes)));
  return found;
}

/** The blobs as they are stored. */
export async function fromBlobs(snapshot: Snapshot, dir: string): Promise<Archive> {
  const entries = await snapshot.entries();
  const own = entriesBelow(entries, dir);
  const visit: Archive["visit"] = async (files, each) => {
    const byOid = Map.groupBy(files, (file) => file.Oid);
    await snapshot.visit(files, (oid, bytes) => {
      for (const file of byOid.get(oid) ?? []) each(file, bytes);
    });
  };
  return {
    Entries: dir === "" ? own : withLicense(own, entries),
    GoMod: await plainGoMod(snapshot, dir),
    Converted: false,
    visit,
    async sums(files) {
      const sums = new Map<string, string>();
      await snapshot.visit(files, (oid, bytes) => sums.set(oid, sum256(bytes)));
      return files.map(({ Path, Oid, Size }) => ({ Path, Sum: sums.get(Oid)!, Size }));
    },
  };
}

async function plainGoMod(snapshot: Snapshot, dir: string): Promise<Uint8Array | null> {
  const file = await snapshot.readFile(join(dir, "go.mod"));
  return file && isRegular(file.Entry) ? file.Bytes : null;
}

function isRegular(entry: Entry): boolean {
  return entry.Mode.startsWith("100");
}

/** What git archives; `zip-invalid` if it refuses a name in the tree. */
export async function fromGit(
  repo: Repository,
  snapshot: Snapshot,
  dir: string,
): Promise<Archive | Problem> {
  const entries = await snapshot.entries();
  const stored = entriesBelow(entries, dir);
  const contents = new Map<string, Content>();
  let goMod: Uint8Array | null = null;
  const refused = await gitArchive(repo, snapshot, dir, (Path, bytes) => {
    contents.set(Path, { Path, Sum: sum256(bytes), Size: bytes.length });
    if (Path === "go.mod") goMod = bytes.slice();
  });
  if (refused !== null) {
    return problem("zip-invalid", `Git does not archive the tree: ${refused}.`, {
      fix: "rename or remove that file",
    });
  }
  const own = stored.map((entry) => {
    const size = contents.get(entry.Path)?.Size;
    if (isRegular(entry) && size === undefined) {
      throw new Failed(`git archive: left out ${clean(entry.Path)}`);
    }
    return size === undefined ? entry : { ...entry, Size: size };
  });
  const all = dir === "" ? own : withLicense(own, entries);
  // Go reads an inherited LICENSE out of the commit itself: no attribute touches it.
  const inherited = all.at(-1) === own.at(-1) ? undefined : all.at(-1);
  const licence = inherited && await snapshot.read(inherited.Oid);
  if (inherited && licence) {
    contents.set(inherited.Path, { ...inherited, Sum: sum256(licence) });
  }
  return {
    Entries: all,
    GoMod: goMod,
    Converted: true,
    async visit(files, each) {
      const wanted = new Map(files.map((file) => [file.Path, file]));
      const show = (path: string, bytes: Uint8Array) => {
        const file = wanted.get(path);
        if (file) each(file, bytes);
      };
      await gitArchive(repo, snapshot, dir, show);
      if (inherited && licence) show(inherited.Path, licence);
    },
    sums: (files) =>
      Promise.resolve(files.map(({ Path }) => {
        const { Sum, Size } = contents.get(Path)!;
        return { Path, Sum, Size };
      })),
  };
}
