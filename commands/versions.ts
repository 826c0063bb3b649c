/** `gorel versions [MODULE]`: every version and its state, and the tags that Go passes over. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import {
  latestProblems,
  movedTags,
  shownVersions,
  versionsDocument,
} from "../lib/cli/documents.ts";
import { gather } from "../lib/facts/gather.ts";
import { commitOf, isMoved } from "../lib/facts/versions.ts";
import { commitTimes } from "../lib/git/log.ts";
import { problem, Refused } from "../lib/problem.ts";
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
    Elsewhere: true,
    ForUsers: true,
  });
  if (Array.isArray(facts)) throw new Refused(facts);
  const found = facts.Modules[0]!;
  const commits = shownVersions(found).map(commitOf).filter((oid) => oid !== undefined);
  const times = await commitTimes(facts.Repo.Git, commits);
  const unasked = flags.offline
    ? [problem("not-asked", "Neither the remote nor the proxy was asked (--offline).")]
    : [];
  return {
    Kind: "versions",
    Document: versionsDocument(found, times),
    Problems: [
      ...facts.Problems.map((p) => ({ ...p, Level: "warn" as const })),
      ...movedTags(facts, found),
      ...latestProblems(facts, found),
      ...unasked,
    ],
    Moved: found.Versions.filter(isMoved).map((v) => v.Version),
  };
}
