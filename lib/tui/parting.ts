/** How far it went: the words at the bottom right, and the lines that stay in the shell. */
import { clean } from "../text.ts";
import { isOut, type Reach, reachOf } from "./exits.ts";
import type { Model, Run } from "./model.ts";
import { moduleOf } from "./module.ts";
import { isTrain, releasesOf, trainWords } from "./releases.ts";
import { releaseName } from "./words.ts";

const words: Readonly<Record<Reach, string>> = {
  nothing: "nothing changed yet",
  here: "undo: gorel undo",
  pushing: "pushing: no way back",
  unsure: "the remote knows: gorel resume",
  out: "published: no way back",
  back: "taken back",
};

/** What could still be taken back, for the row of the command. */
export function reach(model: Model): string {
  return words[reachOf(model)];
}

/** The module and the version that a run is about; of a train the first, by which its record is named. */
export function nameOfRun(model: Model): { Module: string; Version: string; TagName: string } {
  const { Run } = model;
  const begun = model.Facts?.Unfinished.find((u) => u.TagName === Run?.TagName);
  const release = Run && releasesOf(Run)[0];
  const named = release ?? Run?.Verified ?? begun;
  const module = moduleOf(model);
  const Version = named?.Version ?? Run?.Version ?? "";
  return {
    Module: named?.Module ?? module?.Path ?? "",
    Version,
    TagName: release?.TagName ?? Run?.TagName ?? (module?.TagPrefix ?? "") + Version,
  };
}

/** The same as it can be shown. */
export function runName(model: Model): { Module: string; Version: string } {
  const { Module, Version } = nameOfRun(model);
  return { Module: clean(Module), Version: clean(Version) };
}

/** The same as a part of a sentence: `example.com/m v1.5.0`, or `the train of 3 modules`. */
export function subject(model: Model): string {
  const { Run } = model;
  if (Run && isTrain(Run)) return trainWords(releasesOf(Run));
  const { Module, Version } = runName(model);
  return `${Module} ${Version}`.trim();
}

/** The version that a run is about, for a title; of a train how many modules. */
export function shortSubject(model: Model): string {
  const { Run } = model;
  return Run && isTrain(Run) ? `${releasesOf(Run).length} modules` : runName(model).Version;
}

/** What people type to get each of the versions. */
export function goGets(model: Model): readonly string[] {
  const all = model.Run ? releasesOf(model.Run) : [];
  const named = all.length > 1 ? all : [runName(model)];
  return named.map(({ Module, Version }) => `go get ${clean(Module)}@${clean(Version)}`);
}

/** What people type to get the version; of a train one line for each. */
export function goGet(model: Model): string {
  return goGets(model).join("\n");
}

/** The command that looks at the version as users get it. */
export function verifyCommand(model: Model): readonly string[] {
  const last = model.Run && releasesOf(model.Run).at(-1);
  const { Module, Version } = last ?? runName(model);
  return ["verify", ...releaseName(model, { Module: clean(Module), Version: clean(Version) })];
}

/** The command that goes on with the run's release. */
export function resumeLine(model: Model): string {
  return ["gorel", "resume", ...releaseName(model, runName(model))].join(" ");
}

/** The command that goes on with the proof, whatever became of it: the journal, or a new look. */
export function proofCommand(model: Model): readonly string[] {
  if (model.Run?.Of !== "verify") return ["resume", ...releaseName(model, runName(model))];
  return [...verifyCommand(model), "--wait", "30m"];
}

