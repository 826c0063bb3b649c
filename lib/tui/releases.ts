/** What a run, or a plan, is about: one release, or those of a train. */
import { pathOf } from "../plan/commits.ts";
import type { Plan, PlannedRelease } from "../plan/types.ts";
import { clean, count } from "../text.ts";
import type { Model, Run } from "./model.ts";

/** A release by the path that users require it by. */
export interface Release {
  readonly Module: string;
  readonly Version: string;
  readonly TagName: string;
}

/** The releases of a run in the order of its plan, dependencies first; none while nobody knows them. */
export function releasesOf({ Outcome, Plan }: Pick<Run, "Outcome" | "Plan">): readonly Release[] {
  if (Outcome && Outcome.Releases.length > 0) return Outcome.Releases;
  return (Plan?.Releases ?? []).map((release) => ({ ...release, Module: pathOf(release) }));
}

/** Reports whether several modules are released together. */
export function isTrain(run: Pick<Run, "Outcome" | "Plan"> | undefined): boolean {
  return run !== undefined && releasesOf(run).length > 1;
}

/** The release whose version is typed: the last one, which requires those before it. */
export function leading({ Releases }: Pick<Plan, "Releases">): PlannedRelease {
  return Releases.at(-1)!;
}

/** Several modules in words, as part of a sentence. */
export function trainWords(releases: readonly unknown[]): string {
  return `the train of ${count(releases.length, "module")}`;
}

/** How many modules the shown screens are about: those that are planned, or drafted. */
export function modulesMeant({ Planning, Run, Draft }: Model): number {
  if (Run) return Math.max(1, releasesOf(Run).length);
  const planned = Planning?.State === "planned" ? Planning.Plan.Releases.length : 0;
  return planned || Draft.Modules.length;
}

/** `v1.5.0`, or how many versions a plan makes: for titles. */
export function versionWords({ Releases }: Pick<Plan, "Releases">): string {
  return Releases.length > 1 ? `${Releases.length} modules` : clean(Releases[0]!.Version);
}
