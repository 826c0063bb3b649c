/** What is to be said where no release is in the history of HEAD. */
import type { ModuleFacts } from "../facts/types.ts";

/** Reports whether the module has no release at all, as far as anybody was asked. */
export function hasNoRelease({ Highest, HistoryEnds }: ModuleFacts): boolean {
  return Highest === undefined && !HistoryEnds;
}

/** Why nothing is counted from, as the end of a sentence. */
export function firstOrAnew(module: ModuleFacts): string {
  return hasNoRelease(module) ? "the first release" : "no release before HEAD";
}

/** The number of a path that names its major, v2 and up; undefined for v0 and v1. */
export function laterMajor({ PathMajor }: ModuleFacts): string | undefined {
  const major = /\d+/.exec(PathMajor)?.[0] ?? "0";
  return major === "0" || major === "1" ? undefined : `v${major}`;
}

/** What there is instead: the first release of all, of a major, or a history that has none. */
export function firstRelease(module: ModuleFacts): string {
  const { Highest, HistoryEnds } = module;
  if (HistoryEnds) {
    const there = Highest ? `: ${Highest.Version}, the highest, is not in it` : "";
    return `History ends here, for the clone is shallow${there}. git fetch --unshallow --tags ` +
      "brings what a release is counted from.";
  }
  if (Highest) return anew(module, Highest.Version);
  const major = laterMajor(module);
  return major === undefined
    ? "First release. v0.1.0 leaves every door open; v1.0.0 promises compatibility."
    : `First release of this path: ${major}.0.0, and compatible from there on.`;
}

function anew({ Series }: ModuleFacts, highest: string): string {
  const begins =
    `No release is in the history of HEAD, so counting begins anew; ${highest} is the ` +
    "highest elsewhere.";
  return Series
    ? `${begins} The series ${Series.Version} runs here: gorel prerelease goes on with it, gorel ` +
      `release finishes it. What follows ${highest} is released from its branch.`
    : begins;
}
