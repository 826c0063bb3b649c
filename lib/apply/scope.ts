/**
 * What a plan may touch: the files of its commit, go.mod in a merge of it, go.mod and go.sum behind
 * it, its own branches and tags, and on the remote these. A plan may come from anywhere; what it
 * says of itself is held against what it does.
 */
import { goModOf } from "../facts/modules.ts";
import { isOid } from "../git/names.ts";
import { encodeText } from "../go/modfile/utf8.ts";
import { checkPath, checkPathMajor, splitPathVersion } from "../go/module.ts";
import { tagPrefix } from "../go/versions.ts";
import {
  commitBehind,
  keptBranch,
  mergeCommit,
  pathOf,
  releaseCommit,
  tagStepOf,
  tipCommit,
  writesInto,
} from "../plan/commits.ts";
import type { Plan, PlannedRelease, PushStep, TagStep, WriteStep } from "../plan/types.ts";

/** The order of a release's steps, with what may be left out. Only what is tagged already makes no tag. */
const order =
  /^(?:prove )*(?:(?:write )+commit (?:(?:write )*commit )?branch (?:branch )?(?:tag )+|(?:tag )*)(?:line push (?:ask-proxy verify )?)?$/;

/** Names of the journal's own events. */
const taken = new Set(["refs", "files", "keep", "hooks", "undo"]);

/** Names of commands, whose events the journal has too. */
const ofCommand = /^(?:before|after)-[a-z-]+-\d+$/;

/** How a plan of the right shape goes beyond its releases; null when it does not. */
export function beyondRelease(plan: Plan): string | null {
  const { Base, Releases, Steps } = plan;
  const commit = releaseCommit(plan);
  const tree = commit?.Tree ?? Base.Tree;
  for (const release of Releases) {
    const wrong = wrongRelease(release);
    if (wrong !== null) return wrong;
    if (release.Tree !== tree) return "its Tree is not that of the commit to be tagged";
  }
  const twice = twiceOf(Releases.map((r) => r.TagName)) ?? twiceOf(Releases.map(pathOf)) ??
    twiceOf(Releases.map((r) => r.Module));
  if (twice !== undefined) return `it releases ${twice} twice`;
  if (!order.test(Steps.map((step) => `${step.Do} `).join(""))) {
    return "its steps are not those of a release, in their order";
  }
  // No event is about a branch, whose step may then be called as the keeping of files is.
  const misnamed = Steps.find((s) =>
    (taken.has(s.Id) && s.Do !== "branch") || ofCommand.test(s.Id) ||
    (s.Id === "push") !== (s.Do === "push")
  );
  if (misnamed) return `the step ${misnamed.Id} has the name of another`;
  return wrongWrites(plan) ??
    wrongParents(plan) ??
    wrongBranches(plan) ??
    wrongTags(plan) ??
    wrongPush(plan);
}

/** The name that stands in a list a second time. */
function twiceOf(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}

/** A tag of the module's own, and as a new path only that of another major of it. */
function wrongRelease(release: PlannedRelease): string | null {
  const { Module, NewModule, Dir, Version, TagName } = release;
  const { prefix, pathMajor } = splitPathVersion(pathOf(release));
  if (NewModule !== undefined) {
    const other = NewModule !== Module && prefix === splitPathVersion(Module).prefix &&
      checkPath(NewModule) === null && checkPathMajor(Version, pathMajor) === null;
    if (!other) return `${NewModule} ${Version} is no other major of ${Module}`;
  }
  const tag = tagPrefix(Dir, pathMajor) + Version;
  return TagName === tag ? null : `the tag of ${Version} is ${tag}, not ${TagName}`;
}

/** go.mod and go.sum of what is released. */
function filesOf({ Releases }: Plan): string[] {
  return Releases.flatMap(({ Dir }) => {
    const mod = goModOf(Dir);
    return [mod, mod.replace(/mod$/, "sum")];
  });
}

