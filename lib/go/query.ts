/**
 * Version queries as the go command resolves them (go-rules §7.2, §8.1, §9):
 * which of the versions that a repository or a proxy offers a query chooses.
 *
 * Every query that chooses does it in two steps: `listed` says what there is to
 * choose from, `choose` takes the best of what the query accepts.
 */
import { isPseudoVersion } from "./pseudo.ts";
import { coveredBy, type Retract } from "./retract.ts";
import { canonicalVersion, incompatibleSuffix as suffix } from "./module.ts";
import { matchQuery } from "./querymatcher.ts";
import { isValid, major, prerelease, sort } from "./semver.ts";

/** What is offered of one module path. */
export interface Offer {
  /** Versions in any order, as a proxy lists them or `versionsOfTags` gives them. */
  versions: readonly string[];
  /** Tags v2 and up that may be listed with `+incompatible` (`versionsOfTags`). */
  incompatible?: readonly string[];
  /**
   * Reports whether the commit of a version or candidate has a go.mod at its
   * root. Asked only while there are incompatible versions: for the highest
   * compatible version and, if that has none, for the highest of each
   * incompatible major and the highest compatible version that is not
   * retracted. Default: they all have one.
   */
  hasGoMod?: (version: string) => boolean;
}

/**
 * What `go list -m -versions -retracted` prints, ascending (go-rules §7.2-4). As
 * in Go a proxy's list is hardly filtered: versions of another major, short or
 * with build metadata stay; pseudo-versions and what is no version go.
 */
export function listed(offer: Offer): string[] {
  const versions = sort(offer.versions.filter((v) => isValid(v) && !isPseudoVersion(v)));
  const hasGoMod = offer.hasGoMod ?? (() => true);
  const candidates = sort([...offer.incompatible ?? []]);
  const highest = versions.findLast((v) => !v.endsWith(suffix));
  if (candidates.length === 0 || (highest !== undefined && hasGoMod(highest))) return versions;
  const known = new Map<string, boolean>();
  for (const v of candidates.toReversed()) {
    const m = major(v);
    if (!known.has(m)) known.set(m, hasGoMod(v));
  }
  const legacy = candidates.filter((v) => !known.get(major(v))).map((v) => v + suffix);
  return sort([...new Set([...versions, ...legacy])]);
}

/**
 * What `M@latest` gives: the highest release that is not retracted, else the
 * highest such pre-release, else null. Then go asks for the pseudo-version of
 * the default branch's tip. `retracts` are those of the go.mod of `source`.
 */
export function latest(offer: Offer & { retracts?: readonly Retract[] }): string | null {
  const isRetracted = coveredBy(offer.retracts ?? []);
  return choose(listed(offer), (v) => !isRetracted(v), offer.hasGoMod);
}

/** The version whose go.mod retractions and deprecation are read from: `latest` with nothing retracted. */
export function source(offer: Offer): string | null {
  return choose(listed(offer), () => true, offer.hasGoMod);
}

/** What a query knows besides the offer. */
export interface Asking {
  /** The version that is required now; `upgrade` and `patch` count from it. */
  readonly current?: string;
  /** Retractions of the go.mod of `source`. */
  readonly retracts?: readonly Retract[];
  /**
   * As `go get` asks, which lets a required version stay though it is retracted (go-rules
   * §8.2). Without it as `go list -m` does, which takes another one or fails.
   */
  readonly keep?: boolean;
}

/**
 * The version that `M@q` chooses from what is offered: `latest`, `upgrade`, `patch`, a prefix
 * like `v1` or `v1.2`, a range like `<v1.2.3`, or a complete version (go-rules §9.1). Null where go fails, asks for a
 * revision, or falls back to a pseudo-version: none of that is in an offer. A current
 * pseudo-version counts by its order alone, not by its time.
 */
export function query(offer: Offer, q: string, asking: Asking = {}): string | null {
  const { current = "", retracts = [], keep = false } = asking;
  const matched = matchQuery("", q, current);
  if (matched.Is === "revision") return isValid(q) ? exact(offer, q) : null;
  if (matched.Is !== "choice") return null;
  const { prefix, accepts, preferIncompatible, preferLower } = matched;
  const isRetracted = coveredBy(retracts);
  const allowed = (v: string) => (keep && v === current) || !isRetracted(v);
  // Go looks only at the tags that begin so, to see which majors have a go.mod too.
  const beginsSo = (v: string) => v.startsWith(prefix);
  const versions = listed({
    ...offer,
    versions: offer.versions.filter(beginsSo),
    incompatible: offer.incompatible?.filter(beginsSo) ?? [],
  });
  const chosen = choose(
    versions,
    (v) => accepts(v) && allowed(v),
    preferIncompatible ? () => false : offer.hasGoMod,
    preferLower,
  );
  const mayStay = q === "upgrade" || q === "patch";
  return chosen ?? (mayStay && current !== "" && allowed(current) ? current : null);
}

/** A complete version, retracted or not; with unknown build metadata the one without it. */
function exact(offer: Offer, version: string): string | null {
  const there = new Set(listed(offer));
  return [version, canonicalVersion(version)].find((v) => there.has(v)) ?? null;
}

/**
 * The highest release among those of an ascending list that the query accepts, or with
 * `lowest` the lowest one; else such a pre-release, else null.
 */
function choose(
  versions: readonly string[],
  accepts: (v: string) => boolean,
  hasGoMod: (version: string) => boolean = () => true,
  lowest = false,
): string | null {
  let best: string | null = null;
  const end = compatibleEnd(versions, accepts, hasGoMod);
  for (let n = 0; n < end; n++) {
    const v = versions[lowest ? n : end - 1 - n]!;
    const isRelease = prerelease(v) === "";
    if ((isRelease || best === null) && accepts(v)) {
      if (isRelease) return v;
      best = v;
    }
  }
  return best;
}

/**
 * Where the list ends for those who did not ask for incompatible versions: at
 * the first one, if the highest accepted version below it has a go.mod (go-rules §9.2-3).
 */
function compatibleEnd(
  versions: readonly string[],
  accepts: (v: string) => boolean,
  hasGoMod: (version: string) => boolean,
): number {
  if (!versions.some((v) => v.endsWith(suffix))) return versions.length;
  let lastCompatible: string | undefined;
  for (const [i, v] of versions.entries()) {
    if (!accepts(v)) continue;
    if (!v.endsWith(suffix)) lastCompatible = v;
    else if (lastCompatible !== undefined) return hasGoMod(lastCompatible) ? i : versions.length;
  }
  return versions.length;
}
