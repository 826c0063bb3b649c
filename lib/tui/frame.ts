/** The whole screen as lines: title, panes, command and keys (look.md, Grid). Pure. */
import { clean } from "../text.ts";
import { glyphs } from "../cli/style.ts";
import { foreignText } from "./cells.ts";
import { commandLine } from "./command.ts";
import { keys, type Offer } from "./keys.ts";
import {
  cut,
  cutMiddle,
  foreign,
  leftRight,
  type Line,
  line,
  own,
  pad,
  type Span,
  width,
} from "./line.ts";
import type { Model, ScreenName } from "./model.ts";
import { moduleOf } from "./module.ts";
import { overDrawing } from "./over.ts";
import { nameOfRun, reach } from "./parting.ts";
import { modulesMeant } from "./releases.ts";
import { panes, roomOf, smallest, undivided } from "./room.ts";
import type { Drawing, Room } from "./screen.ts";
import { behaviourOf } from "./screens.ts";
import { top } from "./turn.ts";
import { focused, offered, overlay } from "./update.ts";
import { versionsPane } from "./widgets/versions.ts";

/** Exactly as many lines as the window has rows, none wider than the window. */
export function frame(model: Model): Line[] {
  const { Columns, Rows } = model.Size;
  const { Style } = model;
  if (Columns < smallest.Columns || Rows < smallest.Rows) return tooSmall(model);
  const screen = top(model);
  const room = roomOf(model.Size, screen.Name);
  const over = model.Over ? overDrawing(model, undivided(room, model.Size)) : null;
  const drawing = over ?? behaviourOf(screen).draw(model, screen, room);
  const divided = !drawing.Whole && room.Side > 0;
  const small = room.Kind === "small";
  const body = divided ? sideBySide(model, drawing, room) : rowsOf(drawing.Main, room.Rows);
  const joints = divided ? jointsOf(room) : [];
  const out: Line[] = [
    titleRow(model, drawing),
    ...(small ? [] : [jointed(Style, Columns, joints, "┬")]),
    ...body,
  ];
  if (small && model.Note !== undefined) out[out.length - 1] = noteRow(model);
  out.push(jointed(Style, Columns, joints, "┴"));
  if (!small) out.push(model.Note === undefined ? commandRow(model) : noteRow(model));
  out.push(keysRow(model));
  return out.map((row) => cut(Style, row.map((span) => safe(Style, span)), Columns));
}

/** What no span of a screen may hold: whatever was forgotten on the way is cleaned here. */
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029\u{10000}-\u{10ffff}]/u;

function safe(style: Model["Style"], span: Span): Span {
  if (!unsafe.test(span.Text)) return span;
  // Spaces at both ends are the layout's.
  const [, before = "", text = "", after = ""] = /^( *)(.*?)( *)$/s.exec(span.Text) ?? [];
  return { ...span, Text: before + foreignText(text, style.ascii) + after };
}

function tooSmall({ Style, Size: { Columns, Rows } }: Model): Line[] {
  const words = own(Style, `gorel needs a window of 40×12; this one is ${Columns}×${Rows}`);
  return rowsOf([cut(Style, [words], Columns)], Math.max(1, Rows));
}

/** Exactly `rows` lines: what is missing is empty, what is too much is left out. */
function rowsOf(lines: readonly Line[], rows: number): Line[] {
  return Array.from({ length: rows }, (_, i) => lines[i] ?? []);
}

function jointsOf(room: Room): number[] {
  return room.Kind === "huge" ? [panes.left, panes.left + 1 + panes.middle] : [room.Columns];
}

function jointed(style: Model["Style"], columns: number, joints: number[], joint: string): Line {
  const dashes = [..."─".repeat(columns)].map((c, i) => joints.includes(i) ? joint : c).join("");
  return [own(style, dashes, "quiet")];
}

function sideBySide(model: Model, drawing: Drawing, room: Room): Line[] {
  const { Style } = model;
  const bar: Span = own(Style, "│", "quiet");
  const main = rowsOf(drawing.Main, room.Rows);
  const side = rowsOf(drawing.Side ?? [], room.Rows);
  const far = room.Kind === "huge"
    ? rowsOf(versionsPane(model, { ...room, Columns: panes.left, Side: 0 }), room.Rows)
    : null;
  return main.map((row, i) => [
    ...(far ? [...pad(Style, far[i]!, panes.left), bar] : []),
    ...pad(Style, row, room.Columns),
    bar,
    ...cut(Style, [{ Text: " " }, ...side[i]!], room.Side),
  ]);
}

