/**
 * The whole state of the screens as one value. `update` makes the next one out of it and a
 * message; nothing else holds state, so a key always acts on what is highlighted.
 */
import type { Stopping } from "../cli/exit.ts";
import type { Style } from "../cli/style.ts";
import type { VerifyDocument } from "../cli/answer.ts";
import type { Choices } from "../choices.ts";
import type { StepNews } from "../apply/account.ts";
import type { Command } from "../config/commands.ts";
import type { Facts } from "../facts/types.ts";
import type { Outcome, Plan } from "../plan/types.ts";
import type { Problem } from "../problem.ts";
import type { Action } from "./keys.ts";
import type { ChangeScreen } from "./screens/change.ts";
import type { DeprecateScreen } from "./screens/deprecate.ts";
import type { DoneScreen } from "./screens/done.ts";
import type { ApplyingScreen } from "./screens/applying.ts";
import type { GuidedScreen } from "./screens/guided.ts";
import type { HomeScreen } from "./screens/home.ts";
import type { IncludeScreen } from "./screens/include.ts";
import type { MajorScreen } from "./screens/major.ts";
import type { Found } from "./screens/major/found.ts";
import type { ModulesScreen } from "./screens/modules.ts";
import type { PreflightScreen } from "./screens/preflight.ts";
import type { ProofScreen } from "./screens/proof.ts";
import type { RetractScreen } from "./screens/retract.ts";
import type { ReviewScreen } from "./screens/review.ts";
import type { TrainScreen } from "./screens/train.ts";
import type { Agreement, Blobs, Planning } from "./planning.ts";
import type { UnfinishedScreen } from "./screens/unfinished.ts";
import type { UnretractScreen } from "./screens/unretract.ts";
import type { VersionScreen } from "./screens/version.ts";
import type { VersionsScreen } from "./screens/versions.ts";

export type { Agreement, Blobs, Planning } from "./planning.ts";

/** One screen and its own state. `Row` is the highlighted one of what can be chosen. */
export type Screen =
  | HomeScreen
  | ModulesScreen
  | TrainScreen
  | ChangeScreen
  | VersionScreen
  | RetractScreen
  | UnretractScreen
  | DeprecateScreen
  | IncludeScreen
  | MajorScreen
  | GuidedScreen
  | PreflightScreen
  | ReviewScreen
  | ApplyingScreen
  | ProofScreen
  | DoneScreen
  | VersionsScreen
  | UnfinishedScreen;

export type ScreenName = Screen["Name"];

export interface Size {
  readonly Columns: number;
  readonly Rows: number;
}

/** A text that is being typed; `At` counts UTF-16 units, and stands between two letters. */
export interface Field {
  readonly Text: string;
  readonly At: number;
}

/** What is being carried out or proven, from its first step to its outcome. */
export interface Run {
  readonly Of: "apply" | "resume" | "undo" | "verify";
  /** Absent for `verify` and `undo`, and until a resumed release has been found. */
  readonly Plan?: Plan;
  readonly Version: string;
  /** Of a release that was begun before: no two of a repository share it. */
  readonly TagName?: string;
  readonly Began: number;
  /** The newest word on each step and rung, in the order they were first heard of. */
  readonly Steps: readonly StepNews[];
  /** What programs and servers said, oldest first; not cleaned. */
  readonly Output: readonly string[];
  /** How often it was asked to stop. */
  readonly Stopping: number;
  readonly Signal?: Stopping;
  readonly Outcome?: Outcome;
  readonly Verified?: VerifyDocument;
  /** A failure that left no outcome. */
  readonly Failed?: { readonly Text: string; readonly Problems: readonly Problem[] };
  readonly Ended?: number;
}

/** A file that is not as HEAD has it. */
export interface ChangedFile {
  /** From the root. */
  readonly Path: string;
  /**
   * Against HEAD; "new": git does not know it, "forgotten": only the index lacks it,
   * "repository": one inside this one.
   */
  readonly How: "modified" | "added" | "deleted" | "new" | "forgotten" | "repository";
  readonly Binary?: true;
  /** Lines that came and went, of a text that git knows. */
  readonly Plus?: number;
  readonly Minus?: number;
}

