/** The field that is being typed into: `┃ text▌`. */
import { glyphs, type Style } from "../../cli/style.ts";
import { cells, fit, fitEnd, typedText } from "../cells.ts";
import { cut, foreign, type Line, own, type Span, width } from "../line.ts";
import type { Field } from "../model.ts";

export interface FieldOptions {
  readonly focus: boolean;
  /** Said before the field, on the same line: "Type v1.5.0 to start: ". */
  readonly label?: string;
  /** Shown quietly while the field is empty and has no focus. */
  readonly hint?: string;
  /** The field where the version is typed is the colour of no way back. */
  readonly noReturn?: true;
}

/**
 * One line of at most `columns` cells, indented by two: `┃`, the label, and the text with its
 * cursor. A longer text scrolls so that the cursor is seen, with `…` where something is missing.
 */
export function fieldLine(
  style: Style,
  field: Field,
  columns: number,
  options: FieldOptions,
): Line {
  const { focus, label, hint, noReturn } = options;
  const role = !focus ? "quiet" : noReturn ? "noReturn" : "focus";
  const spare = Math.min(8, Math.floor(columns / 3));
  const head: Span[] = [
    { Text: "  " },
    own(style, "┃ ", role),
    ...cut(style, label === undefined ? [] : [own(style, label)], columns - 4 - spare),
  ];
  const room = columns - width(head);
  if (!focus) {
    const quiet = hint !== undefined && field.Text === "";
    const text = quiet ? own(style, hint, "quiet") : foreign(style, field.Text);
    return cut(style, [...head, text], columns);
  }
  const [before, after] = scrolled(style, field, room - 1);
  return cut(
    style,
    [...head, { Text: before }, own(style, "▌", role), { Text: after }],
    columns,
  );
}

/** What is seen of the text before and behind the cursor, in `room` cells together. */
function scrolled(style: Style, { Text, At }: Field, room: number): [string, string] {
  const before = typedText(Text.slice(0, At), style.ascii);
  const after = typedText(Text.slice(At), style.ascii);
  const left = cells(before);
  const right = cells(after);
  if (left + right <= room) return [before, after];
  const dots = room < 8 ? "" : glyphs(style, "…");
  const ahead = Math.min(right, Math.max(cells(dots), Math.floor(room / 4)));
  const head = left <= room - ahead ? before : dots + fitEnd(before, room - ahead - cells(dots));
  const rest = room - cells(head);
  return [head, right <= rest ? after : fit(after, rest - cells(dots)) + dots];
}
