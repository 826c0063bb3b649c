/** The standard style of a go.mod file (go-rules §3.9). */
import { trimSpace } from "./strconv.ts";
import { parse } from "./rule.ts";
import type { Comment, FileSyntax, Line, LineBlock, Paren, Statement } from "./syntax.ts";
import { encodeText } from "./utf8.ts";

/** A go.mod file in standard style; one that `parse` refuses comes back unchanged. */
export function format(bytes: Uint8Array): Uint8Array {
  const { Mod, Errors } = parse("go.mod", bytes);
  return Errors.length > 0 ? bytes : encodeText(formatSyntax(Mod.Syntax));
}

/** A syntax tree as text, in standard style. */
export function formatSyntax(file: FileSyntax): string {
  return new Printer().file(file);
}

/** Prints line by line; comments beside something wait for the end of its line. */
class Printer {
  readonly #lines: string[] = [];
  #line = "";
  #beside: Comment[] = [];
  #margin = "";

  file(file: FileSyntax): string {
    this.#comments(file.Before);
    file.Statements.forEach((statement, i) => {
      this.#statement(statement);
      if (statement.Kind !== "comments") this.#newline();
      if (i + 1 < file.Statements.length) this.#newline();
    });
    while (this.#lines.at(-1) === "") this.#lines.pop();
    const last = trimEnd(this.#line);
    return this.#lines.map((line) => line + "\n").join("") + last;
  }

  #statement(statement: Statement): void {
    this.#above(statement.Before);
    if (statement.Kind === "line") this.#tokens(statement.Tokens);
    if (statement.Kind === "block") this.#block(statement);
    this.#beside.push(...statement.Suffix);
  }

  #block(block: LineBlock): void {
    this.#tokens(block.Tokens);
    this.#line += " ";
    this.#paren(block.Open, "(");
    this.#margin = "\t";
    for (const line of block.Lines) {
      this.#newline();
      this.#entry(line);
    }
    this.#margin = "";
    this.#newline();
    this.#paren(block.Close, ")");
  }

  #entry(line: Line): void {
    this.#above(line.Before);
    this.#tokens(line.Tokens);
    this.#beside.push(...line.Suffix);
  }

  #paren(paren: Paren, text: string): void {
    this.#above(paren.Before);
    this.#line += text;
    this.#beside.push(...paren.Suffix);
  }

  /** Comment lines, at the margin. */
  #above(comments: Comment[]): void {
    if (comments.length === 0) return;
    this.#line = trimEnd(this.#line);
    if (this.#line !== "") this.#push();
    this.#line += this.#margin;
    this.#comments(comments);
  }

  #comments(comments: Comment[]): void {
    for (const comment of comments) {
      this.#line += trimSpace(comment.Text);
      this.#newline();
    }
  }

  #tokens(tokens: string[]): void {
    let space = "";
    for (const token of tokens) {
      this.#line += (/^[,)\]}]$/.test(token) ? "" : space) + token;
      space = /^[([{]$/.test(token) ? "" : " ";
    }
  }

  /** Ends the line, but never leaves two blank ones, nor one at the top. */
  #newline(): void {
    this.#beside.forEach((comment, i) => {
      if (i > 0) {
        this.#push();
        this.#line = this.#margin;
      } else this.#line += " ";
      this.#line += trimSpace(comment.Text);
    });
    this.#beside = [];
    this.#line = trimEnd(this.#line);
    const blank = this.#line === "" && (this.#lines.at(-1) ?? "") === "";
    if (!blank) this.#push();
    this.#line += this.#margin;
  }

  #push(): void {
    this.#lines.push(trimEnd(this.#line));
    this.#line = "";
  }
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(0, end);
}
