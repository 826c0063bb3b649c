/** From the end of a run to its last screen, or out. */
import { quitExit } from "../../exits.ts";
import type { Model, Turn } from "../../model.ts";
import { parting } from "../../parting.ts";
import { leave, turn } from "../../turn.ts";

/** Shows how the run ended. Whoever asked it to stop wanted out, and is let out (screens.md, rule 5). */
export function toDone(model: Model): Turn {
  const { Run } = model;
  if (!Run) return turn(model);
  if (Run.Stopping > 0) return leave(model, quitExit(model), ...parting(model));
  return turn({ ...model, Screens: [{ Name: "done", Row: 0, Run }] });
}
