/**
 * From a revision to the version the go command would call it (go-rules §7.4,
 * §7.5): the highest canonical tag on the commit that is not retracted, else a
 * pseudo-version.
 */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts, type RepoFacts } from "../facts/types.ts";
import { goModOf } from "../facts/modules.ts";
import { reachable } from "../git/log.ts";
import { readNamed } from "../git/named.ts";
import { resolve } from "../git/refs.ts";
import { gitText } from "../git/repository.ts";
import { modulePath, parseLax } from "../go/modfile/mod.ts";
import { matchPathMajor, pathMajorPrefix, splitPathVersion } from "../go/module.ts";
import { isPseudoVersion, pseudoVersion } from "../go/pseudo.ts";
import { covers, type Retract } from "../go/retract.ts";
import { source } from "../go/query.ts";
import { canonical, compare, isCanonical, isValid, major } from "../go/semver.ts";
import { versionsOfTags } from "../go/versions.ts";
import { clean } from "../text.ts";

/** A module as it is at a revision. */
export interface AtRevision {
  Commit: string;
  Path: string;
  Dir: string;
  Version: string;
}

/** Resolves a revision (a tag, a version of the module, a branch, a commit). */
export async function atRevision(
  repo: RepoFacts,
  module: ModuleFacts,
  rev: string,
): Promise<AtRevision | Problem> {
  // Go adds +incompatible to a version; no tag has it.
  const name = module.TagPrefix + rev.replace(/\+incompatible$/, "");
  const tag = isValid(rev) && repo.Tags.has(name) ? name : rev;
  const found = repo.Tags.get(tag)?.Commit ?? (await resolve(repo.Git, rev))?.Commit;
  if (found === undefined) {
    return problem("revision-unknown", `Git knows no revision ${clean(rev)} here.`, {
      fix: "name a tag, a branch or a commit; git fetch --tags gets those of the remote",
    });
  }
  const asked = repo.Tags.has(tag) ? versionOfTag(tag, module.TagPrefix) : null;
  const place = await placeAt(repo, module, found, asked?.Version);
  return {
    Commit: found,
    ...place,
    Version: await versionOf(repo, module, place, found, asked),
  };
}

/** A version as a tag's name says it. */
interface Tagged {
  Version: string;
  /** False for a name with build metadata: no version, but a base for pseudo-versions. */
  Canonical: boolean;
}

/** What Go reads in a tag's name; null where it reads no version (go-rules §7.1). */
function versionOfTag(tag: string, prefix: string): Tagged | null {
  if (!tag.startsWith(prefix)) return null;
  const name = tag.slice(prefix.length);
  const version = canonical(name);
  if (version === "" || !name.startsWith(version) || isPseudoVersion(name)) return null;
  return { Version: version, Canonical: isCanonical(name) };
}

interface Place {
  Path: string;
  Dir: string;
}

/** Where the module is at a commit, and what it calls itself there. */
async function placeAt(
  repo: RepoFacts,
  module: ModuleFacts,
  commit: string,
  version: string | undefined,
): Promise<Place> {
  const n = pathMajorPrefix(module.PathMajor);
  const up = n !== "" && (module.Dir === n || module.Dir.endsWith("/" + n))
    ? module.Dir.slice(0, -n.length).replace(/\/$/, "")
    : null;
  const dirs = up === null ? [module.Dir] : [module.Dir, up];
  const blobs = await readNamed(repo.Git, dirs.map((d) => `${commit}:${goModOf(d)}`));
  const at = blobs.findIndex((b) => b !== null);
  if (at < 0) return beforeModules(module, version);
  return { Path: modulePath(blobs[at]!.Bytes) || module.Path, Dir: dirs[at]! };
}

/**
 * A commit without go.mod is no /vN, whatever HEAD is: only the path without it names
 * the commit, and in gopkg.in that of the version. Elsewhere than at the root there is
 * no module at all, which is HEAD's path's to say.
 */
function beforeModules(module: ModuleFacts, version: string | undefined): Place {
  const { prefix, pathMajor, ok } = splitPathVersion(module.Path);
  if (!ok || module.TagPrefix !== "") return { Path: module.Path, Dir: module.Dir };
  if (pathMajor.startsWith("/")) return { Path: prefix, Dir: "" };
  if (pathMajor === "" || version === undefined) return { Path: module.Path, Dir: "" };
  return { Path: `${prefix}.${major(version)}`, Dir: "" };
}

