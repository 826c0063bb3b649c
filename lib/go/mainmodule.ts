/** What a main module's go.mod says about its module graph (go-rules §10.2). */
import { isGoLine } from "./goversion.ts";
import type { ModFile, ModuleVersion } from "./modfile/types.ts";
import { canonicalVersion, splitPathVersion } from "./module.ts";
import { keyOf, type PathVersion, type Unknown } from "./mvs.ts";
import { isWord, requirements, scanPlain } from "./plain.ts";

/** The main module, as its graph needs it. */
export interface MainModule {
  Path: string;
  /** Its go line; "" without one. */
  Go: string;
  Toolchain?: string;
  /** Without the excluded ones. */
  Require: readonly PathVersion[];
  /** Paths without `// indirect`. */
  Direct: ReadonlySet<string>;
  /** Whether it requires what it excludes. */
  RequiresExcluded: boolean;
  /** `path@version` each. */
  Exclude: ReadonlySet<string>;
  /** By `path@version`, or by path where all versions are replaced. */
  Replace: ReadonlyMap<string, ModuleVersion>;
}

type Said = Pick<ModFile, "Module" | "Go" | "Toolchain" | "Exclude" | "Replace"> & {
  Require: readonly (PathVersion & { Indirect: boolean })[];
};

/** The main module of a go.mod file; the error is that of two replacements for one version. */
export function mainModule(mod: Said): MainModule | Unknown {
  const replace = new Map<string, ModuleVersion>();
  for (const { Old, New } of mod.Replace) {
    const key = shown(Old);
    const other = replace.get(key);
    if (other && shown(other) !== shown(New)) {
      return { Error: `conflicting replacements for ${key}: ${shown(other)} and ${shown(New)}` };
    }
    replace.set(key, New);
  }
  const exclude = new Set(mod.Exclude.map(keyOf));
  const required = exclude.size === 0
    ? mod.Require
    : mod.Require.filter((r) => !exclude.has(keyOf(r)));
  return {
    Path: mod.Module?.Path ?? "",
    Go: mod.Go?.Version ?? "",
    ...(mod.Toolchain && { Toolchain: mod.Toolchain.Name }),
    Require: required.map(({ Path, Version }) => ({ Path, Version })),
    Direct: new Set(required.filter(({ Indirect }) => !Indirect).map(({ Path }) => Path)),
    RequiresExcluded: required.length < mod.Require.length,
    Exclude: exclude,
    Replace: replace,
  };
}

/**
 * The main module of a go.mod that is plainly written, has nothing in it that any go command
 * refuses, and only what a graph needs; null for any other.
 */
export function plainMainModule(text: string): MainModule | null {
  const requirement = requirements();
  const Require: (PathVersion & { Indirect: boolean })[] = [];
  const said: Said = { Require, Exclude: [], Replace: [] };
  const isPlain = scanPlain(text, ({ Verb, Block, Tokens, Comment }) => {
    const [word = ""] = Tokens;
    const alone = !Block && Tokens.length === 1;
    switch (Verb) {
      case "module":
        if (!alone || said.Module || !isWord(word)) return false;
        said.Module = { Path: word, Line: 0 };
        return true;
      case "go":
        if (!alone || said.Go || !isGoLine(word)) return false;
        said.Go = { Version: word, Line: 0 };
        return true;
      case "toolchain":
        if (!alone || said.Toolchain || !/^go1\.\d+(\.\d+)?$/.test(word)) return false;
        said.Toolchain = { Name: word, Line: 0 };
        return true;
      case "require":
      case "exclude": {
        const one = requirement(Tokens);
        if (one === null) return false;
        if (Verb === "exclude") said.Exclude.push({ ...one, Line: 0 });
        else Require.push({ ...one, Indirect: /^\s*indirect(?:;\s.*)?\s*$/.test(Comment) });
        return true;
      }
      case "replace": {
        const one = replaced(Tokens);
        return one !== null && said.Replace.push({ ...one, Line: 0 }) > 0;
      }
    }
    return false;
  }, (verb) => ["require", "exclude", "replace"].includes(verb));
  const main = isPlain ? mainModule(said) : null;
  return main === null || "Error" in main ? null : main;
}

function replaced(tokens: readonly string[]): { Old: ModuleVersion; New: ModuleVersion } | null {
  const arrow = tokens.indexOf("=>");
  const [old, by] = [tokens.slice(0, arrow), tokens.slice(arrow + 1)];
  const [path = "", version] = old;
  const [to = "", toVersion] = by;
  if (![path, to].every(isWord) || !splitPathVersion(path).ok) return null;
  if (arrow !== 1 && (arrow !== 2 || requirements()(old) === null)) return null;
  const folder = /^\.{0,2}\//.test(to);
  if (by.length !== (folder ? 1 : 2)) return null;
  if (toVersion !== undefined && canonicalVersion(toVersion) !== toVersion) return null;
  return {
    Old: { Path: path, ...(version !== undefined && { Version: version }) },
    New: { Path: to, ...(toVersion !== undefined && { Version: toVersion }) },
  };
}

/** What is used in a module's place, if it is replaced; without a version it is a folder. */
export function replacement(main: MainModule, m: PathVersion): ModuleVersion | undefined {
  if (main.Replace.size === 0 || (m.Version === "" && m.Path === main.Path)) return undefined;
  return main.Replace.get(keyOf(m)) ?? main.Replace.get(m.Path);
}

/** A module at a version, or a folder. */
export function shown({ Path, Version }: ModuleVersion): string {
  return keyOf({ Path, Version: Version ?? "" });
}
