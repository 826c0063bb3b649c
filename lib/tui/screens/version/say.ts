/** Sentences of ours with names from outside in them: cleaned whole, and broken into lines. */
import { glyphs, type Mark, type Style } from "../../../cli/style.ts";
import { foreignLines, type Line, mark } from "../../line.ts";

/** The widest prose (look.md, Grid). */
const widest = 72;

/** A sentence in lines of at most `columns` cells. */
export function say(style: Style, text: string, columns: number, indent = 2): Line[] {
  return foreignLines(style, glyphs(style, text), Math.min(columns, widest + indent), 99, indent);
}

/** A sentence behind a symbol. */
export function sayMarked(
  style: Style,
  symbol: Mark,
  text: string,
  columns: number,
  indent = 2,
): Line[] {
  const space = " ".repeat(indent);
  const head: Line = [{ Text: space }, mark(style, symbol), { Text: " " }];
  const under = head.reduce((sum, span) => sum + span.Text.length, 0);
  return say(style, text, columns, under).map((row, i) =>
    i > 0 ? row : [...head, { Text: row.map((span) => span.Text).join("").slice(under) }]
  );
}
