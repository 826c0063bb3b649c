/** The slow parts: the remote, the proxy, and where the branch stands on the remote. */
import type { Services } from "../../services.ts";
import type { GoSettings } from "../../config/goenv.ts";
import type { Config } from "../../git/config.ts";
import { aheadBehind } from "../../git/ahead.ts";
import { describe } from "../../git/catfile.ts";
import { isAncestor } from "../../git/log.ts";
import { lsRemote, remoteName, severalUrls } from "../../git/remote.ts";
import type { Repository } from "../../git/repository.ts";
import { notThere, refusalText } from "../../proxy/answer.ts";
import { isPrivate, parseProxyList, shownUrl } from "../../proxy/list.ts";
import type { Part, ProxyFacts, RemoteFacts, RepoFacts, TagFact, Upstream } from "../types.ts";

/** Looks at the remote with `ls-remote`; nothing is fetched. */
export async function askRemote(
  repo: Repository,
  config: Config,
  branch: string | undefined,
  wanted: string | undefined,
): Promise<Part<RemoteFacts>> {
  const named = remoteName(config, branch, wanted);
  if ("Code" in named) return { State: "failed", Why: named.Text, Problem: named };
  const listed = await lsRemote(repo, named.Name, { config });
  if ("Code" in listed) return { State: "failed", Why: listed.Text, Problem: listed };
  const tags = new Map<string, TagFact>();
  for (const [ref, oid] of listed.Refs) {
    if (!ref.startsWith("refs/tags/")) continue;
    tags.set(ref.slice("refs/tags/".length), { Oid: oid, Commit: listed.Peeled.get(ref) ?? oid });
  }
  const several = severalUrls(config, named.Name);
  return {
    State: "known",
    Value: {
      Name: named.Name,
      Url: named.Url,
      Refs: listed.Refs,
      Tags: tags,
      ...(listed.Head !== undefined && { Head: listed.Head }),
      ...(several && { Several: several }),
    },
  };
}

/**
 * Asks the proxy's list, which names no version and so leaves no trace of the
 * coming one (go-rules §6.5). A private module and GOPROXY=direct have none.
 */
export async function askProxy(
  services: Services,
  settings: GoSettings,
  path: string,
): Promise<Part<ProxyFacts>> {
  const none = (Kind: ProxyFacts["Kind"], From: string): Part<ProxyFacts> => ({
    State: "known",
    Value: { Kind, Versions: [], From },
  });
  if (isPrivate(settings, path)) return none("private", "GOPRIVATE or GONOPROXY covers it");
  if (settings.GOPROXY === undefined) return none("none", "GOPROXY is not set");
  const list = parseProxyList(settings.GOPROXY);
  if ("Error" in list) return { State: "failed", Why: list.Error };
  if (list.Entries[0]?.Kind === "off") return none("none", "GOPROXY=off");
  if (list.Entries[0]?.Kind === "direct") return none("direct", "GOPROXY=direct");
  const { proxyClient } = await import("../../proxy/client.ts");
  const answer = await proxyClient(services, settings, path).list();
  const from = shownUrl(list.Entries[0]?.Url ?? "");
  if (answer.State === "ok") {
    return { State: "known", Value: { Kind: "list", Versions: answer.Value, From: answer.From } };
  }
  const unseen = answer.State === "direct" || answer.State === "off" || notThere(answer);
  return unseen
    ? { State: "known", Value: { Kind: "list", Versions: [], From: from } }
    : { State: "failed", Why: refusalText(answer) };
}

/** Where the branch stands on the remote: as the remote says, else as the last fetch left it. */
export async function upstreamOf(
  repo: Repository,
  facts: Pick<RepoFacts, "Branch" | "Head" | "Config">,
  remote: Part<RemoteFacts>,
  wanted: string | undefined,
): Promise<Upstream | undefined> {
  const { Branch, Config } = facts;
  const head = facts.Head?.Commit;
  if (Branch === undefined || head === undefined) return undefined;
  const name = remote.State === "known"
    ? remote.Value.Name
    : remoteOf(remoteName(Config, Branch, wanted));
  if (name === undefined) return undefined;
  const merge = Config.get(`branch.${Branch}.remote`) === name
    ? Config.get(`branch.${Branch}.merge`)
    : undefined;
  const ref = merge?.startsWith("refs/heads/") ? merge : `refs/heads/${Branch}`;
  const oid = remote.State === "known"
    ? remote.Value.Refs.get(ref)
    : (await describe(repo, [`refs/remotes/${name}/${ref.slice("refs/heads/".length)}`]))[0]?.Oid;
  const base = { Remote: name, Ref: ref };
  if (oid === undefined) return { ...base, Standing: "new", HasHead: false };
  if (oid === head) {
    return { ...base, Oid: oid, Standing: "level", Ahead: 0, Behind: 0, HasHead: true };
  }
  const apart = await aheadBehind(repo, head, oid);
  if (apart === null) {
    // What the remote has is not here: it cannot be counted, and HEAD does not hold it.
    return {
      ...base,
      Oid: oid,
      Standing: "behind",
      HasHead: await remoteHolds(repo, remote, head) ||
        (repo.Shallow && await fetched(repo, base, head)),
    };
  }
  const standing = apart.Behind === 0 ? "ahead" : apart.Ahead === 0 ? "behind" : "diverged";
  return {
    ...base,
    Oid: oid,
    Standing: standing,
    Ahead: apart.Ahead,
    Behind: apart.Behind,
    HasHead: apart.Ahead === 0,
  };
}

function remoteOf(named: ReturnType<typeof remoteName>): string | undefined {
  return "Code" in named ? undefined : named.Name;
}

/**
 * The last fetch brought the commit with the branch. That counts in a shallow clone, which cannot
 * simply be brought up to date: a CI system fetches one commit, and the branch goes on meanwhile.
 */
async function fetched(
  repo: Repository,
  { Remote, Ref }: Pick<Upstream, "Remote" | "Ref">,
  commit: string,
): Promise<boolean> {
  const [tip] = await describe(repo, [
    `refs/remotes/${Remote}/${Ref.slice("refs/heads/".length)}`,
  ]);
  return tip !== undefined && tip !== null && await isAncestor(repo, commit, tip.Oid) === true;
}

/** Some ref of the remote that is known here holds the commit. */
async function remoteHolds(
  repo: Repository,
  remote: Part<RemoteFacts>,
  commit: string,
): Promise<boolean> {
  if (remote.State !== "known") return false;
  for (const [ref, oid] of remote.Value.Refs) {
    if (oid === commit) return true;
    if (ref.startsWith("refs/heads/") && await isAncestor(repo, commit, oid)) return true;
  }
  return false;
}
