/**
 * Reads the facts: first what is here, then what has to be asked for. Only this
 * file and its folder touch the world in this room. Nothing is fetched or written.
 */
import { join, resolve } from "node:path";
import type { Problem } from "../problem.ts";
import { problem } from "../problem.ts";
import type { Services } from "../services.ts";
import { goSettings } from "../config/goenv.ts";
import { type Config, identity, readConfig } from "../git/config.ts";
import { readHead } from "../git/head.ts";
import { readNamed } from "../git/named.ts";
import { readTags } from "../git/refs.ts";
import { git, openRepository, type Repository } from "../git/repository.ts";
import { doing, lockFiles, status } from "../git/status.ts";
import { treeSnapshot } from "../git/tree.ts";
import { decode } from "../text.ts";
import { progress, readJournals } from "../journal/journal.ts";
import { choose, dirOf, isReleasable } from "./modules.ts";
import { askProxy, askRemote, upstreamOf } from "./gather/remote.ts";
import { type Found, moduleAt, withHistory, withVersions } from "./gather/module.ts";
import type { Facts, ModuleFacts, Part, ProxyFacts, RemoteFacts, RepoFacts } from "./types.ts";

/** What is asked for. What is not wanted is skipped, and says so. */
export interface Ask {
  /** Absolute; where the caller stands. */
  Dir: string;
  /** A module's folder from there, or its path. */
  Module?: string;
  /** All releasable modules instead of one. */
  All?: boolean;
  Remote?: string;
  /** Why neither the remote nor the proxy is asked; absent: they are. */
  Offline?: string;
  /** Why the proxy is not asked; absent: it is. */
  NoProxy?: string;
  /** Work tree, identity and locks: what a release needs and a query does not. */
  Release?: boolean;
  Status?: boolean;
  /** Where the branch stands on the remote. */
  Branch?: boolean;
}

/** Gathers everything that is asked for. Problems when there is no repository, commit or module to speak of. */
export async function gather(services: Services, ask: Ask): Promise<Facts | Problem[]> {
  const repo = await openRepository(services, ask.Dir);
  if ("Code" in repo) return [repo];
  if (repo.Bare) {
    return [
      problem(
        "unsupported-repository",
        "This is a bare repository: it has no work tree to release from.",
        {
          fix: "release from a clone of it",
        },
      ),
    ];
  }
  const [here, go] = await Promise.all([
    local(repo, ask),
    ask.Offline || ask.NoProxy ? null : goSettings(services, ask.Dir),
  ]);
  if (Array.isArray(here)) return here;
  const { Repo, Found, Mods } = here;

  const remotePart = ask.Offline
    ? skipped<RemoteFacts>(ask.Offline)
    : askRemote(repo, Repo.Config, Repo.Branch, ask.Remote);
  const noProxy = ask.Offline ?? ask.NoProxy;
  const chosen = Found[0]!;
  const proxyPart = noProxy !== undefined || go === null
    ? skipped<ProxyFacts>(noProxy ?? "not needed")
    : askProxy(services, go, chosen.Path);
  const [remote, proxy] = await Promise.all([remotePart, proxyPart]);
  const upstream = ask.Release || ask.Status || ask.Branch
    ? await upstreamOf(repo, Repo, remote, ask.Remote)
    : undefined;

  const modules: ModuleFacts[] = [];
  for (const found of Found) {
    const versions = withVersions(found, Mods, Repo.Tags, remote, found === chosen ? proxy : null);
    modules.push(
      await withHistory(services, Repo, versions, remote, proxy, go, ask.Status ?? false),
    );
  }
  return {
    Repo: { ...Repo, ...(upstream && { Upstream: upstream }) },
    Modules: modules,
    Problems: chosen.Problems,
    Remote: remote,
    Proxy: proxy,
    Go: go ? { State: "known", Value: go } : { State: "skipped", Why: noProxy ?? "not needed" },
    Unfinished: unfinished(repo),
  };
}

function skipped<T>(why: string): Part<T> {
  return { State: "skipped", Why: why };
}

interface Local {
  Repo: RepoFacts;
  /** The modules asked about; the chosen one first. */
  Found: Found[];
  /** Folders of all go.mod files. */
  Mods: string[];
}

