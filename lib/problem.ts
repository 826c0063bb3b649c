/**
 * Problems are values: what is wrong, where, and the way out. Only usage
 * errors, interruptions and real failures are thrown.
 *
 * The codes and their levels are the contract of spec/problems.md; a rule
 * never chooses its own level.
 */
import { withoutCredentials } from "./text.ts";

/** "stop" refuses the release (exit 3); "warn" and "note" never do. */
export type Level = "stop" | "warn" | "note";

/** A place in the repository: a path from its root, and a line from 1. */
export interface Where {
  File: string;
  Line?: number;
}

/** One finding. `Accepted` holds the maintainer's reason for letting it through. */
export interface Problem {
  Code: Code;
  Level: Level;
  Text: string;
  Where?: Where;
  Fix?: string;
  Accepted?: string;
}

/** Foreign words at the end of a sentence may have ended it: `private key?.` → `private key?`. */
function sentence(text: string): string {
  return withoutCredentials(text).replace(/([?!])\.$/, "$1");
}

/** What the contract says of a code. */
export interface Kind {
  readonly level: Level;
  /** When `--accept CODE` lets it through: never, always, or if the plan writes no file. */
  readonly accept: "never" | "always" | "writes-nothing";
}

const stop: Kind = { level: "stop", accept: "never" };
const acceptable: Kind = { level: "stop", accept: "always" };
const warn: Kind = { level: "warn", accept: "never" };
const note: Kind = { level: "note", accept: "never" };

const kinds = {
  "not-a-repository": stop,
  "git-missing": stop,
  "no-commit": stop,
  "include-unknown": stop,
  "dirty": { level: "stop", accept: "writes-nothing" },
  "untracked": warn,
  "partly-staged": note,
  "other-module-changed": warn,
  "in-progress": stop,
  "detached-head": stop,
  "shallow": stop,
  "no-remote": stop,
  "remote-unreachable": stop,
  "behind": stop,
  "no-upstream": note,
  "no-identity": stop,
  "unsupported-repository": stop,
  "written-by-git": note,
  "hooks-not-run": note,
  "message-unused": note,
  "locked": stop,
  "config-invalid": stop,
  "branch-not-allowed": acceptable,
  "commands-not-agreed": stop,
  "command-failed": stop,
  "command-failed-behind": warn,
  "unfinished": stop,
  "moved": stop,
  "no-go-mod": stop,
  "go-mod-invalid": stop,
  "module-not-found": stop,
  "path-invalid": stop,
  "path-not-fetchable": acceptable,
  "path-version-mismatch": stop,
  "path-remote-mismatch": warn,
  "version-invalid": stop,
  "version-exists": stop,
  "tag-moved": stop,
  "backport": warn,
  "latest-lower": warn,
  "nothing-to-release": acceptable,
  "no-series": stop,
  "prerelease-lower": stop,
  "major-layout": stop,
  "branch-exists": stop,
  "mention-unknown": stop,
  "old-path-left": note,
  "major-drops": note,
  "old-major-unreleased": warn,
  "build-failed": acceptable,
  "vet-failed": acceptable,
  "not-tidy": acceptable,
  "not-built": note,
  "train-cycle": note,
  "first-release": warn,
  "retract-unknown": stop,
  "retract-reversed": stop,
  "retract-major": stop,
  "retract-covers-itself": stop,
  "retract-reason": stop,
  "retract-already": stop,
  "unretract-unknown": stop,
  "unretract-in-range": stop,
  "deprecate-already": stop,
  "deprecate-none": stop,
  "deprecate-reason": stop,
  "retraction-pending": warn,
  "ships-unreleased": warn,
  "retract-same-code": warn,
  "retract-ineffective": stop,
  "retract-leaves-nothing": acceptable,
  "retraction-dropped": acceptable,
  "deprecation-dropped": acceptable,
  "born-retracted": warn,
  "from-not-ancestor": acceptable,
  "replace-dropped": warn,
  "replace-local": acceptable,
  "zip-invalid": stop,
  "hook-refused": stop,
  "push-refused": stop,
  "protected-branch": stop,
  "proxy-unset": acceptable,
  "proxy-unreachable": acceptable,
  "private-module": note,
  "not-asked": note,
  "not-yet": note,
  "hash-mismatch": stop,
  "failed": stop,
  "plan-invalid": stop,
  "nothing-unfinished": stop,
  "nothing-to-verify": stop,
  "revision-unknown": stop,
  "query-no-match": stop,
  "query-no-current": stop,
  "query-failed": stop,
  "graph-failed": stop,
  "not-required": stop,
  "go-mod-updates": warn,
  "go-too-new": warn,
  "latest-broken": warn,
} as const satisfies Record<string, Kind>;

