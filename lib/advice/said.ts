/** What a maintainer says has changed, the release it leads to, and what speaks against it. */
import type { ModuleFacts } from "../facts/types.ts";
import { major } from "../go/semver.ts";
import { type Evidence, evidence } from "./evidence.ts";
import type { Count } from "./version.ts";

/** An answer to "what changed for users?". */
export type Said = "fix" | "feature" | "breaking" | "experiment" | "unsure";

/**
 * The release that an answer leads to; null for "not sure", which the evidence decides. A
 * break is a minor while the module is v0 (DESIGN.md §3).
 */
export function wishFor(module: ModuleFacts, said: Said): Count | "prerelease" | null {
  switch (said) {
    case "fix":
      return "patch";
    case "feature":
      return "minor";
    case "breaking":
      return module.Base && major(module.Base.Version) === "v0" ? "minor" : "major";
    case "experiment":
      return "prerelease";
    case "unsure":
      return null;
  }
}

/** The evidence that asks for more than what was said; a smaller answer than needed misleads users. */
export function evidenceAgainst(module: ModuleFacts, said: Said | undefined): Evidence[] {
  if (said !== "fix" && said !== "feature") return [];
  return evidence(module).filter(({ Weight }) =>
    Weight === "breaking" || (said === "fix" && Weight === "addition")
  );
}
