/**
 * Semantic versions as Go writes and orders them (go-rules §1). Versions stay
 * plain strings, and every function takes any string: an invalid version gives
 * "", false or null and orders below every valid one. Where Go differs from
 * semver.org, Go's rule holds:
 *
 * - the leading `v` is mandatory;
 * - `v1` and `v1.2` are valid and mean `v1.0.0` and `v1.2.0`, but take neither
 *   pre-release nor build metadata;
 * - numbers have no upper limit;
 * - build metadata never counts in the order, so `v2.0.0+incompatible` equals `v2.0.0`.
 */

/** The parts of a valid version; what a short form leaves out is "0". */
export interface Parsed {
  /** Decimal digits without leading zeros, of any length. */
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** With its leading `-`, or "". */
  readonly prerelease: string;
  /** With its leading `+`, or "". */
  readonly build: string;
}

const plus = 0x2b, dash = 0x2d, dot = 0x2e, zero = 0x30, nine = 0x39, lowerV = 0x76;

/**
 * Where the parts of the version end that `scan` looked at last. Shared, so that
 * looking at a version makes no garbage: tens of thousands of tags are sorted at
 * every start.
 */
const ends = { major: 0, minor: 0, patch: 0, prerelease: 0 };

/** Reports whether v is valid (go-rules §1.1), and leaves in `ends` where its parts end. */
function scan(v: string): boolean {
  if (v.charCodeAt(0) !== lowerV) return false;
  const end = v.length;
  ends.major = numberEnd(v, 1);
  ends.minor = ends.patch = ends.prerelease = ends.major;
  if (ends.major === end) return true;
  if (ends.major < 0 || v.charCodeAt(ends.major) !== dot) return false;
  ends.minor = ends.patch = ends.prerelease = numberEnd(v, ends.major + 1);
  if (ends.minor === end) return true;
  if (ends.minor < 0 || v.charCodeAt(ends.minor) !== dot) return false;
  ends.patch = ends.prerelease = numberEnd(v, ends.minor + 1);
  if (ends.patch === end) return true;
  if (ends.patch < 0) return false;
  if (v.charCodeAt(ends.patch) === dash) ends.prerelease = identifiersEnd(v, ends.patch + 1, true);
  if (ends.prerelease === end) return true;
  if (ends.prerelease < 0 || v.charCodeAt(ends.prerelease) !== plus) return false;
  return identifiersEnd(v, ends.prerelease + 1, false) === end;
}

/** The parts of a version; null when it is not valid. */
export function parse(v: string): Parsed | null {
  if (!scan(v)) return null;
  return {
    major: v.slice(1, ends.major),
    minor: v.slice(ends.major + 1, ends.minor) || "0",
    patch: v.slice(ends.minor + 1, ends.patch) || "0",
    prerelease: v.slice(ends.patch, ends.prerelease),
    build: v.slice(ends.prerelease),
  };
}

/** The three numbers as one that orders as they do; NaN when v is not valid, or they are too large for that. */
function coreOf(v: string): number {
  if (!scan(v)) return NaN;
  const major = numberAt(v, 1, ends.major);
  const minor = numberAt(v, ends.major + 1, ends.minor);
  const patch = numberAt(v, ends.minor + 1, ends.patch);
  const limit = 0x100000;
  return major < 0x2000 && minor < limit && patch < limit
    ? (major * limit + minor) * limit + patch
    : NaN;
}

/** The value of the digits from start to end; 0 for none. */
function numberAt(v: string, start: number, end: number): number {
  let n = 0;
  for (let i = start; i < end; i++) n = n * 10 + v.charCodeAt(i) - zero;
  return n;
}

/** The end of the number that begins at `start`; -1 when there is none, or it has a leading zero. */
function numberEnd(v: string, start: number): number {
  let i = start;
  while (isDigit(v.charCodeAt(i))) i++;
  if (i === start || (i > start + 1 && v.charCodeAt(start) === zero)) return -1;
  return i;
}

