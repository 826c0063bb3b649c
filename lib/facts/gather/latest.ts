/** What `M@latest` is, and the go.mod of released versions: what needs no history. */
import { join } from "node:path/posix";
import type { Services } from "../../services.ts";
import { decode, encode } from "../../text.ts";
import type { GoSettings } from "../../config/goenv.ts";
import { describe } from "../../git/catfile.ts";
import { readNamed } from "../../git/named.ts";
import type { Repository } from "../../git/repository.ts";
import { findDir } from "../../go/finddir.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import type { ModFile } from "../../go/modfile/types.ts";
import { latest, listed, source } from "../../go/query.ts";
import { covers } from "../../go/retract.ts";
import { major } from "../../go/semver.ts";
import { madeUpGoMod } from "../../go/versions.ts";
import { goModOf } from "../modules.ts";
import {
  known,
  type LatestFacts,
  type ModuleFacts,
  type Part,
  type ProxyFacts,
  type RemoteFacts,
  type RepoFacts,
  type VersionFact,
} from "../types.ts";
import { commitOf, offerOf, published } from "../versions.ts";

const suffix = "+incompatible";

/** A module with its versions merged; its history is not read yet. */
export type Versioned = Omit<
  ModuleFacts,
  "Commits" | "Latest" | "SinceSeries" | "Running" | "AtHead"
>;

/** What else was read, as far as a module's history needs it. */
export interface Seen {
  Services: Services;
  Repo: RepoFacts;
  Remote: Part<RemoteFacts>;
  Proxy: Part<ProxyFacts>;
  Go: GoSettings | null;
  /** True where a release is asked for, which may retract any version. */
  Release?: boolean;
}

