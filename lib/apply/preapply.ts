/** What a saved plan is checked for before it is carried out: its ground, and its own truth. */
import { type Code, type Problem, problem } from "../problem.ts";
import { type Facts, known, type ModuleFacts } from "../facts/types.ts";
import { branch } from "../checks/branch.ts";
import { worktree } from "../checks/worktree.ts";
import { isAncestor } from "../git/log.ts";
import type { Repository } from "../git/repository.ts";
import { type Snapshot, snapshot } from "../git/tree.ts";
import {
  changesOf,
  commitBehind,
  keptBranch,
  mergeCommit,
  pathOf,
  releaseCommit,
  startedFrom,
  tagStepOf,
  writesInto,
} from "../plan/commits.ts";
import { seal } from "../plan/seal.ts";
import type { CommitStep, Plan, PlannedRelease, PushStep, WriteStep } from "../plan/types.ts";
import { treeOf } from "./bytes.ts";
import { outside } from "./inside.ts";
import { carriedOut, moved } from "./moved.ts";
import { planInvalid } from "./parse.ts";

/**
 * Problems that stop a saved plan: HEAD, branch, tags, files or the remote have
 * moved, or the hashes it expects are not those of the tree it makes. `facts` are those
 * of the revision that it starts from (`startedFrom`).
 */
export async function preapply(facts: Facts, plan: Plan): Promise<Problem[]> {
  const repo = facts.Repo;
  const say = (text: string) => problem("moved", text, { fix: "make the plan again" });
  const ground = await moved(repo.Git, plan);
  if (ground) return [await carriedOut(repo.Git, plan, repo.Tags) ?? ground];
  const out: Problem[] = [];
  if (repo.Identity) out.push(repo.Identity);
  const modules: ModuleFacts[] = [];
  for (const release of plan.Releases) {
    const module = facts.Modules.find((m) => isOf(m, release));
    if (module) modules.push(module);
    else {
      const { Module, Dir } = release;
      return [...out, say(`HEAD has no module ${Module} in ${Dir || "the root"}.`)];
    }
  }
  const foreign = await notOurs(facts, plan);
  if (foreign) return [...out, foreign];
  const taken = changesOf(plan).map(({ File }) => File);
  const accepts = (code: Code) =>
    plan.Problems.some((p) => p.Code === code && p.Accepted !== undefined);
  if (!accepts("branch-not-allowed")) out.push(...branch({ Facts: facts }));
  if (!accepts("dirty") || plan.Steps.some((s) => s.Do === "write")) {
    const files = modules.flatMap((Module) => worktree({ Facts: facts, Module }, taken));
    out.push(...files.filter((p) => p.Code === "dirty"));
  }

  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  const remote = known(facts.Remote);
  if (push && !remote) {
    const failed = facts.Remote.State === "failed" ? facts.Remote.Problem : undefined;
    return [...out, failed ?? problem("no-remote", `There is no remote ${push.Remote}.`)];
  }
  if (push && remote?.Several) return [...out, remote.Several];
  for (const ref of push?.Refs ?? []) {
    const there = remote!.Refs.get(ref.Name) ?? null;
    if (there !== ref.From) {
      out.push(say(
        `${ref.Name} on ${push!.Remote} is ${there?.slice(0, 7) ?? "gone"}, not ${
          ref.From?.slice(0, 7) ?? "new"
        } as when this plan was made.`,
      ));
    }
  }
  return [...out, ...await sealed(facts, plan)];
}

/** A new major may get another folder than its module has now. */
function isOf({ Path, Dir }: ModuleFacts, release: PlannedRelease): boolean {
  return Path === release.Module && (Dir === release.Dir || release.NewModule !== undefined);
}

/**
 * What only this repository can say: where the tags that are sent lie, where the branch goes, and
 * that what a new branch keeps is its own.
 */
