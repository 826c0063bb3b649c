/** What is said of a rewrite: what keeps the old path, and what the new go.mod does not have. */
import { fromHere } from "../../facts/modules.ts";
import { known, type ModuleFacts } from "../../facts/types.ts";
import { covers, retractions } from "../../go/retract.ts";
import { type Problem, problem } from "../../problem.ts";
import { clean, count, shellWord, some } from "../../text.ts";
import { classes } from "./classes.ts";
import { oldMajorLines } from "./newgomod.ts";
import type { FileMentions } from "./types.ts";

/**
 * `old-path-left`: one for every file and class of mentions that stay. `prefix` is the folder that
 * the maintainer stands in, from where the way out names the file. Of the go.mod files that are
 * `stuck` it is said as a warning what becomes of them.
 */
export function leftNotes(
  files: readonly FileMentions[],
  old: string,
  prefix: string,
  stuck: ReadonlySet<string> = new Set(),
): Problem[] {
  return files.flatMap(({ File, Occurrences }) => {
    const left = Map.groupBy(
      Occurrences.filter((o) => !o.Rewritten),
      ({ Class, Reason }) => `${Class} ${Reason}`,
    );
    return [...left.values()].map((all) => {
      const { Class, Line, Reason = classes[Class].stays } = all[0]!;
      const more = all.length > 1 ? ` (${all.length - 1} more like it in the file)` : "";
      const can = all.some((o) => o.Old !== o.New);
      const way = `--rewrite ${shellWord(fromHere(File, prefix))}`;
      if (Class === "nested" && stuck.has(File)) {
        return problem(
          "old-path-left",
          `${clean(File)} keeps ${clean(old)} (line ${Line}), as was chosen, but replaces it by ` +
            "the folder of the new major, whose packages import each other by the new path: its " +
            "module cannot be built any more.",
          { where: { File, Line }, level: "warn", fix: `${way} instead of leaving it` },
        );
      }
      return problem(
        "old-path-left",
        `${clean(old)} in ${clean(File)}, line ${Line}, ${Reason}${more}.`,
        {
          where: { File, Line },
          ...(can && { fix: way }),
        },
      );
    });
  });
}

/** `old-major-unreleased`: what a new major in a folder of its own leaves in the old one. */
export function unreleasedNotes(module: ModuleFacts): Problem[] {
  const { Commits = [], Files = [] } = known(module.Commits) ?? {};
  if (!module.Base || Commits.length === 0 || Files.length === 0) return [];
  const one = Commits.length === 1;
  return [problem(
    "old-major-unreleased",
    `${clean(module.Path)} keeps the ${
      count(Commits.length, "commit")
    } since ${module.Base.Version} that no release has: its next release ships ${
      one ? "it" : "them"
    }.`,
    { fix: `take back what breaks its users before gorel patch or minor there` },
  )];
}

/** `major-drops`: retractions and the deprecation are those of the old path. */
export function droppedNotes(
  module: ModuleFacts,
  newPath: string,
  newGoMod: string,
  bytes: Uint8Array,
): Problem[] {
  const { Retract, Deprecated } = oldMajorLines(bytes, newPath);
  const gone = [
    ...(Retract.length > 0 ? [count(Retract.length, "retraction")] : []),
    ...(Deprecated === undefined ? [] : ["the deprecation"]),
  ];
  if (gone.length === 0) return [];
  const { GoMod, Source } = known(module.Latest) ?? {};
  const waiting = GoMod
    ? module.Versions.map((v) => v.Version).filter((version) =>
      Retract.some((interval) => covers(interval, version)) &&
      retractions(GoMod.Retract, version) === null
    )
    : [];
  return [problem(
    "major-drops",
    `The go.mod of ${clean(newPath)} is without ${gone.join(" and ")} of ${clean(module.Path)}: ` +
      `users of that path read them from its own highest release` +
      (waiting.length > 0 ? `, and ${Source} does not retract ${some(waiting)} yet.` : "."),
    {
      where: { File: newGoMod },
      ...(waiting.length > 0 && {
        fix: `gorel patch first, which puts what go.mod retracts in force`,
      }),
    },
  )];
}
