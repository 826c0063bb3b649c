/** What a saved plan is checked for before it is carried out: its ground, and its own truth. */
import { type Problem, problem } from "../problem.ts";
import { type Facts, known } from "../facts/types.ts";
import { worktree } from "../checks/worktree.ts";
import { planned } from "../git/planned.ts";
import { snapshot } from "../git/tree.ts";
import { seal } from "../plan/seal.ts";
import type { Plan, PushStep, WriteStep } from "../plan/types.ts";
import { bytesOf } from "./bytes.ts";
import { outside } from "./files.ts";
import { moved } from "./moved.ts";
import { planInvalid } from "./parse.ts";

/**
 * Problems that stop a saved plan: HEAD, branch, tags, files or the remote have
 * moved, or the hashes it expects are not those of the tree it makes.
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
  const files = worktree({ Facts: facts, Module: module }).filter((p) => p.Code === "dirty");
  const accepted = plan.Problems.some((p) => p.Code === "dirty" && p.Accepted !== undefined);
  if (!accepted || plan.Steps.some((s) => s.Do === "write")) out.push(...files);

  const push = plan.Steps.find((s): s is PushStep => s.Do === "push");
  const remote = known(facts.Remote);
  if (push && !remote) {
    const failed = facts.Remote.State === "failed" ? facts.Remote.Problem : undefined;
    return [...out, failed ?? problem("no-remote", `There is no remote ${push.Remote}.`)];
  }
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

/** The plan's bytes give its tree, and its tree gives its hashes. */
async function sealed(facts: Facts, plan: Plan): Promise<Problem[]> {
  const repo = facts.Repo.Git;
  const release = plan.Releases[0]!;
  const base = await snapshot(repo, plan.Base.Commit);
  if (!base) return [problem("moved", `The commit ${plan.Base.Commit} is not here.`)];
  const writes = plan.Steps.filter((s): s is WriteStep => s.Do === "write");
  const changes = [];
  for (const write of writes) {
    const before = (await base.readFile(write.File))?.Entry.Oid ?? null;
    if (before !== write.Before) {
      return [problem("moved", `${write.File} is not the file this plan was made for.`, {
        where: { File: write.File },
        fix: "make the plan again",
      })];
    }
    const away = outside(repo, write.File);
    if (away !== null) return [planInvalid(away)];
    const bytes = await bytesOf(repo, write, (oid) => base.read(oid));
    changes.push({ Path: write.File, Mode: write.Mode, Bytes: bytes });
  }
  const tree = changes.length > 0 ? await planned(base, changes, repo) : base;
  const made = await seal(repo, tree, {
    Path: release.Module,
    Version: release.Version,
    Dir: release.Dir,
    Unfetchable: true,
  });
  if ("Problems" in made) return made.Problems;
  const same = tree.Tree === release.Tree && made.Sum === release.Expect.Sum &&
    made.GoModSum === release.Expect.GoModSum;
  return same ? [] : [
    planInvalid("This plan's hashes are not those of what it would release: it was altered."),
  ];
}
