/** Edits of `require` lines (go-rules §3.10). */
import { commentText, isIndirect } from "../comment.ts";
import { autoQuote } from "../strconv.ts";
import type { Require } from "../types.ts";
import type { Directive, File } from "./file.ts";
import { addLine, dropWhere, newComment, updateLine } from "./line.ts";
import { sortBlocks } from "./sort.ts";

/** A module that is to be required, at a version. */
export type Requirement = Omit<Require, "Line">;

/**
 * Requires a version of a module: in its first line, which keeps its comments,
 * with all others of the module dropped, or in a new line. The version is not checked.
 */
export function addRequire(file: File, path: string, version: string): void {
  const first = file.Require.find((require) => require.Path === path);
  if (!first) {
    addNewRequire(file, path, version, false);
    return;
  }
  first.Version = version;
  updateLine(first.Syntax, ["require", autoQuote(path), version]);
  file.Require = dropWhere(file.Require, (require) => require.Path === path && require !== first);
}

/** Adds a line to the last `require` statement, whatever is required already. */
export function addNewRequire(file: File, path: string, version: string, indirect: boolean): void {
  const Syntax = addLine(file.Syntax, "last", ["require", autoQuote(path), version]);
  const require = { Path: path, Version: version, Indirect: false, Syntax };
  setIndirect(require, indirect);
  file.Require.push(require);
}

/** Drops all lines of a module. */
export function dropRequire(file: File, path: string): void {
  file.Require = dropWhere(file.Require, (require) => require.Path === path);
}

/**
 * Makes the file require exactly these modules. Of a module that is there the
 * first line stays where it is, with its comments but for `// indirect`; the
 * others go to the last `require` statement. Blocks are sorted. Gives an error
 * text, with nothing changed, if a module is named with two versions.
 */
export function setRequire(file: File, requirements: readonly Requirement[]): string | null {
  const need = new Map<string, Requirement>();
  for (const requirement of requirements) {
    const { Path, Version } = requirement;
    const other = need.get(Path)?.Version ?? Version;
    if (other !== Version) {
      return `SetRequire called with conflicting versions for path ${Path} (${other} and ${Version})`;
    }
    need.set(Path, requirement);
  }
  file.Require = dropWhere(file.Require, (require) => {
    const wanted = need.get(require.Path);
    if (!wanted) return true;
    setVersion(require, wanted.Version);
    setIndirect(require, wanted.Indirect);
    need.delete(require.Path);
    return false;
  });
  for (const { Path, Version, Indirect } of need.values()) {
    addNewRequire(file, Path, Version, Indirect);
  }
  sortBlocks(file);
  return null;
}

/** Gives a requirement another version. In a block a lone blank line above it goes, as Go has it. */
export function setVersion(require: Directive<Require>, version: string): void {
  require.Version = version;
  const { Syntax: line } = require;
  if (line.InBlock && line.Before.length === 1 && line.Before[0]!.Text === "") line.Before = [];
  const at = line.InBlock ? 1 : 2;
  if (line.Tokens.length > at) line.Tokens[at] = version;
}

/** Gives a requirement the comment `// indirect`, before what is said there, or takes it away. */
export function setIndirect(require: Directive<Require>, indirect: boolean): void {
  require.Indirect = indirect;
  const { Syntax: line } = require;
  if (isIndirect(line) === indirect) return;
  const [first, ...more] = line.Suffix;
  const text = first ? commentText(first) : "";
  if (indirect) {
    const word = newComment(text === "" ? "// indirect" : `// indirect; ${text}`);
    line.Suffix = [word, ...more];
  } else if (text === "indirect") line.Suffix = [];
  else {
    const rest = first!.Text.slice(first!.Text.indexOf("indirect;") + "indirect;".length);
    line.Suffix = [newComment("//" + rest), ...more];
  }
}
