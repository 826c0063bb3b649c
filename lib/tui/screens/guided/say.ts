/** Blocks of a step: what is said, drawn for a pane of any width, or told line by line. */
import { cells } from "../../cells.ts";
import type { Mark, Style } from "../../../cli/style.ts";
import { markWidth } from "../../../cli/style.ts";
import { type Line, mark, prose, textOf } from "../../line.ts";

/** Some lines that belong together, for a pane of that many cells. */
export interface Block {
  (columns: number): readonly Line[];
  /** What it is made of, where a small window may show less of it. */
  readonly Parts?: readonly Block[];
  /** A table: some of its lines are better than none. */
  readonly Table?: true;
}

/** A sentence of our own, with a symbol before it where it needs one. Names in it are cleaned before. */
export function say(style: Style, text: string, symbol?: Mark): Block {
  if (symbol === undefined) return (columns) => prose(style, text, columns - 1, 2);
  const indent = 3 + markWidth(style);
  return (columns) =>
    prose(style, text, columns - 1, indent).map((row, i): Line =>
      i > 0 ? row : [{ Text: "  " }, mark(style, symbol), { Text: " " + textOf(row).slice(indent) }]
    );
}

/** Lines that are the same in every pane. */
export function lines(...of: readonly Line[]): Block {
  return () => of;
}

/** Several sentences without empty rows between them. */
export function together(...blocks: readonly Block[]): Block {
  return Object.assign((columns: number) => blocks.flatMap((block) => block(columns)), {
    Parts: blocks,
  });
}

/** Lines of which some are better than none. */
export function table(block: Block): Block {
  return Object.assign((columns: number) => block(columns), { Table: true as const });
}

/**
 * The blocks one below the other with an empty row between, in at most `rows` lines. The
 * order is that of importance: what does not fit is left out, and so is all that follows.
 * Only of the first block a part is better than nothing.
 */
export function stack(blocks: readonly Block[], columns: number, rows: number): Line[] {
  const out: Line[] = [];
  for (const block of blocks) {
    const more = block(columns);
    if (more.length === 0) continue;
    const gap = out.length > 0 ? 1 : 0;
    if (out.length + gap + more.length > rows) {
      return out.length > 0 ? out : more.slice(0, Math.max(0, rows));
    }
    if (gap > 0) out.push([]);
    out.push(...more);
  }
  return out;
}

/** For a small window: no empty rows, and of what belongs together as much as fits. */
export function packed(blocks: readonly Block[], columns: number, rows: number): Line[] {
  const out: Line[] = [];
  const all = (block: Block): readonly Block[] => block.Parts?.flatMap(all) ?? [block];
  for (const block of blocks.flatMap(all)) {
    const more = block(columns);
    if (out.length + more.length > rows) {
      return block.Table ? [...out, ...more.slice(0, rows - out.length)] : out;
    }
    out.push(...more);
  }
  return out;
}

/** The blocks as plain lines. */
export function spoken(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => block(79)).map((line) => textOf(line).trimEnd())
    .filter((text) => cells(text) > 0);
}
