/**
 * The syntax tree of a go.mod file: statements with the comments that belong
 * to them (go-rules §3.2). Nothing is interpreted here.
 */
import { endsLine, type Fault, Lexer, type Position, type Token } from "./lex.ts";
import { decodeText } from "./utf8.ts";

/** One `//` comment. A blank line inside a block is kept as a comment without text. */
export interface Comment {
  /** From `//` to the end of the line, white space at its end included; "" is a blank line. */
  Text: string;
  /** Bytes from the file's start. */
  Start: number;
  End: number;
}

/** Comments that belong to a piece of syntax. */
export interface Comments {
  /** Whole lines above it. */
  Before: Comment[];
  /** At the end of its line. */
  Suffix: Comment[];
}

/** One line of tokens: a statement, or an entry of a block (then without the verb). */
export interface Line extends Comments {
  Kind: "line";
  Start: Position;
  End: Position;
  /** As written; reading the directive may take needless quotes away. */
  Tokens: string[];
  /** An entry of a block. */
  InBlock: boolean;
}

/** A parenthesis, which may have comments of its own. */
export interface Paren extends Comments {
  Kind: "paren";
  Start: Position;
  End: Position;
}

/** `verb ( … )`. */
export interface LineBlock extends Comments {
  Kind: "block";
  Start: Position;
  End: Position;
  Tokens: string[];
  Open: Paren;
  Lines: Line[];
  Close: Paren;
}

/** Comment lines at top level that belong to no statement. */
export interface CommentBlock extends Comments {
  Kind: "comments";
  Start: Position;
  End: Position;
}

export type Statement = Line | LineBlock | CommentBlock;

/** A whole file. `Before` holds suffix comments that have no syntax before them. */
export interface FileSyntax {
  Name: string;
  Before: Comment[];
  Statements: Statement[];
}

/** More lines than any go.mod has: each of them takes a hundred times its bytes in memory. */
const maxLines = 1_000_000;

/**
 * Reads a file's syntax. With a fault the tree is empty; only the first fault
 * is known. Unlike Go this refuses a file of more than a million lines.
 */
export function parseSyntax(name: string, bytes: Uint8Array): {
  Syntax: FileSyntax;
  Fault?: Fault;
} {
  const parser = new Parser(name, decodeText(bytes));
  const fault = tooLong(bytes) ?? parser.parse();
  return fault
    ? { Syntax: { Name: name, Before: [], Statements: [] }, Fault: fault }
    : { Syntax: parser.file };
}

function tooLong(bytes: Uint8Array): Fault | undefined {
  let at = 0;
  for (let line = 1; line <= maxLines; line++) {
    at = bytes.indexOf(0x0a, at) + 1;
    if (at === 0 || at === bytes.length) return undefined;
  }
  const Pos = { Line: maxLines + 1, LineRune: 1, Byte: at };
  return { Pos, Text: `more than ${maxLines} lines` };
}

class Parser {
  readonly file: FileSyntax;
  readonly #lexer: Lexer;
  readonly #suffixes: Comment[] = [];
  #fault?: Fault;

  constructor(name: string, text: string) {
    this.file = { Name: name, Before: [], Statements: [] };
    this.#lexer = new Lexer(text);
  }

  parse(): Fault | undefined {
    let above: CommentBlock | undefined;
    while (this.#peek() !== "eof") {
      if (this.#peek() === "comment") {
        const token = this.#next();
        above ??= {
          Kind: "comments",
          Start: token.Start,
          End: token.Start,
          Before: [],
          Suffix: [],
        };
        above.Before.push(commentOf(token));
      } else if (this.#peek() === "eol") {
        this.#next();
        if (above) this.file.Statements.push(above);
        above = undefined;
      } else {
        const statement = this.#statement();
        if (above) statement.Before = above.Before;
        above = undefined;
        this.file.Statements.push(statement);
      }
    }
    if (above) this.file.Statements.push(above);
    const fault = this.#fault ?? this.#lexer.fault;
    if (!fault) this.#assignSuffixes();
    return fault;
  }

