/** Blocks of lines that the editors of go.mod put together. */
import type { Problem } from "../../../problem.ts";
import type { Mark, Style } from "../../../cli/style.ts";
import type { ConsumerRow } from "../../../plan/consumers.ts";
import { cells } from "../../cells.ts";
import { foreignLines, type Line, line, mark, own, prose, rule } from "../../line.ts";
import { type DiffLine, diffLines } from "../../widgets/diff.ts";
import { getsTable } from "../../widgets/gets.ts";

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

/** What users get in at most `room` lines; the rows of `@v1` and the like give way. */
export function getsBlock(
  style: Style,
  all: readonly ConsumerRow[],
  columns: number,
  room: number,
): Line[] {
  const gets = [...all];
  while (gets.length > 1 && gets.length + 2 > room) gets.splice(Math.min(1, gets.length - 1), 1);
  const warns = gets.some(({ Warns }) => Warns !== undefined) && gets.length + 3 <= room;
  return [
    heading(style, "What users get", columns),
    ...getsTable(style, gets, columns - 2).map((row): Line => [{ Text: "  " }, ...row]),
    ...(warns ? prose(style, "! by its name it is still got, and go get warns", columns, 2) : []),
  ];
}

/** The table alone, from column 0; a word in its place while nothing is known or marked. */
export function getsOf(
  style: Style,
  gets: readonly ConsumerRow[] | undefined,
  columns: number,
): Line[] {
  if (!gets) return [line(style, "·")];
  if (gets.length === 0) return [line(style, own(style, "· mark a version", "quiet"))];
  return getsTable(style, gets, columns);
}

/** What `@latest` becomes, where there is no room for more. */
export function latestLine(style: Style, latest: ConsumerRow | undefined): Line {
  if (!latest) return [];
  const { Query, Before, After } = latest;
  return line(style, `  ${Query}  ${Before ?? "none"} → ${After ?? "none"}`);
}