/** A stable name; programs outside this repository rely on it. */
export type Code = keyof typeof kinds;

/** All codes, in the order of spec/problems.md. */
export const codes = Object.keys(kinds) as Code[];

/** The level of a code, and whether `--accept` lets it through. */
export function kindOf(code: Code): Kind {
  return kinds[code];
}

/** Reports whether text is a problem code. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(kinds, text);
}

/**
 * Makes a problem with the level its code has; `level` only where the table says "else a
 * warning". Whatever a program or a server said in it, no credentials get through.
 */
export function problem(
  code: Code,
  text: string,
  more: { where?: Where; fix?: string; level?: Level } = {},
): Problem {
  return {
    Code: code,
    Level: more.level ?? kinds[code].level,
    Text: sentence(text),
    ...(more.where && { Where: more.where }),
    ...(more.fix && { Fix: more.fix }),
  };
}

/** One `--accept CODE[=REASON]`. */
export interface Acceptance {
  Code: string;
  Reason?: string;
}

/**
 * Marks what the maintainer accepts. A problem that may not be accepted stays
 * as it is, and an acceptance of a problem that does not occur is ignored.
 */
export function accept(
  problems: readonly Problem[],
  acceptances: readonly Acceptance[],
  plan: { writesFiles: boolean },
): Problem[] {
  return problems.map((p) => {
    const given = acceptances.find((a) => a.Code === p.Code);
    const kind: Kind = kinds[p.Code];
    const allowed = kind.accept === "always" ||
      (kind.accept === "writes-nothing" && !plan.writesFiles);
    if (!given || !allowed || p.Level !== "stop") return p;
    return { ...p, Accepted: given.Reason ?? withoutReason };
  });
}

const withoutReason = "accepted without a reason";

/** `accepted: the reason`; without one the words that stand in its place say so. */
export function acceptedWords(reason: string): string {
  return reason === withoutReason ? reason : `accepted: ${reason}`;
}

const said: readonly Code[] = [
  "push-refused",
  "protected-branch",
  "hook-refused",
  "version-exists",
];

/** Reports whether a push that failed with this problem left the remote as it was, and for good. */
export function saidNo(p: Problem): boolean {
  return said.includes(p.Code);
}

/** Reports whether a problem refuses the release. */
export function stops(p: Problem): boolean {
  return p.Level === "stop" && p.Accepted === undefined;
}

/** The command line alone shows that it is wrong: exit 2. */
export class UsageError extends Error {
  override name = "UsageError";
  constructor(message: string, readonly code: string = "usage") {
    super(message);
  }
}

/** A problem stops what was asked for: exit 3, nothing was written. */
export class Refused extends Error {
  override name = "Refused";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.find(stops)?.Text ?? problems[0]?.Text ?? "refused");
  }
}

/** Something that should have worked did not: exit 1. `problems` say what, when that is known. */
export class Failed extends Error {
  override name = "Failed";
  constructor(message: string, readonly problems: readonly Problem[] = []) {
    super(sentence(message));
  }
}
