/** What the contract says of each code: its level, and whether `--accept` lets it through. */
import type { Code, Level } from "../../lib/problem.ts";

export interface Kind {
  level: Level;
  accept: "never" | "always" | "writes-nothing";
}

const stop: Kind = { level: "stop", accept: "never" };
const acceptable: Kind = { level: "stop", accept: "always" };
const warn: Kind = { level: "warn", accept: "never" };
const note: Kind = { level: "note", accept: "never" };

/** Every code there is; the type finds one that is missing here. */
export const expected: Readonly<Record<Code, Kind>> = {
  "not-a-repository": stop,
  "git-missing": stop,
  "no-commit": stop,
  "dirty": { level: "stop", accept: "writes-nothing" },
  "untracked": warn,
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
  "locked": stop,
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
  "retract-ineffective": stop,
  "retract-leaves-nothing": acceptable,
  "retraction-dropped": acceptable,
  "replace-dropped": warn,
  "replace-local": acceptable,
  "zip-invalid": stop,
  "hook-refused": stop,
  "push-refused": stop,
  "protected-branch": stop,
  "proxy-unset": acceptable,
  "private-module": note,
  "not-yet": note,
  "hash-mismatch": stop,
  // Further codes of ours.
  "written-by-git": note,
  "include-unknown": stop,
  "hooks-not-run": note,
  "message-unused": note,
  "partly-staged": note,
  "major-not-built": stop,
  "retract-same-code": warn,
  "born-retracted": warn,
  "from-not-ancestor": acceptable,
  "proxy-unreachable": acceptable,
  "not-asked": note,
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
};

/** Codes of a release that has begun already: it stays as it is, and `resume` goes on. */
export const outcomes = [
  "push-refused",
  "protected-branch",
  "hook-refused",
  "not-yet",
  "hash-mismatch",
] as const satisfies readonly Code[];

/** Codes without a case in the tables, and why. */
export const elsewhere: Readonly<Partial<Record<Code, string>>> = {
  "version-invalid": "the command line alone shows it, exit 2: outcomes_test.ts",
  "query-no-match": "commands/query_test.ts",
  "query-no-current": "commands/query_test.ts",
  "query-failed": "commands/query_test.ts",
  "graph-failed": "commands/graph_test.ts",
  "not-required": "commands/graph_test.ts",
  "go-mod-updates": "commands/graph_test.ts",
  "go-too-new": "commands/graph_test.ts",
  "latest-broken": "commands/versions_test.ts",
  "failed": "no rule: what should have worked and did not, in its own words",
};
