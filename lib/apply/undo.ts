/** Takes back the local steps of a release that is not pushed: refs, index and files as they were. */
import { Failed, type Problem, problem, Refused } from "../problem.ts";
import { Journal, type JournalEvent, type JournalRecord, progress } from "../journal/journal.ts";
import { readHead } from "../git/head.ts";
import { lsRemote } from "../git/remote.ts";
import type { Repository } from "../git/repository.ts";
import type { Outcome, OutcomeStep, Plan, PushStep } from "../plan/types.ts";
import { cannotRestore, restore } from "./files.ts";
import { Lock } from "./lock.ts";
import { again } from "./saved.ts";
import { madeBefore } from "./objects.ts";
import { receipt } from "./receipt.ts";
import { moveBack, movesOf, standing } from "./refs.ts";
import { shellWord } from "../text.ts";

/**
 * Undoes an unpushed release. Refused when it is out, when the remote cannot
 * say whether it is, or when something was built on it since.
 */
export async function undo(
  repo: Repository,
  record: JournalRecord,
  plan: Plan,
): Promise<Outcome> {
  using _ = Lock.take(repo.CommonDir);
  const journal = Journal.continue(again(repo, record));
  const refused = await mayNot(repo, journal, plan);
  if (refused) throw new Refused([refused]);

  const made = await madeBefore(repo, journal.record);
  const moves = movesOf(plan, made).filter((m) => m.To !== undefined);
  const now = moves.length > 0 ? await standing(repo, moves) : "before";
  if (now === "mixed") {
    throw new Refused([problem(
      "moved",
      `The branch has moved on since ${record.Header.TagName} was begun, so it cannot be taken back whole.`,
      { fix: "git log shows what came after; take that back first, or gorel resume" },
    )]);
  }
  if (now === "done") {
    const wrong = await moveBack(repo, moves, record.Header.TagName);
    if (wrong) throw new Failed(wrong.Text, [wrong]);
  }
  await restore(repo, plan, journal);
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

async function mayNot(
  repo: Repository,
  journal: Journal,
  plan: Plan,
): Promise<Problem | null> {
  const { TagName, Version } = journal.record.Header;
  if (progress(journal.record).Pushed) return isOut(TagName, Version);
  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  const last = journal.last("push");
  if (push && last) {
    const listed = await settled(repo, push.Remote, TagName, last);
    // A refusal was the remote's own word; a push that never ended was not.
    if ("Code" in listed && last.State !== "failed") return listed;
    if (!("Code" in listed) && listed.Refs.has(`refs/tags/${TagName}`)) {
      return isOut(TagName, Version);
    }
  }
  if (plan.Steps.some((s) => s.Do === "write")) {
    const head = await readHead(repo);
    if (plan.Base.Branch !== undefined && head.Branch !== plan.Base.Branch) {
      return problem("moved", `The release was begun on ${plan.Base.Branch}, which was left.`, {
        fix: `git switch ${shellWord(plan.Base.Branch)}`,
      });
    }
  }
  return await cannotRestore(repo, journal);
}

/**
 * What the remote has. A push that never ended may still be on its way a moment after
 * gorel died, so that an answer without the tag is asked for again.
 */
async function settled(repo: Repository, remote: string, tagName: string, last: JournalEvent) {
  const { clock } = repo.services;
  for (let tries = 1;; tries++) {
    const listed = await lsRemote(repo, remote);
    const fresh = last.State === "begun" && clock.now() - last.At < 60_000;
    if ("Code" in listed || listed.Refs.has(`refs/tags/${tagName}`)) return listed;
    if (!fresh || tries === 4) return listed;
    await clock.sleep(1000);
  }
}

function isOut(tagName: string, version: string): Problem {
  return problem(
    "version-exists",
    `${tagName} is on the remote: what was published cannot be taken back.`,
    {
      fix:
        `gorel resume ${version}; a bad release is retracted: gorel retract ${version} --reason TEXT`,
    },
  );
}
