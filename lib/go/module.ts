/**
 * Module paths and versions together (go-rules §2.3–2.5): which version fits
 * which path, how both are written in URLs and file names, and the globs of
 * GOPRIVATE. The checks give Go's error text, or null when all is well; the
 * conversions give null where Go fails.
 */
import { checkPath, elementReason, quote, splitPathVersion } from "./paths.ts";
import { build, canonical, isValid, major } from "./semver.ts";

export { checkFilePath, checkImportPath, checkPath, splitPathVersion } from "./paths.ts";

/** The major version of a pathMajor: `v2` of `/v2`, `v1` of `.v1-unstable`, "" of "" and of anything else. */
export function pathMajorPrefix(pathMajor: string): string {
  const version = withoutUnstable(pathMajor).slice(1);
  return /^[/.]/.test(pathMajor) && version === major(version) ? version : "";
}

/** Reports whether version v may belong to a module whose path ends in pathMajor. */
export function matchPathMajor(v: string, pathMajor: string): boolean {
  return pathMajorReason(v, pathMajor) === null;
}

/** `version "v3.0.0" invalid: should be v2, not v3`, or null when the version fits. */
export function checkPathMajor(v: string, pathMajor: string): string | null {
  const reason = pathMajorReason(v, pathMajor);
  return reason === null ? null : `version ${quote(v)} invalid: ${reason}`;
}

function pathMajorReason(v: string, pathMajor: string): string | null {
  const stable = withoutUnstable(pathMajor);
  // gopkg.in's v1 once got pseudo-versions of v0.0.0, and go.mod files still name them.
  if (stable === ".v1" && v.startsWith("v0.0.0-")) return null;
  const m = major(v);
  if (stable === "") {
    const fits = m === "v0" || m === "v1" || build(v) === incompatibleSuffix;
    return fits ? null : `should be v0 or v1, not ${m}`;
  }
  const wanted = stable.replace(/^[/.]/, "");
  return m === wanted && wanted !== stable ? null : `should be ${wanted}, not ${m}`;
}

function withoutUnstable(pathMajor: string): string {
  return pathMajor.startsWith(".v") ? pathMajor.replace(/-unstable$/, "") : pathMajor;
}

/**
 * Checks that path and version are valid and belong together. As in Go the
 * version need not be canonical: `v1.2` and `v1.2.3+meta` pass.
 */
export function check(path: string, version: string): string | null {
  const error = checkPath(path);
  if (error !== null) return error;
  const reason = isValid(version)
    ? pathMajorReason(version, splitPathVersion(path).pathMajor)
    : "not a semantic version";
  return reason === null ? null : `${path}@${version}: invalid version: ${reason}`;
}

/** The canonical form of a version, with `+incompatible` kept if it is the whole build metadata. */
export function canonicalVersion(v: string): string {
  return canonical(v) + (build(v) === incompatibleSuffix ? incompatibleSuffix : "");
}

/** What Go puts behind a version v2 and up of a path without a major version; no tag has it (go-rules §7.2). */
export const incompatibleSuffix = "+incompatible";

/** The version as its tag says it, without the `+incompatible` that Go adds. */
export function tagVersion(v: string): string {
  return v.endsWith(incompatibleSuffix) ? v.slice(0, -incompatibleSuffix.length) : v;
}

/** A module path for URLs and file names: `github.com/!azure/x`. Null where `checkPath` has an error. */
export function escapePath(path: string): string | null {
  return checkPath(path) === null ? escapeText(path) : null;
}

/** A version, or another revision, for URLs and file names. Null where `checkEscapeVersion` has an error. */
export function escapeVersion(v: string): string | null {
  return checkEscapeVersion(v) === null ? escapeText(v) : null;
}

/** Why a version cannot be asked from a proxy: it is no file name, has a slash or a `!`, or is not ASCII. */
export function checkEscapeVersion(v: string): string | null {
  if (elementReason(v, "file") !== null || /[!/]/.test(v)) {
    return `version ${quote(v)} invalid: disallowed version string`;
  }
  return isAscii(v) ? null : "internal error: inconsistency in EscapePath";
}

/** The module path that was escaped. Null where `checkUnescapePath` has an error. */
export function unescapePath(escaped: string): string | null {
  const path = unescapeText(escaped);
  return path !== null && checkPath(path) === null ? path : null;
}

/** Why an escaped path is none, or not that of a valid module path. */
export function checkUnescapePath(escaped: string): string | null {
  const path = unescapeText(escaped);
  if (path === null) return `invalid escaped module path ${quote(escaped)}`;
  const error = checkPath(path);
  return error === null ? null : `invalid escaped module path ${quote(escaped)}: ${error}`;
}

