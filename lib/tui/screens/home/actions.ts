/** What can be done from home: the rows, each with what it would give, or why it cannot be done now. */
import type { Advice, Candidate } from "../../../advice/advise.ts";
import { firstOrAnew } from "../../../advice/first.ts";
import type { ModuleFacts } from "../../../facts/types.ts";
import { isRelease } from "../../../facts/versions.ts";
import { clean, count } from "../../../text.ts";
import { foreign } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Row } from "../../screen.ts";
import { dueOf, undecided } from "../train/due.ts";
import { shortPath } from "../version/advice.ts";
import { type Seen, seen } from "./seen.ts";

export type Does =
  | "release"
  | "prerelease"
  | "major"
  | "retract"
  | "guided"
  | "unretract"
  | "deprecate"
  | "undeprecate"
  | "check"
  | "versions";

export interface HomeRow extends Row {
  readonly Does: Does;
  /** The version that it would make, or look at. */
  readonly Version?: string;
  /** The path that it needs, where that is another one. */
  readonly NewModule?: string;
  /** Several modules are due: the chooser comes first. */
  readonly Several?: true;
}

const labels: Readonly<Record<Does, string>> = {
  release: "Release",
  prerelease: "Pre-release",
  major: "New major",
  retract: "Retract a version",
  guided: "Patch and retract",
  unretract: "Unretract a version",
  deprecate: "Deprecate",
  undeprecate: "Undeprecate",
  check: "Check a release",
  versions: "Versions",
};

/** In the order of screens.md; the sandbox begins with what its story is about. */
function order(sandbox: boolean): Does[] {
  const rest: Does[] = ["unretract", "deprecate", "undeprecate", "check", "versions"];
  return sandbox
    ? ["guided", "release", "prerelease", "major", "retract", ...rest]
    : ["release", "prerelease", "major", "retract", "guided", ...rest];
}

/** The rows, always all of them and in the same order: nothing jumps when facts arrive. */
export function homeRows(model: Model): HomeRow[] {
  const known = seen(model);
  return order(model.Sandbox).map((does) => ({
    Does: does,
    Label: labels[does],
    ...(known ? detailOf(model, known, does) : { Detail: "·" }),
  }));
}

type Detail = Omit<HomeRow, "Does" | "Label">;

function detailOf(model: Model, known: Seen, does: Does): Detail {
  const { Advice, Published, Newest, Module } = known;
  const ofPublished = (Detail: string): Detail =>
    Published.length === 0 ? { Off: "no version of this module is out" } : { Detail };
  switch (does) {
    case "release":
      return unfinished(known) ?? several(model) ?? elsewhere(model, releaseDetail(model, known));
    case "prerelease":
      return unfinished(known) ?? candidateDetail(Advice.Candidates.prerelease, Module);
    case "major":
      return majorDetail(known);
    case "retract":
      return ofPublished("it stays, but go passes over it");
    case "guided":
      return ofPublished("a bad version is out");
    case "unretract":
      return unretractDetail(known);
    case "undeprecate":
      return undeprecateDetail(known);
    case "deprecate": {
      const already = Module.GoMod.Mod.Module?.Deprecated;
      if (already === undefined || already === "") return ofPublished("send all users elsewhere");
      return { Detail: `it is: ${foreign(model.Style, already).Text}` };
    }
    case "check":
      return checkDetail(model, known);
    case "versions": {
      const parts = [
        `${Module.Versions.length}`,
        ...(known.Retracted.length > 0 ? [`${known.Retracted.length} retracted`] : []),
        ...(Module.Ignored.length > 0 ? [`${Module.Ignored.length} ignored`] : []),
      ];
      return { Detail: parts.join(" · "), ...(Newest && { Version: Newest.Version }) };
    }
  }
}

function unretractDetail({ Module, Retracted }: Seen): Detail {
  const here = Module.GoMod.Mod.Retract.length;
  if (here === 0 && Retracted.length === 0) return { Off: "nothing is retracted" };
  return { Detail: "take back a retraction" };
}

function undeprecateDetail({ Module, Deprecated }: Seen): Detail {
  if (Module.GoMod.Mod.Module?.Deprecated) return { Detail: "take back the deprecation" };
  return {
    Off: Deprecated ? "not in go.mod here: any release takes it back" : "it is not deprecated",
  };
}

