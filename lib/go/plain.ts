/**
 * go.mod files as nearly all of them are written: words of printable ASCII. They are read
 * here many times faster than by the parser, for graphs of thousands of them. Whatever is
 * written otherwise, or could be wrong, is left to the parser.
 */
import { canonicalVersion, checkPathMajor, splitPathVersion } from "./module.ts";
import type { PathVersion } from "./mvs.ts";

/** A directive, or an entry of a block. */
export interface PlainLine {
  Verb: string;
  Block: boolean;
  /** What follows the verb. */
  Tokens: string[];
  /** What follows `//` on its line. */
  Comment: string;
}

/** No strings, which need quotes. */
const plain = /^[\t\r !#-&(-_a-z{|}~]*$/;
/** An entry of a block as the go command formats it: nine lines of ten. */
const formatted = /^\t([\w.~/+-]+) (v[\w.+-]+)(?: \/\/(.*))?$/;

/**
 * Gives every directive to `read`, and the verb of every block to `open`, until one refuses;
 * false as well where the file is not plain.
 */
export function scanPlain(
  text: string,
  read: (line: PlainLine) => boolean,
  open: (verb: string) => boolean = () => true,
): boolean {
  let block: string | null = null;
  for (const line of text.split("\n")) {
    const entry = block === null ? null : formatted.exec(line);
    if (entry && !entry[1]!.includes("//")) {
      const [, path, version, Comment = ""] = entry as unknown as [string, string, string, string?];
      if (!read({ Verb: block!, Block: true, Tokens: [path, version], Comment })) return false;
      continue;
    }
    const slashes = line.indexOf("//");
    const before = slashes < 0 ? line : line.slice(0, slashes);
    if (!plain.test(before)) return false;
    const code = before.trim();
    if (code === "") continue;
    if (block !== null && code === ")") {
      block = null;
      continue;
    }
    const opens: boolean = block === null && code.endsWith("(");
    const words: string = opens ? code.slice(0, -1).trimEnd() : code;
    if (words === "" || words.includes("/*") || /[()]/.test(words)) return false;
    if (opens) {
      if (!open(words)) return false;
      block = words;
      continue;
    }
    const Tokens: string[] = words.split(/[\t\r ]+/);
    const Verb: string = block ?? Tokens.shift()!;
    const Comment = slashes < 0 ? "" : line.slice(slashes + 2);
    if (!read({ Verb, Block: block !== null, Tokens, Comment })) return false;
  }
  return block === null;
}

/** Reports whether Go's lexer, too, takes a text of printable ASCII for one word that is no string. */
export function isWord(text: string): boolean {
  return !/[^\w.~/+-]/.test(text);
}

/**
 * Makes a judge of requirements: a module path and a canonical version that belong together,
 * as one value for each; null for any other tokens.
 */
export function requirements(): (tokens: readonly string[]) => PathVersion | null {
  const judged = new Map<string, PathVersion | null>();
  return (tokens) => {
    const [Path, Version] = tokens;
    if (tokens.length !== 2 || Path === undefined || Version === undefined) return null;
    const key = `${Path}@${Version}`;
    const known = judged.get(key);
    if (known !== undefined) return known;
    const judgement = isWord(Path) && belong(Path, Version) ? { Path, Version } : null;
    judged.set(key, judgement);
    return judgement;
  };
}

function belong(path: string, version: string): boolean {
  // By far the most need no closer look.
  if (/^v[01]\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/.test(version) && !/\/v[\d.]*$|^gopkg/.test(path)) {
    return true;
  }
  const { pathMajor, ok } = splitPathVersion(path);
  return ok && canonicalVersion(version) === version && checkPathMajor(version, pathMajor) === null;
}

/**
 * The hashes of go.mod files in a go.sum whose lines are as the go command writes them, with
 * one hash for each, by `path version`; null for any other.
 */
export function plainGoModSums(text: string): Map<string, string> | null {
  const sums = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const words = /^(\S+ \S+?)(\/go\.mod)? (h1:\S+)$/.exec(line);
    // An old go wrote the hash of no file at all, which counts for nothing.
    if (!words || line.includes(" h1:G7mAYYxgmS0l")) return null;
    if (words[2] === undefined) continue;
    if (sums.has(words[1]!)) return null;
    sums.set(words[1]!, words[3]!);
  }
  return sums;
}
