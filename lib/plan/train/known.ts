/** What a repository knows of the modules that its modules require. */
import { join } from "node:path/posix";
import { type Facts, known as valueOf } from "../../facts/types.ts";
import { dirOf, within } from "../../facts/modules.ts";
import { readNamed } from "../../git/named.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import type { ModuleVersion } from "../../go/modfile/mod.ts";
import { splitPathVersion, tagVersion } from "../../go/module.ts";
import { type GoSumLine, goSumLines } from "../../go/gosum.ts";
import { keyOf, type PathVersion } from "../../go/mvs.ts";
import { snapshot } from "../../git/tree.ts";
import { summarizer, type Summary } from "../../go/summary.ts";
import { folderByPath } from "../../go/finddir.ts";
import { tagPrefix, versionsOfTags } from "../../go/versions.ts";
import { prerelease } from "../../go/semver.ts";
import type { Draft } from "../draft.ts";
import { seal } from "../seal.ts";
import type { Known } from "./needs.ts";
import { type Packages, type Place, readPackages } from "./packages.ts";

/** The go.mod files of the repository as they are to be, by folder. */
export type GoMods = Map<string, Uint8Array>;

/** The facts that are looked at. */
export interface Sources {
  Repo: Pick<Facts["Repo"], "Git" | "Tags">;
  Remote: Facts["Remote"];
  Modules: readonly Pick<Facts["Modules"][number], "Path" | "Dir">[];
}

/** What is known, with what changes while a train is prepared. */
export interface Repository extends Known {
  GoMods: GoMods;
  /** The lines of go.sum of a version that is tagged here; none where it is not. */
  hashes(module: PathVersion): Promise<GoSumLine[]>;
  /** Reports whether users get the version, and its tag here is the one that they get. */
  isOut(module: PathVersion): boolean;
}

/** Reads every module of the draft: its sources once, its go.mod whenever it is asked for. */
export async function knownOf(
  draft: Draft,
  facts: Sources,
  coming: ReadonlyMap<string, string>,
): Promise<Repository> {
  const tree = draft.empty ? draft.base : await draft.planned();
  const files = (await tree.entries()).filter(({ Path, Mode }) =>
    /(^|\/)go\.mod$/.test(Path) && Mode.startsWith("100")
  );
  const bytes = await tree.readMany(files.map(({ Oid }) => Oid));
  const goMods: GoMods = new Map(files.map(({ Path, Oid }) => [dirOf(Path), bytes.get(Oid)!]));
  const places = [...goMods].map(([Dir, text]): Place => ({ Dir, Path: modulePath(text) }));
  const dirs = new Map(places.filter(({ Path }) => Path !== "").map((p) => [p.Path, p.Dir]));
  // What others require of a module that gets a new path is what came out under the old one.
  for (const { Path, Dir } of facts.Modules) if (!dirs.has(Path)) dirs.set(Path, Dir);
  const summarize = summarizer();
  const read = (text: Uint8Array | undefined): Summary | null => {
    const summary = text && summarize(text);
    return !summary || "Error" in summary ? null : summary;
  };
  const published = new Map<string, Promise<Summary | null>>();
  const packages = new Map<string, Promise<Packages | null>>();
  return {
    Packages: await readPackages(tree, places),
    Paths: new Set(dirs.keys()),
    Coming: coming,
    GoMods: goMods,
    hashes: (module) => hashesAt(facts, module, dirs.get(module.Path)),
    isOut: (module) => isOut(facts, module, dirs.get(module.Path)),
    latest: (path) => coming.get(path) ?? highest(facts, path, dirs.get(path)),
    async published(module) {
      const at = dirs.get(module.Path);
      if (at === undefined || coming.get(module.Path) === module.Version) return null;
      const found = packages.get(keyOf(module)) ?? packagesAt(facts, module, at);
      packages.set(keyOf(module), found);
      return await found;
    },
    async summary(module, dir) {
      if (module.Version === undefined) {
        const folder = join(dir, module.Path).replace(/^\.?\/?$|\/$/g, "");
        return read(goMods.get(folder));
      }
      const at = dirs.get(module.Path);
      if (at === undefined) return null;
      if (coming.get(module.Path) === module.Version) return read(goMods.get(at));
      const key = keyOf({ Path: module.Path, Version: module.Version });
      const found = published.get(key) ?? atTag(facts, module, at).then(read);
      published.set(key, found);
      return await found;
    },
  };
}

