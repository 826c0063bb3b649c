/** What is to be said where no release is in the history of HEAD. */
import type { ModuleFacts } from "../facts/types.ts";

/** One sentence, or two: the first release of all, of a major, or a history that has none. */
export function firstRelease({ Highest, PathMajor }: ModuleFacts): string {
  if (Highest) {
    return `No release is in the history of HEAD, so counting begins anew; ${Highest.Version} is the ` +
      "highest elsewhere.";
  }
  const major = /\d+/.exec(PathMajor)?.[0] ?? "0";
  return major === "0" || major === "1"
    ? "First release. v0.1.0 leaves every door open; v1.0.0 promises compatibility."
    : `First release of this path: v${major}.0.0, and compatible from there on.`;
}
