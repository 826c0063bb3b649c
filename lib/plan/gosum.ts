/** The go.sum of a train's module: what comes in and what goes, so that `go mod tidy` agrees. */
import type { GoSumLine } from "../go/gosum.ts";
import { keyOf } from "../go/mvs.ts";
import type { Needs } from "./train/needs.ts";

const suffix = "/go.mod";

export interface Changed {
  /** What the module needed before, and what it needs now. */
  Before: Needs;
  After: Needs;
  /** True for paths whose lines may go: the repository's own, and those that were raised. */
  own(path: string): boolean;
  /** Lines that may come: hashes that are known, and those of other go.sum files of the repository. */
  Offered: readonly GoSumLine[];
}

/**
 * The lines of a go.sum after a change of requirements. What was there for reasons that only a
 * server knows stays.
 */
export function changedGoSum(
  lines: readonly GoSumLine[],
  { Before, After, own, Offered }: Changed,
): GoSumLine[] {
  const needed = new Set([
    ...After.Zips.map(keyOf),
    ...After.GoMods.map((m) => keyOf(m) + suffix),
  ]);
  const explained = new Set(Before.Nodes.map(keyOf));
  const isExplained = (line: GoSumLine) => {
    const key = keyOf(line);
    return explained.has(key.endsWith(suffix) ? key.slice(0, -suffix.length) : key);
  };
  const kept = lines.filter((line) =>
    needed.has(keyOf(line)) || !own(line.Path) || !isExplained(line)
  );
  // What stands there already is of another content only where somebody moved a tag.
  const have = new Set(kept.map(keyOf));
  return [...kept, ...Offered.filter((line) => needed.has(keyOf(line)) && !have.has(keyOf(line)))];
}
