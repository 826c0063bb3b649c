/** The list of retractions to take back, in all four kinds of room. */
import { foreign, leftRight, type Line, line, own, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { dots } from "../../widgets/bar.ts";
import { placeOf, windowFrom } from "../../widgets/list.ts";
import { versionLine } from "../../widgets/versionline.ts";
import {
  diffBlock,
  filled,
  getsBlock,
  getsOf,
  heading,
  latestLine,
  problemLines,
} from "../retract/blocks.ts";
import { carrierLines } from "../retract/carriers.ts";
import { type Outlook, unretractOutlook } from "../retract/parts.ts";
import type { UnretractScreen } from "../unretract.ts";
import { carrierAt, carriers, isAsked, wantedOf } from "./chosen.ts";
import { entriesOf } from "./entries.ts";
import { box, carriedBy, nature, versionWords } from "./words.ts";

interface Seen {
  readonly Model: Model;
  readonly Screen: UnretractScreen;
  readonly Outlook: Outlook | undefined;
}

/** The whole screen; what does not fit is left out in whole blocks, the least important first. */
export function drawUnretract(model: Model, screen: UnretractScreen, room: Room): Drawing {
  const seen: Seen = {
    Model: model,
    Screen: screen,
    Outlook: unretractOutlook(model, wantedOf(model, screen)),
  };
  const asked = isAsked(model, screen);
  const onCarrier = screen.Focus === "carrier";
  const Title = `unretract › ${onCarrier ? "carried by" : "versions"}`;
  const State = dots(model.Style, onCarrier ? 2 : 1, asked ? 3 : 2);
  if (room.Kind === "small") return { Title, State, Main: small(seen, room) };
  if (room.Side === 0) return { Title, State, Main: column(seen, room) };
  return { Title, State, Main: main(seen, room), Side: side(seen, room) };
}

/** The left of two panes: what is chosen, and what becomes of go.mod. */
function main(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Style } = seen.Model;
  const problems = problemsOf(seen, Columns);
  const head = [
    [],
    ...versionLines(seen, Columns),
    [],
    ...listLines(seen, Columns, Math.max(4, Rows - 17)),
    [],
    ...problems,
    ...(problems.length > 0 ? [[]] : []),
  ];
  const left = Math.max(3, Rows - head.length - 1);
  return [...head, ...diffBlock(Style, seen.Outlook?.Diff ?? [], Columns, left)];
}

/** The right of two panes: what users get, what carries it, what it does not do. */
function side(seen: Seen, { Rows, Side }: Room): Line[] {
  const { Style } = seen.Model;
  const columns = Side - 2;
  const gets = [
    [],
    rule(Style, columns, "What users get"),
    [],
    ...getsOf(Style, seen.Outlook?.Gets, columns),
  ];
  while (gets.length < 9) gets.push([]);
  const carried = [
    rule(Style, columns, "Carried by"),
    ...carrierRows(seen, columns, 0),
    ...carrierProse(seen, columns, 0),
    [],
  ];
  return filled([...gets, [], ...carried], Rows, nature.map((text) => prose(Style, text, columns)));
}

/** One column: the list, and below it what belongs to what has the focus. */
function column(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Model: { Style }, Screen, Outlook } = seen;
  const onCarrier = Screen.Focus === "carrier";
  const problems = problemsOf(seen, Columns);
  const head = [
    [],
    ...versionLines(seen, Columns),
    ...listLines(seen, Columns, (onCarrier ? 3 : 5) + Math.max(0, Rows - 19)),
    ...(onCarrier
      ? [
        heading(Style, "Carried by", Columns - 1),
        ...carrierRows(seen, Columns, 2),
        ...carrierProse(seen, Columns - 1, 2),
      ]
      : []),
    ...problems,
  ];
  const diff = Outlook?.Diff ?? [];
  const gets = Outlook?.Gets ?? [];
  const left = Rows - head.length - (onCarrier ? 0 : 4);
  return filled(head, Rows, [
    ...(diff.length > 0 ? [diffBlock(Style, diff, Columns - 1, 5)] : []),
    ...(gets.length > 0 && left > 2 ? [getsBlock(Style, gets, Columns - 1, left - 3)] : []),
    ...(onCarrier ? [] : [[[]], ...nature.map((text) => prose(Style, text, Columns - 1, 2))]),
  ]);
}

