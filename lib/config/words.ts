/** Values that flags and the file write the same way: durations, names of series, readable text. */
import { isNumber } from "../go/semver.ts";

const units = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const longest = 7 * 24 * units.h;

/**
 * Milliseconds of `30s`, `5m`, `1h30m`, `0`: units in falling order, as Go prints durations. Else
 * what is wrong with it: it is none, or longer than a week.
 */
export function milliseconds(text: string): number | "none" | "too-long" {
  const m = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
  if (text !== "0" && (text === "" || !m)) return "none";
  const [h, min, s, ms] = (m ?? []).slice(1).map((n) => Number(n ?? 0));
  const total = (h ?? 0) * units.h + (min ?? 0) * units.m + (s ?? 0) * units.s + (ms ?? 0);
  return total > longest ? "too-long" : total;
}

/** The duration as a command line writes it: the shortest text that `milliseconds` reads back. */
export function durationText(total: number): string {
  let left = total;
  let out = "";
  for (const [unit, size] of Object.entries(units)) {
    const n = Math.floor(left / size);
    if (n > 0) out += `${n}${unit}`;
    left -= n * size;
  }
  return out || "0";
}

/**
 * What is wrong with the name of a series of pre-releases: it stands before the counter, so a
 * number by itself is refused; otherwise semver's letters (go-rules §1.1). Undefined: nothing.
 */
export function seriesTrouble(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.some((part) => !/^[0-9A-Za-z-]+$/.test(part))) {
    return 'is no identifier; letters, digits and "-", as in rc or beta';
  }
  return parts.some(isNumber)
    ? "holds a number by itself; name the series only (rc), gorel counts it"
    : undefined;
}

/** Reports whether a text has a character that nobody could read; line ends and tabs are none. */
export function holdsControl(text: string): boolean {
  return /(?![\n\t])\p{Cc}/u.test(text);
}
