/** What a module's users get from each query before and after a release (go-rules §9, without exclusions). */
import type { Interval } from "../choices.ts";
import { type Facts, known, type ModuleFacts } from "../facts/types.ts";
import { offerOf } from "../facts/versions.ts";
import { matchPathMajor } from "../go/module.ts";
import { type Asking, listed, type Offer, query, source } from "../go/query.ts";
import {
  covers,
  type Retract,
  retractions,
  shortDeprecation,
  shortRationale,
} from "../go/retract.ts";
import { compare, major, majorMinor, sort } from "../go/semver.ts";
import { hadGoMod } from "./latest.ts";

/** One way to ask for the module. Null: no version is left; go fails, or takes a commit without a tag. */
export interface ConsumerRow {
  /** `@latest`, `@v1`, `@v1.4`, `@<v1.4.2`, `upgrade of v1.4.0`, `patch of v1.4.0`, `@v1.4.1`. */
  readonly Query: string;
  readonly Before: string | null;
  readonly After: string | null;
  /** go get warns about it after the release: retracted, with this reason. */
  readonly Warns?: string;
}

/** A row that also says what go get warned of before the release. */
export interface FullRow extends ConsumerRow {
  readonly Warned?: string;
}

/** The coming release: its version, and the retractions and the deprecation of its go.mod. */
export interface ComingRelease {
  readonly Version: string;
  readonly Retracts: readonly Retract[];
  readonly Deprecated?: string;
}

/** What go get prints of the module's deprecation; absent where it prints nothing. */
export interface Deprecations {
  readonly Before?: string;
  readonly After?: string;
}

/** Prefixes like `v1.4` that get a row, at most: a range may take in many. */
const mostPrefixes = 3;

/** The same, and pinned versions, where every row is wanted. */
const most = { prefixes: 8, pins: 200 } as const;

/** What is offered, and what the newest go.mod says of it. */
interface World {
  /** As the repository has it, and as users' go sees it. */
  readonly Repository: Offer;
  readonly Offer: Offer;
  readonly Retracts: readonly Retract[];
  readonly Deprecated?: string;
  /** The version that go would choose and then refuses. */
  readonly Refused?: string;
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
  const after = worldAfter(facts, module, before, coming);
  const bad = before.Offer.versions.filter((v) => concerned.some((i) => covers(i, v)))
    .sort(compare).reverse();
  const row = (name: string, q: string, current?: string): ConsumerRow => {
    const { Warned: _, ...shown } = rowOf(before, after, name, q, current);
    return shown;
  };
  const latest = row("@latest", "latest");
  const about = bad.length > 0 ? bad : [coming.Version];
  const current = bad[0] ?? latest.Before;
  return [
    latest,
    ...prefixesOf(about, mostPrefixes).map((q) => row(`@${q}`, q)),
    ...(current === null ? [] : [row(`upgrade of ${current}`, "upgrade", current)]),
    ...(bad[0] === undefined ? [] : [row(`@${bad[0]}`, bad[0])]),
  ];
}

/**
 * Every row: `@latest`, `@vN` and `@vN.M` of the versions concerned and of the coming one, the
 * ranges `@<vX` that change, upgrade and patch of the newest of each `vN.M` concerned, a pin to
 * the coming version where nothing else gives it, and one to every version that is retracted
 * before or after the release: those concerned first, then the newest. Without a coming release
 * nothing changes.
 */
export function allConsumers(
  facts: Facts,
  module: ModuleFacts,
  coming: ComingRelease | null,
  concerned: readonly Interval[],
): { Rows: FullRow[]; Deprecated: Deprecations } {
  const before = worldBefore(facts, module);
  const after = coming === null ? before : worldAfter(facts, module, before, coming);
  const row = (name: string, q: string, current?: string) => rowOf(before, after, name, q, current);
  const there = existing(module, before);
  const all = existing(module, after);
  const meant = (v: string) => concerned.some((interval) => covers(interval, v));
  const old = new Set(there);
  // What go refuses nobody has.
  const refused = (v: string) => v === before.Refused;
  const retracted = all.filter((v) =>
    !refused(v) && (isRetracted(before, v) || isRetracted(after, v))
  ).reverse();
  // Those of the release that is being planned are what it is about.
  const pinned = [...retracted.filter(meant), ...retracted.filter((v) => !meant(v))];
  const bad = there.filter((v) => meant(v) && !refused(v)).reverse();
  const latest = row("@latest", "latest");
  const about = [...bad, ...(coming === null ? [] : [coming.Version])];
  const currents = bad.length > 0
    ? newestOfEach(bad)
    : latest.Before === null
    ? []
    : [latest.Before];
  const prefixes = prefixesOf(about.length > 0 ? about : currents, most.prefixes);
  const rows = [
    latest,
    ...prefixes.map((q) => row(`@${q}`, q)).filter((r) => r.Before !== null || r.After !== null),
    ...bounds(all, bad).map((v) => row(`@<${v}`, `<${v}`)).filter((r) => r.Before !== r.After),
    ...currents.slice(0, most.prefixes).flatMap((v) => [
      row(`upgrade of ${v}`, "upgrade", v),
      row(`patch of ${v}`, "patch", v),
    ]),
  ];
  const pin = (v: string) =>
    withWarnings(before, after, { Query: `@${v}`, Before: old.has(v) ? v : null, After: v });
  const only = coming !== null && all.includes(coming.Version) &&
    !pinned.includes(coming.Version) &&
    rows.every((r) => r.After !== coming.Version);
  return {
    // A version that no query chooses is had by its name.
    Rows: [...rows, ...(only ? [pin(coming.Version)] : []), ...pinned.slice(0, most.pins).map(pin)],
    Deprecated: { ...told("Before", before), ...told("After", after) },
  };
}

