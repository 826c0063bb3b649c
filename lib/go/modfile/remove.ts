/** Edits that take lines out of a go.mod or go.work file, with the comments that belong to them. */
import { commentStart, type Edit, inOrder, type Original } from "./edit.ts";
import type { FileSyntax, Line, LineBlock, Statement } from "./syntax.ts";

/**
 * The edits that take out the lines that begin on these lines of the file, with
 * their comments; a block that would be empty goes as a whole. The other
 * entries keep what their comments say.
 */
export function removeLines(
  original: Original,
  syntax: FileSyntax,
  gone: ReadonlySet<number>,
): Edit[] {
  return inOrder([
    ...removeStatements(original, syntax, gone),
    ...syntax.Statements.flatMap((statement) =>
      statement.Kind === "block" ? removeEntries(original, statement, gone) : []
    ),
  ]);
}

function isGone(statement: Statement, gone: ReadonlySet<number>): boolean {
  if (statement.Kind === "line") return gone.has(statement.Start.Line);
  return statement.Kind === "block" && statement.Lines.length > 0 &&
    statement.Lines.every((line) => gone.has(line.Start.Line));
}

/** Whole statements, and one of the blank lines around them if there are two. */
function removeStatements(
  original: Original,
  syntax: FileSyntax,
  gone: ReadonlySet<number>,
): (Edit | null)[] {
  const regions: [start: number, end: number][] = [];
  for (const statement of syntax.Statements.filter((statement) => isGone(statement, gone))) {
    const start = commentStart(original, statement.Before) ??
      original.lineStart(statement.Start.Byte);
    const end = original.lineEnd(statement.End.Byte);
    const last = regions.at(-1);
    if (last && last[1] === start) last[1] = end;
    else regions.push([start, end]);
  }
  let top = 0;
  return regions.map(([start, end]) => {
    const above = original.lineStart(Math.max(start - 1, 0));
    const blankBelow = original.isBlank(end, original.lineEnd(end));
    if (start === top) {
      top = blankBelow ? original.lineEnd(end) : end;
      return original.replace(start, top, "");
    }
    const blankAbove = original.isBlank(above, start);
    return original.replace(blankAbove && blankBelow ? above : start, end, "");
  });
}

/** Some entries of a block, each with the comments and blank lines above it. */
function removeEntries(
  original: Original,
  block: LineBlock,
  gone: ReadonlySet<number>,
): (Edit | null)[] {
  if (isGone(block, gone)) return [];
  const first = block.Lines.findIndex((line) => !gone.has(line.Start.Line));
  return block.Lines.map((line, i) => {
    if (gone.has(line.Start.Line)) {
      const above = original.lineEnd((block.Lines[i - 1] ?? block.Open).End.Byte);
      return original.replace(above, original.lineEnd(line.End.Byte), "");
    }
    if (i === 0 || i !== first || !isKeptFromBlock(line)) return null;
    // Go does not see a blank line above a first entry: without a comment it would inherit.
    const start = original.lineStart(line.Start.Byte);
    return original.replace(start, start, original.comment([""], line.Start.Byte));
  });
}

/** Reports whether only a blank line keeps the comment of its block away from an entry. */
function isKeptFromBlock(line: Line): boolean {
  return line.Suffix.length === 0 && line.Before.length > 0 &&
    line.Before.every((comment) => comment.Text === "");
}
