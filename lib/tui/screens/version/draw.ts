/** How the choice of a version is drawn and told. */
import { consequences } from "../../../advice/consequences.ts";
import { cut, foreign, type Line, line, mark, rule, width } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { fieldLine } from "../../widgets/field.ts";
import { windowFrom } from "../../widgets/list.ts";
import { lineWith, waiting } from "../change/draw.ts";
import { sinceShort } from "../change/log.ts";
import { type VersionScreen, wayOf } from "../version.ts";
import { type Advised, advisedOf } from "./advice.ts";
import {
  adviceTitle,
  contradiction,
  evidenceLines,
  evidenceTexts,
  notCheckedLines,
} from "./evidence.ts";
import { choiceRow } from "./row.ts";
import { say, sayMarked } from "./say.ts";
import { type WayRow, wayRows } from "./rows.ts";

/** The screen: the ways to a version, what the highlighted one means, the evidence, what is missing. */
export function draw(model: Model, screen: VersionScreen, room: Room): Drawing {
  const { Style } = model;
  const advised = advisedOf(model);
  const rows = wayRows(advised, screen.Other.Text, waiting(model));
  const chosen = rows.find((row) => row.Way === wayOf(screen)) ?? rows[0]!;
  const { Columns: columns, Kind } = room;
  const small = Kind === "small";
  const inEvidence = screen.Way !== undefined;
  const list = rows.map((row) => rowLine(model, screen, row, rows, chosen === row, columns, small));
  const head: Line[] = small ? [] : [
    ...(Kind === "normal" ? [] : [[]]),
    ...lineWith(model, advised, onLine(chosen), columns),
    [],
  ];
  const meaning = meaningLines(model, advised, screen, chosen, columns - 2, 2);
  const between = room.Side > 0 ? [[]] : [[], ...padded(meaning, 3)];
  const above = small
    ? smallList(list, rows.indexOf(chosen), inEvidence)
    : [...head, ...list, ...between];
  const left = room.Rows - above.length;
  return {
    Title: "release › version",
    ...(advised && !small && { State: line(Style, sinceShort(advised.Module)) }),
    Main: [
      ...above,
      ...(small && !inEvidence
        ? smallPane(model, advised, screen, meaning, chosen, columns, left)
        : evidencePane(model, advised, screen, columns, left)),
    ],
    Side: [
      rule(
        Style,
        room.Side - 2,
        chosen.Version === "" ? chosen.Label : `${chosen.Version} for users`,
      ),
      [],
      ...meaningLines(model, advised, screen, chosen, room.Side - 2, 0),
    ],
  };
}

/** The rows around the highlighted one, so that there is room for what it means. */
function smallList(list: readonly Line[], at: number, alone: boolean): Line[] {
  if (alone) return [list[at]!];
  const from = Math.max(0, windowFrom(at, list.length, 5));
  return list.slice(from, from + 5);
}

/** A version that only another path can have does not go onto this module's line. */
function onLine({ Version, NewModule }: WayRow): string {
  return NewModule === undefined ? Version : "";
}

function rowLine(
  model: Model,
  screen: VersionScreen,
  row: WayRow,
  rows: readonly WayRow[],
  chosen: boolean,
  columns: number,
  small: boolean,
): Line {
  const { Style } = model;
  const widths = { Label: 6, Version: Math.max(7, ...rows.map((r) => r.Version.length)) };
  const focus = screen.Way === undefined;
  if (row.Way === "other") {
    const head: Line = [
      ...choiceRow(
        Style,
        { Label: row.Label, Version: "", Tail: [], Chosen: chosen, Focus: focus },
        { Label: widths.Label, Version: 0 },
        columns,
      ).slice(0, -2),
    ];
    const field = fieldLine(Style, screen.Other, columns - width(head) - 1, {
      focus: chosen && focus,
      hint: "type a version",
    });
    return [...head, ...field.slice(1)];
  }
  return choiceRow(
    Style,
    {
      Label: row.Label,
      Version: row.Version === "" ? "·" : row.Version,
      Tail: tail(model, row, small),
      Chosen: chosen,
      Focus: focus,
    },
    widths,
    columns,
  );
}

function tail({ Style }: Model, { Off, Advised, Says }: WayRow, small: boolean): Line {
  if (Off !== undefined) return line(Style, mark(Style, "✗"), " ", foreign(Style, Off));
  if (Advised) return line(Style, mark(Style, "●"), small ? "" : " advised");
  return Says === "" ? [] : [foreign(Style, Says)];
}

