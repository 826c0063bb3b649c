/** The model that the screens begin with. */
import type { Choices } from "../choices.ts";
import { styleOf } from "../cli/style.ts";
import type { Flags } from "../cli/flags.ts";
import type { Model, Screen, Size } from "./model.ts";

export interface Start {
  readonly Flags: Pick<Flags, "ascii" | "color" | "verbose">;
  readonly Env: Readonly<Record<string, string>>;
  readonly Size: Size;
  readonly Now: number;
  readonly Sandbox: boolean;
  readonly Chdir: readonly string[];
  /** What flags say about every release. */
  readonly Given: Choices;
  readonly Unsaid?: readonly Choices[];
  /** What a release command has chosen already; its open question is the first screen. */
  readonly Draft?: Choices;
  readonly Screens?: readonly Screen[];
  readonly Opens?: "retract" | "unretract" | "deprecate" | "major";
}

/** Nothing is known yet; the facts are being asked for. */
export function startModel(start: Start): Model {
  return {
    Size: start.Size,
    Style: styleOf(start.Flags, start.Env, true),
    Motion: !/^(off|0|no|false)$/i.test(start.Env.GOREL_MOTION ?? ""),
    Now: start.Now,
    Sandbox: start.Sandbox,
    Chdir: start.Chdir,
    Past: [],
    Whole: false,
    Asking: start.Now,
    Tickets: 0,
    Times: new Map(),
    Given: start.Given,
    ...(start.Unsaid && { Unsaid: start.Unsaid }),
    Draft: start.Draft ?? start.Given,
    Screens: start.Screens ?? [{ Name: "home", Row: 0 }],
    ...(start.Opens && { Opens: start.Opens }),
  };
}
