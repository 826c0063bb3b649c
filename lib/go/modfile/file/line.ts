/** Where a new line goes, and how one is changed or dropped (go-rules §3.10). */
import type { Position } from "../lex.ts";
import type { Comment, FileSyntax, Line, LineBlock, Statement } from "../syntax.ts";

/**
 * What a new line belongs to: a statement, an entry of a block, or "last", the
 * last statement with the same verb. "end" is the end of the file.
 */
export type Hint = Statement | Line | "last" | "end";

/**
 * Adds a line of tokens, the verb first. With a hint of the same verb it goes
 * into that block, behind the hint if that is an entry; a hint that is a line
 * becomes a block with both. With a hint of another verb it goes behind that
 * statement; without any to the end of the file.
 */
export function addLine(syntax: FileSyntax, hint: Hint, tokens: string[]): Line {
  const verb = tokens[0]!;
  const statements = syntax.Statements;
  const at = hint === "end"
    ? -1
    : hint === "last"
    ? statements.findLastIndex((statement) => verbOf(statement) === verb)
    : statements.findIndex((statement) =>
      statement === hint ||
      statement.Kind === "block" && hint.Kind === "line" && statement.Lines.includes(hint)
    );
  const statement = statements[at];
  if (!statement || verbOf(statement) !== verb) {
    const line = newLine(tokens, false);
    statements.splice(statement ? at + 1 : statements.length, 0, line);
    return line;
  }
  const line = newLine(tokens.slice(1), true);
  if (statement.Kind === "line") {
    statements[at] = blockOf(statement, line);
  } else if (statement.Kind === "block") {
    const entry = statement.Lines.indexOf(hint as Line);
    statement.Lines.splice(entry < 0 ? statement.Lines.length : entry + 1, 0, line);
  }
  return line;
}

/** Gives a line other tokens, the verb first; its comments stay. */
export function updateLine(line: Line, tokens: string[]): void {
  line.Tokens = line.InBlock ? tokens.slice(1) : tokens;
}

/**
 * Drops a line, with the comment beside it: it stays in the tree without
 * tokens until `cleanup`, where the comments above it go too.
 */
export function markRemoved(line: Line): void {
  line.Tokens = [];
  line.Suffix = [];
}

/** The items of a list that are left when those to be dropped are, with their lines. */
export function dropWhere<T extends { Syntax: Line }>(items: T[], gone: (item: T) => boolean): T[] {
  return items.filter((item) => {
    if (!gone(item)) return true;
    markRemoved(item.Syntax);
    return false;
  });
}

/** A block of a verb, not in any file yet. */
export function newBlock(verb: string, lines: Line[]): LineBlock {
  const paren = () => ({ Kind: "paren" as const, ...nowhere(), Before: [], Suffix: [] });
  return {
    Kind: "block",
    ...nowhere(),
    Tokens: [verb],
    Open: paren(),
    Lines: lines,
    Close: paren(),
    Before: [],
    Suffix: [],
  };
}

/** A line, not in any file yet. */
export function newLine(tokens: string[], inBlock: boolean): Line {
  return {
    Kind: "line",
    ...nowhere(),
    Tokens: tokens,
    InBlock: inBlock,
    Before: [],
    Suffix: [],
  };
}

/** A comment, not in any file yet: `text` begins with `//`. */
export function newComment(text: string): Comment {
  return { Text: text, Start: 0, End: 0 };
}

/** A block of a statement's verb in its place; the statement becomes an entry and keeps its comments. */
export function blockOf(statement: Line, ...more: Line[]): LineBlock {
  const [verb = "", ...tokens] = statement.Tokens;
  statement.Tokens = tokens;
  statement.InBlock = true;
  return newBlock(verb, [statement, ...more]);
}

/** The verb of a statement; undefined for one that was dropped, and for comments. */
export function verbOf(statement: Statement): string | undefined {
  return statement.Kind === "comments" ? undefined : statement.Tokens[0];
}

function nowhere(): { Start: Position; End: Position } {
  return {
    Start: { Line: 0, LineRune: 0, Byte: 0 },
    End: { Line: 0, LineRune: 0, Byte: 0 },
  };
}
