/** `gorel patch|minor|major|prerelease|release|auto|vX.Y.Z` and `gorel retract`: plan, confirm, apply, verify. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { mayAsk } from "../lib/cli/ask.ts";
import { toChoices } from "../lib/cli/options.ts";
import { plan as planText } from "../lib/cli/print/plan.ts";
import { problems as problemsText } from "../lib/cli/print/problems.ts";
import { progressOf } from "../lib/cli/progress.ts";
import { styleOf } from "../lib/cli/style.ts";
import type { Problem } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import type { Plan } from "../lib/plan/types.ts";
import { carryOut, notAgreed, nothingDone, plan } from "./carry.ts";

/** Runs one release, or prints its plan. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { flags } = options;
  const { Choices, Ask } = toChoices(options.command, options.args, flags);
  const ask = mayAsk(options, services);
  const made = await plan(Choices, {
    Dir: options.cwd,
    ...(Ask.Module !== undefined && { Module: Ask.Module }),
  }, services);
  if ("Nothing" in made) return { Kind: "outcome", Outcome: nothingDone(made.Nothing) };
  if (flags.dryRun) return { Kind: "plan", Plan: made.Plan };
  const shown = show(made.Plan, options, services, ask);
  if (ask && !(await agreed(made.Plan, services, signal))) {
    return { Kind: "outcome", Outcome: notAgreed() };
  }
  const outcome = await carryOut(
    made.Plan,
    made.Facts,
    Choices,
    services,
    signal,
    progressOf(options, services),
  );
  return { Kind: "outcome", Outcome: outcome, Shown: shown };
}

/**
 * The plan's problems on standard error before anything is done, and the whole plan
 * where somebody is about to be asked. Gives the problems that were shown.
 */
export function show(
  plan: Plan,
  { flags }: Options,
  services: Services,
  whole: boolean,
): readonly Problem[] {
  if (flags.quiet || flags.json) return [];
  const { terminal, env } = services;
  const style = styleOf(flags, env, terminal.interactive && Deno.stderr.isTerminal());
  if (whole || flags.verbose) terminal.err(planText(plan, style) + "\n");
  terminal.err(problemsText(plan.Problems, style));
  return plan.Problems;
}

/** A release starts only when its version was typed. */
export async function agreed(
  plan: Plan,
  services: Services,
  signal: AbortSignal,
): Promise<boolean> {
  const version = plan.Releases[0]!.Version;
  services.terminal.err(`Type ${version} to start, anything else stops: `);
  const stopped = new Promise<null>((resolve) =>
    signal.addEventListener("abort", () => resolve(null), { once: true })
  );
  const typed = await Promise.race([services.terminal.readLine(), stopped]);
  if (typed?.trim() === version) return true;
  services.terminal.err(`${typed === null ? "\n" : ""}Stopped. Nothing was changed.\n`);
  return false;
}