/** The folders that go.mod may lie in at another version: without that of the major, and it. */
function goModPlaces({ PathMajor, Dir }: Versioned): { own: string; folder?: string } {
  const n = PathMajor.replace(/^\//, "");
  if (!/^v\d+$/.test(n)) return { own: Dir };
  const inFolder = Dir === n || Dir.endsWith("/" + n);
  const own = inFolder ? Dir.slice(0, -n.length).replace(/\/$/, "") : Dir;
  return { own, folder: join(own, n) };
}

/** A version's go.mod. */
interface AtVersion {
  Mod: ModFile | null;
  /** True where Go finds no module of this path: the tag is listed, and useless (go-rules §7.2-5). */
  Refused: boolean;
}

/** What was read of a repository: the last release is mostly also the one that `@latest` is read from. */
const read = new WeakMap<Repository, Map<string, Promise<AtVersion>>>();

/** The go.mod of a version, read as go reads those of dependencies; null when its commit is not here. */
export async function goModOfVersion(
  repo: RepoFacts,
  module: Versioned,
  version: VersionFact,
): Promise<ModFile | null> {
  return (await atVersion(repo, module, version)).Mod;
}

function atVersion(
  repo: RepoFacts,
  module: Versioned,
  version: VersionFact,
): Promise<AtVersion> {
  const commit = commitOf(version);
  if (commit === undefined) return Promise.resolve({ Mod: null, Refused: false });
  const kept = read.get(repo.Git) ?? new Map<string, Promise<AtVersion>>();
  read.set(repo.Git, kept);
  const key = `${commit}:${module.Dir}`;
  const found = kept.get(key) ?? atCommit(repo, module, commit);
  kept.set(key, found);
  return found;
}

async function atCommit(
  repo: RepoFacts,
  module: Versioned,
  commit: string,
): Promise<AtVersion> {
  const { own, folder } = goModPlaces(module);
  const places = folder === undefined ? [own] : [own, folder];
  // A tag may hold a tree, whose files are not those of any version.
  const names = places.map((dir) => `${commit}^0:${goModOf(dir)}`);
  const [first = null, second = null] = await readNamed(repo.Git, names);
  const dir = findDir(module.PathMajor, own !== "", {
    own: first && modulePath(first.Bytes),
    folder: second && modulePath(second.Bytes),
  });
  const blob = module.Dir === folder ? second ?? first : first ?? second;
  if (blob) return { Mod: parseLax("go.mod", blob.Bytes).Mod, Refused: dir === null };
  const [object, asCommit] = await describe(repo.Git, [commit, `${commit}^0`]);
  return { Mod: null, Refused: object !== null && (!asCommit || dir === null) };
}

/** What `M@latest` gives now, and whose go.mod says what is retracted (go-rules §8.1). */
export async function latestNow(
  seen: Seen,
  module: Versioned,
): Promise<Part<LatestFacts>> {
  const { Repo: repo, Remote: remote } = seen;
  const users = published(module.Versions, remote.State === "known");
  const without = await withoutGoMod(seen, module, users.map((v) => v.Version));
  const list = {
    ...offerOf(module, remote.State === "known"),
    hasGoMod: (v: string) => !without.includes(v),
  };
  await askHighest(seen, module, users, without);
  const from = source(list);
  const old = listed(list).filter((v) => v.endsWith(suffix))
    .map((v) => incompatible(seen, module, v));
  if (from === null) return { State: "known", Value: { Latest: null, Source: null } };
  const fact = [...users, ...old].find((v) => v.Version === from);
  // Where retractions cannot be read go chooses nothing (go-rules §14-11).
  const at = fact && await atVersion(repo, module, fact);
  if (at?.Refused && !fact!.OnProxy) {
    return { State: "known", Value: { Latest: null, Source: from, Refused: from } };
  }
  // To Go an incompatible version has none, whatever its tag holds now.
  let mod = from.endsWith(suffix) ? null : at?.Mod ?? null;
  if (!mod && fact?.OnProxy) {
    const bytes = await goModOnProxy(seen, module, from);
    if (bytes) mod = parseLax("go.mod", bytes).Mod;
  }
  const retracts = mod?.Retract ?? [];
  const left = users.filter((v) => !retracts.some((entry) => covers(entry, v.Version)));
  if (left.length < users.length) await askHighest(seen, module, left, without);
  const chosen = latest({ ...list, retracts });
  const best = chosen === from ? undefined : [...users, ...old].find((v) => v.Version === chosen);
  const refused = best && !best.OnProxy && (await atVersion(repo, module, best)).Refused;
  return {
    State: "known",
    Value: {
      Latest: refused ? null : chosen,
      Source: from,
      ...(refused && { Refused: best.Version }),
      ...(mod && { GoMod: mod }),
      ...(without.length > 0 && { WithoutGoMod: without }),
      ...(old.length > 0 && { Incompatible: old }),
    },
  };
}

/** A version's go.mod as the proxy has it; null where it has none to give. */
async function goModOnProxy(
  { Services: services, Proxy: proxy, Go: go }: Seen,
  module: Versioned,
  version: string,
): Promise<Uint8Array | null> {
  if (proxy.State !== "known" || !go) return null;
  const { proxyClient } = await import("../../proxy/client.ts");
  const answer = await proxyClient(services, go, module.Path).mod(version);
  return answer.State === "ok" ? answer.Value : null;
}

/**
 * Adds the highest version to those `without` a go.mod where only the proxy can say that it has
 * none: beside incompatible versions go asks for it (go-rules §9.2-3).
 */
async function askHighest(
  seen: Seen,
  module: Versioned,
  versions: readonly VersionFact[],
  without: string[],
): Promise<void> {
  const highest = versions.at(-1);
  if (module.IncompatibleOnProxy.length === 0 || !highest?.OnProxy) return;
  if (without.includes(highest.Version)) return;
  const commit = commitOf(highest);
  const here = commit === undefined ? null : (await describe(seen.Repo.Git, [commit]))[0];
  if (here) return;
  const bytes = await goModOnProxy(seen, module, highest.Version);
  if (bytes && decode(bytes) === madeUpGoMod(module.Path)) without.push(highest.Version);
}

/** Where a version that Go calls `+incompatible` is known; no tag has that suffix. */
function incompatible(
  { Repo: repo, Remote: remote, Proxy: proxy }: Seen,
  module: Versioned,
  version: string,
): VersionFact {
  const tag = module.TagPrefix + version.replace(suffix, "");
  const here = repo.Tags.get(tag);
  const there = known(remote)?.Tags.get(tag);
  return {
    Version: version,
    Tag: tag,
    ...(here && { Here: here }),
    ...(there && { OnRemote: there }),
    OnProxy: known(proxy)?.Versions.includes(version) ?? false,
  };
}

/**
 * What of the versions, and of the highest v2+ tag of each major, has no go.mod at the root;
 * asked for only where such tags, or what the proxy lists, make it matter. Where the commit is
 * not here it is taken to have one, as nearly all do.
 */
async function withoutGoMod(
  { Repo: repo, Remote: remote }: Seen,
  module: Versioned,
  versions: readonly string[],
): Promise<string[]> {
  const { Path, Incompatible, IncompatibleOnProxy } = module;
  if (Incompatible.length === 0 && IncompatibleOnProxy.length === 0) return [];
  const facts = new Map(module.Versions.map((v) => [v.Version, v]));
  const lacking = async (asked: readonly string[]) => {
    const commits = asked.map((v) => {
      const fact = facts.get(v);
      return fact ? commitOf(fact) : commitOfTag(repo, remote, module.TagPrefix + v);
    });
    const has = await haveGoMod(repo.Git, commits, IncompatibleOnProxy.length > 0 ? Path : null);
    return asked.filter((_, i) => has[i] === false);
  };
  // With a go.mod in the highest of all no incompatible version is listed (go-rules §7.2-4).
  const highest = versions.at(-1);
  if (IncompatibleOnProxy.length === 0 && highest !== undefined) {
    if ((await lacking([highest])).length === 0) return [];
  }
  const highestOf = new Map(Incompatible.map((v) => [major(v), v]));
  return await lacking([...versions, ...highestOf.values()]);
}

/** The v2+ tags that no `+incompatible` version can be made of, because their commit has a go.mod. */
export async function notIncompatible(
  { Repo: repo, Remote: remote }: Seen,
  { Incompatible, TagPrefix }: Versioned,
): Promise<string[]> {
  const commits = Incompatible.map((v) => commitOfTag(repo, remote, TagPrefix + v));
  const has = await haveGoMod(repo.Git, commits, null);
  return Incompatible.filter((_, i) => has[i]);
}

function commitOfTag(
  { Tags }: RepoFacts,
  remote: Part<RemoteFacts>,
  tag: string,
): string | undefined {
  return Tags.get(tag)?.Commit ?? known(remote)?.Tags.get(tag)?.Commit;
}

/**
 * Reports of each commit whether it has a go.mod at its root; undefined where it is not here.
 * With a module path the one that go makes up counts as none.
 */
async function haveGoMod(
  repo: Repository,
  commits: readonly (string | undefined)[],
  path: string | null,
): Promise<(boolean | undefined)[]> {
  const names = commits.map((commit) => commit ?? "missing");
  const asked = names.map((commit) => `${commit}:go.mod`);
  const found = await describe(repo, [...names, ...asked]);
  const has = names.map((_, i) => found[i] ? found[names.length + i] !== null : undefined);
  if (path === null) return has;
  const length = encode(madeUpGoMod(path)).length;
  const alike = asked.filter((_, i) => found[names.length + i]?.Size === length);
  const read = await readNamed(repo, alike);
  const fakes = new Set(
    alike.filter((_, i) => read[i] && decode(read[i].Bytes) === madeUpGoMod(path)),
  );
  return has.map((is, i) => is && !fakes.has(asked[i]!));
}
