/** Which packages `go mod tidy` loads for a module, as far as the repository's own sources say. */
import type { Package } from "./packages.ts";

/** Where a package comes from. */
export interface Provider {
  /** The module's path. */
  Path: string;
  /** The package, where the repository has its source. */
  Package?: Package;
}

/** A package that is loaded. */
export interface Loaded {
  /** The import path. */
  Path: string;
  Provider: Provider;
  /** True: the main module's packages or their tests need it ("all"); else only tests of others. */
  InAll: boolean;
  /** True: the main module itself imports it. */
  Direct: boolean;
}

export interface Loading {
  /** The main module's packages, and those of its tool lines. */
  Roots: readonly string[];
  /** The path of the main module. */
  Main: string;
  /** True before go 1.16: tests of what is needed are needed too. */
  ClosesOverTests: boolean;
  /** Null: of the standard library, or of nobody. */
  provider(path: string): Provider | null;
}

/**
 * The packages that are loaded: what the main module and its tests lead to, and what the tests
 * of those import (cmd/go/internal/modload, applyPkgFlags).
 */
export function load({ Roots, Main, ClosesOverTests, provider }: Loading): Loaded[] {
  const found = new Map<string, Loaded | null>();
  const queue: Loaded[] = [];
  const see = (path: string, inAll: boolean, direct: boolean) => {
    let one = found.get(path);
    if (one === undefined) {
      const from = provider(path);
      one = from && { Path: path, Provider: from, InAll: false, Direct: false };
      found.set(path, one);
      if (one && !inAll) queue.push(one);
    }
    if (!one) return;
    one.Direct ||= direct;
    if (!inAll || one.InAll) return;
    one.InAll = true;
    queue.push(one);
  };
  for (const path of Roots) see(path, true, false);
  for (let one = queue.pop(); one; one = queue.pop()) {
    const { Provider: { Path, Package }, InAll } = one;
    if (!Package) continue;
    const own = Path === Main;
    for (const path of Package.Imports) see(path, InAll, own);
    if (!InAll) continue;
    for (const path of Package.TestImports) see(path, own || ClosesOverTests, own);
  }
  return [...found.values()].filter((one) => one !== null);
}
