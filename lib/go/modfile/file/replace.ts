/** Edits of `replace` lines (go-rules §3.10). */
import { autoQuote } from "../strconv.ts";
import type { ModuleVersion } from "../types.ts";
import type { File } from "./file.ts";
import { addLine, dropWhere, updateLine } from "./line.ts";

/**
 * Replaces a module: in the first line for it, with all others dropped, or in
 * a new one behind the last for its path, else at the end of the file. Without
 * a version on the left the lines of all its versions are meant. Nothing is checked.
 */
export function addReplace(file: File, old: ModuleVersion, by: ModuleVersion): void {
  const version = old.Version || undefined;
  const tokens = ["replace", ...moduleTokens(old), "=>", ...moduleTokens(by)];
  const same = file.Replace.filter(({ Old }) => Old.Path === old.Path);
  const [first, ...more] = same.filter(({ Old }) => !version || Old.Version === version);
  if (!first) {
    const Syntax = addLine(file.Syntax, same.at(-1)?.Syntax ?? "end", tokens);
    file.Replace.push({ Old: { ...old }, New: { ...by }, Syntax });
    return;
  }
  // The left side it had stays known, as in Go: another edit finds the line by it.
  first.New = { ...by };
  updateLine(first.Syntax, tokens);
  file.Replace = dropWhere(file.Replace, (replace) => more.includes(replace));
}

/** Drops the lines with exactly this left side. */
export function dropReplace(file: File, old: ModuleVersion): void {
  file.Replace = dropWhere(
    file.Replace,
    ({ Old }) => Old.Path === old.Path && (Old.Version ?? "") === (old.Version ?? ""),
  );
}

function moduleTokens({ Path, Version }: ModuleVersion): string[] {
  return Version ? [autoQuote(Path), Version] : [autoQuote(Path)];
}
