/** Edits of `godebug` settings (go-rules §3.10). */
import type { File } from "./file.ts";
import { addLine, dropWhere, updateLine } from "./line.ts";

/** Sets a key to a value: in its first line, with all others of the key dropped, or in a new one. */
export function addGodebug(file: File, key: string, value: string): void {
  const tokens = ["godebug", `${key}=${value}`];
  const first = file.Godebug.find((setting) => setting.Key === key);
  if (!first) {
    const Syntax = addLine(file.Syntax, "last", tokens);
    file.Godebug.push({ Key: key, Value: value, Syntax });
    return;
  }
  first.Value = value;
  updateLine(first.Syntax, tokens);
  file.Godebug = dropWhere(file.Godebug, (setting) => setting.Key === key && setting !== first);
}

/** Drops all lines of a key. */
export function dropGodebug(file: File, key: string): void {
  file.Godebug = dropWhere(file.Godebug, (setting) => setting.Key === key);
}
