/** The pane beside the list: what the highlighted row means, or the lines with its mentions. */
import { glyphs } from "../../../cli/style.ts";
import { classes, isClass } from "../../../plan/major/classes.ts";
import { cut, cutMiddle, foreign, type Line, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import { placeOf } from "../../widgets/list.ts";
import type { MajorScreen } from "../major.ts";
import { type Ahead, hows, meaningOf } from "./how.ts";
import type { Hunk } from "./hunks.ts";
import { itemAt, listOf, listRow, paneOf } from "./rows.ts";

/** What the highlighted row means: words about how it is made, or the lines of the item. */
export function pane(
  model: Model,
  screen: MajorScreen,
  ahead: Ahead,
  columns: number,
  rows: number,
): Line[] {
  const { Style } = model;
  const row = listRow(screen);
  const item = itemAt(screen, row);
  if (!item) {
    const how = hows[row] ?? "root";
    return [
      rule(Style, columns, listOf(model, screen).Hows[row]?.Label ?? "how"),
      ...meaningOf(model, ahead, how).flatMap((text) => [...prose(Style, text, columns), []]),
    ].slice(0, rows);
  }
  const lines = paneOf(model, screen, item);
  const focus = screen.List !== undefined;
  const above = isClass(item.Name) && item.Is === "class"
    ? prose(Style, classWords(item.Name), columns)
    : [];
  const room = Math.max(1, rows - 1 - above.length);
  const top = focus ? Math.max(0, Math.min(screen.Row, lines.length - room)) : 0;
  const place = placeOf(Style, top, Math.min(room, lines.length - top), lines.length);
  const space = columns - 8 - (place === "" ? 0 : place.length + 3) - (focus ? 2 : 0);
  const name = cutMiddle(Style, foreign(Style, item.Name), Math.max(8, space)).Text;
  const heading = `${focus ? "› " : ""}${name}${place === "" ? "" : ` · ${place}`}`;
  return [
    rule(Style, columns, heading),
    ...above,
    ...lines.slice(top, top + room).map((hunk) => hunkLine(model, hunk, columns)),
  ];
}

function classWords(name: string): string {
  if (!isClass(name)) return "";
  const { what, stays } = classes[name];
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}${
    stays === undefined ? "." : `. Left, because it ${stays}.`
  }`;
}

const roles = { "+": "good", "-": "bad", "!": "attention" } as const;

function hunkLine(
  { Style }: Model,
  { Sign, Text, At = 0, Length = 0 }: Hunk,
  columns: number,
): Line {
  // A mention far in a line is what is to be seen of it.
  const from = At + Length > columns - 4 ? Math.max(0, At - 8) : 0;
  // Cells that cannot be seen need not be cleaned.
  const near = Text.slice(from, from + 64 + columns * 8);
  if (Sign === "@") return cut(Style, [foreign(Style, near, "quiet")], columns);
  const indent = from > 0 ? glyphs(Style, "…") : /^[ \t]*/.exec(near)![0].replaceAll("\t", "  ");
  return cut(Style, [
    Sign === " " ? { Text: " " } : { Text: Sign, Role: roles[Sign] },
    { Text: " " + indent.slice(0, 16) },
    foreign(Style, near),
  ], columns);
}
