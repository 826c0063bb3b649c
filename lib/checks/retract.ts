/** The refusals of a retraction that the versions themselves show (problems.md, retraction). */
import type { Interval } from "../choices.ts";
import { type Problem, problem } from "../problem.ts";
import type { ModuleFacts } from "../facts/types.ts";
import { checkPathMajor } from "../go/module.ts";
import { checkRationale, covers, retractions } from "../go/retract.ts";
import { compare } from "../go/semver.ts";

/** `v1.0.0`, or `[v1.0.0, v1.0.2]` as go.mod writes it. */
export function showInterval({ Low, High }: Interval): string {
  return Low === High ? Low : `[${Low}, ${High}]`;
}

/** What is wrong with the reason, if anything (go-rules §8.2: what go would not print). */
export function reason(text: string): Problem[] {
  const wrong = checkRationale(text);
  return wrong === null ? [] : [problem("retract-reason", `The reason ${wrong}.`, {
    fix: '--reason "one plain sentence that users will read"',
  })];
}

/**
 * Checks the intervals that are to be retracted against the versions that
 * exist. `coming` is the version that will carry the retraction.
 */
export function intervals(
  module: ModuleFacts,
  wanted: readonly Interval[],
  given: { coming: string; self: boolean; reason: string },
): Problem[] {
  const out: Problem[] = [];
  const all = [...module.Versions.map((v) => v.Version), ...module.Incompatible];
  for (const interval of wanted) {
    const shown = showInterval(interval);
    const misfit = [interval.Low, interval.High].find((v) => !fits(module, v));
    if (misfit !== undefined) {
      out.push(problem(
        "retract-major",
        `${misfit} is another major than ${module.Path}: its own go.mod must retract it.`,
        {
          where: { File: module.GoMod.File },
          fix: "gorel retract on the branch or in the folder of that major",
        },
      ));
    } else if (compare(interval.Low, interval.High) > 0) {
      out.push(problem(
        "retract-reversed",
        `${shown} ends before it begins, and would retract nothing.`,
        { fix: `${interval.High}..${interval.Low}` },
      ));
    } else if (!all.some((v) => covers(interval, v))) {
      const near = all.slice(-5).join(", ");
      out.push(problem(
        "retract-unknown",
        interval.Low === interval.High
          ? `${shown} does not exist, so there is nothing to retract.`
          : `No existing version lies in ${shown}.`,
        { fix: near === "" ? "gorel versions" : `gorel versions shows what exists: … ${near}` },
      ));
    } else if (!given.self && covers(interval, given.coming)) {
      out.push(problem(
        "retract-covers-itself",
        `${shown} takes in ${given.coming}, the version that is to carry the retraction.`,
        { fix: "end the range before it, or say --self if it is meant to be retracted too" },
      ));
    } else if (isAlready(module, interval, given.reason)) {
      out.push(problem(
        "retract-already",
        `${shown} is retracted already, with that reason.`,
        { where: { File: module.GoMod.File }, fix: "leave it out, or give another --reason" },
      ));
    }
  }
  return out;
}

function fits(module: ModuleFacts, version: string): boolean {
  return checkPathMajor(version, module.PathMajor) === null;
}

/** Already retracted: every version the interval takes in has this reason in HEAD's go.mod. */
function isAlready(module: ModuleFacts, interval: Interval, reason: string): boolean {
  const retracts = module.GoMod.Mod.Retract;
  if (retracts.some((r) => r.Low === interval.Low && r.High === interval.High)) {
    return retracts.some((r) =>
      r.Low === interval.Low && r.High === interval.High && r.Rationale === reason
    );
  }
  const inside = module.Versions.map((v) => v.Version).filter((v) => covers(interval, v));
  return inside.length > 0 && inside.every((v) => retractions(retracts, v)?.includes(reason));
}
