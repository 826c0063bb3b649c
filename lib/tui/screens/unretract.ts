/** Taking retractions back: which entries of go.mod, and what carries that. */
import { toPreflight } from "../flow.ts";
import type { Action, Offer } from "../keys.ts";
import type { Model, News, Turn } from "../model.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, note, show, turn } from "../turn.ts";
import { releaseWords } from "../words.ts";
import { carrierAt, carriers, drafted, isAsked, markedOf, settled } from "./unretract/chosen.ts";
import { drawUnretract } from "./unretract/draw.ts";
import { entriesOf, type Entry } from "./unretract/entries.ts";
import { box, tellUnretract, versionWords } from "./unretract/words.ts";

export interface UnretractScreen {
  readonly Name: "unretract";
  /** Of the entries, or of the carriers: whatever has the focus. */
  readonly Row: number;
  readonly Focus: "entries" | "carrier";
  /** Entries that are to be taken out, as the command names them. */
  readonly Marked: readonly string[];
  /** The highlighted entry, while the carriers have the focus. */
  readonly On?: string;
  /** HEAD with what is unreleased, or the last release plus this edit. */
  readonly Carrier: "head" | "from";
  /** The revision that `--from` named; absent: the last release. */
  readonly From?: string;
  /** The carrier was chosen, not only proposed. */
  readonly Settled?: true;
}

/** The screen with the revision that flags gave. */
export function newUnretract(model: Model): UnretractScreen {
  const { Do, From } = model.Draft;
  const from = Do === "unretract" ? From : undefined;
  return settled(model, {
    Name: "unretract",
    Row: Math.max(0, entriesOf(model).findIndex((e) => e.Off === undefined)),
    Focus: "entries",
    Marked: [],
    Carrier: from === undefined ? "head" : "from",
    ...(from !== undefined && { From: from, Settled: true as const }),
  });
}

/** The model with this state shown, and with the draft that flags would give for it. */
function changed(model: Model, screen: UnretractScreen): Model {
  const next = settled(model, screen);
  return drafted(show(model, next), next);
}

function focusOn(
  model: Model,
  screen: UnretractScreen,
  Focus: UnretractScreen["Focus"],
): UnretractScreen {
  const entries = entriesOf(model);
  if (Focus === "entries") {
    return { ...screen, Focus, Row: Math.max(0, entries.findIndex((e) => e.Name === screen.On)) };
  }
  const On = entries[screen.Row]?.Name;
  return { ...screen, Focus, Row: carrierAt(model, screen), ...(On !== undefined && { On }) };
}

function toggled(screen: UnretractScreen, { Name }: Entry): UnretractScreen {
  const others = screen.Marked.filter((name) => name !== Name);
  return { ...screen, Marked: screen.Marked.includes(Name) ? others : [...others, Name] };
}

function mark(model: Model, screen: UnretractScreen): Turn {
  const entry = entriesOf(model)[screen.Row];
  if (!entry) return turn(model);
  if (entry.Off !== undefined) return turn(note(model, `Not here: ${entry.Off}.`));
  return turn(changed(model, toggled(screen, entry)));
}

function chooseCarrier(model: Model, screen: UnretractScreen): UnretractScreen {
  const row = carriers(model, screen)[screen.Row];
  if (!row || row.Off !== undefined) return screen;
  return { ...screen, Carrier: row.Carrier, Settled: true };
}

/** On to the checks, or to the next question that is still open. */
function next(model: Model, screen: UnretractScreen): Turn {
  if (markedOf(model, screen).length === 0) {
    const why = "Nothing is marked yet: space marks the highlighted entry.";
    return turn(note(changed(model, focusOn(model, screen, "entries")), why));
  }
  if (isAsked(model, screen) && !screen.Settled && screen.Focus !== "carrier") {
    return turn(changed(model, focusOn(model, screen, "carrier")));
  }
  const off = carriers(model, screen)[carrierAt(model, screen)]?.Off;
  if (off !== undefined) {
    const there = screen.Focus === "carrier" ? screen : focusOn(model, screen, "carrier");
    return turn(note(changed(model, there), `Not carried by that: ${off}.`));
  }
  return toPreflight(changed(model, { ...screen, Settled: true }));
}

