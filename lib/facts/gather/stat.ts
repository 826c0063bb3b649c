/**
 * What the go command makes of a revision of one module path: the version with that name, the
 * best tag on the commit, or a pseudo-version, and when it refuses (cmd/go Stat, go-rules §7.4).
 */
import { reachable } from "../../git/log.ts";
import { resolve } from "../../git/refs.ts";
import { gitText, type Repository } from "../../git/repository.ts";
import { type Named, type NotThere, whyNotFound } from "../../go/finddir.ts";
import {
  canonicalVersion,
  incompatibleSuffix as suffix,
  matchPathMajor,
  pathMajorPrefix,
  splitPathVersion,
  tagVersion,
} from "../../go/module.ts";
import { isPseudoVersion, pseudoVersion, pseudoVersionRev } from "../../go/pseudo.ts";
import { coveredBy } from "../../go/retract.ts";
import { canonical, compare, isValid, major } from "../../go/semver.ts";
import type { TagFact } from "../types.ts";
import { lookIn, retractsOf } from "./lookin.ts";
import { whyNoPseudoVersion } from "./pseudo.ts";

/** A repository as Go sees it: its objects and its tags. */
export interface Tagged {
  readonly Git: Repository;
  readonly Tags: ReadonlyMap<string, TagFact>;
}

/** What Go calls a revision. */
export interface Stat {
  Commit: string;
  Version: string;
  /** When it was committed, in seconds since 1970. */
  Time: number;
  /** Where the module is at the commit, from the repository's root. */
  Dir: string;
}

/** Why Go refuses a revision. */
export interface StatRefused {
  Is: "unknown" | "not-a-version" | "pseudo-version" | "incompatible" | NotThere["Is"];
  /** What it refuses: a version, or the revision as it was asked for. */
  Version: string;
  /** Without `MODULE@VERSION: invalid version: `, in Go's words. */
  Reason: string;
}

/** A commit that a revision names, as Go looks at it. */
export interface Revision {
  Commit: string;
  Time: number;
  /** Every tag on it, sorted. */
  Tags: string[];
  /** The tag by whose name it was asked for. */
  Tag?: string;
}

/**
 * What `MODULE@REV` is to Go with GOPROXY=direct: `rev` is a version of the module, one with
 * `+incompatible`, a pseudo-version, or any name of a commit that git knows here. Versions are
 * asked for without the module's tag prefix, and are nothing else than versions.
 */
export async function stat(
  repo: Tagged,
  module: Named,
  rev: string,
): Promise<Stat | StatRefused> {
  const found = await find(repo, module, rev);
  return "Is" in found ? found : await statFound(repo, module, found, rev);
}

/** What Go calls the commit itself, whatever name it was found by. */
export async function statCommit(
  repo: Tagged,
  module: Named,
  commit: string,
): Promise<Stat | StatRefused> {
  const found = await look(repo, commit);
  return found ? await statFound(repo, module, found, commit) : unknown(commit, commit);
}

/** The name under which Go looks for a revision in the repository. */
export function revToRev({ TagPrefix }: Named, rev: string): string {
  if (!isValid(rev)) return rev;
  if (isPseudoVersion(rev)) return pseudoVersionRev(rev)!;
  return TagPrefix + tagVersion(rev);
}

function unknown(rev: string, name: string): StatRefused {
  return { Is: "unknown", Version: rev, Reason: `unknown revision ${name}` };
}

/** What Go takes for the id of a commit: digits, not too few of them. */
export const isId = /^[0-9a-f]{7,64}$/;

/** What Go says of a tag that is on no commit. */
export const noCommit = 'unexpected response from git log: ""';

/** The tags on a commit, sorted. */
export function tagsOn(tags: Tagged["Tags"], commit: string): string[] {
  return [...tags].flatMap(([tag, { Commit }]) => Commit === commit ? [tag] : []).sort();
}

/** The commit of a revision; refused where it is none. */
export async function find(
  repo: Tagged,
  module: Named,
  rev: string,
): Promise<Revision | StatRefused> {
  const name = revToRev(module, rev);
  const missing = unknown(rev, name);
  if (isValid(rev) && isPseudoVersion(rev)) {
    if (!isId.test(name)) return missing;
  } else {
    if (repo.Tags.has(name)) {
      const found = await look(repo, `refs/tags/${name}`);
      return found ? { ...found, Tag: name } : { ...missing, Reason: noCommit };
    }
    // The tags of other modules are no versions of this one.
    if (isValid(rev)) return await look(repo, `refs/heads/${name}`) ?? missing;
  }
  return await look(repo, name) ?? missing;
}

async function look({ Git, Tags }: Tagged, name: string): Promise<Revision | null> {
  const found = await resolve(Git, name);
  if (!found) return null;
  const { Commit } = found;
  const time = await gitText(Git, ["log", "-1", "--no-show-signature", "--format=%ct", Commit]);
  return { Commit, Time: Number(time.trim()), Tags: tagsOn(Tags, Commit) };
}

