/** `gorel next`: the advised version; with `--json` all candidates with their evidence. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { preIdentifier } from "../lib/cli/values.ts";
import { historyEnds } from "../lib/checks/shallow.ts";
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
  const module = facts.Modules[0]!;
  const hidden = historyEnds(module);
  if (hidden.length > 0) throw new Refused(hidden);
  const advice = advise(facts, module, pre);
  if (advice.Advised) {
    const { Allowed, Reason } = advice.Candidates[advice.Advised.Bump];
    if (Allowed) return { Kind: "next", Document: advice };
    // A script gets the version all the same, but that it cannot be released so is not kept silent.
    const warning = problem("version-exists", sentence(Reason ?? "not allowed"), { level: "warn" });
    return { Kind: "next", Document: advice, Problems: [warning] };
  }
  const why = advice.Candidates.patch.Reason ?? "nothing changed";
  return {
    Kind: "next",
    Document: advice,
    Problems: [problem("nothing-to-release", `No version is advised: ${why}.`, { level: "note" })],
  };
}

/** A reason as a sentence of its own. */
function sentence(reason: string): string {
  return reason.replace(/^[a-z](?![0-9])/, (c) => c.toUpperCase()).replace(/\.?$/, ".");
}
