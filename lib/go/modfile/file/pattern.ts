/** Edits of `tool` and `ignore` lines: each is a set of paths (go-rules §3.10). */
import type { Directive, File } from "./file.ts";
import { addLine, dropWhere } from "./line.ts";
import { sortBlocks } from "./sort.ts";

/** Adds a tool, unless it is there, and sorts the blocks. The path is not quoted. */
export function addTool(file: File, path: string): void {
  add(file, "tool", file.Tool, path);
}

/** Drops a tool. */
export function dropTool(file: File, path: string): void {
  file.Tool = dropWhere(file.Tool, (tool) => tool.Path === path);
}

/** Adds a directory to be ignored, unless it is there, and sorts the blocks. The path is not quoted. */
export function addIgnore(file: File, path: string): void {
  add(file, "ignore", file.Ignore, path);
}

/** Drops a directory to be ignored. */
export function dropIgnore(file: File, path: string): void {
  file.Ignore = dropWhere(file.Ignore, (ignore) => ignore.Path === path);
}

function add(file: File, verb: string, list: Directive<{ Path: string }>[], path: string): void {
  if (list.some((item) => item.Path === path)) return;
  list.push({ Path: path, Syntax: addLine(file.Syntax, "last", [verb, path]) });
  sortBlocks(file);
}
