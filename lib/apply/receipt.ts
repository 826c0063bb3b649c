/** What an outcome says of the releases of its plan. */
import { pathOf } from "../plan/commits.ts";
import type { Outcome, Plan } from "../plan/types.ts";

/** The releases, by the paths that users require them by, with the hashes that users will find in their go.sum. */
export function receipt(plan: Plan): Outcome["Releases"] {
  return plan.Releases.map((release) => ({
    Module: pathOf(release),
    Version: release.Version,
    TagName: release.TagName,
    Sum: release.Expect.Sum,
    GoModSum: release.Expect.GoModSum,
  }));
}
