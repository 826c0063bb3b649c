/** What a saved plan is checked for before it is carried out: its ground, and its own truth. */
import { type Problem, problem } from "../problem.ts";
import { type Facts, known } from "../facts/types.ts";
import { worktree } from "../checks/worktree.ts";
import { isAncestor } from "../git/log.ts";
import type { Repository } from "../git/repository.ts";
import { type Snapshot, snapshot } from "../git/tree.ts";
import { mergeCommit, releaseCommit, startedFrom, tipCommit, writesInto } from "../plan/commits.ts";
import { seal } from "../plan/seal.ts";
import type { CommitStep, Plan, PushStep } from "../plan/types.ts";
import { treeOf } from "./bytes.ts";
import { outside } from "./files.ts";
import { moved } from "./moved.ts";
import { planInvalid } from "./parse.ts";

/**
 * Problems that stop a saved plan: HEAD, branch, tags, files or the remote have
 * moved, or the hashes it expects are not those of the tree it makes. `facts` are those
 * of the revision that it starts from (`startedFrom`).
 */
export async function preapply(facts: Facts, plan: Plan): Promise<Problem[]> {
  const repo = facts.Repo;
  const release = plan.Releases[0]!;
  const say = (text: string) => problem("moved", text, { fix: "make the plan again" });
  const ground = await moved(repo.Git, plan);
  if (ground) return [ground];
  const out: Problem[] = [];
  if (repo.Identity) out.push(repo.Identity);
  const module = facts.Modules[0];
  if (!module || module.Path !== release.Module || module.Dir !== release.Dir) {
    return [...out, say(`HEAD has no module ${release.Module} in ${release.Dir || "the root"}.`)];
  }
  const foreign = notOurs(facts, plan);
  if (foreign) return [...out, foreign];
  const taken = writesInto(plan, tipCommit(plan)).map((write) => write.File);
  const files = worktree({ Facts: facts, Module: module }, taken).filter((p) => p.Code === "dirty");
  const accepted = plan.Problems.some((p) => p.Code === "dirty" && p.Accepted !== undefined);
  if (!accepted || plan.Steps.some((s) => s.Do === "write")) out.push(...files);

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

/** What only this repository can say: where the tag that is sent lies, and where the branch goes. */
function notOurs({ Repo, Remote }: Facts, plan: Plan): Problem | null {
  const { TagName } = plan.Releases[0]!;
  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  if (!plan.Steps.some((s) => s.Do === "tag")) {
    const tag = Repo.Tags.get(TagName);
    const sent = push?.Refs.find((ref) => ref.Name === `refs/tags/${TagName}`);
    if (tag?.Commit !== plan.Base.Commit || (sent && sent.To !== tag.Oid)) {
      return problem("moved", `The tag ${TagName} is not the one this plan was made for.`, {
        fix: "make the plan again",
      });
    }
  }
  if (!push || Remote.State !== "known") return null;
  const branch = push.Refs.find((ref) => ref.Name.startsWith("refs/heads/"));
  const own = Repo.Upstream?.Ref;
  return branch === undefined || branch.Name === own ? null : planInvalid(
    `This plan pushes ${branch.Name}; ${Repo.Branch ?? "HEAD"} goes to ${own ?? "no branch"}.`,
  );
}

/** The plan's bytes give its trees, and the tagged one gives its hashes. */
async function sealed(facts: Facts, plan: Plan): Promise<Problem[]> {
  const repo = facts.Repo.Git;
  const release = plan.Releases[0]!;
  const merge = await mergedInto(facts, plan);
  if (merge) return [merge];
  const tree = await made(repo, plan, startedFrom(plan) ?? plan.Base.Commit, releaseCommit(plan));
  if ("Code" in tree) return [tree];
  const hashes = await seal(repo, tree, {
    Path: release.Module,
    Version: release.Version,
    Dir: release.Dir,
    Unfetchable: true,
  });
  if ("Problems" in hashes) return hashes.Problems;
  const same = tree.Tree === release.Tree && hashes.Sum === release.Expect.Sum &&
    hashes.GoModSum === release.Expect.GoModSum;
  return same ? [] : [
    planInvalid("This plan's hashes are not those of what it would release: it was altered."),
  ];
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
  const tree = await made(Repo.Git, plan, plan.Base.Commit, merge);
  if ("Code" in tree) return tree;
  return tree.Tree === merge.Tree ? null : planInvalid(
    "This plan's merge is not that of the branch's files and its go.mod: it was altered.",
  );
}

/** The tree that a commit of the plan makes of the one it follows. */
async function made(
  repo: Repository,
  plan: Plan,
  parent: string,
  commit: CommitStep | undefined,
): Promise<Snapshot | Problem> {
  const base = await snapshot(repo, parent);
  if (!base) return problem("moved", `The commit ${parent} is not here.`);
  const writes = writesInto(plan, commit);
  for (const { File, Before } of writes) {
    const before = (await base.readFile(File))?.Entry.Oid ?? null;
    if (before !== Before) {
      return problem("moved", `${File} is not the file this plan was made for.`, {
        where: { File },
        fix: "make the plan again",
      });
    }
    // Only what the branch moves to is written into the work tree.
    const away = commit === tipCommit(plan) ? outside(repo, File) : null;
    if (away !== null) return planInvalid(away);
  }
  return writes.length > 0 ? await treeOf(repo, base, writes) : base;
}
