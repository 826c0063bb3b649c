/** The steps of a release, in the order they are carried out. */
import type { Choices, Interval } from "../choices.ts";
import { type Facts, isBeside, known, startOf, type Upstream } from "../facts/types.ts";
import { showInterval } from "../checks/retract.ts";
import { trimRationale } from "../go/modfile/mod.ts";
import { some } from "../text.ts";
import { cleanedUp, signedOff } from "./message.ts";
import { filledTemplate, type TemplateValues } from "./template.ts";
import type { Releasing } from "./build.ts";
import type { Written } from "./draft.ts";
import type { Behind } from "./prepare.ts";
import type { CommitStep, Plan, PushRef, PushStep, Step, WriteStep } from "./types.ts";

export interface Parts {
  Facts: Facts;
  Choices: Choices;
  /** Dependencies first. */
  Releases: readonly Releasing[];
  /** What goes into the release commit. */
  Written?: Written;
  /** What goes into the merge of it, where that changes anything. */
  WrittenAtHead?: Written;
  /** The commit behind the tagged one. */
  After?: Behind;
  /** The branch that is made for the old major. */
  Keep?: { Name: string; Commit: string };
  /** True: the coming tree is built before anything is written. */
  Prove: boolean;
}

/** The message of the release commit. */
export function commitMessage(parts: Parts): string {
  const { Choices, Releases } = parts;
  if (Choices.Messages.Commit !== undefined) return cleanedUp(Choices.Messages.Commit);
  const own = filledTemplate(parts.Facts.Config?.Messages.Commit, valuesOf(parts, Releases));
  if (own !== undefined) return own;
  const [first, ...more] = Releases.map((r) => r.TagName);
  if (more.length > 0) {
    return `Release ${some([first!, ...more])}\n\n${Releases.map(named).join("")}`;
  }
  if (Choices.Do === "release") return `Release ${first}\n`;
  const reason = trimRationale(Choices.Edit?.Reason ?? "");
  const why = reason === "" ? "" : `\n${reason}\n`;
  return `Release ${first}: ${Choices.Do} ${objectOf(parts)}\n${why}`;
}

/** What the words of a template stand for; of several releases all of them. */
function valuesOf({ Choices }: Parts, releases: readonly Releasing[]): TemplateValues {
  const all = (of: (release: Releasing) => string) => releases.map(of).join(", ");
  return {
    tag: all(({ TagName }) => TagName),
    version: all(({ Version }) => Version),
    module: all(({ Path }) => Path),
    reason: trimRationale(Choices.Edit?.Reason ?? ""),
  };
}

function named({ Path, Version }: Releasing): string {
  return `${Path} ${Version}\n`;
}

/** The message of the merge of a release from another revision than HEAD. */
function mergeMessage(parts: Parts): string {
  return `Merge ${parts.Releases[0]!.TagName}: it ${parts.Choices.Do}s ${objectOf(parts)}\n`;
}

/** What a release retracts or deprecates, or takes that back of. */
function objectOf({ Choices, Releases }: Parts): string {
  const { Module, Version } = Releases[0]!;
  if (Choices.Do === "unretract") return intervalsText(Choices.Edit?.Unretract ?? []);
  return Choices.Do === "retract" ? retractedBy(Choices, Version) : Module.Path;
}

/** What a release retracts, in words: its own version only where it retracts nothing else. */
function retractedBy({ Edit }: Choices, version: string): string {
  const others = intervalsText(Edit?.Retract ?? []);
  return others === "" && Edit?.Self ? `${version} itself` : others;
}

/** Intervals in words; one that was given twice only once. */
function intervalsText(intervals: readonly Interval[]): string {
  return [...new Set(intervals.map(showInterval))].join(", ");
}

/** The message of a release's annotated tag. */
export function tagMessage(parts: Parts, release: Releasing): string {
  const { Choices } = parts;
  const { TagName } = release;
  if (Choices.Messages.Tag !== undefined) return cleanedUp(Choices.Messages.Tag);
  const own = filledTemplate(parts.Facts.Config?.Messages.Tag, valuesOf(parts, [release]));
  if (own !== undefined) return own;
  if (Choices.Do === "release") return `${TagName}\n`;
  if (Choices.Do === "undeprecate") return `${TagName}\n\nTakes back the deprecation\n`;
  if (Choices.Do === "unretract") {
    return `${TagName}\n\nTakes back the retraction of ${objectOf(parts)}\n`;
  }
  const does = Choices.Do === "retract" ? "Retracts" : "Deprecates";
  const reason = trimRationale(Choices.Edit?.Reason ?? "");
  return `${TagName}\n\n${does} ${objectOf(parts)}: ${reason}\n`;
}

/** A commit's message with the committer's `Signed-off-by`, if that is wished for. */
function signed({ Choices, Facts }: Parts, message: string): string {
  const { Committer } = Facts.Repo;
  return Choices.Signoff && Committer ? signedOff(message, Committer) : message;
}