  #statement(): Line | LineBlock {
    const words = new Words(this.#next());
    for (;;) {
      const token = this.#next();
      if (endsLine(token.Kind)) return lineOf(words, false);
      if (token.Text === "(" && endsLine(this.#peek())) return this.#block(words, token);
      if (token.Text === "(" && this.#lexer.token.Text === ")") {
        const close = this.#next();
        if (endsLine(this.#peek())) {
          this.#next();
          return blockOf(words, token, [], close);
        }
        words.add(token);
        words.add(close);
      } else words.add(token);
    }
  }

  #block(head: Words, open: Token): LineBlock {
    const lines: Line[] = [];
    let comments: Comment[] = [];
    for (;;) {
      if (this.#peek() === "eof") {
        const { Line, LineRune } = head.start;
        const begin = `${this.file.Name}:${Line}:${LineRune}`;
        this.#fail(`syntax error (unterminated block started at ${begin})`);
        return blockOf(head, open, lines, open);
      } else if (this.#peek() === "suffix") {
        this.#next();
      } else if (this.#peek() === "eol") {
        this.#next();
        const last = comments.at(-1);
        if (last ? last.Text !== "" : lines.length > 0) {
          comments.push({ Text: "", Start: 0, End: 0 });
        }
      } else if (this.#peek() === "comment") {
        comments.push(commentOf(this.#next()));
      } else if (this.#lexer.token.Text === ")") {
        const close = this.#next();
        if (!endsLine(this.#peek())) {
          this.#fail("syntax error (expected newline after closing paren)");
        }
        this.#next();
        const block = blockOf(head, open, lines, close);
        if (comments.some((comment) => comment.Text !== "")) block.Close.Before = comments;
        return block;
      } else {
        const line = this.#entry();
        line.Before = comments;
        comments = [];
        lines.push(line);
      }
    }
  }

  #entry(): Line {
    const words = new Words(this.#next());
    for (;;) {
      const token = this.#next();
      if (endsLine(token.Kind)) return lineOf(words, true);
      words.add(token);
    }
  }

  /** "eof" from the first fault on, so that every loop ends. */
  #peek(): Token["Kind"] {
    return this.#fault ? "eof" : this.#lexer.token.Kind;
  }

  #next(): Token {
    const token = this.#lexer.next();
    if (token.Kind === "suffix") this.#suffixes.push(commentOf(token));
    return this.#fault ? { ...token, Kind: "eof" } : token;
  }

  #fail(text: string): void {
    if (!this.#fault && !this.#lexer.fault) this.#fault = { Pos: this.#lexer.pos, Text: text };
  }

  /**
   * Gives each comment at the end of a line to the last piece of syntax before
   * it that begins and ends on one line.
   */
  #assignSuffixes(): void {
    const nodes = this.file.Statements.flatMap((statement): (Statement | Paren)[] =>
      statement.Kind === "block"
        ? [statement.Open, ...statement.Lines, statement.Close, statement]
        : [statement]
    ).filter((node) => node.Start.Line === node.End.Line);
    let last = -1;
    for (const comment of this.#suffixes) {
      while (last + 1 < nodes.length && nodes[last + 1]!.End.Byte <= comment.Start) last++;
      const owner = nodes[last];
      (owner ? owner.Suffix : this.file.Before).push(comment);
    }
  }
}

function commentOf(token: Token): Comment {
  return { Text: token.Text, Start: token.Start.Byte, End: token.End.Byte };
}

/** The tokens of one line: of millions of them only the text is kept. */
class Words {
  readonly texts: string[];
  readonly start: Position;
  end: Position;

  constructor(first: Token) {
    this.texts = [first.Text];
    this.start = first.Start;
    this.end = first.End;
  }

  add(token: Token): void {
    this.texts.push(token.Text);
    this.end = token.End;
  }
}

function lineOf(words: Words, inBlock: boolean): Line {
  return {
    Kind: "line",
    Start: words.start,
    End: words.end,
    Tokens: words.texts,
    InBlock: inBlock,
    Before: [],
    Suffix: [],
  };
}

function blockOf(head: Words, open: Token, lines: Line[], close: Token): LineBlock {
  const paren = ({ Start, End }: Token): Paren => ({
    Kind: "paren",
    Start,
    End,
    Before: [],
    Suffix: [],
  });
  return {
    Kind: "block",
    Start: head.start,
    End: close.End,
    Tokens: head.texts,
    Open: paren(open),
    Lines: lines,
    Close: paren(close),
    Before: [],
    Suffix: [],
  };
}
