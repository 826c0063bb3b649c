/** Which screen follows which. */
import { isOpen } from "./commands.ts";
import { leading } from "./releases.ts";
import { begin, open, plan, turn } from "./turn.ts";
import type { Model, Turn } from "./model.ts";

/** From a complete draft to its checks. */
export function toPreflight(model: Model): Turn {
  return plan(open(model, { Name: "preflight", Row: 0 }));
}

/** From checks that let it pass to the review, where the version is typed. */
export function toReview(model: Model): Turn {
  return turn(open(model, { Name: "review", Row: 0, Typed: { Text: "", At: 0 }, Top: 0 }));
}

/**
 * From the typed version to carrying it out. Nothing happens unless the plan is there, its
 * version is what was typed, its commands were agreed to, and the review is what is shown.
 */
export function toApplying(model: Model, typed: string): Turn {
  const { Planning, Screens } = model;
  if (Planning?.State !== "planned" || Screens.at(-1)?.Name !== "review") return turn(model);
  const { Plan, Facts } = Planning;
  const version = leading(Plan).Version;
  if (typed !== version || isOpen(Planning)) return turn(model);
  const run = { ...begin(model, "apply", version), Plan };
  return turn({ ...model, Run: run, Screens: [{ Name: "applying", Row: 0 }] }, {
    Do: "apply",
    Plan,
    Facts,
    Choices: model.Draft,
  });
}

/** Goes on with, or takes back, a release that was begun. */
export function toUnfinished(
  model: Model,
  does: "resume" | "undo",
  { Version, TagName }: { readonly Version: string; readonly TagName: string },
): Turn {
  const next: Model = {
    ...model,
    Run: { ...begin(model, does, Version), TagName },
    Screens: [{ Name: "applying", Row: 0 }],
  };
  return turn(next, does === "resume" ? { Do: "resume", Version, TagName } : { Do: "undo" });
}

/** Proves a published version. */
export function toProof(model: Model, version: string): Turn {
  const run = begin(model, "verify", version);
  return turn({ ...model, Run: run, Screens: [...model.Screens, { Name: "proof", Row: 0 }] }, {
    Do: "verify",
    Version: version,
  });
}
