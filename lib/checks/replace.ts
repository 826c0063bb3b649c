/** `replace-dropped`, `replace-local`: what go.mod says to its own module alone, and to no user of it. */
import { isAbsolute, join } from "node:path/posix";
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { isRelease } from "../facts/versions.ts";
import type { ModFile, Replace, Require } from "../go/modfile/mod.ts";
import { splitPathVersion, tagVersion } from "../go/module.ts";
import { compare } from "../go/semver.ts";
import { isPseudoVersion, isZeroPseudoVersion } from "../go/pseudo.ts";
import { tagPrefix, versionsOfTags } from "../go/versions.ts";
import { clean, count, shellWord, some } from "../text.ts";
import type { Coming } from "./types.ts";

/** A module of this repository that is required, and the tag that would publish it. */
interface Sibling {
  Path: string;
  Dir: string;
  TagName: string;
}

/** A requirement that no user can have, and the line that stands in for it here. */
interface Unreal {
  Require: Require;
  Replace: Replace;
  Sibling: Sibling | null;
}

/**
 * Go reads `replace` and `exclude` only in the main module's go.mod. A requirement whose version
 * cannot exist, or was never published by this repository, then has no code at all
 * (`replace-local`); all else is built from what is required, and `go install` of a command at a
 * version refuses such a go.mod (`replace-dropped`).
 */
export function replace(coming: Coming): Problem[] {
  const { Facts, Module } = coming;
  // What the release itself changes in go.mod is judged as it will be.
  const planned = coming.Train !== undefined || coming.Path !== Module.Path;
  const Mod = planned ? coming.GoMod : Module.GoMod.Mod;
  const unreal = Mod.Require.flatMap((required): Unreal[] => {
    const lines = Mod.Replace.filter(({ Old }) => Old.Path === required.Path);
    const line = lines.find(({ Old }) => Old.Version === required.Version) ??
      lines.find(({ Old }) => Old.Version === undefined);
    const sibling = line ? siblingOf(Module, required, line) : null;
    return !line || exists(Facts, required, line, sibling)
      ? []
      : [{ Require: required, Replace: line, Sibling: sibling }];
  });
  const told = new Set(unreal.map((u) => u.Replace));
  return [...local(coming, unreal), ...dropped(coming, Mod, told)];
}

/** Reports whether users may get what is required, without its replacement. */
function exists(
  { Remote, Repo }: Coming["Facts"],
  { Version }: Require,
  { New }: Replace,
  sibling: Sibling | null,
): boolean {
  if (isZeroPseudoVersion(Version)) return false;
  // Which commits a remote has besides its tags is not known.
  if (isPseudoVersion(Version)) return true;
  if (sibling) return (known(Remote)?.Tags ?? Repo.Tags).has(sibling.TagName);
  return Version !== "v0.0.0" || New.Version !== undefined;
}

/**
 * The module of this repository that a folder replaces: its path says the same folder as the
 * replacement, counted from the path that the module to be released has in its own.
 */
function siblingOf(
  module: ModuleFacts,
  { Path, Version }: Require,
  { New }: Replace,
): Sibling | null {
  const other = splitPathVersion(Path);
  if (New.Version !== undefined || isAbsolute(New.Path) || !other.ok) return null;
  const own = splitPathVersion(module.Path).prefix;
  const below = module.TagPrefix === "" ? "" : `/${module.TagPrefix.slice(0, -1)}`;
  const root = own.slice(0, own.length - below.length);
  const dir = join(module.Dir, New.Path).replace(/^\.\/?$|\/$/g, "");
  if (dir === ".." || dir.startsWith("../")) return null;
  const tags = tagPrefix(dir, other.pathMajor);
  return own === root + below && `${root}/${tags}` === `${other.prefix}/`
    ? { Path, Dir: dir, TagName: tags + tagVersion(Version) }
    : null;
}

