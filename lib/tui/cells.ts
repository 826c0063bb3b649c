/** Cells of a terminal: how wide a text is, and what of a foreign text may be shown (look.md, Glyphs). */
import { clean } from "../text.ts";

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
const mark = /\p{M}/u;
const marks = /(\P{M}\p{M}{2})\p{M}+/gu;
const plain = /^[\x20-\x7e]*$/;

/**
 * Characters that take two cells: the wide and full-width blocks of Unicode's East Asian
 * Width below U+10000. What is above never gets here: `foreignText` replaces it.
 */
const wide =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2630-\u2637\u2648-\u2653\u267f\u268a-\u268f\u2693\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\u2e80-\u303e\u3041-\u321e\u3220-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/;

/** Marks that do not join the letter before them: they take a cell of their own. */
const alone =
  /[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d]/;

/**
 * What terminals of different ages and kinds count differently, once a text is composed:
 * characters that joined or were widened after Unicode 13, letters that join the next one,
 * parts of Hangul syllables, wide marks, and all that is above U+FFFF or not assigned.
 */
const disputed =
  /(?:[\u{10000}-\u{10ffff}]|\p{Cn}|[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]|[\u2630-\u2637\u268a-\u268f\u2ffc-\u2fff\u31e4-\u31ef\u4dc0-\u4dff]|[\u302a-\u302f\u3099\u309a\u0d4e]|[\u0897-\u089f\u08ca-\u08d2\u0c3c\u0cf3\u0ece\u1715\u1ac1-\u1ade\u1dfa])\p{M}*/gu;

/** Cells that a text takes. */
export function cells(text: string): number {
  if (plain.test(text)) return text.length;
  let sum = 0;
  for (const c of text) sum += mark.test(c) ? Number(alone.test(c)) : wide.test(c) ? 2 : 1;
  return sum;
}

/** The longest beginning of a text, by what people see as letters, that fits into `columns` cells. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return "";
  if (plain.test(text)) return text.slice(0, columns);
  let out = "";
  let room = columns;
  for (const { segment } of segments.segment(text)) {
    room -= cells(segment);
    if (room < 0) break;
    out += segment;
  }
  return out;
}

/**
 * A text from outside as one line that no terminal obeys or disagrees about: controls and
 * format characters go, marks beyond two a letter go, and so do the selectors that would make
 * an emoji of a letter; what is above U+FFFF, or counted differently here and there, becomes
 * U+FFFD. In ASCII whatever is not ASCII becomes `?`.
 */
export function foreignText(text: string, ascii: boolean): string {
  const cleaned = clean(text.slice(0, 20_000));
  if (plain.test(cleaned)) return cleaned;
  const shown = cleaned.replace(/[\ufe00-\ufe0f\u180b-\u180f]/g, "")
    .normalize("NFC")
    // Half-width kana have voice marks that some join and some do not; full-width ones are one.
    .replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize("NFKC"))
    // Thai and Lao AM: as the mark and the vowel that it stands for.
    .replaceAll("\u0e33", "\u0e4d\u0e32").replaceAll("\u0eb3", "\u0ecd\u0eb2")
    .replace(/[\u3164\uffa0\u2800]/g, " ")
    .replace(disputed, "\ufffd")
    .replace(marks, "$1")
    .replace(/^\p{M}+/u, "");
  return ascii ? shown.replace(/[^\x20-\x7e]/g, "?") : shown;
}

/** As `foreignText`, of a text that is being typed: the spaces at its ends stay. */
export function typedText(text: string, ascii: boolean): string {
  const middle = text.trim();
  const lead = text.length - text.trimStart().length;
  if (middle === "") return " ".repeat(text.length);
  const trail = text.length - lead - middle.length;
  return " ".repeat(lead) + foreignText(middle, ascii) + " ".repeat(trail);
}

/** The longest end of a text, by what people see as letters, that fits into `columns` cells. */
export function fitEnd(text: string, columns: number): string {
  if (columns <= 0) return "";
  if (plain.test(text)) return text.slice(-columns);
  let at = text.length;
  let room = columns;
  for (const { segment, index } of [...segments.segment(text)].reverse()) {
    room -= cells(segment);
    if (room < 0) break;
    at = index;
  }
  return text.slice(at);
}

/** A line broken at spaces into lines of at most `columns` cells; a longer word is broken too. */
export function wrapCells(text: string, columns: number): string[] {
  const most = Math.max(1, columns);
  const lines: string[] = [];
  let row = "";
  let used = 0;
  for (const word of text.split(" ")) {
    const long = cells(word);
    if (row !== "" && used + 1 + long <= most) {
      row += " " + word;
      used += 1 + long;
      continue;
    }
    if (row !== "") lines.push(row);
    const pieces = long <= most ? [word] : broken(word, most);
    lines.push(...pieces.slice(0, -1));
    row = pieces.at(-1)!;
    used = cells(row);
  }
  return [...lines, row];
}

/** A word in pieces of at most `most` cells, or of one letter; its letters are looked at once. */
function broken(word: string, most: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const { segment } of segments.segment(word)) {
    const takes = cells(segment);
    if (piece !== "" && used + takes > most) {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += segment;
    used += takes;
  }
  return [...pieces, piece];
}
