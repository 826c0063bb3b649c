/** The steps of a release, in the order they are carried out. */
import type { Choices, Interval } from "../choices.ts";
import {
  type Facts,
  isBeside,
  known,
  type ModuleFacts,
  startOf,
  type Upstream,
} from "../facts/types.ts";
import { showInterval } from "../checks/retract.ts";
import { trimRationale } from "../go/modfile/mod.ts";
import { cleanedUp, signedOff } from "./message.ts";
import type { Written } from "./writes.ts";
import type {
  CommitStep,
  Plan,
  PlannedRelease,
  PushRef,
  PushStep,
  Step,
  WriteStep,
} from "./types.ts";

export interface Parts {
  Facts: Facts;
  Choices: Choices;
  Module: ModuleFacts;
  Release: Pick<PlannedRelease, "Version" | "TagName">;
  Adopted: boolean;
  /** What goes into the release commit. */
  Written?: Written;
  /** What goes into the merge of it, where that changes anything. */
  WrittenAtHead?: Written;
}

/** The message of the release commit. */
export function commitMessage(parts: Parts): string {
  const { Choices, Release } = parts;
  if (Choices.Messages.Commit !== undefined) return cleanedUp(Choices.Messages.Commit);
  if (Choices.Do === "release") return `Release ${Release.TagName}\n`;
  const reason = trimRationale(Choices.Edit?.Reason ?? "");
  const why = reason === "" ? "" : `\n${reason}\n`;
  return `Release ${Release.TagName}: ${Choices.Do} ${objectOf(parts)}\n${why}`;
}

/** The message of the merge of a release from another revision than HEAD. */
function mergeMessage(parts: Parts): string {
  return `Merge ${parts.Release.TagName}: it ${parts.Choices.Do}s ${objectOf(parts)}\n`;
}

/** What a release retracts or deprecates, or takes that back of. */
function objectOf({ Choices, Module, Release }: Parts): string {
  if (Choices.Do === "unretract") return intervalsText(Choices.Edit?.Unretract ?? []);
  return Choices.Do === "retract" ? retractedBy(Choices, Release.Version) : Module.Path;
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

/** The message of the annotated tag. */
export function tagMessage(parts: Parts): string {
  const { Choices, Release } = parts;
  if (Choices.Messages.Tag !== undefined) return cleanedUp(Choices.Messages.Tag);
  if (Choices.Do === "release") return `${Release.TagName}\n`;
  if (Choices.Do === "undeprecate") return `${Release.TagName}\n\nTakes back the deprecation\n`;
  if (Choices.Do === "unretract") {
    return `${Release.TagName}\n\nTakes back the retraction of ${objectOf(parts)}\n`;
  }
  const does = Choices.Do === "retract" ? "Retracts" : "Deprecates";
  const reason = trimRationale(Choices.Edit?.Reason ?? "");
  return `${Release.TagName}\n\n${does} ${objectOf(parts)}: ${reason}\n`;
}

/** A commit's message with the committer's `Signed-off-by`, if that is wished for. */
function signed({ Choices, Facts }: Parts, message: string): string {
  const { Committer } = Facts.Repo;
  return Choices.Signoff && Committer ? signedOff(message, Committer) : message;
}

/** Everything from the first write to the last proof. */
export function stepsOf(parts: Parts): Step[] {
  const { Facts, Choices, Release, Written, Adopted } = parts;
  const head = Facts.Repo.Head!;
  const tip = isBeside(Facts.Repo) ? "merge" : "commit";
  const steps: Step[] = [];
  if (Written) {
    steps.push(...writeSteps(1, "commit", Written), releaseCommit(parts, Written));
    if (tip === "merge") steps.push(...merged(parts));
    steps.push({
      Id: "branch",
      Do: "branch",
      Name: Facts.Repo.Branch!,
      From: head.Commit!,
      To: tip,
    });
  }
  if (!Adopted) {
    steps.push({
      Id: "tag",
      Do: "tag",
      Name: Release.TagName,
      Of: Written ? "commit" : head.Commit!,
      Message: tagMessage(parts),
      Sign: Choices.Sign ?? Facts.Repo.Signing.Tag,
    });
  }
  if (!Choices.Push) return steps;
  const to = Adopted ? Facts.Repo.Tags.get(Release.TagName)!.Oid : "tag";
  const remote = known(Facts.Remote);
  if (!remote) return steps;
  const upstream = Facts.Repo.Upstream;
  const branch = Written ? tip : upstream?.HasHead ? null : head.Commit!;
  const push = pushStep(remote.Name, upstream, Release.TagName, to, branch);
  steps.push({ Id: "line", Do: "line" }, push);
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

/**
 * One atomic push of the tag and, unless `branch` is null, of the branch to
 * that commit. Both are object ids, or the Ids of the steps that make them.
 */
export function pushStep(
  remote: string,
  upstream: Upstream | undefined,
  tagName: string,
  tag: string,
  branch: string | null,
): PushStep {
  const refs: PushRef[] = [];
  if (upstream && branch !== null) {
    refs.push({ Name: upstream.Ref, From: upstream.Oid ?? null, To: branch });
  }
  refs.push({ Name: `refs/tags/${tagName}`, From: null, To: tag });
  return { Id: "push", Do: "push", Remote: remote, Refs: refs, Atomic: true };
}

/** Reports whether the plan ends with a push. */
export function pushes(plan: Plan): boolean {
  return plan.Steps.some((s) => s.Do === "push");
}
