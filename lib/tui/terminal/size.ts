/** How large the window is. */
import type { Size } from "../model.ts";

/** The window's size; `known` where the terminal does not say. */
export function sizeOr(known: Size): Size {
  try {
    const { columns, rows } = Deno.consoleSize();
    if (columns > 0 && rows > 0) return { Columns: columns, Rows: rows };
  } catch {
    // Not a terminal that knows.
  }
  return known;
}
