/** Finding the journal that `resume` and `undo` are about. */
import { damagedIn } from "../lib/apply/saved.ts";
import { problem, Refused } from "../lib/problem.ts";
import type { Repository } from "../lib/git/repository.ts";
import { type JournalRecord, progress, readJournals } from "../lib/journal/journal.ts";

/**
 * The unfinished release: the one named, else the newest that is not pushed,
 * else the newest. Refused when there is none.
 */
export function theJournal(repo: Repository, version?: string): JournalRecord {
  const all = readJournals(repo.CommonDir);
  const fitting = version === undefined ? all : all.filter((r) => r.Header.Version === version);
  const record = fitting.findLast((r) => !progress(r).Pushed) ?? fitting.at(-1);
  if (record) return record;
  throw new Refused([
    damagedIn(repo.CommonDir) ?? problem(
      "nothing-unfinished",
      version === undefined
        ? "No release is unfinished in this repository."
        : `No release ${version} is unfinished in this repository.`,
      all.length > 0
        ? { fix: `gorel resume ${all.at(-1)!.Header.Version}` }
        : { fix: "gorel status shows what there is" },
    ),
  ]);
}
