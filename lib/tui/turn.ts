/** Small steps that many screens take from one model to the next. */
import type { Choices } from "../choices.ts";
import { reachOf } from "./exits.ts";
import { parting } from "./parting.ts";
import type { Effect, Model, Run, Screen, Turn } from "./model.ts";

/** The screen that is shown. */
export function top(model: Model): Screen {
  return model.Screens.at(-1)!;
}

/** Nothing more than another model. */
export function turn(model: Model, ...effects: Effect[]): Turn {
  return [model, effects];
}

/** The shown screen with another state of its own. */
export function show<S extends Screen>(model: Model, screen: S): Model {
  return { ...model, Screens: [...model.Screens.slice(0, -1), screen] };
}

/** One screen deeper. */
export function open(model: Model, screen: Screen): Model {
  return { ...model, Screens: [...model.Screens, screen] };
}

/** One screen back; from the first one there is no way back. */
export function back(model: Model): Model {
  return model.Screens.length < 2 ? model : { ...model, Screens: model.Screens.slice(0, -1) };
}

/** Only home, with what the world is like now asked anew; what nobody released still goes in. */
export function home(model: Model): Turn {
  const { Planning: _, Run: run, ...rest } = model;
  const Past = run && run.Of !== "verify" ? parting(model) : model.Past;
  // What went into a release is no change any more.
  const went = run?.Of === "apply" && reachOf(model) !== "nothing";
  const Given = went ? { ...model.Given, Include: [] } : model.Given;
  const { Facts, ...others } = rest;
  // Another revision was looked at: home is about HEAD.
  const kept = Facts?.Repo.From ? others : rest;
  return [
    { ...kept, Past, Given, Draft: Given, Screens: [{ Name: "home", Row: 0 }], Asking: model.Now },
    [{ Do: "gather" }],
  ];
}

/** A sentence about what just happened. */
export function note(model: Model, text: string): Model {
  return { ...model, Note: text };
}

/** The draft with other choices in it; a plan made of the old ones is forgotten. */
export function draft(model: Model, choices: Partial<Choices>): Model {
  const { Planning: _, ...rest } = model;
  return { ...rest, Draft: { ...model.Draft, ...choices } };
}

/** Asks for the plan of the draft; an answer to an older wish is not listened to. */
export function plan(model: Model): Turn {
  const Ticket = model.Tickets + 1;
  return [
    { ...model, Tickets: Ticket, Planning: { State: "asking", Ticket, Since: model.Now } },
    [{ Do: "plan", Ticket, Choices: model.Draft }],
  ];
}

/** Leaves for the shell. */
export function leave(model: Model, code: number, ...lines: string[]): Turn {
  return [model, [{ Do: "exit", Code: code, Lines: lines }]];
}

/** A run that begins now. */
export function begin(model: Model, of: Run["Of"], version: string): Run {
  return { Of: of, Version: version, Began: model.Now, Steps: [], Output: [], Stopping: 0 };
}
