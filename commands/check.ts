/** `gorel check [VERSION]`: the preflight checks alone. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { Interrupted, interruption } from "../lib/cli/exit.ts";
import { acceptances, defaultWait, taggable, versionOperand } from "../lib/cli/options.ts";
import { progressOf, wordsOf } from "../lib/cli/progress.ts";
import { unlessStopped } from "../lib/cli/stopped.ts";
import { advisedBump } from "../lib/advice/advise.ts";
import { resolveVersion } from "../lib/advice/version.ts";
import type { Choices } from "../lib/choices.ts";
import { notAgreed } from "../lib/apply/agree.ts";
import { gather } from "../lib/facts/gather.ts";
import type { Facts } from "../lib/facts/types.ts";
import { isAgreed } from "../lib/journal/agreed.ts";
import { build, type Built } from "../lib/plan/build.ts";
import { commandsOf } from "../lib/plan/commands.ts";
import type { Plan } from "../lib/plan/types.ts";
import { type Problem, Refused, stops } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { publishedOf } from "./carry.ts";

/** Everything a release of that version (default: the advised one) would be told, and its proof. */
export async function run(
  options: Options,
  services: Services,
  signal: AbortSignal,
): Promise<Answer> {
  const { Version, Built, Facts } = await unlessStopped(checked(options, services), signal);
  const Problems = "Plan" in Built
    ? Built.Plan.Problems
    : "Problems" in Built
    ? Built.Problems
    : [];
  const commands = "Plan" in Built ? notAgreedYet(Built.Plan, Facts) : [];
  const proof = "Plan" in Built && !Problems.some(stops)
    ? await proven(options, services, signal, Built, Facts)
    : [];
  return { Kind: "check", Document: { Version, Problems: [...Problems, ...commands, ...proof] } };
}

/** A release would stop for it; whoever only checks, as a CI system does, has nothing to agree to. */
function notAgreedYet(plan: Plan, { Repo }: Facts): Problem[] {
  const { Commands = [] } = plan;
  if (commandsOf(plan).length === 0 || isAgreed(Repo.CommonDir, Commands)) return [];
  return [{ ...notAgreed(Commands), Level: "note" }];
}

/** What the `prove` steps of the plan find; the temporary folder is gone whatever ends it. */
async function proven(
  options: Options,
  services: Services,
  signal: AbortSignal,
  { Plan }: Extract<Built, { Plan: unknown }>,
  facts: Facts,
): Promise<Problem[]> {
  if (!Plan.Steps.some((step) => step.Do === "prove")) return [];
  const { lookedAt } = await import("../lib/apply/before.ts");
  const { Problems, Stopped } = await lookedAt(facts.Repo.Git, Plan, {
    signal,
    accept: acceptances(options.flags),
    offline: options.flags.offline,
    published: publishedOf(facts),
    onStep: progressOf(options, services),
    heard: wordsOf(options, services),
  });
  if (Stopped) throw interruption(signal) ?? new Interrupted("SIGINT");
  return Problems;
}

async function checked(
  { flags, cwd, args }: Options,
  services: Services,
): Promise<{ Version: string; Built: Built; Facts: Facts }> {
  const named = args[0] === undefined ? undefined : versionOperand(args[0]);
  if (named) taggable(named.Version);
  const module = named?.Module ?? flags.module;
  const wait = flags.offline ? 0 : flags.wait ?? defaultWait;
  const facts = await gather(services, {
    Dir: cwd,
    Release: true,
    NextMajor: true,
    ...(module !== undefined && { Module: module }),
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.offline && { Offline: "--offline" }),
    ...(wait === 0 && { NoProxy: "--no-wait" }),
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const chosen = facts.Modules[0]!;
  const advised = advisedBump(chosen);
  const wanted = named ? { Version: named.Version } : { Bump: advised };
  const choices: Choices = {
    Do: "release",
    Modules: [{ Dir: chosen.Dir, ...wanted }],
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    Push: flags.push && !flags.offline,
    Include: [],
    Messages: {},
    Signoff: false,
    Build: flags.build,
    RestoreReplaces: false,
    Hooks: true,
    Wait: wait,
    Offline: flags.offline,
    Accept: acceptances(flags),
  };
  const built = await build(facts, choices);
  const coming = resolveVersion(chosen, wanted, advised);
  const version = named?.Version ?? ("Code" in coming ? "" : coming.Version);
  return { Version: version, Built: built, Facts: facts };
}
