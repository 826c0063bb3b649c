/** The rows of the rewrite: how it is made, and below them the files, or the kinds of mentions. */
import { classes, isClass } from "../../../plan/major/classes.ts";
import { count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import type { Row } from "../../screen.ts";
import type { MajorScreen } from "../major.ts";
import {
  type Decided,
  decidedOf,
  type Item,
  itemsOf,
  mentionsOf,
  type Tally,
  tallyOf,
} from "./found.ts";
import { aheadOf, chosenOf, type HowRow, howRows, hows } from "./how.ts";
import { type Hunk, hunksOf, placesOf } from "./hunks.ts";

export interface Listed {
  readonly Hows: readonly HowRow[];
  readonly Items: readonly Item[];
}

/** What stands in the list, top to bottom. */
export function listOf(model: Model, screen: MajorScreen): Listed {
  const ahead = aheadOf(model);
  return { Hows: ahead ? howRows(model, ahead) : [], Items: itemsIn(screen) };
}

function itemsIn({ Found, By }: MajorScreen): readonly Item[] {
  return Found ? itemsOf(Found, By) : [];
}

/** Rows of the list. */
export function listLength(screen: MajorScreen): number {
  return hows.length + itemsIn(screen).length;
}

/** The item on a row of the list; undefined on those above it. */
export function itemAt(screen: MajorScreen, row: number): Item | undefined {
  return itemsIn(screen)[row - hows.length];
}

/** The row of the list that is highlighted, whatever has the focus. */
export function listRow({ Row, List }: MajorScreen): number {
  return List ?? Row;
}

/** `[x]`: all that can be is rewritten; `[-]`: some of it; `[·]`: nothing can be. */
export function boxOf({ Rewritten, Left }: Tally): string {
  if (Rewritten === 0) return Left === 0 ? "[·]" : "[ ]";
  return Left === 0 ? "[x]" : "[-]";
}

/** What the signs of the list mean, for the help. */
export const signs: readonly (readonly [string, string])[] = [
  ["[x]", "every mention in it is rewritten"],
  ["[-]", "some are rewritten, the others stay as they are"],
  ["[ ]", "nothing of it is rewritten, though it could be"],
  ["[·]", "nothing of it can be rewritten here"],
  ["!", "something in it stays unless you choose otherwise: look at it"],
  ["2 of 6", "so many of its mentions are rewritten"],
];

/** `3`, `2 of 6`: the mentions that are rewritten. */
export function countOf({ Rewritten, Left, Fixed }: Tally): string {
  const all = Rewritten + Left + Fixed;
  return Rewritten === all ? `${all}` : `${Rewritten} of ${all}`;
}

/** Every row with its words, for plain questions; screens draw only those that are seen. */
export function rowsOf(model: Model, screen: MajorScreen): Row[] {
  const { Hows, Items } = listOf(model, screen);
  const decided = screen.Found && decidedOf(screen.Found, chosenOf(model));
  return [
    ...Hows.map(({ How, Label, Detail, On, Off }): Row => ({
      Label: `${How === "keep" ? On ? "[x]" : "[ ]" : On ? "(x)" : "( )"} ${Label}`,
      Detail,
      ...(Off !== undefined && { Off }),
    })),
    ...(decided ? Items.map((item) => new ItemRow(item, decided)) : []),
  ];
}

/** Its words are made when they are asked for: a key that moves asks for none of thousands. */
class ItemRow implements Row {
  constructor(readonly item: Item, readonly decided: Decided) {}

  get Label(): string {
    return `${boxOf(tallyOf(this.item, this.decided))} ${this.item.Name}`;
  }

  get Detail(): string {
    return itemWords(this.item, tallyOf(this.item, this.decided));
  }
}

/** An item in words. */
export function itemWords(item: Item, tally: Tally): string {
  const all = tally.Rewritten + tally.Left + tally.Fixed;
  const rewritten = all === tally.Rewritten
    ? `${count(all, "mention")}, rewritten`
    : `${tally.Rewritten} of ${count(all, "mention")} rewritten`;
  const what = isClass(item.Name) && item.Is === "class" ? `, ${classes[item.Name].what}` : "";
  return `${item.Marked ? "! " : ""}${rewritten}${what}`;
}

/** What the pane beside the list shows of an item. */
export function paneOf(model: Model, screen: MajorScreen, item: Item): readonly Hunk[] {
  if (!screen.Found) return [];
  const decided = decidedOf(screen.Found, chosenOf(model));
  if (item.Is === "class") return placesOf(item, decided);
  return mentionsOf(item, decided).flatMap(([file, mentions]) => hunksOf(file, mentions));
}

/** Lines of the pane of the highlighted item. */
export function paneLength(model: Model, screen: MajorScreen): number {
  const item = itemAt(screen, listRow(screen));
  return item ? paneOf(model, screen, item).length : 0;
}
