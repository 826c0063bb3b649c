/** The retract editor in all four kinds of room (look.md, Retract editor). */
import { type Line, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { dots } from "../../widgets/bar.ts";
import { versionLine } from "../../widgets/versionline.ts";
import type { RetractScreen } from "../retract.ts";
import {
  diffBlock,
  filled,
  getsBlock,
  getsOf,
  heading,
  latestLine,
  problemLines,
} from "./blocks.ts";
import { carrierLines } from "./carriers.ts";
import { carrierAt, carriers, fromOf, isAsked, wantedOf } from "./chosen.ts";
import { listLines, reasonLines } from "./list.ts";
import { carrierModule, listed, type Outlook, outlook } from "./parts.ts";
import { carrierWords, nature, troubles } from "./words.ts";

/** What one picture is made of, worked out once. */
interface Seen {
  readonly Model: Model;
  readonly Screen: RetractScreen;
  readonly Outlook: Outlook | undefined;
}

const steps = { versions: 1, reason: 2, carrier: 3 };
const titles = { versions: "versions", reason: "why", carrier: "carried by" };

/** The whole screen; what does not fit is left out in whole blocks, the least important first. */
export function drawRetract(model: Model, screen: RetractScreen, room: Room): Drawing {
  const Outlook = outlook(model, wantedOf(model, screen));
  const seen: Seen = { Model: model, Screen: screen, Outlook };
  const Title = `retract › ${titles[screen.Focus]}`;
  const State = dots(model.Style, steps[screen.Focus], isAsked(model, screen) ? 4 : 3);
  if (room.Kind === "small") return { Title, State, Main: small(seen, room) };
  if (room.Side === 0) return { Title, State, Main: column(seen, room) };
  return { Title, State, Main: main(seen, room), Side: side(seen, room) };
}

/** The left of two panes: what is chosen, and what becomes of go.mod. */
function main(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Model, Screen, Outlook } = seen;
  const { Style } = Model;
  const count = Math.max(1, listed(Model).length);
  const list = Math.min(count, Math.max(4, Rows - 17));
  const problems = problemLines(Style, Outlook?.Problems ?? [], Columns);
  const head = [
    [],
    ...versionLines(seen, Columns),
    [],
    ...listLines(Model, Screen, Columns, list),
    [],
    ...reasonLines(Model, Screen, Columns),
    ...problems,
    ...(problems.length > 0 ? [[]] : []),
  ];
  const left = Math.max(3, Rows - head.length - 1);
  return [...head, ...diffBlock(Style, Outlook?.Diff ?? [], Columns, left)];
}

/** The right of two panes: what users get, what carries it, what it does not do. */
function side(seen: Seen, { Rows, Side }: Room): Line[] {
  const { Style } = seen.Model;
  const columns = Side - 2;
  const table = getsLines(seen, columns);
  const gets = [[], rule(Style, columns, "What users get"), [], ...table];
  while (gets.length < 9) gets.push([]);
  const carried = [
    rule(Style, columns, "Carried by"),
    ...carrierRows(seen, columns, 0),
    ...carrierProse(seen, columns, 0),
    [],
  ];
  const natural = [...nature.flatMap((text) => prose(Style, text, columns))];
  const about = [[], rule(Style, columns, "Good to know"), ...troubleLines(seen, columns, 0)];
  return seen.Screen.Focus === "reason"
    ? filled([...gets, ...about, []], Rows, [carried, natural])
    : filled([...gets, [], ...carried], Rows, [natural, about]);
}

