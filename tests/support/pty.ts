/**
 * A program on a real pseudo-terminal (util-linux `script`), and what somebody would see of it
 * (xterm, without a window). For Linux: `script` has other flags elsewhere.
 */
import xterm from "@xterm/headless";
import graphemes from "@xterm/addon-unicode-graphemes";
import assert from "node:assert/strict";
import { environment } from "./gorel.ts";

export interface Window {
  readonly columns: number;
  readonly rows: number;
}

/** One character cell; colours are the numbers of the terminal's palette, -1 its default. */
export interface Cell {
  readonly text: string;
  readonly color: number;
  readonly bold: boolean;
  readonly dim: boolean;
}

export interface PtyOptions {
  cwd?: string;
  /** Added to the environment of `gorel.ts`; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  size?: Window;
}

/** How it ended, and what then stands in the terminal. */
export interface Ended {
  readonly code: number;
  readonly screen: string;
}

/** Generous: a busy machine is no failure. */
const patience = 60_000;

export class Pty implements AsyncDisposable {
  readonly #term: xterm.Terminal;
  readonly #child: Deno.ChildProcess;
  readonly #keyboard: WritableStreamDefaultWriter<Uint8Array>;
  readonly #shown: Promise<void>;
  readonly #copied: string[] = [];
  #cursor = true;
  #bytes = 0;
  #output = "";
  #ended: Promise<Ended> | undefined;

  /** Starts a program with its arguments in a terminal of 80×24, or another size. */
  constructor(command: readonly string[], { cwd, env = {}, size }: PtyOptions = {}) {
    const { columns, rows } = size ?? { columns: 80, rows: 24 };
    this.#term = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    // The package's types name the xterm of browsers, which is not here.
    this.#term.loadAddon(new graphemes.UnicodeGraphemesAddon() as xterm.ITerminalAddon);
    this.#term.unicode.activeVersion = "15-graphemes";
    this.#watch();
    const variables = { ...environment(), ...terminal, ...env };
    this.#child = new Deno.Command("script", {
      args: [
        "-qefc",
        `stty rows ${rows} cols ${columns}; exec ${command.map(quoted).join(" ")}`,
        "/dev/null",
      ],
      ...(cwd !== undefined && { cwd }),
      clearEnv: true,
      env: Object.fromEntries(
        Object.entries(variables).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ),
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keyboard = this.#child.stdin.getWriter();
    this.#shown = this.#show();
  }

  /** Sends keys in one write: `"\x1b[B\r"` is Down and Enter. */
  async type(keys: string): Promise<void> {
    await this.#keyboard.write(new TextEncoder().encode(keys));
  }

  /** Sends a text as a terminal sends a paste to a program that asked to know. */
  async paste(text: string): Promise<void> {
    await this.type(`\x1b[200~${text}\x1b[201~`);
  }

