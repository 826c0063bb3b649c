/** The rewrite for plain questions. */
import { clean, count } from "../../../text.ts";
import type { Model } from "../../model.ts";
import type { MajorScreen } from "../major.ts";
import { decidedOf } from "./found.ts";
import { aheadOf, chosenOf } from "./how.ts";

/** What is said before the list: the paths, how much changes, what the numbers do. */
export function tellMajor(model: Model, { Found, By }: MajorScreen): string[] {
  const ahead = aheadOf(model);
  if (!ahead) return ["The repository is being read."];
  const out = [`module ${clean(ahead.Module.Path)} becomes ${clean(ahead.NewModule)}`];
  if (!Found) return [...out, "Looking for the old path in every file."];
  for (const { Text, Fix } of Found.Problems) {
    out.push(`stops: ${clean(Text)}${Fix === undefined ? "" : ` -> ${clean(Fix)}`}`);
  }
  const { Files, Rewritten, Left, Marked } = decidedOf(Found, chosenOf(model));
  return [
    ...out,
    `${count(Files, "file")} ${Files === 1 ? "changes" : "change"}, ${
      count(Rewritten, "mention")
    } rewritten, ${Left} left; ${count(Marked, "file")} to look at (marked !).`,
    `A number chooses how it is made, or whether ${
      By === "file" ? "a file" : "a kind of mention"
    } is rewritten; n goes on.`,
  ];
}
