/** A new major from v1 on: where it lives, and what becomes of every mention of the old path. */
import { isBranchName } from "../../git/names.ts";
import { clean } from "../../text.ts";
import { fieldOf } from "../field.ts";
import { toPreflight } from "../flow.ts";
import type { Action, Offer } from "../keys.ts";
import type { Field, Model, News, Turn } from "../model.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, open, show, turn } from "../turn.ts";
import { drawMajor } from "./major/draw.ts";
import { allMarked, type Found, type Item, toggled } from "./major/found.ts";
import { aheadOf, chosenOf, hows, keepName, withLayout, withMajor } from "./major/how.ts";
import { itemAt, listLength, listOf, paneLength, rowsOf, signs } from "./major/rows.ts";
import { tellMajor } from "./major/tell.ts";

export interface MajorScreen {
  readonly Name: "major";
  /** The highlighted row of the list; while the mentions have the focus, the first that is shown. */
  readonly Row: number;
  /** The highlighted row of the list, while the mentions have the focus. */
  readonly List?: number;
  readonly By: Item["Is"];
  /** The name of the branch for the old major, while it is typed. */
  readonly Naming?: Field;
  /** The latest question for the mentions; absent once it was answered. */
  readonly Asked?: { readonly Ticket: number; readonly Since: number };
  readonly Found?: Found;
}

/** From a drafted release to its checks; where it needs another module path, to the rewrite first. */
export function toChecks(model: Model): Turn {
  if (!aheadOf(model)) return toPreflight(model);
  const screen: MajorScreen = { Name: "major", Row: 0, By: "file" };
  return asked(open(model, screen), screen);
}

/** Asks for the mentions: they depend on where the new major lives, not on what is rewritten. */
function asked(model: Model, screen: MajorScreen): Turn {
  const Ticket = model.Tickets + 1;
  const next: MajorScreen = { ...screen, Asked: { Ticket, Since: model.Now } };
  return turn(show({ ...model, Tickets: Ticket }, next), {
    Do: "mentions",
    Ticket,
    Choices: model.Draft,
  });
}

export const major: Behaviour<MajorScreen> = {
  offers({ Size }, screen) {
    if (screen.Naming) {
      return [
        { Action: "act", Label: "take it" },
        { Action: "copyField", Quiet: true },
        { Action: "back", Label: "leave it" },
      ];
    }
    if (screen.List !== undefined) return paneOffers(screen);
    const some = listLength(screen) > hows.length;
    const onHow = screen.Row < hows.length;
    const move: Offer[] = [{ Action: "up" }, { Action: "down" }];
    const next: Offer[] = [{ Action: "act", Label: "next" }];
    const narrow = Size.Columns < 80;
    return [
      ...(narrow ? next : move),
      { Action: "mark", Label: narrow ? "[x]" : onHow ? "choose" : "include" },
      ...(some
        ? [
          { Action: "pane", Label: onHow ? (screen.By === "file" ? "files" : "kinds") : "lines" },
          { Action: "accept", Label: "all !" },
          { Action: "kinds", Label: screen.By === "file" ? "kinds" : "files" },
        ] as const
        : []),
      ...(narrow ? move : next),
      { Action: "pageUp", Quiet: true },
      { Action: "pageDown", Quiet: true },
      { Action: "next", Quiet: true },
      { Action: "again", Label: "look again", Quiet: true },
      { Action: "copy", Quiet: true },
      { Action: "back" },
    ];
  },
  rows: (model, screen) =>
    screen.List === undefined
      ? rowsOf(model, screen)
      : Array.from({ length: paneLength(model, screen) }, () => ({ Label: "" })),
  field: (_model, { Naming }) => Naming,
  type: (model, screen, Naming) => turn(show(model, { ...screen, Naming })),
  act(model, screen, action): Turn {
    if (screen.Naming) return named(model, screen, screen.Naming, action);
    if (screen.List !== undefined) return inPane(model, screen, screen.List, action);
    switch (action) {
      case "pageUp":
      case "pageDown": {
        const by = Math.max(1, model.Size.Rows - 14) * (action === "pageUp" ? -1 : 1);
        const most = listLength(screen) - 1;
        const Row = Math.max(0, Math.min(screen.Row + by, most));
        return turn(show(model, { ...screen, Row }));
      }
      case "mark":
        return marked(model, screen);
      case "accept":
        return allOrUsual(model, screen);
      case "kinds":
        return turn(show(model, byOther(screen)));
      case "pane":
        // From how it is made to the first of what it is about.
        return turn(show(
          model,
          itemAt(screen, screen.Row)
            ? { ...screen, List: screen.Row, Row: 0 }
            : { ...screen, Row: hows.length },
        ));
      case "again":
        return asked(model, screen);
      case "act":
      case "next":
        return toPreflight(model);
      case "back":
        return turn(back(model));
      default:
        return turn(model);
    }
  },
  news: heard,
  draw: drawMajor,
  signs: () => signs,
  tell: tellMajor,
  ask: (model) => {
    const ahead = aheadOf(model);
    return `Name of the branch for ${ahead?.Before ?? "the old major"}; empty for none`;
  },
};

