/** What a release does to retractions: `retract-ineffective`, `-leaves-nothing`, `-same-code`, `retraction-dropped`, `-pending`, `born-retracted`, `ships-unreleased`; and to a deprecation: `deprecation-dropped`. */
import { type Problem, problem } from "../problem.ts";
import type { Edit, Interval } from "../choices.ts";
import { isBeside, known, type ModuleFacts } from "../facts/types.ts";
import { flagOf } from "../facts/modules.ts";
import { isRelease } from "../facts/versions.ts";
import { sameInterval } from "../go/modfile/mod.ts";
import { covers, retractions } from "../go/retract.ts";
import { compare } from "../go/semver.ts";
import { clean, count, shellWord, some } from "../text.ts";
import { includesFileOf } from "./nothing.ts";
import { existing, showInterval } from "./retract.ts";
import type { Coming } from "./types.ts";

/** Rules about retractions as users will see them (go-rules §8.1). */
export function effect(coming: Coming): Problem[] {
  // Of a new path nothing is retracted yet, and the old one keeps what its own releases say.
  if (coming.Path !== coming.Module.Path) return [];
  return [
    ...ineffective(coming),
    ...leavesNothing(coming),
    ...bornRetracted(coming),
    ...dropped(coming),
    ...undeprecated(coming),
    ...pending(coming),
    ...shipsUnreleased(coming),
    ...sameCode(coming),
  ];
}

/**
 * Reports whether Go will read retractions from the coming version: from the highest release
 * only; a pre-release counts while there is no release. An adopted tag is the highest itself.
 */
function isRead({ Highest, Versions }: ModuleFacts, version: string): boolean {
  if (Highest) return isRelease(version) && compare(version, Highest.Version) >= 0;
  return isRelease(version) || Versions.every((v) => compare(version, v.Version) >= 0);
}

/** A retraction or a deprecation that nobody would read. */
function ineffective({ Facts, Choices, Module, Version, Retracts }: Coming): Problem[] {
  if (Choices.Do === "release") return [];
  const highest = Module.Highest?.Version;
  const what = Choices.Do.endsWith("retract") ? "retractions" : "a deprecation";
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
  if (LatestAfter !== null) return [];
  // Where users get nothing now, only what is meant to warn them has to say so again.
  const warns = Choices.Do === "retract" || Choices.Do === "deprecate";
  if (!warns && !known(Module.Latest)?.Latest) return [];
  return [problem(
    "retract-leaves-nothing",
    `With this no version of ${Module.Path} is left for @latest: go get ${Module.Path}@latest fails, or takes a commit without a tag.`,
    { fix: "--accept retract-leaves-nothing, if that is meant" },
  )];
}

/** A range that was written for older versions may take in the next one too, of this branch or another. */
function bornRetracted({ Choices, Module, Version, GoMod }: Coming): Problem[] {
  if (Choices.Edit?.Self) return [];
  const latest = known(Module.Latest);
  const read = isRead(Module, Version);
  const retracts = read ? GoMod.Retract : latest?.GoMod?.Retract ?? [];
  const entry = retracts.find((interval) => covers(interval, Version));
  if (!entry) return [];
  return [problem(
    "born-retracted",
    `${Version} is retracted as soon as it is out: ${
      read ? "its own go.mod" : `the go.mod of ${latest!.Source}, which Go reads them from,`
    } retracts ${showInterval(entry)}.`,
    {
      ...(read && { where: { File: Module.GoMod.File } }),
      fix: `name a version above ${entry.High}, or end the range before ${Version}`,
    },
  )];
}

/** Old retractions are in force only while every later release keeps their lines. */
function dropped({ Choices, Module, Version, GoMod }: Coming): Problem[] {
  const latest = known(Module.Latest);
  const before = latest?.GoMod ?? Module.BaseGoMod;
  if (!before || !isRead(Module, Version)) return [];
  const meant = Choices.Edit?.Unretract ?? [];
  const lost = existing(Module).filter((v) =>
    retractions(before.Retract, v) !== null && retractions(GoMod.Retract, v) === null &&
    !meant.some((interval) => covers(interval, v))
  );
  if (lost.length === 0) return [];
  return [problem(
    "retraction-dropped",
    `${some(lost)} would no longer be retracted: go.mod lacks the line that ${
      latest?.Source ?? "the last release"
    } has.`,
    {
      where: { File: Module.GoMod.File },
      fix: "put the retract line back, or --accept retraction-dropped",
    },
  )];
}

/** The deprecation is read where retractions are: a release without it takes it back. */
function undeprecated({ Choices, Module, Version, GoMod }: Coming): Problem[] {
  const latest = known(Module.Latest);
  const before = (latest?.GoMod ?? Module.BaseGoMod)?.Module?.Deprecated;
  if (before === undefined || GoMod.Module?.Deprecated !== undefined) return [];
  if (Choices.Edit?.Undeprecate || !isRead(Module, Version)) return [];
  const reason = /[\r\n]/.test(before) ? "…" : shellWord(clean(before));
  return [problem(
    "deprecation-dropped",
    `${clean(Module.Path)} would no longer be deprecated: go.mod lacks the comment that ${
      latest?.Source ?? "the last release"
    } has.`,
    {
      where: { File: Module.GoMod.File },
      fix: `gorel deprecate${flagOf(Module)} --reason ${reason}; or --accept deprecation-dropped`,
    },
  )];
}

/** A retraction that go.mod has but no release carries is in force for nobody. */
function pending({ Module, Version, GoMod }: Coming): Problem[] {
  const latest = known(Module.Latest);
  if (!latest?.GoMod) return [];
  const now = Module.GoMod.Mod.Retract;
  const waiting = existing(Module).filter((v) =>
    retractions(now, v) !== null && retractions(latest.GoMod!.Retract, v) === null &&
    retractions(GoMod.Retract, v) !== null
  );
  if (waiting.length === 0) return [];
  const above = Module.Highest?.Version ?? latest.Source;
  return [problem(
    "retraction-pending",
    `go.mod retracts ${some(waiting)}, but ${latest.Source} does not: ` +
      (isRead(Module, Version)
        ? "this release is the first that puts it in force."
        : `it is in force for nobody before a release above ${above} carries it.`),
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
    base === Module.Highest?.Version && canCarry(Module, Choices.Edit ?? {})
      ? { fix: `--from ${base}${self} ships nothing but its code` }
      : {},
  )];
}

/** Reports whether the last release has in its go.mod what an edit takes out. */
function canCarry({ BaseGoMod }: ModuleFacts, { Unretract, Undeprecate }: Edit): boolean {
  if (Undeprecate) return BaseGoMod?.Module?.Deprecated !== undefined;
  const entries = BaseGoMod?.Retract ?? [];
  return (Unretract ?? []).every((one) => entries.some((entry) => sameInterval(one, entry)));
}

/** A release that retracts the very code it ships helps nobody, unless it retracts itself too. */
function sameCode({ Facts, Module, Choices, Version, Retracts }: Coming): Problem[] {
  const base = Module.Base?.Version;
  const files = known(Module.Commits)?.Files;
  if (base === undefined || files?.length !== 0 || Choices.Edit?.Self) return [];
  if (includesFileOf(Facts.Repo, Module)) return [];
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
