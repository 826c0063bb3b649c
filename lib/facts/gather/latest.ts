/** What `M@latest` is, and the go.mod of released versions: what needs no history. */
import type { Services } from "../../services.ts";
import type { GoSettings } from "../../config/goenv.ts";
import { describe } from "../../git/catfile.ts";
import { readNamed } from "../../git/named.ts";
import type { Repository } from "../../git/repository.ts";
import { findDir, foldersOf } from "../../go/finddir.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import { modulePath } from "../../go/modfile/scan.ts";
import { errorText, type ModError, type ModFile } from "../../go/modfile/types.ts";
import { incompatibleSuffix as suffix } from "../../go/module.ts";
import { latest, listed, type Offer, source } from "../../go/query.ts";
import { coveredBy, covers, type Retract } from "../../go/retract.ts";
import { compare } from "../../go/semver.ts";
import { goModOf } from "../modules.ts";
import {
  known,
  type LatestFacts,
  type ModuleFacts,
  type Part,
  type ProxyFacts,
  type RemoteFacts,
  type RepoFacts,
  startOf,
  type VersionFact,
} from "../types.ts";
import {
  commitOf,
  highestRelease,
  listed as listedOnProxy,
  offerOf,
  published,
} from "../versions.ts";
import { askHighest, goModOnProxy, incompatible, unlistable, withoutGoMod } from "./legacy.ts";

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
  /** True where the release may be one of the next major, which has another path. */
  NextMajor?: boolean;
  /** True where it is wanted what users' go gives now, not what is to be expected of it. */
  ForUsers?: boolean;
}

/** A version's go.mod. */
interface AtVersion {
  Mod: ModFile | null;
  /** What cannot be read in it, even as Go reads those of dependencies. */
  Broken: readonly ModError[];
  /** True where Go finds no module of this path: the tag is listed, and useless (go-rules §7.2-5). */
  Refused: boolean;
  /** True where the folder without that of a major version has a go.mod. */
  Own: boolean;
}

const nothing: AtVersion = { Mod: null, Broken: [], Refused: false, Own: false };

/** What was read of a repository: the last release is mostly also the one that `@latest` is read from. */
const read = new WeakMap<Repository, Map<string, Promise<AtVersion>>>();

/** The go.mod of a version, read as go reads those of dependencies; null when its commit is not here. */
export async function goModOfVersion(
  repo: RepoFacts,
  module: Versioned,
  version: VersionFact,
): Promise<ModFile | null> {
  return (await atVersion(repo, module, commitOf(version))).Mod;
}

function atVersion(
  repo: RepoFacts,
  module: Versioned,
  commit: string | undefined,
): Promise<AtVersion> {
  if (commit === undefined) return Promise.resolve(nothing);
  const kept = read.get(repo.Git) ?? new Map<string, Promise<AtVersion>>();
  read.set(repo.Git, kept);
  const key = `${commit}:${module.Dir}:${module.PathMajor}`;
  const found = kept.get(key) ?? atCommit(repo, module, commit);
  kept.set(key, found);
  return found;
}

async function atCommit(
  repo: RepoFacts,
  module: Versioned,
  commit: string,
): Promise<AtVersion> {
  const { Own, Folder } = foldersOf(module);
  const places = Folder === undefined ? [Own] : [Own, Folder];
  // A tag may hold a tree, whose files are not those of any version.
  const names = places.map((dir) => `${commit}^0:${goModOf(dir)}`);
  const [first = null, second = null] = await readNamed(repo.Git, names);
  const dir = findDir(module.PathMajor, Own !== "", {
    own: first && modulePath(first.Bytes),
    folder: second && modulePath(second.Bytes),
  });
  const blob = dir === "folder"
    ? second
    : dir === "own"
    ? first
    : module.Dir === Folder
    ? second ?? first
    : first ?? second;
  if (blob) {
    const { Mod, Errors } = parseLax("go.mod", blob.Bytes);
    return { Mod, Broken: Errors, Refused: dir === null, Own: first !== null };
  }
  const [object, asCommit] = await describe(repo.Git, [commit, `${commit}^0`]);
  return { ...nothing, Refused: object !== null && (!asCommit || dir === null) };
}

