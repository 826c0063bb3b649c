/**
 * Lines of a screen: runs of text with a role each, counted in cells of the terminal.
 * Text of our own passes through `own`, text from outside through `foreign`; nothing
 * else makes a span, so nothing foreign reaches the terminal unseen.
 */
import { cells, fit, fitEnd, foreignText, wrapCells } from "./cells.ts";
import {
  glyphs,
  type Mark,
  mark as markText,
  markRole,
  type Role,
  type Style,
} from "../cli/style.ts";

export interface Span {
  readonly Text: string;
  readonly Role?: Role;
}

export type Line = readonly Span[];

/** Text of our own; its symbols become ASCII where the terminal asks for it. */
export function own(style: Style, text: string, role?: Role): Span {
  return { Text: glyphs(style, text), ...(role && { Role: role }) };
}

/** Text from a repository, a server or another program: one line, nothing in it is obeyed. */
export function foreign(style: Style, text: string, role?: Role): Span {
  return { Text: foreignText(text, style.ascii), ...(role && { Role: role }) };
}

/** A status symbol in its colour and as wide as every other: 1 cell, in ASCII 4. */
export function mark(style: Style, symbol: Mark): Span {
  return { Text: markText({ ...style, color: false }, symbol), Role: markRole(symbol) };
}

/** A line from texts of our own and finished spans. */
export function line(style: Style, ...parts: readonly (string | Span)[]): Line {
  return parts.map((part) => typeof part === "string" ? own(style, part) : part);
}

/** Cells of a line. */
export function width(of: Line): number {
  return of.reduce((sum, span) => sum + cells(span.Text), 0);
}

/** The line in at most `columns` cells, with `…` where something is missing. */
export function cut(style: Style, of: Line, columns: number): Line {
  if (columns <= 0) return [];
  if (width(of) <= columns) return of;
  const out: Span[] = [];
  let room = columns - cells(glyphs(style, "…"));
  if (room < 0) return [{ Text: fit(of[0]?.Text ?? "", columns) }];
  for (const span of of) {
    const text = fit(span.Text, room);
    if (text !== "") out.push({ ...span, Text: text });
    room -= cells(text);
    if (text !== span.Text) break;
  }
  return [...out, own(style, "…")];
}

/** A text of foreign or own spans in at most `columns` cells, cut in the middle. */
export function cutMiddle(style: Style, span: Span, columns: number): Span {
  const all = cells(span.Text);
  if (all <= columns) return span;
  const dots = glyphs(style, "…");
  const room = columns - cells(dots);
  if (room < 2) return { ...span, Text: fit(span.Text, Math.max(0, columns)) };
  const head = fit(span.Text, Math.ceil(room / 2));
  const tail = fitEnd(span.Text, room - cells(head));
  return { ...span, Text: head + dots + tail };
}

/** The line filled with spaces to `columns` cells, cut if it is longer. */
export function pad(style: Style, of: Line, columns: number): Line {
  const short = cut(style, of, columns);
  const missing = columns - width(short);
  return missing > 0 ? [...short, { Text: " ".repeat(missing) }] : short;
}

/** Left and right on one row of `columns` cells; the left part gives way. */
export function leftRight(style: Style, left: Line, right: Line, columns: number): Line {
  const end = cut(style, right, columns);
  const room = columns - width(end) - (end.length > 0 ? 2 : 0);
  const begin = room > 0 ? cut(style, left, room) : [];
  const gap = columns - width(begin) - width(end);
  return [...begin, { Text: " ".repeat(Math.max(0, gap)) }, ...end];
}

/** A rule over `columns` cells, with words in it if there are any: `── go.mod ─────`. */
export function rule(style: Style, columns: number, words = ""): Line {
  const dash = glyphs(style, "─");
  if (columns <= 0) return [];
  if (words === "") return [{ Text: dash.repeat(columns), Role: "quiet" }];
  const name = cut(style, [own(style, words)], columns - 6);
  const rest = Math.max(0, columns - width(name) - 4);
  return cut(style, [
    { Text: dash.repeat(2) + " ", Role: "quiet" },
    ...name,
    { Text: " " + dash.repeat(rest), Role: "quiet" },
  ], columns);
}

/** The line of no return: the only heavy one, and the only magenta. */
export function noReturn(style: Style, columns: number): Line {
  const words = " nobody has seen anything up to here ";
  const dash = glyphs(style, "━");
  const rest = Math.max(0, columns - 2 - cells(words));
  const text = columns < cells(words) + 3
    ? dash.repeat(columns)
    : dash.repeat(2) + words + dash.repeat(rest);
  return [{ Text: text, Role: "noReturn" }];
}

/** Prose of our own, broken at spaces, at most 72 columns wide (look.md, Grid). */
export function prose(style: Style, text: string, columns: number, indent = 0): Line[] {
  const space = " ".repeat(indent);
  return wrapCells(glyphs(style, text), Math.min(columns - indent, 72))
    .map((row) => [{ Text: space + row }]);
}

/** A foreign text broken into lines, of which at most `most` are shown. */
export function foreignLines(
  style: Style,
  text: string,
  columns: number,
  most: number,
  indent = 0,
): Line[] {
  const space = " ".repeat(indent);
  // A row holds at most so many letters: what is far behind what is shown is not even read.
  const all = text.slice(0, most * Math.max(1, columns) * 8).split(/\r?\n|\r/)
    .flatMap((row) => wrapCells(foreignText(row, style.ascii), Math.max(1, columns - indent)));
  const shown = all.slice(0, most).map((row): Line => [{ Text: space + row }]);
  if (all.length <= most) return shown;
  const more = own(style, `${space}… ${all.length - most + 1} more lines`);
  return [...shown.slice(0, most - 1), cut(style, [more], columns)];
}

/** The text of a line, without its colours. */
export function textOf(of: Line): string {
  return of.map((span) => span.Text).join("");
}
