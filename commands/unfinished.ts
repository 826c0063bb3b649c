/** Finding the journal that `resume` and `undo` are about. */
import { Lock } from "../lib/apply/lock.ts";
import { damagedIn } from "../lib/apply/saved.ts";
import { problem, Refused } from "../lib/problem.ts";
import type { Repository } from "../lib/git/repository.ts";
import { begunIn, type JournalRecord, progress, readJournals } from "../lib/journal/journal.ts";
import { shellWord } from "../lib/text.ts";

/**
 * The unfinished release: the one named, else the newest that is not pushed,
 * else the newest. Refused when there is none, and when several modules have that version.
 */
export function theJournal(
  repo: Repository,
  named: { Module?: string; Version?: string; TagName?: string } = {},
): JournalRecord {
  const all = readJournals(repo.CommonDir);
  const { Module: module, Version: version } = named;
  const fitting = all.flatMap((record) => {
    const release = begunIn(record).find((one) =>
      (version === undefined || one.Version === version) &&
      (named.TagName === undefined || one.TagName === named.TagName) &&
      (module === undefined || one.Module === module || one.TagName.startsWith(`${module}/`) ||
        (record.Header.Module === module && record.Header.TagName === one.TagName))
    );
    return release ? [{ Record: record, Release: release }] : [];
  });
  if (version !== undefined && new Set(fitting.map((f) => f.Release.TagName)).size > 1) {
    const modules = [...new Set(fitting.map((f) => f.Release.Module))];
    const folders = fitting.map((f) => f.Release.TagName.slice(0, -version.length - 1) || ".");
    const ways = modules.length === fitting.length
      ? modules.map((m) => `gorel resume ${shellWord(`${m}@${version}`)}`)
      : folders.map((f) => `gorel resume ${version} --module ${shellWord(f)}`);
    throw new Refused([problem(
      "module-not-found",
      `${version} is unfinished in ${fitting.length} modules; say which is meant.`,
      { fix: ways.join(", or ") },
    )]);
  }
  const found = fitting.findLast(({ Record }) => !progress(Record).Pushed) ?? fitting.at(-1);
  if (found) return found.Record;
  if (all.length === 0) Lock.clear(repo.CommonDir);
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
