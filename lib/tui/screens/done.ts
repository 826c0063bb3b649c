/** How it ended: the receipt, what people type, and what can be done next. */
import { clean } from "../../text.ts";
import { quitExit, reachOf } from "../exits.ts";
import type { Run } from "../model.ts";
import { parting, proofCommand, verifyCommand } from "../parting.ts";
import type { Behaviour } from "../screen.ts";
import { home, leave, turn } from "../turn.ts";
import { drawDone } from "./done/draw.ts";
import { choose, nextOf } from "./done/next.ts";
import { consequences, endProblems, headline, isPending, isServed, typed } from "./done/words.ts";
import { releaseWords } from "../words.ts";

export interface DoneScreen {
  readonly Name: "done";
  readonly Row: number;
  /** What ended; a check begun from here has a run of its own. */
  readonly Run?: Run;
}

export const done: Behaviour<DoneScreen> = {
  offers: (model) => {
    const code = quitExit(model);
    return [
      { Action: "act" },
      { Action: "up" },
      { Action: "down" },
      { Action: "copy" },
      { Action: "warnings", Quiet: true },
      { Action: "back", Label: "home", Quiet: true },
      { Action: "quit", ...(code !== 0 && { Label: `quit, exit ${code}` }) },
    ];
  },
  rows: (model) => model.Run ? nextOf(model, model.Run).map(([, row]) => row) : [],
  act(model, { Row }, action) {
    switch (action) {
      case "back":
        return home(model);
      case "quit":
        return leave(model, quitExit(model), ...parting(model));
      case "act": {
        const [next] = model.Run ? nextOf(model, model.Run)[Row] ?? [] : [];
        return model.Run && next !== undefined ? choose(model, model.Run, next) : turn(model);
      }
      default:
        return turn(model);
    }
  },
  draw(model, screen, room) {
    if (model.Run) return drawDone(model, screen, room, model.Run);
    return { Title: "done", Main: [] };
  },
  tell(model) {
    const { Run } = model;
    if (!Run) return [];
    const out = [headline(model, Run)[1]];
    if (isServed(Run)) out.push(...typed(model, Run).split("\n"), ...consequences(model, Run));
    if (!Run.Outcome && Run.Failed) out.push(clean(Run.Failed.Text));
    for (const p of endProblems(Run)) {
      out.push(clean(p.Text) + (p.Fix === undefined ? "" : ` -> ${clean(p.Fix)}`));
    }
    const releases = Run.Outcome?.Releases ?? [];
    const commit = Run.Outcome?.Commit;
    if (releases.length > 0 && commit !== undefined) out.push(`commit ${clean(commit)}`);
    for (const release of releases) {
      out.push(
        `tag ${clean(release.TagName)}`,
        `zip ${clean(release.Sum)}`,
        `go.mod ${clean(release.GoModSum)}`,
      );
    }
    if (Run.Outcome?.Next !== undefined) out.push(`Next: ${clean(Run.Outcome.Next)}`);
    return out;
  },
  command(model) {
    const { Run } = model;
    const state = Run?.Outcome?.State;
    if (!Run || state === "undone" || state === "nothing") return ["status"];
    if (reachOf(model) === "nothing") return releaseWords(model, model.Draft);
    return isServed(Run) && !isPending(Run) ? verifyCommand(model) : proofCommand(model);
  },
};
