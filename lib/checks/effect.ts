/** What a release does to retractions: `retract-ineffective`, `-leaves-nothing`, `-same-code`, `retraction-dropped`, `-pending`, `ships-unreleased`. */
import { type Problem, problem } from "../problem.ts";
import type { Interval } from "../choices.ts";
import { isBeside, known } from "../facts/types.ts";
import { isRelease } from "../facts/versions.ts";
import { covers, retractions } from "../go/retract.ts";
import { compare } from "../go/semver.ts";
import { count } from "../text.ts";
import type { Coming } from "./types.ts";

/** Rules about retractions as users will see them (go-rules §8.1). */
export function effect(coming: Coming): Problem[] {
  return [
    ...ineffective(coming),
    ...leavesNothing(coming),
    ...dropped(coming),
    ...pending(coming),
    ...shipsUnreleased(coming),
    ...sameCode(coming),
  ];
}

/** Retractions are read from the highest release only; a pre-release counts while there is no release. */
function ineffective({ Facts, Choices, Module, Version, Retracts }: Coming): Problem[] {
  if (Choices.Do === "release") return [];
  const highest = Module.Highest?.Version;
  const what = Choices.Do === "retract" ? "retractions" : "a deprecation";
  if (!isRelease(Version) && highest) {
    return [problem(
      "retract-ineffective",
      `${Version} is a pre-release: Go reads ${what} from ${highest}, the highest release, only.`,
      { where: { File: Module.GoMod.File } },
    )];
  }
  if (highest && compare(Version, highest) <= 0) {
    return [problem(
      "retract-ineffective",
      `${Version} would not be the highest release (${highest} is): Go reads ${what} from that one only.`,
      {
        where: { File: Module.GoMod.File },
        fix: isBeside(Facts.Repo)
          ? fromHighest(highest, Retracts)
          : `${Choices.Do} from the branch that carries ${highest}`,
      },
    )];
  }
  return [];
}

/** The revision whose next patch is the highest release; its code goes out again, so it is retracted as it is. */
function fromHighest(highest: string, retracts: readonly Interval[]): string {
  const bad = retracts.some((interval) => covers(interval, highest));
  return bad
    ? `--from ${highest} --self: its code goes out once more, and is retracted too`
    : `--from ${highest}`;
}

function leavesNothing({ Choices, Module, LatestAfter }: Coming): Problem[] {
  if (Choices.Do === "release" || LatestAfter !== null) return [];
  return [problem(
    "retract-leaves-nothing",
    `With this no version of ${Module.Path} is left for @latest: go get ${Module.Path}@latest fails, or takes a commit without a tag.`,
    { fix: "--accept retract-leaves-nothing, if that is meant" },
  )];
}

/** Old retractions are in force only while every later release keeps their lines. */
function dropped({ Module, Version, GoMod }: Coming): Problem[] {
  const latest = known(Module.Latest);
  const before = latest?.GoMod ?? Module.BaseGoMod;
  const highest = Module.Highest?.Version;
  if (!before || (highest && compare(Version, highest) < 0) || !isRelease(Version)) return [];
  const lost = Module.Versions.map((v) => v.Version).filter((v) =>
    retractions(before.Retract, v) !== null && retractions(GoMod.Retract, v) === null
  );
  if (lost.length === 0) return [];
  return [problem(
    "retraction-dropped",
    `${lost.slice(0, 3).join(", ")}${
      lost.length > 3 ? ` and ${lost.length - 3} more` : ""
    } would no longer be retracted: go.mod lacks the line that ${
      latest?.Source ?? "the last release"
    } has.`,
    {
      where: { File: Module.GoMod.File },
      fix: "put the retract line back, or --accept retraction-dropped",
    },
  )];
}

/** A retraction that go.mod has but no release carries is in force for nobody. */
function pending({ Module, Version }: Coming): Problem[] {
  const latest = known(Module.Latest);
  if (!latest?.GoMod) return [];
  const now = Module.GoMod.Mod.Retract;
  const waiting = Module.Versions.map((v) => v.Version).filter((v) =>
    retractions(now, v) !== null && retractions(latest.GoMod!.Retract, v) === null
  );
  if (waiting.length === 0) return [];
  const highest = Module.Highest?.Version;
  const read = !highest || (isRelease(Version) && compare(Version, highest) > 0);
  return [problem(
    "retraction-pending",
    `go.mod retracts ${waiting.slice(0, 3).join(", ")}, but ${latest.Source} does not: ` +
      (read
        ? "this release is the first that puts it in force."
        : `it is in force for nobody before a release above ${highest} carries it.`),
    { where: { File: Module.GoMod.File } },
  )];
}

function shipsUnreleased({ Module, Choices, Retracts }: Coming): Problem[] {
  const commits = known(Module.Commits)?.Commits.length ?? 0;
  if (Choices.Do === "release" || !Module.Base || commits === 0) return [];
  const base = Module.Base.Version;
  const self = Retracts.some((interval) => covers(interval, base)) ? " --self" : "";
  return [problem(
    "ships-unreleased",
    `The release that ${Choices.Do}s also ships what came after ${base}: ${
      count(commits, "commit")
    }.`,
    { fix: `--from ${base}${self} ships nothing but its code` },
  )];
}

/** A release that retracts the very code it ships helps nobody, unless it retracts itself too. */
function sameCode({ Facts, Module, Choices, Version, Retracts }: Coming): Problem[] {
  const base = Module.Base?.Version;
  const files = known(Module.Commits)?.Files;
  if (base === undefined || files?.length !== 0 || Choices.Edit?.Self) return [];
  if (!Retracts.some((interval) => covers(interval, base))) return [];
  return [problem(
    "retract-same-code",
    `${Version} will have the code of ${base}, which it retracts: users get it again.`,
    // Whoever names the revision has no fix there, whatever is on the branch.
    isBeside(Facts.Repo)
      ? { level: "stop", fix: "say --self, which retracts the new version too" }
      : { fix: "commit the fix first, or say --self, which retracts the new version too" },
  )];
}
