/**
 * The checklist as data: which checks exist, in which group they stand, which problems are
 * theirs, and how what was found good is said.
 */
import { firstOrAnew } from "../../../advice/first.ts";
import { showInterval } from "../../../checks/retract.ts";
import type { Choices } from "../../../choices.ts";
import { type Facts, isBeside, known, type ModuleFacts } from "../../../facts/types.ts";
import { retractions } from "../../../go/retract.ts";
import { major } from "../../../go/semver.ts";
import type { Plan } from "../../../plan/types.ts";
import type { Code, Problem } from "../../../problem.ts";
import { clean, count } from "../../../text.ts";
import { howWords } from "../review/how.ts";

export type Group = "Repository" | "Module" | "Users" | "Publishing";

/** What a check's words are made of; the plan is there once nothing stops it. */
export interface Seen {
  readonly Facts: Facts;
  readonly Module: ModuleFacts;
  readonly Draft: Choices;
  readonly Version: string;
  readonly Plan?: Plan;
}

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
  readonly For?: (draft: Choices) => boolean;
  /** Looked at last, so only where nothing else stops. */
  readonly Last?: true;
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
  "major-not-built",
  "revision-unknown",
  "failed",
]);

/** What no check looks at yet, for the last row. */
export const unchecked = "API, go build, vet, test: gorel cannot yet";

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
    Good: ({ Facts, Draft }) => howWords(Facts, Draft),
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
    Good: ({ Module: { PathMajor }, Version }) =>
      PathMajor === ""
        ? `go.mod parses; its path fits ${Version}`
        : `go.mod parses; its path ends in ${PathMajor} and fits ${Version}`,
  },
  {
    Group: "Module",
    Name: "the version among the others",
    Codes: [
      ...["version-invalid", "version-exists", "tag-moved", "major-not-built"] as const,
      ...["backport", "latest-lower", "latest-broken", "no-series", "prerelease-lower"] as const,
    ],
    Good: free,
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

function standing({ Facts, Draft }: Seen): string | null {
  const remote = known(Facts.Remote);
  const { Branch, Upstream } = Facts.Repo;
  if (!remote) return Draft.Push ? null : "nothing is pushed, so no remote is needed";
  const name = clean(remote.Name);
  if (Branch === undefined) return `HEAD is no branch: only the tag goes to ${name}`;
  const branch = clean(Branch);
  if (!Upstream) return `on ${branch}; ${name} answers`;
  const there = `${name}/${clean(Upstream.Ref.replace(/^refs\/heads\//, ""))}`;
  switch (Upstream.Standing) {
    case "level":
      return `on ${branch}, level with ${there}`;
    case "ahead": {
      const n = Upstream.Ahead === undefined ? "" : `${Upstream.Ahead} `;
      return `on ${branch}, ${n}ahead of ${there}${Draft.Push ? "; they go with it" : ""}`;
    }
    case "new":
      return `on ${branch}, which is not on ${name} yet`;
    default:
      return null;
  }
}

function uncommitted({ Facts: { Repo }, Draft }: Seen): string | null {
  if (Draft.Include.length > 0) return "nothing else is uncommitted";
  return Repo.Changed.length + Repo.Untracked.length === 0 ? "nothing uncommitted" : null;
}

function free({ Facts, Module, Version, Plan }: Seen): string {
  const tag = clean(Module.TagPrefix + Version);
  if (Plan && !Plan.Steps.some((step) => step.Do === "tag")) {
    return `tag ${tag} is at HEAD already, and goes as it is`;
  }
  const remote = known(Facts.Remote);
  const proxied = known(Facts.Proxy)?.Kind === "list" ? ", unknown to the proxy" : "";
  return `tag ${tag} is free here${remote ? ` and on ${clean(remote.Name)}` : ""}${proxied}`;
}

function content({ Facts, Module, Draft }: Seen): string | null {
  if (isBeside(Facts.Repo)) return `the code of ${clean(Draft.From ?? "")}, and the edit of go.mod`;
  const since = known(Module.Commits);
  const included = Facts.Repo.Included?.Files.length ?? 0;
  const edit = (included > 0 ? `, ${count(included, "file")} that nobody committed` : "") +
    (Draft.Do === "release" ? "" : ", and the edit of go.mod");
  if (!Module.Base) return `everything: ${firstOrAnew(Module)}${edit}`;
  if (!since) return null;
  const { Commits, Files } = since;
  return `${count(Commits.length, "commit")} since ${Module.Base.Version}, ${
    count(Files.length, "file")
  }${edit}`;
}

function latest({ Plan, Version }: Seen): string | null {
  if (!Plan) return null;
  const { LatestBefore, Latest } = Plan.Releases[0]!.Expect;
  if (Latest === undefined) return "@latest gives nothing";
  if (LatestBefore === undefined) return `@latest will give ${Latest}`;
  return Latest === LatestBefore
    ? `@latest stays ${Latest}${Latest === Version ? "" : `; ${Version} is got by name`}`
    : `@latest moves from ${LatestBefore} to ${Latest}`;
}

function edits({ Module, Draft, Version }: Seen): string {
  const { Retract = [], Unretract = [], Self } = Draft.Edit ?? {};
  if (Draft.Do === "deprecate") return "the module is deprecated with it";
  if (Draft.Do === "undeprecate") return "the module's deprecation is taken back";
  if (Draft.Do === "unretract") {
    return `it takes the retraction of ${clean(Unretract.map(showInterval).join(", "))} back`;
  }
  if (Draft.Do === "retract") {
    const all = [...Retract.map(showInterval), ...(Self ? [Version] : [])].join(", ");
    return `it retracts ${clean(all)}`;
  }
  const old = Module.Versions.filter((v) =>
    retractions(Module.GoMod.Mod.Retract, v.Version) !== null
  ).map((v) => v.Version);
  if (old.length === 0) return "nothing is retracted";
  return old.length > 3
    ? `${old.length} versions of ${major(Version)} stay retracted`
    : `${old.join(", ")} ${old.length === 1 ? "stays" : "stay"} retracted`;
}

function proxy({ Facts, Draft }: Seen): string | null {
  const part = known(Facts.Proxy);
  if (!part) return null;
  if (!Draft.Push || Draft.Wait === 0) return "the proxy is not asked after this release";
  switch (part.Kind) {
    case "list":
      return "the module proxy answers, and will prove the release";
    case "direct":
      return "no proxy is in between: the remote proves the release";
    default:
      return null;
  }
}