async function local(repo: Repository, ask: Ask): Promise<Local | Problem[]> {
  const [head, tags, config, paths, work, ident] = await Promise.all([
    readHead(repo),
    readTags(repo),
    readConfig(repo),
    goModPaths(repo),
    ask.Release || ask.Status ? status(repo) : null,
    ask.Release ? identity(repo) : null,
  ]);
  if (head.Commit === undefined || head.Tree === undefined) {
    return [problem("no-commit", "HEAD has no commit yet, so there is nothing to release.", {
      fix: "git add and git commit first",
    })];
  }
  const blobs = await readNamed(repo, paths.map((p) => `${head.Commit}:${p}`));
  const found = paths.flatMap((path, i): Found[] => {
    const blob = blobs[i];
    return blob ? [moduleAt(path, blob)] : [];
  });
  const chosen = choose(found, ask.Module, repo.Prefix);
  if ("Code" in chosen) {
    if (!ask.All || found.length === 0) return [uncommitted(chosen, paths, ask)];
  }
  const modules = ask.All && ask.Module === undefined
    ? found.filter((m) => isReleasable(m.Dir)).sort((a, b) => a.Dir < b.Dir ? -1 : 1)
    : "Code" in chosen
    ? []
    : [chosen];
  if (modules.length === 0) return "Code" in chosen ? [chosen] : [];
  const doingNow = await doing(repo);
  return {
    Repo: {
      Git: repo,
      Root: repo.Root,
      GitDir: repo.GitDir,
      CommonDir: repo.CommonDir,
      ...(head.Branch !== undefined && { Branch: head.Branch }),
      Head: treeSnapshot(repo, head.Tree, head.Commit),
      Changed: work?.Changed.map((c) => c.Path) ?? [],
      Untracked: work?.Untracked ?? [],
      ...(doingNow && { Doing: doingNow }),
      Locks: ask.Release ? await lockFiles(repo, head.Branch) : [],
      Shallow: repo.Shallow,
      Hooks: ask.Release ? await commitHooks(repo, config) : [],
      ...unsupported(repo),
      Config: config,
      Signing: signing(config),
      Identity: ident && "Code" in ident ? ident : null,
      Tags: tags,
    },
    Found: modules,
    Mods: found.map((m) => m.Dir),
  };
}

/** A go.mod that lies in the work tree only is the usual reason why a commit has none. */
function uncommitted(chosen: Problem, paths: readonly string[], ask: Ask): Problem {
  const path = paths.find((p) => dirOf(p) === (ask.Module ?? "")) ?? paths[0];
  if (chosen.Code !== "no-go-mod" || path === undefined) return chosen;
  return problem(
    "no-go-mod",
    `${path} is not in the commit at HEAD: the tag would hold no module.`,
    {
      where: { File: path },
      fix: `git add ${path}, then commit it`,
    },
  );
}

/** The go.mod files git knows of, from the index: reading the whole tree would cost more. */
async function goModPaths(repo: Repository): Promise<string[]> {
  const result = await git(repo, [
    "ls-files",
    "-z",
    "--full-name",
    "--",
    ":(top)go.mod",
    ":(top,glob)**/go.mod",
  ], { env: { GIT_LITERAL_PATHSPECS: undefined } });
  const paths = decode(result.Stdout).split("\0").filter((p) => p !== "");
  return [...new Set(paths)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function signing(config: Config): RepoFacts["Signing"] {
  return {
    Tag: config.bool("tag.gpgSign") ?? false,
    Commit: config.bool("commit.gpgSign") ?? false,
  };
}

/** Executable hooks that `git commit` would run. */
async function commitHooks(repo: Repository, config: Config): Promise<string[]> {
  const folder = resolve(repo.Root, config.get("core.hooksPath") ?? join(repo.CommonDir, "hooks"));
  const found = await Promise.all(["pre-commit", "commit-msg"].map(async (name) => {
    const info = await Deno.stat(join(folder, name)).catch(() => null);
    return info?.isFile && ((info.mode ?? 0o111) & 0o111) !== 0 ? [name] : [];
  }));
  return found.flat();
}

function unsupported(repo: Repository): { Unsupported?: string } {
  if (repo.RefFormat === "reftable") return { Unsupported: "its refs are kept in a reftable" };
  if (repo.ObjectFormat !== "sha1") return { Unsupported: `its objects are ${repo.ObjectFormat}` };
  return {};
}

function unfinished(repo: Repository): Facts["Unfinished"] {
  return readJournals(repo.CommonDir).map((record) => ({
    Version: record.Header.Version,
    Module: record.Header.Module,
    TagName: record.Header.TagName,
    ...progress(record),
  }));
}
