/**
 * The next version. Release numbers are counted by @std/semver; pre-releases are
 * counted by Go's order, because a series must ascend for the go command
 * (go-rules §1.3): `rc.9` → `rc.10`, but `rc10` is below `rc9`.
 */
import { format, increment, parse as parseStd } from "@std/semver";
import { incrementDecimal, isPseudoVersion } from "./pseudo.ts";
import { compare, isNumber, parse } from "./semver.ts";

/** Release numbers that can be raised. */
export type ReleaseBump = "patch" | "minor" | "major";

/**
 * The next release: `v1.2.3` minor → `v1.3.0`. A pre-release counts as not yet
 * there, so `v1.3.0-rc.1` patch or minor → `v1.3.0`. Numbers have no limit.
 * An invalid version gives "".
 */
export function bumpRelease(version: string, bump: ReleaseBump): string {
  const p = parse(version);
  if (!p) return "";
  const numbers = [p.major, p.minor, p.patch];
  const unfinished = p.prerelease !== "";
  if (numbers.every((n) => Number(n) < Number.MAX_SAFE_INTEGER)) {
    // Only that there is a pre-release counts here; its own numbers may be too large for @std/semver.
    const std = parseStd(`${numbers.join(".")}${unfinished ? "-0" : ""}`);
    return "v" + format(increment(std, bump));
  }
  const at = { major: 0, minor: 1, patch: 2 }[bump];
  const lower = numbers.slice(at + 1);
  const raise = !unfinished || lower.some((n) => n !== "0");
  const raised = raise ? incrementDecimal(numbers[at]!) : numbers[at]!;
  return "v" + [...numbers.slice(0, at), raised, ...lower.map(() => "0")].join(".");
}

/** The first pre-release of a release: `v1.3.0` and `rc` → `v1.3.0-rc.1`. */
export function firstPrerelease(release: string, id: string): string {
  return `${release}-${id}.1`;
}

/**
 * The pre-release after `version`, always higher in Go's order; null when there
 * is none (or `version` is no pre-release, or a pseudo-version).
 *
 * Without `id`, or with the series' own: a counter that is an identifier of its
 * own goes up (`rc.1` → `rc.2`); one glued to a word goes up while the result is
 * higher (`rc1` → `rc2`, but `rc9` has no successor); otherwise `.1` is appended
 * (`rc` → `rc.1`, `alpha.beta` → `alpha.beta.1`). With another `id` a new series
 * of the same release begins at 1, if that is higher.
 */
export function nextPrerelease(version: string, id?: string): string | null {
  const p = parse(version);
  if (!p || p.prerelease === "" || isPseudoVersion(version)) return null;
  const release = `v${p.major}.${p.minor}.${p.patch}`;
  const next = id === undefined || id === prereleaseId(version)
    ? `${release}-${countUp(p.prerelease.slice(1))}`
    : firstPrerelease(release, id);
  return compare(next, version) > 0 && !isPseudoVersion(next) ? next : null;
}

/** The identifier of a pre-release without its counter: `rc` of `-rc.1`, `-rc1` and `-rc`; "" of `-1` and of a release. */
export function prereleaseId(version: string): string {
  const { word, counter } = splitCounter(parse(version)?.prerelease.slice(1) ?? "");
  return counter === "" ? word : word.replace(/[.-]$/, "");
}

/** A pre-release as the text before its counter, separator included, and the counter's digits, "" if it has none. */
function splitCounter(text: string): { word: string; counter: string } {
  let start = text.length;
  while (start > 0 && isNumber(text[start - 1]!)) start--;
  return { word: text.slice(0, start), counter: text.slice(start) };
}

function countUp(text: string): string {
  const { word, counter } = splitCounter(text);
  if (counter === "") return `${text}.1`;
  const next = incrementDecimal(counter.replace(/^0+(?=.)/, ""));
  // rc09 is followed by rc10: as text, which is how Go compares them, rc9 would be above both.
  return word + next.padStart(counter.length, "0");
}