function rowOf(
  before: World,
  after: World,
  name: string,
  q: string,
  current: string | undefined,
): FullRow {
  const asking = current === undefined ? {} : { current, keep: true };
  return withWarnings(before, after, {
    Query: name,
    Before: ask(before, q, asking),
    After: ask(after, q, asking),
  });
}

function withWarnings(before: World, after: World, row: ConsumerRow): FullRow {
  const warned = row.Before === null ? null : retractions(before.Retracts, row.Before);
  const warns = row.After === null ? null : retractions(after.Retracts, row.After);
  return {
    ...row,
    ...(warns && { Warns: shortRationale(warns[0]!) }),
    ...(warned && { Warned: shortRationale(warned[0]!) }),
  };
}

/** What can be had by its name, ascending: also incompatible versions that go no longer lists. */
function existing(
  { NotIncompatible = [] }: ModuleFacts,
  { Repository: { versions, incompatible = [] } }: World,
): string[] {
  const old = incompatible.filter((v) => !NotIncompatible.includes(v))
    .map((v) => `${v}+incompatible`);
  return sort([...new Set([...versions, ...old])]);
}

function isRetracted({ Retracts }: World, version: string): boolean {
  return retractions(Retracts, version) !== null;
}

function prefixesOf(versions: readonly string[], most: number): string[] {
  return [
    ...new Set(versions.map(major)),
    ...[...new Set(versions.map(majorMinor))].slice(0, most),
  ];
}

/** The first of each `vN.M` in a descending list. */
function newestOfEach(versions: readonly string[]): string[] {
  return [...Map.groupBy(versions, majorMinor).values()].map((group) => group[0]!);
}

/** For each run of bad versions the next one above it, which `<` leaves out; the highest first. */
function bounds(all: readonly string[], bad: readonly string[]): string[] {
  const is = new Set(bad);
  return all.filter((v, i) => i > 0 && !is.has(v) && is.has(all[i - 1]!)).reverse()
    .slice(0, most.prefixes);
}

function told(when: keyof Deprecations, { Deprecated = "" }: World): Deprecations {
  const text = shortDeprecation(Deprecated);
  return text === "" ? {} : { [when]: text };
}

/** What is chosen; go then refuses a version whose go.mod is not where it must be, and takes no other. */
function ask({ Offer, Retracts, Refused }: World, q: string, asking: Asking): string | null {
  const chosen = query(Offer, q, { ...asking, retracts: Retracts });
  return chosen === Refused ? null : chosen;
}

function worldBefore(facts: Facts, module: ModuleFacts): World {
  const now = known(module.Latest);
  const { NotIncompatible, Incompatible } = module;
  const deprecated = now?.GoMod?.Module?.Deprecated;
  const repository = {
    ...offerOf(module, facts.Remote.State === "known"),
    hasGoMod: (v: string) =>
      NotIncompatible && Incompatible.includes(v) ? NotIncompatible.includes(v) : hadGoMod(now, v),
  };
  return {
    Repository: repository,
    Offer: seenBy(facts, repository),
    Retracts: now?.GoMod?.Retract ?? [],
    ...(deprecated !== undefined && { Deprecated: deprecated }),
    ...(now?.Refused !== undefined && { Refused: now.Refused }),
  };
}

/**
 * Where go asks the repository it looks at the tags that a query can mean, and so finds
 * incompatible ones for `v2`; a proxy lists all versions at once, and these only where no go.mod
 * is above them (go-rules §7.2-4).
 */
function seenBy({ Proxy }: Facts, repository: Offer): Offer {
  return known(Proxy)?.Kind === "list"
    ? { ...repository, versions: listed(repository), incompatible: [] }
    : repository;
}

/** Retractions are read from the highest version only: a backport's count for nobody (go-rules §8.1). */
function worldAfter(
  facts: Facts,
  module: ModuleFacts,
  before: World,
  coming: ComingRelease,
): World {
  const { Version, Retracts, Deprecated } = coming;
  if (!matchPathMajor(Version, module.PathMajor)) return before;
  const { versions, hasGoMod = () => true } = before.Repository;
  const repository = {
    ...before.Repository,
    versions: [...versions.filter((v) => v !== Version), Version],
    hasGoMod: (v: string) => v === Version || hasGoMod(v),
  };
  const offers = { Repository: repository, Offer: seenBy(facts, repository) };
  if (source(offers.Offer) !== Version) return { ...before, ...offers };
  const { Refused } = before;
  return {
    ...offers,
    Retracts,
    ...(Deprecated !== undefined && { Deprecated }),
    ...(Refused !== undefined && Refused !== Version && { Refused }),
  };
}
