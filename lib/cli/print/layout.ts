/** Lines for people: wrapping at words, columns, times; widths are counted without colours. */
import { cleanLines } from "../../text.ts";
import { type Mark, mark, markWidth, paint, type Style } from "../style.ts";

/** Columns of a line; one with a long name, path or hash may be longer, for nothing is cut. */
export const lineWidth = 80;

/** Prose is never wider. */
export const proseWidth = 72;

// deno-lint-ignore no-control-regex
const colours = /\x1b\[[0-9;]*m/g;

/** Columns of a text. */
export function widthOf(text: string): number {
  return [...text.replace(colours, "")].length;
}

/** One line broken at spaces into lines of at most `width` columns; a longer word stays whole. */
export function wrap(text: string, width: number = proseWidth): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line === "") line = word;
    else if (widthOf(line) + 1 + widthOf(word) <= width) line += " " + word;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/**
 * Rows whose cells start in the same columns; nothing behind the last cell of a
 * row. The last column is prose: it is broken at the line's width and stays in place.
 */
export function columns(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  }
  const pad = (cell: string, i: number) => cell + " ".repeat(widths[i]! - widthOf(cell) + 2);
  const room = lineWidth -
    widths.slice(0, -1).reduce((sum, width) => sum + width + 2, indent.length);
  return rows.flatMap((row) => {
    const last = row.length === widths.length ? row.at(-1)! : "";
    const before = indent + (last === "" ? row : row.slice(0, -1)).map(pad).join("");
    const [first = "", ...more] = wrap(last, Math.max(room, 24));
    return [before + first, ...more.map((line) => " ".repeat(widthOf(before)) + line)]
      .map((line) => line.trimEnd());
  });
}

/** A sentence with its symbol; further lines stand under the first. */
export function marked(style: Style, symbol: Mark, text: string, indent = ""): string[] {
  const under = indent + " ".repeat(markWidth(style) + 1);
  return cleanLines(text).flatMap((line) => wrap(line, proseWidth - under.length))
    .map((line, i) => (i === 0 ? `${indent}${mark(style, symbol)} ` : under) + line);
}

/** Left and right on one row; a row too long gets the right part behind it. */
export function leftRight(left: string, right: string): string {
  if (right === "") return left;
  return left + " ".repeat(Math.max(2, lineWidth - widthOf(left) - widthOf(right))) + right;
}

/** A rule with words in it: `── go.mod ─────`. */
export function rule(style: Style, words: string): string {
  const { before, after } = around(words, "─");
  return `${paint(style, "quiet", before)} ${words} ${paint(style, "quiet", after)}`;
}

/** The line of no return: the only heavy one. */
export function noReturn(style: Style): string {
  const words = "nobody has seen anything up to here";
  const { before, after } = around(words, "━");
  return paint(style, "noReturn", `${before} ${words} ${after}`);
}

function around(words: string, line: string): { before: string; after: string } {
  return {
    before: line.repeat(2),
    after: line.repeat(Math.max(3, lineWidth - widthOf(words) - 4)),
  };
}

/** `0.2 s`, `3.1 s`, `1:12 min`; "" when it is not known. */
export function elapsed(ms: number | undefined): string {
  if (ms === undefined) return "";
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

/** Lines of a whole text, with its end. */
export function text(lines: readonly string[]): string {
  return lines.length === 0 ? "" : lines.join("\n") + "\n";
}
