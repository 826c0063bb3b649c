/**
 * The full screen: messages in, frames and effects out. It holds the model, tells the time
 * while something moves, and does itself what only a terminal can do.
 */
import type { Stopping } from "../../cli/exit.ts";
import { Failed, Refused } from "../../problem.ts";
import type { Services } from "../../services.ts";
import { clean, withoutCredentials } from "../../text.ts";
import { frame } from "../frame.ts";
import type { Line } from "../line.ts";
import type { Effect, Message, Model, Turn } from "../model.ts";
import { update } from "../update.ts";
import { ansi, copyOrder } from "./ansi.ts";
import { edited } from "./editor.ts";
import { paint } from "./first.ts";
import { Guard, put } from "./guard.ts";
import { asked, asking, keepingModes, stopJob } from "./job.ts";
import type { Window } from "./ink.tsx";
import { paceOf } from "./pace.ts";
import { onSignal } from "./signals.ts";
import { sizeOr } from "./size.ts";

/** Tells the screens something. May be called at any time. */
export type Tell = (message: Message) => void;

/** Gives the real terminal for as long as `work` takes: to that program, which may ask there. */
export type Suspended = <T>(work: () => Promise<T>, program?: string) => Promise<T>;

/** What the full screen does not do itself. */
export type Work = Exclude<Effect, { Do: "exit" | "suspend" | "redraw" | "copy" | "edit" }>;

/** The doors out of the screens. */
export interface Doors {
  readonly services: Services;
  /** Begins a work and tells what becomes of it; what it throws is told as `failed`. */
  perform(work: Work, tell: Tell, suspended: Suspended): void | Promise<void>;
  /** Tells signals from outside; what is returned ends that. */
  signals(tell: (name: Stopping) => void): () => void;
}

/**
 * Shows the screens until they are left, and gives the exit code; the terminal is as it was,
 * and the last lines stand in it. Standard input and output must be a terminal. `effects` are
 * begun at once, while Ink is still being imported.
 */
export async function fullScreen(
  start: Model,
  doors: Doors,
  effects: readonly Effect[] = [],
  rules: Rules = { update, frame },
): Promise<number> {
  const shell = new Shell(start, doors, rules);
  const { Code, Lines } = await shell.run(effects);
  const indent = (line: string) => " ".repeat(line.length - line.trimStart().length);
  for (const line of Lines) doors.services.terminal.out(`${indent(line)}${clean(line)}\n`);
  return Code;
}

/** What the shell knows about screens: what follows from a message, and how a model looks. */
export interface Rules {
  readonly update: (model: Model, message: Message) => Turn;
  readonly frame: (model: Model) => readonly Line[];
}

type Exit = Effect & { Do: "exit" };

