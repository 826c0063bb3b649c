/** With which code the screens are left (DESIGN.md §4; screens.md, rule 5), and how far it went. */
import {
  exitOf,
  failed,
  Interrupted,
  interruptedExit,
  pending,
  refused,
  type Stopping,
} from "../cli/exit.ts";
import { saidNo, stops } from "../problem.ts";
import { writesNothing } from "./commands.ts";
import type { Model, Run } from "./model.ts";

/**
 * How far a run went: `nothing` was changed, all is `here` and can be taken back, it is
 * being `pushed` or the push broke off so that only the remote knows, it is `out`, or it
 * was taken `back`.
 */
export type Reach = "nothing" | "here" | "pushing" | "unsure" | "out" | "back";

/** How far the run of the model went, as its steps tell. */
export function reachOf({ Run, Facts }: Pick<Model, "Run" | "Facts">): Reach {
  if (!Run || Run.Of === "verify" || Run.Outcome?.State === "nothing") return "nothing";
  if (Run.Outcome?.State === "undone") return "back";
  const push = pushOf(Run);
  const before = Run.Of === "resume" &&
    Facts?.Unfinished.some((u) => u.TagName === Run.TagName && u.Pushed);
  if (push === "done" || before) return "out";
  if (push === "begun") return "pushing";
  const isRefused = Run.Outcome?.Problems.some(saidNo);
  if (push === "failed" && !isRefused) return "unsure";
  if (Run.Of !== "apply") return "here";
  // What was declined before anything had moved leaves nothing to go on with, nor to take back.
  const declined = Run.Outcome?.State === "failed" && Run.Outcome.Next === undefined;
  return hasWritten(Run) && !declined ? "here" : "nothing";
}

/** Reports whether a step of the run wrote anything: a proof works on a copy. */
function hasWritten({ Steps }: Run): boolean {
  return !Steps.every(writesNothing);
}

function pushOf({ Steps, Outcome }: Run): string | undefined {
  const told = Steps.find((s) => s.Do === "push")?.State;
  const ended = Outcome?.Steps.find((s) => s.Do === "push")?.State;
  return ended === "done" || ended === "failed" ? ended : told;
}

/** Reports whether the release is out: its push was done. */
export function isOut(model: Pick<Model, "Run" | "Facts">): boolean {
  return model.Run?.Of === "verify" || reachOf(model) === "out";
}

/** The code when somebody, or a signal, stops the program: leaving a wait is only pending. */
export function stopExit(model: Model, by: Stopping): number {
  if (model.Run?.Ended !== undefined && by === "SIGINT") return quitExit(model);
  const waits = model.Run !== undefined && isOut(model) && by === "SIGINT";
  return waits ? pending : interruptedExit(model.Run?.Signal ?? by);
}

/** The code when somebody leaves by `q`: what the run, if there is one, came to. */
export function quitExit(model: Model): number {
  const { Run } = model;
  if (!Run) return 0;
  if (Run.Outcome) return exitOf({ Kind: "outcome", Outcome: Run.Outcome }, signalOf(Run));
  if (Run.Verified) return exitOf({ Kind: "verify", Document: Run.Verified }, signalOf(Run));
  if (Run.Ended === undefined || Run.Signal) {
    return stopExit({ ...model, Run: running(Run) }, "SIGINT");
  }
  const untouched = !hasWritten(Run) && Run.Failed?.Problems.some(stops);
  return untouched ? refused : failed;
}

/** The run as it was while it ran, for the code of what broke it off. */
function running({ Ended: _, ...rest }: Run): Run {
  return rest;
}

function signalOf({ Signal }: Run): AbortSignal {
  const controller = new AbortController();
  if (Signal) controller.abort(new Interrupted(Signal));
  return controller.signal;
}
