/**
 * Facts: what the world says, read before anything is decided. Local facts are
 * always there; each slow part (remote, proxy, commits, API) is a Part that
 * says why it is missing when it is.
 */
import type { Problem } from "../problem.ts";
import type { ReleaseConfig } from "../config/file.ts";
import type { GoSettings } from "../config/goenv.ts";
import type { Config } from "../git/config.ts";
import type { CommitHook } from "../git/hooks.ts";
import type { Commit } from "../git/log.ts";
import type { Doing } from "../git/status.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import type { ModFile } from "../go/modfile/mod.ts";
import type { IgnoredTag } from "../go/versions.ts";

/** Something that is asked for separately, and may not have an answer. */
export type Part<T> =
  | { State: "asking" | "skipped"; Why: string }
  | { State: "failed"; Why: string; Problem?: Problem }
  | { State: "known"; Value: T };

/** A tag: the id it holds, and the id it peels to. */
export interface TagFact {
  Oid: string;
  Commit: string;
}

/** The branch on the remote that `git push` would move, and where it stands. */
export interface Upstream {
  Remote: string;
  /** The full ref on the remote. */
  Ref: string;
  /** Its commit there; absent when the branch is new. */
  Oid?: string;
  Standing: "level" | "ahead" | "behind" | "diverged" | "new";
  /** Commits only here, and only there; absent where they cannot be counted. */
  Ahead?: number;
  Behind?: number;
  /** True when the remote's branch holds HEAD, so that it need not be pushed. */
  HasHead: boolean;
}

/** A revision that a release is made from, and whether HEAD has it in its history. */
export interface From {
  /** As it was asked for. */
  Rev: string;
  /** Always of a commit. */
  Snapshot: Snapshot;
  InHead: boolean;
  /** Folders of the modules at HEAD, which is what lies in the work tree. */
  HeadModules: string[];
}

/** A changed file of the work tree that goes into the release commit, as `git add` would store it. */
export interface IncludedFile {
  /** From the root. */
  Path: string;
  /** Of the file as it will be; of one that goes away, as it was. */
  Mode: string;
  /** Blob ids at HEAD and in the release commit; null: not there. */
  Before: string | null;
  After: string | null;
  /** The bytes of After. */
  Bytes: Uint8Array | null;
  /** True where the index holds neither what HEAD has nor what lies in the work tree. */
  PartlyStaged: boolean;
}

export interface Included {
  /** In git's order. */
  Files: IncludedFile[];
  /** What was named and cannot be included. */
  Problems: Problem[];
}

export interface RepoFacts {
  Git: Repository;
  Root: string;
  GitDir: string;
  CommonDir: string;
  /** Short name; absent on a detached HEAD. */
  Branch?: string;
  /** Absent while HEAD has no commit. */
  Head?: Snapshot;
  /**
   * Short names of the branches that have HEAD in their history, here and as the remote's were last
   * fetched; only where HEAD is no branch, and `.gorel.toml` says which are allowed.
   */
  Holding?: string[];
  /** The revision that was asked for instead of HEAD; the modules are as they are there. */
  From?: From;
  Upstream?: Upstream;
  /** Paths from the root with a change that is not committed. */
  Changed: string[];
  /** Those of them that are submodules, which only a commit of the maintainer's own moves. */
  Submodules: string[];
  Untracked: string[];
  /** The changed files that were asked for; absent when none were. */
  Included?: Included;
  Doing?: Doing;
  /** Lock files that exist, as paths from the git directory. */
  Locks: string[];
  Shallow: boolean;
  /** Hooks of `git commit` and `git merge` that this repository has. */
  Hooks: CommitHook[];
  /** Whether it has a hook of `git push`; absent when it was not asked for. */
  PushHook?: boolean;
  Config: Config;
  /** Absent when it was not asked for; a problem when git has no name or e-mail. */
  Identity?: Problem | null;
  /** Who would commit; absent when it was not asked for, and when git does not know. */
  Committer?: { Name: string; Email: string };
  Signing: { Tag: boolean; Commit: boolean };
  /** Tags here by short name. */
  Tags: ReadonlyMap<string, TagFact>;
}

/** The remote's refs, peeled where they are annotated tags. */
export interface RemoteFacts {
  Name: string;
  /** Without credentials. */
  Url: string;
  Refs: ReadonlyMap<string, string>;
  Tags: ReadonlyMap<string, TagFact>;
  /** The commit of its HEAD. */
  Head?: string;
  /** Why no push there can be all or nothing, if so: it has several URLs, and the first was asked. */
  Several?: Problem;
}

export interface ProxyFacts {
  /** "none": GOPROXY unset or off. "private" and "direct": the remote answers instead. */
  Kind: "list" | "direct" | "private" | "none";
  /** What the list says; empty for every other kind. */
  Versions: string[];
  /** The proxy's URL without credentials, or why there is none. */
  From: string;
}

/** One version of a module, and where it is known. */
export interface VersionFact {
  Version: string;
  /** Short tag name. */
  Tag: string;
  Here?: TagFact;
  OnRemote?: TagFact;
  OnProxy: boolean;
}

