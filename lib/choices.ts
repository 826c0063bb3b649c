/**
 * Choices: what the maintainer wants, filled by flags and by screens alike.
 * Facts and choices together give the plan (DESIGN.md §5).
 */
import type { Acceptance } from "./problem.ts";

/** The release words that count a version; "auto" takes the advised one. */
export type Bump =
  | "patch"
  | "minor"
  | "major"
  | "prerelease"
  | "release"
  | "auto";

/** One module of the release: its folder from the repository's root ("" is the root). */
export interface ModuleChoice {
  Dir: string;
  Bump?: Bump;
  /** A version named outright, `vX.Y.Z[-pre]`. */
  Version?: string;
  /** Pre-release identifier of `--pre`. */
  Pre?: string;
}

/** A closed interval of versions; a single version has Low = High. */
export interface Interval {
  Low: string;
  High: string;
}

/** What is changed in go.mod besides the version. */
export interface Edit {
  Retract?: Interval[];
  /** Entries of go.mod that are taken out again. */
  Unretract?: Interval[];
  Reason?: string;
  /** The new version is retracted too. */
  Self?: boolean;
  /** The whole module is deprecated, for the Reason. */
  Deprecate?: boolean;
  /** The module's deprecation is taken out again. */
  Undeprecate?: boolean;
}

/** What a release is made for: the code alone, or an edit of go.mod. */
export type Does = "release" | "retract" | "unretract" | "deprecate" | "undeprecate";

export interface Choices {
  Do: Does;
  Modules: ModuleChoice[];
  /**
   * The revision that an edit is released from, so that nothing else ships; absent: HEAD.
   * Not of a plain release.
   */
  From?: string;
  Edit?: Edit;
  /**
   * Changed files that go into the release commit: paths from the repository's root (from the
   * caller's folder while only the command line was read). A deleted file is included as deleted.
   */
  Include: string[];
  /** Name of the remote; absent: what git's configuration says. */
  Remote?: string;
  Push: boolean;
  Messages: { Commit?: string; Tag?: string };
  /** Absent: git's `tag.gpgSign` and `commit.gpgSign`. */
  Sign?: boolean;
  /** The commit message ends with the committer's `Signed-off-by`. */
  Signoff: boolean;
  /** False: none of git's hooks runs. */
  Hooks: boolean;
  /** Milliseconds to wait for the proxy; 0: the proxy is not asked at all. */
  Wait: number;
  Offline: boolean;
  Accept: Acceptance[];
}
