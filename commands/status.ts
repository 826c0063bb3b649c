/** `gorel status`: modules, versions, what is unreleased, what is unfinished. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { statusDocument } from "../lib/cli/documents.ts";
import { historyEnds } from "../lib/checks/shallow.ts";
import { gather } from "../lib/facts/gather.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Looks; nothing is refused but a place without a module. */
export async function run({ flags, cwd }: Options, services: Services): Promise<Answer> {
  const facts = await gather(services, {
    Dir: cwd,
    All: flags.module === undefined,
    Status: true,
    ...(flags.module !== undefined && { Module: flags.module }),
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.offline && { Offline: "--offline" }),
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const document = statusDocument(facts);
  const hidden = facts.Modules.flatMap((m) => historyEnds(facts, m)).slice(0, 1);
  document.Problems.push(...hidden);
  return { Kind: "status", Document: document };
}
