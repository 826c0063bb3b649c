/** `gorel versions [MODULE]`: every version and its state, and the tags that Go passes over. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { versionsDocument } from "../lib/cli/documents.ts";
import { gather } from "../lib/facts/gather.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";

/** Lists the versions that tags here, the remote and the proxy know. */
export async function run({ flags, cwd, args }: Options, services: Services): Promise<Answer> {
  const module = args[0] ?? flags.module;
  const facts = await gather(services, {
    Dir: cwd,
    ...(module !== undefined && { Module: module }),
    ...(flags.remote !== undefined && { Remote: flags.remote }),
    ...(flags.offline && { Offline: "--offline" }),
    NoHistory: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  return { Kind: "versions", Document: versionsDocument(facts.Modules[0]!) };
}