/** What can be done while the mentions have the focus. */
function paneOffers({ By }: MajorScreen): readonly Offer[] {
  const [list, other] = By === "file" ? ["files", "kinds"] : ["kinds", "files"];
  return [
    { Action: "up", Label: "scroll" },
    { Action: "down", Label: "scroll" },
    { Action: "pageUp", Quiet: true },
    { Action: "pageDown", Quiet: true },
    { Action: "mark", Label: "include" },
    { Action: "pane", Label: list },
    { Action: "accept", Label: "all !", Quiet: true },
    { Action: "kinds", Label: other, Quiet: true },
    { Action: "next" },
    { Action: "copy", Quiet: true },
    { Action: "back", Label: list },
  ];
}

/** All that needs a look is rewritten, or as usual. */
function allOrUsual(model: Model, { Found }: MajorScreen): Turn {
  if (!Found) return turn(model);
  return turn(withMajor(model, { Classes: allMarked(Found, chosenOf(model)) }));
}

/** The list by kind instead of by file, or back; it has the focus then. */
function byOther({ List, ...screen }: MajorScreen): MajorScreen {
  const By = screen.By === "file" ? "class" : "file";
  return { ...screen, By, Row: Math.min(List ?? screen.Row, hows.length) };
}

/** The keys while the mentions have the focus. */
function inPane(model: Model, screen: MajorScreen, list: number, action: Action): Turn {
  const { List: _, ...rest } = screen;
  switch (action) {
    case "pane":
    case "back":
      return turn(show(model, { ...rest, Row: list }));
    case "pageUp":
    case "pageDown": {
      const by = Math.max(1, model.Size.Rows - 14) * (action === "pageUp" ? -1 : 1);
      const most = Math.max(0, paneLength(model, screen) - 1);
      return turn(show(model, { ...screen, Row: Math.max(0, Math.min(screen.Row + by, most)) }));
    }
    case "mark": {
      const item = itemAt(screen, list);
      return item ? including(model, screen, item) : turn(model);
    }
    case "accept":
      return allOrUsual(model, screen);
    case "kinds":
      return turn(show(model, byOther(screen)));
    case "next":
      return toPreflight(model);
    default:
      return turn(model);
  }
}

/** `space`: a layout, the branch, or whether an item is rewritten. */
function marked(model: Model, screen: MajorScreen): Turn {
  const ahead = aheadOf(model);
  const item = itemAt(screen, screen.Row);
  if (item) return including(model, screen, item);
  const how = hows[screen.Row];
  const row = listOf(model, screen).Hows.find((r) => r.How === how);
  if (!ahead || !row) return turn(model);
  if (row.Off !== undefined) return turn(note(model, `Not now: ${clean(row.Off)}.`));
  if (how === "keep") {
    if (!row.On) return turn(show(model, { ...screen, Naming: fieldOf(keepName(model, ahead)) }));
    return turn(withMajor(model, { Keep: "" }));
  }
  if (row.On) return turn(model);
  return asked(withLayout(model, ahead, how === "folder" ? "folder" : "root"), screen);
}

/** All of an item is rewritten, or nothing of it. */
function including(model: Model, { Found }: MajorScreen, item: Item): Turn {
  const Classes = Found ? toggled(Found, item, chosenOf(model)) : null;
  return Classes
    ? turn(withMajor(model, { Classes }))
    : turn(note(model, "Nothing of it can be rewritten here."));
}

/** The keys while the branch's name is typed. */
function named(model: Model, screen: MajorScreen, field: Field, action: Action): Turn {
  const { Naming: _, ...rest } = screen;
  if (action === "back") return turn(show(model, rest));
  if (action !== "act") return turn(model);
  const name = field.Text.trim();
  if (name !== "" && !isBranchName(name)) {
    return turn(note(model, clean(`${name} is not the name of a branch.`)));
  }
  return turn(withMajor(show(model, rest), { Keep: name }));
}

/** The mentions are there; which row is highlighted stays. */
function heard(model: Model, screen: MajorScreen, news: News): Turn {
  switch (news.Is) {
    case "mentions": {
      if (news.Ticket !== screen.Asked?.Ticket) return turn(model);
      const { Asked: _, List, ...rest } = screen;
      const next: MajorScreen = { ...rest, Found: news.Found };
      const Row = Math.min(List ?? next.Row, listLength(next) - 1);
      return turn(show(model, { ...next, Row }));
    }
    case "facts":
      return aheadOf(model) ? turn(model) : turn(back(model));
    default:
      return turn(model);
  }
}
