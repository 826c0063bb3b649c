/** What a proof says of itself. */
import { fromHere, goModOf } from "../facts/modules.ts";
import type { Plan, ProveStep } from "../plan/types.ts";
import type { MajorChoice } from "../choices.ts";
import { type Code, type Problem, problem } from "../problem.ts";
import { clean, count, shellWord } from "../text.ts";
import type { Platform } from "./environment.ts";
import { type Broken, nowhere } from "./judge.ts";
import type { Judged } from "./modules.ts";
import { sentence } from "./said.ts";
import { changedLines } from "./tidied.ts";

/** What is run for a `prove` step; the others are none that this gorel runs. */
export type Judging = Extract<ProveStep["Run"], "tidy" | "build" | "vet">;

/** One judgement: a module, and a platform other than the host. */
export interface Case {
  Module: Judged;
  Platform?: Platform;
}

interface How {
  Args: readonly string[];
  Code: Code;
  Fix: string;
}

/** The go command of each, and what its failure is. */
export const how: Readonly<Record<Judging, How>> = {
  tidy: {
    Args: ["mod", "tidy", "-diff"],
    Code: "not-tidy",
    Fix: "mend it and plan again; or --accept not-tidy",
  },
  build: {
    Args: ["build", "-buildvcs=false", "-o", nowhere, "./..."],
    Code: "build-failed",
    Fix: "mend it and plan again; --accept build-failed or --no-build goes on all the same",
  },
  vet: {
    Args: ["vet", "./..."],
    Code: "vet-failed",
    Fix: "mend it and plan again; or --accept vet-failed",
  },
};

/** What was so before as well is tidied before, not by the release. */
export const tidyFirst = "go mod tidy, commit what it changed, and plan again";

/** What the maintainer chose of the mentions of the old path, as it was said: none, or up to three. */
export function chosenWords(classes: MajorChoice["Classes"] | undefined): string[] {
  const { Rewrite = [], Leave = [] } = classes ?? {};
  return [
    ...Leave.map((word) => `--leave ${shellWord(word)}`),
    ...Rewrite.map((word) => `--rewrite ${shellWord(word)}`),
  ].slice(0, 3);
}

/**
 * The way out. A module that only goes along to a new major may stay behind, where it can be built
 * without it. `chosen`: what most likely is the cause. `prefix`: the folder that the maintainer
 * stands in.
 */
export function fixOf(
  what: Judging,
  module: Judged | undefined,
  { Releases }: Pick<Plan, "Releases">,
  chosen: readonly string[],
  prefix: string,
): string {
  const { Code, Fix } = how[what];
  if (chosen.length > 0) {
    return `plan again without ${chosen.join(" and ")}, which most likely is the cause; or ` +
      `--accept ${Code}`;
  }
  const follows = module && !module.Released && Releases.some((r) => r.NewModule !== undefined);
  if (!follows || module.Bound) return Fix;
  const leave = `--leave ${shellWord(fromHere(goModOf(module.Dir), prefix))}`;
  return `${leave}, which keeps that module at the old path; or --accept ${Code}`;
}

/** A module by its path, and the platform where that is not the host. */
export function nameOf(
  { Module, Platform }: { Module: Pick<Judged, "Path">; Platform?: Platform },
): string {
  return clean(Module.Path) + (Platform ? ` for ${platformName(Platform)}` : "");
}

function platformName({ GOOS, GOARCH }: Platform): string {
  return `${GOOS}/${GOARCH}`;
}

/** What is wrong with a module, in a sentence; `old`: it was so before. */
export function sayingOf(what: Judging, one: Case, { Failed, Out }: Broken) {
  const name = nameOf(one);
  const words = sentence(Failed.Lines);
  return (old: boolean): string => {
    const as = old ? ", as before" : "";
    if (what === "build") {
      return `${name} does not build${old ? ", nor did it before" : ""}: ${words}.`;
    }
    if (what === "vet") return `go vet finds fault with ${name}${as}: ${words}.`;
    const changes = changedLines(Out);
    if (changes.length === 0 && /^@@ /m.test(Out)) {
      return `go mod tidy would lay out go.mod of ${name} otherwise${as}.`;
    }
    return changes.length > 0
      ? `go mod tidy would change ${name}${as}: ${sentence(changes)}.`
      : `go mod tidy fails in ${name}${as}: ${words}.`;
  };
}

/** What a step has done. */
export function detail(what: Judging, cases: readonly Case[]): string {
  const modules = new Set(cases.map((one) => one.Module.Dir)).size;
  const foreign = [
    ...new Set(cases.flatMap(({ Platform }) => Platform ? platformName(Platform) : [])),
  ];
  const also = foreign.length === 0
    ? ""
    : `, also for ${foreign.slice(0, 3).join(", ")}${foreign.length > 3 ? " …" : ""}`;
  const command = what === "tidy" ? "go mod tidy -diff" : `go ${what}`;
  return `${command} of ${count(modules, "module")}${also}`;
}

/** What was to be done with a module. */
export const judgedBy: Readonly<Record<Judging, string>> = {
  tidy: "checked with go mod tidy",
  build: "built",
  vet: "vetted",
};

/** The note that something was not shown, and why. */
export function notBuilt(text: string): Problem {
  return problem("not-built", text, {
    fix: "go build ./... && go vet ./... where go has what it needs",
  });
}
