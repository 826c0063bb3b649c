/** A plan shown on plain lines, its commands agreed to, and the version typed: how `gorel apply` asks. */
import type { Options } from "../lib/cli/answer.ts";
import { annotations } from "../lib/cli/ci/annotations.ts";
import { inGroup } from "../lib/cli/ci/groups.ts";
import { commandsText } from "../lib/cli/print/commands.ts";
import { plan as planText } from "../lib/cli/print/plan.ts";
import { problems as problemsText } from "../lib/cli/print/problems.ts";
import { styleOf } from "../lib/cli/style.ts";
import { digestOf } from "../lib/config/commands.ts";
import { isAgreed } from "../lib/journal/agreed.ts";
import { commandsOf } from "../lib/plan/commands.ts";
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
  { flags, given, file }: Options,
  services: Services,
  whole: boolean,
): readonly Problem[] {
  // A repository does not keep from its maintainer what it has let through.
  const silenced = file?.Flags.quiet === true && !given?.has("quiet");
  if (flags.json || (flags.quiet && !silenced)) return [];
  const { terminal, env, ci } = services;
  const style = styleOf(flags, env, terminal.interactive && Deno.stderr.isTerminal());
  inGroup("checks", { flags }, services);
  // Whoever reads the log later was not asked, and wants to know what was carried out.
  if (whole || flags.verbose || ci !== undefined) terminal.err(planText(plan, style) + "\n");
  if (ci === "github" && !flags.events) terminal.command?.(annotations(plan.Problems));
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
  return await typed(
    version,
    `Type ${version}${of} to start, anything else stops: `,
    services,
    signal,
  );
}

/**
 * The digest of the plan's commands, once somebody at the terminal has read them and agreed; what
 * `--agree` says where nobody has to be asked. Null: nobody agreed, and it was said.
 */
export async function agreedTo(
  plan: Plan,
  commonDir: string,
  { flags }: Options,
  services: Services,
  signal: AbortSignal,
  ask: boolean,
): Promise<string | undefined | null> {
  const { Commands = [] } = plan;
  const open = commandsOf(plan).length > 0 && !isAgreed(commonDir, Commands);
  if (!ask || !open || flags.agree !== undefined) return flags.agree;
  const style = styleOf(flags, services.env, Deno.stderr.isTerminal());
  services.terminal.err(commandsText(Commands, style) + "\n");
  const question = "Type agree to let exactly these run, anything else stops: ";
  return await typed("agree", question, services, signal) ? digestOf(Commands) : null;
}

/** Asks for a word, and says so where it was not typed. */
async function typed(
  word: string,
  question: string,
  services: Services,
  signal: AbortSignal,
): Promise<boolean> {
  services.terminal.err(question);
  const stopped = new Promise<null>((resolve) =>
    signal.addEventListener("abort", () => resolve(null), { once: true })
  );
  const answer = await Promise.race([services.terminal.readLine(), stopped]);
  if (answer?.trim() === word) return true;
  services.terminal.err(`${answer === null ? "\n" : ""}Stopped. Nothing was changed.\n`);
  return false;
}
