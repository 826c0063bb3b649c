/** The difference of two texts, line by line: the fewest lines that come and go (Myers). */

/** One line of both texts together, with its end. */
export interface Line {
  readonly Sign: "+" | "-" | " ";
  readonly Text: string;
}

/** Most lines that come and go for which the fewest are looked for; beyond it all go, and all come. */
const mostChanges = 1000;

/** The lines of both texts: those that stay, those that go, those that come. */
export function compareLines(before: string, after: string): Line[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (
    tail < old.length - head && tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) tail++;
  return [
    ...old.slice(0, head).map(same),
    ...script(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
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
