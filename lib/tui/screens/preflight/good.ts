/** How what was found good is said: null where the facts in hand do not say. */
import { firstOrAnew } from "../../../advice/first.ts";
import { showInterval } from "../../../checks/retract.ts";
import type { Choices } from "../../../choices.ts";
import { type Facts, isBeside, known, type ModuleFacts } from "../../../facts/types.ts";
import { retractions } from "../../../go/retract.ts";
import { major } from "../../../go/semver.ts";
import type { Plan } from "../../../plan/types.ts";
import type { Code } from "../../../problem.ts";
import { clean, count } from "../../../text.ts";
import { runsIn } from "../../commands.ts";
import { proofWords } from "../review/steps.ts";

/** What a check's words are made of; the plan is there once nothing stops it. */
export interface Seen {
  readonly Facts: Facts;
  readonly Module: ModuleFacts;
  readonly Draft: Choices;
  readonly Version: string;
  /** The path that a new major needs. */
  readonly NewModule?: string;
  readonly Plan?: Plan;
}

/** Where the branch stands beside that on the remote. */
export function standing({ Facts, Draft }: Seen): string | null {
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

/** What lies in the work tree. */
export function uncommitted({ Facts: { Repo }, Draft }: Seen): string | null {
  if (Draft.Include.length > 0) return "nothing else is uncommitted";
  return Repo.Changed.length + Repo.Untracked.length === 0 ? "nothing uncommitted" : null;
}

/** The version is free. */
export function free({ Facts, Module, Version, Plan }: Seen): string {
  const tag = clean(Module.TagPrefix + Version);
  if (Plan && !Plan.Steps.some((step) => step.Do === "tag")) {
    return `tag ${tag} is at HEAD already, and goes as it is`;
  }
  const remote = known(Facts.Remote);
  const proxied = known(Facts.Proxy)?.Kind === "list" ? ", unknown to the proxy" : "";
  return `tag ${tag} is free here${remote ? ` and on ${clean(remote.Name)}` : ""}${proxied}`;
}

/** Reports whether a plan has a proof, which comes before anything is written. */
export function isProven({ Steps }: Plan): boolean {
  return Steps.some((step) => step.Do === "prove");
}

/** Reports whether the release is one whose files a proof is about: a new path, or a train. */
export function isProvable({ Modules }: Choices, seen?: Partial<Seen>): boolean {
  const ahead = Modules.length > 1 || seen?.NewModule !== undefined;
  return seen?.Plan === undefined ? ahead : ahead || isProven(seen.Plan);
}

/** What the proof runs, and what of it was accepted. */
export function proofLine({ Steps }: Plan, { Accept }: Choices): string {
  const codes: readonly Code[] = ["not-tidy", "build-failed", "vet-failed"];
  const accepted = codes.filter((code) => Accept.some((a) => a.Code === code));
  const more = accepted.length === 0 ? "" : `; ${accepted.join(", ")} accepted`;
  return `${proofWords(Steps)} run before anything is written${more}`;
}

/** What a new path changes. */
export function rewritten({ Plan, NewModule = "" }: Seen): string | null {
  if (!Plan) return null;
  const files = Plan.Steps.filter((step) => step.Do === "write").length;
  return `${count(files, "file")} ${files === 1 ? "becomes" : "become"} that of ${
    clean(NewModule)
  }; nothing names the old path`;
}

/** What is in the release. */
export function content({ Facts, Module, Draft }: Seen): string | null {
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

/** What `.gorel.toml` says of releases: the branch, and the commands of steps that are planned. */
export function configured({ Facts: { Config, Repo }, Plan }: Seen): string {
  const { Branches, Commands = [] } = Config ?? {};
  const runs = Plan ? Commands.filter((command) => runsIn(Plan, command)) : Commands;
  const branch = Repo.Branch === undefined ? "the commit" : clean(Repo.Branch);
  const said = [
    ...(Branches ? [`${branch} may be released`] : []),
    ...(runs.length > 0 ? [`${count(runs.length, "command")} to run`] : []),
  ];
  return said.length > 0 ? `.gorel.toml: ${said.join(" · ")}` : ".gorel.toml parses";
}

/** What users get by `@latest`. */
export function latest({ Plan, Version }: Seen): string | null {
  if (!Plan) return null;
  const { Expect: { LatestBefore, Latest }, NewModule } = Plan.Releases[0]!;
  if (NewModule !== undefined) {
    return `@latest of the new path is ${Latest ?? "nothing"}` +
      (LatestBefore === undefined ? "" : `; of the old one it stays ${LatestBefore}`);
  }
  if (Latest === undefined) return "@latest gives nothing";
  if (LatestBefore === undefined) return `@latest will give ${Latest}`;
  return Latest === LatestBefore
    ? `@latest stays ${Latest}${Latest === Version ? "" : `; ${Version} is got by name`}`
    : `@latest moves from ${LatestBefore} to ${Latest}`;
}

/** What becomes of retractions and the deprecation. */
export function edits({ Module, Draft, Version, NewModule }: Seen): string {
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
  if (NewModule !== undefined) return "retractions stay with the old path";
  return old.length > 3
    ? `${old.length} versions of ${major(Version)} stay retracted`
    : `${old.join(", ")} ${old.length === 1 ? "stays" : "stay"} retracted`;
}

/** Who proves it afterwards. */
export function proxy({ Facts, Draft }: Seen): string | null {
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
