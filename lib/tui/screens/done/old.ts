/** The old major that a new one came out beside, and how its users are told. */
import { shellWord } from "../../../text.ts";
import { isRelease } from "../../../facts/versions.ts";
import { major } from "../../../go/semver.ts";
import type { Model, Run } from "../../model.ts";

export interface OldMajor {
  readonly Path: string;
  readonly NewModule: string;
  /** `v1`. */
  readonly Major: string;
  /** The release that can carry its deprecation, where it has no branch. */
  readonly From: string;
  /** The branch that was made for it: the deprecation belongs there, or the branch stays behind. */
  readonly Keep?: string;
}

/** Undefined for any release but a new major alone, beside an old one that has a release. */
export function oldMajor({ Plan }: Run): OldMajor | undefined {
  const release = Plan?.Releases[0];
  if (!release?.NewModule || Plan?.Releases[1]) return undefined;
  const { Module, NewModule, Base, Expect } = release;
  const latest = Expect.LatestBefore;
  const From = latest !== undefined && isRelease(latest) ? latest : Base;
  if (From === undefined) return undefined;
  const keep = Plan?.Steps.find((step) => step.Do === "branch" && step.Id === "keep");
  return {
    Path: Module,
    NewModule,
    Major: major(From),
    From,
    ...(keep?.Do === "branch" && { Keep: keep.Name }),
  };
}

/** What is typed to deprecate an old major that has a branch of its own. */
export function deprecation(
  { Chdir, Facts }: Pick<Model, "Chdir" | "Facts">,
  { Keep = "", NewModule, Path }: OldMajor,
): string {
  const there = Chdir.flatMap((dir) => ["-C", dir]);
  const named = (Facts?.Modules.length ?? 0) > 1 ? ["--module", Path] : [];
  return [
    ["git", ...there, "switch", Keep],
    ["gorel", ...there, "deprecate", ...named, "--reason", `use ${NewModule}`],
  ].map((words) => words.map(shellWord).join(" ")).join(" && ");
}
