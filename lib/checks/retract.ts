/** The refusals of a retraction that the versions themselves show (problems.md, retraction). */
import type { Interval } from "../choices.ts";
import { type Problem, problem } from "../problem.ts";
import { flagOf } from "../facts/modules.ts";
import { known, type ModuleFacts } from "../facts/types.ts";
import { type ModFile, sameInterval } from "../go/modfile/mod.ts";
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
  const all = existing(module);
  for (const interval of wanted) {
    const shown = showInterval(interval);
    const misfit = [interval.Low, interval.High].find((v) => !fits(module, v));
    if (misfit !== undefined) {
      out.push(problem(
        "retract-major",
        `${misfit} is another major than ${module.Path}: its own go.mod must retract it.`,
        {
          where: { File: module.GoMod.File },
          fix: elsewhere(module, "retract", misfit),
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
    } else if (isAlready(module.GoMod.Mod, module, interval, given.reason)) {
      out.push(already(module, interval, given.reason));
    }
  }
  return out;
}

/** Every version that a `retract` line of the module may mean, as it is written there; ascending. */
export function existing(module: ModuleFacts): string[] {
  const { Versions, Incompatible, IncompatibleOnProxy, NotIncompatible } = module;
  const tagged = Incompatible.filter((v) => !NotIncompatible?.includes(v))
    .map((v) => `${v}+incompatible`);
  const legacy = new Set([...tagged, ...IncompatibleOnProxy]);
  return [...Versions.map((v) => v.Version), ...[...legacy].sort(compare)];
}

/** The way out where a version is another major's: its own go.mod, unless it has none and so is this path's. */
export function elsewhere(
  module: ModuleFacts,
  word: "retract" | "unretract",
  version: string,
): string {
  const here = `${version}+incompatible`;
  return existing(module).includes(here)
    ? `gorel ${word} ${here}${flagOf(module)}: its commit has no go.mod`
    : `gorel ${word} on the branch or in the folder of that major`;
}

/** Reports whether the module's own go.mod may name a version (go-rules §2.3). */
export function fits(module: ModuleFacts, version: string): boolean {
  return checkPathMajor(version, module.PathMajor) === null;
}

/** It stands in go.mod; whether users are told so is another question. */
function already(module: ModuleFacts, interval: Interval, reason: string): Problem {
  const shown = showInterval(interval);
  const where = { File: module.GoMod.File };
  const latest = known(module.Latest);
  if (latest?.GoMod && !isAlready(latest.GoMod, module, interval, reason)) {
    return problem(
      "retract-already",
      `go.mod retracts ${shown} already, with that reason, but ${latest.Source} does not say ` +
        "so: users are told by the next release above it.",
      { where, fix: `gorel patch${flagOf(module)}` },
    );
  }
  return problem("retract-already", `${shown} is retracted already, with that reason.`, {
    where,
    fix: "leave it out, or give another --reason",
  });
}

/** Already retracted: a go.mod has that entry, or all versions of it inside others, with this reason. */
function isAlready(
  { Retract }: Pick<ModFile, "Retract">,
  module: ModuleFacts,
  interval: Interval,
  reason: string,
): boolean {
  const same = Retract.filter((entry) => sameInterval(entry, interval));
  if (same.length > 0) return same.some(({ Rationale }) => Rationale === reason);
  const inside = existing(module).filter((v) => covers(interval, v));
  return inside.length > 0 && inside.every((v) => retractions(Retract, v)?.includes(reason));
}
