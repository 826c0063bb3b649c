/** `nothing-to-release`: the commit carries a release already, or the module did not change. */
import { type Problem, problem } from "../problem.ts";
import { type Facts, known, type ModuleFacts, type RepoFacts } from "../facts/types.ts";
import { flagOf, owns } from "../facts/modules.ts";
import { isMoved, isRelease } from "../facts/versions.ts";
import { toJSON } from "../go/modfile/json.ts";
import type { Coming } from "./types.ts";

/** Why there is nothing to release since the last release (or the last pre-release), or null. */
export function nothingSince(module: ModuleFacts, since: "Base" | "Series"): string | null {
  const carried = module.AtHead.find((v) =>
    isRelease(v.Version) || (since === "Series" && v.Version === module.Series?.Version)
  );
  if (carried) return `HEAD is ${carried.Version} already`;
  const series = since === "Series" ? module.Series : undefined;
  if (series) {
    const files = known(module.SinceSeries);
    return files && files.length === 0
      ? `no file of the module changed since ${series.Version}`
      : null;
  }
  const files = known(module.Commits)?.Files;
  return module.Base && files && files.length === 0
    ? `no file of the module changed since ${module.Base.Version}`
    : null;
}

/** Reports whether a file of the module that is not committed goes into the release. */
export function includesFileOf({ Included }: RepoFacts, module: ModuleFacts): boolean {
  return Included?.Files.some((file) => owns(module, file.Path)) ?? false;
}

/**
 * Why `auto` has nothing to do, or null. A release that is unfinished, or whose tag was moved,
 * is none to rest on: that it stands in the way has to be said.
 */
export function nothingDue(
  { Repo, Unfinished }: Pick<Facts, "Repo" | "Unfinished">,
  module: ModuleFacts,
): string | null {
  if (includesFileOf(Repo, module)) return null;
  const last = module.AtHead.find((v) => isRelease(v.Version)) ?? module.Base;
  if (last && isMoved(last)) return null;
  if (Unfinished.some((u) => !u.Pushed && u.TagName === last?.Tag)) return null;
  return nothingSince(module, "Base") ?? onlyForDevelopment(module);
}

/**
 * What the commit behind a train brings back, or completes, is no reason for the next one: go.sum
 * and further replace lines count in the module itself alone.
 */
function onlyForDevelopment(module: ModuleFacts): string | null {
  const { Base, BaseGoMod, GoMod } = module;
  const files = known(module.Commits)?.Files;
  if (!Base || !BaseGoMod || !files) return null;
  const sum = GoMod.File.replace(/mod$/, "sum");
  if (!files.every((file) => file === GoMod.File || file === sum)) return null;
  const [before, now] = [toJSON(BaseGoMod), toJSON(GoMod.Mod)];
  const replaces = new Set((now.Replace ?? []).map((line) => JSON.stringify(line)));
  const kept = (before.Replace ?? []).every((line) => replaces.has(JSON.stringify(line)));
  const same = JSON.stringify({ ...before, Replace: null }) ===
    JSON.stringify({ ...now, Replace: null });
  return kept && same
    ? `only go.sum and replace lines changed since ${Base.Version}, which no user sees`
    : null;
}

/**
 * A release without content; an edit of go.mod is content, as is another path, and finishing a
 * series needs none.
 */
export function nothing(coming: Coming): Problem[] {
  const { Facts, Choices, Module, Version, Path, Wish, Adopted } = coming;
  if (Choices.Do !== "release" || Adopted || Wish === "release") return [];
  if (Path !== Module.Path) return [];
  if (coming.Changes || includesFileOf(Facts.Repo, Module)) return [];
  // `patch --pre rc` opens a series of its own while one of a higher number runs.
  const continues = Wish === "prerelease" && Module.Series !== undefined &&
    Module.Series.Version.split("-")[0] === Version.split("-")[0];
  const why = nothingSince(Module, continues ? "Series" : "Base");
  if (why === null) return [];
  const unsent = known(Facts.Remote) &&
    Module.AtHead.find((v) => isRelease(v.Version) && v.Here && !v.OnRemote && !v.OnProxy);
  return [problem("nothing-to-release", `There is nothing to release: ${why}.`, {
    fix: unsent
      ? `gorel ${unsent.Version}${flagOf(Module)} sends the tag, which is only here`
      : "--accept nothing-to-release releases the same content again",
  })];
}