/** Only what the release edits besides may lie in the work tree as neither commit nor plan has it. */
function wrongWrites(plan: Plan): string | null {
  const tagged = releaseCommit(plan)?.Id;
  const rewrites = plan.Releases.some((r) => r.NewModule !== undefined);
  const edited = filesOf(plan);
  const files = new Set<string>();
  let waiting: WriteStep[] = [];
  for (const step of plan.Steps) {
    if (step.Do === "commit") {
      // Files stand right before the commit they go into.
      const other = waiting.find(({ In }) => In !== step.Id);
      if (other) return `the step ${other.Id} writes into no commit of it`;
      waiting = [];
    }
    if (step.Do !== "write") continue;
    waiting.push(step);
    const { Id, In, File, After, Text, Edits, Base64, Here } = step;
    if (files.has(`${In} ${File}`)) return `${File} is written twice`;
    files.add(`${In} ${File}`);
    const overwrites = In === tagged && Here !== After && (rewrites || edited.includes(File));
    if (Here !== undefined && !overwrites) {
      return `the step ${Id} writes over what it found`;
    }
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
 * A commit follows what the plan was built on, and the one behind it only that. One that starts
 * elsewhere comes with a merge of exactly the branch and itself, which may change go.mod and
 * nothing else.
 */
function wrongParents(plan: Plan): string | null {
  const { Base, Releases } = plan;
  const [commit, merge] = [releaseCommit(plan), mergeCommit(plan)];
  if (!commit) return null;
  if (!merge) {
    return commit.Parents.join() === Base.Commit
      ? wrongBehind(plan)
      : "its commit does not follow the one it was built on";
  }
  const [start, more] = commit.Parents;
  if (start === undefined || more !== undefined || !isOid(start) || start === Base.Commit) {
    return "its commit does not start at one commit beside the branch";
  }
  if (merge.Parents.join() !== [Base.Commit, commit.Id].join()) {
    return "its merge is not that of the branch and the commit to be tagged";
  }
  if (Releases.length > 1) return "it merges several releases";
  const other = writesInto(plan, merge).find((write) =>
    write.File !== goModOf(Releases[0]!.Dir) || write.After === null
  );
  return other ? `its merge changes ${other.File}, which is the branch's own` : null;
}

/** Behind the tagged commit only go.mod and go.sum of what is released change. */
function wrongBehind(plan: Plan): string | null {
  const behind = commitBehind(plan);
  if (!behind) return null;
  const writes = writesInto(plan, behind);
  if (writes.length === 0) return "the commit behind its release changes nothing";
  const own = filesOf(plan);
  const other = writes.find(({ File, After }) =>
    !own.includes(File) || (After === null && File.endsWith("go.mod"))
  );
  return other ? `the commit behind its release changes ${other.File}` : null;
}

/** The branch moves to the last commit; a new one keeps what was before a new major. */
function wrongBranches(plan: Plan): string | null {
  const { Base, Releases, Steps } = plan;
  const [first, second] = Steps.filter((step) => step.Do === "branch");
  if (!first) return null;
  const own = first.Name === Base.Branch && first.From === Base.Commit &&
    first.To === tipCommit(plan)?.Id;
  if (!own) return `it moves the branch ${first.Name} otherwise than a release does`;
  if (!second) return null;
  const { Name, From, To } = second;
  const keeps = From === null && isOid(To) && Name !== Base.Branch && Name !== "HEAD" &&
    !Name.startsWith("-") && !mergeCommit(plan) &&
    Releases.some((r) => r.NewModule !== undefined);
  return keeps ? null : `the branch ${Name} is not that of an old major`;
}

/** Each release has its tag at the tagged commit; only where none is made it may be there already. */
function wrongTags(plan: Plan): string | null {
  const commit = releaseCommit(plan);
  const tags = plan.Steps.filter((step): step is TagStep => step.Do === "tag");
  const own = new Set(plan.Releases.map((r) => r.TagName));
  const tagged = commit?.Id ?? plan.Base.Commit;
  for (const { Name, Of } of tags) {
    if (Of !== tagged || !own.delete(Name)) return `the tag ${Name} is not the release's own`;
  }
  const [missing] = own;
  return commit && missing !== undefined ? `it does not make the tag ${missing}` : null;
}

/**
 * The remote gets the tag of each release, new there, the branch that the plan makes, and at most
 * one branch more, which moves where the local one does. Which that is only the repository knows.
 */
function wrongPush(plan: Plan): string | null {
  const step = plan.Steps.find((step): step is PushStep => step.Do === "push");
  if (!step) return null;
  const keep = keptBranch(plan);
  const tip = tipCommit(plan)?.Id ?? plan.Base.Commit;
  const rest = [...step.Refs];
  const twice = twiceOf(rest.map((ref) => ref.Name));
  if (twice !== undefined) return `it pushes ${twice} twice`;
  const take = (name: string) => {
    const at = rest.findIndex((ref) => ref.Name === name);
    return at < 0 ? undefined : rest.splice(at, 1)[0];
  };
  for (const release of plan.Releases) {
    const name = `refs/tags/${release.TagName}`;
    const pushed = take(name);
    if (pushed?.From !== null) return `it does not push ${name} as a new tag`;
    const tag = tagStepOf(plan, release);
    if (tag ? pushed.To !== tag.Id : !isOid(pushed.To)) {
      return `it pushes something else as ${name}`;
    }
  }
  if (keep) {
    const name = `refs/heads/${keep.Name}`;
    const pushed = take(name);
    if (pushed?.From !== null || pushed.To !== keep.To) {
      return `it does not push ${name} as a new branch`;
    }
  }
  const other = rest.find((ref) => !ref.Name.startsWith("refs/heads/") || ref.To !== tip) ??
    rest[1];
  return other ? `it pushes ${other.Name}, which is not the release's own` : null;
}
