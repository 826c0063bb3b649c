/** What `M@latest` is, and the go.mod of released versions: what needs no history. */
import type { Services } from "../../services.ts";
import type { GoSettings } from "../../config/goenv.ts";
import { describe } from "../../git/catfile.ts";
import { readNamed } from "../../git/named.ts";
import type { Repository } from "../../git/repository.ts";
import { parseLax } from "../../go/modfile/rule.ts";
import type { ModFile } from "../../go/modfile/types.ts";
import { latest, source } from "../../go/query.ts";
import { major } from "../../go/semver.ts";
import { goModOf } from "../modules.ts";
import type {
  LatestFacts,
  ModuleFacts,
  Part,
  ProxyFacts,
  RemoteFacts,
  RepoFacts,
  VersionFact,
} from "../types.ts";
import { commitOf, published } from "../versions.ts";

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

/** What was read of a repository: the last release is mostly also the one that `@latest` is read from. */
const read = new WeakMap<Repository, Map<string, Promise<ModFile | null>>>();

/** The go.mod of a version, read as go reads those of dependencies; null when its commit is not here. */
export function goModOfVersion(
  repo: RepoFacts,
  module: Versioned,
  version: VersionFact,
): Promise<ModFile | null> {
  const commit = commitOf(version);
  if (commit === undefined) return Promise.resolve(null);
  const known = read.get(repo.Git) ?? new Map<string, Promise<ModFile | null>>();
  read.set(repo.Git, known);
  const key = `${commit}:${module.Dir}`;
  const found = known.get(key) ?? goModAt(repo, module, commit);
  known.set(key, found);
  return found;
}

async function goModAt(
  repo: RepoFacts,
  module: Versioned,
  commit: string,
): Promise<ModFile | null> {
  const places = goModPlaces(module).map((p) => `${commit}:${p}`);
  const blob = (await readNamed(repo.Git, places)).find((b) => b !== null);
  return blob ? parseLax("go.mod", blob.Bytes).Mod : null;
}

/** What `M@latest` gives now, and whose go.mod says what is retracted (go-rules §8.1). */
export async function latestNow(
  { Services: services, Repo: repo, Remote: remote, Proxy: proxy, Go: go }: Seen,
  module: Versioned,
): Promise<Part<LatestFacts>> {
  const users = published(module.Versions, remote.State === "known");
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

/**
 * Versions whose commit has a go.mod at the root; asked for only where v2+ tags make it
 * matter. Where the commit is not here it is taken to have one, as nearly all do.
 */
async function rootGoMods(
  repo: RepoFacts,
  module: Versioned,
  versions: readonly string[],
): Promise<Set<string>> {
  if (module.Incompatible.length === 0) return new Set(versions);
  const facts = new Map(module.Versions.map((v) => [v.Version, v]));
  const having = async (asked: readonly string[]) => {
    const commits = asked.map((v) => {
      const fact = facts.get(v);
      return (fact ? commitOf(fact) : repo.Tags.get(module.TagPrefix + v)?.Commit) ?? "missing";
    });
    const [here, blobs] = await Promise.all([
      describe(repo.Git, commits),
      readNamed(repo.Git, commits.map((c) => `${c}:go.mod`)),
    ]);
    return new Set(asked.filter((_, i) => here[i] === null || blobs[i] !== null));
  };
  // With a go.mod in the highest of all no incompatible version is listed (go-rules §7.2-4).
  const highest = versions.at(-1);
  if (highest !== undefined && (await having([highest])).size > 0) return new Set(versions);
  const highestOf = new Map(module.Incompatible.map((v) => [major(v), v]));
  return await having([...versions, ...highestOf.values()]);
}
