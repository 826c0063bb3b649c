/** Which import paths are those of one module, and not of another that lies below its path. */
import { within } from "../../facts/modules.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { nestedBelow, type TreeModule } from "./modules.ts";

/** A module whose path changes, and its folder in the tree ("" is the root). */
export interface Owner {
  Path: string;
  Dir: string;
}

/**
 * Reports of an import path whether a package of this module has it. Paths below the module's
 * belong to others where another module of the tree lies in that folder or is called so, where a
 * go.mod of the tree requires a module of that name, and where they are those of another major:
 * `M/v3`, unless the module has a folder `v3` of its own.
 */
export function ownsOf(
  { Path, Dir }: Owner,
  modules: readonly TreeModule[],
  files: readonly { Path: string }[],
): (path: string) => boolean {
  const below = Path + "/";
  const inside = (dir: string) => Dir === "" ? dir : dir.slice(Dir.length + 1);
  const nested = nestedBelow(Dir, modules).map(inside);
  const named = new Set(
    modules.flatMap((module) => [module.Path, ...requiredBy(module)])
      .filter((path) => path.startsWith(below)),
  );
  const prefix = Dir === "" ? "" : Dir + "/";
  const majors = new Set<string>();
  for (const { Path: file } of files) {
    if (!file.startsWith(prefix)) continue;
    const folder = /^v\d+(?=\/)/.exec(file.slice(prefix.length))?.[0];
    if (folder !== undefined && !nested.includes(folder)) majors.add(folder);
  }
  const judged = new Map<string, boolean>();
  const judge = (path: string) => {
    if (path === Path) return true;
    if (!path.startsWith(below)) return false;
    const rest = path.slice(below.length);
    const [first = ""] = rest.split("/", 1);
    if (/^v(?:[2-9]|[1-9]\d+)$/.test(first) && !majors.has(first)) return false;
    if (nested.some((dir) => within(dir, rest))) return false;
    return named.size === 0 || !prefixes(path, below.length).some((one) => named.has(one));
  };
  return (path) => {
    const known = judged.get(path) ?? judge(path);
    judged.set(path, known);
    return known;
  };
}

function requiredBy({ File, Bytes }: TreeModule): string[] {
  const { Mod } = parseLax(File, Bytes);
  return Mod.Require.map((required) => required.Path);
}

/** A path and the folders above it that are longer than `from`. */
function prefixes(path: string, from: number): string[] {
  const out = [path];
  for (let at = path.lastIndexOf("/"); at >= from; at = path.lastIndexOf("/", at - 1)) {
    out.push(path.slice(0, at));
  }
  return out;
}
