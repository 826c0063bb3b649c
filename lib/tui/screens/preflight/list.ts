/** What the checklist holds now, and which of its rows can be acted on. */
import type { Mark } from "../../../cli/style.ts";
import { releaseCommit } from "../../../plan/commits.ts";
import type { Choices as Draft } from "../../../choices.ts";
import { accept, type Problem } from "../../../problem.ts";
import { clean, count } from "../../../text.ts";
import { comingOf } from "../../coming.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { symbolOf } from "../../widgets/problems.ts";
import type { Seen } from "./good.ts";
import { type CheckRow, checks, early, type Group, unchecked, writesFiles } from "./rows.ts";

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
  return comingOf(model)?.Version ?? Draft.Modules[0]?.Version;
}

/** The path that the release needs, where that is another one. */
function newModuleOf(model: Model): string | undefined {
  const { Planning } = model;
  if (Planning?.State === "planned") return Planning.Plan.Releases[0]!.NewModule;
  return comingOf(model)?.NewModule;
}

/** What the checks see: one for each release of the plan, or of the draft while there is none. */
function seenOf(model: Model): readonly Seen[] {
  const { Planning, Draft } = model;
  const planned = Planning?.State === "planned" ? Planning : undefined;
  const Facts = planned?.Facts ?? model.Facts;
  if (!Facts) return [];
  if (planned && planned.Plan.Releases.length > 1) {
    return planned.Plan.Releases.flatMap((release) => {
      const Module = Facts.Modules.find((m) => m.Dir === release.Dir || m.Path === release.Module);
      if (!Module) return [];
      const { Version, NewModule } = release;
      const Plan = { ...planned.Plan, Releases: [release] };
      return [{
        Facts,
        Module,
        Draft,
        Version,
        Plan,
        ...(NewModule !== undefined && { NewModule }),
      }];
    });
  }
  const NewModule = newModuleOf(model);
  return Draft.Modules.flatMap(({ Dir }) => {
    const Module = Facts.Modules.find((m) => m.Dir === Dir);
    if (!Module) return [];
    const Version = versionOf(model) ?? "the version";
    return [{
      Facts,
      Module,
      Draft,
      Version,
      ...(NewModule !== undefined && { NewModule }),
      ...(planned && { Plan: planned.Plan }),
    }];
  });
}

/** The checklist: what was found good, the problems in their places, and what is not looked at. */
export function itemsOf(model: Model): Item[] {
  const { Planning, Draft } = model;
  const seen = seenOf(model);
  const open = checks.filter((check) => ofCheck(check, Draft, seen) !== null);
  const last: Item = { Group: "Not checked", Symbol: "·", Text: unchecked(Draft, seen[0]) };
  if (Planning?.State !== "planned" && Planning?.State !== "refused") {
    return [...open.map((c): Item => ({ Group: c.Group, Symbol: "·", Text: c.Name })), last];
  }
  const problems = folded(problemsOf(model));
  const out: Item[] = [];
  for (const check of open) {
    const own = problems.filter((p) => takes(check, p));
    if (own.length > 0) out.push(...own.map((p) => itemOf(check.Group, p)));
    else out.push(goodItem(check, ofCheck(check, Draft, seen) ?? [], Planning.State === "refused"));
  }
  const rest = problems.filter((p) => !open.some((check) => takes(check, p)));
  return [...out, ...rest.map((p) => itemOf("Publishing", p)), last];
}

/** Most notes of one code that have a row each. */
const most = 3;

const made = new WeakMap<readonly Problem[], readonly Problem[]>();

/** A hundred notes of one kind say one thing: they share a row, and `w` shows all of them. */
export function folded(problems: readonly Problem[]): readonly Problem[] {
  const known = made.get(problems);
  if (known) return known;
  const of = Map.groupBy(problems.filter((p) => p.Level === "note"), (p) => p.Code);
  const out = problems.flatMap((p) => {
    const same = of.get(p.Code) ?? [];
    if (p.Level !== "note" || same.length <= most) return [p];
    return p === same[0] ? [shared(same)] : [];
  });
  made.set(problems, out);
  return out;
}

function shared(all: readonly Problem[]): Problem {
  const files = [...new Set(all.flatMap((p) => p.Where?.File ?? []))];
  const named = files.slice(0, most).map(clean).join(", ");
  const more = files.length > most ? ` and ${files.length - most} more` : "";
  const Text = all[0]!.Code === "old-path-left"
    ? `The old path is left in ${count(files.length, "file")}: ${named}${more}; w shows why.`
    : `${all[0]!.Text} And ${count(all.length - 1, "more note")} like it; w shows them.`;
  const { Fix: _, ...first } = all[0]!;
  return { ...first, Text };
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

/** The releases that a check is about; null: none, so that it has no row. */
function ofCheck(check: CheckRow, draft: Draft, seen: readonly Seen[]): readonly Seen[] | null {
  if (!check.For) return seen;
  if (seen.length === 0) return check.For(draft) ? [] : null;
  const own = seen.filter((one) => check.For!(draft, one));
  return own.length > 0 ? own : null;
}

/** What a check says of every release; where that differs, that all of them are good. */
function goodWords(check: CheckRow, seen: readonly Seen[]): string {
  const said = new Set(seen.map((one) => check.Good(one) ?? check.Name));
  const [first = check.Name] = said;
  return said.size < 2 ? first : `${check.Name}: good in all ${seen.length} modules`;
}

function goodItem(check: CheckRow, seen: readonly Seen[], refused: boolean): Item {
  if ((check.Last || check.Later) && refused) {
    return { Group: check.Group, Symbol: "·", Text: `${check.Name}: once nothing else stops` };
  }
  return { Group: check.Group, Symbol: check.Later ? "·" : "✓", Text: goodWords(check, seen) };
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
  // Every tag of a train has a message of its own.
  const tags = Steps.filter((step) => step.Do === "tag");
  const tag = tags.length === 1 ? tags[0]!.Message : undefined;
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
export function canAccept(model: Model, problem: Problem): boolean {
  const { Draft } = model;
  const newModule = newModuleOf(model);
  const plan = { writesFiles: writesFiles(Draft, newModule !== undefined) };
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
