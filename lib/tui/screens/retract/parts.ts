/** What follows from a retraction that is being chosen, worked out live and without I/O. */
import type { Choices, Interval } from "../../../choices.ts";
import type { Code, Problem } from "../../../problem.ts";
import { countFrom } from "../../../advice/version.ts";
import { effect } from "../../../checks/effect.ts";
import { version as versionRules } from "../../../checks/version.ts";
import { type Facts, known, type ModuleFacts } from "../../../facts/types.ts";
import { published } from "../../../facts/versions.ts";
import { formatSyntax } from "../../../go/modfile/format.ts";
import { trimRationale } from "../../../go/modfile/mod.ts";
import { checkRationale, covers, retractions } from "../../../go/retract.ts";
import { type ConsumerRow, consumers } from "../../../plan/consumers.ts";
import { edited } from "../../../plan/edit.ts";
import { latestAfter } from "../../../plan/latest.ts";
import { encode } from "../../../text.ts";
import { draftRetract, draftUnretract, type Retraction, type Unretraction } from "../../draft.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { type DiffLine, diffOfEdits } from "../../widgets/diff.ts";
import { lineOf, type LineVersion } from "../../widgets/versionline.ts";

/** One version as the editor lists it. */
export interface Listed {
  readonly Version: string;
  /** Seconds since 1970. */
  readonly Time?: number;
  readonly Latest: boolean;
  /** Why it is retracted already; of a line that no release carries yet, `Pending` is set. */
  readonly Already?: string;
  readonly Pending?: true;
}

/** What was listed of a module, for as long as its facts and the versions' times stay. */
const lists = new WeakMap<ModuleFacts, { Facts: Facts; Times: Model["Times"]; List: Listed[] }>();

/** The published versions, newest first; the tags here while the remote has not answered. */
export function listed(model: Model): readonly Listed[] {
  const { Facts, Times } = model;
  const module = moduleOf(model);
  if (!module || !Facts) return [];
  const found = lists.get(module);
  if (found && found.Facts === Facts && found.Times === Times) return found.List;
  const List = listOf(model, module, Facts);
  lists.set(module, { Facts, Times, List });
  return List;
}

function listOf(model: Model, module: ModuleFacts, facts: Facts): Listed[] {
  const latest = known(module.Latest);
  const inForce = latest?.GoMod?.Retract ?? module.BaseGoMod?.Retract ?? [];
  return published(module.Versions, facts.Remote.State === "known").toReversed()
    .map(({ Version }) => {
      const now = retractions(inForce, Version);
      const reasons = now ?? retractions(module.GoMod.Mod.Retract, Version);
      const time = model.Times.get(Version);
      return {
        Version,
        ...(time !== undefined && { Time: time }),
        Latest: latest?.Latest === Version,
        ...(reasons && { Already: reasons[0]! }),
        ...(reasons && !now && { Pending: true as const }),
      };
    });
}

/**
 * Marked versions as `gorel retract` takes them: neighbours among all that exist (ascending)
 * become one range, which then takes in nothing that was not marked.
 */
export function rangesOf(existing: readonly string[], marked: readonly string[]): Interval[] {
  const chosen = new Set(marked);
  const out: Interval[] = [];
  let open: Interval | null = null;
  for (const version of existing) {
    if (!chosen.has(version)) open = null;
    else if (open) open.High = version;
    else out.push(open = { Low: version, High: version });
  }
  return out;
}

/** The existing versions that intervals take in, ascending. */
export function coveredBy(module: ModuleFacts, intervals: readonly Interval[]): string[] {
  return module.Versions.map((v) => v.Version)
    .filter((version) => intervals.some((interval) => covers(interval, version)));
}

/** How many commits of the module no release has; undefined while nobody knows. */
export function unreleased(module: ModuleFacts): number | undefined {
  return known(module.Commits)?.Commits.length;
}

/**
 * The module as the carrier has it: HEAD's, or that of the last release. Of another revision
 * only its version is known here; its go.mod is read when the plan is made.
 */
export function carrierModule(model: Model, from?: string): ModuleFacts | undefined {
  const module = moduleOf(model);
  const looked = model.Facts?.Repo.From?.Rev;
  if (!module || looked === from) return module;
  if (from === undefined) {
    const Commits = { State: "skipped", Why: "only the other revision was looked at" } as const;
    return { ...module, Commits, GoMod: module.HeadGoMod ?? module.GoMod };
  }
  const base = module.Versions.find((v) => v.Version === from);
  if (!base) return module;
  const Mod = from === module.Base?.Version ? module.BaseGoMod : undefined;
  return {
    ...module,
    Base: base,
    Commits: { State: "known", Value: { Commits: [], Files: [] } },
    ...(Mod && { GoMod: { ...module.GoMod, Bytes: encode(formatSyntax(Mod.Syntax)), Mod } }),
  };
}

/** The version that carries a retraction: the next patch of HEAD's last release, or of `from`. */
export function comingVersion(model: Model, from?: string): string | undefined {
  const module = carrierModule(model, from);
  return module && countFrom(module, "patch").Version;
}

