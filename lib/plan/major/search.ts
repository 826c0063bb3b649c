/** Searching a tree for mentions of a path that becomes another one. */
import type { Layout } from "../../choices.ts";
import type { Snapshot } from "../../git/tree.ts";
import { dirOf, goModOf } from "../../facts/modules.ts";
import { parseSyntax } from "../../go/modfile/syntax.ts";
import { parse } from "../../go/modfile/rule.ts";
import { directiveWords } from "../../go/modfile/words.ts";
import type { Entry } from "../../go/zip.ts";
import type { Problem } from "../../problem.ts";
import { latin1 } from "./bytes.ts";
import { type Copied, copiesOf, embeddedIn, movedLink } from "./copy.ts";
import { occurrencesIn } from "./finder.ts";
import { isRelative, resolved } from "./folder.ts";
import { isModule } from "./gomod.ts";
import { isInMajorFolder, isThere, placeOf } from "./layout.ts";
import { isFile, moduleFinder, modulesOf, type TreeModule } from "./modules.ts";
import { ownsOf } from "./owner.ts";
import type { Occurrence, OtherModule, PathChange } from "./types.ts";

/** A module whose path changes: which one, and to what. */
export interface Renaming {
  Module: { Path: string; Dir: string; TagPrefix: string };
  Path: string;
  Version: string;
}

/** A file with mentions, or one that is copied. */
export interface SearchedFile {
  /** As it will be called, from the repository's root. */
  File: string;
  /** The file it is a copy of. */
  From?: string;
  Mode: string;
  Bytes: Uint8Array;
  /** Ascending. */
  Occurrences: Occurrence[];
  /** The go.mod of another module that it is in; absent for the module's own files and those of none. */
  Other?: string;
}

/** All that a rewrite has to know of a tree. Nothing is chosen yet. */
export interface Searched {
  Change: PathChange;
  Layout: Layout;
  /** Where the new major's go.mod is. */
  Dir: string;
  /** In the order of the tree. */
  Files: SearchedFile[];
  Modules: TreeModule[];
}

/**
 * Finds every mention in the files of a tree: all of them, or in the layout "folder" in the copy
 * of the module. `major-layout` where the layout cannot be.
 */
export async function search(
  tree: Snapshot,
  { Module, Path, Version }: Renaming,
  layout: Layout | undefined,
): Promise<Searched | Problem> {
  const entries = await tree.entries();
  const modules = await modulesOf(tree);
  const there = isThere(Path, modules);
  if (there) return there;
  const place = placeOf(Module, Path, layout, entries);
  if ("Code" in place) return place;
  const copied = place.Layout === "folder"
    ? await copies(tree, Module.Dir, place.Dir, entries, modules)
    : null;
  const sources = copied ?? entries.map((Entry) => ({ Entry, File: Entry.Path }));
  const named = copied ? copiedModules(modules, copied) : modules;
  const others = new Map<string, OtherModule>();
  const change: PathChange = {
    Old: Module.Path,
    New: Path,
    Version,
    owns: ownsOf(Module, modules, entries),
    Dir: place.Dir,
    others: (goMod) => others.get(goMod) ?? { Imports: false, Workspace: false },
  };

  const moduleOf = moduleFinder(named);
  const own = goModOf(place.Dir);
  const found = new Map<string, SearchedFile>();
  const look = (source: Copied, bytes: Uint8Array) => {
    const { Entry, File } = source;
    const occurrences = isFile(Entry) ? occurrencesIn(File, bytes, change) : [];
    if (occurrences.length === 0 && !copied) return;
    const module = moduleOf(File);
    const other = module && module.File !== own ? module.File : undefined;
    found.set(File, {
      File,
      ...(copied && { From: Entry.Path }),
      Mode: Entry.Mode,
      Bytes: isFile(Entry) ? bytes : relinked(Entry, bytes, Module),
      Occurrences: occurrences,
      ...(other !== undefined && { Other: other }),
    });
  };
  // Whether another module goes along is known only when its Go files were looked at.
  const [late, early] = parted(sources, ({ File }) => /(?:^|\/)go\.(?:mod|work)$/.test(File));
  await visit(tree, early.filter(({ Entry }) => copied || isFile(Entry)), look);
  const works = new Map<string, Uint8Array>();
  for (const { Entry, File } of late) {
    if (File.endsWith("go.work")) works.set(File, await tree.read(Entry.Oid));
  }
  const importers = new Set(
    [...found.values()].flatMap(({ File, Other, Occurrences }) =>
      Other !== undefined && File.endsWith(".go") && Occurrences.some((o) => o.Class === "import")
        ? [Other]
        : []
    ),
  );
  for (const module of named) {
    others.set(module.File, {
      Imports: importers.has(module.File) && !isForked(module, change),
      Workspace: shareWorkspace(works, place.Dir, module.Dir),
    });
  }
  await visit(tree, late, look);
  return {
    Change: change,
    Layout: place.Layout,
    Dir: place.Dir,
    Files: sources.flatMap(({ File }) => found.get(File) ?? []),
    Modules: named,
  };
}

