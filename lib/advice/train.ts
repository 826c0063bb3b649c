/** Which modules of a train are released, and as what (DESIGN.md §3, "Train"). */
import type { Choices, ModuleChoice } from "../choices.ts";
import { nothingDue } from "../checks/nothing.ts";
import type { Facts, ModuleFacts } from "../facts/types.ts";
import { compare, majorMinor } from "../go/semver.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, shellWord } from "../text.ts";
import { advisedBump } from "./advise.ts";
import { type Coming, type Count, resolveVersion } from "./version.ts";

/** One module of a train. */
export interface Carriage {
  Choice: ModuleChoice;
  Module: ModuleFacts;
  /** What its own changes and the siblings that it requires ask for together. */
  Advised: Count;
  /** Its version; or why it can have none. */
  Coming: Coming | Problem;
  /** Whether something of it changed, or only what it requires does. */
  Changed: boolean;
}

const counts: readonly Count[] = ["patch", "minor", "major"];

/**
 * The modules that are released, in the order of the choices. With `auto` that are those of which
 * something changed, and those that require one that is released: for these a patch at least, a
 * minor where the sibling's major.minor rises. With any other word it is every one that is named.
 */
export function carriages(
  facts: Facts,
  choices: Pick<Choices, "Modules" | "Accept">,
): Carriage[] {
  const again = choices.Accept.some((a) => a.Code === "nothing-to-release");
  const all = choices.Modules.flatMap((Choice): (Carriage & { In: boolean })[] => {
    const Module = facts.Modules.find((m) => m.Dir === Choice.Dir);
    if (!Module) return [];
    const Changed = nothingDue(facts, Module) === null;
    const Advised = Changed ? bumpOf(Module) : "patch";
    const Coming = resolveVersion(Module, Choice, Advised);
    return [{
      Choice,
      Module,
      Advised,
      Coming,
      Changed,
      In: Changed || again || Choice.Bump !== "auto",
    }];
  });
  for (let grew = true; grew;) {
    grew = false;
    for (const one of all) {
      const raised = all.filter((other) => other !== one && other.In && requires(one, other));
      if (raised.length === 0) continue;
      const least = raised.some((other) => rises(one, other)) ? "minor" : "patch";
      const Advised = highest(one.Advised, least);
      if (one.In && Advised === one.Advised) continue;
      Object.assign(one, { In: true, Advised });
      one.Coming = resolveVersion(one.Module, one.Choice, Advised);
      grew = true;
    }
  }
  return all.filter((one) => one.In).map(({ In: _, ...one }) => one);
}

/**
 * `first-release`: of modules that nobody named, those without any version, where the repository
 * has released others. A repository that begins releases them all.
 */
export function firstReleases(
  { Modules }: Pick<Facts, "Modules">,
  due: readonly Carriage[],
): Problem[] {
  if (Modules.every(isNew)) return [];
  const others = due.filter(({ Module }) => !isNew(Module)).map(({ Module }) => Module.Dir || ".");
  const names = others.length > 0 ? others.map((dir) => shellWord(clean(dir))).join(" ") : "DIR…";
  return due.flatMap(({ Module, Coming }) =>
    !isNew(Module) || "Code" in Coming ? [] : [problem(
      "first-release",
      `${clean(Module.Path)} was never released: ${Coming.Version} is its first version, and a ` +
        "tag is for ever.",
      { where: { File: Module.GoMod.File }, fix: `gorel auto ${names} names those that are meant` },
    )]
  );
}

/** The advised bump; a break beside the folder of the next major is a minor, for that major is there. */
function bumpOf(module: ModuleFacts): Count {
  const advised = advisedBump(module);
  return advised === "major" && module.NextDir !== undefined ? "minor" : advised;
}

function isNew({ Versions }: ModuleFacts): boolean {
  return Versions.length === 0;
}

function requires({ Module }: Carriage, other: Carriage): boolean {
  return Module.GoMod.Mod.Require.some(({ Path }) => Path === other.Module.Path);
}

/** Reports whether users of the last release come to another major.minor of what it requires. */
function rises({ Module }: Carriage, { Module: { Path }, Coming }: Carriage): boolean {
  if ("Code" in Coming || !Module.Base) return false;
  const before = Module.BaseGoMod?.Require.find((r) => r.Path === Path)?.Version;
  return before === undefined || Coming.NewModule !== undefined ||
    compare(majorMinor(Coming.Version), majorMinor(before)) > 0;
}

function highest(a: Count, b: Count): Count {
  return counts.indexOf(a) < counts.indexOf(b) ? b : a;
}