/** The end of a list of dot-separated identifiers; -1 when one is empty or, if `strict`, a number with a leading zero. */
function identifiersEnd(v: string, start: number, strict: boolean): number {
  let i = start;
  while (true) {
    const from = i;
    let digits = true;
    for (let c = v.charCodeAt(i); isIdentifier(c); c = v.charCodeAt(++i)) {
      if (!isDigit(c)) digits = false;
    }
    if (i === from) return -1;
    if (strict && digits && i > from + 1 && v.charCodeAt(from) === zero) return -1;
    if (v.charCodeAt(i) !== dot) return i;
    i++;
  }
}

function isDigit(c: number): boolean {
  return c >= zero && c <= nine;
}

function isIdentifier(c: number): boolean {
  return isDigit(c) || (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === dash;
}

/** Reports whether v is a valid version; short forms are. */
export function isValid(v: string): boolean {
  return scan(v);
}

/** Reports whether v is valid and `canonical` changes nothing. */
export function isCanonical(v: string): boolean {
  return scan(v) && ends.patch > ends.minor && ends.prerelease === v.length;
}

/** v with missing numbers filled in and without build metadata: `v1.2` → `v1.2.0`. */
export function canonical(v: string): string {
  const p = parse(v);
  return p ? `v${p.major}.${p.minor}.${p.patch}${p.prerelease}` : "";
}

/** `v2` of `v2.1.0`. */
export function major(v: string): string {
  const p = parse(v);
  return p ? `v${p.major}` : "";
}

/** `v2.1` of `v2.1.0`. */
export function majorMinor(v: string): string {
  const p = parse(v);
  return p ? `v${p.major}.${p.minor}` : "";
}

/** `-rc.1` of `v2.1.0-rc.1+meta`; "" for a release. */
export function prerelease(v: string): string {
  return parse(v)?.prerelease ?? "";
}

/** `+meta` of `v2.1.0-rc.1+meta`. */
export function build(v: string): string {
  return parse(v)?.build ?? "";
}

/** The order of two versions (go-rules §1.3). */
export function compare(a: string, b: string): -1 | 0 | 1 {
  const cores = coreOf(a) - coreOf(b);
  return cores < 0 ? -1 : cores > 0 ? 1 : compareParts(a, b);
}

function compareParts(a: string, b: string): -1 | 0 | 1 {
  const x = parse(a), y = parse(b);
  if (x === null || y === null) return x ? 1 : y ? -1 : 0;
  return compareDigits(x.major, y.major) || compareDigits(x.minor, y.minor) ||
    compareDigits(x.patch, y.patch) || comparePrerelease(x.prerelease, y.prerelease);
}

/** The higher of two versions, in canonical form; "" when neither is valid. */
export function max(a: string, b: string): string {
  return compare(a, b) > 0 ? canonical(a) : canonical(b);
}

/** Sorts in place, ascending; equal versions by plain string order. */
export function sort(list: string[]): string[] {
  const texts = list.slice();
  const cores = texts.map(coreOf);
  const order = texts.map((_, i) => i);
  order.sort((i, j) =>
    cores[i]! - cores[j]! || compareParts(texts[i]!, texts[j]!) ||
    compareText(texts[i]!, texts[j]!)
  );
  for (let i = 0; i < order.length; i++) list[i] = texts[order[i]!]!;
  return list;
}

function compareDigits(a: string, b: string): -1 | 0 | 1 {
  return a.length === b.length ? compareText(a, b) : a.length < b.length ? -1 : 1;
}

function comparePrerelease(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? 1 : -1;
  const left = a.slice(1).split("."), right = b.slice(1).split(".");
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const order = compareIdentifiers(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 1;
}

function compareIdentifiers(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const aNumeric = isNumber(a), bNumeric = isNumber(b);
  if (aNumeric && bNumeric) return compareDigits(a, b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  return compareText(a, b);
}

function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Reports whether an identifier is a number: nothing but ASCII digits. */
export function isNumber(identifier: string): boolean {
  return /^[0-9]+$/.test(identifier);
}
