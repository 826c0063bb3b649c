/** What the facts say about a version that is named outright, before a plan is asked for. */
import type { Facts, ModuleFacts } from "../facts/types.ts";
import { version as versionRules } from "../checks/version.ts";
import type { Problem } from "../problem.ts";
import { advisedBump } from "./advise.ts";
import { resolveVersion } from "./version.ts";

/**
 * The problems of naming a version: its path, its place in a running series, whether it is
 * taken. A tag made by hand at HEAD that nobody else has is not taken: it is sent as it is
 * (DESIGN.md §3). `version` is one that can be a tag.
 */
export function problemsOfNamed(facts: Facts, module: ModuleFacts, version: string): Problem[] {
  const coming = resolveVersion(module, { Version: version }, advisedBump(module));
  if ("Code" in coming) return [coming];
  const Adopted = module.AtHead.some((v) =>
    v.Version === version && v.Here && !v.OnRemote && !v.OnProxy
  );
  return versionRules({
    Facts: facts,
    Module: module,
    Version: version,
    TagName: module.TagPrefix + version,
    Path: coming.NewModule ?? module.Path,
    Adopted,
  }).filter((p) => p.Code !== "tag-moved");
}
