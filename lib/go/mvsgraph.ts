/** The graph that versions are selected in: who requires what, and the highest version of each module. */

/** A module at a version. "" is the main module's, "none" stands for its absence. */
export interface PathVersion {
  readonly Path: string;
  readonly Version: string;
}

/** Why something is not known, and what may help. */
export interface Unknown {
  Error: string;
  Fix?: string;
}

/** Below zero if the first version is lower. "none" must be the lowest, the target's the highest. */
export type Compare = (path: string, v1: string, v2: string) => number;

/** The one text of a module at a version, as the go command writes it. */
export function keyOf({ Path, Version }: PathVersion): string {
  return Version === "" ? Path : `${Path}@${Version}`;
}

/** Requirements of modules at their versions, as far as they are known, and the highest version of each. */
export class Graph {
  readonly #required = new Map<string, readonly PathVersion[]>();
  readonly #selected = new Map<string, string>();
  /** A graph names the same module version many times, mostly as the same value. */
  readonly #seen = new Set<PathVersion>();

  constructor(
    readonly compare: Compare,
    readonly roots: readonly PathVersion[],
  ) {
    for (const root of roots) this.#see(root);
  }

  #see(m: PathVersion): void {
    if (this.#seen.has(m)) return;
    this.#seen.add(m);
    const { Path, Version } = m;
    const known = this.#selected.get(Path);
    if (known === Version || Version === "none") return;
    if (known === undefined || this.compare(Path, known, Version) < 0) {
      this.#selected.set(Path, Version);
    }
  }

  /** Adds the requirements of a module; they count whether it is selected or not. */
  require(m: PathVersion, required: readonly PathVersion[]): void {
    this.#required.set(keyOf(m), required);
    for (const r of required) this.#see(r);
  }

  /** What a module requires; undefined where that was not added. */
  requiredBy(m: PathVersion): readonly PathVersion[] | undefined {
    return this.#required.get(keyOf(m));
  }

  /** The highest version that anything requires; "none" if nothing does. */
  selected(path: string): string {
    return this.#selected.get(path) ?? "none";
  }

  /** The selected versions: the roots' first, the others by path. */
  buildList(): PathVersion[] {
    const first = [...new Set(this.roots.map(({ Path }) => Path))];
    const others = [...this.#selected.keys()].filter((path) => !first.includes(path)).sort();
    return [...first, ...others].map((Path) => ({ Path, Version: this.selected(Path) }))
      .filter(({ Version }) => Version !== "none");
  }

  /** Every module version but "none" once, the nearest to the roots first. */
  *walkBreadthFirst(): Generator<PathVersion> {
    for (const [m] of this.#walk()) if (m.Version !== "none") yield m;
  }

  /** The shortest way from a root to a module version that is looked for; empty if there is none. */
  findPath(found: (m: PathVersion) => boolean): PathVersion[] {
    for (const [m, by] of this.#walk()) {
      if (!found(m)) continue;
      const path = [m];
      for (let at = by.get(keyOf(m)); at; at = by.get(keyOf(at))) path.push(at);
      return path.reverse();
    }
    return [];
  }

  *#walk(): Generator<[m: PathVersion, firstRequiredBy: Map<string, PathVersion | null>]> {
    const by = new Map<string, PathVersion | null>(this.roots.map((m) => [keyOf(m), null]));
    const queue = [...this.roots];
    for (const m of queue) {
      yield [m, by];
      for (const r of this.requiredBy(m) ?? []) {
        const key = keyOf(r);
        if (by.has(key)) continue;
        by.set(key, m);
        queue.push(r);
      }
    }
  }
}
