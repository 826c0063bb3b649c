/** The modules of a tree, and which files are whose. */
import { dirOf, goModOf, within } from "../../facts/modules.ts";
import type { Snapshot } from "../../git/tree.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import type { Entry } from "../../go/zip.ts";

/** A go.mod file of a tree, whoever it is for: a fixture's counts as well. */
export interface TreeModule {
  /** Its folder from the repository's root; "" is the root. */
  Dir: string;
  /** The go.mod. */
  File: string;
  /** What it says the module is called; "" where it says nothing. */
  Path: string;
  Bytes: Uint8Array;
}

/** Reports whether an entry is a file with bytes of its own: neither a link nor a submodule. */
export function isFile({ Mode }: Pick<Entry, "Mode">): boolean {
  return Mode.startsWith("100");
}

/** Every module of a tree, by the path of its go.mod, the outer ones first. */
export async function modulesOf(tree: Snapshot): Promise<TreeModule[]> {
  const goMods = (await tree.entries()).filter((entry) =>
    isFile(entry) && entry.Path === goModOf(dirOf(entry.Path))
  );
  const bytes = new Map<string, Uint8Array>();
  await tree.visit(goMods, (oid, content) => void bytes.set(oid, content.slice()));
  return goMods.map(({ Path, Oid }) => ({
    Dir: dirOf(Path),
    File: Path,
    Path: modulePath(bytes.get(Oid)!),
    Bytes: bytes.get(Oid)!,
  })).sort((a, b) => a.Dir.length - b.Dir.length || (a.Dir < b.Dir ? -1 : 1));
}

/** Finds the module that a file is in: the one whose folder is nearest above it. */
export function moduleFinder(
  modules: readonly TreeModule[],
): (file: string) => TreeModule | undefined {
  const byDir = new Map(modules.map((module) => [module.Dir, module]));
  const found = new Map<string, TreeModule | undefined>();
  const of = (dir: string): TreeModule | undefined => {
    if (!found.has(dir)) {
      found.set(dir, byDir.get(dir) ?? (dir === "" ? undefined : of(dirOf(dir))));
    }
    return found.get(dir);
  };
  return (file) => of(dirOf(file));
}

/** Folders of the modules inside one folder, that one left out. */
export function nestedBelow(dir: string, modules: readonly TreeModule[]): string[] {
  return modules.map((module) => module.Dir).filter((other) => other !== dir && within(dir, other));
}
