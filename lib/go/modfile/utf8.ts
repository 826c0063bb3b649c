/**
 * Text that gives its bytes back: a go.mod may hold bytes that are not UTF-8
 * (in a comment, say), and an edit elsewhere must not change them.
 *
 * A byte that belongs to no UTF-8 sequence becomes one lone surrogate U+DC00 +
 * byte, which no decoded text can hold otherwise. Each counts as one
 * character, as in Go, and `toWellFormed` makes U+FFFD of it, as Go prints it.
 */
import { encode, joined } from "../../text.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes as text; `encodeText` gives exactly the same bytes again. A byte-order mark stays. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeEach(bytes);
  }
}

/** The bytes of a text, lone surrogates of `decodeText` included. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  if (text.isWellFormed()) return encode(text);
  const parts = text.split(/([\udc80-\udcff])/u).map((part) =>
    isLoneByte(part.charCodeAt(0)) ? new Uint8Array([part.charCodeAt(0) - 0xdc00]) : encode(part)
  );
  return joined(parts);
}

/** How many bytes a character of decoded text stands for. */
export function byteLength(codePoint: number): number {
  if (codePoint < 0x80 || isLoneByte(codePoint)) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Orders decoded texts by the bytes they stand for, as Go orders strings: below zero if a comes first. */
export function compareBytes(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // From the surrogates on, the order of UTF-16 is another.
    return x < 0xd800 && y < 0xd800 ? x - y : compareEncoded(encodeText(a), encodeText(b));
  }
  return a.length - b.length;
}

function compareEncoded(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

/** Reports whether a code point is the stand-in of one byte that is not UTF-8. */
export function isLoneByte(codePoint: number): boolean {
  return codePoint >= 0xdc80 && codePoint <= 0xdcff;
}

function decodeEach(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let n = 0;
  for (let i = 0; i < bytes.length;) {
    const [codePoint, length] = decodeRune(bytes, i);
    if (codePoint >= 0x10000) {
      units[n++] = 0xd800 + ((codePoint - 0x10000) >> 10);
      units[n++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff);
    } else units[n++] = codePoint;
    i += length;
  }
  let text = "";
  for (let i = 0; i < n; i += 8192) {
    text += String.fromCharCode(...units.subarray(i, Math.min(i + 8192, n)));
  }
  return text;
}

/** The character that begins at a byte, and its length; not UTF-8 gives the stand-in and 1. */
function decodeRune(bytes: Uint8Array, at: number): [codePoint: number, length: number] {
  const first = bytes[at]!;
  if (first < 0x80) return [first, 1];
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  let codePoint = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0;
    if ((next & 0xc0) !== 0x80) return [0xdc00 + first, 1];
    codePoint = codePoint << 6 | next & 0x3f;
  }
  const valid = length === 2 ||
    length === 3 && codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff) ||
    length === 4 && codePoint >= 0x10000 && codePoint <= 0x10ffff;
  return valid ? [codePoint, length] : [0xdc00 + first, 1];
}
