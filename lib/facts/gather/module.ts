/** What is found out about one module: its go.mod, its versions, and what changed since the last one. */
import { type Problem, problem } from "../../problem.ts";
import type { Services } from "../../services.ts";
import type { GoSettings } from "../../config/goenv.ts";
import { changedFiles, commits, reachable } from "../../git/log.ts";
import { type NamedBlob, readNamed } from "../../git/named.ts";
import {
  checkRetracts,
  errorText,
  type ModError,
  type ModFile,
  modulePath,
  parse,
  parseLax,
} from "../../go/modfile/mod.ts";
import { latest, source } from "../../go/query.ts";
import { splitPathVersion } from "../../go/module.ts";
import { compare, major } from "../../go/semver.ts";
import { tagPrefix } from "../../go/versions.ts";
import { dirOf, goModOf, nestedIn, owns, pathsOf } from "../modules.ts";
import type {
  Commits,
  LatestFacts,
  ModuleFacts,
  Part,
  ProxyFacts,
  RemoteFacts,
  RepoFacts,
  TagFact,
  VersionFact,
} from "../types.ts";
import { commitOf, highestRelease, isRelease, mergeVersions, published } from "../versions.ts";

/** A module as its go.mod at HEAD says. */
export interface Found {
  Dir: string;
  Path: string;
  PathMajor: string;
  TagPrefix: string;
  GoMod: ModuleFacts["GoMod"];
  Problems: Problem[];
}

/** Reads a go.mod of HEAD; what Go refuses in it becomes one problem an error. */
export function moduleAt(file: string, blob: NamedBlob): Found {
  const dir = dirOf(file);
  const { Mod, Errors } = parse("go.mod", blob.Bytes);
  const errors = Errors.length > 0 ? Errors : checkRetracts(Mod);
  const path = Mod.Module?.Path ?? modulePath(blob.Bytes);
  const problems = errors.map((e) => invalid(file, e));
  if (path === "" && problems.length === 0) {
    problems.push(problem("go-mod-invalid", `${file} has no module line.`, {
      where: { File: file, Line: 1 },
      fix: "module example.com/your/module",
    }));
  }
  const split = splitPathVersion(path);
  const pathMajor = split.ok ? split.pathMajor : "";
  return {
    Dir: dir,
    Path: path,
    PathMajor: pathMajor,
    TagPrefix: tagPrefix(dir, pathMajor),
    GoMod: { File: file, Oid: blob.Oid, Bytes: blob.Bytes, Mod },
    Problems: problems,
  };
}

function invalid(file: string, error: ModError): Problem {
  return problem("go-mod-invalid", errorText(error), {
    where: { File: file, Line: error.Line },
    fix: "correct the line and commit it",
  });
}

/** A module with its versions merged; its history is not read yet. */
export type Versioned = Omit<ModuleFacts, "Commits" | "Latest" | "SinceSeries" | "Api" | "AtHead">;

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
  services: Services,
  repo: RepoFacts,
  module: Versioned,
  remote: Part<RemoteFacts>,
  proxy: Part<ProxyFacts>,
  go: GoSettings | null,
  fromTheStart: boolean,
): Promise<ModuleFacts> {
  const head = repo.Head!.Commit!;
  const releases = module.Versions.filter((v) => isRelease(v.Version));
  const [base, series] = await nearest(repo, head, module.Versions, releases);
  const paths = pathsOf(module);
  const remoteKnown = remote.State === "known";
  const users = published(module.Versions, remoteKnown);
  const [since, sinceSeries, baseMod, now] = await Promise.all([
    sinceBase(repo, module, base, fromTheStart),
    series ? changedFiles(repo.Git, commitOf(series)!, head, paths) : null,
    base ? goModOfVersion(repo, module, base) : null,
    latestNow(services, repo, module, users, proxy, go),
  ]);
  return {
    ...module,
    ...(base && { Base: base }),
    ...(series && { Series: series }),
    AtHead: module.Versions.filter((v) => commitOf(v) === head),
    Commits: since,
    SinceSeries: sinceSeries
      ? { State: "known", Value: sinceSeries }
      : { State: "skipped", Why: "no pre-release is running" },
    ...(baseMod && { BaseGoMod: baseMod }),
    Latest: now,
  };
}

