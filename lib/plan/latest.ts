/** What `M@latest` gives before and after a release, worked out as the go command does. */
import { type Facts, known, type LatestFacts, type ModuleFacts } from "../facts/types.ts";
import { offerOf } from "../facts/versions.ts";
import type { Retract } from "../go/retract.ts";
import { latest, source } from "../go/query.ts";

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
