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

/**
 * Where a new major lives: "root" turns this folder's module into it, "folder" puts a copy of the
 * module into a folder `vN` and leaves the old major as it is.
 */
export type Layout = "root" | "folder";

/** How a new major is made. */
export interface MajorChoice {
  /** Absent: as the module is laid out already, else "root". */
  Layout?: Layout;
  /** The branch that is made for the old major. */
  Keep?: string;
  /**
   * Mentions of the old path that are rewritten, or left, other than their class would be: names
   * of classes, and paths from the repository's root. A path comes before a class.
   */
  Classes: { Rewrite: string[]; Leave: string[] };
}

/** What a release is made for: the code alone, or an edit of go.mod. */
export type Does = "release" | "retract" | "unretract" | "deprecate" | "undeprecate";

export interface Choices {
  Do: Does;
  /** Several are a train. */
  Modules: ModuleChoice[];
  /**
   * The revision that an edit is released from, so that nothing else ships; absent: HEAD.
   * Not of a plain release.
   */
  From?: string;
  Edit?: Edit;
  /** Absent: nothing was said, which is what matters only where the path changes. */
  Major?: MajorChoice;
  /** True: replacements of siblings that a train drops come back in a commit behind the tagged one. */
  RestoreReplaces: boolean;
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
  /** False: the plan has no `prove` step. */
  Build: boolean;
  /** Milliseconds to wait for the proxy; 0: the proxy is not asked at all. */
  Wait: number;
  Offline: boolean;
  Accept: Acceptance[];
}

/** Reports whether a release may come to another major, and so to another module path. */
export function mayRename({ Do, Modules }: Pick<Choices, "Do" | "Modules">): boolean {
  return Do === "release" &&
    Modules.some(({ Bump }) => Bump !== "patch" && Bump !== "minor" && Bump !== "release");
}
