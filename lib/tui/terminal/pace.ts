/** How often the screen moves by itself: not at all while nothing happens. */
import type { Model } from "../model.ts";

/** Reports whether something is under way that the screens show moving. */
export function animated({ Asking, Planning, Run }: Model): boolean {
  return Asking !== undefined || Planning?.State === "asking" ||
    Run !== undefined && Run.Ended === undefined;
}

/** Milliseconds between two ticks; null for none: 8 a second for a spinner, else a clock's second. */
export function paceOf(model: Model): number | null {
  if (!animated(model)) return null;
  return model.Motion ? 125 : 1000;
}
