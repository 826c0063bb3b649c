/** Edits of `exclude` lines (go-rules §3.10). */
import { autoQuote } from "../strconv.ts";
import { checkCanonicalVersion } from "./canonical.ts";
import type { File } from "./file.ts";
import { addLine, dropWhere } from "./line.ts";

/**
 * Excludes a version, unless it is excluded already. The new line goes behind
 * the last one for the path. Like Go this looks for no block of other paths:
 * without such a line it goes to the end of the file. Gives Go's error text, or null.
 */
export function addExclude(file: File, path: string, version: string): string | null {
  const wrong = checkCanonicalVersion(path, version);
  if (wrong !== null) return wrong;
  const same = file.Exclude.filter((exclude) => exclude.Path === path);
  if (same.some((exclude) => exclude.Version === version)) return null;
  const hint = same.at(-1)?.Syntax ?? "end";
  const Syntax = addLine(file.Syntax, hint, ["exclude", autoQuote(path), version]);
  file.Exclude.push({ Path: path, Version: version, Syntax });
  return null;
}

/** Drops all lines that exclude a version. */
export function dropExclude(file: File, path: string, version: string): void {
  file.Exclude = dropWhere(
    file.Exclude,
    (exclude) => exclude.Path === path && exclude.Version === version,
  );
}
