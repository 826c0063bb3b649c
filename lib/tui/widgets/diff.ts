/** Diffs of files: what a plan writes, and what git says changed. */
import type { Style } from "../../cli/style.ts";
import type { ByteEdit } from "../../plan/types.ts";
import { decode, encode } from "../../text.ts";
import { cut, foreign, type Line } from "../line.ts";

/** One line of a diff; `+` and `-` are coloured, the text is foreign. `@` says where, or of which file. */
export interface DiffLine {
  readonly Sign: "+" | "-" | " " | "@";
  readonly Text: string;
}

/** Lines of the file that edits replace: from `First` up to `Last`, and what stands there then. */
interface Hunk {
  readonly First: number;
  readonly Last: number;
  readonly New: readonly string[];
}

/** The lines that edits of a file change, with `around` unchanged lines on both sides. */
export function diffOfEdits(
  before: Uint8Array,
  edits: readonly ByteEdit[],
  around = 2,
): DiffLine[] {
  const starts = lineStarts(before);
  const old = starts.map((at, i) => decode(before.subarray(at, starts[i + 1] ?? before.length)));
  const hunks = hunksOf(before, starts, edits).map((h) => trimmed(old, h))
    .filter((h) => h.First < h.Last || h.New.length > 0);
  const out: DiffLine[] = [];
  let shown = 0;
  for (const [i, { First, Last, New }] of hunks.entries()) {
    const from = Math.max(shown, First - around);
    if (from > shown) out.push({ Sign: "@", Text: `@@ line ${from + 1}` });
    out.push(...signed(" ", old.slice(from, First)));
    out.push(...signed("-", old.slice(First, Last)), ...signed("+", New));
    shown = Math.min(Last + around, hunks[i + 1]?.First ?? old.length, old.length);
    out.push(...signed(" ", old.slice(Last, shown)));
  }
  return out;
}

/** Where lines begin; a file that ends with a line end has no empty line behind it. */
function lineStarts(bytes: Uint8Array): number[] {
  const starts: number[] = bytes.length > 0 ? [0] : [];
  for (
    let at = bytes.indexOf(10);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(10, at + 1)
  ) {
    starts.push(at + 1);
  }
  return starts;
}

/** The edits line by line; those that touch the same line, or lines side by side, are one hunk. */
function hunksOf(
  before: Uint8Array,
  starts: readonly number[],
  edits: readonly ByteEdit[],
): Hunk[] {
  const groups: { First: number; Last: number; Edits: ByteEdit[] }[] = [];
  for (const edit of edits) {
    const First = lineAt(starts, edit.At);
    const Last = Math.min(starts.length, lineAt(starts, edit.At + encode(edit.Old).length) + 1);
    const open = groups.at(-1);
    if (open && First <= open.Last) {
      open.Last = Math.max(open.Last, Last);
      open.Edits.push(edit);
    } else groups.push({ First, Last, Edits: [edit] });
  }
  return groups.map(({ First, Last, Edits }) => {
    const end = starts[Last] ?? before.length;
    let at = starts[First] ?? before.length;
    let text = "";
    for (const edit of Edits) {
      text += decode(before.subarray(at, edit.At)) + edit.New;
      at = edit.At + encode(edit.Old).length;
    }
    text += decode(before.subarray(at, end));
    return { First, Last, New: text.match(/[^\n]*\n|[^\n]+$/g) ?? [] };
  });
}

/** The line that holds a byte, or begins there. */
function lineAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The hunk without the lines at its ends that stay as they are. */
function trimmed(old: readonly string[], { First, Last, New }: Hunk): Hunk {
  let head = 0;
  while (First + head < Last && head < New.length && old[First + head] === New[head]) head++;
  let tail = 0;
  while (
    First + head < Last - tail && head < New.length - tail &&
    old[Last - 1 - tail] === New[New.length - 1 - tail]
  ) tail++;
  return { First: First + head, Last: Last - tail, New: New.slice(head, New.length - tail) };
}

function signed(sign: DiffLine["Sign"], lines: readonly string[]): DiffLine[] {
  return lines.flatMap((text): DiffLine[] =>
    text.endsWith("\n")
      ? [{ Sign: sign, Text: text.slice(0, -1) }]
      : [{ Sign: sign, Text: text }, { Sign: "@", Text: "no line end at the end of the file" }]
  );
}

/** What git writes about a file before its hunks; the names stand in the line that begins with `diff`. */
const header = /^(?:index [0-9a-f]|--- |\+\+\+ |similarity index |dissimilarity index )/;

/** The lines of a unified diff as git prints it. */
export function diffOfGit(lines: readonly string[]): DiffLine[] {
  const out: DiffLine[] = [];
  // Only the numbers of a hunk's head tell its last line from the head of the next file.
  let left = 0;
  let right = 0;
  let inFile = false;
  for (const text of lines) {
    const sign = text[0] ?? " ";
    if (left > 0 || right > 0) {
      if (sign === "\\") out.push({ Sign: "@", Text: text.slice(2) });
      else {
        if (sign !== "+") left--;
        if (sign !== "-") right--;
        out.push({ Sign: sign === "+" || sign === "-" ? sign : " ", Text: text.slice(1) });
      }
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(text);
    if (hunk) {
      left = Number(hunk[1] ?? 1);
      right = Number(hunk[2] ?? 1);
      out.push({ Sign: "@", Text: text });
    } else if (text.startsWith("diff --git ")) {
      inFile = true;
      out.push({ Sign: "@", Text: / b\/(.*)$/.exec(text)?.[1] ?? text.slice(11) });
    } else if (sign === "\\" && inFile) out.push({ Sign: "@", Text: text.slice(2) });
    else if (!inFile) out.push({ Sign: " ", Text: text });
    else if (!header.test(text)) out.push({ Sign: "@", Text: text });
  }
  return out;
}

/**
 * The lines from `top`, at most `room` of them, indented by two: `+ text`. Only these are
 * made, so a diff of any length costs the same.
 */
export function diffLines(
  style: Style,
  lines: readonly DiffLine[],
  columns: number,
  top: number,
  room: number,
): Line[] {
  const from = Math.max(0, top);
  return lines.slice(from, from + Math.max(0, room)).map(({ Sign, Text }) => {
    // Cells that cannot be seen need not be cleaned; a letter takes at most a few units.
    const near = Text.slice(0, 64 + columns * 8);
    if (Sign === "@") return cut(style, [{ Text: "  " }, foreign(style, near, "quiet")], columns);
    const indent = /^[ \t]*/.exec(near)![0].replaceAll("\t", "    ");
    return cut(style, [
      { Text: "  " },
      Sign === " " ? { Text: " " } : { Text: Sign, Role: Sign === "+" ? "good" : "bad" },
      { Text: " " + indent },
      foreign(style, near),
    ], columns);
  });
}
