/** What programs and servers said, as lines of a pane: newest last, nothing in it is obeyed. */
import { wrapCells } from "../../cells.ts";
import { foreign, type Line } from "../../line.ts";
import type { Model } from "../../model.ts";
import { withoutCredentials } from "../../../text.ts";

/** Output only grows, and always as a new array; its lines are made once for a width. */
const made = new WeakMap<readonly string[], { columns: number; ascii: boolean; lines: Line[] }>();

/** All that was said, broken to `columns` cells. */
export function saidLines({ Run, Style }: Model, columns: number): readonly Line[] {
  const said = Run?.Output ?? [];
  const known = made.get(said);
  if (known?.columns === columns && known.ascii === Style.ascii) return known.lines;
  const lines = said.flatMap(rowsOf).flatMap((row) =>
    wrapCells(foreign(Style, row).Text, columns).map((Text): Line => [{ Text }])
  );
  made.set(said, { columns, ascii: Style.ascii, lines });
  return lines;
}

/** The last `most` lines, each cut by who draws it. */
export function lastLines({ Run, Style }: Model, most: number): Line[] {
  const out: Line[] = [];
  const said = Run?.Output ?? [];
  for (let i = said.length - 1; i >= 0 && out.length < most; i--) {
    const rows = rowsOf(said[i]!).slice(-(most - out.length));
    out.unshift(...rows.map((row): Line => [foreign(Style, row)]));
  }
  return out;
}

/** A progress line that was written over again and again counts as it was written last. */
function rowsOf(said: string): string[] {
  const rows = withoutCredentials(said).split(/\r?\n/)
    .map((row) => row.split("\r").findLast((part) => part !== "") ?? "");
  while (rows.length > 1 && rows.at(-1) === "") rows.pop();
  return rows;
}

/** A window of `rows` lines that ends `back` lines before the end. */
export function outputWindow(
  lines: readonly Line[],
  back: number,
  rows: number,
): { lines: readonly Line[]; from: number } {
  const from = Math.max(0, lines.length - rows - back);
  return { lines: lines.slice(from, from + rows), from };
}
