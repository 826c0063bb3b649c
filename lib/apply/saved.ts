/** What the journals of a repository hold, looked at before anything goes on from them. */
import {
  begunIn,
  damagedJournals,
  Journal,
  type JournalRecord,
  progress,
  readJournals,
} from "../journal/journal.ts";
import { type Problem, problem, Refused } from "../problem.ts";
import type { Repository } from "../git/repository.ts";
import type { Plan } from "../plan/types.ts";
import { clean, some } from "../text.ts";
import type { Clock } from "../services.ts";
import { faultOf } from "./fault.ts";
import { parsePlan } from "./parse.ts";

/** The release that has to be finished or taken back before another can begin; null: none. */
export function unfinished(commonDir: string, out: readonly string[]): Problem | null {
  const damaged = damagedIn(commonDir);
  if (damaged) return damaged;
  const begun = readJournals(commonDir).find((record) =>
    !progress(record).Pushed && !out.includes(record.Header.TagName)
  );
  return begun === undefined ? null : problem(
    "unfinished",
    `The release ${
      some(begunIn(begun).map((one) => one.TagName))
    } was begun and not pushed (last: ${progress(begun).After}).`,
    { fix: `gorel resume ${begun.Header.Version}, or gorel undo` },
  );
}

/** A journal that says that something was begun, but not what; null: none. */
export function damagedIn(commonDir: string): Problem | null {
  const [file] = damagedJournals(commonDir);
  return file === undefined ? null : damaged(file, "it does not say what was begun.");
}

/**
 * The plan of a journal. Refused when it is none any more, or another release's: then
 * neither going on nor taking back is safe.
 */
export function planOf({ File, Header }: JournalRecord): Plan {
  let plan: Plan;
  try {
    plan = parsePlan(Header.Plan);
  } catch (error) {
    throw error instanceof Refused ? new Refused([damaged(File, error.message)]) : error;
  }
  const { Module, Version, TagName } = plan.Releases[0]!;
  const same = Module === Header.Module && Version === Header.Version &&
    TagName === Header.TagName;
  if (same) return plan;
  throw new Refused([damaged(File, `its plan is that of ${TagName}.`)]);
}

function damaged(file: string, why: string): Problem {
  return problem("unfinished", `The journal ${clean(file)} is damaged: ${why}`, {
    fix: "see with git log and git tag what its release had done, then move the file away",
  });
}

/** Begins the journal of a plan. Throws Failed, with nothing begun, when it cannot be written. */
export function begin({ CommonDir }: Pick<Repository, "CommonDir">, plan: Plan): Journal {
  const { Module, Version, TagName } = plan.Releases[0]!;
  try {
    return Journal.begin(CommonDir, { Format: 1, Module, Version, TagName, Plan: plan });
  } catch (error) {
    throw faultOf(error);
  }
}

/** Milliseconds in which a git ends that was left behind by a gorel that was killed. */
const orphaned = 1000;

/**
 * Waits until no git of a gorel that was killed in the middle of a step can be at work any
 * more: it would move refs or write the index after somebody has looked at them.
 */
export async function quiet({ Events }: JournalRecord, clock: Clock): Promise<void> {
  const last = Events.at(-1);
  if (last?.State !== "begun" || !["refs", "files", "undo"].includes(last.Step)) return;
  const since = clock.now() - last.At;
  if (since >= 0 && since < orphaned) await clock.sleep(orphaned - since);
}

/** The journal as it is now that the lock is held: whoever held it before may have ended it. */
export function again(repo: Pick<Repository, "CommonDir">, record: JournalRecord): JournalRecord {
  const now = readJournals(repo.CommonDir).find((r) => r.File === record.File);
  if (now && JSON.stringify(now.Header) === JSON.stringify(record.Header)) return now;
  throw new Refused([problem(
    "nothing-unfinished",
    `The release ${record.Header.TagName} was finished or taken back meanwhile.`,
    { fix: "gorel status shows what there is" },
  )]);
}