/** One column: the list, the field, and below them what belongs to what has the focus. */
function column(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Model, Screen, Outlook } = seen;
  const { Style } = Model;
  const count = Math.max(1, listed(Model).length);
  const more = Math.max(0, Rows - 19);
  const list = Math.min(count, (Screen.Focus === "carrier" ? 3 : 5) + more);
  const problems = problemLines(Style, Outlook?.Problems ?? [], Columns);
  const head = [
    [],
    ...versionLines(seen, Columns),
    ...listLines(Model, Screen, Columns, list),
    ...reasonLines(Model, Screen, Columns),
  ];
  const left = Rows - head.length - problems.length;
  const natural = nature.flatMap((text) => prose(Style, text, Columns - 1, 2));
  const diff = Outlook?.Diff ?? [];
  switch (Screen.Focus) {
    case "versions":
      return filled([...head, ...problems], Rows, [
        ...(diff.length > 0 ? [getsBlock(Style, Outlook?.Gets ?? [], Columns - 1, left)] : []),
        natural,
        diffBlock(Style, diff, Columns - 1, 3),
      ]);
    case "reason":
      return filled(
        [...head, ...problems],
        Rows,
        Screen.Reason.Text === ""
          ? [[heading(Style, "Good to know", Columns - 1), ...troubleLines(seen, Columns - 1, 2)]]
          : [diffBlock(Style, diff, Columns - 1, Math.max(3, left - 1))],
      );
    case "carrier": {
      const carried = [
        heading(Style, "Carried by", Columns - 1),
        ...carrierRows(seen, Columns, 2),
        ...carrierProse(seen, Columns - 1, 2),
      ];
      const room = left - carried.length;
      return filled([...head, ...carried, ...problems], Rows, [
        room > 2
          ? getsBlock(Style, Outlook?.Gets ?? [], Columns - 1, room)
          : [heading(Style, "What users get", Columns - 1), latestLine(Style, Outlook?.Gets[0])],
      ]);
    }
  }
}

/** Forty columns: only what has the focus. The last row is left for notes. */
function small(seen: Seen, { Rows, Columns }: Room): Line[] {
  const { Model: { Style }, Model, Screen, Outlook } = seen;
  const [above = []] = versionLines(seen, Columns);
  const problems = problemLines(Style, Outlook?.Problems ?? [], Columns);
  switch (Screen.Focus) {
    case "versions":
      return [
        above,
        ...listLines(Model, Screen, Columns, Rows - 3, false),
        problems[0] ?? latestLine(Style, Outlook?.Gets[0]),
      ];
    case "reason": {
      const diff = diffBlock(Style, Outlook?.Diff ?? [], Columns, 3);
      return filled([above, ...reasonLines(Model, Screen, Columns)], Rows - 1, [problems, diff]);
    }
    case "carrier":
      return filled([above, ...carrierRows(seen, Columns, 1)], Rows - 1, [
        problems,
        [latestLine(Style, Outlook?.Gets[0])],
        ...carrierSentences(seen).map((text) => prose(Style, text, Columns - 1, 2)),
      ]);
  }
}

function versionLines({ Model, Outlook }: Seen, columns: number): readonly Line[] {
  return Outlook ? versionLine(Model.Style, Outlook.Line, columns - 1) : [[], []];
}

function getsLines({ Model, Outlook }: Seen, columns: number): Line[] {
  return getsOf(Model.Style, Outlook?.Gets, columns);
}

function carrierRows({ Model, Screen }: Seen, columns: number, indent: number): Line[] {
  return carrierLines(
    Model,
    carriers(Model, Screen),
    {
      Chosen: carrierAt(Model, Screen),
      ...(Screen.Focus === "carrier" && { Focus: Screen.Row }),
    },
    columns,
    indent,
  );
}

function carrierProse(seen: Seen, columns: number, indent: number): Line[] {
  return prose(seen.Model.Style, carrierSentences(seen).join(" "), columns, indent);
}

function carrierSentences({ Model, Screen, Outlook }: Seen): string[] {
  const From = fromOf(Model, Screen);
  const module = carrierModule(Model, From);
  if (!module || !Outlook) return [];
  const off = Screen.Focus === "carrier" ? carriers(Model, Screen)[Screen.Row]?.Off : undefined;
  if (off !== undefined) return [`Not now: ${off}.`];
  const carrier = { Self: Screen.Self, ...(From !== undefined && { From }) };
  return carrierWords(Model, module, Outlook, carrier);
}

function troubleLines({ Model: { Style } }: Seen, columns: number, indent: number): Line[] {
  return Object.values(troubles)
    .flatMap(({ Name, Does }) => prose(Style, `${Name}: ${Does}`, columns, indent));
}
