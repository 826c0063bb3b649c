/** What can be chosen once a check has ended. */
import type { Model } from "../../model.ts";
import { goGet } from "../../parting.ts";
import type { Row } from "../../screen.ts";

export type Next = "copy" | "again" | "back" | "quit";

/** The choices, most likely first; none while it runs, and none of a release. */
export function nextOf(model: Model): readonly [Next, Row][] {
  const { Run } = model;
  if (Run?.Of !== "verify" || Run.Ended === undefined) return [];
  const published = Run.Verified?.State === "published";
  return [
    ...(published
      ? [["copy", { Label: "copy what users type", Detail: goGet(model) }]] as [Next, Row][]
      : []),
    ["again", { Label: "look again" }],
    model.Screens.length > 1 ? ["back", { Label: "back" }] : ["quit", { Label: "quit" }],
  ];
}

/** The same as rows. */
export function nextRows(model: Model): readonly Row[] {
  return nextOf(model).map(([, row]) => row);
}
