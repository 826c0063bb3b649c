/** Which go.mod of a commit is that of a module (cmd/go findDir, go-rules §7.3). */
import { pathMajorPrefix, splitPathVersion } from "./module.ts";
import { quote } from "./paths.ts";
import { major } from "./semver.ts";

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

/** A module as its path and its tags name it. */
export interface Named {
  /** The module's path. */
  readonly Path: string;
  /** `sub/` for a module in the folder sub, without the folder of its major version. */
  readonly TagPrefix: string;
  /** `/v2`, `.v3` or "". */
  readonly PathMajor: string;
}

/** A module by its path and the prefix of its tags. */
export function namedOf(path: string, tagPrefix: string): Named {
  const { pathMajor, ok } = splitPathVersion(path);
  return { Path: path, TagPrefix: tagPrefix, PathMajor: ok ? pathMajor : "" };
}

/**
 * How Go names a module by its path alone, in the repository of one of these paths (go-rules
 * §7.1); null where it lies in none of them.
 */
export function namedIn(roots: readonly string[], path: string): Named | null {
  const { prefix, ok } = splitPathVersion(path);
  const root = ok && roots.find((r) => prefix === r || prefix.startsWith(`${r}/`));
  if (typeof root !== "string") return null;
  const dir = prefix.slice(root.length + 1);
  return namedOf(path, dir === "" ? "" : `${dir}/`);
}

/** What is wrong with the go.mod files of a commit, and how Go says it. */
export interface NotThere {
  Is: "missing" | "no-path" | "other-major" | "twice";
  /** In Go's words, with `rev` as the name of the commit. */
  Reason: string;
}

/** Why `findDir` finds no module for a version, in the words of Go, which names the commit as `rev`; null where it finds one. */
export function whyNotFound(
  { Path, TagPrefix, PathMajor }: Named,
  { own, folder }: DeclaredPaths,
  version: string,
  rev: string,
): NotThere | null {
  if (findDir(PathMajor, TagPrefix !== "", { own, folder }) !== null) return null;
  const split = splitPathVersion(Path);
  const prefix = split.ok ? split.prefix : Path;
  const file = `${TagPrefix}go.mod`;
  const at = ` at revision ${rev}`;
  if (PathMajor.startsWith("/") && folder !== null) {
    if (own !== null && fits(own, PathMajor) && fits(folder, PathMajor)) {
      const both = `${prefix}/${file} and ...${PathMajor}/go.mod both have`;
      return { Is: "twice", Reason: `${both} ...${PathMajor} module paths${at}` };
    }
    const second = `${repositoryPath(prefix, TagPrefix)}/${TagPrefix}${PathMajor.slice(1)}/go.mod`;
    return folder === ""
      ? { Is: "no-path", Reason: `${second} is missing module path${at}` }
      : otherMajor(`${second} has non-...${PathMajor}`, folder, "", at);
  }
  const nor = PathMajor.startsWith("/") ? ` (and ...${PathMajor}/go.mod does not exist)` : "";
  if (own === null) {
    const or = nor === "" ? "" : ` and ...${PathMajor}/go.mod`;
    return { Is: "missing", Reason: `missing ${prefix}/go.mod${or}${at}` };
  }
  if (own === "") return { Is: "no-path", Reason: `${file} is missing module path${nor}${at}` };
  if (PathMajor !== "") return otherMajor(`${file} has non-...${PathMajor}`, own, nor, at);
  const malformed = !splitPathVersion(own).ok;
  const has = malformed ? "malformed" : `post-${major(version)}`;
  return otherMajor(`${file} has ${has}`, own, nor, at);
}

function otherMajor(begin: string, declared: string, nor: string, at: string): NotThere {
  return { Is: "other-major", Reason: `${begin} module path ${quote(declared)}${nor}${at}` };
}

/** The path of a repository that has a module of this path, without its major, in the folder of the prefix. */
export function repositoryPath(pathPrefix: string, tagPrefix: string): string {
  const dir = `/${tagPrefix.slice(0, -1)}`;
  return tagPrefix !== "" && pathPrefix.endsWith(dir)
    ? pathPrefix.slice(0, -dir.length)
    : pathPrefix;
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

/**
 * The folder that a module's path alone says, on hosts where Go knows how long the
 * repository's part of it is (go-rules §7.6); null elsewhere, where a web page says it.
 */
export function folderByPath(path: string): string | null {
  const [host, , , ...folder] = splitPathVersion(path).prefix.split("/");
  return host === "github.com" || host === "bitbucket.org" ? folder.join("/") : null;
}

/** The folders in which a module's go.mod may be: its own, and that of its major version there. */
export function foldersOf(
  { TagPrefix, PathMajor }: Pick<Named, "TagPrefix" | "PathMajor">,
): { Own: string; Folder?: string } {
  const Own = TagPrefix.replace(/\/$/, "");
  return PathMajor.startsWith("/") ? { Own, Folder: TagPrefix + PathMajor.slice(1) } : { Own };
}