/** Everything from the first proof to the last. */
export function stepsOf(parts: Parts): Step[] {
  const { Facts, Choices, Releases, Written, After, Keep } = parts;
  const head = Facts.Repo.Head!;
  const tip = isBeside(Facts.Repo) ? "merge" : After ? "after" : "commit";
  const steps: Step[] = parts.Prove
    ? (["tidy", "build", "vet"] as const).map((Run) => ({ Id: `prove-${Run}`, Do: "prove", Run }))
    : [];
  if (Written) {
    steps.push(...writeSteps(1, "commit", Written), releaseCommit(parts, Written));
    if (tip === "merge") steps.push(...merged(parts));
    if (After) steps.push(...behind(parts, Written.Files.length + 1, After));
    steps.push({
      Id: "branch",
      Do: "branch",
      Name: Facts.Repo.Branch!,
      From: head.Commit!,
      To: tip,
    });
  }
  if (Keep) steps.push({ Id: "keep", Do: "branch", Name: Keep.Name, From: null, To: Keep.Commit });
  const tags: PushedTag[] = Releases.map((release, i) => {
    if (release.Adopted) {
      return { Name: release.TagName, To: Facts.Repo.Tags.get(release.TagName)!.Oid };
    }
    const Id = Releases.length === 1 ? "tag" : `tag-${i + 1}`;
    steps.push({
      Id,
      Do: "tag",
      Name: release.TagName,
      Of: Written ? "commit" : head.Commit!,
      Message: tagMessage(parts, release),
      Sign: Choices.Sign ?? Facts.Repo.Signing.Tag,
    });
    return { Name: release.TagName, To: Id };
  });
  if (!Choices.Push) return steps;
  const remote = known(Facts.Remote);
  if (!remote) return steps;
  const upstream = Facts.Repo.Upstream;
  const branch = Written ? tip : upstream?.HasHead ? null : head.Commit!;
  steps.push({ Id: "line", Do: "line" }, pushStep(remote.Name, upstream, tags, branch, Keep));
  if (Choices.Wait > 0) {
    steps.push({ Id: "ask-proxy", Do: "ask-proxy" }, { Id: "verify", Do: "verify" });
  }
  return steps;
}

function writeSteps(first: number, into: string, { Files }: Written): WriteStep[] {
  return Files.map((file, i) => ({ Id: `write-${first + i}`, Do: "write", In: into, ...file }));
}

function releaseCommit(parts: Parts, { Planned }: Written): CommitStep {
  const { Facts, Choices } = parts;
  return {
    Id: "commit",
    Do: "commit",
    Parents: [startOf(Facts.Repo).Commit!],
    Tree: Planned.Tree,
    Message: signed(parts, commitMessage(parts)),
    Sign: Choices.Sign ?? Facts.Repo.Signing.Commit,
  };
}

/** The commit behind the tagged one, which no tag names. */
function behind(parts: Parts, first: number, { Written, Message }: Behind): Step[] {
  const { Facts, Choices } = parts;
  return [...writeSteps(first, "after", Written), {
    Id: "after",
    Do: "commit",
    Parents: ["commit"],
    Tree: Written.Planned.Tree,
    Message: signed(parts, Message),
    Sign: Choices.Sign ?? Facts.Repo.Signing.Commit,
  }];
}

/** The branch keeps its files and takes the edit, so that its next release counts from this one. */
function merged(parts: Parts): Step[] {
  const { Facts, Choices, WrittenAtHead } = parts;
  const head = Facts.Repo.Head!;
  const merge: CommitStep = {
    Id: "merge",
    Do: "commit",
    Parents: [head.Commit!, "commit"],
    Tree: WrittenAtHead?.Planned.Tree ?? head.Tree,
    Message: signed(parts, mergeMessage(parts)),
    Sign: Choices.Sign ?? Facts.Repo.Signing.Commit,
  };
  return WrittenAtHead ? [...writeSteps(2, "merge", WrittenAtHead), merge] : [merge];
}

/** A tag to be pushed: its name, and its object or the Id of the step that makes it. */
export interface PushedTag {
  Name: string;
  To: string;
}

/**
 * One atomic push of the tags and, unless `branch` is null, of the branch to that commit: an
 * object id, or the Id of the step that makes it.
 */
export function pushStep(
  remote: string,
  upstream: Upstream | undefined,
  tags: readonly PushedTag[],
  branch: string | null,
  keep?: { Name: string; Commit: string },
): PushStep {
  const refs: PushRef[] = [];
  if (upstream && branch !== null) {
    refs.push({ Name: upstream.Ref, From: upstream.Oid ?? null, To: branch });
  }
  if (keep) refs.push({ Name: `refs/heads/${keep.Name}`, From: null, To: keep.Commit });
  for (const { Name, To } of tags) refs.push({ Name: `refs/tags/${Name}`, From: null, To });
  return { Id: "push", Do: "push", Remote: remote, Refs: refs, Atomic: true };
}

/** Reports whether the plan ends with a push. */
export function pushes(plan: Plan): boolean {
  return plan.Steps.some((s) => s.Do === "push");
}
