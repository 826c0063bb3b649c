/** What a repository knows of the modules that its modules require. */
import { join } from "node:path/posix";
import { type Facts, known as valueOf } from "../../facts/types.ts";
import { dirOf } from "../../facts/modules.ts";
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
import { type Place, readPackages } from "./packages.ts";

/** The go.mod files of the repository as they are to be, by folder. */
export type GoMods = Map<string, Uint8Array>;

/** What is known, with what changes while a train is prepared. */
export interface Repository extends Known {
  GoMods: GoMods;
  /** The lines of go.sum of a version that is tagged here; none where it is not. */
  hashes(module: PathVersion): Promise<GoSumLine[]>;
}

/** Reads every module of the draft: its sources once, its go.mod whenever it is asked for. */
export async function knownOf(
  draft: Draft,
  facts: Facts,
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
  const summarize = summarizer();
  const read = (text: Uint8Array | undefined): Summary | null => {
    const summary = text && summarize(text);
    return !summary || "Error" in summary ? null : summary;
  };
  const published = new Map<string, Promise<Summary | null>>();
  return {
    Packages: await readPackages(tree, places),
    Paths: new Set(dirs.keys()),
    Coming: coming,
    GoMods: goMods,
    hashes: (module) => hashesAt(facts, module, dirs.get(module.Path)),
    latest: (path) => coming.get(path) ?? highest(facts, path, dirs.get(path)),
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
function highest(facts: Facts, path: string, dir: string | undefined): string | null {
  const named = dir === undefined ? null : prefixOf(path, dir);
  if (!named) return null;
  const tags = valueOf(facts.Remote)?.Tags ?? facts.Repo.Tags;
  const { Versions } = versionsOfTags(tags.keys(), {
    prefix: named.Prefix,
    pathMajor: named.Major,
  });
  return Versions.findLast((version) => prerelease(version) === "") ?? Versions.at(-1) ?? null;
}

/** The commit of a version that has a tag here. */
function commitOf(
  { Repo }: Facts,
  { Path, Version }: ModuleVersion,
  dir: string,
): string | undefined {
  const named = prefixOf(Path, dir);
  if (!named || Version === undefined) return undefined;
  return Repo.Tags.get(named.Prefix + tagVersion(Version))?.Commit;
}

/** The lines of go.sum of a version that has a tag here. */
async function hashesAt(
  facts: Facts,
  module: PathVersion,
  dir: string | undefined,
): Promise<GoSumLine[]> {
  const commit = dir === undefined ? undefined : commitOf(facts, module, dir);
  const tree = commit === undefined ? null : await snapshot(facts.Repo.Git, commit);
  if (!tree) return [];
  const sealed = await seal(facts.Repo.Git, tree, { ...module, Dir: dir!, Unfetchable: true });
  return "Problems" in sealed ? [] : goSumLines(module, sealed);
}

/** The go.mod of a version that has a tag here. */
async function atTag(
  facts: Facts,
  module: ModuleVersion,
  dir: string,
): Promise<Uint8Array | undefined> {
  const { Repo } = facts;
  const commit = commitOf(facts, module, dir);
  if (commit === undefined) return undefined;
  const name = `${commit}:${dir === "" ? "" : `${dir}/`}go.mod`;
  return (await readNamed(Repo.Git, [name]))[0]?.Bytes;
}
