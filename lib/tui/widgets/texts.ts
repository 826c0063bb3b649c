/** The difference of two texts as a widget shows it. */
import { compareLines, type Line } from "../../plan/lines.ts";
import type { DiffLine } from "./diff.ts";

/** The lines that differ, with `around` unchanged lines on both sides. */
export function diffOfTexts(before: string, after: string, around = 2): DiffLine[] {
  return shown(compareLines(before, after), around);
}

/** Without the unchanged lines that are far from any change. */
function shown(all: readonly Line[], around: number): DiffLine[] {
  const near = new Set<number>();
  for (const [i, { Sign }] of all.entries()) {
    if (Sign === " ") continue;
    for (let at = i - around; at <= i + around; at++) near.add(at);
  }
  const out: DiffLine[] = [];
  let number = 0;
  for (const [i, { Sign, Text }] of all.entries()) {
    if (Sign !== "+") number++;
    if (!near.has(i)) continue;
    const where = Sign === "+" ? number + 1 : number;
    if (i > 0 && !near.has(i - 1)) out.push({ Sign: "@", Text: `@@ line ${where}` });
    out.push({ Sign, Text: Text.replace(/\n$/, "") });
    if (!Text.endsWith("\n")) out.push({ Sign: "@", Text: "no line end at the end of the file" });
  }
  return out;
}
