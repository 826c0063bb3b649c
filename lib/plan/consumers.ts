/** What a module's users get from each query before and after a release (go-rules §9, without exclusions). */
import type { Interval } from "../choices.ts";
import { type Facts, known, type ModuleFacts } from "../facts/types.ts";
import { offerOf } from "../facts/versions.ts";
import { matchPathMajor } from "../go/module.ts";
import { type Asking, type Offer, query, source } from "../go/query.ts";
import { covers, type Retract, retractions, shortRationale } from "../go/retract.ts";
import { compare, major, majorMinor } from "../go/semver.ts";
import { hadGoMod } from "./latest.ts";

/** One way to ask for the module. Null: nothing is left, go fails. */
export interface ConsumerRow {
  /** `@latest`, `@v1`, `@v1.4`, `upgrade of v1.4.0`, `@v1.4.1`. */
  readonly Query: string;
  readonly Before: string | null;
  readonly After: string | null;
  /** go get warns about it after the release: retracted, with this reason. */
  readonly Warns?: string;
}

/** The coming release: its version, and the retractions of its go.mod. */
export interface ComingRelease {
  readonly Version: string;
  readonly Retracts: readonly Retract[];
}

/** Prefixes like `v1.4` that get a row, at most: a range may take in many. */
const mostPrefixes = 3;

/** What is offered, and what the newest go.mod retracts of it. */
interface World {
  readonly Offer: Offer;
  readonly Retracts: readonly Retract[];
}

/**
 * The rows that matter: `@latest`, `@vN`, `@vN.M` of the versions concerned, an upgrade from
 * and a pin to the newest of `concerned`; of a release that concerns none, its own prefixes and
 * an upgrade from what was `@latest`. A coming version of another path changes nothing for
 * this one.
 */
export function consumers(
  facts: Facts,
  module: ModuleFacts,
  coming: ComingRelease,
  concerned: readonly Interval[],
): ConsumerRow[] {
  const before = worldBefore(facts, module);
  const after = worldAfter(module, before, coming);
  const bad = before.Offer.versions.filter((v) => concerned.some((i) => covers(i, v)))
    .sort(compare).reverse();
  const row = (name: string, q: string, current?: string): ConsumerRow => {
    const asking = current === undefined ? {} : { current, keep: true };
    const After = ask(after, q, asking);
    const warns = After === null ? null : retractions(after.Retracts, After);
    return {
      Query: name,
      Before: ask(before, q, asking),
      After,
      ...(warns && { Warns: shortRationale(warns[0]!) }),
    };
  };
  const latest = row("@latest", "latest");
  const about = bad.length > 0 ? bad : [coming.Version];
  const prefixes = [
    ...new Set(about.map(major)),
    ...[...new Set(about.map(majorMinor))].slice(0, mostPrefixes),
  ];
  const current = bad[0] ?? latest.Before;
  return [
    latest,
    ...prefixes.map((q) => row(`@${q}`, q)),
    ...(current === null ? [] : [row(`upgrade of ${current}`, "upgrade", current)]),
    ...(bad[0] === undefined ? [] : [row(`@${bad[0]}`, bad[0])]),
  ];
}

function ask({ Offer, Retracts }: World, q: string, asking: Asking): string | null {
  return query(Offer, q, { ...asking, retracts: Retracts });
}

function worldBefore(facts: Facts, module: ModuleFacts): World {
  const now = known(module.Latest);
  return {
    Offer: {
      ...offerOf(module, facts.Remote.State === "known"),
      hasGoMod: (v: string) => hadGoMod(now, v),
    },
    Retracts: now?.GoMod?.Retract ?? [],
  };
}

/** Retractions are read from the highest version only: a backport's count for nobody (go-rules §8.1). */
function worldAfter(module: ModuleFacts, before: World, coming: ComingRelease): World {
  const { Version, Retracts } = coming;
  if (!matchPathMajor(Version, module.PathMajor)) return before;
  const others = before.Offer.versions.filter((v) => v !== Version);
  const { hasGoMod = () => true } = before.Offer;
  const offer = {
    ...before.Offer,
    versions: [...others, Version],
    hasGoMod: (v: string) => v === Version || hasGoMod(v),
  };
  return { Offer: offer, Retracts: source(offer) === Version ? Retracts : before.Retracts };
}
