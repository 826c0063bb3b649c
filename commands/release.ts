/** `gorel patch|minor|major|prerelease|release|auto|vX.Y.Z`, `retract` and their kin: plan, confirm, apply, verify. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { canAnswer, mayAsk } from "../lib/cli/ask.ts";
import { toChoices } from "../lib/cli/options.ts";
import { progressOf, wordsOf } from "../lib/cli/progress.ts";
import { unlessStopped } from "../lib/cli/stopped.ts";
import type { Services } from "../lib/services.ts";
import { show } from "./agree.ts";
import { carryOut, nothingDone, plan, rooted } from "./carry.ts";

/** Runs one release, prints its plan, or opens the screens at the first question that is open. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { flags } = options;
  const wish = () => toChoices(options.command, options.args, flags);
  // What is wrong with the words themselves comes before the flag that is missing beside them.
  if (!canAnswer(options, services)) wish();
  if (mayAsk(options, services)) {
    const { openRelease } = await import("./screens.ts");
    return await openRelease(options, services, signal);
  }
  const { Choices: given, Ask } = wish();
  const choices = await rooted(given, options.cwd, services);
  const stand = {
    Dir: options.cwd,
    ...(Ask.Module !== undefined && { Module: Ask.Module }),
    ...(Ask.Modules && { Modules: Ask.Modules }),
  };
  const made = await unlessStopped(plan(choices, stand, services), signal);
  if ("Nothing" in made) return { Kind: "outcome", Outcome: nothingDone(made.Nothing) };
  if (flags.dryRun) return { Kind: "plan", Plan: made.Plan };
  const shown = show(made.Plan, options, services, false);
  const outcome = await carryOut(
    made.Plan,
    made.Facts,
    { ...choices, ...(flags.agree !== undefined && { Agree: flags.agree }) },
    services,
    signal,
    progressOf(options, services),
    wordsOf(options, services),
  );
  return { Kind: "outcome", Outcome: outcome, Shown: shown };
}
