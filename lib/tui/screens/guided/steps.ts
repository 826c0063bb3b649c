/** What each step says. */
import type { Model } from "../../model.ts";
import type { GuidedScreen } from "../guided.ts";
import { fix } from "./fix.ts";
import { groundOf } from "./ground.ts";
import { planBlocks, retractionBlocks } from "./planned.ts";
import type { Said } from "./shared.ts";
import { version } from "./version.ts";
import { wrong } from "./wrong.ts";

/** What the step says while a row is highlighted. */
export function saidOf(model: Model, screen: GuidedScreen): Said {
  const ground = groundOf(model, screen);
  switch (screen.Step) {
    case 1:
      return wrong(model, screen, ground);
    case 2:
      return fix(model, screen, ground);
    case 3:
      return version(model, ground);
    case 4:
      return retractionBlocks(model, ground);
    case 5:
      return planBlocks(model, ground);
  }
}
