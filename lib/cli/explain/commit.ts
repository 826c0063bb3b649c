/** A commit, or a tag that is no version, in words (go-rules §7.2, §7.4, §7.5). */
import { isPseudoVersion, pseudoVersionBase } from "../../go/pseudo.ts";
import { prerelease } from "../../go/semver.ts";
import { clean, shellWord, some } from "../../text.ts";
import type { ExplainDocument } from "../answer.ts";
import { stageOf } from "./form.ts";
import { orderText, pseudoText } from "./pseudo.ts";
import { short, type TagState } from "./where.ts";

/** What was found out about a commit. */
export interface AboutCommit {
  /** As it was asked for. */
  Subject: string;
  Commit: string;
  /** The module's path there. */
  Path: string;
  /** What Go calls it; absent where Go refuses it. */
  Version?: string;
  /** Why Go refuses it, in its words. */
  Refused?: string;
  /** Every tag on it. */
  Tags: readonly string[];
  /** Version tags on it that are retracted. */
  Retracted: readonly string[];
  /** True while the module has no version at all. */
  Untagged: boolean;
  /** Branches of the remote that have it; absent where that is not known. */
  Branches?: readonly string[];
  Remote?: string;
  /** The branches are as the last fetch saw them. */
  Stale: boolean;
  /** The lowest published release that has it in its history, else the lowest such pre-release. */
  First?: string;
  /** The tag of Version is not on the remote. */
  Unsent: boolean;
}

/** A tag that Go does not take for a version. */
export interface AboutTag {
  Tag: string;
  State: TagState;
  /** Why it is none, where it looks like one. */
  Reason?: string;
  /** The module whose prefix it has. */
  Module?: string;
}

/** The page about a commit, and about a tag that is only the name of one. */
export function explainCommit(about: AboutCommit, tag?: AboutTag): ExplainDocument {
  const { Subject, Commit, Version, Untagged } = about;
  const stage = Version === undefined
    ? undefined
    : Untagged && isPseudoVersion(Version)
    ? "development" as const
    : stageOf(Version);
  return {
    Subject,
    Kind: tag ? "tag" : "commit",
    ...(stage && { Stage: stage }),
    ...(Version !== undefined && { Version }),
    Commit,
    Text: [
      ...(tag ? tagText(tag) : []),
      ...named(about),
      ...onIt(about, tag?.Tag),
      remoteText(about),
      released(about),
    ].filter((text) => text !== ""),
    ...(Version !== undefined &&
      { Example: [`go get ${shellWord(`${about.Path}@${example(about)}`)}`] }),
  };
}

function example({ Commit, Version }: AboutCommit): string {
  return isPseudoVersion(Version!) ? short(Commit) : clean(Version!);
}

function tagText({ Tag, State, Reason, Module }: AboutTag): string[] {
  const kind = State.Annotated ? "an annotated" : "a lightweight";
  const tag = clean(Tag);
  const out = [
    Reason === undefined
      ? `${tag} is ${kind} tag and no version: to Go it is the name of a commit, as a branch is.`
      : `${tag} is ${kind} tag and no version${
        Module === undefined ? "" : ` of ${clean(Module)}`
      }. ${clean(Reason)}`,
  ];
  return out;
}

/** A commit of a repository of which none of several modules is meant. */
export interface CommitOfMany {
  Subject: string;
  Commit: string;
  Tags: readonly string[];
  /** What Go calls it as the one or the other, or why it refuses. */
  Modules: readonly { Path: string; Version?: string; Refused?: string }[];
  /** How many modules there are. */
  All: number;
}

/** The page about a commit to which each module gives a name of its own. */
export function explainCommitOfMany(
  { Subject, Commit, Tags, Modules, All }: CommitOfMany,
): ExplainDocument {
  return {
    Subject,
    Kind: "commit",
    Commit,
    Text: [
      `${short(Commit)} is a commit of this repository, which has ${All} modules: Go has a name ` +
      "for it as each of them. One alone, with more to say of it: --module.",
      ...(Tags.length > 0 ? [`Tags on it: ${some(Tags)}.`] : []),
      ...(Modules.length < All ? [`These are the first ${Modules.length} modules.`] : []),
    ],
    List: Modules.map(({ Path, Version, Refused }) => ({
      Name: clean(Path),
      Text: Version === undefined ? clean(Refused ?? "") : clean(Version),
    })),
  };
}

/** A tag on something that is no commit, which Go cannot use. */
export function explainOtherTag({ Tag, State }: AboutTag): ExplainDocument {
  return {
    Subject: Tag,
    Kind: "tag",
    Text: [
      `The tag ${clean(Tag)} names a ${clean(State.Type)}, not a commit: Go cannot use it.`,
    ],
  };
}

function named(
  { Commit, Path, Version, Refused, Untagged, Retracted, Unsent }: AboutCommit,
): string[] {
  if (Version === undefined) {
    const why = clean(Refused ?? "no reason known").replace(/^Go refuses \S+: /, "")
      .replace(/\.$/, "");
    return [`Go refuses ${short(Commit)}${Path === "" ? "" : ` as ${clean(Path)}`}: ${why}.`];
  }
  if (!isPseudoVersion(Version)) {
    return [
      `Go calls the commit ${short(Commit)} ${clean(Version)}, a version of ${clean(Path)}` +
      (Unsent ? ": once its tag, which is only here, is on the remote." : "."),
    ];
  }
  const base = pseudoVersionBase(Version);
  return [
    `Go calls the commit ${short(Commit)} ${clean(Version)}: the pseudo-version of ${
      clean(Path)
    } ` +
    "there, for " +
    (Retracted.length > 0 ? "what names it is retracted." : "no version tag names it."),
    pseudoText(Version) +
    (base === null || base === ""
      ? ""
      : " That is the highest version in its history, whichever branch it came by; retracted " +
        "ones do not count."),
    orderText(Version),
    Untagged
      ? "The module has no version yet: it is in development, and users who want it take commits."
      : "Nothing is promised for it.",
  ];
}

function onIt({ Tags, Retracted }: AboutCommit, asked: string | undefined): string[] {
  const others = Tags.filter((tag) => tag !== asked);
  const out: string[] = [];
  if (others.length > 0) out.push(`Tags on it: ${some(others)}.`);
  if (Retracted.length > 0) {
    out.push(
      `The newest release here retracts ${some(Retracted)}: who asks for the commit gets a ` +
        "pseudo-version, not that.",
    );
  }
  return out;
}

function remoteText({ Branches, Remote, Stale, Tags }: AboutCommit): string {
  if (!Branches || Remote === undefined) return "";
  const remote = clean(Remote);
  const when = Stale ? ", as the last fetch saw it" : "";
  if (Branches.length > 0) {
    return `On ${remote} it is in ${some(Branches)}${when}, so users can ask for it.`;
  }
  return `No branch of ${remote} has it${when}: users can ask for it only ${
    Tags.length > 0 ? "where a tag there names it or a commit after it" : "once it is pushed"
  }.`;
}

function released({ First, Version, Untagged }: AboutCommit): string {
  if (First === undefined) {
    return Untagged ? "" : "It is not released yet: the next version from here will have it.";
  }
  if (First === Version) return "";
  if (prerelease(First) !== "") return `So far only the pre-release ${clean(First)} contains it.`;
  return `The lowest release that contains it is ${clean(First)}.`;
}
