/**
 * How a query is answered by whoever has a module's versions: a proxy, or its repository
 * (cmd/go's queryProxy, go-rules §9). Who that is, and how it is asked, is the caller's.
 */
import type { Problem } from "../problem.ts";
import { canonicalVersion } from "./module.ts";
import { isPseudoVersion, pseudoVersionTime } from "./pseudo.ts";
import { matchQuery, type QueryMatcher } from "./querymatcher.ts";
import { prerelease } from "./semver.ts";

/** A version that is there. */
export interface RevInfo {
  readonly Version: string;
  /** RFC 3339; absent where nobody says it. */
  readonly Time?: string;
}

/** Why there is no answer. */
export interface Wrong {
  /**
   * "malformed" and "path": so is the query, or the module path. "no-match", "no-current" and
   * "disallowed": nothing can be chosen. "unknown" and "no-module": the revision, or the module,
   * is not there. "unusable": no answer, or none that makes sense. "refused": what is there is
   * nothing to Go. "off": nobody may be asked.
   */
  readonly Wrong:
    | "no-match"
    | "no-current"
    | "disallowed"
    | "path"
    | "malformed"
    | "unknown"
    | "no-module"
    | "unusable"
    | "refused"
    | "off";
  /** In Go's words where it has any. */
  readonly Words: string;
  /** Where whoever was asked says it better. */
  readonly Problem?: Problem;
}

/** Whoever has the versions of one module. */
export interface ModuleRepo {
  /** The versions with a prefix, ascending: what `go list -m -versions -retracted` says. */
  versions(prefix: string): Promise<readonly string[] | Wrong>;
  /** What a version or another revision stands for. */
  stat(revision: string): Promise<RevInfo | Wrong>;
  /** The newest of what has no tag: the tip of the default branch. */
  latest(): Promise<RevInfo | Wrong>;
  /** go.mod of a version, or what go makes up for one without. */
  mod(version: string): Promise<Uint8Array | Wrong>;
}

/** What a query knows besides. */
export interface Asked {
  readonly Path: string;
  readonly Query: string;
  /** The version in use; absent: none. */
  readonly Current?: string;
  /** Excluded and retracted versions; absent: all are allowed. Never asked about a revision. */
  readonly allowed?: () => Promise<Allowed>;
  /** Reports whether a version has a go.mod of its own (go-rules §9.2-3). */
  readonly hasGoMod: (version: string) => Promise<boolean | Wrong>;
}

/** Says why a version may not be chosen; null: it may. */
export type Allowed = (version: string) => Wrong | null;

/** Reports whether an answer is none. */
export function isWrong(answer: object): answer is Wrong {
  return "Wrong" in answer;
}

/** Reports whether somebody else may still have what was not found: errors that are Go's fs.ErrNotExist. */
export function isNotThere({ Wrong }: Wrong): boolean {
  return Wrong === "unknown" || Wrong === "no-module" || Wrong === "off";
}

/** Answers a query from one source. */
export async function queryRepo(repo: ModuleRepo, asked: Asked): Promise<RevInfo | Wrong> {
  const { Path, Query, Current = "" } = asked;
  const matched = matchQuery(Path, Query, Current);
  switch (matched.Is) {
    case "revision":
      return await statRevision(repo, Query);
    case "malformed":
    case "no-current":
      return { Wrong: matched.Is, Words: matched.Words };
    default:
      return await chosen(repo, matched, asked);
  }
}

/** A revision; build metadata that nobody knows is left out, for semver counts it for nothing. */
async function statRevision(repo: ModuleRepo, query: string): Promise<RevInfo | Wrong> {
  const full = await repo.stat(query);
  const canonical = canonicalVersion(query);
  if (!isWrong(full) || canonical === "" || canonical === query) return full;
  const plain = await repo.stat(canonical);
  return isWrong(plain) && isNotThere(plain) ? full : plain;
}

async function chosen(
  repo: ModuleRepo,
  matcher: QueryMatcher,
  asked: Asked,
): Promise<RevInfo | Wrong> {
  const { Query, Current = "" } = asked;
  const versions = await repo.versions(matcher.prefix);
  if (isWrong(versions)) return versions;
  const inRange = (v: string) => v.startsWith(matcher.prefix) && matcher.accepts(v);
  const candidates = versions.filter(inRange);
  // Retractions are another question to the network: none where there is nothing to retract.
  let known: Allowed | undefined;
  const allowed = async (): Promise<Allowed> => known ??= await asked.allowed?.() ?? (() => null);
  const may = candidates.length === 0 ? () => null : await allowed();
  const left = candidates.filter((v) => may(v) === null);
  const usable = await withoutIncompatible(left, matcher, asked.hasGoMod);
  if (isWrong(usable)) return usable;

  const lookup = async (version: string): Promise<RevInfo | Wrong> => {
    const found = await repo.stat(version);
    if (isWrong(found) || !isOlder(found, Query, Current)) return found;
    return (await allowed())(Current) ?? await repo.stat(Current);
  };
  const releases = usable.filter((v) => prerelease(v) === "");
  const best = (releases.length > 0 ? releases : usable).at(matcher.preferLower ? 0 : -1);
  if (best !== undefined) return await lookup(best);

  if (matcher.mayUseLatest) {
    const tip = await repo.latest();
    if (isWrong(tip)) {
      if (!isNotThere(tip)) return tip;
    } else if (inRange(tip.Version) && (await allowed())(tip.Version) === null) {
      return await lookup(tip.Version);
    }
  }
  if (Current !== "" && (Query === "upgrade" || Query === "patch")) {
    return (await allowed())(Current) ?? await lookup(Current);
  }
  return { Wrong: "no-match", Words: noMatch(Query, Current) };
}

/**
 * Reports whether an upgrade would lead from a pseudo-version to what is older than its commit:
 * whoever uses a commit has seen what was there before it (go-rules §9.1).
 */
function isOlder({ Time }: RevInfo, query: string, current: string): boolean {
  if ((query !== "upgrade" && query !== "patch") || !isPseudoVersion(current)) return false;
  const [now, then] = [pseudoVersionTime(current)?.getTime() ?? NaN, Date.parse(Time ?? "")];
  return then < now;
}

/**
 * The versions without the incompatible ones, if the highest compatible one has a go.mod and
 * nobody asked for them (go-rules §9.2-3).
 */
async function withoutIncompatible(
  versions: readonly string[],
  { preferIncompatible }: QueryMatcher,
  hasGoMod: Asked["hasGoMod"],
): Promise<readonly string[] | Wrong> {
  if (preferIncompatible) return versions;
  let compatible: string | undefined;
  for (const [i, v] of versions.entries()) {
    if (!v.endsWith("+incompatible")) compatible = v;
    else if (compatible !== undefined) {
      const has = await hasGoMod(compatible);
      if (typeof has !== "boolean") return has;
      return has ? versions.slice(0, i) : versions;
    }
  }
  return versions;
}

function noMatch(query: string, current: string): string {
  const counted = (query === "upgrade" || query === "patch") && current !== "";
  return `no matching versions for query ${JSON.stringify(query)}` +
    (counted ? ` (current version is ${current})` : "");
}
