/** What stands on every line of a go.mod, and to whom its comments speak (go-rules §3.2, §3.6, §3.7). */
import { commentOwner, commentText } from "../../go/modfile/comment.ts";
import type { ModFile } from "../../go/modfile/mod.ts";
import type { Comment, Line, LineBlock, Statement } from "../../go/modfile/syntax.ts";
import { decodeText } from "../../go/modfile/utf8.ts";

/** One line of the file, from 1. */
export interface FileLine {
  Number: number;
  /** As it is written, without its line end. */
  Text: string;
  Is: LineKind;
}

/** What a line of a go.mod is. */
export type LineKind =
  | { Kind: "blank"; In?: string; Detaches?: Detached }
  | { Kind: "comment"; About: CommentTo }
  | { Kind: "open" | "close"; Verb: string; Entries: number }
  | { Kind: "entry"; Verb: string };

/** A comment that a blank line keeps from what stands below it, where Go would have read it. */
export interface Detached {
  Verb: "module" | "retract";
  Line: number;
}

/** To whom a comment speaks; without `Line` to nobody but people. */
export interface CommentTo {
  Verb?: string;
  /** The entry or statement below it. */
  Line?: number;
  /** It stands above a whole block. */
  Block?: true;
  /** Go reads it: as a retraction's reason, or as a deprecation. */
  Read: boolean;
  Detached?: Detached;
}

/** Every line of a file that `parse` understood. */
export function linesOf(mod: ModFile, bytes: Uint8Array): FileLine[] {
  const text = decodeText(bytes).toWellFormed();
  const raw = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (raw.at(-1) === "") raw.pop();
  const kinds = new Map<number, LineKind>();
  const lineAt = lineCounter(bytes);
  const statements = mod.Syntax.Statements;
  for (const [i, statement] of statements.entries()) {
    comments(kinds, statement, statements[i + 1], lineAt);
    if (statement.Kind === "line") {
      kinds.set(statement.Start.Line, { Kind: "entry", Verb: statement.Tokens[0]! });
    }
    if (statement.Kind === "block") block(kinds, statement, lineAt);
  }
  const below = detachments(statements);
  const inside = blocksByLine(statements);
  return raw.map((Text, i) => {
    const Is = kinds.get(i + 1) ?? blank(i + 1, inside, below);
    return { Number: i + 1, Text, Is };
  });
}

function blank(
  line: number,
  inside: (line: number) => string | undefined,
  below: ReadonlyMap<number, Detached>,
): LineKind {
  const In = inside(line);
  const Detaches = below.get(line);
  return {
    Kind: "blank",
    ...(In !== undefined && { In }),
    ...(Detaches && { Detaches }),
  };
}

/** Tells the verb of the block that a line lies in; asked for ascending lines. */
function blocksByLine(statements: readonly Statement[]): (line: number) => string | undefined {
  const blocks = statements.filter((statement) => statement.Kind === "block");
  let at = 0;
  return (line) => {
    while (at < blocks.length && blocks[at]!.End.Line < line) at++;
    const block = blocks[at];
    return block && block.Start.Line < line ? block.Tokens.join(" ") : undefined;
  };
}

/**
 * The blank lines that keep a reason or a deprecation from its line: those between a comment and
 * the statement below it, and in a block with a reason those above an entry that has none.
 */
function detachments(statements: readonly Statement[]): Map<number, Detached> {
  const found = new Map<number, Detached>();
  for (const [i, statement] of statements.entries()) {
    const next = statements[i + 1];
    if (statement.Kind === "comments" && next && next.Kind !== "comments") {
      const detached = detachedFrom(statement.Before, next);
      // The comment block ends where its last comment does; the blank line is right below.
      const last = statement.Start.Line + statement.Before.length;
      if (detached) found.set(last, detached);
    }
    if (statement.Kind !== "block" || statement.Tokens.join(" ") !== "retract") continue;
    if (statement.Before.every((comment) => comment.Text === "")) continue;
    for (const entry of statement.Lines) {
      const onlyBlank = entry.Before.length > 0 && entry.Suffix.length === 0 &&
        entry.Before.every((comment) => comment.Text === "");
      if (onlyBlank) {
        found.set(entry.Start.Line - 1, { Verb: "retract", Line: entry.Start.Line });
      }
    }
  }
  return found;
}

function verbOf(statement: Line | LineBlock): string {
  return statement.Kind === "line" ? statement.Tokens[0]! : statement.Tokens.join(" ");
}

/** What Go would have read in comments, were they not apart from the statement below them. */
function detachedFrom(
  comments: readonly Comment[],
  below: Line | LineBlock,
): Detached | undefined {
  const verb = verbOf(below);
  const said = comments.some((c) => c.Text !== "" && commentText(c).startsWith("Deprecated:"));
  if (verb === "module" && said) return { Verb: "module", Line: below.Start.Line };
  const bare = below.Kind === "line" && below.Before.length + below.Suffix.length === 0;
  return verb === "retract" && bare ? { Verb: "retract", Line: below.Start.Line } : undefined;
}

function comments(
  kinds: Map<number, LineKind>,
  statement: Statement,
  next: Statement | undefined,
  lineAt: (byte: number) => number,
): void {
  const alone = statement.Kind === "comments";
  const Verb = alone ? undefined : verbOf(statement);
  const detached = alone && next && next.Kind !== "comments"
    ? detachedFrom(statement.Before, next)
    : undefined;
  const Read = statement.Kind === "line"
    ? Verb === "retract" || Verb === "module"
    : statement.Kind === "block" && (Verb === "retract" || Verb === "module") &&
      statement.Lines.some((entry) => commentOwner(statement, entry) === statement);
  const About: CommentTo = {
    ...(Verb !== undefined && { Verb, Line: statement.Start.Line }),
    ...(statement.Kind === "block" && { Block: true as const }),
    Read,
    ...(detached && { Detached: detached }),
  };
  set(kinds, statement.Before, About, lineAt);
}

function set(
  kinds: Map<number, LineKind>,
  comments: readonly Comment[],
  About: CommentTo,
  lineAt: (byte: number) => number,
): void {
  for (const comment of comments) {
    if (comment.Text !== "") kinds.set(lineAt(comment.Start), { Kind: "comment", About });
  }
}

function block(
  kinds: Map<number, LineKind>,
  statement: LineBlock,
  lineAt: (byte: number) => number,
): void {
  const Verb = statement.Tokens.join(" ");
  const Entries = statement.Lines.length;
  set(kinds, statement.Close.Before, { Read: false }, lineAt);
  for (const entry of statement.Lines) {
    const Line = entry.Start.Line;
    const Read = Verb === "retract" || Verb === "module";
    set(kinds, entry.Before, { Verb, Line, Read }, lineAt);
    kinds.set(Line, { Kind: "entry", Verb });
  }
  kinds.set(statement.Close.Start.Line, { Kind: "close", Verb, Entries });
  kinds.set(statement.Start.Line, { Kind: "open", Verb, Entries });
}

/** Tells the line of a byte; asked in any order. */
function lineCounter(bytes: Uint8Array): (byte: number) => number {
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) ends.push(at);
  return (byte) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! < byte) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