/** The version that was escaped. Null where `checkUnescapeVersion` has an error. */
export function unescapeVersion(escaped: string): string | null {
  return checkUnescapeVersion(escaped) === null ? unescapeText(escaped) : null;
}

/** Why an escaped version is none, or not that of a valid file name. */
export function checkUnescapeVersion(escaped: string): string | null {
  const v = unescapeText(escaped);
  if (v === null) return `invalid escaped version ${quote(escaped)}`;
  const reason = elementReason(v, "file");
  return reason === null ? null : `invalid escaped version ${quote(v)}: ${reason}`;
}

function escapeText(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => "!" + letter.toLowerCase());
}

function unescapeText(escaped: string): string | null {
  if (!isAscii(escaped) || /[A-Z]|!(?![a-z])/.test(escaped)) return null;
  return escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/**
 * Reports whether a comma-separated list of globs (GOPRIVATE, GONOPROXY,
 * GONOSUMDB, GOINSECURE) matches a leading part of a module path (go-rules §2.5).
 * White space is not trimmed, and a malformed glob matches nothing.
 */
export function matchPrefixPatterns(globs: string, target: string): boolean {
  const elements = target.split("/");
  return globs.split(",").some((item) => {
    const glob = item.replace(/\/$/, "");
    const length = glob.split("/").length;
    return glob !== "" && length <= elements.length &&
      matchGlob(glob, elements.slice(0, length).join("/"));
  });
}

/** One step of a glob: any run of characters but "/", or one character of a set. */
type GlobStep = "run" | ((character: string) => boolean);

/** Go's path.Match: `*`, `?`, `[a-z]`, `[^a-z]` and `\\`; neither `*` nor `?` takes a "/". */
function matchGlob(glob: string, name: string): boolean {
  const steps = globSteps([...glob]);
  if (steps === null) return false;
  const characters = [...name];
  // All the places in the name where the steps so far can end: no pattern makes this slow.
  let ends = new Set([0]);
  for (const step of steps) {
    const next = new Set<number>();
    for (const end of ends) {
      if (step !== "run") {
        if (end < characters.length && step(characters[end]!)) next.add(end + 1);
        continue;
      }
      let i = end;
      while (!next.has(i)) {
        next.add(i);
        if (i === characters.length || characters[i] === "/") break;
        i++;
      }
    }
    ends = next;
  }
  return ends.has(characters.length);
}

/** The steps of a glob; null when it is malformed. */
function globSteps(glob: string[]): GlobStep[] | null {
  const steps: GlobStep[] = [];
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!;
    if (c === "*") {
      steps.push("run");
    } else if (c === "?") {
      steps.push((character) => character !== "/");
    } else if (c === "[") {
      const set = globClass(glob, i + 1);
      if (set === null) return null;
      steps.push(set.contains);
      i = set.end;
    } else {
      const literal = c === "\\" ? glob[++i] : c;
      if (literal === undefined) return null;
      steps.push((character) => character === literal);
    }
  }
  return steps;
}

/** The class that begins after the `[` before `start`, and the place of its `]`; null when it is malformed. */
function globClass(
  glob: string[],
  start: number,
): { contains: (character: string) => boolean; end: number } | null {
  const negated = glob[start] === "^";
  const ranges: [low: number, high: number][] = [];
  let i = negated ? start + 1 : start;
  const bound = (): number | null => {
    if (glob[i] === "-" || glob[i] === "]") return null;
    if (glob[i] === "\\") i++;
    return glob[i++]?.codePointAt(0) ?? null;
  };
  while (glob[i] !== "]" || ranges.length === 0) {
    const low = bound();
    if (low === null) return null;
    let high: number | null = low;
    if (glob[i] === "-") {
      i++;
      high = bound();
      if (high === null) return null;
    }
    ranges.push([low, high]);
  }
  const contains = (character: string) => {
    const code = character.codePointAt(0)!;
    return ranges.some(([low, high]) => low <= code && code <= high) !== negated;
  };
  return { contains, end: i };
}

/** The path of another major of the same module: `m`, v2 → `m/v2`; gopkg.in has `.v2` (go-rules §2.2). */
export function pathOfMajor(path: string, wanted: string): string {
  const split = splitPathVersion(path);
  const prefix = split.ok ? split.prefix : path;
  if (path.startsWith("gopkg.in/")) return `${prefix}.${wanted}`;
  return wanted === "v0" || wanted === "v1" ? prefix : `${prefix}/${wanted}`;
}

/** Reports whether all that is wrong with a module path is that its first element is no host (go-rules §2.1-13). */
export function namesNoHost(path: string): boolean {
  return /missing dot in first path element/.test(checkPath(path) ?? "");
}
