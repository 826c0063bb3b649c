/** Go's own edits of `retract` lines (go-rules §3.10). */
import { sameInterval } from "../retract.ts";
import { autoQuote } from "../strconv.ts";
import type { VersionInterval } from "../types.ts";
import { checkCanonicalVersion } from "./canonical.ts";
import type { File } from "./file.ts";
import { addLine, dropWhere, newComment } from "./line.ts";

/**
 * Adds a retraction to the last `retract` statement, also one that is there
 * already, with the rationale's lines above it. Both ends must be canonical
 * versions of the module; that the interval is in order is not checked. As in
 * Go, `dropRetract` does not know the new line before the file is read again.
 * Gives Go's error text, or null.
 */
export function addRetract(
  file: File,
  { Low, High }: VersionInterval,
  rationale: string,
): string | null {
  const path = file.Module?.Path ?? "";
  const wrong = checkCanonicalVersion(path, High) ?? checkCanonicalVersion(path, Low);
  if (wrong !== null) return wrong;
  const interval = Low === High
    ? [autoQuote(Low)]
    : ["[", autoQuote(Low), ",", autoQuote(High), "]"];
  const line = addLine(file.Syntax, "last", ["retract", ...interval]);
  if (rationale !== "") {
    line.Before.push(...rationale.split("\n").map((text) => newComment("// " + text)));
  }
  return null;
}

/** Drops all retractions with exactly these ends. */
export function dropRetract(file: File, interval: VersionInterval): void {
  file.Retract = dropWhere(file.Retract, (retract) => sameInterval(retract, interval));
}
