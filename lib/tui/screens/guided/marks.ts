/** Marking the bad versions: one by one, or a range of them. */
import type { GuidedScreen } from "../guided.ts";
import type { Ground } from "./ground.ts";

/** The screen with the highlighted version marked, or the mark taken away; or why not. */
export function markRow(ground: Ground, screen: GuidedScreen): GuidedScreen | string {
  const chosen = ground.Versions[screen.Row];
  if (!chosen) return "There is no published version to mark.";
  if (chosen.Already !== undefined) return `${chosen.Version} is retracted already.`;
  const { Anchor: _, ...rest } = screen;
  const has = ground.Marked.includes(chosen.Version);
  const Marked = has
    ? ground.Marked.filter((v) => v !== chosen.Version)
    : [...ground.Marked, chosen.Version];
  return { ...rest, Several: true, Marked };
}

/**
 * The first v remembers where a range begins, the second marks everything in it that is not
 * retracted yet, and nothing else: what was only proposed is no mark.
 */
export function markRange(ground: Ground, screen: GuidedScreen): GuidedScreen | string {
  const here = ground.Versions[screen.Row];
  if (!here) return "There is no published version to mark.";
  if (screen.Anchor === undefined) return { ...screen, Anchor: here.Version };
  const { Anchor, ...rest } = screen;
  const from = ground.Versions.findIndex((v) => v.Version === Anchor);
  if (from < 0) return { ...screen, Anchor: here.Version };
  const [low, high] = from < screen.Row ? [from, screen.Row] : [screen.Row, from];
  const inside = ground.Versions.slice(low, high + 1)
    .filter((v) => v.Already === undefined).map((v) => v.Version);
  const before = screen.Several ? screen.Marked : [];
  return { ...rest, Several: true, Marked: [...new Set([...before, ...inside])] };
}
