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
  Reason?: string;
  /** The new version is retracted too. */
  Self?: boolean;
  /** The whole module is deprecated, for the Reason. */
  Deprecate?: boolean;
}

export interface Choices {
  Do: "release" | "retract" | "deprecate";
  Modules: ModuleChoice[];
  /**
   * The revision that an edit is released from, so that nothing else ships; absent: HEAD.
   * Not of a plain release.
   */
  From?: string;
  Edit?: Edit;
  /** Name of the remote; absent: what git's configuration says. */
  Remote?: string;
  Push: boolean;
  Messages: { Commit?: string; Tag?: string };
  /** Absent: git's `tag.gpgSign` and `commit.gpgSign`. */
  Sign?: boolean;
  Hooks: boolean;
  /** Milliseconds to wait for the proxy; 0: the proxy is not asked at all. */
  Wait: number;
  Offline: boolean;
  Accept: Acceptance[];
}
