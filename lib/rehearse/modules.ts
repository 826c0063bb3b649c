/** The modules of a tree that a release concerns, and what each is judged with. */
import { dirOf } from "../facts/modules.ts";
import type { Snapshot } from "../git/tree.ts";
import { parse } from "../go/modfile/rule.ts";
import { parseSyntax } from "../go/modfile/syntax.ts";
import type { ModFile } from "../go/modfile/types.ts";
import { directiveWords } from "../go/modfile/words.ts";
import { pathOf, releaseCommit, writesInto } from "../plan/commits.ts";
import { isRelative, resolved } from "../plan/major/folder.ts";
import type { Plan } from "../plan/types.ts";
import type { Coming } from "./offer.ts";

/** The modules and workspaces of a tree by their folders from its root. */
export interface Modules {
  Mods: ReadonlyMap<string, ModFile>;
  /** The folders that each go.work uses, by the folder of that. */
  Works: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A module that is proven. */
export interface Judged {
  Path: string;
  Dir: string;
  Released: boolean;
  /** It takes a module that gets a new path from its folder, so it cannot stay at the old one. */
  Bound?: true;
  /** The folder of the go.work that it needs; null: it is judged alone. */
  Work: string | null;
}

/** Reads every go.mod and go.work of a tree. */
export async function modulesOf(tree: Snapshot): Promise<Modules> {
  const files = (await tree.entries()).filter(({ Path, Mode }) =>
    Mode.startsWith("100") && /(^|\/)go\.(mod|work)$/.test(Path)
  );
  const bytes = await tree.readMany([...new Set(files.map((file) => file.Oid))]);
  const Mods = new Map<string, ModFile>();
  const Works = new Map<string, ReadonlySet<string>>();
  for (const { Path, Oid } of files) {
    const content = bytes.get(Oid)!;
    if (Path.endsWith("go.mod")) Mods.set(dirOf(Path), parse(Path, content).Mod);
    else Works.set(dirOf(Path), usedBy(dirOf(Path), content));
  }
  return { Mods, Works };
}

function usedBy(dir: string, goWork: Uint8Array): Set<string> {
  const words = directiveWords(goWork, parseSyntax("go.work", goWork).Syntax);
  const folders = words.filter(({ Verb }) => Verb === "use").flatMap(({ Args }) =>
    Args.slice(0, 1).map((word) => resolved(dir, word.Value))
  );
  return new Set(folders.filter((folder) => folder !== null));
}

/** Reports whether a module replaces one that gets a new path by that one's folder. */
function isBound({ Releases }: Pick<Plan, "Releases">, dir: string, { Replace }: ModFile): boolean {
  return Releases.some(({ Module, NewModule, Dir }) =>
    NewModule !== undefined && dir !== Dir &&
    Replace.some(({ Old, New }) =>
      (Old.Path === Module || Old.Path === NewModule) && isRelative(New.Path) &&
      resolved(dir, New.Path) === Dir
    )
  );
}

/**
 * The modules whose files the plan writes and those that take a new major from its folder, the
 * released ones first. A release is judged as its
 * users get it, without a workspace; another module with the workspace that uses it. What the go
 * command passes over (testdata and the like) is judged by nobody.
 */
export function judged(plan: Plan, { Mods, Works }: Modules): Judged[] {
  const released = plan.Releases.map((release) => ({
    Path: pathOf(release),
    Dir: release.Dir,
    Released: true,
    Work: null,
  }));
  const written = new Set(
    writesInto(plan, releaseCommit(plan)).map(({ File }) => moduleOf(dirOf(File), Mods)),
  );
  const bound = new Set([...Mods].flatMap(([dir, mod]) => isBound(plan, dir, mod) ? [dir] : []));
  const others = [...new Set([...written, ...bound])].filter((dir): dir is string =>
    dir !== null && !passedOver(dir) && !released.some((release) => release.Dir === dir)
  );
  return [
    ...released,
    ...others.sort().map((Dir) => ({
      Path: Mods.get(Dir)?.Module?.Path ?? (Dir === "" ? "the root" : Dir),
      Dir,
      Released: false,
      ...(bound.has(Dir) && { Bound: true as const }),
      Work: workOf(Dir, Works),
    })),
  ];
}

/** The folder of the module that a folder belongs to; null: of none. */
export function moduleOf(folder: string, mods: Modules["Mods"]): string | null {
  for (let dir = folder;; dir = dirOf(dir)) {
    if (mods.has(dir)) return dir;
    if (dir === "") return null;
  }
}

/** Reports whether `./...` does not reach a folder of its module. */
export function passedOver(dir: string): boolean {
  return /(^|\/)(testdata|vendor|[_.][^/]*)(\/|$)/.test(dir);
}

/** The folder of the go.work that go finds from a module, if that uses it. */
function workOf(dir: string, works: Modules["Works"]): string | null {
  for (let at = dir;; at = dirOf(at)) {
    const used = works.get(at);
    if (used) return used.has(dir) ? at : null;
    if (at === "") return null;
  }
}

/**
 * Reports whether go may ask for a coming version when it judges a module: some module of the tree
 * requires one, and nothing of this module, or of its workspace, stands for it.
 */
export function asksFor(coming: readonly Coming[], module: Judged, modules: Modules): boolean {
  const own = modules.Mods.get(module.Dir);
  const used = module.Work === null ? undefined : modules.Works.get(module.Work);
  return required(coming, modules).some(({ Path, Version, Dir }) =>
    Path !== module.Path && !used?.has(Dir) &&
    !own?.Replace.some(({ Old }) => Old.Path === Path && (Old.Version ?? Version) === Version)
  );
}

/** The coming versions that some module of the tree requires. */
export function required(coming: readonly Coming[], { Mods }: Modules): Coming[] {
  const all = [...Mods.values()].flatMap((mod) => mod.Require);
  return coming.filter((c) => all.some((r) => r.Path === c.Path && r.Version === c.Version));
}

/**
 * The folder in the tree before that a module is compared with: that of its path, of the path it
 * had, or its own; null where it is new.
 */
export function before(plan: Plan, module: Judged, { Mods }: Modules): string | null {
  const old = plan.Releases.find((release) => pathOf(release) === module.Path)?.Module;
  const named = (path: string | undefined) =>
    [...Mods].find(([, mod]) => path !== undefined && mod.Module?.Path === path)?.[0];
  if (Mods.has(module.Dir)) return module.Dir;
  return named(module.Path) ?? named(old) ?? null;
}
