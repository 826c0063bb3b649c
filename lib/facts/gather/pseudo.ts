/** Whether a pseudo-version that somebody wrote is one that Go would make (go-rules §7.5). */
import { reachable } from "../../git/log.ts";
import type { Repository } from "../../git/repository.ts";
import { tagVersion } from "../../go/module.ts";
import {
  checkPseudoVersionBase,
  checkPseudoVersionTime,
  pseudoVersionBase,
  pseudoVersionRev,
  pseudoVersionTime,
  timestampOf,
} from "../../go/pseudo.ts";
import { compare, major } from "../../go/semver.ts";
import type { TagFact } from "../types.ts";

/** The commit that the digits at its end name. */
export interface Pinned {
  readonly Commit: string;
  /** When it was committed, in seconds since 1970. */
  readonly Time: number;
  /** Every tag on it. */
  readonly Tags: readonly string[];
}

/** The digits of an id that a pseudo-version has, however long the id is. */
const idDigits = 12;

/**
 * Why a pseudo-version cannot be that of its commit, in Go's words; null where it can be: it has
 * the commit's first 12 digits and its time, and is based on nothing, or on a tag in the
 * history that is not the commit's own name. It need not be the one that Go would make today.
 */
export async function whyNoPseudoVersion(
  { Git, Tags }: { Git: Repository; Tags: ReadonlyMap<string, TagFact> },
  { TagPrefix, PathMajor }: { TagPrefix: string; PathMajor: string },
  { Commit, Time, Tags: on }: Pinned,
  version: string,
): Promise<string | null> {
  const rev = pseudoVersionRev(version)!;
  const short = Commit.slice(0, idDigits);
  if (rev !== short) {
    const is = rev.startsWith(short)
      ? "revision is longer than canonical"
      : short.startsWith(rev)
      ? "revision is shorter than canonical"
      : "does not match short name of revision";
    return `${is} (expected ${short})`;
  }
  const time = pseudoVersionTime(version);
  if (!time) return checkPseudoVersionTime(version);
  if (time.getTime() !== Time * 1000) {
    const expected = timestampOf(new Date(Time * 1000));
    return `does not match version-control timestamp (expected ${expected})`;
  }
  const plain = tagVersion(version);
  const base = pseudoVersionBase(plain);
  if (base === null) return checkPseudoVersionBase(plain);
  if (base === "") {
    return PathMajor === "" && major(version) === "v1"
      ? "major version without preceding tag must be v0, not v1"
      : null;
  }
  // Go takes the tag of that name without the module's prefix for it, too.
  const own = [TagPrefix + base, base].find((tag) => on.includes(tag));
  if (own !== undefined) {
    return `tag (${own}) found on revision ${rev} is already canonical, so should ` +
      "not be replaced with a pseudo-version derived from that tag";
  }
  const preceding = [...Tags].filter(([tag]) =>
    tag.startsWith(TagPrefix + base) && compare(tag.slice(TagPrefix.length), base) === 0
  );
  if (await reachable(Git, Commit, preceding.map(([, { Commit: at }]) => at)) !== null) return null;
  const last = preceding.at(-1);
  return last === undefined
    ? `preceding tag (${base}) not found`
    : `revision ${rev} is not a descendent of preceding tag (${last[0]})`;
}
