/** The steps for plain mode: everything that somebody needs who sees no screen. */
import { textOf } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { GuidedScreen } from "../guided.ts";
import { decided } from "./draw.ts";
import { type Ground, groundOf } from "./ground.ts";
import { rowsOf } from "./rows.ts";
import { spoken } from "./say.ts";
import { newLine } from "./shared.ts";
import { saidOf } from "./steps.ts";

const names = ["What is wrong", "The fix", "The version", "The retraction", "Plan"];

/** What was decided, and what the step says. Of step 2 what each answer means. */
export function tell(model: Model, screen: GuidedScreen): readonly string[] {
  if (!moduleOf(model)) return ["Reading the module."];
  const ground = groundOf(model, screen);
  const values = decided(model, screen, ground);
  const before = values.slice(0, screen.Step - 1)
    .map((value, i) => `${names[i]}: ${textOf(value)}`);
  return [
    `Step ${screen.Step} of 5: ${names[screen.Step - 1]!.toLowerCase()}.`,
    ...before,
    ...(screen.Step === 2 || screen.Step === 4 ? spoken([newLine(model, ground)]) : []),
    ...answers(model, screen),
    ...marks(screen, ground),
  ];
}

/** What a number would add to, or take away from. */
function marks({ Step, Focus }: GuidedScreen, { Marked }: Ground): string[] {
  if (Step !== 1 || Focus !== "versions") return [];
  return [
    `Marked as bad: ${Marked.length === 0 ? "nothing" : Marked.join(", ")}.`,
    "A number marks its version, or takes the mark away; n goes on.",
  ];
}

/** Nothing is highlighted in plain mode, so what each answer means is told before it is given. */
function answers(model: Model, screen: GuidedScreen): string[] {
  const each = screen.Step === 2 || screen.Step === 1 && screen.Focus === "kind";
  if (!each) {
    const { Near, Far } = saidOf(model, screen);
    return spoken([...Near, ...Far]);
  }
  return rowsOf(model, screen).flatMap((row, i) => {
    const { Near, Far } = saidOf(model, { ...screen, Row: i });
    return [`${row.Label}:`, ...spoken([...Near, ...Far])];
  });
}

/** The question. */
export function ask(model: Model, screen: GuidedScreen): string {
  return moduleOf(model) ? saidOf(model, screen).Ask : "";
}