class Shell {
  #model: Model;
  readonly #doors: Doors;
  readonly #rules: Rules;
  readonly #guard = new Guard();
  readonly #queue: Message[] = [];
  #draining = false;
  #over = false;
  readonly #exit = Promise.withResolvers<Exit>();
  /** Comes when Ink has been imported; nothing if the screens were left before. */
  #window: Promise<Window | undefined> | undefined;
  #shown: Window | undefined;
  #drawn: readonly string[] = [];
  #lent = 0;
  #lending: Promise<unknown> = Promise.resolve();
  #pace: number | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(start: Model, doors: Doors, rules: Rules) {
    this.#model = { ...start, Size: sizeOr(start.Size) };
    this.#doors = doors;
    this.#rules = rules;
  }

  async run(effects: readonly Effect[]): Promise<Exit> {
    const ends: (() => void)[] = [];
    try {
      this.#guard.enter();
      this.#draw();
      ends.push(this.#doors.signals((Name) => this.#signalled(Name)));
      ends.push(onSignal("SIGCONT", () => this.#continued()));
      ends.push(onSignal("SIGWINCH", () => this.#shown || this.#resized()));
      for (const effect of effects) this.#perform(effect);
      this.#keepTime();
      this.#window = this.#open();
      this.#window.catch((error) => this.#fail(error));
      return await this.#exit.promise;
    } finally {
      this.#over = true;
      clearInterval(this.#timer);
      for (const end of ends) end();
      await this.#shown?.close();
      this.#guard.end();
    }
  }

  async #open(): Promise<Window | undefined> {
    // React's own checks double the work of every key; DEV would connect to a debugger.
    Deno.env.set("NODE_ENV", "production");
    Deno.env.delete("DEV");
    const { open } = await import("./ink.tsx");
    if (this.#over) return undefined;
    this.#shown = open(this.#rows(), {
      keys: (messages) => this.#tell(...messages),
      size: (Size) => {
        this.#tell({ Is: "size", Size });
        // What was on its way for the old size has landed somewhere in the new one.
        if (!this.#over) this.#shown?.redraw(this.#rows());
      },
      gone: () => this.#tell({ Is: "signal", Name: "SIGHUP" }),
      failed: (error) => this.#fail(error),
    });
    // It may have changed before Ink listened.
    this.#resized();
    return this.#shown;
  }

  /** While another program has the terminal there is no screen to say it on. */
  #signalled(Name: Stopping): void {
    this.#tell({ Is: "signal", Name });
    if (this.#lent === 0) return;
    const { Note = "Stopping: what runs here is waited for." } = this.#model;
    put(this.#over ? "\r\n" : `\r\ngorel: ${Note}\r\n`);
  }

  #resized(): void {
    this.#tell({ Is: "size", Size: sizeOr(this.#model.Size) });
  }

  /** Takes messages in their order, begins what they ask for, and draws what came of them. */
  readonly #tell = (...messages: readonly Message[]): void => {
    if (this.#over || messages.length === 0) return;
    this.#queue.push({ Is: "tick", Now: this.#doors.services.clock.now() }, ...messages);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#queue.shift(); next && !this.#over; next = this.#queue.shift()) {
        const [model, effects] = this.#rules.update(this.#model, next);
        this.#model = model;
        for (const effect of effects) this.#perform(effect);
      }
      this.#draw();
      this.#keepTime();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#draining = false;
    }
  };

  #rows(): string[] {
    return this.#rules.frame(this.#model).map((line) => ansi(this.#model.Style, line));
  }

  #draw(): void {
    if (this.#over) return;
    const rows = this.#rows();
    const same = rows.length === this.#drawn.length &&
      rows.every((row, i) => row === this.#drawn[i]);
    if (same) return;
    this.#drawn = rows;
    if (this.#shown) this.#shown.draw(rows);
    else paint(rows);
  }

  #keepTime(): void {
    const pace = this.#over ? null : paceOf(this.#model);
    if (pace === this.#pace) return;
    clearInterval(this.#timer);
    this.#pace = pace;
    if (pace === null) return;
    // Every message brings the time along.
    this.#timer = setInterval(() => this.#tell({ Is: "tick", Now: 0 }), pace);
  }

  #fail(error: unknown): void {
    this.#over = true;
    this.#exit.reject(error);
  }

  #perform(effect: Effect): void {
    switch (effect.Do) {
      case "exit":
        this.#over = true;
        return this.#exit.resolve(effect);
      case "redraw":
        return this.#shown?.redraw(this.#rows());
      case "copy": {
        const order = copyOrder(effect.Text);
        if (order) return put(order);
        return this.#tell({ Is: "note", Text: "This is too long to copy by the terminal." });
      }
      case "suspend":
        return this.#begin(async () => {
          if (await this.#suspended(() => stopJob(this.#doors.services))) return;
          this.#tell({ Is: "note", Text: "There is no shell to go back to." });
        });
      case "edit":
        return this.#begin(async () => {
          const { services } = this.#doors;
          const result = await this.#suspended(() => edited(services, effect.What, effect.Text));
          this.#tell({ Is: "edited", What: effect.What, ...result });
        });
      default:
        return this.#begin(() => this.#doors.perform(effect, this.#tell, this.#suspended));
    }
  }

  /** Begins something; nothing that it throws gets into the loop. */
  #begin(work: () => void | Promise<void>): void {
    const failed = (error: unknown) => {
      const words = error instanceof Error ? error.message : String(error);
      const known = error instanceof Refused || error instanceof Failed;
      this.#tell({
        Is: "failed",
        Text: clean(withoutCredentials(words)),
        Problems: known ? error.problems : [],
      });
    };
    try {
      work()?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }

  /** One at a time: the main screen, line editing and echo, and nobody reads the keys but `work`. */
  readonly #suspended: Suspended = async <T>(
    work: () => Promise<T>,
    program?: string,
  ): Promise<T> => {
    const before = this.#lending;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lending = promise;
    try {
      await before;
      const window = await this.#window;
      if (this.#over || !window) return await work();
      return await this.#lend(window, work, program);
    } finally {
      resolve();
    }
  };

  async #lend<T>(window: Window, work: () => Promise<T>, program?: string): Promise<T> {
    let result: { of: T } | undefined;
    this.#lent++;
    try {
      await window.lend(async () => {
        this.#guard.leave();
        if (program !== undefined) put(asking(program));
        try {
          result = { of: await keepingModes(this.#doors.services, work) };
        } finally {
          if (!this.#over) {
            if (program !== undefined) put(asked);
            this.#guard.enter();
            this.#resized();
          }
        }
      });
    } finally {
      this.#lent--;
    }
    return result!.of;
  }

  /** Stopped from outside and continued: the terminal has been somebody else's. */
  #continued(): void {
    if (this.#over || this.#lent > 0) return;
    this.#guard.leave();
    this.#guard.enter();
    this.#resized();
    this.#shown?.redraw(this.#rows());
  }
}
