/** What the checklist holds now, and which of its rows can be acted on. */
import type { Mark } from "../../../cli/style.ts";
import { resolveVersion } from "../../../advice/version.ts";
import { advisedBump } from "../../../advice/advise.ts";
import { releaseCommit } from "../../../plan/commits.ts";
import { accept, type Problem } from "../../../problem.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { symbolOf } from "../../widgets/problems.ts";
import { type CheckRow, checks, early, type Group, type Seen, unchecked } from "./rows.ts";

/** One line of the checklist. */
export interface Item {
  readonly Group: Group | "Not checked";
  readonly Symbol: Mark;
  readonly Text: string;
  readonly Problem?: Problem;
}

/** A row that can be highlighted: a problem, or something to do. */
export type Entry =
  | { readonly Is: "problem"; readonly Problem: Problem }
  | {
    readonly Is: "commit-message" | "tag-message";
    readonly Label: string;
    readonly Text: string;
  }
  | { readonly Is: "again" | "on"; readonly Label: string };

/** The problems of the latest plan, or of its refusal. */
export function problemsOf({ Planning }: Model): readonly Problem[] {
  if (Planning?.State === "planned") return Planning.Plan.Problems;
  return Planning?.State === "refused" ? Planning.Problems : [];
}

/** Reports whether the problems came before most checks: they then stand in place of the list. */
export function isEarly(model: Model): boolean {
  if (model.Planning?.State !== "refused") return false;
  return !moduleOf(model) || problemsOf(model).some((p) => early.has(p.Code));
}

/** The coming version, as far as it is known. */
export function versionOf(model: Model): string | undefined {
  const { Planning, Draft } = model;
  if (Planning?.State === "planned") return Planning.Plan.Releases[0]!.Version;
  const module = moduleOf(model);
  const wanted = Draft.Modules[0];
  if (!module || !wanted) return wanted?.Version;
  const coming = resolveVersion(module, wanted, advisedBump(module));
  return "Code" in coming ? wanted.Version : coming.Version;
}

function seenOf(model: Model): Seen | undefined {
  const { Planning, Draft } = model;
  const planned = Planning?.State === "planned" ? Planning : undefined;
  const Facts = planned?.Facts ?? model.Facts;
  const Module = Facts?.Modules.find((m) => m.Dir === Draft.Modules[0]?.Dir);
  if (!Facts || !Module) return undefined;
  const Version = versionOf(model) ?? "the version";
  return { Facts, Module, Draft, Version, ...(planned && { Plan: planned.Plan }) };
}

/** The checklist: what was found good, the problems in their places, and what is not looked at. */
export function itemsOf(model: Model): Item[] {
  const { Planning, Draft } = model;
  const open = checks.filter((check) => check.For?.(Draft) ?? true);
  const last: Item = { Group: "Not checked", Symbol: "·", Text: unchecked };
  if (Planning?.State !== "planned" && Planning?.State !== "refused") {
    return [...open.map((c): Item => ({ Group: c.Group, Symbol: "·", Text: c.Name })), last];
  }
  const seen = seenOf(model);
  const problems = problemsOf(model);
  const out: Item[] = [];
  for (const check of open) {
    const own = problems.filter((p) => takes(check, p));
    if (own.length > 0) out.push(...own.map((p) => itemOf(check.Group, p)));
    else out.push(goodItem(check, seen, Planning.State === "refused"));
  }
  const rest = problems.filter((p) => !open.some((check) => takes(check, p)));
  return [...out, ...rest.map((p) => itemOf("Publishing", p)), last];
}

function takes(check: CheckRow, problem: Problem): boolean {
  return check.Codes.includes(problem.Code) && (check.Takes?.(problem) ?? true);
}

function itemOf(group: Group, problem: Problem): Item {
  const accepted = problem.Accepted === undefined ? "" : "accepted: ";
  return {
    Group: group,
    Symbol: symbolOf(problem),
    Text: accepted + problem.Text,
    Problem: problem,
  };
}

function goodItem(check: CheckRow, seen: Seen | undefined, refused: boolean): Item {
  if (check.Last && refused) {
    return { Group: check.Group, Symbol: "·", Text: `${check.Name}: once nothing else stops` };
  }
  return { Group: check.Group, Symbol: "✓", Text: (seen && check.Good(seen)) ?? check.Name };
}

/** What can be highlighted, top to bottom: the problems as the list has them, then what to do. */
export function entriesOf(model: Model): Entry[] {
  const { Planning } = model;
  if (Planning?.State === "asking") return [];
  const items = isEarly(model) ? problemsOf(model) : itemsOf(model).flatMap((i) => i.Problem ?? []);
  const problems = items.map((p): Entry => ({ Is: "problem", Problem: p }));
  if (Planning?.State !== "planned") return [...problems, { Is: "again", Label: "look again" }];
  const { Steps } = Planning.Plan;
  const commit = releaseCommit(Planning.Plan)?.Message;
  const tag = Steps.find((step) => step.Do === "tag")?.Message;
  return [
    ...problems,
    ...message("commit-message", "commit message", commit),
    ...message("tag-message", "tag message", tag),
    { Is: "on", Label: "go on to the plan" },
  ];
}

function message(is: "commit-message" | "tag-message", Label: string, text?: string): Entry[] {
  return text === undefined ? [] : [{ Is: is, Label, Text: text }];
}

/** Reports whether `--accept` lets this problem of this release through. */
export function canAccept({ Draft }: Model, problem: Problem): boolean {
  const plan = { writesFiles: Draft.Do !== "release" || Draft.Include.length > 0 };
  const [tried] = accept([{ ...problem }], [{ Code: problem.Code }], plan);
  return tried?.Accepted !== undefined && problem.Accepted === undefined;
}

/** How many were found good, warn, and stop. */
export function counts(model: Model): { Good: number; Warn: number; Stop: number } {
  const items = isEarly(model)
    ? problemsOf(model).map((p) => ({ Symbol: symbolOf(p) }))
    : itemsOf(model);
  const of = (symbol: Mark) => items.filter((item) => item.Symbol === symbol).length;
  return { Good: of("✓"), Warn: of("!"), Stop: of("✗") };
}