/** Two to four plain lines: what happened, how long it took, and what to type next. */
export function parting(model: Model): string[] {
  const { Run, Past } = model;
  if (!Run) return Past.length > 0 ? [...Past] : ["Nothing was changed."];
  const what = subject(model);
  const What = capital(what);
  const next = (command: string | undefined) =>
    command === undefined || command === "" ? [] : [`Next: ${clean(command)}`];
  const goesOn = `gorel ${proofCommand(model).join(" ")}`;
  if (Run.Failed) {
    const far = reachOf(model);
    return [clean(Run.Failed.Text), ...next(nextAfter(model, far, Run))];
  }
  if (Run.Of === "verify") {
    switch (Run.Verified?.State) {
      case "published":
        return [`${What} is published: users get exactly this tag.`];
      case "failed":
        return [
          `${What} is not what it should be.`,
          ...Run.Verified.Problems.slice(0, 2).map((p) => clean(p.Text)),
        ];
      case "pending":
        return [`${What} is not visible everywhere yet.`, ...next(goesOn)];
      default:
        return [`${What} is not proven yet; nothing is lost.`, ...next(goesOn)];
    }
  }
  const { Outcome } = Run;
  if (!Outcome) {
    if (reachOf(model) === "pushing") {
      return [`${What}: git push was left running, and may still come through.`, ...next(goesOn)];
    }
    return isOut(model)
      ? [`${What} is out; its proof was left, and nothing is lost.`, ...next(goesOn)]
      : [`${What} was stopped.`, ...next(nextAfter(model, reachOf(model), Run))];
  }
  // What failed behind the push is nowhere else by then.
  const behind = Outcome.Problems.filter((p) => p.Code === "command-failed-behind").slice(0, 1)
    .map((p) => cut(clean(p.Text)));
  switch (Outcome.State) {
    case "published":
      return [`Released ${what} in ${took(Run, model.Now)}.`, ...gets(model), ...behind];
    case "pushed":
      return Outcome.Problems.some((p) => p.Code === "not-yet")
        ? [`${What} is out, not visible everywhere yet.`, ...behind, ...next(Outcome.Next)]
        : [`${What} is out: the remote has it.`, ...gets(model), ...behind, ...next(Outcome.Next)];
    case "waiting-merge":
      return [`${What} waits for a merge on the remote.`, ...next(Outcome.Next)];
    case "undone":
      return [`${What} was taken back: refs, index and files are as they were.`];
    case "local":
      return [`${What} is made here; nothing has left this machine.`, ...next(Outcome.Next)];
    case "nothing":
      return ["There is nothing to release."];
    case "failed":
    case "stopped": {
      const became = Outcome.State === "failed" ? "failed" : "was stopped";
      return [`The release of ${what} ${became}. ${farWords(model)}`, ...next(Outcome.Next)];
    }
  }
}

/** The beginning of a text that may hold what a program said. */
function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** What people type, in at most three lines: a receipt is no list. */
function gets(model: Model): string[] {
  const all = goGets(model);
  const shown = all.slice(0, all.length > 3 ? 2 : 3).map((line) => `  ${line}`);
  return all.length > 3 ? [...shown, `  and ${all.length - 2} more`] : shown;
}

/** A sentence begins with a capital; the path of a module is a name. */
function capital(what: string): string {
  return what.startsWith("the ") ? `T${what.slice(1)}` : what;
}

/** One sentence on how far a release came that did not end well. */
export function farWords(model: Model): string {
  switch (reachOf(model)) {
    case "out":
      return "It was pushed: it is out, and stays out.";
    case "pushing":
    case "unsure":
      return "The push broke off: gorel resume asks the remote what came of it.";
    case "nothing":
      return "Nothing was released.";
    default:
      return "Nothing has left this machine.";
  }
}

function nextAfter(model: Model, far: Reach, { Of, Steps }: Run): string | undefined {
  if (far === "nothing" || Of === "undo" && Steps.length === 0) return undefined;
  const resume = resumeLine(model);
  return far === "here" ? `${resume}, or gorel undo` : resume;
}

function took({ Began, Ended }: Run, now: number): string {
  const seconds = ((Ended ?? now) - Began) / 1000;
  return seconds < 1 ? "under a second" : `${Math.round(seconds)} s`;
}