/** What an edit of go.mod would do. */
export interface Outlook {
  readonly Version: string;
  /** go.mod of the carrier, before and after; the same while nothing can be written. */
  readonly Before: Uint8Array;
  readonly After: Uint8Array;
  readonly Diff: readonly DiffLine[];
  /** None while nothing is chosen. */
  readonly Gets: readonly ConsumerRow[];
  /** Existing versions that are retracted by it, ascending. */
  readonly Retracts: readonly string[];
  readonly Latest: string | null;
  readonly Line: readonly LineVersion[];
  /** What pure rules say about it already, stops first; nothing about the reason. */
  readonly Problems: readonly Problem[];
}

/** Stands for a reason that is not there yet, or cannot be written. */
export const noReason = "...";

/** The latest outlooks on facts: keys, command and picture ask for the same one. */
const outlooks = new WeakMap<Facts, Map<string, Outlook>>();

/** What a retraction would do, as far as facts alone say; undefined while there are none. */
export function outlook(model: Model, wanted: Retraction): Outlook | undefined {
  const Reason = wrongReason(wanted.Reason) === null ? wanted.Reason : noReason;
  const { Draft } = draftRetract(model, { ...wanted, Reason });
  return foreseen(model, {
    Draft,
    Concerned: wanted.Retract,
    Nothing: wanted.Retract.length === 0 && !wanted.Self,
  });
}

/** The same of retractions that are taken back. */
export function unretractOutlook(model: Model, wanted: Unretraction): Outlook | undefined {
  return foreseen(model, {
    Draft: draftUnretract(model, wanted).Draft,
    Concerned: wanted.Unretract,
    Nothing: wanted.Unretract.length === 0,
  });
}

/** An edit of go.mod that is being chosen. */
interface Wish {
  /** What flags would give for it. */
  readonly Draft: Choices;
  /** The versions whose users are looked at. */
  readonly Concerned: readonly Interval[];
  /** Nothing is chosen yet. */
  readonly Nothing: boolean;
}

/** What any edit of go.mod would do; undefined while there are no facts. */
export function foreseen(model: Model, wish: Wish): Outlook | undefined {
  const { Facts } = model;
  const module = carrierModule(model, wish.Draft.From);
  if (!Facts || !module) return undefined;
  const key = JSON.stringify([wish, module.Dir]);
  const known = outlooks.get(Facts) ?? new Map<string, Outlook>();
  const found = known.get(key) ?? outlookOn(model, module, Facts, wish);
  if (known.size > 8) known.clear();
  outlooks.set(Facts, known.set(key, found));
  return found;
}

function outlookOn(
  model: Model,
  module: ModuleFacts,
  Facts: Facts,
  { Draft, Concerned, Nothing }: Wish,
): Outlook {
  const Version = countFrom(module, "patch").Version;
  const made = Nothing ? [] : edited(module, Draft.Edit!, Version);
  const refused = Array.isArray(made) ? made : [];
  const change = Array.isArray(made) ? undefined : made;
  const Mod = change?.Mod ?? module.GoMod.Mod;
  const Latest = latestAfter(Facts, module, Version, Mod.Retract);
  const Retracts = coveredBy(module, Draft.Edit?.Retract ?? []);
  const shown = Draft.Edit?.Self ? [...Retracts, Version] : Retracts;
  const Unretracts = coveredBy(module, Draft.Edit?.Unretract ?? [])
    .filter((v) => retractions(Mod.Retract, v) === null);
  const TagName = module.TagPrefix + Version;
  const coming = {
    Facts,
    Choices: Draft,
    Module: module,
    Version,
    TagName,
    Path: module.Path,
    Wish: "bump" as const,
    Adopted: false,
    Commits: true,
    Pushes: Draft.Push,
    GoMod: Mod,
    Retracts: change?.Retracts ?? [],
    LatestAfter: Latest,
  };
  const problems = Nothing ? [] : [...refused, ...versionRules(coming), ...effect(coming)];
  return {
    Version,
    Before: module.GoMod.Bytes,
    After: change?.Bytes ?? module.GoMod.Bytes,
    Diff: change ? diffOfEdits(module.GoMod.Bytes, change.Edits) : [],
    Gets: Nothing ? [] : consumers(Facts, module, { Version, Retracts: Mod.Retract }, Concerned),
    Retracts,
    Latest,
    Line: lineOf(model, Nothing ? undefined : { Version, Retracts: shown, Unretracts, Latest }),
    Problems: problems.filter(({ Code }) => !unsaid(Draft).has(Code))
      .sort((a, b) => Number(b.Level === "stop") - Number(a.Level === "stop")),
  };
}

/** What the words about the carrier say already; the code is another where files are included. */
function unsaid({ Include }: Choices): ReadonlySet<Code> {
  return new Set([
    "ships-unreleased",
    "backport",
    "latest-lower",
    ...(Include.length > 0 ? ["retract-same-code"] as const : []),
  ]);
}

/** What is wrong with a reason, in words that follow "The reason"; null when nothing is. */
export function wrongReason(text: string): string | null {
  return checkRationale(trimRationale(text));
}

/** How much of a reason the go command prints: `34 of 500` bytes. */
export function reasonSize(text: string): string {
  return `${encode(trimRationale(text).split("\n", 1)[0]!).length} of 500`;
}
