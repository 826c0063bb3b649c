/** The screen before Ink is there: importing it takes longer than anybody should look at nothing. */
import { put } from "./guard.ts";

/** Paints all rows of the window, over what is there. */
export function paint(rows: readonly string[]): void {
  const lines = rows.map((row) => `${row}\x1b[K`);
  put(`\x1b[?2026h\x1b[H${lines.join("\r\n")}\x1b[?2026l`);
}
