/** How the five steps look: what was decided above, the question of the step below it. */
import { count } from "../../../text.ts";
import { cut, foreign, type Line, line, mark, own, pad, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Drawing, Room } from "../../screen.ts";
import { dots } from "../../widgets/bar.ts";
import { choices } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import type { GuidedScreen } from "../guided.ts";
import { type Ground, groundOf } from "./ground.ts";
import { kindNames } from "./kinds.ts";
import { drawLook } from "./look.ts";
import { retractLine } from "./planned.ts";
import { inShort, rowsOf } from "./rows.ts";
import { type Block, lines, packed, stack } from "./say.ts";
import { badVersions, gets, newLine, type Said } from "./shared.ts";
import { saidOf } from "./steps.ts";

export function draw(model: Model, screen: GuidedScreen, room: Room): Drawing {
  const { Style } = model;
  if (screen.Look) return drawLook(model, screen.Look, room);
  const State = dots(Style, screen.Step, 5);
  const Title = room.Kind === "small" ? "retract" : "patch and retract";
  if (!moduleOf(model)) return { Title, State, Main: nothingYet(model, room) };
  const said = saidOf(model, screen);
  const small = room.Kind === "small";
  const wide = room.Side > 0;
  const above = small ? [] : top(model, screen, room);
  const question: Line = small
    ? [{ Text: " " }, own(Style, said.Ask, "weight")]
    : [{ Text: "  " }, ...rule(Style, room.Columns - 3, said.Ask)];
  const near = wide && screen.Step === 3 ? said.Near.slice(1) : said.Near;
  const left = room.Rows - above.length - 1;
  const below = wide ? near : [...near, ...said.Far];
  const Main = [...above, question, ...body(model, screen, room, below, near.length, left)];
  return {
    Title,
    State,
    Main,
    ...(wide && { Side: beside(model, screen, room, said) }),
  };
}

/** Beside the step: what is good to know, and from the first step on what users will get. */
function beside(model: Model, screen: GuidedScreen, room: Room, said: Said): Line[] {
  const { Style } = model;
  const ground = groundOf(model, screen);
  const titled = (title: string, block: Block): Block => (columns) => {
    const all = block(columns);
    return all.length === 0 ? [] : [rule(Style, columns - 2, title), [], ...all];
  };
  const row = screen.Step === 2 ? rowsOf(model, screen)[screen.Row] : undefined;
  const way = row ? row.Fix && ground.Ways[row.Fix] : ground.Way;
  const table = way && way.Off === undefined ? gets(model, way) : () => [];
  return stack(
    [
      titled(said.Beside ?? "Good to know", (columns) => stack(said.Far, columns, room.Rows)),
      ...(screen.Step === 4 ? [] : [titled("What users get", table)]),
    ],
    room.Side,
    room.Rows,
  );
}

/** The list of the step is always seen; what is said comes before it where it is what is chosen. */
function body(
  model: Model,
  screen: GuidedScreen,
  room: Room,
  blocks: readonly Block[],
  near: number,
  rows: number,
): Line[] {
  const list = listed(model, screen, room, rows);
  const choose = lines(...list);
  const { Columns } = room;
  if (room.Kind === "small") {
    if (screen.Step < 4) return [...list, [], ...packed(blocks, Columns, rows - list.length - 1)];
    return [...packed(blocks.slice(0, near), Columns, rows - list.length), ...list];
  }
  if (screen.Step < 4) return stack([choose, ...blocks], Columns, rows);
  const above = stack(blocks.slice(0, near), Columns, rows - list.length - 1);
  return stack([lines(...above), choose, ...blocks.slice(near)], Columns, rows);
}

/** The rows of the step; a long list of versions leaves room for what belongs to it. */
function listed(model: Model, screen: GuidedScreen, room: Room, left: number): Line[] {
  const rows = rowsOf(model, screen);
  const columns = room.Columns - 1;
  if (screen.Step !== 1 || screen.Focus !== "versions") {
    return choices(model.Style, rows, screen.Row, columns);
  }
  const rest = room.Side > 0 ? 4 : room.Kind === "small" ? 0 : 5;
  return choices(model.Style, rows, screen.Row, columns, { room: Math.max(3, left - rest) });
}

function nothingYet(model: Model, room: Room): Line[] {
  if (!model.Lost) {
    return [[], line(model.Style, "  ", own(model.Style, "·", "quiet"), " reading the module")];
  }
  return [[], ...model.Lost.flatMap((p) => problemBlock(model.Style, p, room.Columns - 2))];
}

/** The version line where there is room for it, and the five steps with what is decided. */
function top(model: Model, screen: GuidedScreen, room: Room): Line[] {
  const ground = groundOf(model, screen);
  const picture = room.Side > 0 ? [[], ...newLine(model, ground)(room.Columns)] : [];
  return [...picture, [], ...header(model, screen, ground, room.Columns), []];
}

const names = ["what is wrong", "the fix", "the version", "the retraction", "plan"];

function header(model: Model, screen: GuidedScreen, ground: Ground, columns: number): Line[] {
  const { Style } = model;
  const values = decided(model, screen, ground, columns);
  return names.map((name, i) => {
    const step = i + 1;
    const symbol = step < screen.Step ? "✓" : step === screen.Step ? "◐" : "·";
    const role = step === screen.Step ? "weight" : undefined;
    return cut(Style, [
      { Text: `   ${step} ` },
      mark(Style, symbol),
      { Text: " " },
      ...pad(Style, [own(Style, name, role)], columns < 60 ? 16 : 18),
      ...values[i]!,
    ], columns - 1);
  });
}

/** What is decided in each step, or proposed as long as nobody said otherwise. */
export function decided(
  model: Model,
  screen: GuidedScreen,
  ground: Ground,
  columns = 80,
): Line[] {
  const { Style } = model;
  const { Way, Marked } = ground;
  if (Marked.length === 0) return names.map(() => []);
  const version = Way.Outlook?.Version ?? "";
  const kind = screen.Kind === undefined ? "" : `, ${kindNames[screen.Kind]}`;
  return [
    line(Style, `${badVersions(ground)}${kind}`),
    line(Style, fixWords(model, screen, ground)),
    line(
      Style,
      columns < 60
        ? `${version}, the next above ${ground.Highest ?? "nothing"}`
        : `${version}, the lowest that can carry the retraction`,
    ),
    screen.Kind === undefined
      ? [foreign(Style, `retract ${badVersions(ground)}`)]
      : retractLine(model, ground),
    line(Style, inShort(model, ground, columns)),
  ];
}

function fixWords(model: Model, screen: GuidedScreen, ground: Ground): string {
  const { Way, Commits, Branch, Highest } = ground;
  const base = moduleOf(model)?.Base?.Version;
  if (ground.Good) {
    return Way.Fix === "later"
      ? `${Highest} is good: nothing else ships`
      : `${Highest} is good: ${Branch} ships too`;
  }
  const commits = Commits === undefined ? "commits" : count(Commits, "commit");
  if (Way.Fix === "here") return `on ${Branch}: ${commits} since ${base}`;
  return screen.Step > 2 || screen.Fix === "later"
    ? `later: ${Way.Outlook?.Version} = ${Highest} again`
    : `not on ${Branch}: no commit since ${base}`;
}