/** Base and Series: the highest release, and the highest pre-release above it, that HEAD descends from. */
async function nearest(
  repo: RepoFacts,
  head: string,
  versions: readonly VersionFact[],
  releases: readonly VersionFact[],
): Promise<[VersionFact | undefined, VersionFact | undefined]> {
  const base = await highestReachable(repo, head, releases);
  const above = versions.filter((v) =>
    !isRelease(v.Version) && (!base || compare(v.Version, base.Version) > 0)
  );
  return [base, await highestReachable(repo, head, above)];
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
  const head = repo.Head!.Commit!;
  if (!base) {
    if (!fromTheStart) return { State: "skipped", Why: "there is no release to count from" };
    const [list, entries] = await Promise.all([
      commits(repo.Git, { to: head, ...paths }),
      repo.Head!.entries(),
    ]);
    const files = entries.map((e) => e.Path).filter((p) => owns(module, p));
    return { State: "known", Value: { Commits: list, Files: files } };
  }
  const from = commitOf(base)!;
  if (from === head) return { State: "known", Value: { Commits: [], Files: [] } };
  const [list, files] = await Promise.all([
    commits(repo.Git, { from, to: head, ...paths }),
    changedFiles(repo.Git, from, head, paths),
  ]);
  return { State: "known", Value: { Commits: list, Files: files } };
}

/** Where go.mod may lie at another version: a major folder may have come or gone. */
function goModPlaces(module: Versioned): string[] {
  const n = module.PathMajor.replace(/^\//, "");
  const own = goModOf(module.Dir);
  if (!/^v\d+$/.test(n)) return [own];
  const inFolder = module.Dir === n || module.Dir.endsWith("/" + n);
  const other = inFolder
    ? module.Dir.slice(0, -n.length).replace(/\/$/, "")
    : module.Dir === ""
    ? n
    : `${module.Dir}/${n}`;
  return [own, goModOf(other)];
}

async function goModOfVersion(
  repo: RepoFacts,
  module: Versioned,
  version: VersionFact,
): Promise<ModFile | null> {
  const commit = commitOf(version);
  if (commit === undefined) return null;
  const places = goModPlaces(module).map((p) => `${commit}:${p}`);
  const blob = (await readNamed(repo.Git, places)).find((b) => b !== null);
  return blob ? parseLax("go.mod", blob.Bytes).Mod : null;
}

/** What `M@latest` gives now, and whose go.mod says what is retracted (go-rules §8.1). */
async function latestNow(
  services: Services,
  repo: RepoFacts,
  module: Versioned,
  users: readonly VersionFact[],
  proxy: Part<ProxyFacts>,
  go: GoSettings | null,
): Promise<Part<LatestFacts>> {
  const versions = users.map((v) => v.Version);
  const withGoMod = await rootGoMods(repo, module, versions);
  const list = {
    versions,
    incompatible: module.Incompatible,
    hasGoMod: (v: string) => withGoMod.has(v),
  };
  const from = source(list);
  if (from === null) return { State: "known", Value: { Latest: null, Source: null } };
  const fact = users.find((v) => v.Version === from);
  let mod = fact ? await goModOfVersion(repo, module, fact) : null;
  if (!mod && fact?.OnProxy && proxy.State === "known" && go) {
    const { proxyClient } = await import("../../proxy/client.ts");
    const answer = await proxyClient(services, go, module.Path).mod(from);
    if (answer.State === "ok") mod = parseLax("go.mod", answer.Value).Mod;
  }
  return {
    State: "known",
    Value: {
      Latest: latest({ ...list, retracts: mod?.Retract ?? [] }),
      Source: from,
      ...(mod && { GoMod: mod }),
    },
  };
}

/** Versions whose commit has a go.mod at the root; asked for only where v2+ tags make it matter. */
async function rootGoMods(
  repo: RepoFacts,
  module: Versioned,
  versions: readonly string[],
): Promise<Set<string>> {
  if (module.Incompatible.length === 0) return new Set(versions);
  const highestOf = new Map(module.Incompatible.map((v) => [major(v), v]));
  const asked = [versions.findLast(isRelease) ?? versions.at(-1), ...highestOf.values()]
    .filter((v) => v !== undefined);
  const commits = asked.map((v) => repo.Tags.get(module.TagPrefix + v)?.Commit);
  const blobs = await readNamed(repo.Git, commits.map((c) => `${c ?? "missing"}:go.mod`));
  return new Set(asked.filter((_, i) => blobs[i] !== null));
}
