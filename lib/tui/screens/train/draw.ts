/** How the choice of a train is drawn and told: the words, then every module with what happens to it. */
import { clean, count } from "../../../text.ts";
import { cells } from "../../cells.ts";
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
  rule,
  textOf,
  width,
} from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { choices, placeOf } from "../../widgets/list.ts";
import { because } from "../home/actions.ts";
import type { TrainScreen } from "../train.ts";
import type { Coming } from "./coming.ts";
import { comingBy, nameOf, shortName, stillAsking, trainRows, trainWords } from "./rows.ts";

/** The screen: the words, and the preview of the highlighted one below or beside them. */
export function drawTrain(model: Model, screen: TrainScreen, room: Room): Drawing {
  const { Style } = model;
  const small = room.Kind === "small";
  const rows = trainRows(model, screen);
  const list = choices(Style, rows, screen.Row, room.Columns - 1, { room: small ? 3 : 8 });
  const question: Line[] = small ? [] : [[], line(Style, "  Which word for all of them?"), []];
  const drawn = {
    Title: "train",
    State: line(Style, count(screen.Dirs.length, "module")),
  };
  if (room.Side > 0) {
    const side = room.Side - 2;
    return {
      ...drawn,
      Main: [...question, ...list],
      Side: preview(model, screen, side, room.Rows - 1, false),
    };
  }
  const left = room.Rows - question.length - list.length - (small ? 0 : 1);
  return {
    ...drawn,
    Main: [
      ...question,
      ...list,
      ...(small ? [] : [[]]),
      ...preview(model, screen, room.Columns - 1, left, true),
    ],
  };
}

/** The part of the preview that fits, under its heading. */
function preview(
  model: Model,
  screen: TrainScreen,
  columns: number,
  rows: number,
  inset: boolean,
): Line[] {
  const { Style } = model;
  const lines = previewLines(model, screen, columns);
  const room = Math.max(1, rows - 1);
  const top = Math.max(0, Math.min(screen.Top, lines.length - room));
  const shown = lines.slice(top, top + room);
  const place = placeOf(Style, top, shown.length, lines.length);
  const words = columns < 50 ? "in this order" : "released together, in this order";
  const used = place === "" ? 0 : cells(place) + 3;
  const head: Line = [
    ...(inset ? [{ Text: " " }] : []),
    ...rule(Style, columns - (inset ? 1 : 0) - used, words),
    ...(place === "" ? [] : [own(Style, ` ${place} `), own(Style, "─", "quiet")]),
  ];
  return [head, ...shown];
}

/** Every module of the train, dependencies first, and what changes in it. */
export function previewLines(model: Model, screen: TrainScreen, columns: number): Line[] {
  const { Style } = model;
  const word = trainWords[screen.Row] ?? screen.Word;
  const train = comingBy(model, screen, word);
  if (train.length === 0) return [line(Style, `  ${stillAsking}`)];
  const widest = (of: (c: Coming) => string) =>
    train.reduce((most, c) => Math.max(most, cells(foreign(Style, of(c)).Text)), 0);
  const number = `${train.length}`.length;
  const versions = train.map((c) => versionsOf(c));
  const base = widest(baseOf), next = widest((c) => c.Version ?? "");
  const fixed = 2 + number + 2 + base + 3 + next + 2;
  const name = Math.max(6, Math.min(widest(nameOf), columns - fixed - (columns < 60 ? 0 : 24)));
  return train.flatMap((c, i): Line[] => {
    const head: Line = [
      own(Style, `  ${`${i + 1}`.padStart(number)} `),
      ...pad(Style, [cutMiddle(Style, foreign(Style, nameOf(c)), name)], name),
      { Text: "  " },
      ...pad(Style, [foreign(Style, versions[i]![0])], base),
      own(Style, " → "),
      ...pad(Style, [foreign(Style, versions[i]![1], "weight")], next),
      { Text: "  " },
    ];
    const under = width(head);
    const indent = under + 20 <= columns ? under : 6;
    const says = sayings(c, word === "auto");
    const first = under + 16 <= columns ? says.slice(0, 1) : [];
    const one = (sign: Saying): Line => [
      ...(sign.Off ? [mark(Style, "✗"), { Text: " " }] : []),
      foreign(Style, sign.Text),
    ];
    return [
      cut(Style, [...head, ...first.flatMap(one)], columns),
      ...says.slice(first.length).map((s) =>
        cut(Style, [{ Text: " ".repeat(indent) }, ...one(s)], columns)
      ),
    ];
  }).map((row) => leftRight(Style, row, [], columns));
}

function baseOf({ Sibling: { Module } }: Coming): string {
  return Module.Base?.Version ?? "new";
}

function versionsOf(c: Coming): [string, string] {
  return [baseOf(c), c.Version ?? "?"];
}

interface Saying {
  readonly Text: string;
  readonly Off?: true;
}

/** Why this version, what rises in its go.mod, and what goes out of it. */
function sayings(c: Coming, advised: boolean): Saying[] {
  const { Module, Advice, Nothing } = c.Sibling;
  const why = Nothing === null ? `${c.Advised}: ${because(Advice, Module)}` : `${c.Advised}`;
  const follows = c.Raises.map((r) => ({
    Text: `requires ${shortName(r.Module)} ${r.To}, now ${r.From}`,
  }));
  return [
    ...(c.Off === undefined ? [] : [{ Text: c.Off, Off: true as const }]),
    ...(c.Off !== undefined || Nothing !== null && follows.length > 0
      ? []
      : [{ Text: advised ? why : `advised: ${why}` }]),
    ...(c.NewModule === undefined ? [] : [{ Text: `becomes ${c.NewModule}` }]),
    ...follows,
    ...c.Drops.map((d) => ({ Text: `drops replace ${shortName(d.Module)} => ${d.By}` })),
  ];
}

/** What plain questions say before they ask: the advised train, and every module of it. */
export function tellTrain(model: Model, screen: TrainScreen): string[] {
  const lines = previewLines(model, { ...screen, Top: 0 }, 78).map((l) => textOf(l).trimEnd());
  const of = trainWords[screen.Row] ?? screen.Word;
  return [
    `${count(screen.Dirs.length, "module")} in one release: one commit, all tags, one push.`,
    `In this order, by ${of === "auto" ? "the advice" : of}:`,
    ...lines.map(cleanRow),
  ];
}

function cleanRow(row: string): string {
  return /^ */.exec(row)![0] + clean(row);
}
