/**
 * Go's tokens as far as imports, comments and strings need them: "The Go Programming Language
 * Specification", Lexical elements. Nothing is refused: a literal that does not end, ends with its
 * line or with the file, and every byte belongs to a token or to white space.
 *
 * Texts have one character a byte, so an index counts bytes. Bytes that are not ASCII belong to words.
 */

/** What a token is; a Word is an identifier, a keyword or a number, an Operator one byte of any other. */
export type Token =
  | "EOF"
  | "Word"
  | "String"
  | "RawString"
  | "Rune"
  | "LineComment"
  | "BlockComment"
  | "Operator";

const letter = 1, space = 2, quote = 4;
const charKinds = new Uint8Array(256).fill(letter, 128);
for (const char of " \t\r\n") charKinds[char.charCodeAt(0)] = space;
for (const char of "\"'") charKinds[char.charCodeAt(0)] = quote;
for (let c = 0; c < 128; c++) {
  if (/\w/.test(String.fromCharCode(c))) charKinds[c] = letter;
}
const [newline, backslash, slash, star, backquote, doubleQuote] = [...'\n\\/*`"'].map((char) =>
  char.charCodeAt(0)
) as [number, number, number, number, number, number];

/** Reads a text token by token, each in time linear in its length. */
export class Scanner {
  /** The token that `next` read, and its bytes: from `start` to before `end`. */
  token: Token = "EOF";
  start = 0;
  end = 0;
  /** Whether a line ends between the token before and this one. */
  newline = true;

  constructor(readonly text: string, readonly limit = text.length) {
    if (text.startsWith("\xef\xbb\xbf")) this.end = 3;
  }

  /** Reads the next token; at the end of the text again and again EOF. */
  next(): Token {
    const { text, limit } = this;
    let at = this.end;
    this.newline = at === 0;
    let char = text.charCodeAt(at);
    while (at < limit && charKinds[char] === space) {
      if (char === newline) this.newline = true;
      char = text.charCodeAt(++at);
    }
    this.start = at;
    if (at >= limit) {
      this.end = limit;
      return this.token = "EOF";
    }
    const kind = charKinds[char];
    if (kind === letter) {
      while (++at < limit && charKinds[text.charCodeAt(at)] === letter);
      return this.#take("Word", at);
    }
    if (kind === quote) {
      return this.#take(char === doubleQuote ? "String" : "Rune", this.#literalEnd(at, char));
    }
    if (char === backquote) return this.#take("RawString", this.#after("`", at + 1));
    if (char === slash && at + 1 < limit) {
      const second = text.charCodeAt(at + 1);
      if (second === slash) return this.#take("LineComment", this.#lineEnd(at));
      if (second === star) return this.#take("BlockComment", this.#after("*/", at + 2));
    }
    return this.#take("Operator", at + 1);
  }

  #take(token: Token, end: number): Token {
    this.end = end;
    return this.token = token;
  }

  #after(what: string, from: number): number {
    const found = this.text.indexOf(what, from);
    return found < 0 ? this.limit : Math.min(found + what.length, this.limit);
  }

  #lineEnd(from: number): number {
    const found = this.text.indexOf("\n", from);
    const end = found < 0 ? this.limit : Math.min(found, this.limit);
    return this.text[end - 1] === "\r" ? end - 1 : end;
  }

  #literalEnd(from: number, delimiter: number): number {
    const { text, limit } = this;
    for (let at = from + 1; at < limit; at++) {
      const char = text.charCodeAt(at);
      if (char === delimiter) return at + 1;
      if (char === newline) return at;
      if (char === backslash && text.charCodeAt(at + 1) !== newline) at++;
    }
    return limit;
  }
}
