/**
 * go.sum (go-rules §4.7): the hashes that a main module has seen. Each line is a module
 * path, a version and a hash; the version ends in `/go.mod` where the hash is that of the
 * go.mod file alone, otherwise it is that of the module zip. A version may have several
 * hashes; those of an algorithm that is not known (`h2:…`) are kept and not trusted.
 */
import { encode } from "../text.ts";
import { isSpace } from "./modfile/strconv.ts";
import { decodeText, encodeText } from "./modfile/utf8.ts";
import type { PathVersion } from "./mvs.ts";
import { compareModules, compareNames } from "./sort.ts";

/** One line of go.sum. */
export interface GoSumLine extends PathVersion {
  readonly Hash: string;
}

/** A line that Go cannot read, and in `Text` how it says so. */
export interface GoSumError {
  Line: number;
  Text: string;
}

/** What a go.sum holds. */
export interface GoSum {
  /** In the order of the file. */
  Lines: GoSumLine[];
  /** Not empty: every go command but `go mod tidy` stops at the first one. */
  Errors: GoSumError[];
}

/** The hash of a go.mod without content. An old go wrote it for what is no module; no go reads it. */
const emptyGoModHash = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

/** Reads a go.sum; `file` is its name in the errors. */
export function parseGoSum(file: string, content: Uint8Array | string): GoSum {
  const text = typeof content === "string" ? content : decodeText(content);
  const sum: GoSum = { Lines: [], Errors: [] };
  let line = 0;
  for (let start = 0; start < text.length;) {
    line++;
    const end = text.indexOf("\n", start);
    const words = fields(end < 0 ? text.slice(start) : text.slice(start, end));
    start = end < 0 ? text.length : end + 1;
    if (words.length === 3) {
      const [Path, Version, Hash] = words as [string, string, string];
      if (Hash !== emptyGoModHash) sum.Lines.push({ Path, Version, Hash });
    } else if (words.length > 0) {
      const reason = `wrong number of fields ${words.length}`;
      sum.Errors.push({ Line: line, Text: `malformed go.sum:\n${file}:${line}: ${reason}` });
    }
  }
  return sum;
}

/** The words between white space, as Go sees it. */
function fields(line: string): string[] {
  const words: string[] = [];
  let start = -1;
  for (let i = 0; i <= line.length; i++) {
    const between = i === line.length || isSpace(line.charCodeAt(i));
    if (between && start >= 0) words.push(line.slice(start, i));
    if (between) start = -1;
    else if (start < 0) start = i;
  }
  return words;
}

/** The lines as Go writes the file: sorted by module, version and hash, each once. */
export function formatGoSum(lines: readonly GoSumLine[]): Uint8Array<ArrayBuffer> {
  const order = (a: GoSumLine, b: GoSumLine) =>
    compareModules(a, b) || compareNames(a.Hash, b.Hash);
  const texts = [...lines].sort(order).map((l) => `${l.Path} ${l.Version} ${l.Hash}\n`);
  const text = texts.filter((line, i) => line !== texts[i - 1]).join("");
  return text.isWellFormed() ? encode(text) : encodeText(text);
}

/** The two lines of a version: that of its zip, then that of its go.mod. */
export function goSumLines(
  { Path, Version }: PathVersion,
  { Sum, GoModSum }: { Sum: string; GoModSum: string },
): [GoSumLine, GoSumLine] {
  return [
    { Path, Version, Hash: Sum },
    { Path, Version: `${Version}/go.mod`, Hash: GoModSum },
  ];
}

/** The hashes by `path@version` and `path@version/go.mod`, each list in the order of the file. */
export function goSumHashes(lines: readonly GoSumLine[]): Map<string, string[]> {
  const hashes = new Map<string, string[]>();
  for (const { Path, Version, Hash } of lines) {
    const key = `${Path}@${Version}`;
    const known = hashes.get(key);
    if (known) known.push(Hash);
    else hashes.set(key, [Hash]);
  }
  return hashes;
}

/**
 * Compares a hash with those that go.sum has for it. `listed` and `missing` are no error (what
 * is missing Go asks the checksum database for); otherwise the hash of go.sum that contradicts
 * it, where every go command ends with a SECURITY ERROR. The first `h1:` of the list decides.
 */
export function checkGoSum(
  known: readonly string[] | undefined,
  hash: string,
): "listed" | "missing" | { Recorded: string } {
  for (const other of known ?? []) {
    if (other === hash) return "listed";
    if (other.startsWith("h1:")) return { Recorded: other };
  }
  return "missing";
}
