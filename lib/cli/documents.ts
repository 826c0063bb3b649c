/** The documents of `status` and `versions`, made from facts alone (DESIGN.md §4). */
import { type Problem, problem } from "../problem.ts";
import { latestBroken } from "../checks/latest.ts";
import { moved } from "../checks/moved.ts";
import { historyEnds } from "../checks/shallow.ts";
import { flagOf } from "../facts/modules.ts";
import { type Facts, known, type ModuleFacts, type VersionFact } from "../facts/types.ts";
import { commitOf, isMoved, isRelease } from "../facts/versions.ts";
import { retractions } from "../go/retract.ts";
import { goTimeOf } from "../go/rfc3339.ts";
import { compare } from "../go/semver.ts";
import { clean, shellWord, some } from "../text.ts";
import type { StatusDocument, StatusNotes, VersionsDocument } from "./answer.ts";

/** What the go command prints for a version: the reasons in force, from the go.mod that users' go reads. */
function reasons(module: ModuleFacts, version: string): string[] | null {
  const retracts = known(module.Latest)?.GoMod?.Retract;
  return retracts ? retractions(retracts, version) : null;
}

/** The state of all modules and of the repository. */
export function statusDocument(facts: Facts): StatusDocument {
  const { Branch, Upstream, Changed } = facts.Repo;
  const unfinished = facts.Unfinished.find((u) => !u.Pushed) ?? facts.Unfinished[0];
  const counted = Upstream?.Ahead !== undefined && Upstream.Behind !== undefined;
  return {
    Modules: facts.Modules.map(statusOfModule),
    ...(Branch !== undefined && { Branch }),
    ...(counted && { Upstream: { Ahead: Upstream.Ahead!, Behind: Upstream.Behind! } }),
    Changed: [...Changed],
    ...(unfinished && { Unfinished: { Version: unfinished.Version, After: unfinished.After } }),
    Problems: [
      ...facts.Problems,
      ...unanswered(facts),
      ...facts.Modules.flatMap((module) => [
        ...movedTags(facts, module),
        ...latestProblems(facts, module),
      ]),
      // One repository is shallow once, whatever lies in it.
      ...facts.Modules.flatMap(historyEnds).slice(0, 1),
    ],
  };
}

/** What a person is told of each module besides the document, in its order. */
export function statusNotes(facts: Facts): StatusNotes[] {
  const begun = facts.Unfinished.map((one) => one.TagName);
  return facts.Modules.map((module) => {
    const unsent = facts.Remote.State !== "known"
      ? []
      : module.AtHead.filter((v) => v.Here && !v.OnRemote && !v.OnProxy && !begun.includes(v.Tag));
    const deprecated = known(module.Latest)?.GoMod?.Module?.Deprecated;
    return {
      ...(module.Series && { Series: module.Series.Version }),
      ...(module.HistoryEnds && { HistoryEnds: true as const }),
      ...(deprecated && { Deprecated: deprecated }),
      Unsent: unsent.map(({ Version }) => ({
        Version,
        Command: `gorel ${Version}${flagOf(module)}`,
      })),
    };
  });
}

/** What is wrong with `@latest`, or keeps it from being the newest release. */
export function latestProblems({ Proxy }: Facts, module: ModuleFacts): Problem[] {
  const { Ahead } = known(module.Latest) ?? {};
  if (Ahead === undefined) return latestBroken(module);
  const from = known(Proxy)?.From ?? "the proxy";
  const text =
    `${clean(module.Path)} ${Ahead} is on the remote, but ${clean(from)} does not list it: until ` +
    "somebody asks it for that version, users' @latest and retractions are those of the " +
    "versions that it lists.";
  const fix = `gorel verify ${Ahead}${flagOf(module)} asks for it`;
  return [...latestBroken(module), problem("not-yet", text, { fix })];
}

/** What `M@latest` gives: a version, or where none is left the tip of the default branch. */
function latestOf(module: ModuleFacts): string | undefined {
  const latest = known(module.Latest);
  return latest?.Latest ?? latest?.Tip?.Version;
}

/** Tags that name another commit here than on the remote: it stops a release, but not a look. */
export function movedTags(facts: Facts, module: ModuleFacts): Problem[] {
  const found = moved(facts, module);
  if (found.length <= 3) return found.map((p) => ({ ...p, Level: "warn" as const }));
  const tags = module.Versions.filter(isMoved).map((v) => v.Tag);
  const { Name } = known(facts.Remote)!;
  return [problem(
    "tag-moved",
    `The tags ${some(tags)} name other commits here than on ${Name}: one of each was moved.`,
    { level: "warn", fix: `git fetch --force --tags ${shellWord(Name)}` },
  )];
}

/** Who did not answer: it would stop a release, but not a look at where things stand. */
export function unanswered({ Remote, Proxy }: Facts): Problem[] {
  const out: Problem[] = [];
  if (Remote.State === "failed" && Remote.Problem) out.push({ ...Remote.Problem, Level: "warn" });
  if (Proxy.State === "failed") {
    const text = `The module proxy does not say which versions it has: ${Proxy.Why}.`;
    out.push(problem("proxy-unreachable", text, { level: "warn", fix: "try again, or --offline" }));
  }
  return out;
}

function statusOfModule(module: ModuleFacts): StatusDocument["Modules"][number] {
  const latest = latestOf(module);
  const commits = known(module.Commits);
  return {
    Path: module.Path,
    Dir: module.Dir,
    ...(module.Base && { Base: module.Base.Version }),
    ...(module.Highest && { Highest: module.Highest.Version }),
    ...(latest !== undefined && { Latest: latest }),
    ...(commits && {
      Unreleased: { Commits: commits.Commits.length, Files: commits.Files.length },
    }),
    Retracted: module.Versions.flatMap(({ Version }) => {
      const why = reasons(module, Version);
      return why ? [{ Version, Rationale: why.join("\n") }] : [];
    }),
  };
}

/** The versions that a list of them shows, ascending: with those from before modules that Go still lists. */
export function shownVersions(module: ModuleFacts): VersionFact[] {
  const old = known(module.Latest)?.Incompatible ?? [];
  return [...module.Versions, ...old].sort((a, b) => compare(a.Version, b.Version));
}

/**
 * Every version of a module and where it is known; what was not asked counts as not
 * there. `times` are those of commits, in seconds since 1970.
 */
export function versionsDocument(
  module: ModuleFacts,
  times: ReadonlyMap<string, number>,
): VersionsDocument {
  const { GoMod, Source, Tip } = known(module.Latest) ?? {};
  const latest = latestOf(module);
  const deprecated = (Source === null ? Tip?.GoMod : GoMod)?.Module?.Deprecated;
  return {
    Module: module.Path,
    Versions: shownVersions(module).map((v) => {
      const commit = commitOf(v);
      const time = commit === undefined ? undefined : times.get(commit);
      const why = reasons(module, v.Version);
      return {
        Version: v.Version,
        ...(time !== undefined && { Time: goTimeOf(time) }),
        ...((v.Here || v.OnRemote) && { Tag: v.Tag }),
        ...(commit !== undefined && { Commit: commit }),
        Prerelease: !isRelease(v.Version),
        ...(why && { Retracted: why }),
        Here: v.Here !== undefined,
        OnRemote: v.OnRemote !== undefined,
        OnProxy: v.OnProxy,
      };
    }),
    Ignored: module.Ignored.map(({ Tag, Code, Reason }) => ({ Tag, Code, Reason })),
    ...(latest !== undefined && { Latest: latest }),
    ...(deprecated !== undefined && { Deprecated: deprecated }),
  };
}
