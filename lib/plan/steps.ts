/** The steps of a release, in the order they are carried out. */
import type { Choices } from "../choices.ts";
import { type Facts, known, type ModuleFacts, type Upstream } from "../facts/types.ts";
import type { Planned as PlannedTree } from "../git/planned.ts";
import { showInterval } from "../checks/retract.ts";
import { trimRationale } from "../go/modfile/mod.ts";
import type { Edited } from "./edit.ts";
import type { Plan, PlannedRelease, PushRef, PushStep, Step } from "./types.ts";

export interface Parts {
  Facts: Facts;
  Choices: Choices;
  Module: ModuleFacts;
  Release: Pick<PlannedRelease, "Version" | "TagName">;
  Adopted: boolean;
  Edited?: Edited;
  Planned?: PlannedTree;
  /** The mode of go.mod at HEAD. */
  Mode?: string;
}

/** The message of the release commit. */
export function commitMessage({ Choices, Release }: Parts): string {
  if (Choices.Messages.Commit !== undefined) return withEnd(Choices.Messages.Commit);
  const retracted = retractedBy(Choices, Release.Version);
  const reason = trimRationale(Choices.Edit?.Reason ?? "");
  return `Release ${Release.TagName}: retract ${retracted}\n\n${reason}\n`;
}

/** What a release retracts, in words: its own version only where it retracts nothing else. */
function retractedBy({ Edit }: Choices, version: string): string {
  const others = (Edit?.Retract ?? []).map(showInterval).join(", ");
  return others === "" && Edit?.Self ? `${version} itself` : others;
}

/** The message of the annotated tag. */
export function tagMessage({ Choices, Release }: Parts): string {
  if (Choices.Messages.Tag !== undefined) return withEnd(Choices.Messages.Tag);
  const retracted = retractedBy(Choices, Release.Version);
  return retracted === ""
    ? `${Release.TagName}\n`
    : `${Release.TagName}\n\nRetracts ${retracted}: ${trimRationale(Choices.Edit?.Reason ?? "")}\n`;
}

function withEnd(message: string): string {
  return message.endsWith("\n") ? message : message + "\n";
}

/** Everything from the first write to the last proof. */
export function stepsOf(parts: Parts): Step[] {
  const { Facts, Choices, Module, Release, Edited, Planned, Adopted } = parts;
  const head = Facts.Repo.Head!;
  const steps: Step[] = [];
  if (Edited && Planned) {
    const written = Planned.Blobs.find((b) => b.Path === Module.GoMod.File)!;
    steps.push({
      Id: "write-1",
      Do: "write",
      In: "commit",
      File: Module.GoMod.File,
      Mode: parts.Mode ?? "100644",
      Before: Module.GoMod.Oid,
      After: written.Oid,
      Edits: Edited.Edits,
    }, {
      Id: "commit",
      Do: "commit",
      Parents: [head.Commit!],
      Tree: Planned.Tree,
      Message: commitMessage(parts),
      Sign: Choices.Sign ?? Facts.Repo.Signing.Commit,
    }, {
      Id: "branch",
      Do: "branch",
      Name: Facts.Repo.Branch!,
      From: head.Commit!,
      To: "commit",
    });
  }
  if (!Adopted) {
    steps.push({
      Id: "tag",
      Do: "tag",
      Name: Release.TagName,
      Of: Edited ? "commit" : head.Commit!,
      Message: tagMessage(parts),
      Sign: Choices.Sign ?? Facts.Repo.Signing.Tag,
    });
  }
  if (!Choices.Push) return steps;
  const to = Adopted ? Facts.Repo.Tags.get(Release.TagName)!.Oid : "tag";
  const remote = known(Facts.Remote);
  if (!remote) return steps;
  const upstream = Facts.Repo.Upstream;
  const branch = Edited ? "commit" : upstream?.HasHead ? null : head.Commit!;
  const push = pushStep(remote.Name, upstream, Release.TagName, to, branch);
  steps.push({ Id: "line", Do: "line" }, push);
  if (Choices.Wait > 0) {
    steps.push({ Id: "ask-proxy", Do: "ask-proxy" }, { Id: "verify", Do: "verify" });
  }
  return steps;
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
