/** Edits that take `retract` entries out again (go-rules §3.10). */
import { type Edit, Original } from "./edit.ts";
import { removeLines } from "./remove.ts";
import { sameInterval } from "./retract.ts";
import { parse } from "./rule.ts";
import type { VersionInterval } from "./types.ts";

/**
 * The edits that take all entries with exactly these ends out, with their
 * comments; a block that would be empty goes as a whole. The other entries
 * keep their rationales. A file that `parse` refuses is not edited.
 */
export function removeRetract(bytes: Uint8Array, intervals: readonly VersionInterval[]): Edit[] {
  const { Mod, Errors } = parse("go.mod", bytes);
  if (Errors.length > 0) return [];
  const gone = new Set(
    Mod.Retract
      .filter((retract) => intervals.some((interval) => sameInterval(interval, retract)))
      .map((retract) => retract.Line),
  );
  return removeLines(new Original(bytes), Mod.Syntax, gone);
}
