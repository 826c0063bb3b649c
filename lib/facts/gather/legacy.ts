/** Versions from before modules: what has no go.mod, and what Go calls `+incompatible` (go-rules §7.2, §9.2). */
import { decode, encode } from "../../text.ts";
import { describe } from "../../git/catfile.ts";
import { readNamed } from "../../git/named.ts";
import type { Repository } from "../../git/repository.ts";
import { tagVersion } from "../../go/module.ts";
import { highestOfMajors, madeUpGoMod } from "../../go/versions.ts";
import { known, type Part, type RemoteFacts, type RepoFacts, type VersionFact } from "../types.ts";
import { commitOf } from "../versions.ts";
import type { Seen, Versioned } from "./latest.ts";

/** A version's go.mod as the proxy has it; null where it has none to give. */
export async function goModOnProxy(
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
export async function askHighest(
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
export function incompatible(
  { Repo: repo, Remote: remote, Proxy: proxy }: Seen,
  module: Versioned,
  version: string,
): VersionFact {
  const tag = module.TagPrefix + tagVersion(version);
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
export async function withoutGoMod(
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
  return await lacking([...versions, ...highestOfMajors(Incompatible)]);
}

/**
 * The version whose tag holds no commit, where go looks into it to see which `+incompatible`
 * versions there are: then it lists none at all (go-rules §14-11). Null where all is well.
 */
export async function unlistable(
  { Repo: repo, Remote: remote }: Seen,
  { Incompatible, TagPrefix }: Versioned,
  versions: readonly string[],
  without: readonly string[],
): Promise<string | null> {
  if (Incompatible.length === 0) return null;
  const highest = versions.at(-1);
  const asked = [...highest === undefined ? [] : [highest], ...highestOfMajors(Incompatible)];
  const commits = asked.map((v) => commitOfTag(repo, remote, TagPrefix + v) ?? "missing");
  const found = await describe(repo.Git, commits);
  const wrong = asked.findIndex((_, i) => found[i] && found[i].Type !== "commit");
  if (wrong < 0) return null;
  // A go.mod in the highest of all ends the search.
  const ends = wrong > 0 && highest !== undefined && !without.includes(highest);
  return ends ? null : asked[wrong]!;
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
