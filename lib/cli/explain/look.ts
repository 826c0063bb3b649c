/** What git is asked for the pages about versions, tags and commits. */
import { type Facts, known, type ModuleFacts, type RepoFacts } from "../../facts/types.ts";
import { stat } from "../../facts/gather/stat.ts";
import { describe } from "../../git/catfile.ts";
import { isAncestor } from "../../git/log.ts";
import { readNamed } from "../../git/named.ts";
import { remoteName } from "../../git/remote.ts";
import { gitText } from "../../git/repository.ts";
import { pathMajorPrefix, splitPathVersion } from "../../go/module.ts";
import { type Named, namedOf } from "../../go/finddir.ts";
import { isPseudoVersion } from "../../go/pseudo.ts";
import { build, major, prerelease } from "../../go/semver.ts";
import { versionsOfTags } from "../../go/versions.ts";
import { neededPath } from "./form.ts";
import type { TagState } from "./where.ts";

/** The state of a tag that is here; undefined where it is not. */
export async function tagState(repo: RepoFacts, tag: string): Promise<TagState | undefined> {
  const found = repo.Tags.get(tag);
  if (!found) return undefined;
  const [object] = await describe(repo.Git, [found.Commit]);
  return {
    Commit: found.Commit,
    Annotated: found.Oid !== found.Commit,
    Type: object?.Type ?? "object",
  };
}

/** A version tag that is here: whose version it is, its full name, and why Go refuses it if so. */
export interface Judged {
  Path: string;
  Version: string;
  Refused: string | null;
}

/**
 * Judges the tag of a version: by the path that its major belongs to, or as `+incompatible` of
 * the path without a major where its commit has no go.mod.
 */
export async function judge(
  repo: RepoFacts,
  module: Named,
  version: string,
): Promise<Judged> {
  const { prefix: plain, pathMajor } = splitPathVersion(module.Path);
  const path = build(version) === ""
    ? neededPath(module.Path, version)
    : pathMajor.startsWith("/")
    ? plain
    : module.Path;
  const stated = await stat(repo, namedOf(path, module.TagPrefix), version);
  if (!("Is" in stated)) return { Path: path, Version: version, Refused: null };
  if (module.TagPrefix === "" && path !== module.Path && !/^v[01]$/.test(major(version))) {
    const old = `${version}+incompatible`;
    const { prefix } = splitPathVersion(path);
    const legacy = await stat(repo, namedOf(prefix, ""), old);
    if (!("Is" in legacy)) return { Path: prefix, Version: old, Refused: null };
  }
  return { Path: path, Version: version, Refused: stated.Reason };
}

/**
 * Which tags of a version's major have no go.mod, so that Go lists them with `+incompatible`:
 * the queries of its page may choose any of them.
 */
export async function legacyOf(
  repo: RepoFacts,
  { Incompatible, TagPrefix }: Pick<ModuleFacts, "Incompatible" | "TagPrefix">,
  version: string,
): Promise<string[]> {
  const asked = Incompatible.filter((v) => major(v) === major(version));
  const commits = asked.map((v) => repo.Tags.get(TagPrefix + v)?.Commit);
  const found = await readNamed(repo.Git, commits.map((commit) => `${commit}^0:go.mod`));
  return asked.filter((_, i) => commits[i] !== undefined && found[i] === null);
}

/** Refs whose history has a commit, and what of them matters. */
export interface Containing {
  /** Branches of the remote; absent where there is none. */
  Branches?: string[];
  Remote?: string;
  Stale: boolean;
  First?: string;
}

/** More branches than these of the remote are not looked into one by one. */
const mostBranches = 20;

/** Which of the remote's branches have a commit, and the lowest version of the module that does. */
export async function containing(
  facts: Facts,
  { TagPrefix, Path }: Pick<ModuleFacts, "TagPrefix" | "Path">,
  commit: string,
): Promise<Containing> {
  const { Repo } = facts;
  const listed = await gitText(Repo.Git, [
    "for-each-ref",
    "--format=%(refname)",
    `--contains=${commit}`,
    "refs/tags",
    "refs/remotes",
  ]);
  const refs = listed.split("\n").filter((ref) => ref !== "");
  const there = known(facts.Remote)?.Tags;
  const tags = refs.flatMap((ref) => ref.startsWith("refs/tags/") ? [ref.slice(10)] : [])
    .filter((tag) => there?.has(tag) ?? true);
  const { pathMajor, ok } = splitPathVersion(Path);
  const { Versions } = versionsOfTags(tags, {
    prefix: TagPrefix,
    pathMajor: ok ? pathMajor : "",
  });
  const first = Versions.find((v) => prerelease(v) === "") ?? Versions[0];
  const named = remoteName(Repo.Config, Repo.Branch, undefined);
  const remote = known(facts.Remote)?.Name ?? ("Code" in named ? undefined : named.Name);
  return {
    Stale: facts.Remote.State !== "known",
    ...(first !== undefined && { First: first }),
    ...(remote !== undefined && {
      Remote: remote,
      Branches: await branches(facts, remote, refs, commit),
    }),
  };
}

async function branches(
  { Repo, Remote }: Facts,
  remote: string,
  refs: readonly string[],
  commit: string,
): Promise<string[]> {
  const begin = `refs/remotes/${remote}/`;
  const tracked = refs.filter((ref) => ref.startsWith(begin)).map((ref) => ref.slice(begin.length))
    .filter((name) => name !== "HEAD");
  const there = known(Remote);
  if (!there) return tracked;
  const heads = [...there.Refs].filter(([ref]) => ref.startsWith("refs/heads/"))
    .map(([ref, oid]) => ({ Name: ref.slice("refs/heads/".length), Oid: oid }));
  const found: string[] = [];
  for (const [i, { Name, Oid }] of heads.entries()) {
    if (tracked.includes(Name) || Oid === commit) found.push(Name);
    else if (i < mostBranches && await isAncestor(Repo.Git, commit, Oid)) found.push(Name);
  }
  return found;
}

/**
 * The version tags on a commit that do not name it: where Go gives a pseudo-version all the same,
 * the newest release retracts them.
 */
export function retractedOn(
  { TagPrefix, Path }: Pick<ModuleFacts, "TagPrefix" | "Path">,
  tags: readonly string[],
  version: string | undefined,
): string[] {
  if (version === undefined || !isPseudoVersion(version)) return [];
  const { pathMajor, ok } = splitPathVersion(Path);
  return versionsOfTags(tags, { prefix: TagPrefix, pathMajor: ok ? pathMajor : "" }).Versions;
}

/** Reports whether a version's major fits a module's path. */
export function isOfMajor(path: string, version: string): boolean {
  const { pathMajor } = splitPathVersion(path);
  const wanted = pathMajorPrefix(pathMajor);
  return wanted === "" ? /^v[01]$/.test(major(version)) : wanted === major(version);
}
