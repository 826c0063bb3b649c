/** How the review is drawn: steps, line of no return, the highlighted step, the field. */
import { clean } from "../../../text.ts";
import { pathOf } from "../../../plan/commits.ts";
import {
  cutMiddle,
  foreign,
  foreignLines,
  leftRight,
  type Line,
  line,
  own,
  prose,
  rule,
  width,
} from "../../line.ts";
import type { Model, Planning } from "../../model.ts";
import { leading, versionWords } from "../../releases.ts";
import type { Drawing, Room } from "../../screen.ts";
import { diffLines } from "../../widgets/diff.ts";
import { placeOf } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import { fieldLine } from "../../widgets/field.ts";
import { lineOf, versionLine } from "../../widgets/versionline.ts";
import type { ReviewScreen } from "../review.ts";
import { changeOf } from "./change.ts";
import { expectedLines, latestOf } from "./expected.ts";
import { aboutStep, comingOf } from "./words.ts";
import { problemLines } from "./problems.ts";
import { foldedSteps, stepLines } from "./lines.ts";
import { type PlanRow, planRows } from "./steps.ts";

type Planned = Extract<Planning, { State: "planned" }>;

/** The review of a plan. */
export function drawReview(
  model: Model,
  screen: ReviewScreen,
  room: Room,
  planned: Planned,
): Drawing {
  const { Style } = model;
  const version = leading(planned.Plan).Version;
  const Title = `release ${versionWords(planned.Plan)} › review`;
  if (room.Kind === "small") {
    return { Title, Main: small(model, screen, room, planned) };
  }
  const State = line(Style, "nothing has been changed yet");
  const rows = planRows(planned.Plan, planned.Facts);
  const at = Math.min(screen.Row, rows.length - 1);
  const below = (columns: number, rowsLeft: number) =>
    detail(model, planned, rows[at]!, {
      columns,
      top: screen.Top,
      rows: rowsLeft,
      aside: room.Side > 0,
    });
  const steps = stepLines(model, planned, rows, at, room.Columns);
  const field = fieldRow(model, screen, version, room.Columns);
  const train = planned.Plan.Releases.length > 1;
  const expected = expectedLines(Style, planned.Plan, room.Columns, room.Side > 0 ? 8 : 4);
  const lead = leadLine(model, planned, room.Columns);
  const problems = problemLines(model, planned, room.Columns);
  const versions = versionLines(model, planned, room.Columns);
  if (room.Side > 0) {
    const fixed = 1 + versions.length + steps.length + 1 + expected.length + 2;
    const inFull = planned.Plan.Problems.flatMap((p) => problemBlock(Style, p, room.Columns - 2));
    const fits = inFull.length > 0 && fixed + inFull.length < room.Rows;
    const shown = fits ? inFull : problems.slice(0, Math.max(1, room.Rows - fixed - 1));
    const Main = [
      [],
      ...versions,
      ...steps,
      [],
      ...expected,
      ...(shown.length > 0 ? [[], ...shown] : []),
      lead,
      field,
    ];
    return { Title, State, Main, Side: [[], ...below(room.Side - 2, room.Rows - 2)] };
  }
  const free = room.Rows - 2;
  const some = problems.slice(0, 2);
  // What goes first where the rows are few: the version line, the empty row, the hash of go.mod.
  const layouts: readonly [head: Line[], expected: Line[]][] = [
    [versions, expected],
    [[[]], expected],
    [
      [],
      train
        ? expectedLines(Style, planned.Plan, room.Columns, 2)
        : expected.filter((_, i) => i !== 1),
    ],
  ];
  const rest = ([head, hashes]: readonly [Line[], Line[]]) =>
    free - head.length - steps.length - hashes.length - some.length;
  const chosen = layouts.find((l) => rest(l) >= 6) ?? layouts.at(-1)!;
  const left = rest(chosen);
  const Main = [
    ...chosen[0],
    ...steps,
    ...fill(below(room.Columns - 1, left), left),
    ...chosen[1],
    ...some,
    lead,
    field,
  ];
  return { Title, State, Main };
}