/** What the highlighted version means to users: what speaks against it first. */
function meaningLines(
  { Style }: Model,
  advised: Advised | undefined,
  screen: VersionScreen,
  row: WayRow,
  columns: number,
  indent: number,
): Line[] {
  if (!advised) return [];
  const against = contradiction(advised, saidBy(screen, row), `A ${row.Label} means`);
  const other = row.Way === "other";
  const marked = (symbol: "✗" | "!", text: string) =>
    sayMarked(Style, symbol, text, columns, indent);
  return [
    ...(row.Off === undefined ? [] : marked("✗", `Not now: ${row.Off}.`)),
    ...(other && row.Says !== "" ? marked(row.Version === "" ? "✗" : "!", row.Says) : []),
    ...(against === null ? [] : marked("!", against)),
    ...meant(advised, row).flatMap((text) => say(Style, text, columns, indent)),
  ];
}

/** A patch says "bug fix", a minor "nothing breaks", whatever was answered before. */
function saidBy(screen: VersionScreen, { Way }: WayRow): VersionScreen["Change"] {
  if (Way === "patch") return "fix";
  return Way === "minor" && screen.Change !== "breaking" ? "feature" : undefined;
}

function meant({ Module }: Advised, { Version, NewModule, Way, Says }: WayRow): string[] {
  if (Version !== "") {
    return consequences(Module, { Version, ...(NewModule !== undefined && { NewModule }) });
  }
  if (Way === "other" && Says === "") {
    return ["Any version that Go accepts and nobody has taken: vMAJOR.MINOR.PATCH."];
  }
  return Way === "release"
    ? ["Ends a series of pre-releases with the release they lead to; needs nothing new."]
    : [];
}

/** Exactly `rows` lines, so that nothing below moves. */
function padded(lines: readonly Line[], rows: number): Line[] {
  return Array.from({ length: rows }, (_, i) => lines[i] ?? []);
}

function evidencePane(
  { Style }: Model,
  advised: Advised | undefined,
  screen: VersionScreen,
  columns: number,
  room: number,
): Line[] {
  if (!advised) return [[{ Text: " " }, ...rule(Style, columns - 2, "Why")]];
  const not = notCheckedLines(Style, advised, columns - 2, room > 8 ? 6 : Math.max(1, room - 3));
  const all = evidenceTexts(advised).length;
  const most = Math.max(1, room - 1 - not.length - (room > 8 ? 1 : 0));
  const at = screen.Way === undefined ? 0 : Math.max(0, Math.min(screen.Row, all - most));
  const seen = all > most ? ` · ${at + 1}–${Math.min(all, at + most)} of ${all}` : "";
  const name = screen.Way === undefined ? adviceTitle(advised) : `› ${adviceTitle(advised)}`;
  return [
    [{ Text: " " }, ...rule(Style, columns - 2, name + seen)],
    ...evidenceLines(Style, advised, columns - 1, at, most),
    ...(room > 8 ? [[]] : []),
    ...not,
  ];
}

/** 40×12: what speaks against the row, or what it means; then the weightiest evidence, and what is missing. */
function smallPane(
  { Style }: Model,
  advised: Advised | undefined,
  screen: VersionScreen,
  meaning: readonly Line[],
  row: WayRow,
  columns: number,
  room: number,
): Line[] {
  if (!advised) return [];
  if (row.Version === "" || row.Off !== undefined) return meaning.slice(0, room);
  const not = notCheckedLines(Style, advised, columns, 1)
    .map((text) => cut(Style, text, columns - 1));
  // What was said against the evidence names the evidence already.
  const against = contradiction(advised, saidBy(screen, row)) !== null;
  const found = against ? [] : evidenceLines(Style, advised, columns - 1, 0, 1);
  return [...meaning.slice(0, room - not.length - found.length), ...found, ...not];
}

/** What plain questions say before they ask. */
export function tell(model: Model, screen: VersionScreen): string[] {
  const advised = advisedOf(model);
  if (!advised) return [`${waiting(model)}.`];
  const { Advice } = advised;
  const against = contradiction(advised, screen.Change);
  return [
    `${adviceTitle(advised)}:`,
    ...evidenceTexts(advised).map((text) => `  ${text}`),
    ...(against === null ? [] : [`${against}.`]),
    `Not checked: ${Advice.NotChecked.join("; ")}.`,
    ...wayRows(advised, screen.Other.Text, "").filter((row) => row.Version !== "")
      .map((row) => `${row.Label}, ${row.Version}: ${meant(advised, row).join(" ")}`),
    ...(wayOf(screen) === "other" && screen.Other.Text !== ""
      ? [wayRows(advised, screen.Other.Text, "").at(-1)!.Says]
      : []),
  ];
}
