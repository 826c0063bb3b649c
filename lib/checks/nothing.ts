/** `nothing-to-release`: the commit carries a release already, or the module did not change. */
import { type Problem, problem } from "../problem.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { isRelease } from "../facts/versions.ts";
import type { Coming } from "./types.ts";

/** Why there is nothing to release since the last release (or the last pre-release), or null. */
export function nothingSince(module: ModuleFacts, since: "Base" | "Series"): string | null {
  const carried = module.AtHead.find((v) =>
    isRelease(v.Version) || (since === "Series" && v.Version === module.Series?.Version)
  );
  if (carried) {
    return `HEAD is ${carried.Version} already${
      carried.Here && !carried.OnRemote && !carried.OnProxy
        ? ` (a tag that is only here: gorel ${carried.Version} sends it)`
        : ""
    }`;
  }
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
export function nothing({ Module, Wish, Commits, Adopted }: Coming): Problem[] {
  if (Commits || Adopted || Wish === "release") return [];
  const why = nothingSince(Module, Wish === "prerelease" ? "Series" : "Base");
  if (why === null) return [];
  return [problem("nothing-to-release", `There is nothing to release: ${why}.`, {
    fix: "--accept nothing-to-release releases the same content again",
  })];
}
