/** What queries for a module choose from once it is released (go-rules §8.1, §8.2). */
import { parseLax } from "../go/modfile/mod.ts";
import { incompatibleSuffix, splitPathVersion, tagVersion } from "../go/module.ts";
import { latest, source } from "../go/query.ts";
import { retractions } from "../go/retract.ts";
import { madeUpGoMod, versionsOfTags } from "../go/versions.ts";
import { decode } from "../text.ts";
import type { Doors, Expectation } from "./doors.ts";
import { refused, type Seen, type Tried } from "./tried.ts";

/** What `M@latest` gives, null for nothing, and which versions are retracted. */
export interface Offered {
  Latest: string | null;
  retracted: (version: string) => boolean;
}

/** What stands before the version in the tag's name, which never says that it is incompatible. */
function prefixOf({ TagName, Version }: Expectation): string {
  return TagName.slice(0, TagName.length - tagVersion(Version).length);
}

/** The versions that go makes of a remote's tags for the module that was released. */
export function tagsAsList(expect: Expectation, tags: Iterable<string>): string[] {
  const { pathMajor } = splitPathVersion(expect.Module);
  const { Versions, Incompatible } = versionsOfTags(tags, { prefix: prefixOf(expect), pathMajor });
  // Whether the others are versions, what their commits hold says.
  const own = Incompatible.some((v) => v + incompatibleSuffix === expect.Version);
  return own ? [...Versions, expect.Version] : Versions;
}

/**
 * Works `@latest` out from the list and the go.mod of its highest release, as the go
 * command does; where the list offers nothing, `/@latest` answers. What cannot be had
 * is a try that waits.
 */
export async function offered(
  expect: Expectation,
  doors: Doors,
  seen: Seen,
  signal?: AbortSignal,
): Promise<Offered | Tried> {
  const versions = seen.list ?? [];
  const highest = await isMadeUp(versions, expect, doors, seen, signal);
  if (typeof highest === "object") return highest;
  const offer = { versions, hasGoMod: (v: string) => v !== highest };
  const from = source(offer);
  if (from === null && seen.unproxied !== undefined) {
    return {
      Latest: null,
      retracted: () => false,
    };
  }
  if (from === null) return await tip(doors, signal);
  const mod = await goModOf(from, expect, doors, seen, signal);
  if (!(mod instanceof Uint8Array)) return mod;
  const retracts = parseLax("go.mod", mod).Mod.Retract;
  const retracted = (version: string) => retractions(retracts, version) !== null;
  const left = versions.filter((v) => retractions(retracts, v) === null);
  const next = await isMadeUp(left, expect, doors, seen, signal);
  if (typeof next === "object") return next;
  const chosen = latest({ ...offer, hasGoMod: (v) => v !== next, retracts });
  if (chosen !== null || seen.unproxied !== undefined) return { Latest: chosen, retracted };
  const end = await tip(doors, signal);
  if ("State" in end) return end;
  return { Latest: end.Latest === null || retracted(end.Latest) ? null : end.Latest, retracted };
}

/**
 * The highest compatible version, if incompatible ones stand beside it and its go.mod is one
 * that go made up: then those are above it (go-rules §9.2-3). Undefined where that is not so.
 */
async function isMadeUp(
  versions: readonly string[],
  expect: Expectation,
  doors: Doors,
  seen: Seen,
  signal?: AbortSignal,
): Promise<string | undefined | Tried> {
  const compatible = versions.filter((v) => !v.endsWith(incompatibleSuffix));
  const highest = compatible.at(-1);
  if (highest === undefined || compatible.length === versions.length) return undefined;
  const mod = await goModOf(highest, expect, doors, seen, signal);
  if (!(mod instanceof Uint8Array)) return mod;
  return decode(mod) === madeUpGoMod(expect.Module) ? highest : undefined;
}

/** Without a version to choose go takes what `/@latest` says; "not found" is no error. */
async function tip(doors: Doors, signal?: AbortSignal): Promise<Offered | Tried> {
  const answer = await doors.client.latest(signal);
  if (answer.State === "ok") return { Latest: answer.Value.Version, retracted: () => false };
  return answer.State === "not-found" ? { Latest: null, retracted: () => false } : refused(answer);
}

/** go.mod of a version that the list, or a tag of the remote, shows. */
async function goModOf(
  version: string,
  expect: Expectation,
  doors: Doors,
  seen: Seen,
  signal?: AbortSignal,
): Promise<Uint8Array | Tried> {
  if (version === expect.Version && seen.mod) return seen.mod;
  if (seen.unproxied === undefined) {
    const answer = await doors.client.mod(version, signal);
    return answer.State === "ok" ? answer.Value : refused(answer);
  }
  const tag = prefixOf(expect) + tagVersion(version);
  const commit = seen.tags?.get(tag)?.Commit;
  const mod = commit === undefined ? null : await doors.goMod?.(version, commit);
  return mod ?? {
    State: "skipped",
    Detail: `the go.mod of ${version}, which says what is retracted, is not in this repository`,
  };
}
