/** `gorel undo`: takes back the local steps of a release that is not pushed. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { planOf } from "../lib/apply/saved.ts";
import { undo } from "../lib/apply/undo.ts";
import { openRepository } from "../lib/git/repository.ts";
import { theJournal } from "./unfinished.ts";

/** Restores refs, index and files as they were before the release was begun. */
export async function run(options: Options, services: Services): Promise<Answer> {
  const repo = await openRepository(services, options.cwd);
  if ("Code" in repo) throw new Refused([repo]);
  const record = theJournal(repo);
  return { Kind: "outcome", Outcome: await undo(repo, record, planOf(record)) };
}
