/** What is found out about one module: its go.mod, its versions, and what changed since the last one. */
import { type Problem, problem } from "../../problem.ts";
import { changedFiles, commits, filesBelow, reachable } from "../../git/log.ts";
import { type NamedBlob, readNamed } from "../../git/named.ts";
import { mainModuleErrors } from "../../go/modfile/retract.ts";
import { parse } from "../../go/modfile/rule.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import { errorLine, type ModError } from "../../go/modfile/types.ts";
import { folderByPath } from "../../go/finddir.ts";
import { splitPathVersion } from "../../go/module.ts";
import { compare } from "../../go/semver.ts";
import { tagPrefix } from "../../go/versions.ts";
import { dirOf, goModOf, nestedIn, owns, pathsOf } from "../modules.ts";
import {
  type Commits,
  type ModuleFacts,
  type Part,
  type ProxyFacts,
  type RemoteFacts,
  type RepoFacts,
  startOf,
  type TagFact,
  type VersionFact,
} from "../types.ts";
import { goModOfVersion, latestNow, type Seen, type Versioned } from "./latest.ts";
import { notIncompatible } from "./legacy.ts";
import { commitOf, highestRelease, isRelease, mergeVersions } from "../versions.ts";
import { together } from "../../git/together.ts";

/** A module as its go.mod at HEAD, or at the revision that was asked for, says. */
export interface Found {
  Dir: string;
  Path: string;
  PathMajor: string;
  TagPrefix: string;
  GoMod: ModuleFacts["GoMod"];
  HeadGoMod?: ModuleFacts["GoMod"];
  Problems: Problem[];
}

/** Reads a go.mod of a commit; what Go refuses in it becomes one problem an error. */
export function moduleAt(file: string, blob: NamedBlob): Found {
  const dir = dirOf(file);
  const parsed = parse("go.mod", blob.Bytes);
  const { Mod } = parsed;
  const path = Mod.Module?.Path ?? modulePath(blob.Bytes);
  const problems = mainModuleErrors(parsed).map((e) => invalid(file, e));
  if (path === "" && problems.length === 0) {
    problems.push(problem("go-mod-invalid", `${file} has no module line.`, {
      where: { File: file, Line: 1 },
      fix: "begin it with `module MODULE/PATH`, and commit it",
    }));
  }
  const split = splitPathVersion(path);
  const pathMajor = split.ok ? split.pathMajor : "";
  return {
    Dir: dir,
    Path: path,
    PathMajor: pathMajor,
    // A folder may be called v3 without being that of a major version, where the path says so.
    TagPrefix: dir !== "" && folderByPath(path) === dir ? `${dir}/` : tagPrefix(dir, pathMajor),
    GoMod: { File: file, Oid: blob.Oid, Bytes: blob.Bytes, Mod },
    Problems: problems,
  };
}

function invalid(file: string, error: ModError): Problem {
  return problem("go-mod-invalid", errorLine(error), {
    where: { File: file, Line: error.Line },
    fix: "correct the line and commit it",
  });
}

/** Puts together what tags, remote and proxy say. */
export function withVersions(
  found: Found,
  dirs: readonly string[],
  tags: ReadonlyMap<string, TagFact>,
  remote: Part<RemoteFacts>,
  proxy: Part<ProxyFacts> | null,
): Versioned {
  const merged = mergeVersions({
    Here: tags,
    ...(remote.State === "known" && { OnRemote: remote.Value.Tags }),
    OnProxy: proxy?.State === "known" ? proxy.Value.Versions : [],
  }, found);
  const highest = highestRelease(merged.Versions);
  return {
    Path: found.Path,
    Dir: found.Dir,
    TagPrefix: found.TagPrefix,
    PathMajor: found.PathMajor,
    GoMod: found.GoMod,
    ...(found.HeadGoMod && { HeadGoMod: found.HeadGoMod }),
    Nested: nestedIn(found.Dir, dirs),
    ...merged,
    ...(highest && { Highest: highest }),
  };
}

/**
 * Reads what the history says: Base, Series, the commits since (without a Base
 * only if wanted `fromTheStart`), and what `@latest` is now.
 */
export async function withHistory(
  seen: Seen,
  module: Versioned,
  fromTheStart: boolean,
): Promise<ModuleFacts> {
  const repo = seen.Repo;
  const head = startOf(repo).Commit!;
  const [base, running] = await nearest(repo, head, module);
  const series = running.at(-1);
  const ends = repo.Shallow && !base &&
    (module.Versions.length > 0 || seen.Remote.State !== "known");
  const legacy = seen.Release && module.Incompatible.length > 0;
  const mayRename = seen.NextMajor && base !== undefined;
  const [since, sinceSeries, baseMod, now, modern, next] = await together([
    ends ? shallow : sinceBase(repo, module, base, fromTheStart),
    series ? changedSince(repo, module, commitOf(series)!) : null,
    base ? goModOfVersion(repo, module, base) : null,
    latestNow(seen, module),
    legacy ? notIncompatible(seen, module) : [],
    mayRename
      ? import("./nextmajor.ts").then(({ nextMajor }) => nextMajor(seen, module, base))
      : null,
  ]);
  return {
    ...module,
    ...(base && { Base: base }),
    ...(ends && { HistoryEnds: true as const }),
    ...(series && { Series: series }),
    Running: running,
    AtHead: module.Versions.filter((v) => commitOf(v) === head),
    Commits: since,
    SinceSeries: sinceSeries
      ? { State: "known", Value: sinceSeries }
      : { State: "skipped", Why: "no pre-release is running" },
    ...(baseMod && { BaseGoMod: baseMod }),
    ...(legacy && { NotIncompatible: modern }),
    ...(next && { NextMajor: next }),
    Latest: now,
  };
}