async function copies(
  tree: Snapshot,
  dir: string,
  to: string,
  entries: readonly Entry[],
  modules: readonly TreeModule[],
): Promise<Copied[]> {
  const embedding: { Path: string; Text: string }[] = [];
  const all = copiesOf(dir, to, entries, modules, () => true);
  const goFiles = all.filter(({ Entry }) => isFile(Entry) && Entry.Path.endsWith(".go"));
  await visit(tree, goFiles, ({ Entry }, bytes) => {
    const text = latin1(bytes);
    const path = dir === "" ? Entry.Path : Entry.Path.slice(dir.length + 1);
    if (text.includes("//go:embed")) embedding.push({ Path: path, Text: text });
  });
  return copiesOf(dir, to, entries, modules, embeddedIn(embedding));
}

/** The modules as they are called in the copy; only fixtures are copied besides the module itself. */
function copiedModules(modules: readonly TreeModule[], copied: readonly Copied[]): TreeModule[] {
  const files = new Map(copied.map(({ Entry, File }) => [Entry.Path, File]));
  return modules.flatMap((module) => {
    const File = files.get(module.File);
    return File === undefined ? [] : [{ ...module, File, Dir: dirOf(File) }];
  });
}

function relinked(
  { Path }: Entry,
  bytes: Uint8Array,
  module: Renaming["Module"],
): Uint8Array {
  const inside = module.Dir === "" ? Path : Path.slice(module.Dir.length + 1);
  const moved = movedLink(latin1(bytes), inside, !isInMajorFolder(module));
  return Uint8Array.from(moved, (char) => char.charCodeAt(0));
}

/** Visits files, each with its bytes; they may be kept. */
async function visit(
  tree: Snapshot,
  sources: readonly Copied[],
  each: (source: Copied, bytes: Uint8Array) => void,
): Promise<void> {
  const byOid = Map.groupBy(sources, ({ Entry }) => Entry.Oid);
  await tree.visit(sources.map(({ Entry }) => Entry), (oid, bytes) => {
    for (const source of byOid.get(oid) ?? []) each(source, bytes);
  });
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** Reports whether a module replaces the one that changes by something else, which has no new path. */
function isForked({ File, Bytes }: TreeModule, change: PathChange): boolean {
  return parse(File, Bytes).Mod.Replace.some(({ Old, New }) =>
    Old.Path === change.Old && !(New.Version === undefined && isModule(File, change, New.Path))
  );
}

/** Reports whether a go.work uses both folders. */
function shareWorkspace(
  works: ReadonlyMap<string, Uint8Array>,
  ...dirs: readonly string[]
): boolean {
  return [...works].some(([file, bytes]) => {
    const used = usedBy(file, bytes);
    return dirs.every((dir) => used.has(dir));
  });
}

/** The folders that a go.work uses, from the repository's root. */
export function usedBy(file: string, bytes: Uint8Array): Set<string> {
  const { Syntax } = parseSyntax(file, bytes);
  return new Set(
    directiveWords(bytes, Syntax).flatMap(({ Verb, Args: [folder] }) => {
      if (Verb !== "use" || !folder || !isRelative(folder.Value)) return [];
      const dir = resolved(dirOf(file), folder.Value);
      return dir === null ? [] : [dir];
    }),
  );
}
