/**
 * The keys as data. The footer, the help, README's table and what a press does are all
 * made from this table: a key that is not shown does nothing.
 */
import type { Press } from "./model.ts";

export interface KeyRow {
  /** How the footer writes it. */
  readonly shown: string;
  /** The presses that mean it; a letter, or a name. */
  readonly presses: readonly string[];
  /** Two or three words for the footer. */
  readonly label: string;
  readonly help: string;
  /** Works in a focused field too, where every printable key is text. */
  readonly inField?: true;
}

const table = {
  up: { shown: "↑", presses: ["up", "k"], label: "move", help: "one row up", inField: true },
  down: { shown: "↓", presses: ["down", "j"], label: "move", help: "one row down", inField: true },
  act: {
    shown: "↵",
    presses: ["enter"],
    label: "choose",
    help: "act on the highlighted row",
    inField: true,
  },
  next: {
    shown: "n",
    presses: ["n"],
    label: "next",
    help: "go on, where rows have an ↵ of their own",
  },
  back: { shown: "esc", presses: ["esc"], label: "back", help: "one screen back", inField: true },
  pane: {
    shown: "⇥",
    presses: ["tab", "backtab"],
    label: "other pane",
    help: "to the other pane",
    inField: true,
  },
  mark: {
    shown: "space",
    presses: [" "],
    label: "mark",
    help: "mark the row, or take the mark away",
  },
  range: {
    shown: "v",
    presses: ["v"],
    label: "range",
    help: "mark from here to the row of the next v",
  },
  include: {
    shown: "i",
    presses: ["i"],
    label: "include",
    help: "choose changed files that go into the release",
  },
  log: { shown: "l", presses: ["l"], label: "log", help: "the commits since the last release" },
  diff: { shown: "d", presses: ["d"], label: "diff", help: "what changed since the last release" },
  edit: { shown: "e", presses: ["e"], label: "editor", help: "the text in $EDITOR" },
  accept: {
    shown: "a",
    presses: ["a"],
    label: "accept",
    help: "let a problem through, with the reason; of a list: all, or none",
  },
  agree: {
    shown: "A",
    presses: ["A"],
    label: "agree",
    help: "agree to exactly the commands of .gorel.toml that are shown",
  },
  kinds: {
    shown: "c",
    presses: ["c"],
    label: "by kind",
    help: "mentions of the old path by kind, or by file",
  },
  fix: { shown: "f", presses: ["f"], label: "fix", help: "copy the command that fixes it" },
  again: { shown: "R", presses: ["R"], label: "again", help: "look, check or try again" },
  output: {
    shown: "o",
    presses: ["o"],
    label: "output",
    help: "everything that was said, in full",
  },
  resume: {
    shown: "r",
    presses: ["r"],
    label: "resume",
    help: "go on with the release that was not finished",
  },
  undo: {
    shown: "u",
    presses: ["u"],
    label: "undo",
    help: "take back the local steps of an unpushed release",
  },
  versions: {
    shown: "V",
    presses: ["V"],
    label: "versions",
    help: "every version, its state, and the ignored tags",
  },
  modules: {
    shown: "/",
    presses: ["/"],
    label: "modules",
    help: "another module of this repository",
  },
  warnings: { shown: "w", presses: ["w"], label: "warnings", help: "all warnings and notes" },
  copy: { shown: "y", presses: ["y"], label: "copy", help: "copy the command (OSC 52)" },
  command: {
    shown: "$",
    presses: ["$"],
    label: "command",
    help: "the command that does the same, in full",
  },
  save: {
    shown: "^S",
    presses: ["^s"],
    label: "save plan",
    help: "save the plan; gorel apply FILE carries it out",
    inField: true,
  },
  copyField: {
    shown: "^Y",
    presses: ["^y"],
    label: "copy",
    help: "copy the command, while typing",
    inField: true,
  },
  editField: {
    shown: "^G",
    presses: ["^g"],
    label: "editor",
    help: "the text in $EDITOR, while typing",
    inField: true,
  },
  pageUp: {
    shown: "pgup",
    presses: ["pgup", "^b"],
    label: "page up",
    help: "one page up",
    inField: true,
  },
  pageDown: {
    shown: "pgdn",
    presses: ["pgdn", "^f"],
    label: "page down",
    help: "one page down",
    inField: true,
  },
  first: { shown: "home", presses: ["home", "g"], label: "first", help: "to the first row" },
  last: { shown: "end", presses: ["end", "G"], label: "last", help: "to the last row" },
  help: { shown: "?", presses: ["?"], label: "help", help: "all keys of this screen" },
  quit: { shown: "q", presses: ["q"], label: "quit", help: "leave" },
  stop: {
    shown: "^C",
    presses: ["^c"],
    label: "stop",
    help: "stop: the step that runs is finished first",
    inField: true,
  },
  suspend: {
    shown: "^Z",
    presses: ["^z"],
    label: "suspend",
    help: "back to the shell; fg returns",
    inField: true,
  },
  redraw: {
    shown: "^L",
    presses: ["^l"],
    label: "redraw",
    help: "draw the screen anew",
    inField: true,
  },
} as const satisfies Record<string, KeyRow>;

export type Action = keyof typeof table;

/** Every action by its name. */
export const keys: Readonly<Record<Action, KeyRow>> = table;

/** The names of all actions, in the order of the help. */
export const actions = Object.keys(table) as Action[];

/** What can be done on every screen. */
export const everywhere: readonly Action[] = ["stop", "suspend", "redraw", "help", "command"];

/** Something that can be done now; the label says what it does here. */
export interface Offer {
  readonly Action: Action;
  readonly Label?: string;
  /** Left out of the footer, where there is only room for what matters; the help has it. */
  readonly Quiet?: true;
}

/** A press as the table writes it: `up`, `n`, `^c`. */
export function nameOf({ Key, Char = "", Ctrl }: Press): string {
  return Key === "char" ? (Ctrl ? "^" : "") + Char : Key;
}

/** The offered action that a press means; in a focused field only those that are no text. */
export function actionOf(
  press: Press,
  offers: readonly Offer[],
  inField: boolean,
): Action | undefined {
  const name = nameOf(press);
  const isText = press.Key === "char" && !press.Ctrl;
  return [...offers.map((offer) => offer.Action), ...everywhere].find((action) =>
    keys[action].presses.includes(name) && !(inField && (isText || !keys[action].inField))
  );
}
