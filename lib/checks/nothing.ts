/** `nothing-to-release`: the commit carries a release already, or the module did not change. */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { flagOf } from "../facts/modules.ts";
import { isRelease } from "../facts/versions.ts";
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

/** A release without content; an edit of go.mod is content, and finishing a series needs none. */
export function nothing(coming: Coming): Problem[] {
  const { Facts, Module, Version, Wish, Commits, Adopted } = coming;
  if (Commits || Adopted || Wish === "release") return [];
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
