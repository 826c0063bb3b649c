/**
 * The order of imports as gofmt keeps it (go/ast, SortImports): in a block, imports on successive
 * lines are sorted by path, then name, then comment. A rewrite can break that order, and here what
 * was in order is brought into order again; what was not stays as it is.
 */
import { type ImportSpec, readGoFile } from "../../go/imports/read.ts";
import { unquote } from "../../go/imports/unquote.ts";
import { LineCounter } from "./bytes.ts";

/** Bytes of a file that others take the place of; texts of one character a byte. */
export interface ByteEdit {
  At: number;
  Old: string;
  New: string;
}

/** One import with what belongs to it on its line, before and after the rewrite. */
interface Cell {
  Start: number;
  Text: string;
  After: string;
  Before: readonly string[];
  Key: readonly string[];
}

/**
 * The edits of a .go file (ascending, apart from one another) and what keeps its imports in order:
 * an import that moves is one edit, from its name or path to the end of its comment. Indentation,
 * line ends and alignment stay where they are.
 */
export function keepImportOrder(text: string, edits: readonly ByteEdit[]): ByteEdit[] {
  if (edits.length === 0) return [];
  const moves: ByteEdit[] = [];
  const lines = new LineCounter(text);
  for (const { Block, Specs } of readGoFile(text).Imports) {
    if (!Block) continue;
    for (const run of runsOf(Specs, lines)) {
      for (const move of sortRun(text, run, edits)) moves.push(move);
    }
  }
  if (moves.length === 0) return [...edits];
  const kept = edits.filter(({ At }) => {
    const move = moves[lastAtOrBefore(moves, At)];
    return move === undefined || At >= move.At + move.Old.length;
  });
  return [...kept, ...moves].sort((a, b) => a.At - b.At);
}

/** The imports that gofmt sorts together: each at most one line below the one before. */
function runsOf(specs: readonly ImportSpec[], lines: LineCounter): ImportSpec[][] {
  const runs: ImportSpec[][] = [];
  let end = -1;
  for (const spec of specs) {
    const line = lines.at(spec.Start);
    if (end >= 0 && line <= end + 1) runs.at(-1)!.push(spec);
    else runs.push([spec]);
    end = lines.at(spec.End);
  }
  return runs;
}

function sortRun(
  text: string,
  run: readonly ImportSpec[],
  edits: readonly ByteEdit[],
): ByteEdit[] {
  if (run.length < 2) return [];
  const cells: Cell[] = [];
  for (const spec of run) {
    const cell = cellOf(text, spec, edits);
    if (cell === undefined) return [];
    cells.push(cell);
  }
  if (!inOrder(cells.map((cell) => cell.Before)) || inOrder(cells.map((cell) => cell.Key))) {
    return [];
  }
  const sorted = [...cells].sort((a, b) => compare(a.Key, b.Key));
  return cells.flatMap(({ Start, Text }, i) =>
    sorted[i] === cells[i] ? [] : [{ At: Start, Old: Text, New: sorted[i]!.After }]
  );
}

/** An import that has a line to itself; undefined where it has not, or something stands before it. */
function cellOf(
  text: string,
  spec: ImportSpec,
  edits: readonly ByteEdit[],
): Cell | undefined {
  const lineEnd = text.indexOf("\n", spec.End);
  if (lineEnd < 0) return undefined;
  const before = text.slice(text.lastIndexOf("\n", spec.Start) + 1, spec.Start);
  if (!/^[ \t]*$/.test(before)) return undefined;
  const behind = /^(?:[ \t]*;)?[ \t]*(\/\/.*|\/\*(?:[^*]|\*(?!\/))*\*\/)?[ \t\r]*$/.exec(
    text.slice(spec.End, lineEnd),
  );
  if (!behind || text.slice(spec.Start, spec.End).includes("\n")) return undefined;
  const Text = text.slice(spec.Start, lineEnd).trimEnd();
  const end = spec.Start + Text.length;
  let After = "", at = spec.Start;
  let literal = text.slice(spec.PathStart, spec.End);
  for (let i = lastAtOrBefore(edits, spec.Start - 1) + 1; i < edits.length; i++) {
    const { At, Old, New } = edits[i]!;
    if (At >= end) break;
    After += text.slice(at, At) + New;
    at = At + Old.length;
    if (At > spec.PathStart && At < spec.End) {
      const place = At - spec.PathStart;
      literal = literal.slice(0, place) + New + literal.slice(place + Old.length);
    }
  }
  After += text.slice(at, end);
  const rest = [spec.Name ?? "", (behind[1] ?? "").replace(/^\/[/*]\s*/, "")];
  return {
    Start: spec.Start,
    Text,
    After,
    Before: [spec.Path.Value, ...rest],
    Key: [unquote(literal, 0, literal.length).Value, ...rest],
  };
}

function inOrder(keys: readonly (readonly string[])[]): boolean {
  return keys.every((key, i) => i === 0 || compare(keys[i - 1]!, key) <= 0);
}

/** Byte by byte, as Go compares texts. */
function compare(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((part, i) => part !== b[i]);
  return i < 0 ? 0 : a[i]! < b[i]! ? -1 : 1;
}

/** The index of the last edit that begins at a place or before it, or -1. */
function lastAtOrBefore(edits: readonly ByteEdit[], place: number): number {
  let low = 0, high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle]!.At <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
