/**
 * From tags to versions (go-rules §7.1, §7.2): which tags of a repository are
 * versions of a module, and which only look like one. Only names are judged
 * here; what the tagged commit holds is another question.
 */
import { pathMajorPrefix } from "./module.ts";
import { isPseudoVersion } from "./pseudo.ts";
import { build, isCanonical, isValid, major, sort } from "./semver.ts";

/** The highest version of each major; `versions` are ascending. */
export function highestOfMajors(versions: readonly string[]): string[] {
  return [...new Map(versions.map((v) => [major(v), v])).values()];
}

/** Why a tag that begins like a version is none. */
export type IgnoredCode =
  | "no-v"
  | "upper-case-v"
  | "short"
  | "leading-zero"
  | "build-metadata"
  | "incompatible-written-out"
  | "pseudo-version"
  | "major-in-prefix"
  | "not-a-version";

/** A tag with this module's prefix that begins like a version and that Go passes over. */
export interface IgnoredTag {
  Tag: string;
  Code: IgnoredCode;
  /** One sentence: what Go does with it. */
  Reason: string;
}

/** What the tags of a repository mean to one module. */
export interface TaggedVersions {
  /** Ascending, without the tag prefix; all fit the module path. */
  Versions: string[];
  /** Ascending: v2 and up of a module at the root without a major suffix. Go may list them with `+incompatible` (query.ts). */
  Incompatible: string[];
  /** In the order of the tags. */
  Ignored: IgnoredTag[];
}

/**
 * The tag prefix of a module: `sub/` for a module in the folder `sub` of its
 * repository. A major version folder is never part of it: `example.com/m/sub/v2`
 * has the prefix `sub/` whether it lies in `sub` or in `sub/v2`.
 */
export function tagPrefix(dir: string, pathMajor: string): string {
  if (pathMajor.startsWith("/") && `/${dir}`.endsWith(pathMajor)) {
    return dir.slice(0, dir.length - pathMajor.length + 1);
  }
  return dir === "" ? "" : `${dir}/`;
}

/** The go.mod that go makes up for a version without one, and takes for none (go-rules §9.2-3). */
export function madeUpGoMod(path: string): string {
  return `module ${path}\n`;
}

/** Sorts the tags of a repository into versions of the module with this tag prefix and path major, and what only looks like one. */
export function versionsOfTags(
  tags: Iterable<string>,
  { prefix, pathMajor }: { prefix: string; pathMajor: string },
): TaggedVersions {
  const own: string[] = [], incompatible: string[] = [], ignored: IgnoredTag[] = [];
  // The tags belong to the stable module beside it; Go gives the unstable one no versions at all.
  if (pathMajor.endsWith("-unstable")) return { Versions: [], Incompatible: [], Ignored: [] };
  const wanted = pathMajorPrefix(pathMajor).slice(1);
  const fits = (major: string) =>
    pathMajor === "" ? major === "0" || major === "1" : major === wanted;
  const mayBeIncompatible = prefix === "" && pathMajor === "";

  for (const tag of tags) {
    if (!tag.startsWith(prefix)) continue;
    const v = prefix === "" ? tag : tag.slice(prefix.length);
    if (!isCanonical(v) || isPseudoVersion(v)) {
      const code = codeOf(v, fits);
      if (code) ignored.push({ Tag: tag, Code: code, Reason: reasons[code] });
    } else if (
      fits(v.slice(1, v.indexOf("."))) || (pathMajor === ".v1" && v.startsWith("v0.0.0-"))
    ) {
      own.push(v);
    } else if (mayBeIncompatible) {
      incompatible.push(v);
    }
  }
  return { Versions: sort(own), Incompatible: sort(incompatible), Ignored: ignored };
}

/**
 * Why what follows the prefix of a tag is no version; null when it does not even
 * begin like one, or belongs to another major or another module.
 */
function codeOf(v: string, fits: (major: string) => boolean): IgnoredCode | null {
  const begin = /^(?:([vV])0*([0-9]+)|0*([0-9]+)\.[0-9])/.exec(v);
  if (!begin) return null;
  const [, letter, number, bare] = begin;
  const major = number ?? bare!;
  // Written out, the suffix says itself that v2 and up is meant for the path without /vN.
  const writtenOut = build(v) === "+incompatible";
  if (!fits(major) && !(writtenOut && fits("1"))) return null;
  if (v.includes("/")) return /^v([0-9]+)\/v\1\.[0-9]/.test(v) ? "major-in-prefix" : null;
  if (letter === undefined) return "no-v";
  if (letter === "V") return "upper-case-v";
  if (writtenOut) return "incompatible-written-out";
  if (build(v) !== "") return "build-metadata";
  if (isValid(v)) return isCanonical(v) ? "pseudo-version" : "short";
  const withoutZeros = v.replace(/(?<=^v|[.-])0+(?=[0-9])/g, "");
  return isValid(withoutZeros) ? "leading-zero" : "not-a-version";
}

const name = "to it such a tag is the name of a commit, as a branch is";
const lowerCase = `Go takes only tags that begin with a lower-case v for versions; ${name}.`;

const reasons: Readonly<Record<IgnoredCode, string>> = {
  "no-v": lowerCase,
  "upper-case-v": lowerCase,
  "short":
    "Go takes only tags with all three numbers for versions; asked for by such a name it looks for the highest version that begins so.",
  "leading-zero": `Go allows no number with a leading zero in a version; ${name}.`,
  "build-metadata":
    "Go passes over tags with build metadata; it lists no such version and gives the commit another name.",
  "incompatible-written-out":
    "Go adds +incompatible itself to tags without it, and passes over tags that have it.",
  "pseudo-version":
    "Go passes over tags that look like pseudo-versions and takes them for names of the commit they mention.",
  "major-in-prefix":
    "Go leaves the major version folder out of tag names, and passes over tags that have it.",
  "not-a-version": `Go cannot read this tag as a version; ${name}.`,
};
