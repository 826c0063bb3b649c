/** What the go command makes of a module that the go.mod at hand replaces (cmd/go's replacementRepo). */
import type { Replace } from "./modfile/types.ts";
import { canonicalVersion, matchPathMajor } from "./module.ts";
import { isNotThere, isWrong, type ModuleRepo, type RevInfo } from "./modquery.ts";
import { splitPathVersion } from "./paths.ts";
import { isPseudoVersion, pseudoVersionTime, zeroPseudoVersion } from "./pseudo.ts";
import { goTimeOf } from "./rfc3339.ts";
import { build, compare, sort } from "./semver.ts";

/** The replacement of a version, that of all versions included; undefined where there is none. */
export function replacementOf(
  replaces: readonly Replace[],
  path: string,
  version: string,
): Replace["New"] | undefined {
  const own = replaces.filter((r) => r.Old.Path === path);
  return (own.find((r) => r.Old.Version === version) ??
    own.find((r) => r.Old.Version === undefined))?.New;
}

/**
 * A module's versions together with those that are replaced: they need be nowhere else. The
 * repository as it is where nothing of the module is replaced.
 */
export function withReplaced(
  repo: ModuleRepo,
  replaces: readonly Replace[],
  path: string,
): ModuleRepo {
  const own = replaces.filter((r) => r.Old.Path === path);
  if (own.length === 0) return repo;
  const named = own.flatMap((r) => r.Old.Version ?? []);
  const { pathMajor } = splitPathVersion(path);
  return {
    async versions(prefix) {
      const there = await repo.versions(prefix);
      if (isWrong(there) && !isNotThere(there)) return there;
      const added = named.filter((v) => v.startsWith(prefix) && !isPseudoVersion(v));
      return sort([...new Set([...isWrong(there) ? [] : there, ...added])]);
    },
    async stat(revision) {
      const there = await repo.stat(revision);
      if (!isWrong(there) || canonicalVersion(revision) !== revision) return there;
      const legacy = pathMajor === "" && !matchPathMajor(revision, "") && build(revision) === "";
      const version = legacy ? `${revision}+incompatible` : revision;
      return replacementOf(own, path, version) ? made(version) : there;
    },
    async latest() {
      const there = await repo.latest();
      const version = sort([...named]).at(-1) ?? zeroPseudoVersion(pathMajor.slice(1));
      return isWrong(there) || compare(version, there.Version) > 0 ? made(version) : there;
    },
    mod: (version) => repo.mod(version),
  };
}

/** A version that is only in a replace line; a pseudo-version says its time itself. */
function made(version: string): RevInfo {
  const time = pseudoVersionTime(version);
  return {
    Version: version,
    ...(time && { Time: goTimeOf(time.getTime() / 1000) }),
  };
}
