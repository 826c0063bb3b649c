/** Intervals as the tests of these edits write them. */
import type { VersionInterval } from "../../../../lib/go/modfile/mod.ts";

/** `v1.0.0` or `v1.0.0..v1.2.0`. */
export function intervals(text: string): VersionInterval[] {
  return text.split(" ").map((item) => {
    const [Low = "", High = Low] = item.split("..");
    return { Low, High };
  });
}
