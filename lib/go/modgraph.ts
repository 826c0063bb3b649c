/**
 * The module graph of a main module, as the go command reads it (go-rules §10.2): which
 * go.mod files matter, with pruning, replacements and exclusions, and what follows from
 * them. Reading files is the caller's: the graph says which it wants next.
 */
import { compareGoVersions } from "./goversion.ts";
import { type MainModule, replacement, shown } from "./mainmodule.ts";
import type { ModuleVersion } from "./modfile/types.ts";
import {
  type BuildListError,
  type Graph,
  keyOf,
  type PathVersion,
  req,
  type Reqs,
  type Unknown,
} from "./mvs.ts";
import { type GoMod, goModOf, Walk } from "./modwalk.ts";
import { compare } from "./semver.ts";
import type { Summary } from "./summary.ts";

/** Reports whether a path is one of the two under which versions of Go itself are required. */
function isToolchain(path: string): boolean {
  return path === "go" || path === "toolchain";
}

/** The order of a module's versions; "", the main module's, is the highest. */
function compareVersions(path: string, v1: string, v2: string): number {
  if (v1 === v2) return 0;
  if (v1 === "" || v2 === "") return v1 === "" ? 1 : -1;
  return isToolchain(path) ? compareGoVersions(goOf(v1), goOf(v2)) : compare(v1, v2);
}

/** The version of Go in a toolchain's name. */
function goOf(name: string): string {
  return name.replace(/^go/, "");
}

/** Reports whether a go.mod with this go line lists all that is needed to build its packages. */
function isPruned(go: string): boolean {
  return go !== "" && compareGoVersions(go, "1.17") >= 0;
}

/** Reports whether a go line is a requirement; before that it was only a wish. */
export function isStrict(go: string): boolean {
  return go !== "" && compareGoVersions(go, "1.21") >= 0;
}

/** A go.mod file that was asked for. */
export interface Loaded {
  Module: ModuleVersion;
  Summary: Summary | Unknown;
}

/** A graph that is known as a whole. */
export interface ModuleGraph {
  Main: MainModule;
  Graph: Graph;
  /** The go command would change go.mod: the graph is that of the changed one. */
  Updates: boolean;
}

/** Yields go.mod files that are wanted, each once; takes those that have come since, at least one. */
export type Reading<T> = Generator<ModuleVersion[], T, readonly Loaded[]>;

/** Reads the graph of a main module. The error is that of the nearest go.mod that cannot be used. */
export function readGraph(main: MainModule): Reading<ModuleGraph | BuildListError> {
  return new Reader(main).whole();
}

class Reader {
  readonly #target: PathVersion;
  readonly #loaded = new Map<string, Summary | Unknown>();
  readonly #goLines = new Map<string, { Pruned: boolean; Required: PathVersion | null }>();
  readonly #reqs: Reqs = {
    required: (m) => this.#required(m, goModOf(this.main, m)) ?? [],
    compare: compareVersions,
  };

  constructor(readonly main: MainModule) {
    this.#target = { Path: main.Path, Version: "" };
  }

  *whole(): Reading<ModuleGraph | BuildListError> {
    const { main } = this;
    const pruned = isPruned(main.Go);
    const roots = rootsOf(main);
    const self = roots.some(({ Path }) => Path === main.Path);
    const last = new Map(roots.map(({ Path, Version }) => [Path, Version]));
    const highest = this.#each(roots, (path) => last.get(path)!);
    let clean = !main.RequiresExcluded && !hasUselessToolchain(main);
    if (pruned && highest.Upgraded) clean = false;
    else {
      const first = yield* this.#read(roots, pruned);
      if ("Error" in first) {
        if (!(pruned && self)) return first;
        clean = false;
      } else {
        const graph = first.Graph;
        clean &&= roots.every(({ Path, Version }) =>
          graph.selected(Path) === Version || (pruned && Path === main.Path)
        );
        if (clean) return { Main: main, Graph: graph, Updates: false };
        if (!pruned) return yield* this.#updateUnpruned(graph, roots);
      }
    }
    return yield* this.#updatePruned(highest.Roots);
  }

  /** Raises the roots to what is selected until nothing rises: each may bring new requirements. */
  *#updatePruned(from: PathVersion[]): Reading<ModuleGraph | BuildListError> {
    for (let roots = from;;) {
      const read = yield* this.#read(roots, true);
      if ("Error" in read) return read;
      const next = this.#each(roots, (path) => read.Graph.selected(path));
      if (!next.Upgraded) return { Main: this.main, Graph: read.Graph, Updates: true };
      roots = next.Roots;
    }
  }

  /** Every selected version that the others do not bring with them becomes a root. */
  *#updateUnpruned(
    graph: Graph,
    roots: readonly PathVersion[],
  ): Reading<ModuleGraph | BuildListError> {
    const keep = graph.buildList().slice(1);
    const right = roots.filter(({ Path, Version }) => graph.selected(Path) === Version);
    const direct = keep.filter(({ Path }) => this.main.Direct.has(Path));
    const paths = [...right, ...direct].map(({ Path }) => Path);
    const main = keyOf(this.#target);
    const min = req(this.#target, paths, {
      ...this.#reqs,
      required: (m) => keyOf(m) === main ? keep : this.#reqs.required(m),
    });
    if ("Error" in min) return min;
    const read = yield* this.#read(min, false);
    return "Error" in read ? read : { Main: this.main, Graph: read.Graph, Updates: true };
  }

  /** One root for each path but the main module's, at the version given, and whether any changes. */
  #each(
    roots: readonly PathVersion[],
    version: (path: string) => string,
  ): { Roots: PathVersion[]; Upgraded: boolean } {
    const paths = new Set(roots.map(({ Path }) => Path));
    paths.delete(this.main.Path);
    return {
      Roots: [...paths].map((Path) => ({ Path, Version: version(Path) })),
      Upgraded: roots.some(({ Path, Version }) =>
        Path !== this.main.Path && version(Path) !== Version
      ),
    };
  }

  *#read(roots: readonly PathVersion[], pruned: boolean): Reading<Walk["result"]> {
    const walk = new Walk(this.main, roots, pruned, compareVersions, {
      required: (m, goMod) => this.#required(m, goMod),
      isPruned: (goMod) => this.#isPruned(goMod),
    });
    for (let wanted = walk.advance(); !walk.done; wanted = walk.advance()) {
      for (const { Module, Summary } of yield wanted) {
        const key = shown(Module);
        this.#loaded.set(key, Summary);
        walk.arrived(key);
      }
    }
    return walk.result;
  }

  #isPruned({ Key }: GoMod): boolean {
    const found = this.#loaded.get(Key);
    // A version of Go has nothing below it that could be left out.
    return found === undefined || "Error" in found || this.#goOf(found.Go).Pruned;
  }

  /** What a go line means; there are few of them in a graph. */
  #goOf(go: string): { Pruned: boolean; Required: PathVersion | null } {
    let known = this.#goLines.get(go);
    if (!known) {
      known = { Pruned: isPruned(go), Required: isStrict(go) ? { Path: "go", Version: go } : null };
      this.#goLines.set(go, known);
    }
    return known;
  }

  /** What a module requires, without what is excluded; null while its go.mod is not loaded. */
  #required(m: PathVersion, { Of, Key }: GoMod): readonly PathVersion[] | Unknown | null {
    if (isToolchain(m.Path)) {
      const named = m.Path === "go" && isStrict(m.Version);
      return named ? [{ Path: "toolchain", Version: `go${m.Version}` }] : [];
    }
    const found = this.#loaded.get(Key);
    if (found === undefined) return null;
    if ("Error" in found) return found;
    // A folder may call itself whatever it likes.
    if (Of.Version !== undefined) {
      if (found.Path === "") return { Error: "parsing go.mod: missing module line" };
      if (found.Path !== m.Path && found.Path !== Of.Path) {
        return {
          Error: `parsing go.mod: module declares its path as: ${found.Path}, ` +
            `but was required as: ${m.Path}`,
        };
      }
    }
    const required = this.main.Exclude.size === 0
      ? found.Require
      : found.Require.filter((r) => !this.main.Exclude.has(keyOf(r)));
    const go = this.#goOf(found.Go).Required;
    return go ? [...required, go] : required;
  }
}

