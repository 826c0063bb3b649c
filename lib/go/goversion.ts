/**
 * Go's own version numbers, as they stand in `go` and `toolchain` lines: `1.21`,
 * `1.21rc2`, `1.21.0` (Go's internal/gover, go-rules §12). They are no semantic versions:
 * `1.21` names a language and is below `1.21rc1`, which is below the release `1.21.0`;
 * before 1.21 the bare `1.20` is the release. Numbers have no upper limit.
 */

/** Decimal digits, "" where none are written. */
interface Parts {
  major: string;
  minor: string;
  patch: string;
  kind: string;
  pre: string;
}

const none: Parts = { major: "", minor: "", patch: "", kind: "", pre: "" };
const number = "(0|[1-9][0-9]*)";
const form = new RegExp(`^${number}(?:\\.${number}(?:\\.${number}|([a-z]+)${number}?)?)?$`);

/** A malformed version is below every other. */
function parts(version: string): Parts {
  const found = form.exec(version);
  if (!found) return none;
  const [, major = "", minor, patch, kind = "", pre = ""] = found;
  if (minor === undefined) return { ...none, major, minor: "0", patch: "0" };
  const unwritten = kind === "" && compareDecimal(minor, "21") < 0 ? "0" : "";
  return { major, minor, patch: patch ?? unwritten, kind, pre };
}

function compareDecimal(a: string, b: string): number {
  return Math.sign(a.length - b.length) || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reports whether a text is a version of Go, without a prefix `go`. */
export function isGoVersion(version: string): boolean {
  return form.test(version);
}

/**
 * Reports whether a `go` line may say this version, by x/mod's modfile.GoVersionRE: `1.21.0rc2`
 * too, which is none (go-rules §3.4).
 */
export function isGoLine(version: string): boolean {
  return /^[1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?(?:[a-z]+[0-9]+)?$/.test(version);
}

/** Reports whether a version names a language (`1.21`) and not a release. */
export function isGoLang(version: string): boolean {
  const { major, patch, kind } = parts(version);
  return major !== "" && patch === "" && kind === "";
}

/** The language of a version: `1.21` of `1.21rc2` and of `1.21.3`; "" of what is none. */
export function goLang(version: string): string {
  const { major, minor } = parts(version);
  return minor === "" || (major === "1" && minor === "0") ? major : `${major}.${minor}`;
}

/** Compares two Go versions: below zero if a is older. What is malformed is older than all. */
export function compareGoVersions(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)];
  return compareDecimal(x.major, y.major) || compareDecimal(x.minor, y.minor) ||
    compareDecimal(x.patch, y.patch) || compareText(x.kind, y.kind) ||
    compareDecimal(x.pre, y.pre);
}
