/**
 * What a retraction does to the versions of a module (go-rules §8.2): which are
 * retracted and why, and how much of the reason, or of a deprecation, the go
 * command prints. Which go.mod these are read from is in query.ts (`source`).
 */
import { encode } from "../text.ts";
import { trimSpace } from "./modfile/strconv.ts";
import { compare } from "./semver.ts";

/** One `retract` entry of a go.mod: a closed interval of versions, and the reason in its comment ("" for none). */
export interface Retract {
  Low: string;
  High: string;
  Rationale: string;
}

/** What stands for a missing reason. */
const noRationale = "retracted by module author";

/** The longest first line of a reason that the go command prints, in bytes of UTF-8. */
const longestRationale = 500;

/**
 * The reasons why a version is retracted, as `go list -m -json -retracted` gives
 * them: those of all matching entries in file order. Entries without a reason
 * only count when no other matches. Null when the version is not retracted.
 */
export function retractions(retracts: readonly Retract[], version: string): string[] | null {
  const matching = retracts.filter((entry) => covers(entry, version));
  if (matching.length === 0) return null;
  const given = matching.map((r) => r.Rationale).filter((text) => text !== "");
  return given.length > 0 ? given : [noRationale];
}

/** Reports whether an interval takes in a version. A reversed one takes in none. */
export function covers({ Low, High }: { Low: string; High: string }, version: string): boolean {
  return compare(Low, version) <= 0 && compare(version, High) <= 0;
}

/**
 * Tells whether any of many intervals takes in a version. A stranger's go.mod may have a million
 * of them, and be asked about as many versions.
 */
export function coveredBy(
  intervals: readonly { Low: string; High: string }[],
): (version: string) => boolean {
  const apart: { Low: string; High: string }[] = [];
  for (const { Low, High } of intervals.toSorted((a, b) => compare(a.Low, b.Low))) {
    if (compare(Low, High) > 0) continue;
    const last = apart.at(-1);
    if (!last || compare(last.High, Low) < 0) apart.push({ Low, High });
    else if (compare(last.High, High) < 0) last.High = High;
  }
  return (version) => {
    let [low, high] = [0, apart.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(apart[middle]!.High, version) < 0) low = middle + 1;
      else high = middle;
    }
    const next = apart[low];
    return next !== undefined && covers(next, version);
  };
}

/**
 * A reason as the go command prints it in warnings, behind `retracted by module author: ` where
 * one is given: its first line, unless that is empty, too long or unprintable.
 */
export function shortRationale(text: string): string {
  return shortMessage(text) || noRationale;
}

/**
 * A deprecation as `go get` prints it, behind `module M is deprecated: `: under the rules of a
 * reason, but where its first line is empty go prints nothing at all, which is "" (go-rules §8.4).
 */
export function shortDeprecation(text: string): string {
  return shortMessage(text);
}

function shortMessage(text: string): string {
  const line = firstLine(text);
  if (byteLength(line) > longestRationale) return "(message omitted: too long)";
  if (unprintable.test(line)) return "(message omitted: contains non-printable characters)";
  return line;
}

/**
 * Why a reason would not reach the users of the module: it is empty, its first
 * line is too long for the go command, or it has a character (in any line) that
 * go does not print. Words that follow "The reason"; null when all is well.
 */
export function checkRationale(text: string): string | null {
  const line = firstLine(text);
  if (line === "") {
    const what = trimSpace(text) === "" ? "is empty" : "begins with an empty line";
    return `${what}: go would only print "${noRationale}"`;
  }
  const bytes = byteLength(line);
  if (bytes > longestRationale) {
    return `has a first line of ${bytes} bytes: go prints none that is longer than ` +
      `${longestRationale}`;
  }
  const bad = unprintable.exec(text)?.[0].codePointAt(0);
  if (bad === undefined) return null;
  const name = bad.toString(16).toUpperCase().padStart(4, "0");
  const does = unprintable.test(line)
    ? "go would not show the reason"
    : "go list would send it to terminals as it is";
  return `has a character that cannot be printed (U+${name}): ${does}`;
}

/** Neither graphic nor white space, in Go's sense. */
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{White_Space}]/u;

function firstLine(text: string): string {
  return trimSpace(text.split("\n", 1)[0]!);
}

function byteLength(text: string): number {
  return encode(text).length;
}