/** The main module's requirements, versions of Go among them, by path and version. */
function rootsOf(main: MainModule): PathVersion[] {
  const roots = [...main.Require, { Path: "go", Version: main.Go || "1.16" }];
  if (main.Toolchain !== undefined) roots.push({ Path: "toolchain", Version: main.Toolchain });
  const order = (a: PathVersion, b: PathVersion) =>
    a.Path < b.Path ? -1 : a.Path > b.Path ? 1 : compareVersions(a.Path, a.Version, b.Version);
  return roots.sort(order);
}

/** The go command drops a toolchain line that says what the go line says already, or nothing. */
function hasUselessToolchain({ Go, Toolchain }: MainModule): boolean {
  if (Toolchain === undefined) return false;
  return Toolchain === `go${Go || "1.16"}` || !isStrict(goOf(Toolchain));
}

/** A row of `go list -m all`. */
export interface Row {
  Path: string;
  /** Absent for the main module. */
  Version?: string;
  Replace?: ModuleVersion;
}

/** The build list: the main module, then by path; versions of Go are not in it. */
export function rows({ Main, Graph }: ModuleGraph): Row[] {
  return Graph.buildList().filter(({ Path }) => !isToolchain(Path)).map((m) => {
    const Replace = replacement(Main, m);
    return {
      Path: m.Path,
      ...(m.Version !== "" && { Version: m.Version }),
      ...(Replace && { Replace }),
    };
  });
}

/** A module whose go.mod names another one, and the version it names. */
export interface Requirer {
  Path: string;
  /** Absent for the main module. */
  Version?: string;
  Requires: string;
}

/**
 * Who requires a module, in the order of `go mod graph`: the main module and the selected
 * ones. A version that is in the list only because one that is not selected requires it has
 * that one for its reason, so it is named too.
 */
export function requiredBy({ Graph }: ModuleGraph, path: string): Requirer[] {
  const selected = Graph.selected(path);
  const found = [...Graph.walkBreadthFirst()].flatMap((m) => {
    const required = (Graph.requiredBy(m) ?? []).filter(({ Path }) => Path === path);
    return [...new Set(required.map(({ Version }) => Version))]
      .map((Requires) => ({ By: m, Requires }));
  });
  const counts = ({ By }: { By: PathVersion }) => Graph.selected(By.Path) === By.Version;
  const reason = found.some((r) => counts(r) && r.Requires === selected);
  return found.filter((r) => counts(r) || (!reason && r.Requires === selected))
    .map(({ By, Requires }) => ({
      Path: By.Path,
      ...(By.Version !== "" && { Version: By.Version }),
      Requires,
    }));
}
