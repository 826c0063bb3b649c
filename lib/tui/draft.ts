/** What the screens have chosen, as exactly the Choices that flags would give (DESIGN.md §5). */
import {
  type Bump,
  type Choices,
  type Edit,
  type Interval,
  mayRename,
  type ModuleChoice,
} from "../choices.ts";
import type { Model } from "./model.ts";
import { moduleOf } from "./module.ts";

/** The draft of a release that counts, or names, its version. */
export function draftRelease(model: Model, wanted: Omit<ModuleChoice, "Dir">): Model {
  return drafted(model, { Do: "release", Modules: [{ Dir: dirOf(model), ...wanted }] });
}

/** What a train is made of: one word for all of its modules. */
export interface Train {
  /** Folders from the repository's root. */
  readonly Dirs: readonly string[];
  readonly Bump: Bump;
  /** The identifier of `--pre`. */
  readonly Pre?: string;
  /** Replacements that it drops come back in a commit behind the tagged one. */
  readonly Restore: boolean;
}

/** The draft of a train. */
export function draftTrain(model: Model, { Dirs, Bump, Pre, Restore }: Train): Model {
  const one = { Bump, ...(Pre !== undefined && { Pre }) };
  const next = drafted(model, { Do: "release", Modules: Dirs.map((Dir) => ({ Dir, ...one })) });
  return { ...next, Draft: { ...next.Draft, RestoreReplaces: Restore } };
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

/** What is taken back of the retractions. */
export interface Unretraction {
  /** Entries of go.mod, as it has them. */
  readonly Unretract: readonly Interval[];
  /** The revision it is carried by; absent: HEAD. */
  readonly From?: string;
}

/** The draft of a release that takes retractions back. */
export function draftUnretract(model: Model, { Unretract, From }: Unretraction): Model {
  return drafted(model, {
    Do: "unretract",
    Modules: [{ Dir: dirOf(model), Bump: "patch" }],
    Edit: { Unretract: [...Unretract] },
    ...(From !== undefined && { From }),
  });
}

/** The draft of a release that deprecates the module; `from` is the revision that carries it. */
export function draftDeprecate(model: Model, reason: string, from?: string): Model {
  return drafted(model, {
    Do: "deprecate",
    Modules: [{ Dir: dirOf(model), Bump: "patch" }],
    Edit: { Deprecate: true, Reason: reason },
    ...(from !== undefined && { From: from }),
  });
}

/** The draft of a release that takes the deprecation back. */
export function draftUndeprecate(model: Model): Model {
  return drafted(model, {
    Do: "undeprecate",
    Modules: [{ Dir: dirOf(model), Bump: "patch" }],
    Edit: { Undeprecate: true },
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
  const { Edit: _edit, From: _from, Major, ...given } = model.Given;
  const { Accept, Messages } = model.Draft;
  // A revision is released as it is: nothing goes in that no revision has.
  const Include = choices.From === undefined ? given.Include : [];
  const major = Major && mayRename(choices) ? { Major } : {};
  return { ...rest, Draft: { ...given, ...major, Include, Accept, Messages, ...choices } };
}
