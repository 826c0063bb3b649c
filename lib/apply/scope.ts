/**
 * What a plan may touch: the files of its commit, go.mod in a merge of it, its own branch and
 * tag, and on the remote these two. A plan may come from anywhere; what it says of itself is held
 * against what it does.
 */
import { goModOf } from "../facts/modules.ts";
import { isOid } from "../git/names.ts";
import { encodeText } from "../go/modfile/utf8.ts";
import { splitPathVersion } from "../go/module.ts";
import { tagPrefix } from "../go/versions.ts";
import { mergeCommit, releaseCommit, tipCommit, writesInto } from "../plan/commits.ts";
import type { BranchStep, Plan, PushStep, Step, TagStep } from "../plan/types.ts";

/** The order of a release's steps, with what may be left out. Only what is tagged already makes no tag. */
const order =
  /^(?:(?:write )+commit (?:(?:write )?commit )?branch tag |(?:tag )?)(?:line push (?:ask-proxy verify )?)?$/;

/** Names of the journal's own events. */
const taken = new Set(["refs", "files", "keep", "hooks", "undo"]);

/** How a plan of the right shape goes beyond its release; null when it does not. */
export function beyondRelease(plan: Plan): string | null {
  const { Base, Steps } = plan;
  const release = plan.Releases[0]!;
  const prefix = tagPrefix(release.Dir, splitPathVersion(release.Module).pathMajor);
  if (release.TagName !== prefix + release.Version) {
    return `the tag of ${release.Version} is ${prefix}${release.Version}, not ${release.TagName}`;
  }
  if (!order.test(Steps.map((step) => `${step.Do} `).join(""))) {
    return "its steps are not those of a release, in their order";
  }
  const misnamed = Steps.find((s) => taken.has(s.Id) || (s.Id === "push") !== (s.Do === "push"));
  if (misnamed) return `the step ${misnamed.Id} has the name of another`;

  const commit = releaseCommit(plan);
  const tagged = commit?.Id ?? Base.Commit;
  const tip = tipCommit(plan)?.Id ?? Base.Commit;
  const tree = commit?.Tree ?? Base.Tree;
  if (release.Tree !== tree) return "its Tree is not that of the commit to be tagged";
  return wrongWrites(Steps, goModOf(release.Dir)) ??
    wrongParents(plan) ??
    wrongBranch(find<BranchStep>(Steps, "branch"), plan, tip) ??
    wrongTag(find<TagStep>(Steps, "tag"), plan, tagged) ??
    wrongPush(find<PushStep>(Steps, "push"), plan, tip);
}

function find<S extends Step>(steps: readonly Step[], what: S["Do"]): S | undefined {
  return steps.find((step): step is S => step.Do === what);
}

/** `goMod` alone may lie in the work tree as neither the commit nor the plan has it. */
function wrongWrites(steps: readonly Step[], goMod: string): string | null {
  const files = new Set<string>();
  for (const [i, step] of steps.entries()) {
    if (step.Do !== "write") continue;
    const { Id, In, File, After, Text, Edits, Base64, Here } = step;
    // Files stand right before the commit they go into.
    if (In !== steps.slice(i).find((s) => s.Do === "commit")?.Id) {
      return `the step ${Id} writes into no commit of it`;
    }
    if (files.has(`${In} ${File}`)) return `${File} is written twice`;
    files.add(`${In} ${File}`);
    if (Here !== undefined && File !== goMod) return `the step ${Id} writes over what it found`;
    const given = [Text, Edits, Base64].filter((bytes) => bytes !== undefined).length;
    if (given !== (After === null ? 0 : 1)) return `the step ${Id} does not say one content`;
    const ends = (Edits ?? []).map((e) => e.At + encodeText(e.Old).length);
    if ((Edits ?? []).some((e, i) => i > 0 && e.At < ends[i - 1]!)) {
      return `the edits of the step ${Id} are not in their order`;
    }
  }
  return null;
}

/**
 * A commit follows what the plan was built on. One that starts elsewhere comes with a merge
 * of exactly the branch and itself, which may change go.mod and nothing else.
 */
function wrongParents(plan: Plan): string | null {
  const { Base, Releases } = plan;
  const [commit, merge] = [releaseCommit(plan), mergeCommit(plan)];
  if (!commit) return null;
  if (!merge) {
    return commit.Parents.join() === Base.Commit
      ? null
      : "its commit does not follow the one it was built on";
  }
  const [start, more] = commit.Parents;
  if (start === undefined || more !== undefined || !isOid(start) || start === Base.Commit) {
    return "its commit does not start at one commit beside the branch";
  }
  if (merge.Parents.join() !== [Base.Commit, commit.Id].join()) {
    return "its merge is not that of the branch and the commit to be tagged";
  }
  const other = writesInto(plan, merge).find((write) =>
    write.File !== goModOf(Releases[0]!.Dir) || write.After === null
  );
  return other ? `its merge changes ${other.File}, which is the branch's own` : null;
}

function wrongBranch(step: BranchStep | undefined, { Base }: Plan, tip: string): string | null {
  if (!step) return null;
  const own = step.Name === Base.Branch && step.From === Base.Commit && step.To === tip;
  return own ? null : `it moves the branch ${step.Name} otherwise than a release does`;
}

function wrongTag(step: TagStep | undefined, plan: Plan, tagged: string): string | null {
  if (!step) return null;
  const own = step.Name === plan.Releases[0]!.TagName && step.Of === tagged;
  return own ? null : `the tag ${step.Name} is not the release's own`;
}

/**
 * The remote gets the release's tag, new there, and at most one branch, which moves where
 * the local one does. Which branch that is only the repository knows.
 */
function wrongPush(step: PushStep | undefined, plan: Plan, tip: string): string | null {
  if (!step) return null;
  const name = `refs/tags/${plan.Releases[0]!.TagName}`;
  const tag = find<TagStep>(plan.Steps, "tag");
  const branches = step.Refs.filter((ref) => ref.Name !== name);
  const other = branches.find((ref) => !ref.Name.startsWith("refs/heads/") || ref.To !== tip) ??
    branches[1];
  if (other) return `it pushes ${other.Name}, which is not the release's own`;
  const [pushed, again] = step.Refs.filter((ref) => ref.Name === name);
  if (!pushed || again || pushed.From !== null) return `it does not push ${name} as a new tag`;
  if (tag ? pushed.To !== tag.Id : !/^[0-9a-f]{40,}$/.test(pushed.To)) {
    return `it pushes something else as ${name}`;
  }
  return null;
}
