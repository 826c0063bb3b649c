/**
 * The checklist as data: which checks exist, in which group they stand, which problems are
 * theirs, and how what was found good is said.
 */
import type { Choices } from "../../../choices.ts";
import type { Code, Problem } from "../../../problem.ts";
import { clean } from "../../../text.ts";
import { howWords } from "../review/how.ts";
import {
  configured,
  content,
  edits,
  free,
  isProvable,
  isProven,
  latest,
  proofLine,
  proxy,
  rewritten,
  type Seen,
  standing,
  uncommitted,
} from "./good.ts";

export type Group = "Repository" | "Module" | "Users" | "Publishing";

export interface CheckRow {
  readonly Group: Group;
  /** What is looked at: shown until it was, and where the facts have no words for it. */
  readonly Name: string;
  /** The problems that stand in its place. */
  readonly Codes: readonly Code[];
  /** Which of the problems with a shared code are its own. */
  readonly Takes?: (problem: Problem) => boolean;
  /** What was found good; null where the facts in hand do not say. */
  readonly Good: (seen: Seen) => string | null;
  /** False: there is nothing to look at in such a release. */
  readonly For?: (draft: Choices, seen?: Seen) => boolean;
  /** Looked at last, so only where nothing else stops. */
  readonly Last?: true;
  /** Looked at when the release is carried out: never found good here. */
  readonly Later?: true;
}

/** After these nothing else was looked at: they stand alone, and nothing is said to be good. */
export const early: ReadonlySet<Code> = new Set([
  "not-a-repository",
  "git-missing",
  "no-commit",
  "no-go-mod",
  "module-not-found",
  "path-version-mismatch",
  "no-series",
  "prerelease-lower",
  "major-layout",
  "branch-exists",
  "mention-unknown",
  "revision-unknown",
  "config-invalid",
  "failed",
]);

/** Reports whether the release has a commit of its own: an edit, files that go in, a new path, a train. */
export function writesFiles({ Do, Include, Modules }: Choices, newPath: boolean): boolean {
  return Do !== "release" || Include.length > 0 || newPath || Modules.length > 1;
}

/** What no check looks at yet, for the last row; what is built, is built when it starts. */
export function unchecked(draft: Choices, seen?: Seen): string {
  return isProvable(draft, seen)
    ? "API, go test: gorel cannot yet"
    : "API, go build, vet, test: gorel cannot yet";
}

