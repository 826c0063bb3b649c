/** A plan shown on plain lines, and the version typed: how `gorel apply` asks. */
import type { Options } from "../lib/cli/answer.ts";
import { plan as planText } from "../lib/cli/print/plan.ts";
import { problems as problemsText } from "../lib/cli/print/problems.ts";
import { styleOf } from "../lib/cli/style.ts";
import { pathOf } from "../lib/plan/commits.ts";
import type { Plan } from "../lib/plan/types.ts";
import type { Problem } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

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

/** A release starts only when its version was typed; of several that of the last, which requires the others. */
export async function agreed(
  plan: Plan,
  services: Services,
  signal: AbortSignal,
): Promise<boolean> {
  const last = plan.Releases.at(-1)!;
  const version = last.Version;
  const of = plan.Releases.length > 1 ? `, the version of ${pathOf(last)},` : "";
  services.terminal.err(`Type ${version}${of} to start, anything else stops: `);
  const stopped = new Promise<null>((resolve) =>
    signal.addEventListener("abort", () => resolve(null), { once: true })
  );
  const typed = await Promise.race([services.terminal.readLine(), stopped]);
  if (typed?.trim() === version) return true;
  services.terminal.err(`${typed === null ? "\n" : ""}Stopped. Nothing was changed.\n`);
  return false;
}
