/** One walk over a module graph: from the roots to every go.mod that matters (go-rules §10.2). */
import { type MainModule, replacement, shown } from "./mainmodule.ts";
import type { ModuleVersion } from "./modfile/types.ts";
import { type BuildListError, Graph, keyOf, type PathVersion, type Unknown } from "./mvs.ts";

/** What a go.mod says, as far as it is there. */
export interface Known {
  /** What a module requires whose go.mod is this one; null while that is not there. */
  required(m: PathVersion, goMod: GoMod): readonly PathVersion[] | Unknown | null;
  /** Whether it lists all that is needed to build its packages, so that what those require does not matter. */
  isPruned(goMod: GoMod): boolean;
}

/** Whose go.mod is meant, and its name among all of them. */
export interface GoMod {
  readonly Of: ModuleVersion;
  readonly Key: string;
}

/** The go.mod that counts for a module version: its own, or that of what replaces it. */
export function goModOf(main: MainModule, m: PathVersion, key = keyOf(m)): GoMod {
  const by = replacement(main, m);
  return by ? { Of: by, Key: shown(by) } : { Of: m, Key: key };
}

/** A module version, and what has been looked at of it. */
interface Node {
  readonly Module: PathVersion;
  readonly GoMod: GoMod;
  Required: readonly PathVersion[] | null;
  /** Its own requirements only; also what those lead to. */
  Visited: boolean;
  VisitedUnpruned: boolean;
}

interface Visit {
  Node: Node;
  Pruned: boolean;
}

/** A walk that stops where a go.mod is wanted, and goes on once it has `arrived`. */
export class Walk {
  readonly #graph: Graph;
  readonly #errors = new Map<string, Unknown>();
  readonly #nodes = new Map<string, Node>();
  /** Most requirements are the same value as one before; that is seen without its text. */
  readonly #same = new Map<PathVersion, Node>();
  readonly #waiting = new Map<string, Visit[]>();
  readonly #ready: Visit[] = [];

  constructor(
    readonly main: MainModule,
    roots: readonly PathVersion[],
    pruned: boolean,
    compare: Graph["compare"],
    readonly known: Known,
  ) {
    const target = { Path: main.Path, Version: "" };
    this.#graph = new Graph(compare, [target]);
    this.#graph.require(target, roots);
    for (const root of roots) this.#enqueue(root, pruned);
  }

  #node(m: PathVersion): Node {
    const same = this.#same.get(m);
    if (same) return same;
    const key = keyOf(m);
    let node = this.#nodes.get(key);
    if (!node) {
      node = {
        Module: m,
        GoMod: goModOf(this.main, m, key),
        Required: null,
        Visited: false,
        VisitedUnpruned: false,
      };
      this.#nodes.set(key, node);
    }
    this.#same.set(m, node);
    return node;
  }

  #enqueue(m: PathVersion, pruned: boolean): void {
    const node = this.#node(m);
    if (pruned ? node.Visited : node.VisitedUnpruned) return;
    if (pruned) node.Visited = true;
    else node.VisitedUnpruned = true;
    this.#ready.push({ Node: node, Pruned: pruned });
  }

  /** Goes on as far as it can; the go.mod files that are wanted now, each once. */
  advance(): ModuleVersion[] {
    const wanted: ModuleVersion[] = [];
    for (let visit = this.#ready.pop(); visit; visit = this.#ready.pop()) {
      const required = this.#required(visit.Node);
      if (required === null) {
        const { Of, Key } = visit.Node.GoMod;
        const others = this.#waiting.get(Key);
        if (others) others.push(visit);
        else {
          this.#waiting.set(Key, [visit]);
          wanted.push(Of);
        }
        continue;
      }
      if (visit.Pruned && this.known.isPruned(visit.Node.GoMod)) continue;
      // Below what is not pruned nothing is.
      for (const r of required) this.#enqueue(r, false);
    }
    return wanted;
  }

  /** What a module requires, which is then in the graph; null while its go.mod is not there. */
  #required(node: Node): readonly PathVersion[] | null {
    if (node.Required !== null) return node.Required;
    const found = this.known.required(node.Module, node.GoMod);
    if (found === null) return null;
    if ("Error" in found) {
      this.#errors.set(keyOf(node.Module), found);
      return node.Required = [];
    }
    this.#graph.require(node.Module, found);
    return node.Required = found;
  }

  /** A go.mod that was wanted is there now. */
  arrived(key: string): void {
    this.#ready.push(...this.#waiting.get(key) ?? []);
    this.#waiting.delete(key);
  }

  /** Whether nothing is waited for. */
  get done(): boolean {
    return this.#waiting.size === 0 && this.#ready.length === 0;
  }

  /** The graph; the error is that of the nearest module whose go.mod cannot be used. */
  get result(): { Graph: Graph } | BuildListError {
    if (this.#errors.size === 0) return { Graph: this.#graph };
    const stack = this.#graph.findPath((m) => this.#errors.has(keyOf(m)));
    return { ...this.#errors.get(keyOf(stack.at(-1)!))!, Stack: stack };
  }
}