/** A go.mod as users' go has it: with one error in it, nothing of it counts. */
function readable(read: { Mod: ModFile | null; Errors: readonly ModError[] }): ModFile | null {
  return read.Errors.length > 0 ? null : read.Mod;
}

/** What users' go chooses from, and the versions with `+incompatible` in it. */
interface Users {
  Versions: VersionFact[];
  Offer: Offer;
  Incompatible: VersionFact[];
  WithoutGoMod: string[];
  /** The version that keeps go from listing any. */
  Unlistable?: string;
}

/** What `M@latest` gives now, and whose go.mod says what is retracted (go-rules §8.1). */
export async function latestNow(
  seen: Seen,
  module: Versioned,
): Promise<Part<LatestFacts>> {
  const users = await usersOf(seen, module);
  const { Versions, Offer: offer, Incompatible: old, WithoutGoMod: without } = users;
  if (users.Unlistable !== undefined) {
    const wrong = { Refused: users.Unlistable, Reason: "its tag holds no commit" };
    return { State: "known", Value: { Latest: null, Source: null, ...wrong } };
  }
  const factOf = (version: string | null) =>
    [...Versions, ...old].find((v) => v.Version === version);
  await askHighest(seen, module, Versions, without);
  const from = source(offer);
  const fact = factOf(from);
  if (from === null) return { State: "known", Value: await tipOf(seen, module, null) };
  const beside = {
    ...(without.length > 0 && { WithoutGoMod: without }),
    ...(old.length > 0 && { Incompatible: old }),
  };
  // Where a version is refused go chooses nothing (go-rules §14-11). One whose go.mod cannot be
  // read it names all the same, and fails as soon as anybody uses it.
  const wrong = fact && await whyRefused(seen, module, fact, true);
  if (wrong) {
    const { Refused } = await atVersion(seen.Repo, module, commitOf(fact));
    const Latest = Refused || from.endsWith(suffix) ? null : from;
    const Value = { ...beside, Latest, Source: from, Refused: from, Reason: wrong };
    return { State: "known", Value };
  }
  // To Go an incompatible version has none, whatever its tag holds now.
  let mod = from.endsWith(suffix) || !fact
    ? null
    : (await atVersion(seen.Repo, module, commitOf(fact))).Mod;
  if (!mod && fact?.OnProxy) {
    const bytes = await goModOnProxy(seen, module, from);
    if (bytes) mod = readable(parseLax("go.mod", bytes));
  }
  const retracts = mod?.Retract ?? [];
  const isRetracted = coveredBy(retracts);
  const left = Versions.filter((v) => !isRetracted(v.Version));
  if (left.length < Versions.length) await askHighest(seen, module, left, without);
  const chosen = latest({ ...offer, retracts });
  const best = chosen === from ? undefined : factOf(chosen);
  const refused = best ? await whyRefused(seen, module, best, false) : null;
  const ahead = aheadOf(seen, module, Versions);
  return {
    State: "known",
    Value: {
      ...(chosen === null && await tipOf(seen, module, retracts)),
      Latest: refused === null ? chosen : null,
      Source: from,
      ...(refused !== null && { Refused: best!.Version, Reason: refused }),
      ...(mod && { GoMod: mod }),
      ...beside,
      ...(ahead !== undefined && { Ahead: ahead }),
    },
  };
}

/**
 * A release counts on what is published. Who only looks is told what go gives now, and go
 * knows no more than the proxy's list as soon as it has any version.
 */
function byProxy({ ForUsers = false }: Seen, module: Versioned): boolean {
  return ForUsers && listedOnProxy(module);
}