/** What `@latest` and its go.mod say to users now. */
export interface LatestFacts {
  /** What `M@latest` gives; null when nothing matches. */
  Latest: string | null;
  /** The version whose go.mod retractions and deprecation are read from. */
  Source: string | null;
  /** The version that Go would choose and then refuses, so that Latest is null (go-rules §7.2-5). */
  Refused?: string;
  /** Why it does, in Go's words. */
  Reason?: string;
  /** The tip of the default branch, which `M@latest` gives where no version is left; where it was asked for. */
  Tip?: { Version: string; GoMod?: ModFile };
  /** The highest version that is published and that the proxy does not list yet, where that is another `@latest`. */
  Ahead?: string;
  /** That go.mod; absent when there is no source or it could not be read. */
  GoMod?: ModFile;
  /** Versions and v2+ tags without a go.mod, where they make Go list `+incompatible` ones (go-rules §7.2-4). */
  WithoutGoMod?: string[];
  /** The versions with `+incompatible` that Go lists, ascending; absent where there are none. */
  Incompatible?: VersionFact[];
}

export interface Commits {
  Commits: Commit[];
  Files: string[];
}

export interface ModuleFacts {
  Path: string;
  /** The module's folder from the repository's root; "" is the root. */
  Dir: string;
  TagPrefix: string;
  /** `/v2`, `.v3` or "". */
  PathMajor: string;
  /**
   * go.mod at HEAD, or as it is included; with `Repo.From` that of the revision, as is all that
   * counts from a commit.
   */
  GoMod: { File: string; Oid: string; Bytes: Uint8Array; Mod: ModFile };
  /** With `Repo.From`: HEAD's go.mod in the same folder; absent where it has none of this path. */
  HeadGoMod?: ModuleFacts["GoMod"];
  /** Folders of the modules inside this one, from the repository's root. */
  Nested: string[];
  /** Ascending; only those that fit the path. */
  Versions: VersionFact[];
  /** Tags v2 and up of a module without /vN. */
  Incompatible: string[];
  /** The versions with `+incompatible` that the proxy lists, whatever their tags hold now; ascending. */
  IncompatibleOnProxy: string[];
  /** Those of the tags that Go refuses, for their commit has a go.mod; known where a release is asked for. */
  NotIncompatible?: string[];
  Ignored: IgnoredTag[];
  /** The path of the next major, and what the proxy lists of it; where that was asked for. */
  NextMajor?: { Path: string; OnProxy: string[] };
  /** The folder of the next major's module, where the commit has one: no new major is made then. */
  NextDir?: string;
  /** Highest release reachable from HEAD. */
  Base?: VersionFact;
  /** Highest pre-release above Base reachable from HEAD. */
  Series?: VersionFact;
  /** The highest such pre-release of each number that a bump of Base can give, and Series; ascending. */
  Running: VersionFact[];
  /** The history here is shallow and ends before a release is found, though there is or may be one. */
  HistoryEnds?: true;
  /** Highest release anywhere. */
  Highest?: VersionFact;
  /** Versions whose tag peels to HEAD. */
  AtHead: VersionFact[];
  /** Commits since Base that touch the module, and the files of it that differ. */
  Commits: Part<Commits>;
  /** Files of the module that differ from Series. */
  SinceSeries: Part<string[]>;
  /** go.mod at Base. */
  BaseGoMod?: ModFile;
  Latest: Part<LatestFacts>;
  /** What the proxy says of this module, where each of several was asked about. */
  Proxy?: Part<ProxyFacts>;
}

export interface Unfinished {
  Version: string;
  Module: string;
  TagName: string;
  /** The last step that was done, in words. */
  After: string;
  /** True once the version is out: pushed by gorel, or found on the remote. */
  Pushed: boolean;
  /** True once gorel's own push was done: what is left of it moves nothing. */
  Sent: boolean;
}

export interface Facts {
  Repo: RepoFacts;
  Modules: ModuleFacts[];
  /** Problems with go.mod files and with finding the module, for the module asked about. */
  Problems: Problem[];
  Remote: Part<RemoteFacts>;
  Proxy: Part<ProxyFacts>;
  Go: Part<GoSettings>;
  /** What `.gorel.toml` says of releases; absent where there is none, or it was not asked for. */
  Config?: ReleaseConfig;
  Unfinished: Unfinished[];
}

/** The commit that a release starts from: HEAD, or the revision that was asked for. */
export function startOf({ Head, From }: Pick<RepoFacts, "Head" | "From">): Snapshot {
  return From?.Snapshot ?? Head!;
}

/** Reports whether the release starts beside the branch, which then needs a merge of it. */
export function isBeside({ Head, From }: Pick<RepoFacts, "Head" | "From">): boolean {
  return From !== undefined && From.Snapshot.Commit !== Head?.Commit;
}

/** The value of a part, or undefined while there is none. */
export function known<T>(part: Part<T>): T | undefined {
  return part.State === "known" ? part.Value : undefined;
}