function local(
  { Facts: { Remote, Repo }, Module, Train = [Module] }: Coming,
  unreal: readonly Unreal[],
): Problem[] {
  const first = unreal[0];
  if (!first) return [];
  const names = some(unreal.map(({ Require: { Path, Version } }) => `${Path} ${Version}`));
  const { Sibling: sibling, Require: wanted } = unreal.find((u) => u.Sibling) ?? first;
  const remote = known(Remote);
  const out = sibling && highestOut(sibling, (remote?.Tags ?? Repo.Tags).keys());
  const way = !sibling
    ? "require a version that is published, and commit it"
    : remote && Repo.Tags.has(sibling.TagName)
    ? `git push ${shellWord(remote.Name)} ${shellWord(`refs/tags/${sibling.TagName}`)}`
    : out && compare(wanted.Version, out) < 0
    ? `go mod edit -require=${shellWord(clean(`${sibling.Path}@${out}`))} ${
      shellWord(Module.GoMod.File)
    } requires what is out, if that will do; commit it`
    : `gorel auto ${[...Train, sibling].map(({ Path }) => shellWord(clean(Path))).join(" ")} ` +
      `releases ${clean(sibling.Path)} with it, and requires what is released`;
  return [problem(
    "replace-local",
    `Users cannot get ${names}, which go.mod requires: ${
      unreal.length === 1
        ? "a replace line stands in for it, which counts"
        : "replace lines stand in for them, which count"
    } only in this module itself.`,
    {
      where: { File: Module.GoMod.File, Line: lineOf(Module, first.Require) },
      fix: `${way}; or --accept replace-local`,
    },
  )];
}

/** The highest release of a sibling that users have, if there is any. */
function highestOut({ Path, TagName }: Sibling, tags: Iterable<string>): string | undefined {
  const prefix = TagName.slice(0, TagName.lastIndexOf("/") + 1);
  const { pathMajor } = splitPathVersion(Path);
  return versionsOfTags(tags, { prefix, pathMajor }).Versions.findLast(isRelease);
}

/** The line as it stands in go.mod now, which the release itself may move. */
function lineOf({ GoMod }: ModuleFacts, { Path, Line }: Require): number {
  return GoMod.Mod.Require.find((r) => r.Path === Path)?.Line ?? Line;
}

function dropped(coming: Coming, Mod: ModFile, told: ReadonlySet<Replace>): Problem[] {
  const { Module: { GoMod: { File } } } = coming;
  const replaces = Mod.Replace.filter((line) => !told.has(line));
  const lines = [...replaces, ...Mod.Exclude].map(({ Line }) => Line).sort((a, b) => a - b);
  if (lines.length === 0) return [];
  const kinds = [
    ...(replaces.length > 0 ? [count(replaces.length, "replace line")] : []),
    ...(Mod.Exclude.length > 0 ? [count(Mod.Exclude.length, "exclude line")] : []),
  ];
  const paths = [...replaces.map(({ Old }) => Old.Path), ...Mod.Exclude.map(({ Path }) => Path)];
  return [problem(
    "replace-dropped",
    `go.mod has ${kinds.join(" and ")} (${some([...new Set(paths)])}) that ${
      lines.length === 1 ? "does" : "do"
    } not reach users: they get what is required, and go install of a command at this version ` +
      "is refused.",
    {
      where: { File, Line: lines[0]! },
      fix: Mod.Exclude.length === 0 && replaces.every((line) => mayGo(coming, Mod, line))
        ? "gorel auto --restore-replaces leaves them out of the tagged go.mod, and the next commit " +
          "brings them back"
        : "go mod edit -dropreplace or -dropexclude, if the module builds without; what only your " +
          "own work needs may stand in a go.work file",
    },
  )];
}

/** Reports whether `auto` leaves a replacement out: its module is of this repository, and is out. */
function mayGo({ Facts: { Remote, Repo }, Module, Train }: Coming, Mod: ModFile, line: Replace) {
  const required = Mod.Require.find(({ Path }) => Path === line.Old.Path);
  const sibling = !Train && required && siblingOf(Module, required, line);
  if (!sibling) return false;
  const there = (known(Remote)?.Tags ?? Repo.Tags).get(sibling.TagName);
  return there !== undefined && Repo.Tags.get(sibling.TagName)?.Commit === there.Commit;
}
