/** One list of a module's versions out of the tags here, on the remote and the proxy's list. */
import { canonicalVersion, matchPathMajor } from "../go/module.ts";
import { isPseudoVersion } from "../go/pseudo.ts";
import { build, canonical, compare, prerelease } from "../go/semver.ts";
import { versionsOfTags } from "../go/versions.ts";
import type { ModuleFacts, TagFact, VersionFact } from "./types.ts";

export interface Sources {
  Here: ReadonlyMap<string, TagFact>;
  OnRemote?: ReadonlyMap<string, TagFact>;
  OnProxy: readonly string[];
}

/**
 * Merges what is known of a module's versions. A version is there when any of
 * the three sources has it; tags that only look like versions are named.
 */
export function mergeVersions(
  sources: Sources,
  module: { TagPrefix: string; PathMajor: string },
): Pick<ModuleFacts, "Versions" | "Incompatible" | "IncompatibleOnProxy" | "Ignored"> {
  const tags = new Set([...sources.Here.keys(), ...(sources.OnRemote?.keys() ?? [])]);
  const classified = versionsOfTags(tags, {
    prefix: module.TagPrefix,
    pathMajor: module.PathMajor,
  });
  const onProxy = new Set<string>();
  const incompatible = new Set<string>();
  for (const version of sources.OnProxy) {
    if (canonicalVersion(version) !== version || isPseudoVersion(version)) continue;
    if (build(version) !== "+incompatible") {
      if (matchPathMajor(version, module.PathMajor)) onProxy.add(version);
    } else if (module.PathMajor === "" && !matchPathMajor(canonical(version), "")) {
      incompatible.add(version);
    }
  }
  const all = new Set([...classified.Versions, ...onProxy]);
  const versions = [...all].sort(compare).map((version): VersionFact => {
    const tag = module.TagPrefix + version;
    const here = sources.Here.get(tag);
    const remote = sources.OnRemote?.get(tag);
    return {
      Version: version,
      Tag: tag,
      ...(here && { Here: here }),
      ...(remote && { OnRemote: remote }),
      OnProxy: onProxy.has(version),
    };
  });
  return {
    Versions: versions,
    Incompatible: classified.Incompatible,
    IncompatibleOnProxy: [...incompatible].sort(compare),
    Ignored: classified.Ignored,
  };
}

/** Reports whether a version is a release, not a pre-release. */
export function isRelease(version: string): boolean {
  return prerelease(version) === "";
}

/** The commit a version's tag peels to, wherever the tag is. */
export function commitOf(version: VersionFact): string | undefined {
  return version.Here?.Commit ?? version.OnRemote?.Commit;
}

/** Reports whether a version's tag names one commit here and another on the remote. */
export function isMoved({ Here, OnRemote }: VersionFact): boolean {
  return Here !== undefined && OnRemote !== undefined && Here.Commit !== OnRemote.Commit;
}

/** The versions users can get: on the remote or the proxy where these were asked, else the tags here. */
export function published(versions: readonly VersionFact[], remoteKnown: boolean): VersionFact[] {
  return remoteKnown ? versions.filter((v) => v.OnRemote || v.OnProxy) : [...versions];
}

/** What users' queries choose from, but for whether a commit has a go.mod; ascending. */
export function offerOf(
  module: Pick<ModuleFacts, "Versions" | "Incompatible" | "IncompatibleOnProxy">,
  remoteKnown: boolean,
): { versions: string[]; incompatible: readonly string[] } {
  const out = published(module.Versions, remoteKnown).map((v) => v.Version);
  return {
    versions: [...out, ...module.IncompatibleOnProxy],
    incompatible: module.Incompatible,
  };
}

/** What a module knows of itself, as far as lists of versions go. */
type Lists = Pick<ModuleFacts, "Versions" | "Incompatible" | "IncompatibleOnProxy">;

/** Reports whether users' go knows the module by a proxy's list: as soon as that has any version. */
export function listed(module: Lists): boolean {
  return module.IncompatibleOnProxy.length > 0 || module.Versions.some((v) => v.OnProxy);
}

/** As `offerOf`, but only what the proxy lists where users' go asks one. */
export function offerNow(
  module: Lists,
  remoteKnown: boolean,
): { versions: string[]; incompatible: readonly string[] } {
  if (!listed(module)) return offerOf(module, remoteKnown);
  const Versions = module.Versions.filter((v) => v.OnProxy);
  return offerOf({ ...module, Versions, Incompatible: [] }, remoteKnown);
}

/** The highest release of a list. */
export function highestRelease(versions: readonly VersionFact[]): VersionFact | undefined {
  return versions.findLast((v) => isRelease(v.Version));
}
