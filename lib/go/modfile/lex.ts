/**
 * Tokens of a go.mod file (go-rules §3.1).
 *
 * The lexer is one token ahead of its reader, because Go's error positions are:
 * an unexpected token is reported where the token after it has been read.
 */
import { quoteRune } from "../paths.ts";
import { isPrint, isSpace } from "./strconv.ts";
import { byteLength } from "./utf8.ts";

/** A place in a file: line and character from 1, byte from 0. */
export interface Position {
  Line: number;
  LineRune: number;
  Byte: number;
}

/** "word" is an identifier or a quoted string; "eol" a newline, "suffix" a comment that ends its line. */
export type TokenKind = "eof" | "eol" | "suffix" | "comment" | "punctuation" | "word";

export interface Token {
  Kind: TokenKind;
  /** As written, quotes included; a comment without its line end. */
  Text: string;
  Start: Position;
  End: Position;
}

/** What the lexer or the parser could not read, and where. */
export interface Fault {
  Pos: Position;
  Text: string;
}

/** Reports whether a token of this kind ends a line. */
export function endsLine(kind: TokenKind): boolean {
  return kind === "eof" || kind === "eol" || kind === "suffix";
}

const punctuation = "()[]{},";
const noBlockComments = "mod files must use // comments (not /* */ comments)";

/** Most of most files: characters of one byte that neither end an identifier nor begin a comment. */
const plain = /[!-'*+.0-Z\\^-z|~-]+/y;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d;
}

/** Reads tokens one by one. After a fault there is nothing but "eof". */
export class Lexer {
  /** The token that `next` gives. */
  token: Token;
  fault?: Fault;
  /** Where the token ahead ends. */
  get pos(): Position {
    return { Line: this.#line, LineRune: this.#rune, Byte: this.#byte };
  }

  readonly #text: string;
  #at = 0;
  #line = 1;
  #rune = 1;
  #byte = 0;
  #atLineStart = true;

  /** `text` is decoded by utf8.ts. */
  constructor(text: string) {
    this.#text = text;
    this.token = this.#read();
  }

  /** Gives the token ahead and reads the next one. */
  next(): Token {
    const token = this.token;
    this.token = this.#read();
    return token;
  }

  #read(): Token {
    if (this.fault) return this.#token("eof", this.pos, this.#at);
    while (isBlank(this.#text.charCodeAt(this.#at))) this.#advance();
    const [start, from] = [this.pos, this.#at];

    if (this.#at === this.#text.length) return this.#token("eof", start, from);
    if (this.#ahead("//")) return this.#comment();
    if (this.#ahead("/*")) return this.#fail(this.pos, noBlockComments);

    const char = this.#text.charAt(this.#at);
    if (char === "\n") {
      this.#advance();
      this.#atLineStart = true;
      return this.#token("eol", start, from);
    }
    this.#atLineStart = false;
    if (punctuation.includes(char)) {
      this.#advance();
      return this.#token("punctuation", start, from);
    }
    if (char === '"' || char === "`") return this.#string(char);
    return this.#identifier();
  }

  #comment(): Token {
    const [start, from] = [this.pos, this.#at];
    const kind = this.#atLineStart ? "comment" : "suffix";
    const newline = this.#text.indexOf("\n", from);
    let end = newline < 0 ? this.#text.length : newline;
    if (newline > 0 && this.#text.charAt(newline - 1) === "\r") end--;
    if (/^[ -~\t]*$/.test(this.#text.slice(from, end))) this.#skip(end - from);
    while (this.#at < end) this.#advance();
    const token = this.#token(kind, start, from);
    if (newline >= 0) {
      while (this.#at <= newline) this.#advance();
      this.#atLineStart = true;
    }
    return token;
  }

  #string(mark: string): Token {
    const [start, from] = [this.pos, this.#at];
    this.#advance();
    for (;;) {
      if (this.#at === this.#text.length) return this.#fail(start, "unexpected EOF in string");
      const char = this.#text.charAt(this.#at);
      if (char === "\n") return this.#fail(this.pos, "unexpected newline in string");
      this.#advance();
      if (char === mark) return this.#token("word", start, from);
      if (char === "\\" && mark === '"') {
        if (this.#at === this.#text.length) return this.#fail(start, "unexpected EOF in string");
        this.#advance();
      }
    }
  }

  #identifier(): Token {
    const [start, from] = [this.pos, this.#at];
    while (this.#at < this.#text.length && this.#isIdentifier() && !this.#ahead("//")) {
      if (this.#ahead("/*")) return this.#fail(this.pos, noBlockComments);
      plain.lastIndex = this.#at;
      if (plain.test(this.#text)) this.#skip(plain.lastIndex - this.#at);
      else this.#advance();
    }
    if (this.#at > from) return this.#token("word", start, from);
    const char = String.fromCodePoint(this.#text.codePointAt(from)!);
    return this.#fail(start, `unexpected input character ${quoteRune(char)}`);
  }

  #isIdentifier(): boolean {
    const codePoint = this.#text.codePointAt(this.#at)!;
    return isPrint(codePoint) && !isSpace(codePoint) &&
      (codePoint > 0x7f || !punctuation.includes(this.#text.charAt(this.#at)));
  }

  #ahead(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #advance(): void {
    const codePoint = this.#text.codePointAt(this.#at)!;
    this.#at += codePoint > 0xffff ? 2 : 1;
    this.#byte += byteLength(codePoint);
    if (codePoint === 0x0a) {
      this.#line++;
      this.#rune = 1;
    } else this.#rune++;
  }

  /** Passes characters of one byte each, no newline among them. */
  #skip(count: number): void {
    this.#at += count;
    this.#byte += count;
    this.#rune += count;
  }

  #token(kind: TokenKind, start: Position, from: number): Token {
    return { Kind: kind, Text: this.#text.slice(from, this.#at), Start: start, End: this.pos };
  }

  #fail(pos: Position, text: string): Token {
    this.fault = { Pos: pos, Text: text };
    return this.#token("eof", pos, this.#at);
  }
}
