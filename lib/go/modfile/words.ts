/** The words of a go.mod or go.work file with the bytes they take: for edits of single words. */
import { Lexer } from "./lex.ts";
import { unquote } from "./strconv.ts";
import type { FileSyntax, Line } from "./syntax.ts";
import { decodeText } from "./utf8.ts";

/** One word of a line, from byte Start to byte End. */
export interface Word {
  /** As written, quotes included. */
  Raw: string;
  /** What it says; "" for a quoted word that Go cannot read. */
  Value: string;
  Start: number;
  End: number;
}

/** One line of a directive, also an entry of its block. */
export interface DirectiveWords {
  Verb: string;
  /** What follows the verb. */
  Args: Word[];
  Line: Line;
}

/** Every directive of a file with its words. `syntax` is that of `bytes`, as it was read. */
export function directiveWords(bytes: Uint8Array, syntax: FileSyntax): DirectiveWords[] {
  return syntax.Statements.flatMap((statement): DirectiveWords[] => {
    if (statement.Kind === "line") {
      const [verb, ...Args] = wordsOf(bytes, statement);
      return verb ? [{ Verb: verb.Raw, Args, Line: statement }] : [];
    }
    if (statement.Kind !== "block") return [];
    const Verb = statement.Tokens.join(" ");
    return statement.Lines.map((line) => ({ Verb, Args: wordsOf(bytes, line), Line: line }));
  });
}

function wordsOf(bytes: Uint8Array, line: Line): Word[] {
  const from = line.Start.Byte;
  const lexer = new Lexer(decodeText(bytes.subarray(from, line.End.Byte)));
  const words: Word[] = [];
  while (lexer.token.Kind === "word" || lexer.token.Kind === "punctuation") {
    const { Text, Start, End } = lexer.next();
    const Value = Text.startsWith('"') ? unquote(Text) ?? "" : Text;
    words.push({ Raw: Text, Value, Start: from + Start.Byte, End: from + End.Byte });
  }
  return words;
}
