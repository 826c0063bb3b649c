/**
 * Reads the facts: first what is here, then what has to be asked for. Only this
 * file and its folder touch the world in this room. Nothing is fetched or written.
 */
import type { Problem } from "../problem.ts";
import type { Services } from "../services.ts";
import { readConfig, releaseConfig } from "../config/file.ts";
import { goSettings } from "../config/goenv.ts";
import { type Config, type Ident, identity } from "../git/config.ts";
import { findHooks, hasPushHook } from "../git/hooks.ts";
import { changedBehind } from "../git/hidden.ts";
import { incomplete } from "../git/failure.ts";
import type { Repository } from "../git/repository.ts";
import { doing, lockFiles, status } from "../git/status.ts";
import { treeSnapshot } from "../git/tree.ts";
import { begunIn, progress, readJournals } from "../journal/journal.ts";
import { dirOf, goModOf, nextDir, type Place } from "./modules.ts";
import { startAt } from "./gather/from.ts";
import { type Here, look } from "./gather/here.ts";
import { meant } from "./gather/meant.ts";
import { askProxy, askRemote, upstreamOf } from "./gather/remote.ts";
import {
  type Found,
  moduleAt,
  withHistory,
  withoutHistory,
  withVersions,
} from "./gather/module.ts";
import type {
  Facts,
  IncludedFile,
  ModuleFacts,
  Part,
  ProxyFacts,
  RemoteFacts,
  RepoFacts,
} from "./types.ts";
import { together } from "../git/together.ts";

/** A file as it will be in the release commit; without Bytes it goes away. */
export type PlannedFile = Pick<IncludedFile, "Path" | "After" | "Bytes">;

/** What is asked for. What is not wanted is skipped, and says so. */
export interface Ask {
  /** Absolute; where the caller stands. */
  Dir: string;
  /** A module's folder from there, or its path. */
  Module?: string;
  /** Several modules, each a folder or a path; the proxy is asked about every one of them. */
  Modules?: readonly string[];
  /** All releasable modules instead of one. */
  All?: boolean;
  Remote?: string;
  /** The revision that the module is looked at instead of HEAD: a version of it, or any that git knows. */
  From?: string;
  /** Changed files that go into the release commit: paths from the repository's root. */
  Include?: readonly string[];
  /** What a plan writes into its commit, where that is known already. */
  Writes?: readonly PlannedFile[];
  /** Why neither the remote nor the proxy is asked; absent: they are. */
  Offline?: string;
  /** Why the proxy is not asked; absent: it is. */
  NoProxy?: string;
  /** Work tree, identity and locks: what a release needs and a query does not. */
  Release?: boolean;
  /** The release may be one of the next major: the proxy is asked about its path too. */
  NextMajor?: boolean;
  Status?: boolean;
  /** Where the branch stands on the remote. */
  Branch?: boolean;
  /** `@latest` as users' go gives it now: by what the proxy lists, and without any version the tip. */
  ForUsers?: boolean;
  /** A module that HEAD does not have is looked for in tags and branches, by its path. */
  Elsewhere?: boolean;
  /** Only versions and what `@latest` is are wanted, not what happened since the last release. */
  NoHistory?: boolean;
}

/** Modules that are looked at together: each has git read the history several times. */
const modulesAtATime = 3;

/** Gathers everything that is asked for. Problems when there is no repository, commit or module to speak of. */
export async function gather(services: Services, ask: Ask): Promise<Facts | Problem[]> {
  try {
    return await gathered(services, ask);
  } catch (error) {
    const problems = incomplete(error);
    if (problems) return problems;
    throw error;
  }
}

async function gathered(services: Services, ask: Ask): Promise<Facts | Problem[]> {
  const around = await look(services, ask.Dir);
  if (Array.isArray(around)) return around;
  const repo = around.Git;
  const [here, go, config] = await together([
    local(around, ask),
    ask.Offline || ask.NoProxy ? null : goSettings(services, ask.Dir),
    ask.Release ? readConfig(repo.Root) : null,
  ]);
  if (Array.isArray(config)) return config;
  if (Array.isArray(here)) return here;
  const { Repo, Found, Mods, Places } = here;

  const remotePart = ask.Offline
    ? skipped<RemoteFacts>(ask.Offline)
    : askRemote(repo, Repo.Config, Repo.Branch, ask.Remote);
  const noProxy = ask.Offline ?? ask.NoProxy;
  const chosen = Found[0]!;
  const asks = (found: Found) =>
    noProxy !== undefined || go === null
      ? skipped<ProxyFacts>(noProxy ?? "not needed")
      : askProxy(services, go, found.Path);
  const [remote, proxy] = await together([remotePart, asks(chosen)]);
  const upstream = ask.Release || ask.Status || ask.Branch
    ? await upstreamOf(repo, Repo, remote, ask.Remote)
    : undefined;
  const holding = config?.Settings.has("branches")
    ? await holdingOf(repo, Repo, ask.Remote)
    : undefined;

  const modules: ModuleFacts[] = [];
  const waiting = Found.entries();
  const work = async () => {
    for (const [i, found] of waiting) {
      const own = found === chosen ? proxy : ask.Modules ? await asks(found) : null;
      const module = withVersions(found, Mods, Repo.Tags, remote, own);
      const asked = { Remote: remote, Proxy: own ?? proxy, Go: go, Release: ask.Release ?? false };
      const seen = {
        Services: services,
        Repo,
        ...asked,
        NextMajor: ask.NextMajor ?? false,
        ForUsers: ask.ForUsers ?? false,
      };
      const facts = ask.NoHistory
        ? await withoutHistory(seen, module)
        : await withHistory(seen, module, ask.Status ?? false);
      const next = nextDir(facts, Places);
      modules[i] = {
        ...facts,
        ...(next !== undefined && { NextDir: next }),
        ...(ask.Modules && own && { Proxy: own }),
      };
    }
  };
  await together(Array.from({ length: modulesAtATime }, work));
  return {
    Repo: {
      ...Repo,
      ...(upstream && { Upstream: upstream }),
      ...(holding && { Holding: holding }),
    },
    Modules: modules,
    Problems: ask.Modules ? Found.flatMap((found) => found.Problems) : chosen.Problems,
    Remote: remote,
    Proxy: proxy,
    Go: go ? { State: "known", Value: go } : { State: "skipped", Why: noProxy ?? "not needed" },
    ...(config && { Config: releaseConfig(config) }),
    Unfinished: unfinished(repo, Repo, remote),
  };
}

