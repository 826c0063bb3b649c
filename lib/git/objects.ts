/**
 * Git's object format: ids and bytes of blobs and trees, known before anything is
 * written, and names as git holds them, which need not be UTF-8.
 */
import { createHash } from "node:crypto";
import { compareNames } from "../go/sort.ts";
import { decodeText, encodeText } from "../go/modfile/utf8.ts";
import { encode, joined } from "../text.ts";

export type ObjectFormat = "sha1" | "sha256";

/** One line of a tree. */
export interface TreeEntry {
  /** As git prints it, six digits: `040000` is a tree. A tree's own odd modes are kept. */
  Mode: string;
  /** One path element, in the form of decodeText. */
  Name: string;
  Oid: string;
}

/** What git stores of an object, compressed: its type, its length, and its bytes. */
export function objectBytes(type: string, bytes: Uint8Array): Uint8Array {
  return joined([encode(`${type} ${bytes.length}\0`), bytes]);
}

/** The id of an object: the hash of what git stores of it. */
export function objectOid(type: string, bytes: Uint8Array, format: ObjectFormat): string {
  return createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The id that a file with these bytes has. */
export function blobOid(bytes: Uint8Array, format: ObjectFormat): string {
  return objectOid("blob", bytes, format);
}

/** The bytes of a tree object, entries put into git's order: a folder sorts as if it ended in `/`. */
export function treeBytes(entries: readonly TreeEntry[]): Uint8Array {
  const sorted = entries.map((entry) => ({ entry, key: sortKey(entry) }))
    .sort((a, b) => comparePaths(a.key, b.key));
  return joined(sorted.flatMap(({ entry }) => [
    encode(entry.Mode.replace(/^0+/, "") + " "),
    encodeText(entry.Name),
    new Uint8Array([0]),
    Uint8Array.fromHex(entry.Oid),
  ]));
}

function sortKey(entry: TreeEntry): string {
  return isTree(entry) ? entry.Name + "/" : entry.Name;
}

/** Reports whether an entry of a tree is a folder. */
export function isTree(entry: { Mode: string }): boolean {
  return entry.Mode === "040000";
}

/** The entries of a tree object, in its order. Throws RangeError for bytes that are no tree. */
export function parseTree(bytes: Uint8Array, format: ObjectFormat): TreeEntry[] {
  const length = format === "sha256" ? 32 : 20;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const nul = space < 0 ? -1 : bytes.indexOf(0, space + 1);
    const end = nul + 1 + length;
    if (nul < 0 || end > bytes.length) throw new RangeError("the bytes are not those of a tree");
    entries.push({
      Mode: decodeText(bytes.subarray(at, space)).padStart(6, "0"),
      Name: decodeText(bytes.subarray(space + 1, nul)),
      Oid: bytes.subarray(nul + 1, end).toHex(),
    });
    at = end;
  }
  return entries;
}

/** Orders paths by their bytes, as git's index does; full paths of files are then in tree order. */
export function comparePaths(a: string, b: string): number {
  if (a.isWellFormed() && b.isWellFormed()) return compareNames(a, b);
  const [x, y] = [encodeText(a), encodeText(b)];
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] !== y[i]) return x[i]! - y[i]!;
  }
  return x.length - y.length;
}
