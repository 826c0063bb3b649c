/** What a plan expects of the world afterwards: hashes, and what everybody gets. */
import type { Style } from "../../../cli/style.ts";
import type { Expect, Plan } from "../../../plan/types.ts";
import { cutMiddle, foreign, type Line, own } from "../../line.ts";

/** The hashes of the release, and what `@latest` becomes. */
export function expectedLines(style: Style, plan: Plan, columns: number): Line[] {
  const { Expect } = plan.Releases[0]!;
  const name = (words: string) => own(style, `  ${words.padEnd(9)}`, "quiet");
  const hash = (sum: string) => cutMiddle(style, foreign(style, sum), columns - 13);
  const latest = latestSpans(style, Expect);
  return [
    [name("zip"), hash(Expect.Sum)],
    [name("go.mod"), hash(Expect.GoModSum)],
    ...(latest === null ? [] : [[name("@latest"), ...latest]]),
  ];
}

/** `v1.4.2 → v1.5.0`; null where nobody can say. */
export function latestSpans(
  style: Style,
  { LatestBefore, Latest }: Pick<Expect, "LatestBefore" | "Latest">,
): Line | null {
  if (LatestBefore === undefined && Latest === undefined) return null;
  if (LatestBefore === Latest) return [own(style, "stays "), foreign(style, Latest!)];
  return [
    foreign(style, LatestBefore ?? "nothing"),
    own(style, " → "),
    foreign(style, Latest ?? "nothing"),
  ];
}
