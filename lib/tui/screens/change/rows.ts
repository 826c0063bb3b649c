/** The answers to "what changed for users?", each with the version it leads to. */
import { hasNoRelease, laterMajor } from "../../../advice/first.ts";
import { type Said, wishFor } from "../../../advice/said.ts";
import type { ModuleFacts } from "../../../facts/types.ts";
import { type Advised, unstopped } from "../version/advice.ts";

/** In the order of the screen. */
export const answers: readonly Said[] = ["fix", "feature", "breaking", "experiment", "unsure"];

export interface Answer {
  readonly Said: Said;
  readonly Label: string;
  /** "" for "not sure", and while nothing is known. */
  readonly Version: string;
  /** The module path it needs, where that is another one. */
  readonly NewModule?: string;
  /** What the answer means, in one sentence; "" where its version alone says what. */
  readonly Means: string;
  readonly Advised: boolean;
  /** What the version does not tell. */
  readonly Says?: string;
  readonly Off?: string;
}

interface Words {
  readonly Label: string;
  readonly Means: string;
}

const later: Readonly<Record<Said, Words>> = {
  fix: {
    Label: "A bug fix",
    Means: "What was promised now works; nothing is new, nothing is gone.",
  },
  feature: {
    Label: "A new feature",
    Means: "There is something new to use or to require; all else goes on.",
  },
  breaking: {
    Label: "A breaking change",
    Means: "Code of users stops building, or behaves differently.",
  },
  experiment: {
    Label: "An experiment",
    Means: "A pre-release, to be tried before anybody relies on it.",
  },
  unsure: { Label: "Not sure", Means: "" },
};

/** Counting begins, so the question is what is promised from now on. */
const first: Readonly<Record<Said, Words>> = {
  fix: { Label: "The smallest step", Means: "" },
  feature: { Label: "Open to change", Means: "" },
  breaking: { Label: "Stable", Means: "" },
  experiment: later.experiment,
  unsure: later.unsure,
};

/** Every answer leads to one number, and that one promises compatibility. */
const firstOfPath: Readonly<Record<Said, Words>> = {
  fix: { Label: "Fixes only", Means: "" },
  feature: { Label: "Something new", Means: "" },
  breaking: { Label: "Breaking changes", Means: "" },
  experiment: later.experiment,
  unsure: later.unsure,
};

/** The question over the rows. */
export function question(advised: Advised | undefined): string {
  const { Module } = advised ?? {};
  if (!Module || Module.Base) return "What changed for users?";
  const path = laterMajor(Module);
  if (path !== undefined) {
    const begins = hasNoRelease(Module) ? "First release of this path" : "Counting begins anew";
    return `${begins}: ${path}.0.0, whatever is in it.`;
  }
  return hasNoRelease(Module) ? "First release. What does it promise?" : "What does it promise?";
}

function wordsFor(module: ModuleFacts | undefined): Readonly<Record<Said, Words>> {
  if (!module || module.Base) return later;
  return laterMajor(module) === undefined ? first : firstOfPath;
}

/** The rows; without facts they are there already, and say why they cannot be chosen yet. */
export function answersOf(advised: Advised | undefined, why: string): Answer[] {
  const words = wordsFor(advised?.Module);
  return answers.map((said): Answer => {
    const base = { Said: said, ...words[said] };
    if (!advised) return { ...base, Version: "", Advised: false, Off: why };
    const { Advice, Module } = advised;
    const wish = wishFor(Module, said);
    if (wish === null) return { ...base, Version: "", Advised: false };
    const candidate = Advice.Candidates[wish];
    const { Version, Allowed, Reason, Module: path } = candidate;
    const says = saysOf(advised, said, Version);
    return {
      ...base,
      Version,
      ...(path !== Module.Path && { NewModule: path }),
      Advised: Advice.Advised?.Bump === wish && !isDoubled(advised, said),
      ...(says !== undefined && { Says: says }),
      ...(!Allowed && { Off: unstopped(Reason ?? "not possible") }),
    };
  });
}

/** What becomes of a series of pre-releases that is running. */
function saysOf({ Advice, Module }: Advised, said: Said, version: string): string | undefined {
  const series = Module.Series?.Version;
  if (series === undefined) return undefined;
  if (said === "experiment") return `goes on after ${series}`;
  return Advice.Candidates.release?.Version === version ? `finishes ${series}` : undefined;
}

/** In v0 a break and a feature both are a minor; only the one the evidence names is advised. */
function isDoubled({ Advice, Module }: Advised, said: Said): boolean {
  if (wishFor(Module, "breaking") !== "minor") return false;
  const breaks = Advice.Evidence[0]?.Code === "commit-breaking";
  return breaks ? said === "feature" : said === "breaking";
}

/** The answer that the evidence suggests. */
export function suggested(advised: Advised | undefined): number {
  const at = answersOf(advised, "").findIndex((a) => a.Advised && a.Off === undefined);
  return at < 0 ? answers.indexOf("unsure") : at;
}
