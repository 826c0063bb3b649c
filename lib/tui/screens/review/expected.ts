/** What a plan expects of the world afterwards: hashes, and what everybody gets. */
import type { Style } from "../../../cli/style.ts";
import type { Expect, Plan, PlannedRelease } from "../../../plan/types.ts";
import { cutMiddle, foreign, type Line, own, pad, width } from "../../line.ts";
import { shortPath } from "../version/advice.ts";
import { leading } from "../../releases.ts";

/** The hashes of the release, and what `@latest` becomes; of a train at most `most` lines. */
export function expectedLines(style: Style, plan: Plan, columns: number, most = 4): Line[] {
  if (plan.Releases.length > 1) return trainLines(style, plan, columns, most);
  const { Expect } = leading(plan);
  const name = (words: string) => own(style, `  ${words.padEnd(9)}`, "quiet");
  const hash = (sum: string) => cutMiddle(style, foreign(style, sum), columns - 13);
  const latest = latestOf(style, leading(plan));
  return [
    [name("zip"), hash(Expect.Sum)],
    [name("go.mod"), hash(Expect.GoModSum)],
    ...(latest === null ? [] : [[name("@latest"), ...latest]]),
  ];
}

/** A line for each release: its tag, what `@latest` becomes, its hash. The last one always stands. */
function trainLines(style: Style, { Releases }: Plan, columns: number, most: number): Line[] {
  const fits = Releases.length <= most;
  const shown = fits ? Releases : [...Releases.slice(0, Math.max(0, most - 2)), Releases.at(-1)!];
  const latest = shown.map((r) => latestSpans(style, r.Expect) ?? []);
  const tags = shown.map((r) => foreign(style, r.TagName));
  const widest = (lines: readonly Line[]) => lines.reduce((n, of) => Math.max(n, width(of)), 0);
  const tag = Math.min(widest(tags.map((t) => [t])), Math.floor(columns / 2) - 4);
  const narrow = columns - tag - widest(latest) < 32;
  const gets = Math.min(widest(latest), columns - tag - (narrow ? 6 : 16));
  const lines = shown.map((release, i): Line => [
    { Text: "  " },
    ...pad(style, [cutMiddle(style, tags[i]!, tag)], tag + 2),
    ...pad(style, latest[i]!, gets + 2),
    ...(narrow
      ? []
      : [cutMiddle(style, foreign(style, release.Expect.Sum, "quiet"), columns - tag - gets - 8)]),
  ]);
  const more = own(style, `  … ${Releases.length - shown.length} more`, "quiet");
  return fits ? lines : [...lines.slice(0, -1), [more], ...lines.slice(-1)];
}

/** What `@latest` becomes; a new path begins with its own, and that of the old one stays. */
export function latestOf(
  style: Style,
  { NewModule, Version, Expect }: Pick<PlannedRelease, "NewModule" | "Version" | "Expect">,
): Line | null {
  if (NewModule === undefined) return latestSpans(style, Expect);
  const { LatestBefore } = Expect;
  return [
    foreign(style, `${Version} of ${shortPath(NewModule)}`),
    ...(LatestBefore === undefined
      ? []
      : [own(style, " · old path stays "), foreign(style, LatestBefore)]),
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
