/** Which platforms a file is built for: by its name, and by the constraints above its package clause (go/build). */
import { evaluate, type Expr, goBuild, parseConstraint, trimSpace } from "./constraint.ts";
import { knownArch, knownOS, unixOS } from "./syslist.ts";

export interface Platform {
  GOOS: string;
  GOARCH: string;
}

/** The tags that a file's name asks for: `_linux`, `_amd64` or `_linux_amd64` at its end, before `_test`. */
export function nameTags(name: string): string[] {
  const [stem = ""] = name.slice(name.lastIndexOf("/") + 1).split(".", 1);
  const words = stem.split("_");
  if (words.length > 1 && words.at(-1) === "test") words.pop();
  // What stands before the first "_" is a name of the author's.
  const [last = "", before = ""] = words.slice(1).reverse();
  if (knownOS.has(before) && knownArch.has(last)) return [before, last];
  return knownOS.has(last) || knownArch.has(last) ? [last] : [];
}

/**
 * The constraint of a Go or assembly file's text, from its `//go:build` line or, without one, its
 * `// +build` lines; undefined: none. Go refuses a file with two of the former or a broken one; it
 * then has the constraint `never`.
 */
export function textConstraint(text: string): Expr | undefined {
  const { Now, Old } = readHeader(text);
  if (Now.length > 0) return (Now.length === 1 && parseConstraint(Now[0]!)) || never;
  const And = Old.map(parseConstraint).filter((expr) => expr !== undefined);
  return And.length === 0 ? undefined : { And };
}

/** A constraint that no platform has. */
export const never: Expr = { Or: [] };

/**
 * Reports whether a file is built for a platform, with the standard compiler, a new enough Go and
 * no tags of one's own; `cgo` says whether cgo is used.
 */
export function matchFile(
  name: string,
  constraint: Expr | undefined,
  platform: Platform,
  cgo = false,
): boolean {
  const has = (tag: string) => matchTag(tag, platform, cgo);
  return nameTags(name).every(has) && (constraint === undefined || evaluate(constraint, has));
}

/**
 * Reports whether a Go file's imports count for `go mod tidy` (cmd/go/internal/imports.AnyTags): every
 * tag is both given and not given, so that only what needs the tag `ignore` is left out.
 */
export function matchesAnyTags(text: string): boolean {
  const constraint = textConstraint(text);
  return constraint === undefined ||
    evaluate(constraint, (tag, wanted) => tag !== "ignore" && wanted);
}

const implied: Readonly<Record<string, string>> = {
  android: "linux",
  illumos: "solaris",
  ios: "darwin",
};

function matchTag(tag: string, { GOOS, GOARCH }: Platform, cgo: boolean): boolean {
  return tag === GOOS || tag === GOARCH || implied[GOOS] === tag || tag === "gc" ||
    (tag === "cgo" && cgo) || (tag === "unix" && unixOS.has(GOOS)) || /^go1\.[1-9]\d*$/.test(tag);
}

/**
 * The constraint lines above the first text that is no comment, behind a byte-order mark. `// +build` lines count only above
 * the last blank line among the `//` comments that the file begins with.
 */
function readHeader(text: string): { Now: string[]; Old: string[] } {
  const Now: string[] = [], Old: string[] = [];
  let waiting: string[] = [];
  let commentsOnly = true, inBlock = false;
  for (let at = /^(?:\ufeff|\xef\xbb\xbf)?/.exec(text)![0].length; at < text.length;) {
    const end = text.indexOf("\n", at);
    let line = trimSpace(text.slice(at, end < 0 ? text.length : end));
    at = end < 0 ? text.length : end + 1;
    if (line === "" && commentsOnly) {
      for (const above of waiting) Old.push(above);
      waiting = [];
      continue;
    }
    if (!line.startsWith("//")) commentsOnly = false;
    if (!inBlock && goBuild(line) !== undefined) Now.push(line);
    if (commentsOnly && line.includes("+build")) waiting.push(line);
    while (line !== "") {
      if (inBlock) {
        const close = line.indexOf("*/");
        if (close < 0) break;
        inBlock = false;
        line = trimSpace(line.slice(close + 2));
      } else if (line.startsWith("//")) break;
      else if (line.startsWith("/*")) {
        inBlock = true;
        line = trimSpace(line.slice(2));
      } else return { Now, Old };
    }
  }
  return { Now, Old };
}
