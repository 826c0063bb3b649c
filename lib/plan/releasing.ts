/** Which modules are released as which versions, before anything is planned. */
import type { Choices } from "../choices.ts";
import { carriages } from "../advice/train.ts";
import { nothingDue } from "../checks/nothing.ts";
import { type Facts, known, type ModuleFacts } from "../facts/types.ts";
import type { Problem } from "../problem.ts";
import { ofAll } from "./judge.ts";

/** One module of a release, with the version that is coming. */
export interface Releasing {
  Choice: Choices["Modules"][number];
  Module: ModuleFacts;
  Version: string;
  TagName: string;
  /** The path that the version is of: another one than the module's where a new major is coming. */
  Path: string;
  /** The folder of its go.mod in the tagged commit. */
  Dir: string;
  /** True when the tag stands at HEAD already and only has to be sent. */
  Adopted: boolean;
}

/** The modules that are released, with their versions; or why there is nothing to plan. */
export function releasing(
  facts: Facts,
  choices: Choices,
): Releasing[] | { Problems: Problem[] } | { Nothing: string } {
  const known = choices.Modules.map((m) => facts.Modules.find(({ Dir }) => Dir === m.Dir));
  if (known.includes(undefined)) return { Problems: facts.Problems };
  const going = choices.Do === "release"
    ? carriages(facts, choices)
    : carriages(facts, { ...choices, Accept: [{ Code: "nothing-to-release" }] });
  if (going.length === 0) {
    const [only, ...others] = known;
    return {
      Nothing: others.length > 0
        ? "none of these modules changed since its last release"
        : nothingDue(facts, only!)!,
    };
  }
  const problems = ofAll(going.map(({ Module, Coming }) => ({
    Module,
    TagName: Module.Path,
    Problems: "Code" in Coming ? [Coming] : [],
  })));
  if (problems.length > 0) return { Problems: [...facts.Problems, ...problems] };
  return going.flatMap(({ Choice, Module, Coming }): Releasing[] => {
    if ("Code" in Coming) return [];
    const TagName = Module.TagPrefix + Coming.Version;
    return [{
      Choice,
      Module,
      Version: Coming.Version,
      TagName,
      Path: Coming.NewModule ?? Module.Path,
      Dir: Module.Dir,
      Adopted: going.length === 1 && isAdopted(facts, Module, choices, Choice, TagName),
    }];
  });
}

/** A tag made by hand at HEAD that the remote does not have is sent as it is (DESIGN.md §3). */
function isAdopted(
  facts: Facts,
  module: ModuleFacts,
  choices: Choices,
  wanted: Choices["Modules"][number],
  tagName: string,
): boolean {
  if (choices.Do !== "release" || wanted.Version === undefined) return false;
  if (choices.Include.length > 0) return false;
  const here = facts.Repo.Tags.get(tagName);
  if (here?.Commit !== facts.Repo.Head?.Commit || here === undefined) return false;
  const onProxy = module.Versions.some((v) => v.Tag === tagName && v.OnProxy);
  return !onProxy && !known(facts.Remote)?.Tags.has(tagName);
}
