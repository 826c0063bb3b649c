/**
 * Where a text mentions a module path, and what the words around a mention say about it.
 *
 * A mention is the old path as whole elements: `example.com/m` in `example.com/m/pkg` and in
 * `example.com/m.Name`, but not in `example.com/mod` or `xexample.com/m`. Nothing here is slow on
 * hostile text: what is looked at around one mention is bounded.
 */
import type { PathChange } from "./types.ts";

export interface Mention {
  /** Where the old path begins; it is as long as `change.Old`. */
  At: number;
  /** Behind the whole path: the old one and the elements below it, punctuation left out. */
  End: number;
  /** The whole path as written; its last element may end in what Symbol says. */
  Path: string;
  /** Path without the symbol: what could be a package. */
  Package: string;
  /** What follows the first dot of the last element below the module: `Client.Do`, but also `go`. */
  Symbol?: string;
  /** What follows an `@` right behind the path. */
  Version?: string;
  /** An address of the path, a page of a documentation host about it, a part of a longer path, or the path itself. */
  Kind: "path" | "url" | "doc" | "longer";
}

/** How far the text before a mention is looked at. */
const reach = 240;

/** Hosts whose addresses hold an import path. */
const docHosts = new Set(["pkg.go.dev", "godoc.org", "godocs.io", "goreportcard.com"]);

