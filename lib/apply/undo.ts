/** Takes back the local steps of a release that is not pushed: refs, index and files as they were. */
import { Failed, type Problem, problem, Refused } from "../problem.ts";
import { Journal, type JournalEvent, type JournalRecord, progress } from "../journal/journal.ts";
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import type { Outcome, OutcomeStep, Plan, PlannedRelease, PushStep } from "../plan/types.ts";
import { isAncestor } from "../git/log.ts";
import { lockFiles } from "../git/status.ts";
import { faultOf } from "./fault.ts";
import { changedSince, restore } from "./files.ts";
import { IndexLock, removeOwnLock } from "./index-lock.ts";
import { Lock } from "./lock.ts";
import { again, quiet } from "./saved.ts";
import { branchLeft } from "./moved.ts";
import { madeBefore } from "./objects.ts";
import { receipt } from "./receipt.ts";
import { forget, moveBack, movesOf, shortName, type Standing, standing } from "./refs.ts";
import { clean, some } from "../text.ts";

/**
 * Undoes an unpushed release. Refused when it is out, when the remote cannot
 * say whether it is, or when something was built on it since. Killed at any
 * moment, it can be begun again. Throws Failed when something cannot be written.
 */
export async function undo(
  repo: Repository,
  record: JournalRecord,
  plan: Plan,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  try {
    const journal = Journal.continue(again(repo, record));
    await quiet(journal.record, repo.services.clock);
    return await takeBack(repo, journal, plan);
  } catch (error) {
    throw error instanceof Refused ? error : faultOf(error);
  }
}

async function takeBack(repo: Repository, journal: Journal, plan: Plan): Promise<Outcome> {
  const { TagName } = journal.record.Header;
  removeOwnLock(repo);
  const made = await madeBefore(repo, journal.record);
  const moves = movesOf(plan, made).filter((m) => m.To !== undefined);
  const refs = await standing(repo, moves);
  const refused = await mayNot(repo, journal, plan, refs);
  if (refused) throw new Refused([refused]);

  const lock = touchesFiles(journal, plan, refs) ? await IndexLock.take(repo) : null;
  if (lock && "Code" in lock) throw new Refused([lock]);
  using held = lock;
  const write = (State: JournalEvent["State"]) =>
    journal.write({ Step: "undo", State, At: repo.services.clock.now() });
  write("begun");
  const wrong = await moveBack(repo, refs.filter((ref) => ref.Is === "new"), TagName);
  if (wrong) throw new Failed(wrong.Text, [wrong]);
  await forget(repo, moves, TagName);
  if (held) await restore(repo, plan, journal, held);
  write("done");
  journal.end();
  return {
    State: "undone",
    Releases: receipt(plan),
    Commit: plan.Base.Commit,
    Steps: plan.Steps.map((s): OutcomeStep => ({
      Id: s.Id,
      Do: s.Do,
      State: ["write", "commit", "branch", "tag"].includes(s.Do) ? "undone" : "skipped",
    })),
    Problems: [],
  };
}

/**
 * Reports whether files are put back: where they were begun to be written, and the branch was
 * not taken elsewhere since, which takes the files along.
 */
function touchesFiles(journal: Journal, { Base }: Plan, refs: readonly Standing[]): boolean {
  const own = `refs/heads/${Base.Branch}`;
  return journal.last("files") !== undefined &&
    !refs.some((ref) => ref.Ref === own && ref.Is === "other");
}

function isBranch({ Ref }: Standing): boolean {
  return Ref.startsWith("refs/heads/");
}

async function mayNot(
  repo: Repository,
  journal: Journal,
  plan: Plan,
  refs: readonly Standing[],
): Promise<Problem | null> {
  const { TagName } = journal.record.Header;
  if (progress(journal.record).Pushed) return isOut(plan.Releases);
  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  const last = journal.last("push");
  if (push && last) {
    const listed = await settled(repo, push.Remote, plan.Releases, last);
    // A refusal was the remote's own word; a push that never ended was not.
    if ("Code" in listed && last.State !== "failed") {
      return {
        ...listed,
        Fix: "gorel undo once it answers: only it can say whether the release is out",
      };
    }
    if (!("Code" in listed)) {
      const made = await madeBefore(repo, journal.record);
      const out = plan.Releases.filter((release) => {
        const name = tagRef(release);
        const sent = push.Refs.find((ref) => ref.Name === name)?.To ?? "";
        // Somebody else's release of that name is no reason to keep this one.
        return listed.Refs.get(name) === (made.get(sent) ?? sent);
      });
      if (out.length > 0) return isOut(out);
    }
  }
  for (const ref of refs) {
    if (!isBranch(ref) || ref.Is !== "other" || ref.Now === null || ref.To === null) continue;
    if (await isAncestor(repo, ref.To, ref.Now) === false) continue;
    return problem(
      "moved",
      `${
        ref.Ref === `refs/heads/${plan.Base.Branch}` ? "The branch" : clean(shortName(ref.Ref))
      } has moved on since ${TagName} was begun, so it cannot be taken back whole.`,
      { fix: "git log shows what came after; take that back first, or gorel resume" },
    );
  }
  const [lock] = await lockFiles(repo, plan.Base.Branch);
  if (lock !== undefined) {
    return problem(
      "locked",
      `Another git is at work in this repository: ${clean(lock)} is there.`,
      {
        fix: "wait until it has ended; if it was killed, remove the lock file",
      },
    );
  }
  if (!touchesFiles(journal, plan, refs)) return null;
  return await branchLeft(repo, plan) ?? await changedSince(repo, plan, journal, "undo");
}

/**
 * What the remote has. A push that never ended may still be on its way a moment after
 * gorel died, so that an answer without the tag is asked for again.
 */
async function settled(
  repo: Repository,
  remote: string,
  releases: readonly PlannedRelease[],
  last: JournalEvent,
) {
  const { clock } = repo.services;
  for (let tries = 1;; tries++) {
    const listed = await lsRemote(repo, remote);
    const fresh = last.State === "begun" && clock.now() - last.At < 60_000;
    if ("Code" in listed || releases.some((r) => listed.Refs.has(tagRef(r)))) return listed;
    if (!fresh || tries === 4) return listed;
    await clock.sleep(1000);
  }
}

function tagRef({ TagName }: PlannedRelease): string {
  return `refs/tags/${TagName}`;
}

function isOut(releases: readonly PlannedRelease[]): Problem {
  const [{ Version }] = releases as [PlannedRelease];
  const tags = some(releases.map((r) => r.TagName));
  return problem(
    "version-exists",
    `${tags} ${releases.length === 1 ? "is" : "are"} on the remote: what was published cannot ` +
      "be taken back.",
    {
      fix:
        `gorel resume ${Version}; a bad release is retracted: gorel retract ${Version} --reason TEXT`,
    },
  );
}
