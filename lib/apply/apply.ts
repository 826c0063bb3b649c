/**
 * Carries a plan out, step by step with a journal. Before the push everything
 * can be undone; killed at any moment, `resume` finishes exactly one release.
 */
import { type Code, Refused } from "../problem.ts";
import { Journal, type JournalRecord, readJournals } from "../journal/journal.ts";
import type { Repository } from "../git/repository.ts";
import type { Outcome, OutcomeStep, Plan } from "../plan/types.ts";
import { Account } from "./account.ts";
import { mustAgree } from "./agree.ts";
import { Declined } from "./declined.ts";
import { carryEarly, type EarlyOptions } from "./early.ts";
import { faultOf } from "./fault.ts";
import { removeOwnLock } from "./index-lock.ts";
import { Lock } from "./lock.ts";
import { moved } from "./moved.ts";
import { Run, type RunOptions } from "./run.ts";
import { hookless, shielded } from "./shield.ts";
import { again, begin, quiet, unfinished } from "./saved.ts";

export interface ApplyOptions extends EarlyOptions, RunOptions {
  /** Tags of begun releases that were found on the remote. */
  out: readonly string[];
  /** The digest of the commands that the maintainer agrees to. */
  agree?: string;
}

/**
 * Carries out a new plan. Refused (nothing written) when another gorel is at work, a release is
 * unfinished, the plan's ground has moved, nobody agreed to its commands, or its proof or a command
 * before it begins fails.
 */
export async function apply(
  repo: Repository,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const begun = unfinished(repo.CommonDir, options.out);
  if (begun) throw new Refused([begun]);
  const ground = async () => {
    const gone = await moved(repo, plan);
    if (gone) throw new Refused([gone]);
  };
  await ground();
  mustAgree(repo.CommonDir, plan, options.agree);
  const { Problems, Steps, Stopped } = await carryEarly(repo, plan, options);
  const proven = { ...plan, Problems: [...plan.Problems, ...Problems] };
  if (Stopped) {
    return new Account(proven, new Map(), options.onStep, Steps).outcome("stopped", []);
  }
  // A proof takes a while, and a command may do anything.
  if (Steps.length > 0) await ground();
  const release = plan.Releases[0]!;
  const same = readJournals(repo.CommonDir).find((r) => r.Header.TagName === release.TagName);
  if (same) Journal.continue(same).end();
  return await goOn(repo, proven, begin(repo, proven), options, true, Steps);
}

/** What was said when the release began, of the moment alone: its work tree, and who was asked. */
const passing: readonly Code[] = [
  "untracked",
  "partly-staged",
  "other-module-changed",
  "no-upstream",
  "not-asked",
];

/**
 * Goes on with a release that was begun. `plan` may have more steps than the journal's; of what
 * it warned of, the outcome repeats what is still so.
 */
export async function resume(
  repo: Repository,
  record: JournalRecord,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const now = again(repo, record);
  mustAgree(repo.CommonDir, plan, options.agree);
  await quiet(now, repo.services.clock);
  try {
    const journal = Journal.continue(now);
    removeOwnLock(repo);
    const Problems = plan.Problems.filter((p) => !passing.includes(p.Code));
    return await goOn(repo, { ...plan, Problems }, journal, options, false);
  } catch (error) {
    throw error instanceof Refused ? error : faultOf(error);
  }
}

async function goOn(
  repo: Repository,
  plan: Plan,
  journal: Journal,
  options: ApplyOptions,
  begins: boolean,
  proof: readonly OutcomeStep[] = [],
): Promise<Outcome> {
  const own = options.hooks ? repo : hookless(repo);
  const run = new Run(shielded(own), own, plan, journal, options, begins, proof);
  try {
    return await run.all();
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (options.signal.aborted) return run.account.stopped();
    const fault = faultOf(error);
    const nothing = begins && fault instanceof Declined;
    if (nothing) journal.end();
    return run.account.failed(fault, nothing);
  }
}
