/** What can be done after a run, and what choosing it means. */
import { stops } from "../../../problem.ts";
import { clean } from "../../../text.ts";
import { draftDeprecate } from "../../draft.ts";
import { withCommands } from "../../../plan/commands.ts";
import { writesNothing } from "../../commands.ts";
import type { Model, Run } from "../../model.ts";
import { quitExit, reachOf } from "../../exits.ts";
import { toProof, toUnfinished } from "../../flow.ts";
import type { Turn } from "../../model.ts";
import { nameOfRun, parting, resumeLine, runName } from "../../parting.ts";
import { isTrain } from "../../releases.ts";
import type { Row } from "../../screen.ts";
import { home, leave, note, plan, turn } from "../../turn.ts";
import { newDeprecate } from "../deprecate.ts";
import { toChecks as toMajor } from "../major.ts";
import { deprecation, oldMajor } from "./old.ts";
import { isPending, isServed, typed } from "./words.ts";

export type Next =
  | "copy"
  | "verify"
  | "deprecate"
  | "deprecation"
  | "resume"
  | "unfinished"
  | "undo"
  | "checks"
  | "rewrite"
  | "accept"
  | "home"
  | "quit";

/** What makes sense now, most likely first. */
export function nextOf(model: Model, run: Run): readonly [Next, Row][] {
  const { Version } = runName(model);
  const train = isTrain(run);
  const state = run.Outcome?.State;
  const far = reachOf(model);
  const out: [Next, Row][] = [];
  const resume = resumeLine(model);
  if (isServed(run)) {
    if (isPending(run)) out.push(["resume", { Label: "go on waiting", Detail: resume }]);
    out.push(["copy", { Label: "copy what users type" }]);
    // A check is of one module; of a train home leads to each.
    if (!isPending(run) && !train) {
      out.push(["verify", { Label: "check it", Detail: `gorel verify ${Version}` }]);
    }
  }
  const old = isServed(run) ? oldMajor(run) : undefined;
  if (old?.Keep !== undefined) {
    out.push(["deprecation", {
      Label: `copy how to deprecate ${old.Major}`,
      Detail: `on ${clean(old.Keep)}: gorel deprecate`,
    }]);
  } else if (old) {
    out.push(["deprecate", {
      Label: `deprecate ${old.Major}`,
      Detail: `tell its users: use ${clean(old.NewModule)}`,
    }]);
  }
  if (run.Of === "apply" && far === "nothing" && proves(run)) {
    const codes = acceptable(run);
    out.push(["checks", { Label: "back to the checks", Detail: "once it is put right" }]);
    if (renames(run)) {
      out.push(["rewrite", { Label: "back to the rewrite", Detail: "what of the old path goes" }]);
    }
    if (codes.length > 0) {
      out.push(["accept", {
        Label: "accept it",
        Detail: codes.map((code) => `--accept ${code}`).join(" "),
      }]);
    }
  }
  const begun = state === "stopped" || state === "failed" || run.Failed !== undefined;
  if (begun && far !== "nothing" && far !== "back" && run.Of !== "undo") {
    const Label = far === "out" ? "prove it again" : "go on";
    // Who typed the version of this plan agreed to its push; nobody else has.
    const agreed = far === "out" || far === "unsure" || run.Of === "resume" || pushes(run);
    out.push([agreed ? "resume" : "unfinished", { Label, Detail: resume }]);
  }
  if (state === "local") out.push(["unfinished", { Label: "push it", Detail: resume }]);
  if ((state === "local" || begun && far !== "out" && far !== "nothing") && run.Of !== "undo") {
    out.push(["undo", { Label: "take it back", Detail: "gorel undo" }]);
  }
  const code = quitExit(model);
  out.push(["home", {
    Label: "home",
    Detail: train ? "what the modules are like now" : "what the module is like now",
  }]);
  out.push(["quit", { Label: "quit", ...(code !== 0 && { Detail: `exit code ${code}` }) }]);
  return out;
}

/** Reports whether the release has another path than its module had. */
function renames({ Plan }: Run): boolean {
  return Plan?.Releases[0]?.NewModule !== undefined && Plan.Releases.length === 1;
}

/** The codes that a proof was refused for, where all of it can be accepted. */
function acceptable({ Failed }: Run): string[] {
  const stopping = Failed?.Problems.filter(stops) ?? [];
  const codes = [...new Set(stopping.map((p) => p.Code))];
  const proof: readonly string[] = ["build-failed", "vet-failed", "not-tidy"];
  return codes.every((code) => proof.includes(code)) ? codes : [];
}

/** Reports whether something is carried out before anything is written: it may have failed. */
function proves({ Plan }: Run): boolean {
  return Plan !== undefined && withCommands(Plan).some(writesNothing);
}

/** The checks again, with what is accepted. */
function toChecks(model: Model, codes: readonly string[]): Turn {
  const { Run: _, ...rest } = model;
  const given = rest.Draft.Accept.filter((a) => !codes.includes(a.Code));
  const Accept = [...given, ...codes.map((Code) => ({ Code }))];
  return plan({
    ...rest,
    Draft: { ...rest.Draft, Accept },
    Screens: [{ Name: "home", Row: 0 }, { Name: "preflight", Row: 0 }],
  });
}

/** The rewrite of the new major again, with what was chosen. */
function toRewrite({ Run: _, Planning: _plan, ...rest }: Model): Turn {
  return toMajor({ ...rest, Screens: [{ Name: "home", Row: 0 }] });
}

/** The deprecation of the old path, filled in, on its last release: that has to be looked at first. */
function toDeprecate(model: Model, { NewModule, From }: { NewModule: string; From: string }): Turn {
  const [{ Facts: _, ...there }] = home(model);
  const drafted = draftDeprecate({ ...there, Whole: false }, `use ${NewModule}`, From);
  const Screens = [...drafted.Screens, newDeprecate(drafted)];
  return turn({ ...drafted, Screens }, { Do: "gather", From });
}

function pushes({ Plan }: Run): boolean {
  return Plan?.Steps.some((s) => s.Do === "push") ?? false;
}

/** Carries a choice out. */
export function choose(model: Model, run: Run, next: Next): Turn {
  const { Version } = runName(model);
  switch (next) {
    case "copy":
      return turn(note(model, "What users type was given to the terminal to copy (OSC 52)."), {
        Do: "copy",
        Text: typed(model, run),
      });
    case "verify":
      return toProof(model, Version);
    case "deprecate":
      return toDeprecate(model, oldMajor(run)!);
    case "deprecation": {
      const Text = deprecation(model, oldMajor(run)!);
      return turn(note(model, `Copied (OSC 52): ${Text}`), {
        Do: "copy",
        Text,
      });
    }
    case "checks":
      return toChecks(model, []);
    case "rewrite":
      return toRewrite(model);
    case "accept":
      return toChecks(model, acceptable(run));
    case "resume":
    case "undo":
      return toUnfinished(model, next, nameOfRun(model));
    case "unfinished": {
      const [there, effects] = home(model);
      return [{ ...there, Screens: [...there.Screens, { Name: "unfinished", Row: 0 }] }, effects];
    }
    case "home":
      return home(model);
    case "quit":
      return leave(model, quitExit(model), ...parting(model));
  }
}
