/** What an outcome says of the releases of its plan. */
import type { Outcome, Plan } from "../plan/types.ts";

/** The releases with the hashes that users will find in their go.sum. */
export function receipt(plan: Plan): Outcome["Releases"] {
  return plan.Releases.map(({ Module, Version, TagName, Expect }) => ({
    Module,
    Version,
    TagName,
    Sum: Expect.Sum,
    GoModSum: Expect.GoModSum,
  }));
}
