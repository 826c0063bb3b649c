/** Which go.mod of a commit is that of a module (cmd/go findDir, go-rules §7.3). */
import { pathMajorPrefix, splitPathVersion } from "./module.ts";

/** The module paths that the go.mod files of a commit declare; "" for one without, null for no file. */
export interface DeclaredPaths {
  /** In the module's folder, without that of a major version. */
  readonly own: string | null;
  /** In the folder `vN` there. */
  readonly folder: string | null;
}

/**
 * Where Go finds a module with this path major at a commit; null where it refuses the version.
 * `inFolder`: the module's folder is below the repository's root, where there is no module
 * without a go.mod.
 */
export function findDir(
  pathMajor: string,
  inFolder: boolean,
  { own, folder }: DeclaredPaths,
): "own" | "folder" | null {
  const isOwn = own !== null && fits(own, pathMajor);
  if (!pathMajor.startsWith("/")) return isOwn || (own === null && !inFolder) ? "own" : null;
  if (folder === null) return isOwn ? "own" : null;
  return fits(folder, pathMajor) && !isOwn ? "folder" : null;
}

/** Reports whether a go.mod with this path can be that of a module with this major version. */
export function fits(declared: string, pathMajor: string): boolean {
  const { pathMajor: own, ok } = splitPathVersion(declared);
  if (declared === "" || !ok) return false;
  // Forks of gopkg.in modules are accepted at plain paths (golang.org/issue/34254).
  if (pathMajor === "") {
    return declared.startsWith("gopkg.in/") || ["", "v0", "v1"].includes(pathMajorPrefix(own));
  }
  return own !== "" && own.slice(1) === pathMajor.slice(1);
}