function releaseDetail({ Given }: Model, { Advice: advice, Module }: Seen): Detail {
  const { Advised, Candidates } = advice;
  const finish = Candidates.release?.Allowed ? Candidates.release.Version : undefined;
  if (!Advised) {
    if (finish !== undefined) {
      return { Detail: `${finish}  finishes ${advice.Series}`, Version: finish };
    }
    return { Off: reasonOf(Candidates.patch) };
  }
  const candidate = Candidates[Advised.Bump];
  if (!candidate.Allowed && candidate.Module === Module.Path) {
    return { Off: reasonOf(candidate), Opens: true };
  }
  const { Commits } = Module;
  const uncommitted = Commits.State === "known" && Commits.Value.Commits.length === 0 &&
    Given.Include.length > 0;
  const why = uncommitted ? count(Given.Include.length, "changed file") : because(advice, Module);
  return {
    Detail: `${Advised.Version}  ${Advised.Bump}: ${why}`,
    Version: Advised.Version,
    ...(candidate.Module !== Module.Path && { NewModule: candidate.Module }),
  };
}

/** While nobody has said which of the modules that are due is meant. */
function several(model: Model): Detail | undefined {
  const n = undecided(model);
  return n === 0
    ? undefined
    : { Detail: `${n} modules are due: one, or all together`, Several: true };
}

/** Where this module has nothing to release, and others have. */
function elsewhere(model: Model, own: Detail): Detail {
  if (own.Off === undefined || (model.Facts?.Modules.length ?? 0) < 2) return own;
  const n = dueOf(model).length;
  if (n === 0) return own;
  const others = n === 1 ? "1 other module is due" : `${n} other modules are due`;
  return { Off: `${own.Off}; ${others}`, Opens: true, Several: true };
}

function candidateDetail(candidate: Candidate, { Path }: ModuleFacts): Detail {
  const { Allowed, Version, Module } = candidate;
  if (!Allowed) return { Off: reasonOf(candidate) };
  if (Module === Path) return { Detail: Version, Version };
  return { Detail: `${Version}  path ${shortPath(Module)}`, Version, NewModule: Module };
}

/** What HEAD was tagged with and is not finished comes before the next release. */
function unfinished({ Facts, Module, Advice }: Seen): Detail | undefined {
  const begun = Facts.Unfinished.find((u) =>
    Module.AtHead.some((v) => Module.TagPrefix + v.Version === u.TagName)
  );
  if (!begun || Advice.Advised !== null) return undefined;
  return { Off: `${clean(begun.TagName)} is not finished: r goes on with it` };
}

/** From v1 on a new major is a new module; before that it is the first promise. */
function majorDetail({ Advice, Module }: Seen): Detail {
  const { major } = Advice.Candidates;
  if (!major.Allowed) return { Detail: major.Version, Off: reasonOf(major) };
  if (major.Module !== Module.Path) return candidateDetail(major, Module);
  return { Detail: `${major.Version}  promises compatibility`, Version: major.Version };
}

function checkDetail(model: Model, { Newest, Published }: Seen): Detail {
  if (model.Given.Offline) return { Off: "offline: neither remote nor proxy is asked" };
  if (!Newest || Published.length === 0) return { Off: "no version of this module is out" };
  const of = Published.includes(Newest)
    ? Newest.Version
    : Published.findLast((v) => isRelease(v.Version))?.Version ?? Published.at(-1)!.Version;
  return { Detail: `is ${of} served, unchanged?`, Version: of };
}

/** Why a candidate is not allowed, as the end of a sentence. */
function reasonOf({ Reason = "not now" }: Candidate): string {
  return Reason.replace(/^nothing to release: /, "").replace(/\.$/, "");
}

/** The evidence for the advised version in a few words. */
export function because({ Evidence, Base }: Advice, module: ModuleFacts): string {
  if (Base === null) return firstOrAnew(module);
  const n = (code: string) => Evidence.filter((e) => e.Code === code).length;
  const parts = [
    counted(n("commit-breaking"), "breaking change"),
    counted(n("commit-feat"), "new feature"),
    counted(n("requirement-new"), "new requirement"),
    counted(n("requirement-raised"), "raised requirement"),
    ...(n("go-raised") > 0 ? ["a newer go line"] : []),
    ...(n("go-mod-new") > 0 ? ["go.mod is new"] : []),
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : "no feature or break named";
}

function counted(n: number, what: string): string {
  return n === 0 ? "" : count(n, what);
}
