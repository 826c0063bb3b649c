/** Lists: the rows that can be chosen, sliced to their window. */
import { glyphs, type Role, type Style } from "../../cli/style.ts";
import { foreignText, wrapCells } from "../cells.ts";
import { cut, type Line, mark, own, pad, type Span, width } from "../line.ts";
import type { Row } from "../screen.ts";

/** The first row to show of `count`, so that row `at` is inside a window of `room` rows. */
export function windowFrom(at: number, count: number, room: number): number {
  return Math.max(0, Math.min(at - Math.floor(room / 2), count - room));
}

/** `12–40 of 643`; "" where all of them are seen. */
export function placeOf(style: Style, from: number, shown: number, all: number): string {
  return shown < all ? glyphs(style, `${from + 1}–${from + shown} of ${all}`) : "";
}

export interface ListOptions {
  /** False: the marker is `·`, because another pane has the focus. Default true. */
  readonly focus?: boolean;
  /** Most lines; default one a row. With more rows, the list is sliced around the highlighted one. */
  readonly room?: number;
}

/**
 * `  › Label    Detail` for each row, indented by two; what cannot be chosen is quiet, with
 * `✗ reason`. One line a row, except that a reason which is too long goes on below where
 * `room` has lines for it; it is cut otherwise.
 */
export function choices(
  style: Style,
  rows: readonly Row[],
  at: number,
  columns: number,
  options: ListOptions = {},
): Line[] {
  const { focus = true, room } = options;
  const from = room === undefined ? 0 : windowFrom(at, rows.length, room);
  const shown = rows.slice(from, room === undefined ? rows.length : from + Math.max(0, room));
  const column = labelColumn(style, rows, columns);
  const short = shown.map((row, i) =>
    one(style, row, column, columns, from + i === at && { focus })
  );
  const all = room === undefined ? [] : short.flatMap((row) => continued(style, row, columns));
  if (room !== undefined && all.length <= room) return all;
  return short.map(({ Head, Reason }) => cut(style, [...Head, ...Reason], columns));
}

interface Parts {
  readonly Head: Line;
  /** The symbol and the words of what is in the way. */
  readonly Reason: Line;
}

/** Cells that the words of a reason need to say anything. */
const least = 16;

function one(
  style: Style,
  row: Row,
  column: number,
  columns: number,
  chosen: false | { focus: boolean },
): Parts {
  const { Label, Detail, Off } = row;
  const focus = chosen && chosen.focus ? "focus" : undefined;
  const label = text(style, Label, Off === undefined ? focus : "quiet");
  const head = (gap: string, padded: number): Line => [
    { Text: "  " },
    marker(style, chosen),
    ...(Detail === undefined && Off === undefined
      ? [label]
      : pad(style, [label], Math.max(padded, width([label])))),
    ...(Detail === undefined
      ? []
      : [{ Text: gap }, text(style, Detail, Off === undefined ? undefined : "quiet")]),
  ];
  if (Off === undefined) return { Head: head("  ", column), Reason: [] };
  const words = text(style, Off);
  const parts = (gap: string, padded: number) => ({
    Head: head(gap, padded),
    Reason: [{ Text: gap }, mark(style, "✗"), { Text: " " }, words],
  });
  const wide = parts("  ", column);
  const room = columns - under(wide);
  return room < least && room < width([words]) ? parts(" ", 0) : wide;
}

/** Cells before the words of the reason. */
function under({ Head, Reason }: Parts): number {
  return width([...Head, ...Reason.slice(0, -1)]);
}

function marker(style: Style, chosen: false | { focus: boolean }): Span {
  if (!chosen) return { Text: "  " };
  return chosen.focus ? own(style, "› ", "focus") : own(style, "· ", "quiet");
}

/** Our words with names from outside in them; the spaces before them stay, to align numbers. */
function text(style: Style, words: string, role?: Role): Span {
  const lead = words.length - words.trimStart().length;
  const shown = " ".repeat(lead) + foreignText(glyphs(style, words), style.ascii);
  return { Text: shown, ...(role && { Role: role }) };
}

/** Where details begin: behind the longest label, except for labels that would leave them no room. */
function labelColumn(style: Style, rows: readonly Row[], columns: number): number {
  const most = Math.floor((columns - 4) * 0.6);
  const widths = rows.filter((r) => r.Detail !== undefined || r.Off !== undefined)
    .map((r) => width([text(style, r.Label)])).filter((w) => w <= most);
  return widths.reduce((a, b) => Math.max(a, b), 0);
}

/** A row whose reason is broken over as many lines as it needs, below its first word. */
function continued(style: Style, parts: Parts, columns: number): Line[] {
  const { Head, Reason } = parts;
  const words = Reason.at(-1);
  const before = under(parts);
  const whole = [...Head, ...Reason];
  if (words === undefined || width(whole) <= columns || columns - before < least) {
    return [cut(style, whole, columns)];
  }
  const [first = "", ...more] = wrapCells(words.Text, columns - before);
  return [
    [...Head, ...Reason.slice(0, -1), { Text: first }],
    ...more.map((row): Line => [{ Text: " ".repeat(before) + row }]),
  ];
}
