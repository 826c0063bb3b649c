/** Which modules a repository has, and which one is meant. */
import { relative } from "node:path/posix";
import { pathOfMajor } from "../go/module.ts";
import { major } from "../go/semver.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, shellWord } from "../text.ts";

/** A module as far as its place and its name say. */
export interface Place {
  /** Folder from the repository's root; "" is the root. */
  Dir: string;
  Path: string;
}

/** The folder of a go.mod: `a/b/go.mod` → `a/b`. */
export function dirOf(goMod: string): string {
  const slash = goMod.lastIndexOf("/");
  return slash < 0 ? "" : goMod.slice(0, slash);
}

/** The go.mod of a folder, from the repository's root. */
export function goModOf(dir: string): string {
  return dir === "" ? "go.mod" : `${dir}/go.mod`;
}

/** Reports whether a path lies in a folder ("" holds everything). */
export function within(dir: string, path: string): boolean {
  return dir === "" || path === dir || path.startsWith(dir + "/");
}

/**
 * Folders that the go command's `./...` does not enter: a go.mod in there is a
 * boundary, but not a module that anybody releases.
 */
export function isReleasable(dir: string): boolean {
  return !dir.split("/").some((e) =>
    e === "vendor" || e === "testdata" || e.startsWith("_") || (e.startsWith(".") && e !== "")
  );
}

/**
 * The folder of the module of the next major, counted from Base: `v2` where M has v1 releases and
 * `v2/go.mod` says `M/v2`. Fixtures count for nothing.
 */
export function nextDir(
  { Path, Base }: { Path: string; Base?: { Version: string } },
  modules: readonly Place[],
): string | undefined {
  const last = Base === undefined ? 0 : Number(major(Base.Version).slice(1));
  if (last === 0) return undefined;
  const next = pathOfMajor(Path, `v${last + 1}`);
  return modules.find((m) => m.Path === next && isReleasable(m.Dir))?.Dir;
}

/** Folders of modules that lie inside a module; only the outermost ones matter. */
export function nestedIn(dir: string, dirs: readonly string[]): string[] {
  const inside = dirs.filter((d) => d !== dir && within(dir, d)).sort();
  return inside.filter((d) => !inside.some((other) => other !== d && within(other, d)));
}

/** Reports whether a file is a plan that gorel saved, beside the module that it releases. */
export function isSavedPlan(path: string): boolean {
  return /(^|\/)gorel-v[^/]*\.plan\.json$/.test(path);
}

/** Reports whether a path from the root belongs to a module. */
export function owns(module: { Dir: string; Nested: readonly string[] }, path: string): boolean {
  return within(module.Dir, path) && !module.Nested.some((n) => within(n, path));
}

/** A module's own files as git's log and diff take them; empty when that is the whole repository. */
export function pathsOf(
  module: { Dir: string; Nested: readonly string[] },
): { paths?: string[]; except?: string[] } {
  return {
    ...(module.Dir !== "" && { paths: [module.Dir] }),
    ...(module.Nested.length > 0 && { except: [...module.Nested] }),
  };
}

/** A relative folder made plain: `./sub/` → `sub`, `.` → "", `a/../b` → `b`; null when it leaves the root. */
function plain(path: string): string | null {
  const out: string[] = [];
  for (const element of path.split("/")) {
    if (element === "" || element === ".") continue;
    if (element === "..") {
      if (out.pop() === undefined) return null;
    } else out.push(element);
  }
  return out.join("/");
}

/**
 * Folders whose go.mod may be the one that is meant, the likeliest first: the one named, else
 * the one the caller stands in and those above it.
 */
export function foldersMeant(wanted: string | undefined, prefix: string): string[] {
  if (wanted !== undefined) {
    const named = [plain(prefix === "" ? wanted : `${prefix}/${wanted}`), plain(wanted)];
    return [...new Set(named.filter((dir) => dir !== null))];
  }
  const elements = prefix === "" ? [] : prefix.split("/");
  return [prefix, ...elements.map((_, i) => elements.slice(0, elements.length - 1 - i).join("/"))];
}

/**
 * Finds the module that is meant: the one named (a folder from where the
 * caller stands, or a module path), else the one the caller stands in, else
 * the only one there is.
 */
export function choose<M extends Place>(
  modules: readonly M[],
  wanted: string | undefined,
  prefix: string,
): M | Problem {
  const releasable = modules.filter((m) => isReleasable(m.Dir));
  if (wanted !== undefined) {
    const dir = plain(prefix === "" ? wanted : `${prefix}/${wanted}`);
    const found = modules.find((m) => m.Dir === dir) ?? modules.find((m) => m.Path === wanted) ??
      modules.find((m) => m.Dir === plain(wanted));
    if (found) return found;
    return problem(
      "module-not-found",
      `No module of this repository is called ${clean(wanted)}${
        releasable.length > 0 ? "" : ", and its commit has no go.mod at all"
      }.`,
      { fix: releasable.length > 0 ? `${names(releasable)} instead of ${clean(wanted)}` : begin },
    );
  }
  const around = modules.filter((m) => within(m.Dir, prefix))
    .sort((a, b) => b.Dir.length - a.Dir.length);
  if (around[0]) return around[0];
  if (releasable.length === 1) return releasable[0]!;
  if (releasable.length > 1) {
    return problem(
      "module-not-found",
      `This repository has ${releasable.length} modules and none at ${
        prefix === "" ? "its root" : clean(prefix)
      }: name the one to release.`,
      { fix: names(releasable) },
    );
  }
  return problem(
    "no-go-mod",
    "The commit at HEAD has no go.mod, so there is no module to release.",
    { fix: begin },
  );
}

/** The modules that several names mean, in their order; a problem where two mean the same one. */
export function chooseAll<M extends Place>(
  modules: readonly M[],
  wanted: readonly string[],
  prefix: string,
): M[] | Problem {
  const out = new Map<M, string>();
  for (const name of wanted) {
    const found = choose(modules, name, prefix);
    if ("Code" in found) return found;
    const other = out.get(found);
    if (other !== undefined) {
      return problem(
        "module-not-found",
        `${clean(other)} and ${clean(name)} are the same module, ${clean(found.Path)}.`,
        { fix: "name each module once" },
      );
    }
    out.set(found, name);
  }
  return [...out.keys()];
}

const begin = "go mod init MODULE/PATH, then commit go.mod";

/** What a command needs to mean this module wherever it is typed: "" for the one at the root. */
export function flagOf({ Dir, Path }: Place): string {
  return Dir === "" ? "" : ` --module ${shellWord(Path)}`;
}

function names(modules: readonly Place[]): string {
  const shown = modules.slice(0, 8).map((m) => `--module ${m.Dir === "" ? "." : shellWord(m.Dir)}`);
  return shown.join(", ") + (modules.length > 8 ? ", …" : "");
}

/** A path from the root as the one who stands in a folder of the repository writes it. */
export function fromHere(path: string, prefix: string): string {
  return prefix === "" ? path : relative(`/${prefix}`, `/${path}`) || ".";
}
