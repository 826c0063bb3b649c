/** Seeded randomness: every random test prints its seed, and GOREL_SEED repeats it. */

/** A small generator (mulberry32) with the draws that tests need. */
export class Random {
  #state: number;
  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from low to high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error("pick from nothing");
    return items[this.int(0, items.length - 1)]!;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}

/** A generator whose seed is printed, so that a failure can be repeated with GOREL_SEED. */
export function seeded(test: string): Random {
  const given = Deno.env.get("GOREL_SEED");
  const seed = given ? Number(given) : crypto.getRandomValues(new Uint32Array(1))[0]!;
  console.log(`${test}: GOREL_SEED=${seed}`);
  return new Random(seed);
}

/** How many cases a random suite runs: all of them in a soak, otherwise the given number. */
export function cases(usual: number, soak: number): number {
  return Deno.env.get("GOREL_SOAK") ? soak : usual;
}
