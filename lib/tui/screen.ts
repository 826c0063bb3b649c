/** What a screen is to the rest of the program: what it offers, does, shows and asks. */
import type { Action, Offer } from "./keys.ts";
import type { Line } from "./line.ts";
import type { Field, Model, News, Screen, Turn } from "./model.ts";

/** The room for what a screen draws: the rows between title and footer, and how they are divided. */
export interface Room {
  /** small: 40×12 and up; normal: 80×24; wide: two panes, from 100×28; huge: three, from 160×40. */
  readonly Kind: "small" | "normal" | "wide" | "huge";
  readonly Rows: number;
  /** Cells of the main pane (from column 0 of it; the first is left empty by the screen). */
  readonly Columns: number;
  /** Cells of the pane beside it; 0 while there is one pane only. */
  readonly Side: number;
}

/** What a screen draws. More rows than the room has are cut off below: a screen slices its lists. */
export interface Drawing {
  /** Where: "retract › versions". The frame puts the module before it. */
  readonly Title: string;
  /** Row 1, right: a state, or `dots(…)`. */
  readonly State?: Line;
  readonly Main: readonly Line[];
  /** Shown from 100×28; below that the screen puts what matters of it into Main. */
  readonly Side?: readonly Line[];
  /** The bar over the pane, instead of two panes: what is drawn takes the whole width. */
  readonly Whole?: true;
}

/** One thing that can be chosen. */
export interface Row {
  /** Said in plain mode, and by the screen itself. */
  readonly Label: string;
  readonly Detail?: string;
  /** Why it cannot be chosen now; it stays visible. */
  readonly Off?: string;
  /** What is off opens all the same: there are other ways behind it. */
  readonly Opens?: true;
}

/** How a screen behaves. Every function is pure. */
export interface Behaviour<S extends Screen> {
  /** What can be done now, most important first; help, ^C, ^Z, ^L and `$` work everywhere. */
  offers(model: Model, screen: S): readonly Offer[];
  /** What can be chosen; `screen.Row` is the highlighted one. Up and down are done for it. */
  rows(model: Model, screen: S): readonly Row[];
  /** The field that has the focus: then printable keys are text, and go to `type`. */
  field?(model: Model, screen: S): Field | undefined;
  type?(model: Model, screen: S, field: Field): Turn;
  /**
   * Plain mode, where rows are acted on as well as marked: one number acts on its row, whatever is
   * marked, and several mark theirs and go on.
   */
  picks?(model: Model, screen: S, rows: readonly number[]): Turn;
  /** An offered action. */
  act(model: Model, screen: S, action: Action): Turn;
  /** What the world answered; the model holds facts, plans and the run already. */
  news?(model: Model, screen: S, news: News): Turn;
  draw(model: Model, screen: S, room: Room): Drawing;
  /** Signs of its own and what they mean, for the help. */
  signs?(model: Model, screen: S): readonly (readonly [sign: string, words: string])[];
  /** Plain mode: what is told before the question, a line each, and the question. */
  tell(model: Model, screen: S): readonly string[];
  ask?(model: Model, screen: S): string;
  /** The command that does the same; without it that of the draft. */
  command?(model: Model, screen: S): readonly string[];
}
