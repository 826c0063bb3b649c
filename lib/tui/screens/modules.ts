/** Which module of the repository, or which several: one row each, with what is unreleased. */
import type { ModuleFacts } from "../../facts/types.ts";
import { clean, count } from "../../text.ts";
import type { Model, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, open, show, top, turn } from "../turn.ts";
import { draftTrain } from "../draft.ts";
import { releaseWords } from "../words.ts";
import { newChange } from "./change.ts";
import { drawModules } from "./modules/draw.ts";
import { moduleRows, statuses } from "./modules/rows.ts";
import { toTrain } from "./train.ts";
import { dueOf, siblingsOf } from "./train/due.ts";

export interface ModulesScreen {
  readonly Name: "modules";
  readonly Row: number;
  /** Folders of those that are released together. */
  readonly Marked: readonly string[];
  /** It was opened to release something: one that is chosen goes on to its version. */
  readonly For?: "release";
}

/** The chooser, with the module that the screens are about highlighted. */
export function toModules(model: Model, For?: "release"): Model {
  const at = model.Facts?.Modules.findIndex((m) => m === moduleOf(model)) ?? 0;
  return open(model, { Name: "modules", Row: Math.max(0, at), Marked: [], ...(For && { For }) });
}

/** Home with a module; remote and proxy are asked anew when it is another one than before. */
function choose(model: Model, { Dir }: ModuleFacts): Turn {
  const [first] = model.Draft.Modules;
  const below = back({ ...model, Dir, Draft: { ...model.Draft, Modules: [{ ...first, Dir }] } });
  const home = below.Screens.at(-1)!.Name === "modules"
    ? show(below, { Name: "home", Row: 0 })
    : below;
  if (Dir === model.Dir) return turn(home);
  return turn(
    { ...home, Times: new Map(), Whole: false, Asking: model.Now },
    { Do: "times" },
    { Do: "gather" },
  );
}

/** The module that the maintainer means: home, or its release where that was asked for. */
function picked(model: Model, screen: ModulesScreen, module: ModuleFacts): Turn {
  const [next, effects] = choose({ ...model, Picked: true }, module);
  const due = siblingsOf(next).some((s) => s.Module.Dir === module.Dir && s.Nothing === null);
  return screen.For === "release" && due ? [open(next, newChange(next)), effects] : [next, effects];
}

/** What goes on: one module, or a train of several. */
function onward(model: Model, screen: ModulesScreen): Turn {
  const all = model.Facts?.Modules ?? [];
  const marked = all.filter((m) => screen.Marked.includes(m.Dir));
  if (marked.length > 1) return toTrain(model, marked.map((m) => m.Dir));
  const one = marked[0] ?? all[screen.Row];
  return one ? picked(model, screen, one) : turn(model);
}

/** The mark of a module that can go along, put there or taken away. */
function mark(model: Model, screen: ModulesScreen, row: number): Turn {
  const sibling = siblingsOf(model)[row];
  if (!sibling) return turn(model);
  const { Dir, Path } = sibling.Module;
  if (screen.Marked.includes(Dir)) {
    return turn(show(model, { ...screen, Marked: screen.Marked.filter((d) => d !== Dir) }));
  }
  if (!sibling.Due) {
    return turn(note(model, `${clean(Path)} cannot go along: ${clean(sibling.Nothing ?? "")}.`));
  }
  return turn(show(model, { ...screen, Marked: [...screen.Marked, Dir] }));
}

export const modules: Behaviour<ModulesScreen> = {
  offers: (model, { Marked }) => {
    const small = model.Size.Columns < 60;
    const n = Marked.length;
    return [
      { Action: "up" },
      { Action: "down" },
      { Action: "act", ...(n > 1 && { Label: small ? "go on" : `release ${n} together` }) },
      { Action: "mark" },
      ...(dueOf(model).length > 1 ? [{ Action: "accept", Label: "all due" } as const] : []),
      { Action: "pageUp", Quiet: true },
      { Action: "pageDown", Quiet: true },
      { Action: "first", Quiet: true },
      { Action: "last", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back" },
    ];
  },
  rows: moduleRows,
  picks(model, screen, rows) {
    const [row = 0] = rows;
    const one = rows.length === 1 ? model.Facts?.Modules[row] : undefined;
    if (one) return picked(model, screen, one);
    const none = show(model, { ...screen, Marked: [] });
    const marked = rows.reduce<Model>((next, at) => {
      const [after] = next.Note === undefined ? mark(next, top(next) as ModulesScreen, at) : [next];
      return after;
    }, none);
    return marked.Note === undefined ? onward(marked, top(marked) as ModulesScreen) : turn(marked);
  },
  act(model, screen, action): Turn {
    const all = model.Facts?.Modules ?? [];
    switch (action) {
      case "pageUp":
      case "pageDown": {
        const to = screen.Row + (action === "pageUp" ? -10 : 10);
        return turn(show(model, { ...screen, Row: Math.max(0, Math.min(to, all.length - 1)) }));
      }
      case "mark":
        return mark(model, screen, screen.Row);
      case "accept": {
        const due = dueOf(model).map((s) => s.Module.Dir);
        const Marked = due.every((dir) => screen.Marked.includes(dir)) ? [] : due;
        return turn(show(model, { ...screen, Marked }));
      }
      case "act":
        return onward(model, screen);
      case "back": {
        const chosen = moduleOf(model);
        return chosen ? choose(model, chosen) : turn(back(model));
      }
      default:
        return turn(model);
    }
  },
  draw: drawModules,
  tell(model) {
    const due = dueOf(model).length;
    return [
      `This repository has ${count(statuses(model).length, "module")}.`,
      ...(due > 1 ? [`${due} of them are due; several can be released together.`] : []),
    ];
  },
  command(model, { Marked }) {
    const dirs = (model.Facts?.Modules ?? []).map((m) => m.Dir).filter((d) => Marked.includes(d));
    if (dirs.length < 2) return ["status"];
    const train = { Dirs: dirs, Bump: "auto", Restore: model.Given.RestoreReplaces } as const;
    return releaseWords(model, draftTrain(model, train).Draft);
  },
};