/** What is counted in a part of the history would be taken for the whole. */
const shallow: Part<Commits> = {
  State: "skipped",
  Why: "shallow; git fetch --unshallow",
};

/** As withHistory, with `@latest` alone: no commit is walked over. */
export async function withoutHistory(seen: Seen, module: Versioned): Promise<ModuleFacts> {
  const head = startOf(seen.Repo).Commit!;
  const skipped = { State: "skipped", Why: "not needed" } as const;
  return {
    ...module,
    Running: [],
    AtHead: module.Versions.filter((v) => commitOf(v) === head),
    Commits: skipped,
    SinceSeries: skipped,
    Latest: await latestNow(seen, module),
  };
}

/**
 * The highest release that HEAD descends from, and what runs above it: the highest such
 * pre-release, and below that the highest of each number that a bump can give.
 */
async function nearest(
  repo: RepoFacts,
  head: string,
  module: Versioned,
): Promise<[VersionFact | undefined, VersionFact[]]> {
  const releases = module.Versions.filter((v) => isRelease(v.Version));
  const base = await highestReachable(repo, head, releases);
  const above = module.Versions.filter((v) =>
    !isRelease(v.Version) && (!base || compare(v.Version, base.Version) > 0)
  );
  const series = await highestReachable(repo, head, above);
  if (!series) return [base, []];
  // Counting needs a library that most repositories do not: they have no series.
  const { bumpRelease } = await import("../../go/bump.ts");
  const from = base?.Version ?? `v${/\d+/.exec(module.PathMajor)?.[0] ?? 0}.0.0`;
  const counted = (["patch", "minor", "major"] as const).map((bump) => bumpRelease(from, bump));
  const running = [series];
  for (const number of base ? counted : [from, ...counted]) {
    const others = above.filter((v) => isOf(number, v) && !isOf(number, series));
    const found = await highestReachable(repo, head, others);
    if (found) running.push(found);
  }
  return [base, running.sort((a, b) => compare(a.Version, b.Version))];
}

/** Reports whether a version is a pre-release of that number. */
function isOf(number: string, { Version }: VersionFact): boolean {
  return Version.startsWith(number + "-");
}

async function highestReachable(
  repo: RepoFacts,
  head: string,
  versions: readonly VersionFact[],
): Promise<VersionFact | undefined> {
  const descending = versions.toReversed().filter((v) => commitOf(v) !== undefined);
  if (descending.length === 0) return undefined;
  const found = await reachable(repo.Git, head, descending.map((v) => commitOf(v)!));
  return found === null ? undefined : descending.find((v) => commitOf(v) === found);
}

async function sinceBase(
  repo: RepoFacts,
  module: Versioned,
  base: VersionFact | undefined,
  fromTheStart: boolean,
): Promise<Part<Commits>> {
  const paths = pathsOf(module);
  const start = startOf(repo);
  const head = start.Commit!;
  if (!base) {
    if (!fromTheStart) {
      const Why = module.Highest
        ? "no release is in the history of HEAD"
        : "there is no release to count from";
      return { State: "skipped", Why };
    }
    const [list, entries] = await together([
      commits(repo.Git, { to: head, ...paths }),
      start.entries(),
    ]);
    const files = entries.map((e) => e.Path).filter((p) => owns(module, p));
    return { State: "known", Value: { Commits: list, Files: files } };
  }
  const from = commitOf(base)!;
  if (from === head) return { State: "known", Value: { Commits: [], Files: [] } };
  const [list, files] = await together([
    commits(repo.Git, { from, to: head, ...paths }),
    changedSince(repo, module, from),
  ]);
  return { State: "known", Value: { Commits: list, Files: files } };
}

/** The module's files that differ from an older commit, those that a new module in it took away among them. */
async function changedSince(repo: RepoFacts, module: Versioned, from: string): Promise<string[]> {
  const { Nested } = module;
  const [changed, goMods] = await together([
    changedFiles(repo.Git, from, startOf(repo).Commit!, pathsOf(module)),
    readNamed(repo.Git, Nested.map((dir) => `${from}:${goModOf(dir)}`)),
  ]);
  const taken = Nested.filter((_, i) => goMods[i] === null);
  if (taken.length === 0) return changed;
  return [...changed, ...await filesBelow(repo.Git, from, taken)].sort();
}