/** Enter: the highlighted entry is meant where nothing is marked; a carrier that cannot be says why. */
function enter(model: Model, screen: UnretractScreen): Turn {
  if (screen.Focus === "carrier") {
    const off = carriers(model, screen)[screen.Row]?.Off;
    if (off !== undefined) return turn(note(model, `Not now: ${off}.`));
    return next(model, chooseCarrier(model, screen));
  }
  const here = entriesOf(model)[screen.Row];
  if (markedOf(model, screen).length > 0 || !here) return next(model, screen);
  if (here.Off !== undefined) return turn(note(model, `Not here: ${here.Off}.`));
  return next(model, settled(model, toggled(screen, here)));
}

function entryOffers({ Size }: Model): Offer[] {
  const move: Offer[] = [{ Action: "up" }, { Action: "down" }];
  const does: Offer[] = [{ Action: "mark" }, { Action: "act", Label: "next" }];
  return [
    // A narrow footer has room for two: the arrows need no telling.
    ...(Size.Columns < 80 ? [...does, ...move] : [...move, ...does]),
    { Action: "next", Quiet: true },
    { Action: "pane", Label: "carried by", Quiet: true },
    { Action: "warnings", Quiet: true },
    { Action: "copy", Quiet: true },
    { Action: "back" },
  ];
}

export const unretract: Behaviour<UnretractScreen> = {
  offers(model, screen) {
    if (screen.Focus === "entries") {
      if (entriesOf(model).length > 0) return entryOffers(model);
      return [model.Lost ? { Action: "warnings" } : { Action: "warnings", Quiet: true }, {
        Action: "back",
      }];
    }
    return [
      { Action: "up", Label: "follow" },
      { Action: "down", Label: "follow" },
      { Action: "act", Label: "next" },
      { Action: "next", Quiet: true },
      { Action: "pane", Label: "entries", Quiet: true },
      { Action: "warnings", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back", ...(model.Size.Columns < 80 ? {} : { Label: "entries" }) },
    ];
  },

  rows(model, screen): readonly Row[] {
    if (screen.Focus === "carrier") return carriers(model, screen);
    return entriesOf(model).map((entry) => ({
      Label: `${box(entry, screen)} ${entry.Name}`,
      Detail: [entry.Reason, versionWords(entry)].filter((text) => text !== "").join(" · "),
      ...(entry.Off !== undefined && { Off: entry.Off }),
    }));
  },

  act(model, screen, action: Action): Turn {
    switch (action) {
      case "up":
      case "down":
      case "first":
      case "last":
        return turn(changed(model, chooseCarrier(model, screen)));
      case "mark":
        return mark(model, screen);
      case "act":
        return enter(model, screen);
      case "next":
        return next(model, screen.Focus === "carrier" ? chooseCarrier(model, screen) : screen);
      case "pane": {
        if (screen.Focus === "carrier") {
          return turn(changed(model, focusOn(model, screen, "entries")));
        }
        return isAsked(model, screen)
          ? turn(changed(model, focusOn(model, screen, "carrier")))
          : turn(note(model, "Only HEAD can carry it: nothing else is unreleased."));
      }
      case "back":
        return screen.Focus === "entries"
          ? turn(back(model))
          : turn(changed(model, focusOn(model, screen, "entries")));
      default:
        return turn(model);
    }
  },

  news(model: Model, screen: UnretractScreen, news: News): Turn {
    if (news.Is !== "facts") return turn(model);
    const rows = screen.Focus === "entries"
      ? entriesOf(model).length
      : carriers(model, screen).length;
    return turn(changed(model, { ...screen, Row: Math.max(0, Math.min(screen.Row, rows - 1)) }));
  },

  draw: drawUnretract,
  tell: tellUnretract,
  command: (model, screen) => releaseWords(model, drafted(model, screen).Draft),
};
