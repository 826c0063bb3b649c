/** Which files a new major in a folder of its own takes along. */
import { join } from "node:path/posix";
import { dirOf, isReleasable, within } from "../../facts/modules.ts";
import type { Entry } from "../../go/zip.ts";
import type { TreeModule } from "./modules.ts";

/** A file of the tree, and what its copy is called. */
export interface Copied {
  Entry: Entry;
  File: string;
}

/** Files and folders that git and services which build read: those of the repository, whatever folder a copy is in. */
const repositoryOwn =
  /^(?:\.git[^/]*|\.circleci|\.buildkite|\.travis\.ya?ml|\.appveyor\.yml|appveyor\.yml|\.drone\.ya?ml|\.woodpecker|\.woodpecker\.ya?ml|\.semaphore|\.tekton|azure-pipelines\.yml|bitbucket-pipelines\.yml|cloudbuild\.ya?ml|Jenkinsfile|CODEOWNERS|renovate\.json|\.renovaterc[^/]*|\.mergify\.yml|codecov\.yml|\.codecov\.yml)$/i;

/**
 * The module's own files, each with its name below `to`. Left out: other modules in it (but those
 * that are only its fixtures, as in testdata), copies of what it requires (vendor), go.work,
 * submodules, and what git and services read for the whole repository, unless it is embedded.
 */
export function copiesOf(
  dir: string,
  to: string,
  entries: readonly Entry[],
  modules: readonly TreeModule[],
  embedded: (path: string) => boolean,
): Copied[] {
  const others = modules.map((module) => module.Dir).filter((other) =>
    other !== dir && within(dir, other) && isReleasable(relative(dir, other))
  );
  const outside = new Set(others);
  return entries.flatMap((Entry): Copied[] => {
    if (!within(dir, Entry.Path) || Entry.Mode === "160000") return [];
    if (isBelow(Entry.Path, outside)) return [];
    const path = relative(dir, Entry.Path);
    const [first = ""] = path.split("/", 1);
    if (first === "vendor" && path !== first) return [];
    if (path === "go.work" || path === "go.work.sum") return [];
    if (repositoryOwn.test(first) && !embedded(path)) return [];
    return [{ Entry, File: join(to, path) }];
  });
}

function isBelow(file: string, dirs: ReadonlySet<string>): boolean {
  for (let dir = dirOf(file);; dir = dirOf(dir)) {
    if (dirs.has(dir)) return true;
    if (dir === "") return false;
  }
}

function relative(dir: string, path: string): string {
  return dir === "" ? path : path.slice(dir.length + 1);
}

/**
 * Reports of a path from the module's folder whether a `//go:embed` line of these files names it,
 * or a folder above it, outright. What only a pattern finds is not missed when it is not there.
 */
export function embeddedIn(
  files: readonly { Path: string; Text: string }[],
): (path: string) => boolean {
  const named = new Set<string>();
  for (const { Path, Text } of files) {
    for (const [, line = ""] of Text.matchAll(/^\/\/go:embed[ \t]+(.*)$/gm)) {
      for (const [word] of line.matchAll(/"[^"]*"|`[^`]*`|\S+/g)) {
        named.add(join(dirOf(Path), word.replace(/^["`]|["`]$/g, "").replace(/^all:/, "")));
      }
    }
  }
  return (path) => {
    for (let at = path; at !== ""; at = dirOf(at)) if (named.has(at)) return true;
    return false;
  };
}

/**
 * The target of a link that is copied to a folder one deeper (`deeper`) or beside: one that leads
 * out of the module leads to the same place from there.
 */
export function movedLink(target: string, path: string, deeper: boolean): string {
  if (target.startsWith("/") || !deeper) return target;
  const leads = join(dirOf(path), target);
  return leads === ".." || leads.startsWith("../") ? `../${target}` : target;
}
