/** What the state means: which entries are taken out, and what carries that. */
import { draftUnretract, type Unretraction } from "../../draft.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { type CarrierRow, plainCarriers } from "../retract/carriers.ts";
import type { UnretractScreen } from "../unretract.ts";
import { entriesOf, type Entry, isIn } from "./entries.ts";

/** The entries that are marked, newest first. */
export function markedOf(model: Model, { Marked }: UnretractScreen): readonly Entry[] {
  return entriesOf(model).filter((e) => e.Off === undefined && Marked.includes(e.Name));
}

/** The revision that the release is made from, if it is not HEAD. */
export function fromOf(model: Model, screen: UnretractScreen): string | undefined {
  return screen.Carrier === "head" ? undefined : screen.From ?? moduleOf(model)?.Base?.Version;
}

/** What is chosen so far, in go.mod's words. What carries it is open while there is nothing to carry. */
export function wantedOf(model: Model, screen: UnretractScreen): Unretraction {
  const Unretract = markedOf(model, screen).map((e) => e.Interval).reverse();
  const from = fromOf(model, screen);
  const open = Unretract.length === 0 && !screen.Settled;
  return { Unretract, ...(from !== undefined && !open && { From: from }) };
}

/** What can carry it; a single row is no question. */
export function carriers(model: Model, screen: UnretractScreen): CarrierRow[] {
  const [head, from] = plainCarriers(model, screen.From);
  if (!head || !from) return head ? [head] : [];
  const base = screen.From ?? moduleOf(model)?.Base?.Version;
  const lacks = markedOf(model, screen).find((entry) => !isIn(model, base, entry));
  return [head, {
    ...from,
    ...(lacks && { Off: `its go.mod does not retract ${lacks.Name}` }),
  }];
}

/** The row of the carrier that the state says. */
export function carrierAt(model: Model, screen: UnretractScreen): number {
  return Math.max(0, carriers(model, screen).findIndex((row) => row.Carrier === screen.Carrier));
}

/** Reports whether there is a choice of what carries it. */
export function isAsked(model: Model, screen: UnretractScreen): boolean {
  return carriers(model, screen).length > 1;
}

/**
 * While nobody has chosen a carrier, the one that ships nothing else is proposed; what is to
 * be included only HEAD can carry.
 */
export function settled(model: Model, screen: UnretractScreen): UnretractScreen {
  if (screen.Settled || !moduleOf(model)) return screen;
  const [, from] = carriers(model, screen);
  const alone = model.Given.Include.length === 0 && from !== undefined && from.Off === undefined;
  return { ...screen, Carrier: alone ? "from" : "head" };
}

/** The model whose draft is what flags would give for this state. */
export function drafted(model: Model, screen: UnretractScreen): Model {
  return draftUnretract(model, wantedOf(model, screen));
}
