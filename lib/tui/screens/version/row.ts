/** The row of a choice that leads to a version. */
import type { Style } from "../../../cli/style.ts";
import { cut, type Line, line, own, pad } from "../../line.ts";

export interface ChoiceRow {
  readonly Label: string;
  readonly Version: string;
  readonly Tail: Line;
  readonly Chosen: boolean;
  /** False: another pane has the focus. */
  readonly Focus: boolean;
}

/** A row of a choice: what it is, the version it leads to, and one word more. */
export function choiceRow(
  style: Style,
  row: ChoiceRow,
  widths: { readonly Label: number; readonly Version: number },
  columns: number,
): Line {
  const marker = !row.Chosen
    ? { Text: " " }
    : row.Focus
    ? own(style, "›", "focus")
    : own(style, "·", "quiet");
  const label = own(style, row.Label, row.Chosen && row.Focus ? "focus" : undefined);
  return cut(
    style,
    line(
      style,
      "  ",
      marker,
      " ",
      ...pad(style, [label], widths.Label),
      "  ",
      ...pad(style, [own(style, row.Version, row.Chosen ? "weight" : undefined)], widths.Version),
      "  ",
      ...row.Tail,
    ),
    columns,
  );
}
