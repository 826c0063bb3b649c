/** What the five steps stand on: the choices so far, and what follows from them. Pure. */
import type { Interval } from "../../../choices.ts";
import { known } from "../../../facts/types.ts";
import { covers } from "../../../go/retract.ts";
import { foreignText } from "../../cells.ts";
import { draftRetract, type Retraction } from "../../draft.ts";
import type { Field, Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { GuidedScreen } from "../guided.ts";
import {
  comingVersion,
  type Listed,
  type Outlook,
  rangesOf,
  unreleased,
} from "../retract/parts.ts";
import { phrases } from "./kinds.ts";
import { listedOf, outlookOf } from "./once.ts";

/** The fix is on this branch; or the last release carries the retraction, and the fix comes later. */
export type Fix = "here" | "later";

/** One of the two ways to a version that carries the retraction. */
export interface Way {
  readonly Fix: Fix;
  /** What the draft is made of. */
  readonly Wanted: Retraction;
  readonly Outlook?: Outlook;
  /** Why it cannot be gone. */
  readonly Off?: string;
}

export interface Ground {
  readonly Versions: readonly Listed[];
  /** The bad versions, ascending. */
  readonly Marked: readonly string[];
  readonly Bad: readonly Interval[];
  /** The highest release that there is. */
  readonly Highest?: string;
  /** The highest release is not bad: the versions to retract are below it. */
  readonly Good: boolean;
  /** The branch, or HEAD, as it may be shown. */
  readonly Branch: string;
  /** Commits since the last release in HEAD's history; undefined while nobody knows. */
  readonly Commits?: number;
  /** Changed files that go in though nobody committed them; not with what goes out first. */
  readonly Included: number;
  readonly Ways: Readonly<Record<Fix, Way>>;
  /** The way that is chosen; until then the one that is proposed. */
  readonly Way: Way;
  /** What the reason would be if nobody wrote another. */
  readonly Suggestion: string;
}

const remembered = new WeakMap<Model, Map<GuidedScreen, Ground>>();

/** Worked out once for each model: keys, rows and drawing all ask for it. */
export function groundOf(model: Model, screen: GuidedScreen): Ground {
  const known = remembered.get(model) ?? new Map<GuidedScreen, Ground>();
  remembered.set(model, known);
  const found = known.get(screen) ?? worked(model, screen);
  known.set(screen, found);
  return found;
}

function worked(model: Model, screen: GuidedScreen): Ground {
  const module = moduleOf(model);
  const Versions = listedOf(model);
  const Marked = marked(screen, Versions);
  const existing = module?.Versions.map((v) => v.Version) ?? [];
  const Bad = rangesOf(existing, Marked);
  const highest = module?.Highest?.Version;
  const isBad = (version: string) =>
    Bad.some((interval) => covers(interval, version)) ||
    Versions.some((v) => v.Version === version && v.Already !== undefined);
  const Good = highest !== undefined && !isBad(highest);
  const commits = module && unreleased(module);

  const self = highest !== undefined && !Good;
  const retraction = (fix: Fix, Reason: string): Retraction => ({
    Retract: Bad,
    Reason,
    Self: fix === "later" && self,
    ...(fix === "later" && highest !== undefined && { From: highest }),
  });
  const fallback = outlookOf(model, retraction("later", ""))?.Latest;
  const targets: Targets = Good
    ? { here: highest, later: highest }
    : { here: comingVersion(model), later: fallback ?? undefined };
  const way = (fix: Fix): Way => {
    const Wanted = retraction(fix, reasonFor(screen, targets, fix));
    // Only the chosen way shows a go.mod; what else follows does not depend on the reason.
    const Outlook = outlookOf(model, { ...Wanted, Reason: "" });
    const Off = Outlook && whyNot(model, fix, Good, Outlook);
    return { Fix: fix, Wanted, ...(Outlook && { Outlook }), ...(Off !== undefined && { Off }) };
  };
  const Ways = { here: way("here"), later: way("later") };
  const chosen = Ways[chosenFix(screen, Ways, Good)];
  const complete = outlookOf(model, chosen.Wanted);
  const Way = { ...chosen, ...(complete && { Outlook: complete }) };
  return {
    Versions,
    Marked,
    Bad,
    ...(highest !== undefined && { Highest: highest }),
    Good,
    Branch: foreignText(model.Facts?.Repo.Branch ?? "HEAD", model.Style.ascii),
    ...(commits !== undefined && { Commits: commits }),
    Included: model.Given.Include.length,
    Ways,
    Way,
    Suggestion: suggestion(screen, targets[Way.Fix]),
  };
}

/** Nothing marked yet: what users get now is what most likely is bad. */
function marked(screen: GuidedScreen, versions: readonly Listed[]): string[] {
  if (screen.Marked.length > 0) {
    const there = new Set(screen.Marked);
    return versions.filter((v) => there.has(v.Version)).map((v) => v.Version).reverse();
  }
  if (screen.Several) return [];
  const free = versions.filter((v) => v.Already === undefined);
  const one = free.find((v) => v.Latest) ?? free[0];
  return one ? [one.Version] : [];
}

/** The fix on the branch is what helps users; where the last release is good it has the fix. */
function chosenFix(screen: GuidedScreen, ways: Ground["Ways"], good: boolean): Fix {
  const first: Fix = good ? "later" : "here";
  const order: Fix[] = [screen.Fix ?? first, first, "later", "here"];
  return order.find((fix) => ways[fix].Off === undefined) ?? first;
}

function whyNot(model: Model, fix: Fix, good: boolean, { Version, Problems }: Outlook) {
  const module = moduleOf(model)!;
  const highest = module.Highest?.Version;
  if (fix === "later") {
    if (highest === undefined) return "there is no release to go out from";
    return module.Highest!.Here
      ? undefined
      : `the commit of ${highest} is not here: git fetch --tags brings it`;
  }
  if (Problems.some((p) => p.Code === "retract-ineffective")) {
    return `${Version} would be below ${highest}, and Go reads the highest release only`;
  }
  const since = known(module.Commits);
  const base = module.Base?.Version;
  if (!since || base === undefined || model.Given.Include.length > 0) return undefined;
  if (since.Commits.length === 0) {
    return good ? `no commit since ${base}: the same as above` : `no commit since ${base}`;
  }
  return since.Files.length === 0 && !good ? `no file changed since ${base}` : undefined;
}

/** The version that users are to take instead, by way. */
type Targets = Readonly<Record<Fix, string | undefined>>;

function suggestion({ Kind }: GuidedScreen, target: string | undefined): string {
  return phrases[Kind ?? "behaviour"] + (target === undefined ? "" : tail(target));
}

/** The suggestion as a field, the cursor where the words go that only the maintainer knows. */
export function suggestedField({ Suggestion }: Ground, { Kind }: GuidedScreen): Field {
  return { Text: Suggestion, At: phrases[Kind ?? "behaviour"].length };
}

/** Reports whether a reason is still one that was suggested. */
export function isSuggested(text: string): boolean {
  return text.trim() === "" || Object.values(phrases).includes(text.replace(/; use v\S+$/, ""));
}

function tail(version: string): string {
  return `; use ${version}`;
}

function reasonFor(screen: GuidedScreen, targets: Targets, fix: Fix): string {
  const { Text } = screen.Reason;
  if (Text.trim() === "") return suggestion(screen, targets[fix]);
  // What to use instead depends on the way; words that say anything else stay as they are.
  const other = targets[fix === "here" ? "later" : "here"];
  const own = targets[fix];
  if (other === undefined || own === undefined || !Text.endsWith(tail(other))) return Text;
  return Text.slice(0, -tail(other).length) + tail(own);
}

/** What the reason sends users to, though they will not get it. */
export function misled({ Way: { Wanted, Outlook } }: Ground): string | undefined {
  const said = /\buse (v\d+\.[\w.+-]*\w)/.exec(Wanted.Reason)?.[1];
  if (said === undefined || !Outlook) return undefined;
  const self = Wanted.Self && said === Outlook.Version;
  return self || Outlook.Retracts.includes(said) ? said : undefined;
}

/** The model whose draft is what is chosen; the plan stays if that is the same. */
export function synced(model: Model, screen: GuidedScreen): Model {
  const { Way: { Wanted }, Marked } = groundOf(model, screen);
  if (Marked.length === 0) return model;
  const next = draftRetract(model, Wanted);
  return JSON.stringify(next.Draft) === JSON.stringify(model.Draft) ? model : next;
}

/** Reports whether the way ends in two commits: the released one, and its merge into the branch. */
export function needsMerge(model: Model, { Way }: Ground): boolean {
  const from = Way.Wanted.From;
  return from !== undefined && !moduleOf(model)?.AtHead.some((v) => v.Version === from);
}