export interface Model {
  readonly Size: Size;
  readonly Style: Style;
  /** Questions on plain lines: a screen is told as a whole, and no window cuts it. */
  readonly Plain?: true;
  /** False: no spinner. */
  readonly Motion: boolean;
  /** Milliseconds since 1970, as the last tick said. */
  readonly Now: number;
  /** The `-C` of the command line: the shown commands need them too. */
  readonly Chdir: readonly string[];
  /** What was done last since the screens were opened, as plain lines. */
  readonly Past: readonly string[];
  /** The sandbox: nothing leaves this machine. */
  readonly Sandbox: boolean;
  /** Facts of all modules; local ones first (`Whole` false), then with remote and proxy. */
  readonly Facts?: Facts;
  readonly Whole: boolean;
  /** Since when facts are being read; absent while nobody reads. */
  readonly Asking?: number;
  /** Why there are no facts. */
  readonly Lost?: readonly Problem[];
  /** The module's folder from the repository's root; facts may have several modules. */
  readonly Dir?: string;
  /** The maintainer said that this module is meant: chosen, named, or stood in. */
  readonly Picked?: true;
  /** Times of versions, in seconds since 1970. */
  readonly Times: ReadonlyMap<string, number>;
  /** What flags said about every release: where it goes, messages, signing, waiting. */
  readonly Given: Choices;
  /** What a command asks for that is typed without flags, where a file or the environment say it. */
  readonly Unsaid?: readonly Choices[];
  /** What the screens have filled in so far; what flags would give too. */
  readonly Draft: Choices;
  readonly Planning?: Planning;
  /** How many plans were asked for: an answer to an older question is not listened to. */
  readonly Tickets: number;
  readonly Run?: Run;
  /** Bottom first; the last one is shown. Never empty. */
  readonly Screens: readonly Screen[];
  /** The screen that asks what a command left open, once there are facts to ask about. */
  readonly Opens?: "retract" | "unretract" | "deprecate" | "major";
  readonly Over?: { readonly Name: "help" | "warnings" | "command"; readonly Top: number };
  /** One sentence about the last key, until the next one. */
  readonly Note?: string;
}

/** One key press, as the terminal sent it. */
export interface Press {
  readonly Key:
    | "up"
    | "down"
    | "left"
    | "right"
    | "enter"
    | "esc"
    | "tab"
    | "backtab"
    | "home"
    | "end"
    | "pgup"
    | "pgdn"
    | "backspace"
    | "delete"
    | "char";
  /** Of "char": one letter as people see it. */
  readonly Char?: string;
  readonly Ctrl?: boolean;
}

/** What the world answers to an effect. */
export type News =
  /** Dir: the folder of the module that the maintainer stands in, or named. */
  | {
    readonly Is: "facts";
    readonly Facts: Facts;
    readonly Whole: boolean;
    readonly Dir?: string;
    /** Of a train that the command line named, in its order. */
    readonly Dirs?: readonly string[];
  }
  | { readonly Is: "lost"; readonly Problems: readonly Problem[] }
  /** What counts for every release, where the file that says it was broken until now. */
  | { readonly Is: "defaults"; readonly Given: Choices; readonly Unsaid: readonly Choices[] }
  | { readonly Is: "times"; readonly Times: ReadonlyMap<string, number> }
  | {
    readonly Is: "planned";
    readonly Ticket: number;
    readonly Plan: Plan;
    readonly Facts: Facts;
    readonly Before?: Blobs;
    readonly Agreement?: Agreement;
  }
  /** The commands of the plan of that ticket were agreed to, and that is remembered. */
  | { readonly Is: "agreed"; readonly Ticket: number }
  | { readonly Is: "changes"; readonly Files: readonly ChangedFile[] }
  | { readonly Is: "mentions"; readonly Ticket: number; readonly Found: Found }
  | { readonly Is: "refused"; readonly Ticket: number; readonly Problems: readonly Problem[] }
  | { readonly Is: "nothing"; readonly Ticket: number; readonly Why: string }
  /** The plan that a resumed release was begun with. */
  | { readonly Is: "goes-on"; readonly Plan: Plan }
  | { readonly Is: "step"; readonly Step: StepNews }
  | { readonly Is: "output"; readonly Text: string }
  | { readonly Is: "outcome"; readonly Outcome: Outcome }
  | { readonly Is: "verified"; readonly Document: VerifyDocument }
  /** An effect that could not be done; only one that runs a release, or its proof, ends that run. */
  | {
    readonly Is: "failed";
    readonly Of?: Effect["Do"];
    readonly Text: string;
    readonly Problems: readonly Problem[];
  }
  /** What was to be carried out is not what was reviewed any more; nothing was begun. */
  | {
    readonly Is: "moved";
    readonly Now: Extract<News, { Is: "planned" | "refused" | "nothing" }>;
  }
  /** Text null: the editor was left without a change, and why. */
  | {
    readonly Is: "edited";
    readonly What: Edited;
    readonly Text: string | null;
    readonly Why?: string;
  }
  | { readonly Is: "diff"; readonly Of: string; readonly Lines: readonly string[] }
  | { readonly Is: "saved"; readonly Path: string }
  | { readonly Is: "note"; readonly Text: string };