/** The version of a commit: the tag that was asked for, even if retracted, else the best there is. */
async function versionOf(
  repo: RepoFacts,
  module: ModuleFacts,
  place: Place,
  commit: string,
  asked: Tagged | null,
): Promise<string> {
  const split = splitPathVersion(place.Path);
  const pathMajor = split.ok ? split.pathMajor : "";
  const legacy = await incompatibleMajors(repo, module, place, commit);
  const named = (tagged: Tagged): string =>
    matchPathMajor(tagged.Version, pathMajor)
      ? tagged.Version
      : legacy.has(major(tagged.Version))
      ? `${tagged.Version}+incompatible`
      : "";
  if (asked?.Canonical && named(asked) !== "") return named(asked);

  const retracts = await retractsOf(repo, module, pathMajor);
  const usable = [...repo.Tags].flatMap(([name, tag]) => {
    const tagged = versionOfTag(name, module.TagPrefix);
    const version = tagged ? named(tagged) : "";
    if (version === "" || retracts.some((r) => covers(r, version))) return [];
    return [{ Version: version, Canonical: tagged!.Canonical, Commit: tag.Commit }];
  }).sort((a, b) => compare(b.Version, a.Version));
  const here = usable.find((t) => t.Canonical && t.Commit === commit);
  if (here) return here.Version;

  const base = asked && named(asked) !== ""
    ? named(asked)
    : await highestBelow(repo, commit, usable);
  const seconds = Number((await gitText(repo.Git, ["show", "-s", "--format=%ct", commit])).trim());
  return pseudoVersion(
    pathMajorPrefix(pathMajor),
    base,
    new Date(seconds * 1000),
    commit.slice(0, 12),
  );
}

/** The highest of descending versions in the commit's history; "" for none. */
async function highestBelow(
  repo: RepoFacts,
  commit: string,
  usable: readonly { Version: string; Commit: string }[],
): Promise<string> {
  const base = await reachable(repo.Git, commit, usable.map((t) => t.Commit));
  return usable.find((t) => t.Commit === base)?.Version ?? "";
}

/**
 * The majors whose versions Go calls `+incompatible` at a commit: those of a repository's
 * root without go.mod, where no folder vN says that they are another module's (go-rules §7.4).
 */
async function incompatibleMajors(
  repo: RepoFacts,
  module: ModuleFacts,
  place: Place,
  commit: string,
): Promise<Set<string>> {
  const split = splitPathVersion(place.Path);
  if (place.Dir !== "" || module.TagPrefix !== "" || !split.ok || split.pathMajor !== "") {
    return new Set();
  }
  const majors = new Set<string>();
  for (const tag of repo.Tags.keys()) {
    const tagged = versionOfTag(tag, "");
    if (tagged && !matchPathMajor(tagged.Version, "")) majors.add(major(tagged.Version));
  }
  if (majors.size === 0) return majors;
  const folders = [...majors];
  const [root, ...below] = await readNamed(
    repo.Git,
    ["", ...folders].map((dir) => `${commit}:${goModOf(dir)}`),
  );
  if (root) return new Set();
  return new Set(folders.filter((_, i) => !below[i]));
}

/** What the newest release of the module with this major says is retracted (go-rules §8.1). */
async function retractsOf(
  repo: RepoFacts,
  module: ModuleFacts,
  pathMajor: string,
): Promise<readonly Retract[]> {
  if (pathMajor === module.PathMajor) return known(module.Latest)?.GoMod?.Retract ?? [];
  const { Versions } = versionsOfTags(repo.Tags.keys(), { prefix: module.TagPrefix, pathMajor });
  const from = source({ versions: Versions });
  const commit = from === null ? undefined : repo.Tags.get(module.TagPrefix + from)?.Commit;
  if (commit === undefined) return [];
  const dir = module.TagPrefix.replace(/\/$/, "");
  const folder = pathMajor.startsWith("/") ? [`${module.TagPrefix}${pathMajor.slice(1)}`] : [];
  const blobs = await readNamed(repo.Git, [...folder, dir].map((d) => `${commit}:${goModOf(d)}`));
  const goMod = blobs.find((b) => b !== null);
  return goMod ? parseLax("go.mod", goMod.Bytes).Mod.Retract : [];
}
