/** The line that every release word runs: facts → choices → plan → apply → verify. */
import type { Choices } from "../lib/choices.ts";
import { type Problem, problem, Refused, stops } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { gather } from "../lib/facts/gather.ts";
import type { Facts } from "../lib/facts/types.ts";
import { build } from "../lib/plan/build.ts";
import type { Outcome, Plan } from "../lib/plan/types.ts";
import type { StepNews } from "../lib/apply/apply.ts";

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
  const facts = await gather(services, {
    ...stand,
    Release: true,
    ...(choices.Remote !== undefined && { Remote: choices.Remote }),
    ...(choices.Offline && { Offline: "--offline" }),
    ...(choices.Wait === 0 && { NoProxy: "--no-wait" }),
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const module = facts.Modules[0]!;
  const wanted = choices.Modules[0]!;
  const built = await build(facts, { ...choices, Modules: [{ ...wanted, Dir: module.Dir }] });
  if ("Problems" in built) throw new Refused(sorted(built.Problems));
  if ("Nothing" in built) return { Nothing: built.Nothing, Facts: facts };
  return { Facts: facts, Plan: built.Plan };
}

/** What stops first, then the warnings, then the notes. */
function sorted(problems: readonly Problem[]): Problem[] {
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
  facts: Pick<Facts, "Repo">,
  choices: Pick<Choices, "Wait" | "Hooks">,
  services: Services,
  signal: AbortSignal,
  onStep: (news: StepNews) => void,
): Promise<Outcome> {
  const { apply } = await import("../lib/apply/apply.ts");
  return await apply(facts.Repo.Git, plan, {
    signal,
    terminal: services.terminal.interactive,
    hooks: choices.Hooks,
    wait: choices.Wait,
    onStep,
  });
}
