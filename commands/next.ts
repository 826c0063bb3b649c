/** `gorel next`: the advised version; with `--json` all candidates with their evidence. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { preIdentifier } from "../lib/cli/values.ts";
import { gather } from "../lib/facts/gather.ts";
import { problem, Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Advises. What could not be asked is named, not refused. */
export async function run({ flags, cwd }: Options, services: Services): Promise<Answer> {
  // The advice is imported while git is at work.
  const [facts, { advise }] = await Promise.all([
    gather(services, {
      Dir: cwd,
      ...(flags.module !== undefined && { Module: flags.module }),
      ...(flags.remote !== undefined && { Remote: flags.remote }),
      ...(flags.offline && { Offline: "--offline" }),
    }),
    import("../lib/advice/advise.ts"),
  ]);
  if (Array.isArray(facts)) throw new Refused(facts);
  if (facts.Problems.length > 0) throw new Refused(facts.Problems);
  const pre = flags.pre === undefined ? undefined : preIdentifier(flags.pre);
  const advice = advise(facts, facts.Modules[0]!, pre);
  if (advice.Advised) return { Kind: "next", Document: advice };
  const why = advice.Candidates.patch.Reason ?? "nothing changed";
  return {
    Kind: "next",
    Document: advice,
    Problems: [problem("nothing-to-release", `No version is advised: ${why}.`, { level: "note" })],
  };
}
