/**
 * The values of a command line: versions, ranges, durations, identifiers,
 * acceptances. What is malformed is a UsageError whose sentence says how the
 * value is written; what needs facts to be judged passes.
 */
import type { Interval } from "../choices.ts";
import { milliseconds, seriesTrouble } from "../config/words.ts";
import { canonicalVersion } from "../go/module.ts";
import { isPseudoVersion } from "../go/pseudo.ts";
import { build, parse } from "../go/semver.ts";
import { type Acceptance, codes, isCode, UsageError } from "../problem.ts";
import { shown } from "../text.ts";
import { closest } from "../suggest.ts";

export { durationText } from "../config/words.ts";
export { shown } from "../text.ts";

/** A version as Go writes it and nothing else; `what` begins the sentence when it is not one. */
export function version(text: string, what = "the version"): string {
  const p = parse(text);
  if (p && canonicalVersion(text) === text) return text;
  const meant = p ? canonicalVersion(text) : guess(text);
  const hint = meant === undefined
    ? "Go versions look like v1.2.3 or v1.2.3-rc.1"
    : `did you mean ${meant}?`;
  throw new UsageError(
    `${what} ${shown(text)} is not one that Go accepts; ${hint}`,
    "version-invalid",
  );
}

/** What a version probably was meant to be: `1.2.3`, `V1.2`, `v01.2.3`. */
function guess(text: string): string | undefined {
  const numbers = "v" + text.replace(/^v/i, "").replace(/(^|\.)0+(?=\d)/g, "$1");
  return parse(numbers) ? canonicalVersion(numbers) : undefined;
}

/** A version that can be a tag: canonical, no pseudo-version, and without build metadata, `+incompatible` included. */
export function taggable(text: string): string {
  const v = version(text);
  if (isPseudoVersion(v)) {
    throw new UsageError(
      `${v} cannot be released: Go passes over tags that look like pseudo-versions`,
      "version-invalid",
    );
  }
  if (build(v) === "") return v;
  throw new UsageError(
    `${v} cannot be released: Go adds +incompatible itself; name it without`,
    "version-invalid",
  );
}

/** `VERSION` or `MODULE@VERSION`, as `check`, `resume` and `verify` take it. */
export function versionOperand(text: string): { Module?: string; Version: string } {
  const at = text.lastIndexOf("@");
  if (at < 0) return { Version: version(text) };
  if (at === 0) throw new UsageError(`${shown(text)} names no module before the @`);
  return { Module: text.slice(0, at), Version: version(text.slice(at + 1)) };
}

/** The version that a word without `v` was meant to be, as in `gorel 1.2.3`. */
export function versionMeant(word: string): string | undefined {
  return /^[vV]?\d/.test(word) ? guess(word) : undefined;
}

/** `v1.0.0`, `v1.0.0..v1.0.2` or `[v1.0.0,v1.0.2]`. A reversed range passes: facts refuse it. */
export function interval(text: string): Interval {
  const ends = /^\[([^,[\]]*),([^,[\]]*)\]$/.exec(text) ?? /^(.*?)\.\.(?!\.)(.*)$/.exec(text);
  if (!ends) {
    if (/[[\],]/.test(text)) {
      throw new UsageError(
        `${shown(text)} is not a range; write v1.0.0..v1.0.2 or [v1.0.0,v1.0.2]`,
        "version-invalid",
      );
    }
    const v = version(text);
    return { Low: v, High: v };
  }
  const end = (part: string) => {
    const trimmed = part.trim();
    if (trimmed !== "") return version(trimmed, `in ${shown(text)},`);
    throw new UsageError(
      `the range ${shown(text)} needs both ends: v1.0.0..v1.0.2`,
      "version-invalid",
    );
  };
  return { Low: end(ends[1]!), High: end(ends[2]!) };
}

/** The interval as a command line writes it. */
export function intervalText({ Low, High }: Interval): string {
  return Low === High ? Low : `${Low}..${High}`;
}

/** Milliseconds of `30s`, `5m`, `1h30m`, `0`, at most a week. */
export function duration(text: string, flag: string): number {
  const read = milliseconds(text);
  if (typeof read === "number") return read;
  throw new UsageError(
    read === "none"
      ? `${flag} ${shown(text)} is not a duration; write 30s, 5m or 1h30m`
      : `${flag} ${shown(text)} is longer than a week`,
  );
}

/** The identifier of `--pre`: what stands before the counter (go-rules §1.1). */
export function preIdentifier(text: string): string {
  const trouble = seriesTrouble(text);
  if (trouble === undefined) return text;
  throw new UsageError(`--pre ${shown(text)} ${trouble}`, "version-invalid");
}

/** `CODE[=REASON]`. An unknown code is refused: it would never let anything through. */
export function acceptance(text: string): Acceptance {
  const [, code, reason] = /^([^=]*)(?:=([^]*))?$/.exec(text)!;
  if (!isCode(code!)) {
    const meant = closest(code!, codes);
    throw new UsageError(
      `--accept ${shown(code!)}: there is no problem of that name` +
        (meant ? `; did you mean ${meant}?` : "; gorel explain codes lists them"),
    );
  }
  return { Code: code, ...(reason !== undefined && reason.trim() !== "" && { Reason: reason }) };
}