async function notOurs({ Repo, Remote }: Facts, plan: Plan): Promise<Problem | null> {
  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  for (const release of plan.Releases) {
    if (tagStepOf(plan, release)) continue;
    const tag = Repo.Tags.get(release.TagName);
    const sent = push?.Refs.find((ref) => ref.Name === `refs/tags/${release.TagName}`);
    if (tag?.Commit !== plan.Base.Commit || (sent && sent.To !== tag.Oid)) {
      return problem("moved", `The tag ${release.TagName} is not the one this plan was made for.`, {
        fix: "make the plan again",
      });
    }
  }
  const keep = keptBranch(plan);
  if (keep && await isAncestor(Repo.Git, keep.To, plan.Base.Commit) !== true) {
    return planInvalid(
      `This plan makes the branch ${keep.Name} at ${keep.To.slice(0, 7)}, which HEAD does not ` +
        "come from.",
    );
  }
  if (!push || Remote.State !== "known") return null;
  const kept = keep && `refs/heads/${keep.Name}`;
  const branch = push.Refs.find(({ Name }) => Name.startsWith("refs/heads/") && Name !== kept);
  const own = Repo.Upstream?.Ref;
  return branch === undefined || branch.Name === own ? null : planInvalid(
    `This plan pushes ${branch.Name}; ${Repo.Branch ?? "HEAD"} goes to ${own ?? "no branch"}.`,
  );
}

/** The plan's bytes give its trees, and the tagged one gives the hashes of every release. */
async function sealed(facts: Facts, plan: Plan): Promise<Problem[]> {
  const repo = facts.Repo.Git;
  const merge = await mergedInto(facts, plan);
  if (merge) return [merge];
  const start = await snapshot(repo, startedFrom(plan) ?? plan.Base.Commit);
  const tree = await made(repo, plan, start, releaseCommit(plan));
  if ("Code" in tree) return [tree];
  for (const release of plan.Releases) {
    const hashes = await seal(repo, tree, {
      Path: pathOf(release),
      Version: release.Version,
      Dir: release.Dir,
      Unfetchable: true,
    });
    if ("Problems" in hashes) return hashes.Problems;
    const same = tree.Tree === release.Tree && hashes.Sum === release.Expect.Sum &&
      hashes.GoModSum === release.Expect.GoModSum;
    if (!same) return [altered("hashes are not those of what it would release")];
  }
  const behind = commitBehind(plan);
  if (!behind) return [];
  const after = await made(repo, plan, tree, behind);
  if ("Code" in after) return [after];
  return after.Tree === behind.Tree
    ? []
    : [altered("commit behind the release is not that of its files")];
}

function altered(what: string): Problem {
  return planInvalid(`This plan's ${what}: it was altered.`);
}

/** The merge has the branch's own files but for its writes, and of what the branch had already. */
async function mergedInto({ Repo }: Facts, plan: Plan): Promise<Problem | null> {
  const merge = mergeCommit(plan);
  const from = startedFrom(plan);
  if (!merge || from === undefined) return null;
  const accepted = plan.Problems.some((p) =>
    p.Code === "from-not-ancestor" && p.Accepted !== undefined
  );
  if (!accepted && await isAncestor(Repo.Git, from, plan.Base.Commit) !== true) {
    return planInvalid(`This plan merges ${from.slice(0, 7)}, which HEAD does not come from.`);
  }
  const tree = await made(Repo.Git, plan, await snapshot(Repo.Git, plan.Base.Commit), merge);
  if ("Code" in tree) return tree;
  return tree.Tree === merge.Tree
    ? null
    : altered("merge is not that of the branch's files and its go.mod");
}

/** The tree that a commit of the plan makes of the one it follows. */
async function made(
  repo: Repository,
  plan: Plan,
  base: Snapshot | null,
  commit: CommitStep | undefined,
): Promise<Snapshot | Problem> {
  if (!base) return problem("moved", "The commit that this plan starts from is not here.");
  const writes = writesInto(plan, commit);
  if (writes.length === 0) return base;
  const oidOf = await oidsIn(base, writes);
  // What the branch does not move to is not written into the work tree.
  const beside = startedFrom(plan) !== undefined && commit === releaseCommit(plan);
  for (const { File, Before } of writes) {
    if (await oidOf(File) !== Before) {
      return problem("moved", `${File} is not the file this plan was made for.`, {
        where: { File },
        fix: "make the plan again",
      });
    }
    const away = beside ? null : outside(repo, File);
    if (away !== null) return planInvalid(away);
  }
  return await treeOf(repo, base, writes);
}

/** Gives the blobs of a commit's files; many are looked up in the list of all. */
async function oidsIn(
  base: Snapshot,
  writes: readonly WriteStep[],
): Promise<(file: string) => Promise<string | null>> {
  if (writes.length <= 3) return async (file) => (await base.readFile(file))?.Entry.Oid ?? null;
  const files = (await base.entries()).filter(({ Mode }) => Mode !== "160000");
  const oids = new Map(files.map(({ Path, Oid }) => [Path, Oid]));
  return (file) => Promise.resolve(oids.get(file) ?? null);
}
