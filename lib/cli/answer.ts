/** What goes into a command and what comes out of it: the seam between the command line and commands/. */
import type { Advice } from "../advice/advise.ts";
import type { StepNews } from "../apply/account.ts";
import type { Command } from "../config/commands.ts";
import type { Schema } from "../config/schema.ts";
import type { GoSettings } from "../config/goenv.ts";
import type { ModFileJSON } from "../go/modfile/json.ts";
import type { Outcome, Plan } from "../plan/types.ts";
import type { Problem } from "../problem.ts";
import type { Services } from "../services.ts";
import type { VerifyStep } from "../verify/ladder.ts";
import type { Command as Word } from "./commands.ts";
import type { Configured } from "./configured.ts";
import type { FlagName, Flags } from "./flags.ts";

/** A command line, understood. */
export interface Options {
  /** The word as it was typed; a version outright stands for itself. */
  command: string;
  /** The operands behind it. */
  args: string[];
  flags: Flags;
  /** The folder after every `-C`; absolute. */
  cwd: string;
  /** The flags that the command line itself says; absent: that is not known. */
  given?: ReadonlySet<FlagName>;
  /** What `.gorel.toml` says of the flags of all commands; absent where there is none. */
  file?: Configured;
}

/** The document of `gorel next`. */
export type NextDocument = Advice;

/** The document of `gorel status`; what is absent is unknown. */
export interface StatusDocument {
  Modules: {
    Path: string;
    Dir: string;
    Base?: string;
    Highest?: string;
    Latest?: string;
    /** Since Base: commits that touch the module, and files of it that differ. */
    Unreleased?: { Commits: number; Files: number };
    /** Versions that are retracted for users now. */
    Retracted: { Version: string; Rationale: string }[];
  }[];
  Branch?: string;
  Upstream?: { Ahead: number; Behind: number };
  Changed: string[];
  Unfinished?: { Version: string; After: string };
  Problems: Problem[];
}

/** What `gorel status` tells a person of a module besides. */
export interface StatusNotes {
  /** The pre-release that runs. */
  Series?: string;
  /** The history here ends before a release is found. */
  HistoryEnds?: true;
  /** What users are told of the module's deprecation. */
  Deprecated?: string;
  /** Tags at HEAD that are only here, and the command that sends each. */
  Unsent: { Version: string; Command: string }[];
}

/** The document of `gorel versions`, ascending. */
export interface VersionsDocument {
  Module: string;
  Versions: {
    Version: string;
    Time?: string;
    Tag?: string;
    Commit?: string;
    Prerelease: boolean;
    /** The reasons, in the order of go.mod. */
    Retracted?: string[];
    Here: boolean;
    OnRemote: boolean;
    OnProxy: boolean;
  }[];
  Ignored: { Tag: string; Code: string; Reason: string }[];
  Latest?: string;
  Deprecated?: string;
}

/** The document of `gorel hash`. Files and Bytes count the zip's entries. */
export interface HashDocument {
  Path: string;
  Version: string;
  Sum: string;
  GoModSum: string;
  Files: number;
  Bytes: number;
}

/** What one `MODULE@QUERY` resolves to; Retracted and Deprecated do not change the choice. */
export interface Queried {
  Path: string;
  Version: string;
  /** RFC 3339. */
  Time?: string;
  Query: string;
  /** The reasons, in the order of go.mod. */
  Retracted?: string[];
  Deprecated?: string;
}

/** A refused query of several. */
export interface QueryRefused {
  Path: string;
  Query: string;
  Error: { Code: string; Text: string; Problems: Problem[] };
}

/** The document of `gorel query`: an array where several were asked. */
export type QueryDocument = Queried | (Queried | QueryRefused)[];

/** A row of `gorel graph`, in the order of `go list -m all`; the first is the main module. */
export interface GraphRow {
  Path: string;
  /** Absent for the main module. */
  Version?: string;
  Replace?: { Path: string; Version?: string };
}

/** The document of `gorel graph --why MODULE`. */
export interface WhyDocument {
  Path: string;
  /** Absent for the main module. */
  Version?: string;
  /** Who requires it, and which version; the main module has no Version. */
  RequiredBy: { Path: string; Version?: string; Requires: string }[];
}

