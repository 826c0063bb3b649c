/** What runs before a release begins: the commands around its proof and before its local steps, and the proof. */
import type { Repository } from "../git/repository.ts";
import { type CommandRun, commandsAt, localSteps } from "../plan/commands.ts";
import { releaseCommit } from "../plan/commits.ts";
import type { OutcomeStep, Plan } from "../plan/types.ts";
import { problem, Refused } from "../problem.ts";
import type { Proof } from "../rehearse/prove.ts";
import type { StepNews } from "./account.ts";
import { type BeforeOptions, proveBefore } from "./before.ts";
import { named, rowOf, runCommand } from "./commands.ts";
import { faultOf } from "./fault.ts";
import { changedSince, looked, shownPaths } from "./looked.ts";

export interface EarlyOptions extends BeforeOptions {
  onStep: (news: StepNews) => void;
}

/**
 * Runs them in their order, with a row for each step of the proof and each command; those that a
 * signal kept from running are "waiting". Nothing of the release is written: Refused when a
 * command fails (`command-failed`), changes what is released (`moved`), or the proof finds something.
 */
export async function carryEarly(
  repo: Repository,
  plan: Plan,
  options: EarlyOptions,
): Promise<Proof> {
  const around = {
    before: commandsAt(plan, "before", ["prove"]),
    after: commandsAt(plan, "after", ["prove"]),
    local: commandsAt(plan, "before", localSteps),
  };
  const rows = new Map<string, OutcomeStep>(
    Object.values(around).flat().map((command) => [command.Id, rowOf(command, "waiting")]),
  );
  const run = (commands: readonly CommandRun[]) =>
    commands.length === 0 ? true : runAll(repo, plan, commands, options, rows);
  const told = (proof: Partial<Proof>, Stopped: boolean): Proof => ({
    Steps: [...proof.Steps ?? [], ...rows.values()],
    Problems: proof.Problems ?? [],
    Stopped,
  });
  if (!await run(around.before)) return told({}, true);
  const proof = await proveBefore(repo, plan, options);
  if (proof.Stopped) return told(proof, true);
  const went = await run(around.after) && await run(around.local);
  return told(proof, !went);
}

/** False: the signal ended one of them. */
async function runAll(
  repo: Repository,
  plan: Plan,
  commands: readonly CommandRun[],
  { signal, onStep, heard }: EarlyOptions,
  rows: Map<string, OutcomeStep>,
): Promise<boolean> {
  const look = () =>
    looked(repo, plan, true).catch((error) => {
      throw faultOf(error);
    });
  const before = await look();
  // What is tagged is there already where the release makes no commit.
  const commit = releaseCommit(plan) ? {} : { Commit: plan.Base.Commit };
  for (const command of commands) {
    const options = { signal, onStep, ...commit, ...(heard && { heard }) };
    const { Row, Problem, Stopped } = await runCommand(repo, plan, command, options);
    rows.set(Row.Id, Row);
    onStep(Row);
    if (Stopped) return false;
    if (Problem) throw new Refused([Problem]);
    const changed = changedSince(before, await look());
    if (changed.length > 0) throw new Refused([meddled(command, changed)]);
  }
  return true;
}

function meddled(command: CommandRun, changed: readonly string[]) {
  const [first] = changed;
  return problem(
    "moved",
    `${named(command)} changed ${shownPaths(changed)}: the release would not have it.`,
    {
      ...(changed.length === 1 && { where: { File: first! } }),
      fix: "look at what it changed and commit that, or have git ignore it; then release again",
    },
  );
}
