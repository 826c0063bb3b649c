/** The seal: a picture of 17×9 cells drawn from a hash by OpenSSH's random-art walk (look.md). */
import { glyphs, type Style } from "../../cli/style.ts";
import { cells } from "../cells.ts";
import { cut, foreign, type Line, own, pad, type Span, width } from "../line.ts";

/** The field that the bishop walks on. */
const wide = 17, high = 9;

/** What a cell shows that was visited that often; the last two are where the walk began and ended. */
const shades = " .o+=*BOX@%&#/^SE";

/** The 9 rows of the picture of an `h1:` hash; each has 17 cells. All spaces for what is no such hash. */
export function seal(sum: string): string[] {
  const visits = Array.from({ length: high }, () => new Array<number>(wide).fill(0));
  const bytes = bytesOf(sum);
  if (bytes) {
    const start = shades.length - 2;
    let x = wide >> 1;
    let y = high >> 1;
    for (const byte of bytes) {
      // Two bits a step, the lowest first: bit 0 is right or left, bit 1 is down or up.
      for (let shift = 0; shift < 8; shift += 2) {
        x = Math.max(0, Math.min(wide - 1, x + ((byte >> shift) & 1 ? 1 : -1)));
        y = Math.max(0, Math.min(high - 1, y + ((byte >> shift) & 2 ? 1 : -1)));
        visits[y]![x] = Math.min(start - 1, visits[y]![x]! + 1);
      }
    }
    visits[high >> 1]![wide >> 1] = start;
    visits[y]![x] = start + 1;
  }
  return visits.map((row) => row.map((n) => shades[n]).join(""));
}

function bytesOf(sum: string): number[] | null {
  if (!/^h1:[A-Za-z0-9+/]{43}=$/.test(sum)) return null;
  return [...atob(sum.slice(3))].map((c) => c.charCodeAt(0));
}

/** One source of a hash; Sum is absent until it is known. */
export interface SealOf {
  readonly From: string;
  readonly Sum?: string;
}

/** Lines of framed seals. */
export const sealLines = high + 2;

/**
 * Framed seals side by side, indented by two, `=` or a red `≠` between two that are known: 11
 * lines. Judged on the whole hash, not on the picture. Empty where the columns are too few:
 * then the hashes stand alone.
 */
export function seals(style: Style, of: readonly SealOf[], columns: number): Line[] {
  const differs = glyphs(style, "≠");
  const gap = cells(differs) + 2;
  if (of.length === 0 || 2 + of.length * (wide + 2) + (of.length - 1) * gap > columns) return [];
  const framed = of.map((source) => frameOf(style, source));
  return Array.from({ length: sealLines }, (_, row): Line => [
    { Text: "  " },
    ...framed.flatMap((lines, i): Line => {
      const left = of[i - 1];
      return left ? [...verdict(style, left, of[i]!, row, gap), ...lines[row]!] : lines[row]!;
    }),
  ]);
}

function frameOf(style: Style, { From, Sum }: SealOf): Line[] {
  const name = cut(style, [foreign(style, From)], wide - 4);
  const side = own(style, "│", "quiet");
  const art = Sum === undefined ? waiting(style) : seal(Sum).map((row): Line => [{ Text: row }]);
  return [
    [
      own(style, "╭─ ", "quiet"),
      ...name,
      own(style, ` ${"─".repeat(wide - 3 - width(name))}╮`, "quiet"),
    ],
    ...art.map((row): Line => [side, ...pad(style, row, wide), side]),
    [own(style, `╰${"─".repeat(wide)}╯`, "quiet")],
  ];
}

/** The place of a picture whose hash is not known yet. */
function waiting(style: Style): Line[] {
  const middle: Line = [{ Text: " ".repeat(wide >> 1) }, own(style, "·", "quiet")];
  return Array.from({ length: high }, (_, i) => i === high >> 1 ? middle : []);
}

function verdict(style: Style, left: SealOf, right: SealOf, row: number, gap: number): Line {
  const judged = left.Sum !== undefined && right.Sum !== undefined && row === sealLines >> 1;
  const same = left.Sum === right.Sum;
  const sign: Span = !judged
    ? { Text: "" }
    : same
    ? { Text: "=", Role: "good" }
    : own(style, "≠", "bad");
  return pad(style, [{ Text: " " }, sign], gap);
}
