/** What a preflight rule sees: the facts, the choices, and the release as it is coming. */
import type { Choices, Interval } from "../choices.ts";
import type { Facts, ModuleFacts } from "../facts/types.ts";
import type { ModFile } from "../go/modfile/mod.ts";
import type { Problem } from "../problem.ts";

export interface Coming {
  Facts: Facts;
  Choices: Choices;
  Module: ModuleFacts;
  Version: string;
  TagName: string;
  /** The path it is a version of: another one than the module's where a new major is coming. */
  Path: string;
  /** How the version was asked for. */
  Wish: "bump" | "prerelease" | "release" | "named";
  /** True when the tag stands at HEAD already and only has to be sent. */
  Adopted: boolean;
  /** The modules that are released together, this one among them; absent where it is alone. */
  Train?: readonly ModuleFacts[];
  /** True when the plan changes a file of the module, which counts as something to release. */
  Changes?: boolean;
  /** True when the plan makes a commit (and so writes files). */
  Commits: boolean;
  /** True when the plan pushes. */
  Pushes: boolean;
  /** go.mod as it will be in the tagged commit. */
  GoMod: ModFile;
  /** Intervals this release retracts, the coming version itself left out. */
  Retracts: Interval[];
  /** What `M@latest` will give; null when nothing is left. */
  LatestAfter: string | null;
}

/** One preflight rule. It may find several problems, or none. */
export type Check = (coming: Coming) => Problem[];
