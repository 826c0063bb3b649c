/** The advice that the screens show, worked out once for the facts it is made of. */
import { type Advice, advise } from "../../../advice/advise.ts";
import type { Facts, ModuleFacts } from "../../../facts/types.ts";
import { withIncluded } from "../../included.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";

/** The facts in hand: the module, what was read around it, and what follows for its version. */
export interface Advised {
  readonly Facts: Facts;
  readonly Module: ModuleFacts;
  readonly Advice: Advice;
}

/** Every key asks for the advice several times, and a history can be long. */
const made = new WeakMap<ModuleFacts, Map<string, Advice>>();

/** The advice for the chosen module; undefined while there are no facts. */
export function advisedOf(model: Model): Advised | undefined {
  const { Facts } = model;
  const module = moduleOf(model);
  if (!Facts || !module) return undefined;
  const pre = preOf(model);
  const basis = withIncluded(model, module);
  const known = made.get(basis) ?? new Map<string, Advice>();
  made.set(basis, known);
  const advice = known.get(pre ?? "") ?? advise(Facts, basis, pre);
  known.set(pre ?? "", advice);
  return { Facts, Module: module, Advice: advice };
}

/** The identifier that `--pre` gave, for pre-releases that are chosen here. */
export function preOf({ Given }: Model): string | undefined {
  return Given.Modules[0]?.Pre;
}

/** A module path for a row of a list, by its last element: `…/v2`. */
export function shortPath(path: string): string {
  return `…/${path.split("/").at(-1)}`;
}

/** A sentence of a reason without its full stop, to stand behind a colon or in a list. */
export function unstopped(text: string): string {
  return text.replace(/\.$/, "");
}