/** 40×12: the version, the line of no return and the field are what stays. */
function small(model: Model, screen: ReviewScreen, room: Room, planned: Planned): Line[] {
  const { Style } = model;
  const release = leading(planned.Plan);
  const rows = planRows(planned.Plan, planned.Facts);
  const at = Math.min(screen.Row, rows.length - 1);
  const all = stepLines(model, planned, rows, at, room.Columns);
  const folds = all.length > room.Rows - 4;
  // What is folded needs the empty row above the field too.
  const steps = folds
    ? fill(foldedSteps(model, planned, rows, at, room.Columns, room.Rows - 3), room.Rows - 3)
    : fill(all, room.Rows - 4);
  const train = planned.Plan.Releases.length > 1;
  const latest = latestOf(Style, release);
  return [
    ...steps,
    train
      ? leadLine(model, planned, room.Columns)
      : latest === null
      ? []
      : [{ Text: "  " }, own(Style, "@latest  ", "quiet"), ...latest],
    ...(folds ? [] : [[]]),
    fieldRow(model, screen, release.Version, room.Columns),
    leftRight(
      Style,
      [own(Style, "  nothing has been changed yet", "quiet")],
      folds ? [own(Style, `${at + 1} of ${rows.length}`, "quiet")] : [],
      room.Columns - 1,
    ),
  ];
}

/** Of a train: whose version is typed; else an empty line. */
function leadLine({ Style }: Model, { Plan }: Planned, columns: number): Line {
  if (Plan.Releases.length < 2) return [];
  const { Version, ...release } = leading(Plan);
  const path = foreign(Style, pathOf(release));
  const words = columns < 60 ? "the last: " : "the last one to be released: ";
  const head = line(Style, "  ", foreign(Style, Version, "weight"), " is ", words);
  return [...head, cutMiddle(Style, path, columns - 1 - width(head))];
}

/** What the highlighted step means and does: words, and the diff of its files. */
function detail(
  model: Model,
  planned: Planned,
  row: PlanRow,
  at: { columns: number; top: number; rows: number; aside: boolean },
): Line[] {
  if (at.rows < 2) return [];
  const { Style } = model;
  const diff = changeOf(row, planned);
  const { Ours, Said } = aboutStep(model, planned, row);
  const indent = at.aside ? 2 : 4;
  const said = Said.slice(0, 4000).trimEnd();
  const words: Line[] = [
    ...(said === ""
      ? []
      : foreignLines(Style, said, Math.min(at.columns - indent, 74), 40, indent)),
    ...(said === "" || Ours.length === 0 || !at.aside ? [] : [[]]),
    ...Ours.flatMap((text) => prose(Style, text, at.columns, indent)),
  ];
  const inside = at.rows - 1;
  // Words stay above a diff only where there is room for both.
  const above = diff.length === 0 || inside >= words.length + 9 ? words : [];
  const total = diff.length === 0 ? above.length : diff.length;
  const room = diff.length === 0 ? inside : inside - above.length - (above.length > 0 ? 1 : 0);
  const top = Math.max(0, Math.min(at.top, total - room));
  const place = placeOf(Style, top, Math.min(room, total - top), total);
  const name = diff.length > 0 && row.Writes.length === 1 ? clean(row.Writes[0]!.File) : row.Name;
  const right = place === "" ? 0 : width(line(Style, place)) + 3;
  const left: Line = at.aside ? [] : [{ Text: " " }];
  const heading: Line = [
    ...left,
    ...rule(Style, at.columns - width(left) - right, `${row.Number} ${name}`),
    ...(place === "" ? [] : [own(Style, ` ${place} `), own(Style, "─", "quiet")]),
  ];
  return [
    heading,
    ...(diff.length === 0 ? above.slice(top, top + room) : [
      ...above,
      ...(above.length > 0 ? [[]] : []),
      ...diffLines(Style, diff, at.columns - 1, top, room),
    ]),
  ];
}

function versionLines(model: Model, { Plan }: Planned, columns: number): Line[] {
  // What only another path can have is no version of this module's line.
  if (Plan.Releases[0]!.NewModule !== undefined) return [];
  if (Plan.Releases.length > 1) return [];
  const coming = comingOf(model, Plan);
  return versionLine(model.Style, lineOf(model, coming), columns - 1).filter((l) => width(l) > 0);
}

function fieldRow(model: Model, screen: ReviewScreen, version: string, columns: number): Line {
  const label = `Type ${clean(version)}${columns < 50 ? "" : " to start"}: `;
  return fieldLine(model.Style, screen.Typed, columns - 1, { focus: true, label, noReturn: true });
}

function fill(lines: readonly Line[], rows: number): Line[] {
  return Array.from({ length: Math.max(0, rows) }, (_, i) => lines[i] ?? []);
}
