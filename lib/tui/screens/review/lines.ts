/** The steps of a plan as lines: every one, or as many as a small window has rows for. */
import { count } from "../../../text.ts";
import {
  foreign,
  leftRight,
  type Line,
  mark,
  noReturn,
  own,
  prose,
  type Span,
} from "../../line.ts";
import type { Model, Planning } from "../../model.ts";
import { sizeOf } from "./change.ts";
import { foldSteps } from "./fold.ts";
import type { PlanRow } from "./steps.ts";
import { localWords, pushesNothing } from "./words.ts";

type Planned = Extract<Planning, { State: "planned" }>;

/** Every step, with the line of no return where it stands. */
export function stepLines(
  model: Model,
  planned: Planned,
  rows: readonly PlanRow[],
  at: number,
  columns: number,
): Line[] {
  const { Style } = model;
  const out: Line[] = [];
  let beyond = false;
  for (const [i, { Beyond }] of rows.entries()) {
    if (Beyond && !beyond) {
      out.push([{ Text: " " }, ...noReturn(Style, columns - 2)]);
      beyond = true;
    }
    out.push(stepLine(model, planned, rows, i, at, columns));
  }
  return [...out, ...localLines(model, planned, columns)];
}

/** Of a plan without a push: that nothing leaves. */
function localLines({ Style }: Model, { Plan }: Planned, columns: number): Line[] {
  if (!pushesNothing(Plan)) return [];
  const words = columns < 60 ? "nothing leaves this machine" : localWords(Plan);
  return prose(Style, words, columns - 2, 4);
}

function stepLine(
  { Style }: Model,
  planned: Planned,
  rows: readonly PlanRow[],
  i: number,
  at: number,
  columns: number,
): Line {
  const [row, chosen] = [rows[i]!, i === at];
  const digits = String(rows.length).length;
  const narrow = columns < 60;
  const head: Span[] = [
    { Text: "  " },
    chosen ? own(Style, "› ", "focus") : { Text: "  " },
    own(Style, `${String(row.Number).padStart(digits)} `),
    own(Style, row.Name.padEnd(7), chosen ? "focus" : row.Beyond ? "noReturn" : undefined),
    { Text: " " },
  ];
  const right: Span[] = [];
  const size = sizeOf(row, planned);
  if (size !== "" && !narrow) right.push(own(Style, size));
  if (row.Undo !== undefined) {
    right.push(
      own(Style, columns < 50 ? "" : narrow ? "undo " : "  undo "),
      Style.ascii
        ? own(Style, row.Undo ? "yes" : "no ", row.Undo ? "good" : "bad")
        : mark(Style, row.Undo ? "✓" : "✗"),
    );
  }
  const left = [...head, foreign(Style, row.Words.slice(0, 500))];
  return [...leftRight(Style, left, right, columns - 1)];
}

/**
 * As many steps as fit into `room` rows; the others on either side of the line are one row
 * together. The highlighted one and the first behind the line are always among them.
 */
export function foldedSteps(
  model: Model,
  planned: Planned,
  rows: readonly PlanRow[],
  at: number,
  columns: number,
  room: number,
): Line[] {
  const { Style } = model;
  const local = localLines(model, planned, columns);
  const { Shown, Above, Below } = foldSteps(rows, at, room - local.length);
  const said = (words: string): Line => [own(Style, `  ${words}`, "quiet")];
  const hidden = rows.flatMap((row, i) => !row.Beyond && !Shown.has(i) ? [i] : []);
  const all = hidden.length === rows.filter((row) => !row.Beyond).length;
  const atTop = hidden[0]! < at;
  const undo = hidden.some((i) => rows[i]!.Undo);
  const words = `${atTop ? "↑" : "↓"} ${count(Above, all ? "step" : "more step")}${
    all ? " before it" : ""
  }${undo ? ", undo " : ""}`;
  const fold: Line[] = Above === 0 ? [] : [[
    ...said(words),
    ...(undo ? [mark(Style, "✓")] : []),
  ]];
  const steps = (beyond: boolean) =>
    rows.flatMap((row, i) =>
      row.Beyond === beyond && Shown.has(i) ? [stepLine(model, planned, rows, i, at, columns)] : []
    );
  const hasLine = rows.some((row) => row.Beyond);
  return [
    ...(atTop ? fold : []),
    ...steps(false),
    ...(atTop ? [] : fold),
    ...(hasLine ? [[{ Text: " " }, ...noReturn(Style, columns - 2)]] : []),
    ...steps(true),
    ...(Below === 0 ? [] : [said(`↓ ${count(Below, "more step")}`)]),
    ...local,
  ].slice(0, room);
}