function titleRow(model: Model, drawing: Drawing): Line {
  const { Style, Size: { Columns } } = model;
  const named = ofTrain.has(top(model).Name) ? repositoryPath(model) : moduleOf(model)?.Path;
  const state = drawing.State ?? [];
  const where = drawing.Title === "" ? "" : ` › ${drawing.Title}`;
  const box = model.Sandbox ? " · sandbox, nothing leaves this machine" : "";
  const tail = line(Style, where, own(Style, box, "attention"));
  const path = named !== undefined
    ? foreign(Style, named, "weight")
    : own(Style, "gorel", "weight");
  const room = Columns - 2 - width(state) - 2;
  const short = line(Style, where, own(Style, model.Sandbox ? " · sandbox" : "", "attention"));
  const shown = [tail, short].find((words) => width(words) + 12 <= room) ?? line(Style, where);
  return leftRight(
    Style,
    [{ Text: " " }, cutMiddle(Style, path, Math.max(8, room - width(shown))), ...shown],
    [...state, { Text: " " }],
    Columns,
  );
}

/** Screens that a train has too. */
const ofTrain: ReadonlySet<ScreenName> = new Set(
  ["train", "preflight", "review", "applying", "proof", "done"] as const,
);

/** What the paths of a train's modules begin with; of one module its path. */
function repositoryPath(model: Model): string | undefined {
  const paths = model.Facts?.Modules.map((m) => m.Path.split("/")) ?? [];
  const train = top(model).Name === "train" || modulesMeant(model) > 1;
  if (!train || paths.length === 0) return runPath(model) ?? moduleOf(model)?.Path;
  const [first = []] = paths;
  const same = first.findIndex((e, i) => paths.some((path) => path[i] !== e));
  const common = same < 0 ? first : first.slice(0, same);
  return common.length > 0 ? common.join("/") : "several modules";
}

/** The path that a run releases or proves: HEAD may have another one, before it or after it. */
function runPath(model: Model): string | undefined {
  return model.Run && nameOfRun(model).Module || undefined;
}

function commandRow(model: Model): Line {
  const { Style, Size: { Columns } } = model;
  return leftRight(
    Style,
    [{ Text: " " }, own(Style, "$ ", "quiet"), foreign(Style, commandLine(model))],
    [own(Style, reach(model), "quiet"), { Text: " " }],
    Columns,
  );
}

function noteRow({ Style, Note = "" }: Model): Line {
  return [{ Text: " " }, own(Style, "! ", "attention"), own(Style, clean(Note))];
}

/** Offers that stand at the right: help and the way out. */
const out = new Set(["help", "back", "quit", "stop"]);

function keysRow(model: Model): Line {
  const { Style, Size: { Columns } } = model;
  const offers = (model.Over ? overlay : offered(model)).filter((o) => !o.Quiet);
  const typing = focused(model) !== undefined;
  const right: Line = [
    ...(typing ? [] : named(Style, { Action: "help" })),
    ...offers.filter((o) => out.has(o.Action)).flatMap((o) => named(Style, o)),
  ];
  const room = Columns - 1 - width(right);
  const left: Span[] = [{ Text: " " }];
  for (const spans of together(model, offers.filter((o) => !out.has(o.Action)))) {
    if (width([...left, ...spans]) > room) break;
    left.push(...spans);
  }
  return leftRight(Style, left, right, Columns);
}

/** The offers as the footer writes them; up and down are one. */
function together({ Style }: Model, offers: readonly Offer[]): Line[] {
  const both = offers.some((o) => o.Action === "up") && offers.some((o) => o.Action === "down");
  return offers.filter((o) => !(both && o.Action === "down")).map((o) =>
    both && o.Action === "up" ? named(Style, { ...o, Label: "move" }, "↑↓") : named(Style, o)
  );
}

function named(
  style: Model["Style"],
  { Action, Label }: Offer,
  shown = keys[Action].shown,
): Span[] {
  const key = glyphs(style, shown).replace("updown", "up/down");
  return [{ Text: key, Role: "focus" }, own(style, ` ${Label ?? keys[Action].label}  `)];
}