/** The prefix of a module's tags, "" for the one at the root; null for a path that Go refuses. */
function prefixOf(path: string, dir: string): { Prefix: string; Major: string } | null {
  const split = splitPathVersion(path);
  if (!split.ok) return null;
  const own = dir !== "" && folderByPath(path) === dir;
  return { Prefix: own ? `${dir}/` : tagPrefix(dir, split.pathMajor), Major: split.pathMajor };
}

/** The highest release that users can get, else the highest pre-release. */
function highest(facts: Sources, path: string, dir: string | undefined): string | null {
  const named = dir === undefined ? null : prefixOf(path, dir);
  if (!named) return null;
  const tags = valueOf(facts.Remote)?.Tags ?? facts.Repo.Tags;
  const { Versions } = versionsOfTags(tags.keys(), {
    prefix: named.Prefix,
    pathMajor: named.Major,
  });
  return Versions.findLast((version) => prerelease(version) === "") ?? Versions.at(-1) ?? null;
}

/** The tag of a version. */
function tagOf({ Path, Version }: ModuleVersion, dir: string): string | undefined {
  const named = prefixOf(Path, dir);
  return named && Version !== undefined ? named.Prefix + tagVersion(Version) : undefined;
}

/** The commit of a version that has a tag here. */
function commitOf({ Repo }: Sources, module: ModuleVersion, dir: string): string | undefined {
  const tag = tagOf(module, dir);
  return tag === undefined ? undefined : Repo.Tags.get(tag)?.Commit;
}

/** Where no remote was asked, what is here counts. */
function isOut(facts: Sources, module: PathVersion, dir: string | undefined): boolean {
  const tag = dir === undefined ? undefined : tagOf(module, dir);
  const here = tag === undefined ? undefined : facts.Repo.Tags.get(tag)?.Commit;
  const tags = valueOf(facts.Remote)?.Tags ?? facts.Repo.Tags;
  return here !== undefined && tags.get(tag!)?.Commit === here;
}

/** The lines of go.sum of a version that has a tag here. */
async function hashesAt(
  facts: Sources,
  module: PathVersion,
  dir: string | undefined,
): Promise<GoSumLine[]> {
  const commit = dir === undefined ? undefined : commitOf(facts, module, dir);
  const tree = commit === undefined ? null : await snapshot(facts.Repo.Git, commit);
  if (!tree) return [];
  const sealed = await seal(facts.Repo.Git, tree, { ...module, Dir: dir!, Unfetchable: true });
  return "Problems" in sealed ? [] : goSumLines(module, sealed);
}

/** The packages of a version that has a tag here. */
async function packagesAt(
  facts: Sources,
  module: PathVersion,
  dir: string,
): Promise<Packages | null> {
  const commit = commitOf(facts, module, dir);
  const tree = commit === undefined ? null : await snapshot(facts.Repo.Git, commit);
  if (!tree) return null;
  const nested = (await tree.entries()).filter(({ Path }) => /(^|\/)go\.mod$/.test(Path))
    .map(({ Path }) => ({ Dir: dirOf(Path), Path: "" }))
    .filter(({ Dir }) => Dir !== dir && within(dir, Dir));
  return await readPackages(tree, [{ Dir: dir, Path: module.Path }], nested);
}

/** The go.mod of a version that has a tag here. */
async function atTag(
  facts: Sources,
  module: ModuleVersion,
  dir: string,
): Promise<Uint8Array | undefined> {
  const { Repo } = facts;
  const commit = commitOf(facts, module, dir);
  if (commit === undefined) return undefined;
  const name = `${commit}:${dir === "" ? "" : `${dir}/`}go.mod`;
  return (await readNamed(Repo.Git, [name]))[0]?.Bytes;
}
