/** `gorel check [VERSION]`: the preflight checks alone. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { acceptances, defaultWait, taggable, versionOperand } from "../lib/cli/options.ts";
import { advisedBump } from "../lib/advice/advise.ts";
import { resolveVersion } from "../lib/advice/version.ts";
import type { Choices } from "../lib/choices.ts";
import { gather } from "../lib/facts/gather.ts";
import { build } from "../lib/plan/build.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Everything a release of that version (default: the advised one) would be told. */
export async function run({ flags, cwd, args }: Options, services: Services): Promise<Answer> {
  const named = args[0] === undefined ? undefined : versionOperand(args[0]);
  if (named) taggable(named.Version);
  const module = named?.Module ?? flags.module;
  const wait = flags.offline ? 0 : flags.wait ?? defaultWait;
  const facts = await gather(services, {
    Dir: cwd,
    Release: true,
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
    Hooks: true,
    Wait: wait,
    Offline: flags.offline,
    Accept: acceptances(flags),
  };
  const built = await build(facts, choices);
  const coming = resolveVersion(chosen, wanted, advised);
  const version = named?.Version ?? ("Code" in coming ? "" : coming.Version);
  const problems = "Plan" in built
    ? built.Plan.Problems
    : "Problems" in built
    ? built.Problems
    : [];
  return { Kind: "check", Document: { Version: version, Problems: problems } };
}
