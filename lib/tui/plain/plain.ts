/**
 * The same model as numbered questions on plain lines: for screen readers, dumb terminals and
 * `--plain`. No escape sequence is written, and every line is read by ourselves.
 */
import { glyphs } from "../../cli/style.ts";
import { widthOf } from "../../cli/print/layout.ts";
import { commandLine } from "../command.ts";
import { overLines } from "../over.ts";
import { type Action, keys } from "../keys.ts";
import { cells, foreignText, wrapCells } from "../cells.ts";
import { textOf } from "../line.ts";
import { notYet } from "../opening.ts";
import type { Effect, Message, Model, Turn } from "../model.ts";
import { behaviourOf } from "../screens.ts";
import { top } from "../turn.ts";
import { focused, offered, update } from "../update.ts";
import { steps } from "./steps.ts";
import { actionNamed, helpTexts, said, wordOf } from "./words.ts";

/** How the plain questions reach the person and the world. */
export interface PlainDoors {
  out(text: string): void;
  /** One line of input; null at its end. */
  readLine(): Promise<string | null>;
  /** Performs everything but leaving, drawing and copying. */
  perform(effect: Effect, tell: (message: Message) => void): void;
  /** Tells of signals until it is called. */
  signals(tell: (message: Message) => void): () => void;
}

/** Asks until the program is left, and gives the exit code. */
export async function plainly(
  start: Model,
  first: readonly Effect[],
  doors: PlainDoors,
): Promise<number> {
  const shell = new Plain(start, doors);
  const quiet = doors.signals((message) => shell.tell(message));
  try {
    return await shell.run(first);
  } finally {
    quiet();
  }
}

/** Rows that are read out; the numbers of the others work all the same. */
const most = 100;

class Plain {
  #model: Model;
  #left: number | undefined;
  #told = "";
  /** True while a question stands at the end of what was said. */
  #prompted = false;
  #wake = () => {};
  #reading: Promise<string | null> | undefined;

  constructor(start: Model, readonly doors: PlainDoors) {
    this.#model = { ...start, Plain: true };
  }

