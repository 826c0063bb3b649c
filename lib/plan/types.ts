/**
 * The plan: a JSON value that says every byte that will change and every ref
 * that will move (DESIGN.md §4). The same facts and choices give the same bytes.
 */
import type { Command } from "../config/commands.ts";
import type { Problem } from "../problem.ts";

export interface Expect {
  /** `h1:` of the module zip. */
  Sum: string;
  /** `h1:` of go.mod. */
  GoModSum: string;
  /** What `M@latest` gives before, and after, as Go works it out. */
  LatestBefore?: string;
  Latest?: string;
}

export interface PlannedRelease {
  Module: string;
  NewModule?: string;
  Dir: string;
  Base?: string;
  Version: string;
  TagName: string;
  /** The root tree of the commit that will be tagged. */
  Tree: string;
  Expect: Expect;
}

/** A change of bytes; `At` counts bytes of what was there before. */
export interface ByteEdit {
  At: number;
  Old: string;
  New: string;
}

export interface WriteStep {
  Id: string;
  Do: "write";
  /** The Id of the commit step this file goes into. */
  In: string;
  File: string;
  Mode: string;
  /** Blob ids; null: not there. */
  Before: string | null;
  After: string | null;
  Text?: string;
  Edits?: ByteEdit[];
  Base64?: string;
  /** What lies in the work tree, where that is neither Before nor After: an included file that is edited. */
  Here?: string;
}

export interface CommitStep {
  Id: string;
  Do: "commit";
  /** Object ids, or the Ids of the steps that make the objects. */
  Parents: string[];
  Tree: string;
  Message: string;
  Sign: boolean;
}

export interface BranchStep {
  Id: string;
  Do: "branch";
  Name: string;
  /** Null: the branch is new. */
  From: string | null;
  /** An object id, or the Id of the step that makes the object. */
  To: string;
}

export interface TagStep {
  Id: string;
  Do: "tag";
  Name: string;
  Of: string;
  Message: string;
  Sign: boolean;
}

export interface PushRef {
  /** The full ref on the remote. */
  Name: string;
  From: string | null;
  To: string;
}

export interface PushStep {
  Id: string;
  Do: "push";
  Remote: string;
  Refs: PushRef[];
  Atomic: true;
}

export interface MarkStep {
  Id: string;
  /** `line` is the point of no return. */
  Do: "line" | "ask-proxy" | "verify";
}

export interface ProveStep {
  Id: string;
  Do: "prove";
  Run: "tidy" | "build" | "vet" | "test" | "rehearse";
}

export type Step =
  | WriteStep
  | CommitStep
  | BranchStep
  | TagStep
  | PushStep
  | MarkStep
  | ProveStep;

export interface Plan {
  Format: 1;
  Releases: PlannedRelease[];
  Base: { Commit: string; Branch?: string; Tree: string };
  Problems: Problem[];
  Steps: Step[];
  /** All commands of `.gorel.toml`, in its order; those run whose step is in the plan. Absent: none. */
  Commands?: Command[];
}

export type OutcomeState =
  | "nothing"
  | "stopped"
  | "undone"
  | "local"
  | "waiting-merge"
  | "pushed"
  | "published"
  | "failed";

export interface OutcomeStep {
  Id: string;
  Do: string;
  State: "done" | "waiting" | "failed" | "skipped" | "not-asked" | "undone";
  Detail?: string;
  Ms?: number;
}

/** How a release ended: the document of every release word, apply, resume, undo and demo. */
export interface Outcome {
  State: OutcomeState;
  Releases: { Module: string; Version: string; TagName: string; Sum: string; GoModSum: string }[];
  Commit?: string;
  Steps: OutcomeStep[];
  Problems: Problem[];
  /** The command that goes on. */
  Next?: string;
}