/** The version that a tag's name says; "" for none. Retracted ones are told apart elsewhere. */
function versionOfTag(tag: string, prefix: string): { Version: string; Canonical: boolean } {
  const none = { Version: "", Canonical: false };
  // With the prefix of a folder Go does not see that it looks like a pseudo-version.
  if (!tag.startsWith(prefix) || isPseudoVersion(tag)) return none;
  const name = tag.slice(prefix.length);
  const version = canonical(name);
  return version === "" || !name.startsWith(version)
    ? none
    : { Version: version, Canonical: version === name };
}

/** What Go calls a commit that was `asked` for by that name. */
export async function statFound(
  repo: Tagged,
  module: Named,
  found: Revision,
  asked: string,
): Promise<Stat | StatRefused> {
  const { TagPrefix, PathMajor } = module;
  const at = await lookIn(repo.Git, module, found.Commit);

  const mayBeIncompatible = async (version: string): Promise<boolean> =>
    TagPrefix === "" && PathMajor === "" && at.Own === null &&
    (asked.endsWith(suffix) || !(await at.hasFolder(major(version))));

  const check = async (version: string): Promise<Stat | StatRefused> => {
    const name = revToRev(module, version);
    if (isPseudoVersion(version) && !found.Commit.startsWith(name)) {
      // A tag in a folder may look like one: then Go looks for the commit that it names.
      const file = `${splitPathVersion(module.Path).prefix}/go.mod`;
      const Reason = `reading ${file} at revision ${name}: unknown revision ${name}`;
      return { Is: "unknown", Version: version, Reason };
    }
    const wrong = whyNotFound(module, at.Paths, version, name);
    if (wrong) return { ...wrong, Version: version };
    const refused = (of: string, Reason: string): StatRefused => ({
      Is: "incompatible",
      Version: of,
      Reason,
    });
    let named = version === tagVersion(asked) ? asked : version;
    const base = tagVersion(named);
    let unfit: StatRefused | null = null;
    if (!matchPathMajor(base, PathMajor)) {
      if (await mayBeIncompatible(base)) named = base + suffix;
      else {
        unfit = refused(
          named,
          PathMajor === ""
            ? "module contains a go.mod file, so module path must match major version " +
              `("${splitPathVersion(module.Path).prefix}/${major(named)}")`
            : "module path includes a major version suffix, so major version must match",
        );
      }
    } else if (named.endsWith(suffix)) {
      const why = `${suffix} suffix not allowed: major version ${major(named)} is compatible`;
      unfit = refused(named, why);
    }
    if (isValid(asked) && asked === canonicalVersion(asked) && tagVersion(asked) !== base) {
      const Reason = `resolves to version ${named} (${tagVersion(asked)} is not a tag)`;
      return { Is: "not-a-version", Version: asked, Reason };
    }
    return unfit ?? { Commit: found.Commit, Version: named, Time: found.Time, Dir: at.Dir };
  };

  if (isPseudoVersion(asked)) {
    const checked = await check(asked);
    if ("Is" in checked) return checked;
    const Reason = await whyNoPseudoVersion(repo, module, found, asked);
    return Reason === null ? checked : { Is: "pseudo-version", Version: asked, Reason };
  }
  if (found.Tag !== undefined) {
    const own = versionOfTag(found.Tag, TagPrefix);
    if (own.Canonical) {
      const checked = await check(own.Version);
      if (!("Is" in checked)) return checked;
    }
  }
  const isRetracted = coveredBy(await retractsOf(repo, module));
  const usable = async (version: string): Promise<boolean> =>
    version !== "" && !isRetracted(version) &&
    (matchPathMajor(version, PathMajor) || await mayBeIncompatible(version));

  let highest = "", base = "";
  for (const tag of found.Tags) {
    const { Version, Canonical } = versionOfTag(tag, TagPrefix);
    if (Version === "") continue;
    if (isValid(asked) && compare(Version, asked) === 0) {
      if (Canonical) return await check(Version);
      base = Version;
    }
    if (Canonical && compare(highest, Version) < 0 && await usable(Version)) highest = Version;
  }
  if (highest !== "") return await check(highest);
  base ||= await highestBefore(repo, module, found.Commit, usable);
  return await check(
    pseudoVersion(
      pathMajorPrefix(PathMajor),
      base,
      new Date(found.Time * 1000),
      found.Commit.slice(0, 12),
    ),
  );
}

/** The highest usable version in a commit's history, merges included (go-rules §7.5); "" for none. */
async function highestBefore(
  { Git, Tags }: Tagged,
  { TagPrefix }: Named,
  commit: string,
  usable: (version: string) => Promise<boolean>,
): Promise<string> {
  const versions: { Version: string; Commit: string }[] = [];
  for (const [tag, { Commit }] of Tags) {
    const { Version } = versionOfTag(tag, TagPrefix);
    if (Version !== "" && await usable(Version)) versions.push({ Version, Commit });
  }
  versions.sort((a, b) => compare(b.Version, a.Version));
  const base = await reachable(Git, commit, versions.map((v) => v.Commit));
  return versions.find((v) => v.Commit === base)?.Version ?? "";
}
