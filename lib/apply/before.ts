/** The proof that comes before a release begins: nothing is written yet, and nothing of it stays. */
import type { MajorChoice } from "../choices.ts";
import type { Proof, ProofNews } from "../rehearse/prove.ts";
import type { Repository } from "../git/repository.ts";
import { planned } from "../git/planned.ts";
import { readTags } from "../git/refs.ts";
import { type Snapshot, snapshot } from "../git/tree.ts";
import { commitBehind, pathOf, releaseCommit, startedFrom, writesInto } from "../plan/commits.ts";
import type { Plan } from "../plan/types.ts";
import { type Acceptance, Failed, Refused, stops } from "../problem.ts";
import { treeOf } from "./bytes.ts";
import { faultOf } from "./fault.ts";

export interface BeforeOptions {
  signal: AbortSignal;
  /** What the maintainer lets through of what is found. */
  accept?: readonly Acceptance[];
  /** What was chosen of the mentions of the old path of a new major. */
  classes?: MajorChoice["Classes"];
  /** True: nobody on the network may be asked. */
  offline?: boolean;
  /** The versions of a module that are known to be out. */
  published?: (path: string) => readonly string[];
  onStep: (news: ProofNews) => void;
  heard?: (line: string) => void;
}

/**
 * Carries out the `prove` steps of a plan on the tree that its commit will have; a plan without
 * any is proven at once. Refused when something is found that neither was so before nor is accepted.
 */
export async function proveBefore(
  repo: Repository,
  plan: Plan,
  options: BeforeOptions,
): Promise<Proof> {
  const proof = await lookedAt(repo, plan, options).catch((error) => {
    throw faultOf(error);
  });
  if (!proof.Stopped && proof.Problems.some(stops)) throw new Refused(proof.Problems);
  return proof;
}

/** The same, with everything that was found, whether it stops the release or not. */
export async function lookedAt(
  repo: Repository,
  plan: Plan,
  options: BeforeOptions,
): Promise<Proof> {
  if (!plan.Steps.some((step) => step.Do === "prove")) {
    return { Steps: [], Problems: [], Stopped: false };
  }
  const start = startedFrom(plan) ?? plan.Base.Commit;
  const before = await snapshot(repo, start);
  if (!before) throw new Failed(`The commit ${start} is not here.`);
  const trees = await toProve(repo, plan, before);
  const { proveTree } = await import("../rehearse/prove.ts");
  return await proveTree(repo, plan, { ...trees, Before: before }, {
    signal: options.signal,
    accept: options.accept ?? [],
    ...(options.classes && { classes: options.classes }),
    offline: options.offline ?? false,
    published: options.published ?? (() => []),
    onStep: options.onStep,
    heard: options.heard ?? (() => {}),
  });
}

/**
 * The tree that is tagged. Where modules of a train require each other in a circle, with the lines
 * of go.sum that only the commit behind it can have: users never read them, but go does here.
 */
async function toProve(
  repo: Repository,
  plan: Plan,
  before: Snapshot,
): Promise<{ Planned: Snapshot; Tagged?: Snapshot }> {
  const writes = writesInto(plan, releaseCommit(plan));
  if (writes.length === 0) return { Planned: before };
  const tagged = await treeOf(repo, before, writes);
  if (!plan.Problems.some((p) => p.Code === "train-cycle")) return { Planned: tagged };
  const behind = writesInto(plan, commitBehind(plan));
  if (behind.every((write) => write.File.endsWith("go.sum"))) {
    return { Planned: await treeOf(repo, tagged, behind), Tagged: tagged };
  }
  const { completeSums } = await import("../plan/train/complete.ts");
  const releases = plan.Releases.map((release) => {
    const { Dir, Version, Expect } = release;
    return { Path: pathOf(release), Dir, Version, ...Expect };
  });
  const changes = await completeSums(repo, tagged, await readTags(repo), releases);
  return { Planned: await planned(tagged, changes, repo), Tagged: tagged };
}
