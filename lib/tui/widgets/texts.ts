/** The difference of two texts, line by line: the fewest lines that come and go (Myers). */
import type { DiffLine } from "./diff.ts";

/** Most lines that come and go for which the fewest are looked for; beyond it all go, and all come. */
const mostChanges = 1000;

/** The lines that differ, with `around` unchanged lines on both sides. */
export function diffOfTexts(before: string, after: string, around = 2): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head && tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) tail++;
  const middle = script(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const all: Line[] = [
    ...old.slice(0, head).map(same),
    ...middle,
    ...old.slice(old.length - tail).map(same),
  ];
  return shown(all, around);
}

interface Line {
  readonly Sign: "+" | "-" | " ";
  readonly Text: string;
}

const same = (Text: string): Line => ({ Sign: " ", Text });

/** Every line with its end; a text that ends with one has no empty line behind it. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** One shortest way from the old lines to the new ones. */
function script(old: readonly string[], now: readonly string[]): Line[] {
  const ends: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(mostChanges, old.length + now.length); d++) {
    ends.push(reach);
    const next = new Map(reach);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1);
      let x = down ? reach.get(k + 1)! : reach.get(k - 1)! + 1;
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x++;
      next.set(k, x);
      if (x >= old.length && x - k >= now.length) return walkedBack(old, now, ends);
    }
    reach = next;
  }
  return [
    ...old.map((Text): Line => ({ Sign: "-", Text })),
    ...now.map((Text): Line => ({ Sign: "+", Text })),
  ];
}

/** The way to the end, from how far each number of changes came. */
function walkedBack(
  old: readonly string[],
  now: readonly string[],
  ends: readonly Map<number, number>[],
): Line[] {
  const out: Line[] = [];
  let [x, y] = [old.length, now.length];
  for (let d = ends.length - 1; d >= 0; d--) {
    const reach = ends[d]!;
    const k = x - y;
    const down = k === -d || k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1);
    const from = down ? reach.get(k + 1)! : reach.get(k - 1)!;
    const fromY = from - (down ? k + 1 : k - 1);
    while (x > from && y > fromY && x > 0 && y > 0 && old[x - 1] === now[y - 1]) {
      out.push(same(old[--x]!));
      y--;
    }
    if (d === 0) break;
    if (down) out.push({ Sign: "+", Text: now[--y]! });
    else out.push({ Sign: "-", Text: old[--x]! });
  }
  return out.reverse();
}

/** Without the unchanged lines that are far from any change. */
function shown(all: readonly Line[], around: number): DiffLine[] {
  const near = new Set<number>();
  for (const [i, { Sign }] of all.entries()) {
    if (Sign === " ") continue;
    for (let at = i - around; at <= i + around; at++) near.add(at);
  }
  const out: DiffLine[] = [];
  let number = 0;
  for (const [i, { Sign, Text }] of all.entries()) {
    if (Sign !== "+") number++;
    if (!near.has(i)) continue;
    const where = Sign === "+" ? number + 1 : number;
    if (i > 0 && !near.has(i - 1)) out.push({ Sign: "@", Text: `@@ line ${where}` });
    out.push({ Sign, Text: Text.replace(/\n$/, "") });
    if (!Text.endsWith("\n")) out.push({ Sign: "@", Text: "no line end at the end of the file" });
  }
  return out;
}
