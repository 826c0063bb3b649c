/** What home reads out of the facts, worked out once for each module that was read. */
import { statusDocument } from "../../../cli/documents.ts";
import { type Advice, advise } from "../../../advice/advise.ts";
import { type RequirementChange, requirementChanges } from "../../../advice/requirements.ts";
import { type Facts, known, type ModuleFacts, type VersionFact } from "../../../facts/types.ts";
import { highestRelease, published } from "../../../facts/versions.ts";
import { retractions } from "../../../go/retract.ts";
import { type Problem, problem, stops } from "../../../problem.ts";
import { some } from "../../../text.ts";
import { preOf } from "../version/advice.ts";
import { withIncluded } from "../../included.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";

export interface Seen {
  readonly Facts: Facts;
  readonly Module: ModuleFacts;
  readonly Advice: Advice;
  /** The versions that users can get, ascending. */
  readonly Published: readonly VersionFact[];
  /** What `@latest` gives; null: nothing. */
  readonly Latest: string | null;
  /** The version that a row about "the latest" is about: `@latest`, else the highest there is. */
  readonly Newest?: VersionFact;
  /** In force for users now, newest first. */
  readonly Retracted: readonly { readonly Version: string; readonly Rationale: string }[];
  /** What users are told of the whole module now; absent when it is not deprecated. */
  readonly Deprecated?: string;
  readonly Requirements: readonly RequirementChange[];
  /** What does not stop a look, and should be known all the same. */
  readonly Problems: readonly Problem[];
}

const cache = new WeakMap<Facts, Map<ModuleFacts, Seen>>();

/** Undefined while nothing was read. */
export function seen(model: Model): Seen | undefined {
  const { Facts } = model;
  const module = moduleOf(model);
  if (!Facts || !module) return undefined;
  const modules = cache.get(Facts) ?? new Map<ModuleFacts, Seen>();
  cache.set(Facts, modules);
  const advised = withIncluded(model, module);
  const found = modules.get(advised) ?? look(Facts, module, advised, preOf(model));
  modules.set(advised, found);
  return found;
}

/** The warnings of a whole look at the repository; what was not asked yet is none. */
export function warningsOf(model: Model): readonly Problem[] {
  return seen(model)?.Problems ?? [];
}

function look(
  facts: Facts,
  module: ModuleFacts,
  advised: ModuleFacts,
  pre: string | undefined,
): Seen {
  const users = published(module.Versions, facts.Remote.State === "known");
  const latest = known(module.Latest);
  const newest = module.Versions.find((v) => v.Version === latest?.Latest) ??
    highestRelease(users) ?? users.at(-1) ?? module.Versions.at(-1);
  const retracts = latest?.GoMod?.Retract ?? [];
  const retracted = module.Versions.toReversed().flatMap(({ Version }) => {
    const why = retractions(retracts, Version);
    return why ? [{ Version, Rationale: why.join("; ") }] : [];
  });
  const deprecated = latest?.GoMod?.Module?.Deprecated;
  return {
    Facts: facts,
    Module: module,
    Advice: advise(facts, advised, pre),
    Published: users,
    Latest: latest?.Latest ?? null,
    ...(newest && { Newest: newest }),
    Retracted: retracted,
    ...(deprecated && { Deprecated: deprecated }),
    Requirements: module.BaseGoMod ? requirementChanges(module.BaseGoMod, module.GoMod.Mod) : [],
    Problems: [
      ...statusDocument(facts).Problems.toSorted((a, b) => Number(stops(b)) - Number(stops(a))),
      ...pending(module, users),
    ],
  };
}

/** A retraction that go.mod has and no release carries is in force for nobody. */
function pending(module: ModuleFacts, users: readonly VersionFact[]): Problem[] {
  const read = known(module.Latest);
  if (!read?.GoMod) return [];
  const inForce = read.GoMod.Retract;
  const waiting = users.map((v) => v.Version).filter((v) =>
    retractions(module.GoMod.Mod.Retract, v) !== null && retractions(inForce, v) === null
  );
  if (waiting.length === 0) return [];
  return [problem(
    "retraction-pending",
    `go.mod retracts ${some(waiting)}, but ${read.Source} does not: ` +
      "the retraction is in force for nobody before a higher release carries it.",
    { where: { File: module.GoMod.File }, fix: "release it: a patch is enough" },
  )];
}
