/** What the journals of a repository hold, looked at before anything goes on from them. */
import { damagedJournals, type JournalRecord, progress, readJournals } from "../journal/journal.ts";
import { type Problem, problem, Refused } from "../problem.ts";
import type { Repository } from "../git/repository.ts";
import type { Plan } from "../plan/types.ts";
import { clean } from "../text.ts";
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
    `The release ${begun.Header.TagName} was begun and not pushed (last: ${
      progress(begun).After
    }).`,
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

/** The journal as it is now that the lock is held: whoever held it before may have ended it. */
export function again(repo: Pick<Repository, "CommonDir">, record: JournalRecord): JournalRecord {
  const now = readJournals(repo.CommonDir).find((r) => r.File === record.File);
  if (now) return now;
  throw new Refused([problem(
    "nothing-unfinished",
    `The release ${record.Header.TagName} was finished or taken back meanwhile.`,
    { fix: "gorel status shows what there is" },
  )]);
}
