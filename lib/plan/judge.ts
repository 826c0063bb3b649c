/** What is said of a release, out of all that was found. */
import type { ModuleFacts } from "../facts/types.ts";
import { owns } from "../facts/modules.ts";
import type { Code, Problem } from "../problem.ts";
import { clean } from "../text.ts";

/** What several modules were found to have in common is said once. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((p) => {
    const text = JSON.stringify(p);
    return !seen.has(text) && seen.add(text);
  });
}

/**
 * Without what follows from a number that will not come: no range takes in one that is taken,
 * and one that was counted in a part of the history says nothing.
 */
export function ofItsNumber(problems: readonly Problem[]): readonly Problem[] {
  const has = (code: Code) => problems.some((p) => p.Code === code);
  const follows: Code[] = [
    ...(has("version-exists") || has("shallow") ? ["retract-covers-itself" as const] : []),
    ...(has("shallow")
      ? [
        "version-exists",
        "backport",
        "latest-lower",
        "retract-ineffective",
        "born-retracted",
      ] as const
      : []),
  ];
  return problems.filter((p) => !follows.includes(p.Code));
}

/** What was found for one module of a release. */
export interface Found {
  Module: ModuleFacts;
  TagName: string;
  Problems: readonly Problem[];
}

/**
 * What was found for every module of a release, once. In a train, whatever was not found for all
 * of them alike and names neither the module nor a file of it says whose it is.
 */
export function ofAll(found: readonly Found[]): Problem[] {
  if (found.length === 1) return distinct(found[0]!.Problems);
  const count = new Map<string, number>();
  for (const { Problems } of found) {
    for (const one of distinct(Problems)) {
      const text = JSON.stringify(one);
      count.set(text, (count.get(text) ?? 0) + 1);
    }
  }
  return distinct(found.flatMap(({ Module, TagName, Problems }) =>
    Problems.map((one) => {
      const { Text, Where } = one;
      const file = Where?.File;
      const named = Text.includes(Module.Path) ||
        Text.includes(TagName) && Module.TagPrefix !== "" ||
        file !== undefined && owns(Module, file) && Text.includes(file);
      return named || count.get(JSON.stringify(one)) === found.length
        ? one
        : { ...one, Text: `${clean(Module.Path)}: ${Text}` };
    })
  ));
}
