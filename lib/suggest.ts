/** Did-you-mean: the name that a person probably meant. */

/** Edits from one word to another: insert, delete, replace, swap two neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, beforeLast[j - 2]! + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/**
 * The candidate nearest to a word; undefined when none is near: at most a
 * third of the letters wrong, or the word is the beginning of just one.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.slice(0, 40).toLowerCase();
  let best: { name: string; far: number } | undefined;
  for (const name of candidates) {
    const far = distance(lower, name);
    if (far <= Math.ceil(Math.max(name.length, 3) / 3) && far < (best?.far ?? Infinity)) {
      best = { name, far };
    }
  }
  if (best) return best.name;
  const begun = lower.length < 3 ? [] : candidates.filter((name) => name.startsWith(lower));
  return begun.length === 1 ? begun[0] : undefined;
}
