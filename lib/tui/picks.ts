/** What is said on plain lines: rows by their numbers, and the words for a field. */
import { insert } from "./field.ts";
import type { Model, Turn } from "./model.ts";
import { behaviourOf } from "./screens.ts";
import { note, show, top, turn } from "./turn.ts";
import { act, focused, offered, typed } from "./update.ts";

/** Plain mode: the row of a number is highlighted, and marked or acted on. */
export function pick(model: Model, row: number): Turn {
  // While a field is asked for, whatever is said is for the field.
  if (focused(model)) return turn(model);
  const screen = top(model);
  const behaviour = behaviourOf(screen);
  const rows = behaviour.rows(model, screen);
  const chosen = rows[row];
  if (chosen === undefined) return turn(note(model, `There is no ${row + 1} to choose.`));
  if (chosen.Off !== undefined && !chosen.Opens) {
    return turn(note(model, `Not now: ${chosen.Off}.`));
  }
  const at = show(model, { ...screen, Row: row });
  if (behaviour.picks) return behaviour.picks(at, top(at), [row]);
  const can = behaviour.offers(at, top(at)).map((offer) => offer.Action);
  const does = (["mark", "act"] as const).find((action) => can.includes(action));
  return does ? act(at, does) : turn(at);
}

/** Plain mode: the rows of several numbers are marked; a screen that can, goes on with them. */
export function picks(model: Model, rows: readonly number[]): Turn {
  const screen = top(model);
  const behaviour = behaviourOf(screen);
  const all = behaviour.rows(model, screen);
  const missing = rows.find((row) => all[row] === undefined);
  if (missing !== undefined) return turn(note(model, `There is no ${missing + 1} to choose.`));
  if (behaviour.picks) return behaviour.picks(model, screen, rows);
  if (!offered(model).some((offer) => offer.Action === "mark")) {
    return turn(note(model, "Only one can be chosen here."));
  }
  return rows.reduce<Turn>(([next, effects], row) => {
    const [after, more] = pick(next, row);
    return [after, [...effects, ...more]];
  }, turn(model));
}

/** Plain mode: the row of a number is highlighted. */
export function at(model: Model, row: number): Turn {
  const screen = top(model);
  const rows = behaviourOf(screen).rows(model, screen);
  if (rows[row] === undefined) return turn(note(model, `There is no ${row + 1} to choose.`));
  return turn(show(model, { ...screen, Row: row }));
}

/** Plain mode: the whole text of the field, and then what Enter does. */
export function answer(model: Model, text: string): Turn {
  const field = focused(model);
  if (!field) return turn(model);
  const [filled, effects] = typed(model, insert({ Text: "", At: 0 }, text));
  if (!offered(filled).some((o) => o.Action === "act")) return [filled, effects];
  const [next, more] = act(filled, "act");
  return [next, [...effects, ...more]];
}
