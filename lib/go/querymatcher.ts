/**
 * What a version query accepts, before anything is asked (go-rules §9.1; cmd/go's
 * newQueryMatcher). Words are Go's.
 */
import { matchPathMajor } from "./module.ts";
import { quote, splitPathVersion } from "./paths.ts";
import { isPseudoVersion } from "./pseudo.ts";
import { build, canonical, compare, isValid, majorMinor } from "./semver.ts";

/** How a query chooses from the versions that a module has. */
export interface QueryMatcher {
  readonly Is: "choice";
  /** What a matching version begins with; only such ones are asked for. */
  readonly prefix: string;
  /** Reports whether a version is in the range. */
  readonly accepts: (version: string) => boolean;
  /** True for `>` and `>=`, which take the lowest. */
  readonly preferLower: boolean;
  /** True where the pseudo-version of the default branch's tip will do when no tag does. */
  readonly mayUseLatest: boolean;
  /** True where `+incompatible` versions count beside a compatible one with a go.mod. */
  readonly preferIncompatible: boolean;
}

/** A query understood; a "revision" is looked up: a complete version, a branch, a tag, a commit. */
export type Matched =
  | QueryMatcher
  | { readonly Is: "revision" }
  | { readonly Is: "malformed"; readonly Words: string }
  | { readonly Is: "no-current"; readonly Words: string };

/** Reports whether a valid version leaves numbers out: `v1`, `v1.2`. */
export function isPrefix(version: string): boolean {
  return isValid(version) && canonical(version) + build(version) !== version;
}

/** Reads a query. `current` is the version in use, "" for none. */
export function matchQuery(path: string, query: string, current: string): Matched {
  const onIncompatible = current.endsWith("+incompatible");
  const choice = (more: Partial<QueryMatcher>): QueryMatcher => ({
    Is: "choice",
    prefix: "",
    accepts: () => true,
    preferLower: false,
    mayUseLatest: false,
    preferIncompatible: onIncompatible,
    ...more,
  });
  const notBelow = (version: string) => (v: string) => compare(v, version) >= 0;
  switch (query) {
    case "latest":
      return choice({ mayUseLatest: true });
    case "upgrade":
      if (current === "") return choice({ mayUseLatest: true });
      return choice({ accepts: notBelow(current), mayUseLatest: isPseudoVersion(current) });
    case "patch":
      if (current === "") {
        const what = `can't query version "patch" of module ${path}`;
        return { Is: "no-current", Words: `${what}: no existing version is required` };
      }
      return choice({
        prefix: `${majorMinor(current)}.`,
        accepts: notBelow(current),
        mayUseLatest: isPseudoVersion(current),
      });
  }
  const range = /^([<>]=?)(.*)$/s.exec(query);
  const bound = range ? range[2]! : query;
  if (!isValid(bound)) {
    if (!range) return { Is: "revision" };
    const words = `invalid semantic version ${quote(bound)} in range ${quote(query)}`;
    return { Is: "malformed", Words: words };
  }
  const preferIncompatible = onIncompatible || !fits(bound, path);
  if (!range) {
    if (!isPrefix(query)) return { Is: "revision" };
    // Pre-releases of v1.2.0 are below v1.2, and no v1.2.
    return choice({ prefix: `${query}.`, accepts: notBelow(query), preferIncompatible });
  }
  const operator = range[1]!;
  if (isPrefix(bound) && (operator === "<=" || operator === ">")) {
    const words = `ambiguous semantic version ${quote(bound)} in range ${quote(query)}`;
    return { Is: "malformed", Words: words };
  }
  return choice({
    accepts: inRange(operator, bound),
    preferLower: operator.startsWith(">"),
    preferIncompatible,
  });
}

function inRange(operator: string, bound: string): (version: string) => boolean {
  switch (operator) {
    case "<":
      return (v) => compare(v, bound) < 0;
    case "<=":
      return (v) => compare(v, bound) <= 0;
    case ">":
      return (v) => compare(v, bound) > 0;
    default:
      return (v) => compare(v, bound) >= 0;
  }
}

function fits(version: string, path: string): boolean {
  const { pathMajor, ok } = splitPathVersion(path);
  return ok && matchPathMajor(version, pathMajor);
}
