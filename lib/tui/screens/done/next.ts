/** What can be done after a run, and what choosing it means. */
import type { Model, Run } from "../../model.ts";
import { quitExit, reachOf } from "../../exits.ts";
import { toProof, toUnfinished } from "../../flow.ts";
import type { Turn } from "../../model.ts";
import { nameOfRun, parting, resumeLine, runName } from "../../parting.ts";
import type { Row } from "../../screen.ts";
import { home, leave, note, turn } from "../../turn.ts";
import { isPending, isServed, typed } from "./words.ts";

export type Next = "copy" | "verify" | "resume" | "unfinished" | "undo" | "home" | "quit";

/** What makes sense now, most likely first. */
export function nextOf(model: Model, run: Run): readonly [Next, Row][] {
  const { Version } = runName(model);
  const state = run.Outcome?.State;
  const far = reachOf(model);
  const out: [Next, Row][] = [];
  const resume = resumeLine(model);
  if (isServed(run)) {
    if (isPending(run)) out.push(["resume", { Label: "go on waiting", Detail: resume }]);
    out.push(["copy", { Label: "copy what users type" }]);
    if (!isPending(run)) {
      out.push(["verify", { Label: "check it", Detail: `gorel verify ${Version}` }]);
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
  out.push(["home", { Label: "home", Detail: "what the module is like now" }]);
  out.push(["quit", { Label: "quit", ...(code !== 0 && { Detail: `exit code ${code}` }) }]);
  return out;
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
