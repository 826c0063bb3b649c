/** The local steps, which undo takes back: objects, then branch and tag in one transaction, then files and index. */
import { Failed, type Problem, problem, Refused } from "../problem.ts";
import type { Journal } from "../journal/journal.ts";
import { isAncestor } from "../git/log.ts";
import type { Repository } from "../git/repository.ts";
import { changesOf, releaseCommit, tipCommit } from "../plan/commits.ts";
import type { Plan } from "../plan/types.ts";
import { clean } from "../text.ts";
import { bring, keep } from "./files.ts";
import { Declined } from "./declined.ts";
import { CommitHooks } from "./hooks.ts";
import { IndexLock } from "./index-lock.ts";
import { branchLeft } from "./moved.ts";
import { checkMade, type Made, madeBefore, makeObjects } from "./objects.ts";
import { listed, move, movesOf, shortName, type Standing, standing } from "./refs.ts";
import { strayed } from "./strayed.ts";

export interface LocalSteps {
  Repo: Repository;
  Plan: Plan;
  Journal: Journal;
  /** Filled with the ids of what the steps made. */
  Made: Made;
  /** True when nothing of the release was there before. */
  Begins: boolean;
  /** True: signing may ask on the terminal. */
  Terminal: boolean;
  /** False: none of git's hooks runs. */
  Hooks: boolean;
  /** Hears what the hooks of the commit say, line by line. */
  Heard: (line: string) => void;
  Stopped: () => boolean;
  /** Called before the first object is made. */
  OnObjects: () => void;
}

/**
 * Carries out what the journal does not say to be done. False: stopped before any ref moved.
 * Throws Failed, after which the release can be resumed or undone; Refused, with no journal
 * left, when it began here and somebody moved its ground before it moved anything.
 */
export async function carryLocal(steps: LocalSteps): Promise<boolean> {
  const { Repo: repo, Plan: plan, Journal: journal, Made: made } = steps;
  const refsDone = journal.isDone("refs");
  for (const [id, oid] of await madeBefore(repo, journal.record)) made.set(id, oid);
  if (!refsDone) {
    steps.OnObjects();
    const hooks = await hooksOf(steps);
    await makeObjects(repo, plan, journal, made, {
      terminal: steps.Terminal,
      agree: async (step) => await hooks?.agree(plan, step),
    });
    await keep(repo, plan, journal);
    if (steps.Stopped()) return false;
    await checkMade(repo, plan, made);
  } else if ((journal.last("push")?.State ?? "failed") === "failed") {
    stopFor(await takenAway(repo, plan, made));
  }
  if (!journal.isDone("files")) await moveAll(steps, refsDone);
  await tellHooks(steps);
  return true;
}

/** Branch and tag, files and index, with git's lock of the index held where that changes. */
async function moveAll(steps: LocalSteps, refsDone: boolean): Promise<void> {
  const { Repo: repo, Plan: plan, Journal: journal } = steps;
  const lock = tipCommit(plan) ? await IndexLock.take(repo) : null;
  if (lock && "Code" in lock) throw stopped(steps, lock, refsDone);
  using held = lock;
  if (!refsDone) await moveRefs(steps);
  if (held) {
    stopFor(await branchLeft(repo, plan));
    await bring(repo, plan, journal, held);
  }
  record(steps, "files", "branch, tag and files are here");
}

/** What is thrown for a problem: where nothing of the release is seen anywhere, it has not begun. */
function stopped(steps: LocalSteps, wrong: Problem, moved: boolean): Refused | Failed {
  if (!steps.Begins || moved || !["moved", "locked"].includes(wrong.Code)) {
    return new Failed(wrong.Text, [wrong]);
  }
  steps.Journal.end();
  const { Text, Fix = "" } = wrong;
  const fix = wrong.Code === "moved" ? "make the plan again" : Fix;
  return new Refused([problem(wrong.Code, Text, { fix })]);
}

/** Null where no hook of a commit is to run. */
async function hooksOf({ Repo, Plan, Hooks, Heard }: LocalSteps): Promise<CommitHooks | null> {
  return Hooks && releaseCommit(Plan) ? await CommitHooks.of(Repo, Heard) : null;
}

/** Tells the hooks that come after a commit, once, and before it is pushed. */
async function tellHooks(steps: LocalSteps): Promise<void> {
  if (steps.Journal.isDone("hooks") || steps.Journal.last("push")) return;
  const hooks = await hooksOf(steps);
  if (await hooks?.after(steps.Plan)) record(steps, "hooks", "branch, tag and files are here");
}

async function moveRefs(steps: LocalSteps): Promise<void> {
  const { Repo: repo, Plan: plan, Journal: journal } = steps;
  const moves = movesOf(plan, steps.Made);
  const now = await standing(repo, moves);
  if (!now.every((ref) => ref.Is === "new")) {
    // A git that was killed in the middle had moved some of them.
    const half = journal.last("refs")?.State === "begun";
    let wrong = movedBy(now, half) ?? await branchLeft(repo, plan) ??
      await changedHere(repo, plan);
    if (!wrong) {
      journal.write({ Step: "refs", State: "begun", At: repo.services.clock.now() });
      const left = now.filter((ref) => ref.Is === "old");
      wrong = await move(repo, left, plan.Releases[0]!.TagName);
    }
    if (wrong?.Code === "hook-refused") throw new Declined(wrong, "tag");
    if (wrong) throw stopped(steps, wrong, false);
  }
  record(steps, "refs", `moved ${listed(moves.map((m) => shortName(m.Ref)))}`);
}

function stopFor(wrong: Problem | null): void {
  if (wrong) throw new Failed(wrong.Text, [wrong]);
}

function record({ Journal: journal, Repo: repo }: LocalSteps, step: string, did: string): void {
  journal.write({ Step: step, State: "done", Did: did, At: repo.services.clock.now() });
}

/** The files have to be as they were planned with, and not as they were kept: no ref has moved yet. */
async function changedHere(repo: Repository, plan: Plan): Promise<Problem | null> {
  const file = await strayed(repo, plan.Base.Commit, changesOf(plan));
  return file === null ? null : problem(
    "moved",
    `${clean(file)} was changed since the release was begun.`,
    { where: { File: file }, fix: "gorel undo, then begin again" },
  );
}

/** Why the refs cannot be moved: one of them is somebody else's by now. `half`: some may be moved. */
function movedBy(refs: readonly Standing[], half: boolean): Problem | null {
  const other = refs.find((ref) => ref.Is === "other") ??
    (half ? undefined : refs.find((ref) => ref.Is === "new"));
  if (!other) return null;
  const name = clean(shortName(other.Ref));
  return problem("moved", `${name} was moved by somebody else since the release was begun.`, {
    fix: "gorel undo, then begin again",
  });
}

/** Why what was made here must not be sent: it was taken away, or the branch went elsewhere. */
export async function takenAway(
  repo: Repository,
  plan: Plan,
  made: Made,
): Promise<Problem | null> {
  for (const { Ref, Is, Now, To } of await standing(repo, movesOf(plan, made))) {
    if (Is === "new") continue;
    const grown = Ref.startsWith("refs/heads/") && Now !== null && To !== null &&
      await isAncestor(repo, To, Now) === true;
    if (grown) continue;
    return problem(
      "moved",
      `${clean(shortName(Ref))} is not any more where the release had moved it.`,
      { fix: "gorel undo, then begin again" },
    );
  }
  return null;
}
