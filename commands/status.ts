/** `gorel status`: modules, versions, what is unreleased, what is unfinished. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { statusDocument, statusNotes } from "../lib/cli/documents.ts";
import { gather } from "../lib/facts/gather.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Looks; nothing is refused but a place without a module. */
export async function run({ flags, cwd }: Options, services: Services): Promise<Answer> {
  const facts = await gather(services, {
    Dir: cwd,
    All: flags.module === undefined,
    Status: true,
    ForUsers: true,
    ...(flags.module !== undefined && { Module: flags.module }),
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.offline && { Offline: "--offline" }),
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  return { Kind: "status", Document: statusDocument(facts), Notes: statusNotes(facts) };
}