export type Edited = "reason" | "commit-message" | "tag-message" | "go.mod";

export type Message =
  | { readonly Is: "press"; readonly Press: Press }
  /** Pasted text: never a command. */
  | { readonly Is: "paste"; readonly Text: string }
  /** Plain questions: the row of that number, or the words for the field. */
  | { readonly Is: "pick"; readonly Row: number }
  /** Several numbers at once. */
  | { readonly Is: "picks"; readonly Rows: readonly number[] }
  | { readonly Is: "at"; readonly Row: number }
  | { readonly Is: "answer"; readonly Text: string }
  | { readonly Is: "do"; readonly Action: Action }
  | { readonly Is: "size"; readonly Size: Size }
  | { readonly Is: "tick"; readonly Now: number }
  | { readonly Is: "signal"; readonly Name: Stopping }
  | News;

/** What the shell is asked to do; it answers with News. */
export type Effect =
  /** Of all modules; the proxy is asked of the one in this folder, or of those of a train. */
  | {
    readonly Do: "gather";
    readonly Dir?: string;
    readonly Dirs?: readonly string[];
    /** As it is at that revision, where the module may have another path. */
    readonly From?: string;
  }
  | { readonly Do: "times"; readonly Dir?: string }
  | { readonly Do: "plan"; readonly Ticket: number; readonly Choices: Choices }
  /** What is not committed. */
  | { readonly Do: "changes" }
  /** Every mention of the old path of a new major. */
  | {
    readonly Do: "mentions";
    readonly Ticket: number;
    readonly Choices: Choices;
    readonly Dir?: string;
  }
  /** Remembers that exactly these commands, of the plan of that ticket, were agreed to. */
  | {
    readonly Do: "agree";
    readonly Ticket: number;
    readonly Commands: readonly Command[];
    readonly CommonDir: string;
  }
  | { readonly Do: "apply"; readonly Plan: Plan; readonly Facts: Facts; readonly Choices: Choices }
  | { readonly Do: "resume"; readonly Version: string; readonly TagName: string }
  | { readonly Do: "undo" }
  | { readonly Do: "verify"; readonly Version: string; readonly Dir?: string }
  /** Asks what runs to stop after its step. */
  | { readonly Do: "stop" }
  | { readonly Do: "edit"; readonly What: Edited; readonly Text: string }
  | { readonly Do: "diff"; readonly Of: string; readonly From: string; readonly Dir?: string }
  | { readonly Do: "copy"; readonly Text: string }
  | { readonly Do: "save"; readonly Plan: Plan }
  | { readonly Do: "suspend" }
  | { readonly Do: "redraw" }
  /** Leaves: the exit code, and the plain lines that stay in the shell. */
  | { readonly Do: "exit"; readonly Code: number; readonly Lines: readonly string[] };

/** The next model, and what is to be done. */
export type Turn = readonly [Model, readonly Effect[]];
