/** The window, drawn by Ink. The only file that knows React, which holds nothing: rows come in, keys go out. */
import process from "node:process";
import { Box, render, Text, useApp, useInput, usePaste } from "ink";
import type { Message, Size } from "../model.ts";
import { messagesOf, pasted } from "./presses.ts";

/** What the window tells. */
export interface Listener {
  /** All messages of one piece of input, in their order. */
  keys(messages: readonly Message[]): void;
  size(size: Size): void;
  /** The terminal went away; told once. */
  gone(): void;
  failed(error: unknown): void;
}

export interface Window {
  /** Shows these rows: as many as the window has, none wider. */
  draw(rows: readonly string[]): void;
  /** The same on an empty screen, whatever was there. */
  redraw(rows: readonly string[]): void;
  /** Gives the keyboard away while `work` is done, and draws anew afterwards. */
  lend(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

type Lend = (work: () => Promise<void>) => Promise<void>;

interface Props {
  readonly rows: readonly string[];
  readonly keys: Listener["keys"];
  readonly lends: (lend: Lend) => void;
}

function Rows({ rows, keys, lends }: Props) {
  lends(useApp().suspendTerminal);
  useInput((input, key) => keys(messagesOf(input, key)));
  usePaste((text) => keys([pasted(text)]));
  return (
    <Box flexDirection="column" height={rows.length} flexShrink={0}>
      {rows.map((row, at) => <Text key={at} wrap="truncate">{row === "" ? " " : row}</Text>)}
    </Box>
  );
}

/** Signals that somebody else answers: Ink ends the program at one that no process listener is for. */
const answered = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Comes back when everything that waits now has had its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Opens the window on a terminal that is raw and on its other screen. */
export function open(rows: readonly string[], listener: Listener): Window {
  const { stdin, stdout } = process;
  let lend: Lend | undefined;
  const lends = (by: Lend) => void (lend = by);
  const content = (rows: readonly string[]) => (
    <Rows rows={rows} keys={listener.keys} lends={lends} />
  );
  const ignore = () => {};
  const resized = () => listener.size({ Columns: stdout.columns, Rows: stdout.rows });
  let here = true;
  const gone = () => {
    if (here) listener.gone();
    here = false;
  };
  for (const name of answered) process.on(name, ignore);
  stdin.on("end", gone).on("error", gone);
  stdout.on("error", gone);
  // Before Ink's own listener, so that it never draws the rows of another size.
  stdout.on("resize", resized);
  stdout.write("\x1b[?2026h\x1b[H\x1b[2J");
  const window = render(content(rows), {
    // The guard owns the other screen: it is entered before Ink and left after it.
    alternateScreen: false,
    exitOnCtrlC: false,
    incrementalRendering: true,
    interactive: true,
    isScreenReaderEnabled: false,
    maxFps: 120,
    patchConsole: false,
  });
  const exit = window.waitUntilExit();
  exit.catch(listener.failed);
  return {
    draw: (rows) => window.rerender(content(rows)),
    redraw(rows) {
      window.clear();
      stdout.write("\x1b[2J\x1b[H");
      window.rerender(content(rows));
    },
    lend: (work) =>
      lend!(async () => {
        // Ink stops listening, but the stream would go on reading keys that are for others. It
        // can be paused once it has noticed that nobody listens, and then stops at its next turn;
        // Ink's listening does not start it again, for it thinks that it still reads.
        await turn();
        stdin.pause();
        await turn();
        try {
          await work();
        } finally {
          stdin._read(0);
        }
      }),
    async close() {
      window.unmount();
      await exit.catch(ignore);
      stdout.off("resize", resized);
      stdin.off("end", gone).off("error", gone);
      for (const name of answered) process.off(name, ignore);
    },
  };
}