/** Forty columns: only what has the focus. The last row is left for notes. */
function small(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Model: { Style }, Screen, Outlook } = seen;
  const [above = []] = versionLines(seen, Columns);
  const problems = problemsOf(seen, Columns);
  const latest = latestLine(Style, Outlook?.Gets[0]);
  if (Screen.Focus === "entries") {
    return filled([above, ...listLines(seen, Columns, 3, false)], Rows - 1, [
      problems.slice(0, 3),
      [latest],
      diffBlock(Style, Outlook?.Diff ?? [], Columns, 3),
    ]);
  }
  return filled([above, ...carrierRows(seen, Columns, 1)], Rows - 1, [
    problems.slice(0, 3),
    [latest],
    carrierProse(seen, Columns - 1, 2),
  ]);
}

function versionLines({ Model, Outlook }: Seen, columns: number): readonly Line[] {
  return Outlook ? versionLine(Model.Style, Outlook.Line, columns - 1) : [[], []];
}

function problemsOf({ Model, Outlook }: Seen, columns: number): Line[] {
  return problemLines(Model.Style, Outlook?.Problems ?? [], columns);
}

function carrierRows({ Model, Screen }: Seen, columns: number, indent: number): Line[] {
  const state = {
    Chosen: carrierAt(Model, Screen),
    ...(Screen.Focus === "carrier" && { Focus: Screen.Row }),
  };
  return carrierLines(Model, carriers(Model, Screen), state, columns, indent);
}

function carrierProse({ Model, Screen, Outlook }: Seen, columns: number, indent: number): Line[] {
  if (!Outlook) return [];
  const off = Screen.Focus === "carrier" ? carriers(Model, Screen)[Screen.Row]?.Off : undefined;
  const words = off === undefined ? carriedBy(Model, Screen, Outlook) : [`Not now: ${off}.`];
  return prose(Model.Style, words.join(" "), columns, indent);
}

/** Header and at most `room` entries; a sentence where there are none. */
function listLines(
  { Model, Screen }: Seen,
  columns: number,
  room: number,
  header = true,
): Line[] {
  const { Style } = Model;
  const entries = entriesOf(Model);
  if (entries.length === 0) {
    const words = Model.Lost
      ? "The facts could not be read: w shows why."
      : Model.Facts
      ? "go.mod retracts nothing, so there is nothing to take back."
      : "· reading go.mod";
    return [line(Style, "  " + words)];
  }
  const focused = Screen.Focus === "entries";
  const at = focused
    ? Math.min(Screen.Row, entries.length - 1)
    : Math.max(0, entries.findIndex((e) => e.Name === Screen.On));
  const from = windowFrom(at, entries.length, room);
  const shown = entries.slice(from, from + room);
  const wide = Math.min(
    Math.floor(columns / 3),
    Math.max(14, ...entries.map((e) => e.Name.length)),
  );
  const rows = shown.map((entry, i): Line => {
    const here = from + i === at;
    const left: Line = [
      { Text: "  " },
      here ? own(Style, focused ? "›" : "·", focused ? "focus" : "quiet") : { Text: " " },
      own(Style, ` ${box(entry, Screen)} `),
      own(Style, entry.Name.padEnd(wide), here && focused ? "focus" : undefined),
      { Text: "  " },
      foreign(Style, entry.Reason, entry.Off === undefined ? undefined : "quiet"),
    ];
    const words = entry.Off !== undefined
      ? "not in go.mod here"
      : columns < 50
      ? ""
      : versionWords(entry);
    return leftRight(Style, left, [own(Style, words, "quiet")], columns - 1);
  });
  if (!header) return rows;
  const titles = `  ${"Retracted in go.mod".padEnd(Math.max(21, wide + 8))}Why`;
  const place = placeOf(Style, from, shown.length, entries.length);
  return [
    leftRight(
      Style,
      [own(Style, titles, "weight")],
      [own(Style, place === "" && columns >= 50 ? "takes in" : place, "quiet")],
      columns - 1,
    ),
    ...rows,
  ];
}