  /** What is on the screen, a line each row. */
  screen(): string {
    const { active } = this.#term.buffer;
    return Array.from(
      { length: this.#term.rows },
      (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? "",
    ).join("\n");
  }

  /** Waits until the screen shows a text, or is as wanted; fails with what it shows instead. */
  async until(wanted: string | RegExp | ((screen: string) => boolean)): Promise<string> {
    const found = typeof wanted === "function"
      ? wanted
      : (screen: string) =>
        typeof wanted === "string" ? screen.includes(wanted) : wanted.test(screen);
    const end = Date.now() + patience;
    for (; !found(this.screen()); await new Promise((tick) => setTimeout(tick, 10))) {
      assert.ok(Date.now() < end, `the terminal never showed ${wanted}:\n${this.screen()}`);
    }
    return this.screen();
  }

  /** What is on the screen once nothing more comes: a frame may arrive in pieces. */
  async settled(): Promise<string> {
    for (let seen = -1; seen !== this.#bytes;) {
      seen = this.#bytes;
      await new Promise((tick) => setTimeout(tick, 100));
    }
    return this.screen();
  }

  /** The cell in a row and a column, both counted from 0. */
  cell(row: number, column: number): Cell {
    const { active } = this.#term.buffer;
    const cell = active.getLine(active.baseY + row)?.getCell(column);
    assert.ok(cell, `there is no cell ${column} in row ${row}`);
    return {
      text: cell.getChars(),
      color: cell.isFgDefault() ? -1 : cell.getFgColor(),
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
    };
  }

  /** Every cell of the screen, row by row. */
  *cells(): Generator<Cell> {
    for (let row = 0; row < this.#term.rows; row++) {
      for (let column = 0; column < this.#term.cols; column++) yield this.cell(row, column);
    }
  }

  /** Reports whether the alternate screen is shown, which full-screen programs draw on. */
  get alternate(): boolean {
    return this.#term.buffer.active.type === "alternate";
  }

  get cursorVisible(): boolean {
    return this.#cursor;
  }

  /** Reports whether the program wants to know what is pasted. */
  get bracketedPaste(): boolean {
    return this.#term.modes.bracketedPasteMode;
  }

  /** Bytes that the program wrote so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Everything that the program wrote, escape sequences and all. */
  get output(): string {
    return this.#output;
  }

  /** What programs asked the terminal to put on the clipboard (OSC 52). */
  get copied(): readonly string[] {
    return this.#copied;
  }

  /** What `stty -a` says about the terminal now. */
  async modes(): Promise<string> {
    const { stdout } = await new Deno.Command("stty", {
      args: ["-F", await this.#tty(), "-a"],
      env: { LC_ALL: "C" },
    }).output();
    return new TextDecoder().decode(stdout);
  }

  /** Gives the window another size; the program hears of it as from any terminal. */
  async resize({ columns, rows }: Window): Promise<void> {
    this.#term.resize(columns, rows);
    const { success } = await new Deno.Command("stty", {
      args: ["-F", await this.#tty(), "rows", `${rows}`, "cols", `${columns}`],
    }).output();
    assert.ok(success, "stty could not set the size");
  }

  /** The process id of the program. */
  async pid(): Promise<number> {
    const path = `/proc/${this.#child.pid}/task/${this.#child.pid}/children`;
    for (const end = Date.now() + patience; Date.now() < end;) {
      const [first] = (await Deno.readTextFile(path)).trim().split(" ");
      if (first) return Number(first);
      await new Promise((tick) => setTimeout(tick, 10));
    }
    throw new Error("the program never started");
  }

  /** Sends the program a signal. */
  async signal(name: Deno.Signal): Promise<void> {
    Deno.kill(await this.pid(), name);
  }

  /** Closes the terminal under the program, as when a window is closed or a connection breaks. */
  hangUp(): void {
    this.#child.kill("SIGKILL");
  }

  /** Waits for the end of the program. */
  ended(): Promise<Ended> {
    return this.#ended ??= (async () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`the program does not end:\n${this.screen()}`)),
          patience,
        );
      });
      try {
        await Promise.race([this.#shown, late]);
        const { code } = await this.#child.status;
        return { code, screen: this.screen() };
      } finally {
        clearTimeout(timer);
        await this.#keyboard.close().catch(() => {});
      }
    })();
  }

  /** Ends what still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) {
      try {
        await this.signal("SIGKILL");
      } catch {
        // It has ended.
      }
    }
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // So has script.
    }
    await this.#keyboard.close().catch(() => {});
    await this.#shown;
    await this.#child.status;
    this.#term.dispose();
  }

  async #tty(): Promise<string> {
    return await Deno.readLink(`/proc/${await this.pid()}/fd/0`);
  }

  async #show(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.#child.stdout) {
      this.#bytes += bytes.length;
      this.#output = (this.#output + decoder.decode(bytes, { stream: true })).slice(-1_000_000);
      await new Promise<void>((written) => this.#term.write(bytes, written));
    }
  }

  #watch(): void {
    const cursor = (visible: boolean) => (params: (number | number[])[]) => {
      if (params.includes(25)) this.#cursor = visible;
      return false;
    };
    this.#term.parser.registerCsiHandler({ prefix: "?", final: "h" }, cursor(true));
    this.#term.parser.registerCsiHandler({ prefix: "?", final: "l" }, cursor(false));
    this.#term.parser.registerOscHandler(52, (data) => {
      const [, text = ""] = data.split(";");
      this.#copied.push(new TextDecoder().decode(Uint8Array.fromBase64(text)));
      return true;
    });
  }
}

/** A terminal as most people have it, which is nobody's CI. */
const terminal = {
  TERM: "xterm-256color",
  LC_ALL: "C.UTF-8",
  SHELL: "/bin/sh",
  NO_COLOR: undefined,
  CI: undefined,
};

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
