/** The end of every edit: what was dropped leaves the syntax tree (go-rules §3.10). */
import type { LineBlock, Statement } from "../syntax.ts";
import type { File } from "./file.ts";

/**
 * Takes out dropped lines and blocks without entries, with their comments. A
 * block with one entry becomes a line with the comments of both, unless there
 * are comments above its closing parenthesis.
 */
export function cleanup(file: File): void {
  file.Syntax.Statements = file.Syntax.Statements.flatMap((statement): Statement[] => {
    if (statement.Kind === "line") return statement.Tokens.length > 0 ? [statement] : [];
    if (statement.Kind !== "block") return [statement];
    statement.Lines = statement.Lines.filter((line) => line.Tokens.length > 0);
    if (statement.Lines.length === 0) return [];
    return [collapsed(statement)];
  });
}

function collapsed(block: LineBlock): Statement {
  const line = block.Lines[0]!;
  if (block.Lines.length > 1 || block.Close.Before.length > 0) return block;
  line.Tokens = [...block.Tokens, ...line.Tokens];
  line.InBlock = false;
  line.Before = [...block.Before, ...line.Before];
  line.Suffix = [...line.Suffix, ...block.Suffix];
  return line;
}
