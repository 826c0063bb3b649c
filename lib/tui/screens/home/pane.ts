/** A meaning as lines: for the pane beside the rows, and as sentences for plain mode. */
import { foreignLines, type Line, mark, noReturn, own, pad, rule } from "../../line.ts";
import { glyphs, markWidth, type Style } from "../../../cli/style.ts";
import type { Meaning, Part } from "./parts.ts";

/** The lines of a pane of `columns` cells. */
export function paneLines(style: Style, { Title, Parts }: Meaning, columns: number): Line[] {
  return [
    rule(style, columns, Title),
    [],
    ...Parts.flatMap((part) => partLines(style, part, columns)),
  ];
}

function partLines(style: Style, part: Part, columns: number): Line[] {
  switch (part.Is) {
    case "gap":
      return [[]];
    case "head":
      return [[{ ...own(style, part.Text), Role: "weight" }]];
    case "says":
      return foreignLines(style, glyphs(style, part.Text), Math.min(72, columns - 1), 6);
    case "line":
      return [noReturn(style, columns)];
    case "step":
      return hanging(
        style,
        pad(style, [own(style, part.Name, "quiet")], part.Name.length > 1 ? 7 : 3),
        part.Text,
        columns,
      );
    case "item": {
      const sign = part.Sign === "+"
        ? own(style, "+" + " ".repeat(markWidth(style) - 1), "good")
        : mark(style, part.Sign);
      return hanging(style, [sign, { Text: " " }], part.Text, columns);
    }
  }
}

/** A text behind its symbol; further lines stand under the first. */
function hanging(style: Style, before: Line, text: string, columns: number): Line[] {
  const under = before.reduce((sum, span) => sum + span.Text.length, 0);
  const lines = foreignLines(style, glyphs(style, text), Math.min(72, columns - 1 - under), 4);
  return lines.map((row, i) =>
    i === 0 ? [...before, ...row] : [
      { Text: " ".repeat(under) },
      ...row,
    ]
  );
}
