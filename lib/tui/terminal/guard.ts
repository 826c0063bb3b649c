/**
 * Takes the terminal for the full screen and gives it back whatever happens. Ink does not when
 * Deno ends by an error, a rejection or an exit, and a terminal without cursor and echo is lost
 * to who sits at it.
 */
import { format } from "node:util";

const taken = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l\x1b[?2004h";
const given = "\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/** Signals that end a program at once, and their numbers. What can be answered goes to the screens. */
const deadly = { SIGQUIT: 3, SIGABRT: 6, SIGUSR1: 10, SIGUSR2: 12, SIGALRM: 14 } as const;

const speakers = ["log", "info", "warn", "error", "debug"] as const;

/** The terminal: raw, on the other screen and without a cursor while it is held. */
export class Guard {
  #held = false;
  readonly #said: string[] = [];
  readonly #undo: (() => void)[] = [];

  /** From here on the terminal is given back however the program ends. Exit codes stay. */
  constructor() {
    const leave = () => this.leave();
    for (const event of ["error", "unhandledrejection", "unload"]) {
      globalThis.addEventListener(event, leave);
      this.#undo.push(() => globalThis.removeEventListener(event, leave));
    }
    for (const [name, number] of Object.entries(deadly)) this.#dieOf(name as Deno.Signal, number);
    for (const name of speakers) this.#keep(name);
  }

  /** Takes the terminal. */
  enter(): void {
    if (this.#held) return;
    Deno.stdin.setRaw(true);
    this.#held = true;
    put(taken);
  }

  /** Gives it back: cooked, its own screen, its cursor; then comes what was said meanwhile. */
  leave(): void {
    if (!this.#held) return;
    this.#held = false;
    put(given);
    try {
      Deno.stdin.setRaw(false);
    } catch {
      // There is no terminal any more.
    }
    for (const words of this.#said.splice(0)) console.error(words);
  }

  /** Gives it back for good. */
  end(): void {
    this.leave();
    for (const undo of this.#undo.splice(0)) undo();
  }

  #dieOf(name: Deno.Signal, number: number): void {
    const die = () => {
      this.leave();
      Deno.exit(128 + number);
    };
    try {
      Deno.addSignalListener(name, die);
      this.#undo.push(() => Deno.removeSignalListener(name, die));
    } catch {
      // This system has no such signal.
    }
  }

  /** What is said to the console would tear the screen: it is kept until the screen is left. */
  #keep(name: typeof speakers[number]): void {
    const speak = console[name];
    console[name] = (...words: unknown[]) => {
      if (!this.#held) speak(...words);
      else if (this.#said.length < 100) this.#said.push(format(...words));
    };
    this.#undo.push(() => console[name] = speak);
  }
}

/** Writes to the terminal at once; one that went away is no error. */
export function put(text: string): void {
  try {
    let bytes = new TextEncoder().encode(text);
    while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  } catch {
    // Nobody sees it.
  }
}
