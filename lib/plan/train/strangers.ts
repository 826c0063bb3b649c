/** What a module needs of its siblings for the sake of packages whose sources only a server has. */
import { compare } from "../../go/semver.ts";
import type { GoSumLine } from "../../go/gosum.ts";
import { keyOf, type PathVersion } from "../../go/mvs.ts";
import type { Needs } from "./needs.ts";

/** A module before: what is known of its needs, and the lines of its go.sum. */
export interface Before {
  Was: Needs | null;
  Sums: readonly GoSumLine[];
}

/**
 * The needs with what was there before and nothing known asks for: a package of a third module
 * may import a sibling, and so keep its requirement and its hash, at the version that is coming.
 * `counts` says of a path whether it is a sibling's and is not replaced.
 */
export function withStrangers(
  { Was, Sums }: Before,
  needs: Needs,
  counts: (path: string) => boolean,
): Needs {
  if (!needs.Strangers || !Was) return needs;
  const zips = new Set(Was.Zips.map(keyOf));
  const kept = [...needs.Indirect].flatMap(([path, is]) =>
    is === null && counts(path) && Was.Indirect.get(path) === null ? [path] : []
  );
  const hashed = Sums.flatMap((line) =>
    counts(line.Path) && !line.Version.endsWith("/go.mod") && !zips.has(keyOf(line))
      ? [line.Path]
      : []
  );
  const have = new Set(needs.Zips.map(keyOf));
  const zipsOf = [...new Set([...kept, ...hashed])].flatMap((path) =>
    ascending(needs.Nodes, path).slice(-1)
  );
  return {
    ...needs,
    Indirect: new Map([...needs.Indirect].filter(([path]) => !kept.includes(path))),
    Zips: [...needs.Zips, ...zipsOf.filter((zip) => !have.has(keyOf(zip)))],
  };
}

/** The versions of a module among others, the lowest first. */
export function ascending(all: readonly PathVersion[], path: string): PathVersion[] {
  return all.filter(({ Path }) => Path === path).sort((a, b) => compare(a.Version, b.Version));
}
