/** How the checklist is drawn, in every size of window. */
import { glyphs } from "../../../cli/style.ts";
import { count } from "../../../text.ts";
import { cut, foreign, type Line, line, mark, own, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import { modulesMeant } from "../../releases.ts";
import { windowFrom } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import { clock, spinner } from "../../widgets/bar.ts";
import type { Drawing, Room } from "../../screen.ts";
import type { PreflightScreen } from "../preflight.ts";
import { details, headingOf } from "./details.ts";
import {
  counts,
  entriesOf,
  type Entry,
  isEarly,
  type Item,
  itemsOf,
  problemsOf,
  versionOf,
} from "./list.ts";

/** The screen: the checklist, what can be done, and the highlighted row in full. */
export function draw(model: Model, screen: PreflightScreen, room: Room): Drawing {
  const entries = entriesOf(model);
  const at = entries[Math.min(screen.Row, entries.length - 1)];
  const drawn = {
    Title: `${title(model)} › preflight`,
    State: state(model, room),
    Main: room.Kind === "small"
      ? narrow(model, screen, entries, at, room)
      : roomy(model, screen, entries, at, room),
  };
  if (room.Side === 0) return drawn;
  const columns = room.Side - 2;
  const beside = details(model, screen, at, columns, room.Rows - 2, 0);
  return { ...drawn, Side: [rule(model.Style, columns, headingOf(at)), [], ...beside] };
}

/** The list, what can be done, and in one pane the details below. */
function roomy(
  model: Model,
  screen: PreflightScreen,
  entries: readonly Entry[],
  at: Entry | undefined,
  room: Room,
): Line[] {
  const { Columns, Rows } = room;
  const actions = entries.filter((e) => e.Is !== "problem");
  const below = belowRows(model, room, actions.length);
  const top: Line[] = room.Side > 0 ? [[]] : [];
  const rows = Rows - top.length - below - actions.length - 1;
  const under = below === 0 ? [] : [
    [{ Text: " " }, ...rule(model.Style, Columns - 2, headingOf(at))],
    ...details(model, screen, at, Columns - 2, below - 1, 2),
  ];
  return [
    ...top,
    ...(inPlaceOfList(model, at, Columns, rows) ?? checklist(model, at, room, rows)),
    [],
    ...actions.map((entry) => actionRow(model, entry, entry === at, Columns)),
    ...under,
  ];
}

/** 40×12: one list of what can be highlighted, and as much as fits about the highlighted row. */
function narrow(
  model: Model,
  screen: PreflightScreen,
  entries: readonly Entry[],
  at: Entry | undefined,
  room: Room,
): Line[] {
  const { Columns, Rows } = room;
  const instead = inPlaceOfList(model, at, Columns, Rows - 1);
  const actions = entries.filter((e) => e.Is !== "problem");
  const does = actions.map((entry) => actionRow(model, entry, entry === at, Columns));
  if (instead) return [...instead, ...does];
  const items = folded(itemsOf(model));
  const chosen = (item: Item) => at?.Is === "problem" && item.Problem === at.Problem;
  const lines = [
    ...items.map((item) => itemRow(model, item, chosen(item), Columns, "")),
    ...does,
  ];
  const row = at?.Is === "problem" ? items.findIndex(chosen) : at ? entries.indexOf(at) : 0;
  const place = at && at.Is !== "problem" ? items.length + actions.indexOf(at) : Math.max(0, row);
  const from = windowFrom(place, lines.length, shownSmall);
  return [
    ...lines.slice(Math.max(0, from), Math.max(0, from) + shownSmall),
    ...details(model, screen, at, Columns - 1, Rows - Math.min(lines.length, shownSmall), 2),
  ];
}

/** Rows of the list in a small window. */
const shownSmall = 4;

/** What stands where the checks would, when they were not made. */
function inPlaceOfList(
  model: Model,
  at: Entry | undefined,
  columns: number,
  rows: number,
): Line[] | null {
  if (model.Planning?.State === "nothing") return nothing(model, columns - 2).slice(0, rows);
  return isEarly(model) ? blocks(model, at, columns, rows) : null;
}

/**
 * What is under way, with the version once it is known: "release v1.5.0". A retraction is one
 * too: its version is the one that carries it, not the one that is retracted.
 */
export function title(model: Model): string {
  const several = modulesMeant(model);
  if (several > 1) return `release ${several} modules`;
  const version = versionOf(model);
  return version === undefined ? model.Draft.Do : `release ${version}`;
}

/** Rows of the details below the list: as many at any row, so that nothing moves. */
function belowRows(model: Model, room: Room, actions: number): number {
  if (room.Side > 0 || isEarly(model) || model.Planning?.State === "nothing") return 0;
  if (model.Planning?.State === "refused") return 5;
  return actions > 2 ? 3 : 4;
}

function state(model: Model, room: Room): Line {
  const { Style, Planning } = model;
  if (Planning?.State === "asking") {
    const time = clock(Math.max(0, model.Now - Planning.Since));
    return [spinner(model, Planning.Since), own(Style, ` looking ${time}`)];
  }
  if (Planning?.State !== "planned" && Planning?.State !== "refused") return [];
  const { Good, Warn, Stop } = counts(model);
  const gap = room.Kind === "small" ? " " : "  ";
  const parts: Line[] = [
    ...(Good > 0 ? [line(Style, `${Good} `, own(Style, "✓", "good"))] : []),
    ...(Warn > 0 ? [line(Style, `${Warn} `, own(Style, "!", "attention"))] : []),
    ...(Stop > 0 ? [line(Style, `${Stop} `, own(Style, "✗", "bad"))] : []),
  ];
  return parts.flatMap((part, i) => i === 0 ? part : [{ Text: gap }, ...part]);
}

/** Every check with its group: in a heading where there is room, else at the right. */
function checklist(model: Model, at: Entry | undefined, room: Room, rows: number): Line[] {
  const items = itemsOf(model);
  const groups = new Set(items.map((item) => item.Group)).size;
  const chosen = items.findIndex((i) => at?.Is === "problem" && i.Problem === at.Problem);
  if (items.length + 2 * groups <= rows) {
    return items.flatMap((item, i) => {
      const row = itemRow(model, item, i === chosen, room.Columns, "");
      if (items[i - 1]?.Group === item.Group) return [row];
      return [
        ...(i > 0 ? [[]] : []),
        [{ Text: "  " }, own(model.Style, item.Group, "weight")],
        row,
      ];
    });
  }
  // What nobody looked at is said whatever else there is to say.
  const all = sharing(items, items.length - rows, room.Columns - 20);
  const movable = all.length - 1;
  const place = Math.max(0, all.findIndex((item) => item === items[chosen]));
  const from = Math.max(0, windowFrom(place, movable, rows - 1));
  const shown = [...all.slice(0, movable).slice(from, from + rows - 1), all[movable]!];
  return shown.map((item, i) => {
    const first = shown[i - 1]?.Group !== item.Group;
    return itemRow(model, item, item === items[chosen], room.Columns, first ? item.Group : "");
  });
}

/**
 * `over` rows less, as far as that goes: neighbours that were found good share a row, the
 * shortest first, so that nothing that was looked at falls off.
 */
function sharing(items: readonly Item[], over: number, columns: number): readonly Item[] {
  if (over <= 0) return items;
  const isGood = ({ Symbol, Problem }: Item) => Symbol === "✓" && Problem === undefined;
  const joined = items.slice(1).map((item, i) => {
    const above = items[i]!;
    const fits = isGood(above) && isGood(item) && above.Group === item.Group;
    return { At: i, Text: fits ? `${above.Text} · ${item.Text}` : "" };
  }).filter(({ Text }) => Text !== "" && Text.length <= columns)
    .sort((a, b) => a.Text.length - b.Text.length)[0];
  if (!joined) return items;
  const { At, Text } = joined;
  return sharing(items.with(At, { ...items[At]!, Text }).toSpliced(At + 1, 1), over - 1, columns);
}

/** What was found good in one row, where there is no room for each. */
function folded(items: readonly Item[]): Item[] {
  const rest = items.filter((item) => item.Problem !== undefined || item.Symbol !== "✓");
  const good = items.filter((item) => !rest.includes(item));
  const Text = `${count(good.length, "check")} found nothing wrong`;
  const one: Item[] = good.length === 0 ? [] : [{ Group: "Repository", Symbol: "✓", Text }];
  return [...one, ...rest];
}

function itemRow(
  { Style }: Model,
  { Symbol, Text }: Item,
  chosen: boolean,
  columns: number,
  group: string,
): Line {
  const right = group === "" ? 1 : 14;
  const text = foreign(Style, glyphs(Style, Text));
  const row = cut(
    Style,
    [{ Text: "  " }, marker(Style, chosen), mark(Style, Symbol), { Text: " " }, text],
    columns - right,
  );
  if (group === "") return row;
  const space = columns - 1 - group.length - row.reduce((n, s) => n + s.Text.length, 0);
  return [...row, { Text: " ".repeat(Math.max(1, space)) }, own(Style, group, "quiet")];
}

function marker(style: Model["Style"], chosen: boolean) {
  return chosen ? own(style, "› ", "focus") : { Text: "  " };
}

function actionRow({ Style }: Model, entry: Entry, chosen: boolean, columns: number): Line {
  if (entry.Is === "problem") return [];
  const label = own(Style, entry.Label, chosen ? "focus" : undefined);
  const head: Line = [{ Text: "  " }, marker(Style, chosen), label];
  if (!("Text" in entry)) return head;
  const first = entry.Text.split("\n")[0]!;
  const gap = " ".repeat(Math.max(2, 18 - entry.Label.length));
  return cut(Style, [...head, { Text: gap }, foreign(Style, first)], columns - 1);
}

/** A refusal that came before the checks: its blocks in the place of the list. */
function blocks(model: Model, at: Entry | undefined, columns: number, rows: number): Line[] {
  const problems = problemsOf(model);
  const chosen = problems.findIndex((p) => at?.Is === "problem" && p === at.Problem);
  const first = Math.max(0, chosen);
  return problems.slice(first).flatMap((p, i): Line[] => {
    const [head = [], ...more] = problemBlock(model.Style, p, columns - 3);
    const marked: Line = first + i === chosen
      ? [{ Text: "  " }, own(model.Style, "› ", "focus"), ...head.slice(1)]
      : [{ Text: "  " }, ...head];
    return [[], marked, ...more.map((row): Line => [{ Text: "  " }, ...row])];
  }).slice(0, rows);
}

function nothing({ Style, Planning }: Model, columns: number): Line[] {
  const why = Planning?.State === "nothing" ? Planning.Why : "";
  const text = why.charAt(0).toUpperCase() + why.slice(1) + (why.endsWith(".") ? "" : ".");
  return [
    [],
    [{ Text: "  " }, foreign(Style, text, "weight")],
    [],
    ...prose(Style, "There is nothing to release. What else one could do:", columns, 2),
    ...prose(
      Style,
      "esc goes back: name a version, which can release the same content.",
      columns,
      4,
    ),
    ...prose(Style, "Commit the change, then look again here.", columns, 4),
    ...prose(
      Style,
      "gorel retract tells users to avoid a version; gorel verify proves one.",
      columns,
      4,
    ),
  ];
}
