/** "What changed for users?": plain words beside the version that each leads to. */
import { type Said, wishFor } from "../../advice/said.ts";
import { draftRelease } from "../draft.ts";
import type { Model, Turn } from "../model.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, open, show, turn } from "../turn.ts";
import { detail, draw, tell, waiting } from "./change/draw.ts";
import { commitsOf } from "./change/log.ts";
import { answers, answersOf, suggested } from "./change/rows.ts";
import { advisedOf } from "./version/advice.ts";
import { newVersion, wanted } from "./version.ts";
import { moduleFlag, releaseWords } from "../words.ts";

export interface ChangeScreen {
  readonly Name: "change";
  readonly Row: number;
  /** The first commit shown, while the log is. */
  readonly Log?: number;
}

/** The screen with the answer highlighted that the evidence suggests. */
export function newChange(model: Model): ChangeScreen {
  return { Name: "change", Row: suggested(advisedOf(model)) };
}

const page = 10;

export const change: Behaviour<ChangeScreen> = {
  offers: (_model, { Log }) => [
    { Action: "up" },
    { Action: "down" },
    { Action: "act", Label: "next" },
    Log === undefined ? { Action: "log" } : { Action: "log", Label: "back to users" },
    ...(Log === undefined ? [] : [{ Action: "pageUp", Quiet: true } as const]),
    ...(Log === undefined ? [] : [{ Action: "pageDown", Label: "more" } as const]),
    { Action: "warnings", Quiet: true },
    { Action: "copy", Quiet: true },
    Log === undefined ? { Action: "back" } : { Action: "back", Label: "close" },
  ],
  rows: (model) =>
    answersOf(advisedOf(model), waiting(model)).map((answer) => ({
      Label: answer.Label,
      Detail: detail(answer),
      ...(answer.Off !== undefined && { Off: answer.Off }),
    })),
  act(model, screen, action): Turn {
    switch (action) {
      case "act":
        return chosen(model, screen);
      case "log": {
        const { Log, ...rest } = screen;
        return turn(show(model, Log === undefined ? { ...rest, Log: 0 } : rest));
      }
      case "pageUp":
        return turn(show(model, { ...screen, Log: Math.max(0, (screen.Log ?? 0) - page) }));
      case "pageDown": {
        const most = Math.max(0, commitsOf(advisedOf(model)?.Module).length - 3);
        return turn(show(model, { ...screen, Log: Math.min(most, (screen.Log ?? 0) + page) }));
      }
      case "back": {
        const { Log, ...rest } = screen;
        return turn(Log === undefined ? back(model) : show(model, rest));
      }
      default:
        return turn(model);
    }
  },
  draw,
  tell,
  command: (model, screen) => commandFor(model, answers[screen.Row] ?? "unsure"),
};

function chosen(model: Model, screen: ChangeScreen): Turn {
  const answer = answersOf(advisedOf(model), waiting(model))[screen.Row];
  if (!answer) return turn(model);
  if (answer.Off !== undefined) return turn(note(model, `Not now: ${answer.Off}.`));
  return turn(open(model, newVersion(model, answer.Said)));
}

/** "Not sure" is what `gorel next` is for: the advice and its evidence, and nothing else. */
function commandFor(model: Model, said: Said): readonly string[] {
  const module = advisedOf(model)?.Module;
  const wish = module ? wishFor(module, said) : null;
  if (wish === null) return ["next", ...moduleFlag(model)];
  return releaseWords(model, draftRelease(model, wanted(model, wish, "")).Draft);
}
