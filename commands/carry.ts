/** The line that every release word runs: facts → choices → plan → apply → verify. */
import { basename, dirname, isAbsolute, join, normalize, relative, resolve } from "node:path";
import { type Choices, mayRename } from "../lib/choices.ts";
import { type Problem, problem, Refused, stops } from "../lib/problem.ts";
import { carriages, firstReleases } from "../lib/advice/train.ts";
import type { Services } from "../lib/services.ts";
import { type Ask, gather } from "../lib/facts/gather.ts";
import type { Facts } from "../lib/facts/types.ts";
import { historyEnds } from "../lib/checks/shallow.ts";
import { openRepository } from "../lib/git/repository.ts";
import { build } from "../lib/plan/build.ts";
import { isClass } from "../lib/plan/major/classes.ts";
import type { Outcome, Plan } from "../lib/plan/types.ts";
import type { StepNews } from "../lib/apply/account.ts";

/** Where the maintainer stands and which module is meant. */
export interface Stand {
  /** Absolute. */
  Dir: string;
  /** A folder from there, or a module path. */
  Module?: string;
  /** Several of them: a train, as many as the choices have modules, in their order. */
  Modules?: readonly string[];
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

/**
 * The choices with the modules that the facts say are meant: one choice that has come to mean
 * several is made of each.
 */
export function inModule(choices: Choices, { Modules }: Pick<Facts, "Modules">): Choices {
  const [first] = choices.Modules;
  return {
    ...choices,
    Modules: Modules.map(({ Dir }, i) => ({ ...choices.Modules[i] ?? first!, Dir })),
  };
}

/**
 * The facts of the modules that the choices mean; why there is nothing to do, where `auto` could
 * mean several and none is due. Refused without a module to speak of.
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
    ...(mayRename(choices) && { NextMajor: true }),
    ...(choices.Offline && { Offline: "--offline" }),
    ...(choices.Wait === 0 && { NoProxy: "--no-wait" }),
  };
  let named = stand.Module;
  let several = stand.Modules;
  let first: Problem[] = [];
  if (several === undefined && named === undefined && choices.Modules[0]!.Bump === "auto") {
    const all = await gather(services, { ...ask, All: true });
    if (!Array.isArray(all) && all.Repo.Git.Prefix === "" && all.Modules.length > 1) {
      const due = carriages(all, inModule(choices, all));
      if (due.length === 0) {
        return {
          Nothing: "no module of this repository changed since its last release",
          Facts: all,
        };
      }
      const hidden = due.flatMap(({ Module }) => historyEnds(Module));
      if (hidden.length > 0) throw new Refused(hidden.slice(0, 1));
      first = firstReleases(all, due);
      if (due.length === 1) named = due[0]!.Module.Path;
      else several = due.map(({ Module }) => Module.Dir || ".");
    }
  }
  const facts = await factsOf(
    services,
    several
      ? { ...ask, Modules: several }
      : { ...ask, ...(named !== undefined && { Module: named }) },
  );
  return { ...facts, Problems: [...facts.Problems, ...first] };
}

async function factsOf(services: Services, ask: Ask): Promise<Facts> {
  const facts = await gather(services, ask);
  if (Array.isArray(facts)) throw new Refused(facts);
  return facts;
}

/**
 * The choices of a command line with the files it names, to be included or in which the old path
 * is to be rewritten or left, named from the repository's root: it names them from the folder
 * that it was typed in.
 */
export async function rooted(choices: Choices, dir: string, services: Services): Promise<Choices> {
  const { Include, Major } = choices;
  const { Rewrite, Leave } = Major?.Classes ?? { Rewrite: [], Leave: [] };
  if (Include.length + Rewrite.length + Leave.length === 0) return choices;
  const repo = await openRepository(services, dir);
  // Whoever gathers the facts refuses with the same words.
  if ("Code" in repo) return choices;
  const fromRoot = async (path: string) => {
    const below = normalize(join(repo.Prefix, path));
    if (!isAbsolute(path) && !below.startsWith("..")) return below;
    // What leaves the repository may come back into it.
    const full = resolve(dir, path);
    const parent = await Deno.realPath(dirname(full)).catch(() => dirname(full));
    return relative(repo.Root, join(parent, basename(full))) || ".";
  };
  const all = async (paths: readonly string[], isPath: (path: string) => boolean) => {
    const named = await Promise.all(paths.map((path) => isPath(path) ? fromRoot(path) : path));
    return [...new Set(named.map((path) => path.replace(/(?<=.)\/$/, "")))].sort();
  };
  const isPath = (word: string) => !isClass(word);
  return {
    ...choices,
    Include: await all(Include, () => true),
    ...(Major && {
      Major: {
        ...Major,
        Classes: { Rewrite: await all(Rewrite, isPath), Leave: await all(Leave, isPath) },
      },
    }),
  };
}

/** What stops first, then the warnings, then the notes. */
export function sorted(problems: readonly Problem[]): Problem[] {
  const order = (p: Problem) => stops(p) ? 0 : p.Level === "note" ? 2 : 1;
  return [...problems].sort((a, b) => order(a) - order(b));
}

/** The outcome of a release that has nothing to do, and why. */
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

/** The versions of a module that are out, as far as the facts say. */
export function publishedOf({ Modules }: Pick<Facts, "Modules">): (path: string) => string[] {
  return (path) =>
    Modules.filter((m) => m.Path === path).flatMap((m) => m.Versions)
      .filter((v) => v.OnProxy || v.OnRemote !== undefined).map((v) => v.Version);
}

/** What of the choices, and besides them, matters to how a plan is carried out. */
export interface Carrying
  extends Pick<Choices, "Wait" | "Hooks" | "Accept" | "Offline">, Partial<Pick<Choices, "Major">> {
  /** The digest of the commands of `.gorel.toml` that the maintainer agrees to. */
  Agree?: string;
}

/**
 * Carries out a plan that was agreed to. Refused (`commands-not-agreed`) where it has commands that
 * nobody has agreed to.
 */
export async function carryOut(
  plan: Plan,
  facts: Pick<Facts, "Repo" | "Unfinished" | "Modules">,
  choices: Carrying,
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
    accept: choices.Accept,
    ...(choices.Major && { classes: choices.Major.Classes }),
    ...(choices.Agree !== undefined && { agree: choices.Agree }),
    offline: choices.Offline,
    published: publishedOf(facts),
    out: facts.Unfinished.filter((u) => u.Pushed).map((u) => u.TagName),
    onStep,
    ...(heard && { heard }),
  });
}
