/** What a string literal of Go stands for (specification, String literals), and where each byte of it is written. */

export interface Unquoted {
  /** The string's bytes, one character each. */
  Value: string;
  /** Reports whether Go accepts the literal. */
  Valid: boolean;
  /** The place in the text that byte `index` of Value is written at; for its length, behind the last one. */
  place: (index: number) => number;
}

const simple: Readonly<Record<string, string>> = {
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

const escape =
  /\\(?:([abfnrtv\\"])|([0-3][0-7]{2})|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))/y;

/**
 * Reads the literal, quotes included, from `start` to before `end`. Of one that Go refuses, what is
 * no escape stands for itself. A carriage return in a raw string counts for nothing in Go, but is
 * left in Value.
 */
export function unquote(text: string, start: number, end: number): Unquoted {
  const delimiter = text[start];
  const closed = end - start >= 2 && text[end - 1] === delimiter;
  const from = start + 1, to = closed ? end - 1 : end;
  const body = text.slice(from, to);
  if (delimiter === "`" || !body.includes("\\")) {
    return { Value: body, Valid: closed, place: (index) => from + index };
  }
  const parts: string[] = [];
  const places: number[] = [];
  let valid = closed;
  for (let at = 0; at < body.length;) {
    let part = body[at]!, width = 1;
    if (part === "\\") {
      escape.lastIndex = at;
      const match = escape.exec(body);
      const bytes = match === null ? undefined : escaped(match);
      if (bytes === undefined) valid = false;
      else [part, width] = [bytes, match![0].length];
    }
    parts.push(part);
    for (let i = 0; i < part.length; i++) places.push(from + at);
    at += width;
  }
  places.push(to);
  return { Value: parts.join(""), Valid: valid, place: (index) => places[index] ?? to };
}

/** The bytes of an escape; undefined where it names no character. */
function escaped([, char, octal, hex, short, long]: RegExpExecArray): string | undefined {
  if (char !== undefined) return simple[char];
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
  const rune = parseInt((short ?? long)!, 16);
  if (rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return undefined;
  return String.fromCharCode(...new TextEncoder().encode(String.fromCodePoint(rune)));
}
