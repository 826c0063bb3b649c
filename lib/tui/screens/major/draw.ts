/** The rewrite, in every size of window: how it is made, the files, and what becomes of their lines. */
import { count } from "../../../text.ts";
import {
  cut,
  cutMiddle,
  foreign,
  leftRight,
  type Line,
  line,
  mark,
  own,
  pad,
  prose,
  rule,
  type Span,
  width,
} from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { spinner } from "../../widgets/bar.ts";
import { fieldLine } from "../../widgets/field.ts";
import { placeOf, windowFrom } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import type { MajorScreen } from "../major.ts";
import { decidedOf, type Item, itemsOf, tallyOf } from "./found.ts";
import { type Ahead, aheadOf, chosenOf, type HowRow, hows } from "./how.ts";
import { pane } from "./pane.ts";
import { boxOf, countOf, listOf, listRow } from "./rows.ts";

/** Cells of the list where it has the lines beside it in one pane. */
const listCells = 36;

/** The screen. */
export function drawMajor(model: Model, screen: MajorScreen, room: Room): Drawing {
  const { Style } = model;
  const ahead = aheadOf(model);
  const Title = "new major › rewrite";
  if (!ahead) {
    return { Title, Main: [[], ...prose(Style, "The repository is being read.", room.Columns, 2)] };
  }
  const State = line(Style, `${ahead.Module.Base?.Version ?? ahead.Before} → ${ahead.Version}`);
  if (room.Kind === "small") return { Title, State, Main: small(model, screen, ahead, room) };
  const { Columns, Rows, Side } = room;
  const head: Line[] = [
    ...(Side > 0 ? [[]] : []),
    pathLine(model, ahead, Columns),
    ...howLines(model, screen, Columns),
    [],
    totalsLine(model, screen, Columns),
  ];
  const left = Rows - head.length;
  const none = waitingLines(model, screen, Columns);
  if (Side === 0 && none.length > 0) return { Title, State, Main: [...head, [], ...none] };
  if (Side > 0) {
    const Main = [...head, ...listPane(model, screen, Columns, left)];
    return { Title, State, Main, Side: [[], ...pane(model, screen, ahead, Side - 2, Rows - 1)] };
  }
  const list = listPane(model, screen, listCells, left);
  const beside = pane(model, screen, ahead, Columns - listCells - 3, left);
  const bar = own(Style, "│ ", "quiet");
  const both = Array.from({ length: left }, (_, i): Line => [
    ...pad(Style, list[i] ?? [], listCells),
    bar,
    ...(beside[i] ?? []),
  ]);
  return { Title, State, Main: [...head, ...both] };
}

/** 40×12: one list; the lines take its place while they have the focus. */
function small(model: Model, screen: MajorScreen, ahead: Ahead, room: Room): Line[] {
  const { Columns, Rows } = room;
  if (screen.List !== undefined) {
    return pane(model, screen, ahead, Columns - 2, Rows).map((row) => [{ Text: " " }, ...row]);
  }
  if (screen.Naming) {
    return [
      ...prose(model.Style, `A branch for ${ahead.Before}; empty for none:`, Columns - 1, 2),
      fieldLine(model.Style, screen.Naming, Columns - 1, { focus: true }),
    ];
  }
  const { Hows, Items } = listOf(model, screen);
  const all = hows.length + Items.length;
  const shown = Rows - 1;
  const from = Math.max(0, windowFrom(screen.Row, all, shown));
  const rows = Array.from({ length: Math.min(shown, all - from) }, (_, i) => from + i);
  return [
    totalsLine(model, screen, Columns),
    ...rows.map((row) =>
      row < hows.length
        ? Hows[row] ? howLine(model, Hows[row], row === screen.Row, true, Columns) : []
        : itemLine(model, screen, Items[row - hows.length]!, row === screen.Row, true, Columns)
    ),
    ...waitingLines(model, screen, Columns),
  ].slice(0, Rows);
}

function pathLine({ Style }: Model, { Module, NewModule }: Ahead, columns: number): Line {
  const arrow = own(Style, "  →  ");
  const new_ = foreign(Style, NewModule, "weight");
  const old = foreign(Style, Module.Path);
  const room = columns - 3 - width([arrow]);
  const shortNew = cutMiddle(Style, new_, Math.max(16, room - width([old])));
  return cut(
    Style,
    [{ Text: "  " }, cutMiddle(Style, old, Math.max(8, room - width([shortNew]))), arrow, shortNew],
    columns - 1,
  );
}