const charKinds = new Uint8Array(256);
const alphanumeric = 1, punctuation = 2, slash = 4, address = 8;
for (let c = 0; c < 128; c++) {
  const char = String.fromCharCode(c);
  if (/[A-Za-z0-9]/.test(char)) charKinds[c] = alphanumeric;
  else if (/[-._~+]/.test(char)) charKinds[c] = punctuation;
  else if (char === "/") charKinds[c] = slash;
  else if (/[@:%?=&#$]/.test(char)) charKinds[c] = address;
}

function kindAt(text: string, index: number): number {
  return charKinds[text.charCodeAt(index)] ?? 0;
}

/**
 * Every mention of a package of the module in a text of one character a byte, ascending. With
 * `glued`, also where other letters stand right before the path, as the length in a descriptor does.
 */
export function mentions(text: string, change: PathChange, glued = false): Mention[] {
  const found: Mention[] = [];
  const { Old } = change;
  let next = 0;
  for (let at = text.indexOf(Old); at >= 0; at = text.indexOf(Old, next)) {
    next = at + Old.length;
    const kind = kindBefore(text, at) ?? (glued ? "path" : undefined);
    if (kind === undefined) continue;
    const end = pathEnd(text, at, next);
    if (end === undefined) continue;
    next = end;
    const path = text.slice(at, end);
    const dot = path.indexOf(".", Math.max(Old.length, path.lastIndexOf("/")));
    const name = dot < 0 ? path : path.slice(0, dot);
    if (!change.owns(name) || (dot !== Old.length && !change.owns(path))) continue;
    const version = versionAfter(text, end);
    found.push({
      At: at,
      End: end,
      Path: path,
      Package: name,
      ...(dot >= 0 && { Symbol: path.slice(dot + 1) }),
      ...(version !== undefined && { Version: version }),
      Kind: path.slice(dot) === ".git" && dot === Old.length && kind === "path" ? "url" : kind,
    });
  }
  return found;
}

/** What follows an `@` at this place: a version or a query, without punctuation at its end. */
export function versionAfter(text: string, at: number): string | undefined {
  if (text[at] !== "@") return undefined;
  return /^[\w.+\-~<>=${}()]*/.exec(text.slice(at + 1, at + 1 + reach))![0]
    .replace(/[.)]+$/, "") || undefined;
}

/**
 * Reports whether a version or query can only be one of the old path: a version of another major
 * than the coming one, or a commit. `latest`, branches and placeholders are found under both.
 */
export function isPinned(query: string, change: PathChange): boolean {
  const version = /^[<>=]*v(\d+)/.exec(query);
  if (version) return version[1] !== /^v(\d+)/.exec(change.Version)?.[1];
  return /^[0-9a-f]{7,40}$/.test(query);
}

/** What the address or path is that a mention at this place ends; undefined where it is the end of another word. */
function kindBefore(text: string, at: number): Mention["Kind"] | undefined {
  if (at === 0) return "path";
  const before = kindAt(text, at - 1);
  if (before === 0) return "path";
  if (before === alphanumeric) return undefined;
  if (before === punctuation) {
    let start = at - 1;
    while (start > at - reach && kindAt(text, start - 1) === punctuation) start--;
    return kindAt(text, start - 1) === alphanumeric || text[at - 1] === "." ? undefined : "path";
  }
  const word = wordBefore(text, at);
  const scheme = word.lastIndexOf("://");
  const rest = scheme < 0 ? word.replace(/^\/\//, "") : word.slice(scheme + 3);
  const [host = "", ...below] = rest.split("/");
  if (below.length > 0 && docHosts.has(host.replace(/^www\./, ""))) return "doc";
  if (scheme >= 0 || word === "//" || /^[\w.\-]+@$/.test(word)) return "url";
  return text[at - 1] === "/" ? "longer" : "path";
}

/** What could belong to one address or path with the mention, before it. */
function wordBefore(text: string, at: number): string {
  let start = at;
  while (start > 0 && start > at - reach && kindAt(text, start - 1) !== 0) start--;
  return text.slice(start, at);
}

/** Where a path ends that begins with the module's; undefined where the module's last element goes on. */
function pathEnd(text: string, at: number, from: number): number | undefined {
  let end = from;
  if (text[from] !== "/" && !(text[from] === "." && kindAt(text, from + 1) === alphanumeric)) {
    while (kindAt(text, end) === punctuation) end++;
    return kindAt(text, end) === alphanumeric && !text.slice(from, end).includes("..")
      ? undefined
      : from;
  }
  while ((kindAt(text, end) & (alphanumeric | punctuation | slash)) !== 0) end++;
  const dots = text.slice(at, end).indexOf("/...", from - at);
  if (dots >= 0) end = at + dots;
  while (end > from && (text[end - 1] === "/" || text[end - 1] === ".")) end--;
  return end;
}

/** Verbs of the go command that take packages or modules. */
const goVerbs = new Set(
  "get install run build test vet doc list tool generate mod work fix".split(" "),
);

/** Reports whether what stands before a mention, on its line, is a go command that takes it as an argument. */
export function isGoCommand(text: string, at: number): boolean {
  const line = lineBefore(text, at);
  const words = line.slice(Math.max(...[..."\n;|&"].map((c) => line.lastIndexOf(c))) + 1)
    .split(/[\s"'`()[\],]+/);
  return words.some((word, i) =>
    /^(?:.*\/)?go(?:1[\d.]*)?$/.test(word) && goVerbs.has(words[i + 1] ?? "")
  );
}

/** Reports whether a mention names a variable that the linker is told to set: `-X path.name=value`. */
export function isLinkerFlag(text: string, mention: Mention): boolean {
  return mention.Symbol !== undefined && text[mention.End] === "=" &&
    /-X(?:[ \t=]+|["'\\]+)*$/.test(text.slice(Math.max(0, mention.At - 12), mention.At));
}

/** Reports whether a mention is a doc link of Go, `[path.Name]` or `[*path.Name]`, and no type argument. */
export function isDocLink(text: string, mention: Mention): boolean {
  const open = text[mention.At - 1] === "*" ? mention.At - 2 : mention.At - 1;
  return text[open] === "[" && text[mention.End] === "]" && kindAt(text, open - 1) !== alphanumeric;
}

/** The text of the line before a place, as far as it is looked at. */
export function lineBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - reach), at);
  return near.slice(near.lastIndexOf("\n") + 1);
}

/** The text of the line behind a place, as far as it is looked at. */
export function lineAfter(text: string, at: number): string {
  const near = text.slice(at, at + reach);
  const end = near.indexOf("\n");
  return end < 0 ? near : near.slice(0, end);
}
