/**
 * Which paths Go accepts (go-rules §2.1): module paths, import paths and names
 * of files in a module. Each kind takes more characters than the one before it;
 * only module paths must begin with a host name.
 *
 * The functions give Go's error text, or null when all is well. Bytes that are no
 * UTF-8 stand in the text as decodeText (modfile/utf8.ts) gives them.
 */
import { assignedLater } from "./unicode.ts";

type Kind = "module" | "import" | "file";

const notAllowed: Readonly<Record<Kind, RegExp>> = {
  module: /[^A-Za-z0-9\-._~]/u,
  import: /[^A-Za-z0-9\-._~+]/u,
  file: new RegExp(String.raw`[^\p{L}0-9 !#$%&()+,\-.=@[\]^_{}~]|${assignedLater}`, "u"),
};

/** Names that Windows keeps for devices, whatever follows their first dot. */
const windowsName = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i;

/** Checks a module path, as for a module that is fetched: `malformed module path "…": …`. */
export function checkPath(path: string): string | null {
  return malformed("module", path, reasonOf(path, "module") ?? modulePathReason(path));
}

/** Checks the import path of a package. */
export function checkImportPath(path: string): string | null {
  return malformed("import", path, reasonOf(path, "import"));
}

/** Checks the slash-separated name of a file in a module. */
export function checkFilePath(path: string): string | null {
  return malformed("file", path, reasonOf(path, "file"));
}

function malformed(kind: Kind, path: string, reason: string | null): string | null {
  return reason === null ? null : `malformed ${kind} path ${quote(path)}: ${reason}`;
}

function reasonOf(path: string, kind: Kind): string | null {
  if (!path.isWellFormed()) return "invalid UTF-8";
  if (path === "") return "empty string";
  if (path.startsWith("-") && kind !== "file") return "leading dash";
  if (path.includes("//")) return "double slash";
  if (path.endsWith("/")) return "trailing slash";
  for (const element of path.split("/")) {
    const reason = elementReason(element, kind);
    if (reason !== null) return reason;
  }
  return null;
}

/** Why a path element is not allowed, in Go's words; null when it is. */
export function elementReason(element: string, kind: Kind): string | null {
  if (element === "") return "empty path element";
  if (/^\.+$/.test(element)) return `invalid path element ${quote(element)}`;
  if (element.startsWith(".") && kind === "module") return "leading dot in path element";
  if (element.endsWith(".")) return "trailing dot in path element";
  const bad = notAllowed[kind].exec(element);
  if (bad) return `invalid char ${quoteRune(bad[0])}`;
  const [short = ""] = element.split(".", 1);
  if (windowsName.test(short)) {
    return `${quote(short)} disallowed as path element component on Windows`;
  }
  if (kind !== "file" && /~[0-9]+$/.test(short)) {
    return "trailing tilde and digits in path element";
  }
  return null;
}

/** What a module path has to satisfy beyond an import path. */
function modulePathReason(path: string): string | null {
  const [first = ""] = path.split("/", 1);
  if (!first.includes(".")) return "missing dot in first path element";
  const bad = /[^a-z0-9.-]/u.exec(first);
  if (bad) return `invalid char ${quoteRune(bad[0])} in first path element`;
  return splitPathVersion(path).ok ? null : "invalid version";
}

/** A module path cut before its major version suffix. */
export interface SplitPath {
  prefix: string;
  /** `/vN` with N ≥ 2, on gopkg.in `.vN` or `.vN-unstable`; "" for none. */
  pathMajor: string;
  /** False when the path ends in a major version that Go does not accept; then nothing is cut. */
  ok: boolean;
}

/** Splits a module path into prefix and major version; joined they are the path again (go-rules §2.2). */
export function splitPathVersion(path: string): SplitPath {
  const gopkg = path.startsWith("gopkg.in/");
  const end = gopkg && path.endsWith("-unstable") ? path.length - "-unstable".length : path.length;
  let start = end;
  while (start > 0 && (gopkg ? /[0-9]/ : /[0-9.]/).test(path[start - 1]!)) start--;
  const number = path.slice(start, end), at = start - 2;
  const suffix = path.slice(Math.max(at, 0), start) === (gopkg ? ".v" : "/v") && at >= 0;
  const whole = { prefix: path, pathMajor: "" };
  // Go takes gopkg.in/x.v-unstable for a path, which no version fits.
  const numberless = number === "" && end === path.length;
  if (!suffix || numberless) return { ...whole, ok: !gopkg };
  const accepted = gopkg
    ? !number.startsWith("0") || path.endsWith(".v0")
    : !number.includes(".") && !number.startsWith("0") && number !== "1";
  if (!accepted) return { ...whole, ok: false };
  return { prefix: path.slice(0, at), pathMajor: path.slice(at), ok: true };
}

const escapes: Readonly<Record<string, string>> = {
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/** A string as Go prints it in double quotes: what is not printable, and bytes that are no UTF-8, are escaped. */
export function quote(text: string): string {
  return `"${escaped(text, '"')}"`;
}

/** One character as Go prints it in single quotes. */
export function quoteRune(rune: string): string {
  return `'${escaped(rune, "'")}'`;
}

const escapable = new RegExp(
  String.raw`[^ \p{L}\p{M}\p{N}\p{P}\p{S}]|["'\\]|${assignedLater}`,
  "gu",
);

function escaped(text: string, mark: string): string {
  return text.replace(escapable, (rune) => {
    if (rune === '"' || rune === "'") return rune === mark ? "\\" + rune : rune;
    const known = escapes[rune];
    if (known !== undefined) return known;
    const code = rune.codePointAt(0)!;
    if (code >= 0xdc80 && code <= 0xdcff) return "\\x" + (code - 0xdc00).toString(16);
    if (!rune.isWellFormed()) return "\ufffd";
    const hex = code.toString(16);
    if (code < 0x20 || code === 0x7f) return "\\x" + hex.padStart(2, "0");
    return code < 0x10000 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
  });
}
