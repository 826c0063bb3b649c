/** `gorel undo`: takes back the local steps of a release that is not pushed. */
import type { Answer, Options } from "../lib/cli/answer.ts";
import { Refused } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { planOf } from "../lib/apply/saved.ts";
import { undo } from "../lib/apply/undo.ts";
import type { Outcome } from "../lib/plan/types.ts";
import { openRepository } from "../lib/git/repository.ts";
import { theJournal } from "./unfinished.ts";

/** Restores refs, index and files as they were before the release was begun. */
export async function run(options: Options, services: Services): Promise<Answer> {
  return { Kind: "outcome", Outcome: await takeBack(options.cwd, services) };
}

/** Takes back the unfinished release of the repository around a folder. */
export async function takeBack(dir: string, services: Services): Promise<Outcome> {
  const repo = await openRepository(services, dir);
  if ("Code" in repo) throw new Refused([repo]);
  const record = theJournal(repo);
  return await undo(repo, record, planOf(record));
}
