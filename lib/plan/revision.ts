/**
 * From a revision to the version the go command would call it (go-rules §7.4,
 * §7.5): the highest canonical tag on the commit that is not retracted, else a
 * pseudo-version.
 */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts, type RepoFacts } from "../facts/types.ts";
import { goModOf } from "../facts/modules.ts";
import { commitOf } from "../facts/versions.ts";
import { reachable } from "../git/log.ts";
import { readNamed } from "../git/named.ts";
import { resolve } from "../git/refs.ts";
import { gitText } from "../git/repository.ts";
import { modulePath } from "../go/modfile/mod.ts";
import { matchPathMajor, pathMajorPrefix, splitPathVersion } from "../go/module.ts";
import { pseudoVersion } from "../go/pseudo.ts";
import { retractions } from "../go/retract.ts";
import { isValid, major } from "../go/semver.ts";
import { clean } from "../text.ts";

/** A module as it is at a revision. */
export interface AtRevision {
  Commit: string;
  Path: string;
  Dir: string;
  Version: string;
}

/** Resolves a revision (a tag, a version of the module, a branch, a commit). */
export async function atRevision(
  repo: RepoFacts,
  module: ModuleFacts,
  rev: string,
): Promise<AtRevision | Problem> {
  const tag = isValid(rev) && repo.Tags.has(module.TagPrefix + rev) ? module.TagPrefix + rev : rev;
  const found = repo.Tags.get(tag)?.Commit ?? (await resolve(repo.Git, rev))?.Commit;
  if (found === undefined) {
    return problem("revision-unknown", `Git knows no revision ${clean(rev)} here.`, {
      fix: "name a tag, a branch or a commit; git fetch --tags gets those of the remote",
    });
  }
  const place = await placeAt(repo, module, found);
  const named = tag.startsWith(module.TagPrefix) ? tag.slice(module.TagPrefix.length) : "";
  const version = repo.Tags.has(tag) && await fitting(repo, place, found, named) ||
    await versionOf(repo, module, place, found);
  return { Commit: found, ...place, Version: version };
}

/** Where the module is at a commit, and what it calls itself there; HEAD's path where it has no go.mod. */
async function placeAt(
  repo: RepoFacts,
  module: ModuleFacts,
  commit: string,
): Promise<{ Path: string; Dir: string }> {
  const n = pathMajorPrefix(module.PathMajor);
  const up = n !== "" && (module.Dir === n || module.Dir.endsWith("/" + n))
    ? module.Dir.slice(0, -n.length).replace(/\/$/, "")
    : null;
  const dirs = up === null ? [module.Dir] : [module.Dir, up];
  const blobs = await readNamed(repo.Git, dirs.map((d) => `${commit}:${goModOf(d)}`));
  const at = blobs.findIndex((b) => b !== null);
  if (at < 0) return { Path: module.Path, Dir: module.Dir };
  return { Path: modulePath(blobs[at]!.Bytes) || module.Path, Dir: dirs[at]! };
}

/** The version a tag stands for, with `+incompatible` where Go adds it; "" when it is none. */
async function fitting(
  repo: RepoFacts,
  place: { Path: string; Dir: string },
  commit: string,
  version: string,
): Promise<string> {
  const split = splitPathVersion(place.Path);
  const pathMajor = split.ok ? split.pathMajor : "";
  if (!isValid(version)) return "";
  if (matchPathMajor(version, pathMajor)) return version;
  if (pathMajor !== "" || place.Dir !== "" || ["v0", "v1"].includes(major(version))) return "";
  const [goMod] = await readNamed(repo.Git, [`${commit}:go.mod`]);
  return goMod === null ? `${version}+incompatible` : "";
}

async function versionOf(
  repo: RepoFacts,
  module: ModuleFacts,
  place: { Path: string; Dir: string },
  commit: string,
): Promise<string> {
  const retracts = known(module.Latest)?.GoMod?.Retract ?? [];
  const split = splitPathVersion(place.Path);
  const pathMajor = split.ok ? split.pathMajor : "";
  const tagged = module.Versions.filter((v) =>
    v.Here && matchPathMajor(v.Version, pathMajor) && retractions(retracts, v.Version) === null
  );
  const here = tagged.findLast((v) => commitOf(v) === commit);
  if (here) return here.Version;
  for (const v of module.Incompatible.toReversed()) {
    if (repo.Tags.get(module.TagPrefix + v)?.Commit !== commit) continue;
    const incompatible = await fitting(repo, place, commit, v);
    if (incompatible !== "") return incompatible;
  }
  const descending = tagged.toReversed();
  const base = await reachable(repo.Git, commit, descending.map((v) => commitOf(v)!));
  const older = descending.find((v) => commitOf(v) === base)?.Version ?? "";
  const seconds = Number((await gitText(repo.Git, ["show", "-s", "--format=%ct", commit])).trim());
  return pseudoVersion(
    pathMajorPrefix(pathMajor),
    older,
    new Date(seconds * 1000),
    commit.slice(0, 12),
  );
}
