/** The room that a window has for a screen, and how it is divided (look.md, Grid). */
import type { ScreenName, Size } from "./model.ts";
import type { Room } from "./screen.ts";

/** The smallest window that can be worked in. */
export const smallest: Size = { Columns: 40, Rows: 12 };

/** Cells of the main pane where there are two, and of the first two where there are three. */
export const panes = { wide: 56, left: 34, middle: 62 };

/** Screens that are lists of versions or modules themselves: the versions pane would say it twice. */
const lists: ReadonlySet<ScreenName> = new Set(["versions", "modules"]);

/** The room for a screen in a window of this size. */
export function roomOf({ Columns, Rows }: Size, name?: ScreenName): Room {
  if (Columns >= 160 && Rows >= 40) {
    if (name !== undefined && lists.has(name)) {
      const main = panes.left + 1 + panes.middle;
      return { Kind: "wide", Rows: Rows - 5, Columns: main, Side: Columns - main - 1 };
    }
    const used = panes.left + panes.middle + 2;
    return { Kind: "huge", Rows: Rows - 5, Columns: panes.middle, Side: Columns - used };
  }
  if (Columns >= 100 && Rows >= 28) {
    return { Kind: "wide", Rows: Rows - 5, Columns: panes.wide, Side: Columns - panes.wide - 1 };
  }
  if (Columns >= 80 && Rows >= 24) return { Kind: "normal", Rows: Rows - 5, Columns, Side: 0 };
  return { Kind: "small", Rows: Rows - 3, Columns, Side: 0 };
}

/** The room of a screen that takes the whole width, whatever the window. */
export function undivided(room: Room, { Columns }: Size): Room {
  return { ...room, Columns, Side: 0 };
}
