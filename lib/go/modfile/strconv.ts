/**
 * Go's quoting and its classes of characters, as far as go.mod needs them
 * (go-rules §3.1 L6, §3.3). All text is decoded by utf8.ts.
 */
import { quote } from "../paths.ts";
import { assignedLater } from "../unicode.ts";
import { decodeText, encodeText, isLoneByte } from "./utf8.ts";

export { quote };

const graphic = new RegExp(String.raw`^(?!${assignedLater})[\p{L}\p{M}\p{N}\p{P}\p{S}]$`, "u");

/** Reports whether Go prints a character as it is: letters, marks, numbers, punctuation, symbols, and the space. */
export function isPrint(codePoint: number): boolean {
  if (codePoint < 0x7f) return codePoint >= 0x20;
  return isLoneByte(codePoint) || graphic.test(String.fromCodePoint(codePoint));
}

/** Reports whether Go takes a character for white space; unlike JavaScript it has U+0085 and lacks U+FEFF. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code >= 0x09 && code <= 0x0d || code === 0x85 || code === 0xa0 ||
    code === 0x1680 || code >= 0x2000 && code <= 0x200a || code === 0x2028 || code === 0x2029 ||
    code === 0x202f || code === 0x205f || code === 0x3000;
}

/** Text without white space at both ends. */
export function trimSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** The value of one Go string literal in double quotes or backquotes, or null if it is none. */
export function unquote(literal: string): string | null {
  const mark = literal.charAt(0);
  if (literal.length < 2 || literal.at(-1) !== mark) return null;
  const body = literal.slice(1, -1);
  if (mark === "`") return body.includes("`") ? null : body.replaceAll("\r", "");
  if (mark !== '"' || body.includes("\n")) return null;
  if (!/["\\]/.test(body)) return body.toWellFormed();
  return unescaped(body);
}

const named: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

const escapes =
  /[^\\"]+|\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/gy;

function unescaped(body: string): string | null {
  let out = "";
  let end = 0;
  for (const match of body.matchAll(escapes)) {
    end = match.index + match[0].length;
    const [plain, letter, hex, octal, short, long] = match;
    if (letter !== undefined) out += named[letter]!;
    else if (hex !== undefined || octal !== undefined) {
      const byte = hex !== undefined ? parseInt(hex, 16) : parseInt(octal!, 8);
      if (byte > 0xff) return null;
      out += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
    } else if (short !== undefined || long !== undefined) {
      const codePoint = parseInt((short ?? long)!, 16);
      if (codePoint > 0x10ffff || codePoint >= 0xd800 && codePoint < 0xe000) return null;
      out += String.fromCodePoint(codePoint);
    } else out += plain.toWellFormed();
  }
  // Neighbouring \x escapes may spell one character.
  return end === body.length ? decodeText(encodeText(out)) : null;
}

/** Reports whether text must be quoted to be one token of a go.mod line (go-rules §3.3 V4). */
function mustQuote(text: string): boolean {
  if (text === "" || text.includes("//") || text.includes("/*")) return true;
  if (/^[\w.~+/-]+$/.test(text)) return false;
  for (const char of text) {
    if (/[ "'`]/.test(char)) return true;
    if (/[()[\]{},]/.test(char)) {
      if (text.length > 1) return true;
    } else if (!isPrint(char.codePointAt(0)!)) return true;
  }
  return false;
}

/** Text as a token of a go.mod line: quoted only if it must be. */
export function autoQuote(text: string): string {
  return mustQuote(text) ? quote(text) : text;
}
