/**
 * What follows from the same facts and the same choices is worked out once: a key that only
 * moves the cursor costs nothing, however many versions a module has.
 */
import type { Facts } from "../../../facts/types.ts";
import type { Retraction } from "../../draft.ts";
import type { Model } from "../../model.ts";
import { type Listed, listed, type Outlook, outlook } from "../retract/parts.ts";

/** More than a maintainer goes to and fro between. */
const most = 24;

const outlooks = new WeakMap<Facts, Map<string, Outlook | undefined>>();

/** As `outlook`. */
export function outlookOf(model: Model, wanted: Retraction): Outlook | undefined {
  if (!model.Facts) return undefined;
  const known = outlooks.get(model.Facts) ?? new Map<string, Outlook | undefined>();
  outlooks.set(model.Facts, known);
  const key = JSON.stringify([model.Dir, wanted, model.Draft.Accept]);
  if (known.has(key)) return known.get(key);
  if (known.size >= most) known.clear();
  const found = outlook(model, wanted);
  known.set(key, found);
  return found;
}

interface Lists {
  readonly Dir: string | undefined;
  readonly Times: Model["Times"];
  readonly All: readonly Listed[];
}

const lists = new WeakMap<Facts, Lists>();

/** As `listed`. */
export function listedOf(model: Model): readonly Listed[] {
  const { Facts, Dir, Times } = model;
  if (!Facts) return [];
  const known = lists.get(Facts);
  if (known && known.Dir === Dir && known.Times === Times) return known.All;
  const All = listed(model);
  lists.set(Facts, { Dir, Times, All });
  return All;
}