function howLines(model: Model, screen: MajorScreen, columns: number): Line[] {
  const { Hows } = listOf(model, screen);
  const focus = screen.List === undefined;
  return hows.map((how, i): Line => {
    const row = Hows[i];
    if (!row) return [];
    if (how === "keep" && screen.Naming) {
      return fieldLine(model.Style, screen.Naming, columns - 1, {
        focus: true,
        label: `${row.Label}: `,
      });
    }
    return howLine(model, row, listRow(screen) === i, focus, columns);
  });
}

function howLine(
  { Style }: Model,
  { How, Label, Detail, On, Off }: HowRow,
  here: boolean,
  focus: boolean,
  columns: number,
): Line {
  const box = How === "keep" ? On ? "[x]" : "[ ]" : On ? "(x)" : "( )";
  const role = Off !== undefined ? "quiet" : here && focus ? "focus" : undefined;
  const head: Line = [
    { Text: "  " },
    marker(Style, here, focus),
    own(Style, `${box} `),
    ...pad(Style, [foreign(Style, Label, role)], columns < 50 ? width([own(Style, Label)]) : 22),
    { Text: "  " },
  ];
  const tail: Line = Off === undefined
    ? [foreign(Style, Detail, "quiet")]
    : [mark(Style, "✗"), { Text: " " }, foreign(Style, Off)];
  return cut(Style, [...head, ...tail], columns - 1);
}

function marker(style: Model["Style"], here: boolean, focus: boolean): Span {
  if (!here) return { Text: "  " };
  return own(style, focus ? "› " : "· ", focus ? "focus" : "quiet");
}

/** How much changes, and how much needs a look. */
function totalsLine(model: Model, screen: MajorScreen, columns: number): Line {
  const { Style } = model;
  const { Found, Asked } = screen;
  if (!Found || Asked) {
    const since = Asked?.Since ?? model.Now;
    return [
      { Text: "  " },
      spinner(model, since),
      own(Style, " looking for the old path in every file"),
    ];
  }
  if (Found.Problems.length > 0) return [own(Style, "  It cannot be made so", "weight")];
  const { Files, Rewritten, Left, Marked } = decidedOf(Found, chosenOf(model));
  const narrow = columns < 70;
  const words = narrow
    ? `${count(Files, "file")} · ${Rewritten} rewritten, ${Left} left`
    : `${count(Files, "file")} ${Files === 1 ? "changes" : "change"} · ${
      count(Rewritten, "mention")
    } rewritten · ${Left} left`;
  const look: Line = Marked === 0
    ? []
    : [mark(Style, "!"), own(Style, narrow ? ` ${Marked}` : ` ${Marked} to look at`)];
  return leftRight(Style, [own(Style, `  ${words}`, "weight")], look, columns - 1);
}

/** Why there is nothing in the list. */
function waitingLines(model: Model, { Found, Asked }: MajorScreen, columns: number): Line[] {
  if (!Found || Asked) return [];
  if (Found.Problems.length > 0) {
    return Found.Problems.flatMap((p) => problemBlock(model.Style, p, columns - 2));
  }
  return itemsOf(Found, "file").length > 0
    ? []
    : prose(model.Style, "Nothing mentions the old path.", columns - 1, 2);
}

function listPane(model: Model, screen: MajorScreen, columns: number, rows: number): Line[] {
  const { Style } = model;
  const { Items } = listOf(model, screen);
  const row = listRow(screen);
  const shown = rows - 1;
  const from = Math.max(0, windowFrom(row - hows.length, Items.length, shown));
  const slice = Items.slice(from, from + shown);
  const place = placeOf(Style, from, slice.length, Items.length);
  const name = screen.By === "file" ? "files" : "kinds";
  const heading: Line = [
    { Text: " " },
    ...rule(Style, columns - 2, place === "" ? name : `${name} ${place}`),
  ];
  return [
    heading,
    ...(Items.length === 0 ? waitingLines(model, screen, columns) : slice.map((item, i) =>
      itemLine(
        model,
        screen,
        item,
        from + i + hows.length === row,
        screen.List === undefined,
        columns,
      )
    )),
  ];
}

function itemLine(
  model: Model,
  screen: MajorScreen,
  item: Item,
  here: boolean,
  focus: boolean,
  columns: number,
): Line {
  const { Style } = model;
  const tally = tallyOf(item, decidedOf(screen.Found!, chosenOf(model)));
  const head: Span[] = [
    { Text: "  " },
    marker(Style, here, focus),
    own(Style, `${boxOf(tally)} `),
    item.Marked ? own(Style, "!", "attention") : { Text: " " },
    { Text: " " },
  ];
  const number = own(Style, countOf(tally), "quiet");
  const room = columns - 2 - width([...head, number]);
  const name = foreign(Style, item.Name, here && focus ? "focus" : undefined);
  return leftRight(Style, [...head, cutMiddle(Style, name, room - 1)], [number], columns - 1);
}
