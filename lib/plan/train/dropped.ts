/** Which replacements a train leaves out: folders that stand in for modules of the repository. */
import { parse, type Replace } from "../../go/modfile/mod.ts";
import { compare } from "../../go/semver.ts";
import type { Car } from "./car.ts";
import { editedGoMod } from "./gomod.ts";
import type { Repository } from "./known.ts";
import { type Needs, needsOf } from "./needs.ts";

/** What replacements of the one module hang on. */
type Wagon = Pick<
  Car,
  "Before" | "Require" | "Add" | "Indirect" | "Go" | "Keeps" | "Release"
>;

/** The go.mod of a module with what is raised and added by now, without some of its replacements. */
export function goModWithout(
  { Before, Require, Add, Indirect, Go }: Wagon,
  Drops: (line: Replace) => boolean,
): Uint8Array {
  return editedGoMod(Before, {
    Require,
    Add: [...Add.values()].map((one) => ({
      ...one,
      Version: Require.get(one.Path) ?? one.Version,
    })),
    Indirect,
    ...(Go !== undefined && { Go }),
    Drops,
  });
}

/** Reports whether a line goes: users can get what it stands in for, now or with this release. */
export function drops(
  { Keeps }: Wagon,
  { Old, New }: Replace,
  { Coming, Paths }: Pick<Repository, "Coming" | "Paths">,
): boolean {
  if (New.Version !== undefined) return false;
  return Coming.has(Old.Path) || Paths.has(Old.Path) && !Keeps.has(Old.Path);
}

/** The lines that go. */
export function droppedOf(car: Wagon, known: Repository): Replace[] {
  return parse("go.mod", car.Before).Mod.Replace.filter((line) => drops(car, line, known));
}

/**
 * The go.mod without what is dropped, and what it needs then, as `needsOf`. What would be built
 * with a version that nobody can get keeps its replacement, from now on (`Keeps`).
 */
export async function withoutDropped(
  car: Wagon,
  known: Repository,
): Promise<{ GoMod: Uint8Array; Needs: Needs | null }> {
  for (;;) {
    const GoMod = goModWithout(car, (line) => drops(car, line, known));
    const Needs = await needsOf(parse("go.mod", GoMod).Mod, car.Release.Dir, known);
    const unreal = droppedOf(car, known).map(({ Old }) => Old.Path).filter((path) =>
      !known.Coming.has(path) && (Needs === null || !isReal(path, Needs, known))
    );
    if (unreal.length === 0) return { GoMod, Needs };
    for (const path of unreal) car.Keeps.add(path);
  }
}

/** Reports whether users get the version of a module that is selected, if one is. */
function isReal(Path: string, { Nodes }: Needs, known: Repository): boolean {
  const versions = Nodes.flatMap((m) => m.Path === Path ? [m.Version] : []);
  const Version = versions.sort(compare).at(-1);
  return Version === undefined || known.isOut({ Path, Version });
}
