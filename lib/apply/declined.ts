/** A no of the user's own programs. */
import { Failed, type Problem } from "../problem.ts";

/** A hook or the signing program refused before anything moved: there is nothing to take back. */
export class Declined extends Failed {
  override name = "Declined";
  /** `step` is the Id of the step that it was asked about. */
  constructor(problem: Problem, readonly step: string) {
    super(problem.Text, [problem]);
  }
}