export const checks: readonly CheckRow[] = [
  {
    Group: "Repository",
    Name: "merges, locks, unfinished releases",
    Codes: [
      "in-progress",
      "unfinished",
      "locked",
      "unsupported-repository",
      "written-by-git",
      "no-identity",
      "detached-head",
      "not-a-repository",
      "git-missing",
      "no-commit",
      "moved",
      "failed",
    ],
    Good: ({ Facts: { Unfinished } }) =>
      Unfinished.length === 0 ? "nothing under way, no lock, git knows your name" : null,
  },
  {
    Group: "Repository",
    Name: "the branch here and on the remote",
    Codes: ["behind", "no-upstream", "no-remote", "remote-unreachable", "not-asked"],
    Takes: ({ Code, Text }) => Code !== "not-asked" || Text.startsWith("The remote "),
    Good: standing,
  },
  {
    Group: "Repository",
    Name: "uncommitted files",
    Codes: ["dirty", "untracked", "other-module-changed", "include-unknown", "partly-staged"],
    Good: uncommitted,
  },
  {
    Group: "Repository",
    Name: "hooks, signatures, sign-off",
    Codes: ["hooks-not-run", "message-unused"],
    Good: ({ Facts, Draft, NewModule }) =>
      howWords(Facts, Draft, writesFiles(Draft, NewModule !== undefined)),
  },
  {
    Group: "Repository",
    Name: ".gorel.toml",
    Codes: ["config-invalid", "branch-not-allowed", "commands-not-agreed"],
    For: (_, seen) => seen?.Facts.Config !== undefined,
    Good: configured,
  },
  {
    Group: "Repository",
    Name: "the history back to the last release",
    Codes: ["shallow", "revision-unknown"],
    Good: ({ Module: { Base }, Facts: { Repo } }) =>
      Base
        ? `the history reaches back to ${Base.Version}`
        : Repo.Shallow
        ? "the version is named, so nothing is counted"
        : "the whole history is here",
  },
  {
    Group: "Repository",
    Name: "the revision it is made from",
    Codes: ["from-not-ancestor"],
    For: ({ From }) => From !== undefined,
    Good: ({ Draft, Facts: { Repo } }) =>
      `made from ${clean(Draft.From ?? "")}, which ${
        clean(Repo.Branch ?? "HEAD")
      } has in its history`,
  },
  {
    Group: "Module",
    Name: "go.mod and the module path",
    Codes: [
      "go-mod-invalid",
      "no-go-mod",
      "module-not-found",
      "path-invalid",
      "path-not-fetchable",
      "path-version-mismatch",
      "path-remote-mismatch",
      "replace-dropped",
      "replace-local",
    ],
    Good: ({ Module: { PathMajor }, Version, NewModule }) =>
      NewModule !== undefined
        ? `go.mod parses; ${Version} is released as ${clean(NewModule)}`
        : PathMajor === ""
        ? `go.mod parses; its path fits ${Version}`
        : `go.mod parses; its path ends in ${PathMajor} and fits ${Version}`,
  },
  {
    Group: "Module",
    Name: "the version among the others",
    Codes: [
      ...["version-invalid", "version-exists", "tag-moved"] as const,
      ...[
        "first-release",
        "backport",
        "latest-lower",
        "latest-broken",
        "no-series",
        "prerelease-lower",
      ] as const,
    ],
    Good: free,
  },
  {
    Group: "Module",
    Name: "the rewrite to the new path",
    Codes: [
      ...["major-layout", "branch-exists", "mention-unknown"] as const,
      ...["major-drops", "old-major-unreleased", "old-path-left"] as const,
    ],
    For: (_, seen) => seen?.NewModule !== undefined,
    Good: rewritten,
  },
  {
    Group: "Module",
    Name: "requirements among the modules",
    Codes: ["train-cycle"],
    For: ({ Modules }) => Modules.length > 1,
    Good: () => "no two of the modules require each other in a circle",
  },
  {
    Group: "Module",
    Name: "go mod tidy, build and vet",
    Codes: ["build-failed", "vet-failed", "not-tidy", "not-built"],
    For: isProvable,
    Later: true,
    Good: ({ Plan, Draft }) => Plan && isProven(Plan) ? proofLine(Plan, Draft) : null,
  },
  {
    Group: "Module",
    Name: "what is in it",
    Codes: ["nothing-to-release"],
    Good: content,
  },
  {
    Group: "Module",
    Name: "the module zip and its hash",
    Codes: ["zip-invalid"],
    Last: true,
    Good: ({ Plan }) => Plan ? `zip hash ${Plan.Releases[0]!.Expect.Sum}` : null,
  },
  {
    Group: "Users",
    Name: "what @latest gives",
    Codes: ["retract-ineffective", "retract-leaves-nothing"],
    Good: latest,
  },
  {
    Group: "Users",
    Name: "retractions and deprecation",
    Codes: [
      "retraction-pending",
      "retraction-dropped",
      "deprecation-dropped",
      "born-retracted",
      "retract-same-code",
      "ships-unreleased",
      "retract-unknown",
      "retract-reversed",
      "retract-major",
      "retract-covers-itself",
      "retract-reason",
      "retract-already",
      "unretract-unknown",
      "unretract-in-range",
      "deprecate-already",
      "deprecate-none",
      "deprecate-reason",
    ],
    Good: edits,
  },
  {
    Group: "Publishing",
    Name: "the module proxy",
    Codes: ["proxy-unset", "proxy-unreachable", "private-module", "not-asked"],
    Takes: ({ Code, Text }) => Code !== "not-asked" || !Text.startsWith("The remote "),
    Good: proxy,
  },
];
