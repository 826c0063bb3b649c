/** What `M@latest` gives before and after a release, worked out as the go command does. */
import { type Facts, known, type LatestFacts, type ModuleFacts } from "../facts/types.ts";
import { offerOf } from "../facts/versions.ts";
import type { Retract } from "../go/retract.ts";
import { splitPathVersion } from "../go/module.ts";
import { latest, source } from "../go/query.ts";
import { major } from "../go/semver.ts";
import { versionsOfTags } from "../go/versions.ts";

/** Reports whether a version that was there before has a go.mod, as far as that is known to matter. */
export function hadGoMod(before: LatestFacts | undefined, version: string): boolean {
  return !before?.WithoutGoMod?.includes(version);
}

/**
 * `@latest` once `version` is published with the retractions of its go.mod.
 * Retractions are read from the highest version only (go-rules §8.1), so a
 * backport changes nothing but the list.
 */
export function latestAfter(
  facts: Facts,
  module: ModuleFacts,
  version: string,
  retracts: readonly Retract[],
): string | null {
  const before = known(module.Latest);
  const offer = offerOf(module, facts.Remote.State === "known");
  const list = {
    ...offer,
    versions: [...offer.versions.filter((v) => v !== version), version],
    hasGoMod: (v: string) => v === version || hadGoMod(before, v),
  };
  const read = source(list) === version;
  const after = latest({ ...list, retracts: read ? retracts : before?.GoMod?.Retract ?? [] });
  return after !== version && after === before?.Refused ? null : after;
}

/**
 * `@latest` of the next major's path once its first version is published there: that one, unless
 * others of the path are out already.
 */
export function latestOfNext(
  { Remote, Repo }: Pick<Facts, "Remote" | "Repo">,
  { TagPrefix, NextMajor }: Pick<ModuleFacts, "TagPrefix" | "NextMajor">,
  path: string,
  version: string,
): string {
  const { pathMajor } = splitPathVersion(path);
  const tags = known(Remote)?.Tags ?? Repo.Tags;
  const names = [...tags.keys()].filter((name) =>
    name.startsWith(`${TagPrefix}${major(version)}.`)
  );
  const { Versions } = versionsOfTags(new Set(names), { prefix: TagPrefix, pathMajor });
  return latest({ versions: [...Versions, ...NextMajor?.OnProxy ?? [], version] }) ?? version;
}