  tell(message: Message): void {
    const before = this.#model;
    this.#take(update(before, message));
    for (const words of steps(before, this.#model)) this.#say(words);
    // While something runs nothing is asked, and a note would wait for that.
    const { Note, ...rest } = this.#model;
    if (Note !== undefined && Note !== before.Note && isBusy(this.#model)) {
      this.#say(`! ${this.#cleaned(Note)}`);
      this.#model = rest;
    }
    this.#wake();
  }

  async run(first: readonly Effect[]): Promise<number> {
    for (const effect of first) this.#do(effect);
    while (this.#left === undefined) {
      if (isBusy(this.#model)) {
        await new Promise<void>((resolve) => this.#wake = resolve);
        continue;
      }
      if (this.#show() || !this.#prompted) this.#prompt();
      this.#prompted = true;
      this.#reading ??= this.doors.readLine();
      const woken = new Promise<undefined>((resolve) => this.#wake = () => resolve(undefined));
      const line = await Promise.race([this.#reading, woken]);
      if (line === undefined) continue;
      this.#reading = undefined;
      this.#prompted = false;
      if (line === null) {
        this.#say("");
        this.tell({ Is: "signal", Name: "SIGINT" });
      } else this.#heard(line.trim());
    }
    return this.#left;
  }

  #take([next, effects]: Turn): void {
    // What is copied is said instead: no terminal is asked to keep it.
    const { Note: _, ...quiet } = next;
    this.#model = effects.some((effect) => effect.Do === "copy") ? quiet : next;
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: Effect): void {
    switch (effect.Do) {
      case "exit":
        for (const line of effect.Lines) this.#say(line);
        this.#left = effect.Code;
        break;
      case "copy":
        this.#say(effect.Text);
        break;
      case "suspend":
      case "redraw":
        break;
      default:
        this.doors.perform(effect, (message) => this.tell(message));
    }
  }

  #say(text: string): void {
    this.doors.out(glyphs(this.#model.Style, text) + "\n");
  }

  /** Says what the screen tells, and reports whether anything of it is new. */
  #show(): boolean {
    const model = this.#model;
    if (model.Over) {
      for (const text of overTexts(model)) this.#say(text);
      const { Over: _, ...rest } = model;
      this.#model = rest;
      this.#told = "";
    }
    const screen = top(this.#model);
    const behaviour = behaviourOf(screen);
    // Beside a field no number is asked for.
    const rows = focused(this.#model) ? [] : behaviour.rows(this.#model, screen);
    const { Title } = behaviour.draw(this.#model, screen, plainRoom);
    const lines = [
      "",
      ...(Title === "" ? [] : [`-- ${Title}`]),
      ...behaviour.tell(this.#model, screen),
      ...rows.slice(0, most).map(({ Label, Detail, Off }, i) => {
        const detail = Detail === undefined || Detail === "" ? "" : `  ${Detail}`;
        const off = Off === undefined ? "" : `  (not now: ${Off})`;
        return `  ${i + 1}. ${Label}${detail}${off}`;
      }),
      ...(rows.length > most ? [`  … and ${rows.length - most} more, up to ${rows.length}`] : []),
    ].map((line) => this.#cleaned(line)).flatMap(wrapped);
    const { Note, ...rest } = this.#model;
    const words = Note === undefined ? [] : wrapped(`! ${this.#cleaned(Note)}`);
    this.#model = rest;
    const told = lines.join("\n");
    const isNew = told !== this.#told || words.length > 0;
    if (isNew && this.#prompted) this.#say("");
    for (const line of told === this.#told ? words : [...lines, ...words]) this.#say(line);
    this.#told = told;
    return isNew;
  }

  /** A line of a screen, cleaned but for the spaces that it begins with. */
  #cleaned(line: string): string {
    return /^ */.exec(line)![0] + foreignText(line, this.#model.Style.ascii);
  }

  #prompt(): void {
    const model = this.#model;
    const screen = top(model);
    const behaviour = behaviourOf(screen);
    const field = focused(model);
    if (field) {
      const question = behaviour.ask?.(model, screen) ?? "Your answer";
      const kept = keeps(model) ? foreignText(field.Text, model.Style.ascii) : "";
      const now = kept === "" ? "< goes back" : `Enter takes "${kept}", < goes back`;
      this.doors.out(glyphs(model.Style, `${question} (${now}): `));
      return;
    }
    const count = behaviour.rows(model, screen).length;
    const words = said(model).map(({ Action, Label }) =>
      `${wordOf(Action)} ${Label ?? keys[Action].label}`
    );
    const several = behaviour.picks && count > 1 ? " (several: 1 2)" : "";
    const numbers = count === 0 ? "" : count === 1 ? "1" : `1-${count}${several}`;
    const text = [numbers, ...words].filter((w) => w !== "").join(" · ");
    for (const row of wrapCells(glyphs(model.Style, text), 76)) this.doors.out(row + "\n");
    this.doors.out("> ");
  }

  /** A number, a word, or both: "3", "n", "3 space". In a field: the text. */
  #heard(line: string): void {
    if (focused(this.#model)) {
      if (line === "<") return this.tell({ Is: "do", Action: "back" });
      const kept = line === "" && keeps(this.#model);
      return this.tell({ Is: "answer", Text: kept ? focused(this.#model)!.Text : line });
    }
    const [, number, word = ""] = /^(\d*)\s*(.*)$/.exec(line)!;
    if (number === "" && word === "") return;
    if (/^\d+(?:[ ,]+\d+)+$/.test(line)) {
      const Rows = [...new Set(line.split(/[ ,]+/))].map((n) => Number(n) - 1);
      return this.tell({ Is: "picks", Rows });
    }
    const row = number === "" ? undefined : Number(number) - 1;
    if (row !== undefined && word === "") return this.tell({ Is: "pick", Row: row });
    if (row !== undefined) this.tell({ Is: "at", Row: row });
    const action = actionNamed(this.#model, word!);
    if (action !== undefined) return this.tell(asking(this.#model, action));
    const why = notYet(this.#model) ?? "? lists the words.";
    this.#say(`! ${foreignText(line, this.#model.Style.ascii)} means nothing here. ${why}`);
  }
}

const plainRoom = { Kind: "normal", Rows: 1000, Columns: 80, Side: 0 } as const;

/** Reports whether nothing can be asked now, because an answer is awaited. */
function isBusy({ Facts, Lost, Asking, Planning, Run, Screens }: Model): boolean {
  if (Run && Run.Ended === undefined) return true;
  if (Planning?.State === "asking") return true;
  if (Planning?.State === "planned" && Planning.Agreement?.State === "asking") return true;
  const screen = Screens.at(-1);
  if (screen?.Name === "major" && screen.Asked) return true;
  return Asking !== undefined && (Facts !== undefined || Lost === undefined);
}

/** Reports whether Enter alone takes what stands in the field; a version is typed anew each time. */
function keeps(model: Model): boolean {
  const { Name } = top(model);
  return Name !== "review" && Name !== "unfinished";
}

/** The message that an action is: what can be done everywhere is no offer of the screen. */
function asking(model: Model, action: Action): Message {
  if (offered(model).some((offer) => offer.Action === action)) return { Is: "do", Action: action };
  const name = keys[action].presses[0]!;
  const Ctrl = name.startsWith("^");
  return { Is: "press", Press: { Key: "char", Char: name.slice(Ctrl ? 1 : 0), Ctrl } };
}

/** What lies over a screen; of keys, panes and footers there is nothing to say. */
function overTexts(model: Model): string[] {
  switch (model.Over?.Name) {
    case "help":
      return helpTexts(model).flatMap(wrapped);
    case "command":
      return ["", "This command does the same, without these questions:", commandLine(model)];
    default:
      return overLines(model, 78).map((row) => textOf(row).trimEnd());
  }
}

function wrapped(line: string): string[] {
  const indent = /^\s*(?:\d+\. )?/.exec(line)![0];
  if (widthOf(line) <= 78) return [line];
  const [first = "", ...more] = wrapCells(line.slice(indent.length), 78 - cells(indent));
  return [indent + first, ...more.map((row) => " ".repeat(cells(indent)) + row)];
}
