/**
 * Pseudo-versions: the names that Go gives to commits without a version tag
 * (go-rules §2.6). The time is the commit's, in UTC and whole seconds:
 *
 * 1. `vX.0.0-yyyymmddhhmmss-rev` when no version precedes the commit;
 * 2. `vX.Y.(Z+1)-0.yyyymmddhhmmss-rev` after the release vX.Y.Z;
 * 3. `vX.Y.Z-pre.0.yyyymmddhhmmss-rev` after the pre-release vX.Y.Z-pre.
 *
 * Forms 2 and 3 carry on the build metadata of the version they follow
 * (`+incompatible`). A function that has no answer gives null, and its `check…`
 * companion says why in Go's words.
 */
import { quote } from "./paths.ts";
import { isNumber, major, parse, type Parsed } from "./semver.ts";

interface PseudoVersion {
  core: Parsed;
  /** What the time follows in the pre-release: "" (form 1), "0." (form 2) or "pre.0." (form 3). */
  lead: string;
  timestamp: string;
  rev: string;
}

const timestampLength = "yyyymmddhhmmss".length;
const shortest = "v0.0.0-yyyymmddhhmmss-r".length;

function parsePseudoVersion(v: string): PseudoVersion | null {
  // Nearly all tags are too short, and all of them are asked about.
  if (v.length < shortest) return null;
  const core = parse(v);
  if (!core || core.prerelease === "") return null;
  const text = core.prerelease.slice(1);
  const dash = text.lastIndexOf("-");
  const rev = text.slice(dash + 1);
  const start = dash - timestampLength;
  if (start < 0 || rev === "" || rev.includes(".")) return null;
  const lead = text.slice(0, start), timestamp = text.slice(start, dash);
  if (!isNumber(timestamp)) return null;
  const base = lead === ""
    ? core.minor === "0" && core.patch === "0"
    : lead === "0." || lead.endsWith(".0.");
  return base ? { core, lead, timestamp, rev } : null;
}

/** Reports whether v is a pseudo-version. */
export function isPseudoVersion(v: string): boolean {
  return parsePseudoVersion(v) !== null;
}

/**
 * The pseudo-version of a commit: `older` is the highest version before it ("" for
 * none, then `major` counts, "" meaning v0), `rev` the first 12 digits of its id.
 */
export function pseudoVersion(major: string, older: string, time: Date, rev: string): string {
  const segment = `${timestampOf(time)}-${rev}`;
  const p = parse(older);
  if (!p) return `${major || "v0"}.0.0-${segment}`;
  const numbers = `v${p.major}.${p.minor}.`;
  return p.prerelease === ""
    ? `${numbers}${incrementDecimal(p.patch)}-0.${segment}${p.build}`
    : `${numbers}${p.patch}${p.prerelease}.0.${segment}${p.build}`;
}

/** The placeholder pseudo-version: year 1 and a revision of zeros. */
export function zeroPseudoVersion(major: string): string {
  return `${major || "v0"}.0.0-00010101000000-000000000000`;
}

/** Reports whether v is the placeholder pseudo-version of its major. */
export function isZeroPseudoVersion(v: string): boolean {
  return isPseudoVersion(v) && v === zeroPseudoVersion(major(v));
}

/** The version that v follows: "" when there is none; null when v is no pseudo-version or its base cannot be. */
export function pseudoVersionBase(v: string): string | null {
  const p = parsePseudoVersion(v);
  return p && baseReason(p) === null ? baseOf(p) : null;
}

/** Why `pseudoVersionBase` gives null, in Go's words; null when it gives a base. */
export function checkPseudoVersionBase(v: string): string | null {
  const p = parsePseudoVersion(v);
  const reason = p ? baseReason(p) : "syntax error";
  return reason === null ? null : invalid(v, reason);
}

/** The abbreviated id of the commit; null when v is no pseudo-version. */
export function pseudoVersionRev(v: string): string | null {
  return parsePseudoVersion(v)?.rev ?? null;
}

/** The commit's time; null when v is no pseudo-version or its digits are no time. */
export function pseudoVersionTime(v: string): Date | null {
  const p = parsePseudoVersion(v);
  return p ? timeOf(p.timestamp) : null;
}

/** Why `pseudoVersionTime` gives null, in Go's words; null when it gives a time. */
export function checkPseudoVersionTime(v: string): string | null {
  const p = parsePseudoVersion(v);
  if (!p) return invalid(v, "syntax error");
  return timeOf(p.timestamp) ? null : invalid(v, `malformed time ${quote(p.timestamp)}`);
}

function baseOf({ core, lead }: PseudoVersion): string {
  if (lead === "") return "";
  const numbers = `v${core.major}.${core.minor}.`;
  return lead === "0."
    ? `${numbers}${decrementDecimal(core.patch)}${core.build}`
    : `${numbers}${core.patch}-${lead.slice(0, -".0.".length)}${core.build}`;
}

function baseReason({ core, lead }: PseudoVersion): string | null {
  if (lead === "" && core.build !== "") {
    return `lacks base version, but has build metadata ${quote(core.build)}`;
  }
  if (lead === "0." && core.patch === "0") {
    return `version before v${core.major}.${core.minor}.0 would have negative patch number`;
  }
  return null;
}

function invalid(v: string, reason: string): string {
  return `pseudo-version ${quote(v)} invalid: ${reason}`;
}

/** A time as a pseudo-version writes it: UTC, `yyyymmddhhmmss`. */
export function timestampOf(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return String(time.getUTCFullYear()).padStart(4, "0") + two(time.getUTCMonth() + 1) +
    two(time.getUTCDate()) + two(time.getUTCHours()) + two(time.getUTCMinutes()) +
    two(time.getUTCSeconds());
}

function timeOf(timestamp: string): Date | null {
  const part = (from: number, to: number) => Number(timestamp.slice(from, to));
  const time = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  time.setUTCFullYear(part(0, 4), part(4, 6) - 1, part(6, 8));
  time.setUTCHours(part(8, 10), part(10, 12), part(12, 14));
  // A month 13 or a 31st of June was carried over into the next one: no such time.
  return timestampOf(time) === timestamp ? time : null;
}

/** A number of any length plus one, in decimal digits. */
export function incrementDecimal(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "9") end--;
  const head = digits.slice(0, end);
  const raised = head === "" ? "1" : head.slice(0, -1) + String(Number(head.at(-1)) + 1);
  return raised + "0".repeat(digits.length - end);
}

/** A number of any length above 0 minus one, in decimal digits. */
function decrementDecimal(digits: string): string {
  let end = digits.length;
  while (end > 1 && digits[end - 1] === "0") end--;
  const lowered = digits.slice(0, end - 1) + String(Number(digits[end - 1]) - 1);
  const all = lowered + "9".repeat(digits.length - end);
  return all.length > 1 && all[0] === "0" ? all.slice(1) : all;
}
