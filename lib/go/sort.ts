/**
 * The orders that Go writes lists in: names by their bytes, and the modules of go.sum
 * (x/mod module.Sort, go-rules §2.7).
 */
import type { PathVersion } from "./mvs.ts";
import { compare } from "./semver.ts";

/**
 * The order of go.sum, whose versions may end in `/go.mod`: by path, then by the version before any slash, then by what
 * follows it, so that `v1.0.0` precedes `v1.0.0/go.mod`. Versions that differ in build
 * metadata only, or are none, are in the order of their bytes: Go leaves theirs open.
 */
export function compareModules(a: PathVersion, b: PathVersion): number {
  const [x, y] = [slash(a.Version), slash(b.Version)];
  return compareNames(a.Path, b.Path) || compare(x.version, y.version) ||
    compareNames(x.version, y.version) || compareNames(x.file, y.file);
}

function slash(version: string): { version: string; file: string } {
  const at = version.indexOf("/");
  return at < 0
    ? { version, file: "" }
    : { version: version.slice(0, at), file: version.slice(at) };
}

/**
 * Orders names by their UTF-8 bytes, as Go and git do: below zero if a comes first.
 * JavaScript's own order is that of UTF-16, where U+FFFD comes after U+1F600.
 */
export function compareNames(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    return x < 0xd800 && y < 0xd800 ? x - y : codePointOrder(a, b, i);
  }
  return a.length - b.length;
}

function codePointOrder(a: string, b: string, at: number): number {
  // A difference in the second half of a pair is one of the whole pair.
  const split = at > 0 && /[\ud800-\udbff]/.test(a[at - 1]!) ? at - 1 : at;
  return a.codePointAt(split)! - b.codePointAt(split)!;
}