async function usersOf(seen: Seen, module: Versioned): Promise<Users> {
  const lists = byProxy(seen, module);
  const remoteKnown = seen.Remote.State === "known";
  const of = lists ? { ...module, Incompatible: [] } : module;
  const Versions = lists
    ? module.Versions.filter((v) => v.OnProxy)
    : published(module.Versions, remoteKnown);
  const WithoutGoMod = await withoutGoMod(seen, of, Versions.map((v) => v.Version));
  const Offer = {
    ...offerOf({ ...of, Versions }, remoteKnown),
    hasGoMod: (v: string) => !WithoutGoMod.includes(v),
  };
  const wrong = await unlistable(seen, of, Versions.map((v) => v.Version), WithoutGoMod);
  if (wrong !== null) {
    return { Versions, Offer, Incompatible: [], WithoutGoMod, Unlistable: wrong };
  }
  const Incompatible = listed(Offer).filter((v) => v.endsWith(suffix))
    .map((v) => incompatible(seen, module, v));
  return { Versions, Offer, Incompatible, WithoutGoMod };
}

/** The highest published release above all that the proxy lists. */
function aheadOf(
  seen: Seen,
  module: Versioned,
  listed: readonly VersionFact[],
): string | undefined {
  if (!byProxy(seen, module)) return undefined;
  const highest = highestRelease(module.Versions.filter((v) => v.OnRemote))?.Version;
  const there = highestRelease(listed)?.Version ?? "";
  return highest !== undefined && compare(highest, there) > 0 ? highest : undefined;
}

/**
 * Why Go refuses a version that it lists, in its own words; null where it does not, or nobody can
 * say. A go.mod that it `reads` retractions from must be one that it can read.
 */
async function whyRefused(
  seen: Seen,
  module: Versioned,
  version: VersionFact,
  reads: boolean,
): Promise<string | null> {
  if (version.OnProxy) return null;
  const { Repo, Remote } = seen;
  const at = await atVersion(Repo, module, commitOf(version));
  const legacy = version.Version.endsWith(suffix);
  const broken = reads && !legacy && !at.Refused ? at.Broken : [];
  if (broken.length > 0) return broken.map((e) => errorText(e)).join("; ");
  if (legacy ? !at.Own && !at.Refused : !at.Refused) return null;
  const { stat } = await import("./stat.ts");
  const Tags = known(Remote)?.Tags ?? Repo.Tags;
  const found = await stat({ Git: Repo.Git, Tags }, module, version.Version);
  return "Is" in found ? found.Reason : "Go finds no module in it";
}

/** What `M@latest` falls back to where no version is left: the tip of the default branch (go-rules §7.7). */
async function tipOf(
  seen: Seen,
  module: Versioned,
  retracts: readonly Retract[] | null,
): Promise<LatestFacts> {
  const none = { Latest: null, Source: null };
  if (!seen.ForUsers) return none;
  const { Repo: repo, Remote: remote, Proxy: proxy, Go: go } = seen;
  let version: string | undefined, commit: string | undefined;
  if (proxy.State === "known" && proxy.Value.Kind === "list" && go) {
    const { proxyClient } = await import("../../proxy/client.ts");
    const answer = await proxyClient(seen.Services, go, module.Path).latest();
    if (answer.State === "ok") version = answer.Value.Version;
    else if (answer.State !== "direct") return none;
  }
  if (version === undefined) {
    // A remote whose HEAD names no branch, as an empty one's, has no tip.
    commit = remote.State === "known" ? remote.Value.Head : startOf(repo).Commit;
    if (commit === undefined) return none;
    const { statCommit } = await import("./stat.ts");
    const Tags = known(remote)?.Tags ?? repo.Tags;
    const found = await statCommit({ Git: repo.Git, Tags }, module, commit);
    if ("Is" in found) return none;
    version = found.Version;
  }
  const at = await atVersion(repo, module, commit);
  const mod = readable({ Mod: at.Mod, Errors: at.Broken });
  const own = retracts ?? mod?.Retract ?? [];
  if (own.some((entry) => covers(entry, version))) return none;
  return { ...none, Tip: { Version: version, ...(mod && { GoMod: mod }) } };
}
