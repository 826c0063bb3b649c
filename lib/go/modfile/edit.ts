/**
 * Edits of a go.mod file as text: a change says which bytes go and which come,
 * and nothing else moves. Reprinting a file, as Go does, would touch the rest.
 */
import { joined } from "../../text.ts";
import type { Comment, FileSyntax, Line, LineBlock } from "./syntax.ts";
import { decodeText, encodeText } from "./utf8.ts";

/** At byte `At` of the original, `Old` becomes `New`; either may be "". */
export interface Edit {
  At: number;
  Old: string;
  New: string;
}

/** Applies edits, which are ascending and do not overlap; `At` and `Old` are those of the original bytes. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(bytes.subarray(at, edit.At), encodeText(edit.New));
    at = edit.At + encodeText(edit.Old).length;
  }
  parts.push(bytes.subarray(at));
  return joined(parts);
}

/** A line of the syntax tree, and the block it is an entry of. */
export interface Entry {
  Line: Line;
  Block?: LineBlock;
}

/** The lines of a file by where they begin. Of a file that `parse` takes, no two begin on one line. */
export function entriesOf(syntax: FileSyntax): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  for (const statement of syntax.Statements) {
    if (statement.Kind === "line") entries.set(statement.Start.Line, { Line: statement });
    if (statement.Kind !== "block") continue;
    for (const line of statement.Lines) {
      entries.set(line.Start.Line, { Line: line, Block: statement });
    }
  }
  return entries;
}

const [tab, newline, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];

/** The original of an edit, looked at as lines. All places are bytes from the start. */
export class Original {
  /** The line end that most lines have. */
  readonly eol: string;

  constructor(readonly bytes: Uint8Array) {
    let [unix, windows] = [0, 0];
    bytes.forEach((byte, i) => {
      if (byte !== newline) return;
      if (bytes[i - 1] === carriageReturn) windows++;
      else unix++;
    });
    this.eol = windows > unix ? "\r\n" : "\n";
  }

  /** Where the line begins that holds a byte. */
  lineStart(at: number): number {
    return at === 0 ? 0 : this.bytes.lastIndexOf(newline, at - 1) + 1;
  }

  /** Where the line after it begins, or the file ends. */
  lineEnd(at: number): number {
    const end = this.bytes.indexOf(newline, at);
    return end < 0 ? this.bytes.length : end + 1;
  }

  /** Reports whether there is nothing but white space from one byte to another. */
  isBlank(from: number, to: number): boolean {
    return this.bytes.subarray(from, to).every((byte) =>
      byte === tab || byte === space || byte === newline || byte === carriageReturn
    );
  }

  /** The tabs and spaces at the start of the line that holds a byte. */
  indent(at: number): string {
    const start = this.lineStart(at);
    return /^[ \t]*/.exec(decodeText(this.bytes.subarray(start, at)))![0];
  }

  /** An edit that puts text in the place of the bytes from one place to another; null if nothing changes. */
  replace(from: number, to: number, text: string): Edit | null {
    const old = decodeText(this.bytes.subarray(from, to));
    return old === text ? null : { At: from, Old: old, New: text };
  }

  /** Comment lines with the indentation of the line that holds a byte. */
  comment(lines: readonly string[], at: number): string {
    const indent = this.indent(at);
    return lines.map((line) => indent + (line === "" ? "//" : "// " + line) + this.eol).join("");
  }

  /** What must stand before text that is added at the end, so that one blank line is between. */
  gap(): string {
    const end = this.bytes.length;
    const last = this.lineStart(end);
    if (end === 0) return "";
    if (last < end) return this.isBlank(last, end) ? this.eol : this.eol + this.eol;
    return this.isBlank(this.lineStart(end - 1), end) ? "" : this.eol;
  }
}

/** The edits that are one, ascending, neighbours joined. */
export function inOrder(edits: readonly (Edit | null)[]): Edit[] {
  const out: Edit[] = [];
  let end = -1;
  for (const edit of edits.filter((edit) => edit !== null).sort((a, b) => a.At - b.At)) {
    const last = out.at(-1);
    if (last && end === edit.At) {
      last.Old += edit.Old;
      last.New += edit.New;
    } else out.push({ ...edit });
    end = edit.At + encodeText(edit.Old).length;
  }
  return out;
}

/** Where the lines of comments above something begin. */
export function commentStart(original: Original, comments: readonly Comment[]): number | undefined {
  const first = comments.find((comment) => comment.Text !== "");
  return first && original.lineStart(first.Start);
}
