/** What the packages of a repository's modules import, as `go mod tidy` looks at them. */
import { Buffer } from "node:buffer";
import { within } from "../../facts/modules.ts";
import type { Snapshot } from "../../git/tree.ts";
import { matchesAnyTags } from "../../go/build/match.ts";
import { readGoFile } from "../../go/imports/read.ts";

/** A module of the repository: its path, and its folder from the root. */
export interface Place {
  Path: string;
  Dir: string;
}

/** A package, by what it and its tests import. */
export interface Package {
  /** The path and the folder of its module. */
  Module: Place;
  /** True where `./...` of the module takes it in. */
  Matched: boolean;
  Imports: Set<string>;
  TestImports: Set<string>;
}

/** Packages by their import paths. */
export type Packages = ReadonlyMap<string, Package>;

/** Every package of the modules; `others` are modules inside of them that do not count. */
export async function readPackages(
  tree: Snapshot,
  modules: readonly Place[],
  others: readonly Place[] = [],
): Promise<Packages> {
  const deepest = [...modules, ...others].sort((a, b) => b.Dir.length - a.Dir.length);
  const packages = new Map<string, Package>();
  const owners = new Map<string, Package | null>();
  const ownerOf = (dir: string): Package | null => {
    const known = owners.get(dir);
    if (known !== undefined) return known;
    const around = deepest.find((m) => within(m.Dir, dir));
    const Module = around && !others.includes(around) ? around : undefined;
    const rest = Module ? dir.slice(Module.Dir === "" ? 0 : Module.Dir.length + 1) : "";
    const one = Module
      ? {
        Module,
        Matched: isMatched(rest),
        Imports: new Set<string>(),
        TestImports: new Set<string>(),
      }
      : null;
    owners.set(dir, one);
    if (one) packages.set(rest === "" ? one.Module.Path : `${one.Module.Path}/${rest}`, one);
    return one;
  };
  const files = new Map<string, { Package: Package; Test: boolean }[]>();
  const blobs = (await tree.entries()).filter(({ Path, Mode, Oid }) => {
    const [dir, name] = split(Path);
    if (!Mode.startsWith("100") || !name.endsWith(".go") || /^[._]/.test(name)) return false;
    const owner = ownerOf(dir);
    if (!owner) return false;
    const uses = files.get(Oid) ?? [];
    files.set(Oid, [...uses, { Package: owner, Test: name.endsWith("_test.go") }]);
    return true;
  });
  await tree.visit(blobs, (oid, bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    if (!matchesAnyTags(text)) return;
    const paths = readGoFile(text).Imports.flatMap(({ Specs }) => Specs.map((s) => s.Path.Value));
    for (const { Package, Test } of files.get(oid) ?? []) {
      for (const path of paths) (Test ? Package.TestImports : Package.Imports).add(path);
    }
  });
  return packages;
}

function split(path: string): [dir: string, name: string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
}

/** Reports whether the pattern `./...` enters a folder of a module. */
function isMatched(dir: string): boolean {
  return dir === "" ||
    dir.split("/").every((name) => !/^[._]/.test(name) && name !== "testdata" && name !== "vendor");
}