/** The document of `gorel graph --consumers`. */
export interface ConsumersDocument {
  Module: string;
  /** The coming version; with nothing to release the highest there is, "" for none. */
  Version: string;
  Queries: {
    Query: string;
    /** Null: no version is left; go fails, or takes a commit without a tag. */
    Before: string | null;
    After: string | null;
    /** What go get warns of after the release, and before it: the version is retracted, and why. */
    Warns?: string;
    Warned?: string;
  }[];
  /** What go get prints of the module's deprecation; absent where it never prints any. */
  Deprecated?: { Before?: string; After?: string };
  /** What the plan would be told; one that stops it stops no look. */
  Problems: Problem[];
}

/** The document of `gorel explain`, but of go.mod as a whole. */
export interface ExplainDocument {
  /** As it was asked for. */
  Subject: string;
  Kind:
    | "version"
    | "tag"
    | "commit"
    | "path"
    | "code"
    | "codes"
    | "topic"
    | "topics"
    | "line";
  /** Where a version stands in the life of its module. */
  Stage?: "development" | "v0" | "stable" | "pre-release" | "pseudo";
  /** The version it is to Go, where it is or has one. */
  Version?: string;
  Commit?: string;
  /** Paragraphs in plain words. */
  Text: string[];
  /** Lines of an example: a command, go.mod, what go prints. */
  Example?: string[];
  /** What is listed: codes, topics, the lines of a go.mod. */
  List?: { Name: string; Text: string }[];
  /** Topics that say more. */
  More?: string[];
}

/** The document of `gorel config`. */
export interface ConfigDocument {
  /** From the repository's root; absent where there is none. */
  File?: string;
  /** Null: git or the release itself decides. */
  Values: {
    Key: string;
    Value: string | boolean | readonly string[] | null;
    /** `default`, `GOREL_WAIT`, `.gorel.toml` (with the line), `--remote`. */
    From: string;
    Line?: number;
  }[];
  Accept: { Code: string; Reason: string; Line: number }[];
  Commands?: { Digest: string; Agreed: boolean; Run: Command[] };
  /** What go says, or without it the environment; credentials are taken out. */
  Go: GoSettings;
  Problems: Problem[];
}

/** The document of `gorel check`. */
export interface CheckDocument {
  Version: string;
  Problems: Problem[];
}

/** The document of `gorel verify`. */
export interface VerifyDocument {
  Module: string;
  Version: string;
  State: "published" | "pending" | "failed";
  Steps: VerifyStep[];
  Sum?: string;
  GoModSum?: string;
  Problems: Problem[];
}

/** A step that began or ended, told while it happens. */
export type Progress = StepNews;

interface Documents {
  next: NextDocument;
  status: StatusDocument;
  versions: VersionsDocument;
  hash: HashDocument;
  query: QueryDocument;
  graph: GraphRow[];
  why: WhyDocument;
  consumers: ConsumersDocument;
  explain: ExplainDocument;
  /** `explain go.mod`: the document of `go mod edit -json`, and for people its lines. */
  gomod: ModFileJSON;
  config: ConfigDocument;
  schema: Schema;
  check: CheckDocument;
  verify: VerifyDocument;
}

/**
 * The result of a command. `Exit` absent: what the result itself says (exit.ts).
 * `Problems` of a document that has no such field go to standard error.
 */
export type Answer =
  | {
    Kind: "outcome";
    Outcome: Outcome;
    Exit?: number;
    /** Problems of the plan that a person has read already. */
    Shown?: readonly Problem[];
  }
  | { Kind: "plan"; Plan: Plan }
  | { Kind: "text"; Text: string; Exit?: number }
  | {
    [K in keyof Documents]: {
      Kind: K;
      Document: Documents[K];
      Exit?: number;
      Problems?: readonly Problem[];
      /** Of `status`: a module each. */
      Notes?: readonly StatusNotes[];
      /** Of `explain`: what people read below it. */
      Below?: string;
      /** Of `gomod`: what people read instead of the document. */
      Explained?: ExplainDocument;
      /** Of `versions`: those whose tag names another commit here than on the remote. */
      Moved?: readonly string[];
    };
  }[keyof Documents];

/** One file of commands/. */
export interface CommandModule {
  run(options: Options, services: Services, signal: AbortSignal): Promise<Answer>;
}

/** Imports the file of commands/ that carries a command out; "home" is no word at all on a terminal. */
export type Load = (command: Word | "home") => Promise<CommandModule>;
