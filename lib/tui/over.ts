/** What lies over a screen: all its keys, all warnings, or the whole command. */
import { commandLine } from "./command.ts";
import { actions, everywhere, keys } from "./keys.ts";
import { cells, fit } from "./cells.ts";
import { type Line, line, own, pad, prose } from "./line.ts";
import type { Model } from "./model.ts";
import type { Drawing, Room } from "./screen.ts";
import { behaviourOf } from "./screens.ts";
import { top } from "./turn.ts";
import { offered } from "./update.ts";
import { warningsOf } from "./screens/home/seen.ts";
import { problemBlocks } from "./widgets/problems.ts";

/** All lines of what lies over the screen, `columns` cells wide. */
export function overLines(model: Model, columns: number): Line[] {
  switch (model.Over?.Name) {
    case "help":
      return helpLines(model, columns);
    case "command":
      return commandLines(model, columns);
    default:
      return warningLines(model, columns);
  }
}

/** The same, scrolled to where it is. */
export function overDrawing(model: Model, room: Room): Drawing {
  const lines = overLines(model, room.Columns - 1);
  const at = Math.min(model.Over!.Top, Math.max(0, lines.length - room.Rows));
  const to = Math.min(lines.length, at + room.Rows);
  const State = lines.length > room.Rows
    ? line(model.Style, `${at + 1}–${to} of ${lines.length}`)
    : [];
  return { Title: model.Over!.Name, State, Main: lines.slice(at), Whole: true };
}

function helpLines(model: Model, columns: number): Line[] {
  const { Style } = model;
  const offers = new Map(offered(model).map((o) => [o.Action, o]));
  const shown = actions.filter((a) => offers.has(a) || everywhere.includes(a));
  return [
    [],
    ...shown.flatMap((action): Line[] => {
      const { shown: key, help } = keys[action];
      const label = offers.get(action)?.Label;
      const own_ = label !== undefined && label !== "follow" && label !== keys[action].label;
      const [first = [], ...more] = prose(
        Style,
        own_ ? `${help}; here: ${label}` : help,
        columns - 11,
      );
      const head = [{ Text: "  " }, ...pad(Style, [own(Style, key, "focus")], 9)];
      return [[...head, ...first], ...more.map((row) => [{ Text: " ".repeat(11) }, ...row])];
    }),
    ...signLines(model, columns),
    [],
    ...prose(
      Style,
      "The bottom row shows what works now, the row above it the command that does the same. " +
        "Text keys: ^A ^E ^U ^K ^W as in a shell.",
      columns,
      2,
    ),
  ];
}

/** What the signs of the screen mean. */
function signLines(model: Model, columns: number): Line[] {
  const { Style } = model;
  const screen = top(model);
  const signs = behaviourOf(screen).signs?.(model, screen) ?? [];
  if (signs.length === 0) return [];
  return [
    [],
    ...signs.flatMap(([sign, words]): Line[] => {
      const [first = [], ...more] = prose(Style, words, columns - 11);
      const head = [{ Text: "  " }, ...pad(Style, [own(Style, sign, "weight")], 9)];
      return [[...head, ...first], ...more.map((row) => [{ Text: " ".repeat(11) }, ...row])];
    }),
  ];
}

function commandLines(model: Model, columns: number): Line[] {
  const { Style } = model;
  return [
    [],
    ...prose(Style, "This command does the same, without the screens:", columns, 2),
    [],
    ...chunks(commandLine(model), columns - 4).map((row): Line => [own(Style, "  " + row)]),
    [],
    ...prose(Style, "y gives it to the terminal to copy.", columns, 2),
  ];
}

function chunks(text: string, columns: number): string[] {
  const rows: string[] = [];
  for (let rest = text; rest !== "";) {
    const row = fit(rest, Math.max(2, columns));
    rows.push(row);
    rest = cells(row) === 0 ? "" : rest.slice(row.length);
  }
  return rows;
}

function warningLines(model: Model, columns: number): Line[] {
  const planned = model.Planning?.State === "planned" ? model.Planning.Plan.Problems : [];
  const refused = model.Planning?.State === "refused" ? model.Planning.Problems : [];
  const all = [...refused, ...planned, ...warningsOf(model)];
  if (all.length === 0) return [[], ...prose(model.Style, "There are no warnings.", columns, 2)];
  return [[], ...problemBlocks(model.Style, all, columns - 2)];
}
