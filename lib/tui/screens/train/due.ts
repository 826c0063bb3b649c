/** Which modules of the repository have something to release, and which only follow a sibling. */
import { type Advice, advise } from "../../../advice/advise.ts";
import { carriages } from "../../../advice/train.ts";
import { nothingDue } from "../../../checks/nothing.ts";
import type { Facts, ModuleFacts } from "../../../facts/types.ts";
import { withIncluded } from "../../included.ts";
import type { Model } from "../../model.ts";

/** A module beside the others of its repository. */
export interface Sibling {
  readonly Module: ModuleFacts;
  readonly Advice: Advice;
  /** Siblings that its go.mod requires, `// indirect` or not. */
  readonly Requires: readonly ModuleFacts[];
  /** Those of them that are due: its requirements rise with them. */
  readonly Follows: readonly ModuleFacts[];
  /** Why nothing of its own is to be released; null: there is something. */
  readonly Nothing: string | null;
  /** True: it changed, or what it requires is due (DESIGN.md §3, Train). */
  readonly Due: boolean;
  /** Its advised version, were all that are due released together. */
  readonly Version?: string;
}

const made = new WeakMap<Facts, Map<string, readonly Sibling[]>>();

/** All modules in the order of the facts; worked out once for what was read and is included. */
export function siblingsOf(model: Model): readonly Sibling[] {
  const { Facts, Given } = model;
  if (!Facts) return [];
  const all = made.get(Facts) ?? new Map<string, readonly Sibling[]>();
  made.set(Facts, all);
  const key = Given.Include.join("\0");
  const found = all.get(key) ?? look(model, Facts);
  all.set(key, found);
  return found;
}

function look(model: Model, facts: Facts): Sibling[] {
  const { Modules } = facts;
  const basis = withAllIncluded(model, facts);
  const Choices = basis.Modules.map(({ Dir }) => ({ Dir, Bump: "auto" as const }));
  const train = carriages(basis, { Modules: Choices, Accept: [] });
  const carriage = new Map(train.map((one) => [one.Module.Dir, one]));
  return Modules.map((Module, i) => {
    const Requires = required(Module, Modules);
    const own = carriage.get(Module.Dir);
    return {
      Module,
      Advice: advise(basis, basis.Modules[i]!),
      Requires,
      Follows: Requires.filter((r) => carriage.has(r.Dir)),
      Nothing: nothingDue(basis, basis.Modules[i]!),
      Due: own !== undefined,
      ...(own && !("Code" in own.Coming) && { Version: own.Coming.Version }),
    };
  });
}

/** The facts as advice is to see them: with what is included and not committed. */
export function withAllIncluded(model: Model, facts: Facts): Facts {
  return { ...facts, Modules: facts.Modules.map((module) => withIncluded(model, module)) };
}

function required(module: ModuleFacts, all: readonly ModuleFacts[]): ModuleFacts[] {
  const paths = new Set(module.GoMod.Mod.Require.map((r) => r.Path));
  return all.filter((other) => other !== module && paths.has(other.Path));
}

/** The modules that are due. */
export function dueOf(model: Model): readonly Sibling[] {
  return siblingsOf(model).filter((s) => s.Due);
}

/**
 * How many modules a release may be about while nobody has said which; 0 where that is clear: at
 * most one of them is due, or the maintainer chose one.
 */
export function undecided(model: Model): number {
  if (model.Picked || (model.Facts?.Modules.length ?? 0) < 2) return 0;
  const n = dueOf(model).length;
  return n < 2 ? 0 : n;
}