/** The branches that have HEAD; undefined where it is one itself, or has no commit. */
async function holdingOf(
  repo: Repository,
  { Branch, Head, Config }: Pick<RepoFacts, "Branch" | "Head" | "Config">,
  wanted: string | undefined,
): Promise<string[] | undefined> {
  if (Branch !== undefined || Head?.Commit === undefined) return undefined;
  const { branchesWith } = await (import("./gather/holding.ts" as string) as Promise<
    typeof import("./gather/holding.ts")
  >);
  return await branchesWith(repo, Head.Commit, Config, wanted);
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
  /** Every module of HEAD. */
  Places: readonly Place[];
}

async function local(here: Here, ask: Ask): Promise<Local | Problem[]> {
  const { Git: repo, Head: head, Tags: tags, Config: config } = here;
  const files = treeSnapshot(repo, head.Tree, head.Commit);
  const early = ask.Include?.length ? await status(repo) : null;
  // Whoever only looks needs nothing of what adding a file takes.
  const included = early &&
    await (await import("./gather/include.ts")).readIncluded(repo, files, early, ask.Include!);
  const goMods = withPlanned(here.GoMods, included?.Files ?? ask.Writes ?? []);
  const found = goMods.flatMap(({ File, Blob }) => Blob ? [moduleAt(File, Blob)] : []);
  const start = ask.From === undefined ? null : await startAt(here, ask.From, found, ask.Module);
  if (Array.isArray(start)) return start;
  const modules = start ? [start.Found] : await meant(here, found, ask);
  if ("Code" in modules) return [...included?.Problems ?? [], modules];
  const [work, behind, ident, doingNow] = await together([
    early ?? (ask.Release || ask.Status ? status(repo) : null),
    ask.Release || ask.Status ? changedBehind(repo, here.Hidden) : [],
    ask.Release ? identity(repo) : null,
    doing(repo),
  ]);
  return {
    Repo: {
      Git: repo,
      Root: repo.Root,
      GitDir: repo.GitDir,
      CommonDir: repo.CommonDir,
      ...(head.Branch !== undefined && { Branch: head.Branch }),
      Head: files,
      ...(start && { From: start.From }),
      Changed: [...work?.Changed.map((c) => c.Path) ?? [], ...behind],
      Submodules: work?.Changed.flatMap((c) => c.Submodule ? [c.Path] : []) ?? [],
      Untracked: work?.Untracked ?? [],
      ...(included && { Included: included }),
      ...(doingNow && { Doing: doingNow }),
      Locks: ask.Release ? await lockFiles(repo, head.Branch) : [],
      Shallow: repo.Shallow,
      Hooks: ask.Release ? await findHooks(repo, config) : [],
      ...(ask.Release && { PushHook: await hasPushHook(repo, config) }),
      Config: config,
      Signing: signing(config),
      Identity: ident && "Code" in ident ? ident : null,
      ...(ident && "Committer" in ident && { Committer: nameOf(ident.Committer) }),
      Tags: tags,
    },
    Found: modules,
    Mods: start?.Mods ?? found.map((m) => m.Dir),
    Places: found,
  };
}

function signing(config: Config): RepoFacts["Signing"] {
  return {
    Tag: config.bool("tag.gpgSign") ?? false,
    Commit: config.bool("commit.gpgSign") ?? false,
  };
}

function nameOf({ Name, Email }: Ident): Pick<Ident, "Name" | "Email"> {
  return { Name, Email };
}

/** The go.mod files of the commit, as what is planned makes them: that is what will be tagged. */
function withPlanned(goMods: Here["GoMods"], files: readonly PlannedFile[]): Here["GoMods"] {
  const planned = new Map(
    files.filter((file) => file.Path === goModOf(dirOf(file.Path))).map((file) => [file.Path, {
      File: file.Path,
      Blob: file.Bytes && { Oid: file.After!, Bytes: file.Bytes },
    }]),
  );
  const rest = goMods.filter(({ File }) => !planned.has(File));
  return planned.size === 0
    ? goMods
    : [...rest, ...planned.values()].sort((a, b) => a.File.length - b.File.length);
}

/** Releases that were begun. One whose very tags the remote has is out, whoever pushed them. */
function unfinished(
  repo: Repository,
  { Tags }: RepoFacts,
  remote: Part<RemoteFacts>,
): Facts["Unfinished"] {
  return readJournals(repo.CommonDir).map((record) => {
    const { TagName, Version, Module } = record.Header;
    const { After, Pushed } = progress(record);
    const there = remote.State === "known" ? remote.Value.Tags : undefined;
    const out = begunIn(record).every(({ TagName: tag }) => {
      const oid = there?.get(tag)?.Oid;
      return oid !== undefined && oid === Tags.get(tag)?.Oid;
    });
    return { Version, Module, TagName, After, Pushed: Pushed || out, Sent: Pushed };
  });
}
