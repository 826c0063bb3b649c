/** What the screens have chosen, as exactly the Choices that flags would give (DESIGN.md §5). */
import type { Choices, Edit, Interval, ModuleChoice } from "../choices.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";

/** The draft of a release that counts, or names, its version. */
export function draftRelease(model: Model, wanted: Omit<ModuleChoice, "Dir">): Model {
  return drafted(model, { Do: "release", Modules: [{ Dir: dirOf(model), ...wanted }] });
}

/** What retraction is chosen. */
export interface Retraction {
  readonly Retract: readonly Interval[];
  readonly Reason: string;
  readonly Self: boolean;
  /** The revision it is carried by; absent: HEAD. */
  readonly From?: string;
}

/** The draft of a release that retracts. */
export function draftRetract(model: Model, { Retract, Reason, Self, From }: Retraction): Model {
  const edit: Edit = { Retract: [...Retract], Reason, ...(Self && { Self: true }) };
  return drafted(model, {
    Do: "retract",
    Modules: [{ Dir: dirOf(model), Bump: "patch" }],
    Edit: edit,
    ...(From !== undefined && { From }),
  });
}

/** The draft of a release that deprecates the module. */
export function draftDeprecate(model: Model, reason: string): Model {
  return drafted(model, {
    Do: "deprecate",
    Modules: [{ Dir: dirOf(model), Bump: "patch" }],
    Edit: { Deprecate: true, Reason: reason },
  });
}

function dirOf(model: Model): string {
  return moduleOf(model)?.Dir ?? model.Dir ?? "";
}

/** What flags gave for every release stays; a plan made of older choices is forgotten. */
function drafted(
  model: Model,
  choices: Pick<Choices, "Do" | "Modules" | "Edit" | "From">,
): Model {
  const { Planning: _, ...rest } = model;
  const { Edit: _edit, From: _from, ...given } = model.Given;
  const { Accept, Messages } = model.Draft;
  return { ...rest, Draft: { ...given, Accept, Messages, ...choices } };
}
