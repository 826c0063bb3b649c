/** What a running release says on plain lines: a line when a step ends, or waits for something else. */
import { noReturn } from "../../cli/print/layout.ts";
import { stepLine } from "../../cli/print/steps.ts";
import { clean } from "../../text.ts";
import type { Model } from "../model.ts";
import { isTrain } from "../releases.ts";
import { isRung } from "../screens/applying/steps.ts";

/** The lines that the newer model has to tell over the older one. */
export function steps(before: Model, after: Model): string[] {
  if (!after.Run || after.Run === before.Run) return [];
  const style = { ...after.Style, color: false };
  const known = new Map((before.Run?.Steps ?? []).map((s) => [s.Id, s]));
  const lines = after.Run.Steps.flatMap((step) => {
    const old = known.get(step.Id);
    if (old && old.State === step.State && old.Detail === step.Detail) return [];
    if (step.State === "begun" || (step.State === "waiting" && step.Detail === undefined)) {
      return [];
    }
    if (step.Do === "line") return [noReturn(style)];
    const [name, detail] = stepLine(style, step);
    // Of several releases each rung says whose it is: its Id begins with the tag.
    const tag = isTrain(after.Run) && isRung(step)
      ? ` ${clean(step.Id.slice(0, -step.Do.length - 1))}`
      : "";
    return [`${name}${tag}  ${detail}`.trimEnd()];
  });
  const heard = after.Run.Output.slice(before.Run?.Output.length ?? 0)
    .map((text) => `  ${clean(text)}`);
  lines.unshift(...heard);
  const failed = after.Run.Failed;
  return failed && !before.Run?.Failed ? [...lines, `✗ ${clean(failed.Text)}`] : lines;
}
