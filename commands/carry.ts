/** The line that every release word runs: facts → choices → plan → apply → verify. */
import { basename, dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
import type { Choices } from "../lib/choices.ts";
import { type Problem, problem, Refused, stops } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { gather } from "../lib/facts/gather.ts";
import type { Facts, ModuleFacts } from "../lib/facts/types.ts";
import { nothingDue } from "../lib/checks/nothing.ts";
import { historyEnds } from "../lib/checks/shallow.ts";
import { openRepository } from "../lib/git/repository.ts";
import { clean, shellWord } from "../lib/text.ts";
import { build } from "../lib/plan/build.ts";
import type { Outcome, Plan } from "../lib/plan/types.ts";
import type { StepNews } from "../lib/apply/account.ts";

/** Where the maintainer stands and which module is meant. */
export interface Stand {
  /** Absolute. */
  Dir: string;
  /** A folder from there, or a module path. */
  Module?: string;
}

export type Planned = { Facts: Facts; Plan: Plan } | { Nothing: string; Facts: Facts };

/**
 * Gathers the facts and builds the plan. Refused with every problem that
 * stops it. Nothing is written.
 */
export async function plan(choices: Choices, stand: Stand, services: Services): Promise<Planned> {
  const facts = await factsFor(choices, stand, services);
  if ("Nothing" in facts) return facts;
  const built = await build(facts, inModule(choices, facts));
  if ("Problems" in built) throw new Refused(sorted(built.Problems));
  if ("Nothing" in built) return { Nothing: built.Nothing, Facts: facts };
  return { Facts: facts, Plan: built.Plan };
}

/** The choices with the module that the facts say is meant. */
export function inModule(choices: Choices, facts: Facts): Choices {
  return { ...choices, Modules: [{ ...choices.Modules[0]!, Dir: facts.Modules[0]!.Dir }] };
}

/**
 * The facts of the one module that the choices mean; why there is nothing to do, where `auto`
 * could mean several and none is due. Refused without a module to speak of.
 */
export async function factsFor(
  choices: Choices,
  stand: Stand,
  services: Services,
): Promise<Facts | { Nothing: string; Facts: Facts }> {
  const ask = {
    Dir: stand.Dir,
    Release: true,
    ...(choices.Remote !== undefined && { Remote: choices.Remote }),
    ...(choices.From !== undefined && { From: choices.From }),
    ...(choices.Include.length > 0 && { Include: choices.Include }),
    ...(choices.Offline && { Offline: "--offline" }),
    ...(choices.Wait === 0 && { NoProxy: "--no-wait" }),
  };
  let named = stand.Module;
  if (choices.Modules[0]!.Bump === "auto" && named === undefined) {
    const all = await gather(services, { ...ask, All: true });
    if (!Array.isArray(all) && all.Repo.Git.Prefix === "" && all.Modules.length > 1) {
      const due = all.Modules.filter((m) => nothingDue(all, m) === null);
      if (due.length === 0) {
        return {
          Nothing: "no module of this repository changed since its last release",
          Facts: all,
        };
      }
      const hidden = due.flatMap(historyEnds);
      if (hidden.length > 0) throw new Refused(hidden.slice(0, 1));
      if (due.length > 1) throw new Refused([severalDue(due)]);
      named = due[0]!.Path;
    }
  }
  const facts = await gather(services, { ...ask, ...(named !== undefined && { Module: named }) });
  if (Array.isArray(facts)) throw new Refused(facts);
  return facts;
}

/** At the root of a repository `auto` means all its modules (DESIGN.md §3), and never only some of them. */
function severalDue(modules: readonly ModuleFacts[]): Problem {
  const paths = modules.map((m) => clean(m.Path));
  return problem(
    "module-not-found",
    `${paths.length} modules have something to release (${paths.slice(0, 8).join(", ")}${
      paths.length > 8 ? ", …" : ""
    }): several in one release come with trains, a later version.`,
    { fix: `gorel auto --module ${shellWord(paths[0]!)}, then the others` },
  );
}

/**
 * The choices of a command line with the files to be included named from the repository's root:
 * it names them from the folder that it was typed in.
 */
export async function rooted(choices: Choices, dir: string, services: Services): Promise<Choices> {
  if (choices.Include.length === 0) return choices;
  const repo = await openRepository(services, dir);
  // Whoever gathers the facts refuses with the same words.
  if ("Code" in repo) return choices;
  const paths = await Promise.all(choices.Include.map(async (path) => {
    const below = normalize(join(repo.Prefix, path));
    if (!isAbsolute(path) && !below.startsWith("..")) return below;
    // What leaves the repository may come back into it.
    const full = resolve(dir, path);
    const parent = await Deno.realPath(dirname(full)).catch(() => dirname(full));
    return relative(repo.Root, join(parent, basename(full))) || ".";
  }));
  const plain = paths.map((path) => path.replace(/(?<=.)\/$/, ""));
  return { ...choices, Include: [...new Set(plain)].sort() };
}

/** What stops first, then the warnings, then the notes. */
export function sorted(problems: readonly Problem[]): Problem[] {
  const order = (p: Problem) => stops(p) ? 0 : p.Level === "note" ? 2 : 1;
  return [...problems].sort((a, b) => order(a) - order(b));
}

/** The outcome of a release that has nothing to do, and why; "stopped" when nobody agreed to it. */
export function nothingDone(why: string): Outcome {
  const text = `There is nothing to release: ${why}.`;
  return {
    State: "nothing",
    Releases: [],
    Steps: [],
    Problems: [problem("nothing-to-release", text, { level: "note" })],
  };
}

/** The outcome of a release that nobody agreed to. */
export function notAgreed(): Outcome {
  return { State: "stopped", Releases: [], Steps: [], Problems: [] };
}

/** Carries out a plan that was agreed to. */
export async function carryOut(
  plan: Plan,
  facts: Pick<Facts, "Repo" | "Unfinished">,
  choices: Pick<Choices, "Wait" | "Hooks">,
  services: Services,
  signal: AbortSignal,
  onStep: (news: StepNews) => void,
  heard?: (line: string) => void,
): Promise<Outcome> {
  const { apply } = await import("../lib/apply/apply.ts");
  return await apply(facts.Repo.Git, plan, {
    signal,
    terminal: services.terminal.interactive,
    hooks: choices.Hooks,
    wait: choices.Wait,
    out: facts.Unfinished.filter((u) => u.Pushed).map((u) => u.TagName),
    onStep,
    ...(heard && { heard }),
  });
}
