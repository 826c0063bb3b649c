/** Blocks of lines that the editors of go.mod put together. */
import type { Problem } from "../../../problem.ts";
import type { Mark, Style } from "../../../cli/style.ts";
import { cells } from "../../cells.ts";
import { foreignLines, type Line, line, mark, own, rule } from "../../line.ts";
import { type DiffLine, diffLines } from "../../widgets/diff.ts";

/** The lines, and behind them every block that still fits into `rows` as a whole. */
export function filled(
  lines: readonly Line[],
  rows: number,
  blocks: readonly (readonly Line[])[],
): Line[] {
  const out = [...lines];
  for (const block of blocks) {
    if (out.length + block.length <= rows) out.push(...block);
  }
  return out;
}

/** A rule with words that begins in column 2 of a pane. */
export function heading(style: Style, words: string, columns: number): Line {
  return [{ Text: "  " }, ...rule(style, columns - 2, words)];
}

/** A sentence behind its symbol, in at most three lines that are indented by two. */
export function sentence(style: Style, symbol: Mark, text: string, columns: number): Line[] {
  const head = mark(style, symbol);
  const under = 3 + cells(head.Text);
  const [first = [], ...more] = foreignLines(style, text, Math.min(columns - 1, 78), 3, under);
  const words = first.map((span) => span.Text).join("").slice(under);
  return [[{ Text: "  " }, head, { Text: ` ${words}` }], ...more];
}

/** The last `room` lines of a diff under its heading: what is new in go.mod stands at its end. */
export function diffBlock(
  style: Style,
  lines: readonly DiffLine[],
  columns: number,
  room: number,
): Line[] {
  // A go.mod is short: where the first lines stand needs no saying.
  const all = lines[0]?.Sign === "@" ? lines.slice(1) : lines;
  const shown = all.length === 0
    ? [line(style, own(style, "  · no change yet", "quiet"))]
    : diffLines(style, all, columns - 1, Math.max(0, all.length - room), room);
  return [heading(style, "go.mod", columns), ...shown];
}

/** The first two problems as sentences; the ways out are the rows and keys of the screen. */
export function problemLines(
  style: Style,
  problems: readonly Problem[],
  columns: number,
): Line[] {
  return problems.slice(0, 2)
    .flatMap(({ Level, Text }) => sentence(style, Level === "stop" ? "✗" : "!", Text, columns));
}
