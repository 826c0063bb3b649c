/** What is known of the path of the next major, under which a new major would be released. */
import {
  canonicalVersion,
  matchPathMajor,
  pathOfMajor,
  splitPathVersion,
} from "../../go/module.ts";
import { isPseudoVersion } from "../../go/pseudo.ts";
import { bumpRelease } from "../../go/bump.ts";
import { major } from "../../go/semver.ts";
import type { ModuleFacts, VersionFact } from "../types.ts";
import type { Seen, Versioned } from "./latest.ts";
import { askProxy } from "./remote.ts";

/**
 * The next major's path and the versions of it that the proxy lists already; null where there is
 * no other path (up to v1), or nobody was asked. Only the list is asked for, which leaves no trace
 * of a coming version (go-rules §6.5).
 */
export async function nextMajor(
  { Services, Proxy, Go }: Seen,
  { Path, PathMajor }: Versioned,
  base: VersionFact,
): Promise<ModuleFacts["NextMajor"] | null> {
  const next = bumpRelease(base.Version, "major");
  if (matchPathMajor(next, PathMajor) || Go === null) return null;
  if (Proxy.State !== "known" || Proxy.Value.Kind !== "list") return null;
  const path = pathOfMajor(Path, major(next));
  const { pathMajor } = splitPathVersion(path);
  const answer = await askProxy(Services, Go, path);
  if (answer.State !== "known") return null;
  const OnProxy = answer.Value.Versions.filter((version) =>
    canonicalVersion(version) === version && !isPseudoVersion(version) &&
    matchPathMajor(version, pathMajor)
  );
  return { Path: path, OnProxy };
}
