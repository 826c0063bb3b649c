/** The steps while they are carried out. Nothing is asked any more; `^C` ends after the step. */
import { clean } from "../../text.ts";
import type { Action, Offer } from "../keys.ts";
import { noReturn, textOf } from "../line.ts";
import type { Model, News, Turn } from "../model.ts";
import { proofCommand } from "../parting.ts";
import type { Behaviour } from "../screen.ts";
import { home, show, turn } from "../turn.ts";
import { drawApplying } from "./applying/draw.ts";
import { saidLines } from "./applying/output.ts";
import { isRung, runRows } from "./applying/steps.ts";
import { isCommand, isProving, stopWords } from "./applying/words.ts";
import { toDone } from "./done/open.ts";
import { releaseWords } from "../words.ts";

export interface ApplyingScreen {
  readonly Name: "applying";
  readonly Row: number;
  /** Everything that was said is shown, up to this many lines before its end. */
  readonly Output?: number;
  /** Since when the step that runs is running, in milliseconds since 1970. */
  readonly Since?: number;
}

/** What scrolls the output; also that of the proof. */
export const scrolling: readonly Offer[] = [
  { Action: "up", Label: "follow" },
  { Action: "down", Label: "follow" },
  { Action: "pageUp", Quiet: true },
  { Action: "pageDown", Quiet: true },
];

export const applying: Behaviour<ApplyingScreen> = {
  offers({ Run, Size }, { Output }) {
    const ended = !Run || Run.Ended !== undefined;
    const said: Offer[] = Output === undefined
      ? [{ Action: "output", Label: "full output" }]
      : [...scrolling, { Action: "output", Label: "the steps" }];
    const out: Offer[] = ended ? [{ Action: "back", Label: "home" }] : [{
      Action: "stop",
      Label: Size.Columns < 60 || isProving(Run) || isCommand(Run)
        ? "stop"
        : "stop after this step",
    }];
    return [...said, ...out];
  },
  rows: () => [],
  act(model, screen, action) {
    if (action === "back") return home(model);
    const lines = saidLines(model, model.Size.Columns - 3).length;
    const Output = scrolled(model, screen.Output, action, lines);
    const { Output: _, ...steps } = screen;
    return turn(show(model, Output === undefined ? steps : { ...steps, Output }));
  },
  news: (model, screen, news) => heard(model, screen, news),
  draw(model, screen, room) {
    if (model.Run) return drawApplying(model, screen, room, model.Run);
    return { Title: "applying", Main: [] };
  },
  tell(model) {
    const { Run, Style } = model;
    if (!Run) return [];
    const out: string[] = [];
    let beyond = false;
    for (const row of runRows(Run, model.Facts)) {
      if (row.Beyond && !beyond) out.push(textOf(noReturn(Style, 60)));
      beyond ||= row.Beyond;
      out.push(`${row.Number}. ${row.Name}: ${clean(row.Words)} (${row.State})`);
    }
    return [...out, stopWords(model, Run)[1]];
  },
  command(model) {
    const { Run, Draft } = model;
    if (Run?.Of === "resume") return proofCommand(model);
    return Run?.Of === "undo" ? ["undo"] : [...releaseWords(model, Draft), "--yes"];
  },
};

/** How far of `lines` the output is scrolled back after an action; undefined: the steps are shown. */
export function scrolled(
  model: Model,
  output: number | undefined,
  action: Action,
  lines: number,
): number | undefined {
  if (action === "output") return output === undefined ? 0 : undefined;
  if (output === undefined) return undefined;
  const page = Math.max(1, model.Size.Rows - 8);
  const by: Partial<Record<Action, number>> = { up: 1, down: -1, pageUp: page, pageDown: -page };
  return Math.max(0, Math.min(output + (by[action] ?? 0), lines - page));
}

/** Steps begin and end; the proof has a screen of its own, and so has the end. */
function heard(model: Model, screen: ApplyingScreen, news: News): Turn {
  switch (news.Is) {
    case "step":
      if (isRung(news.Step)) {
        return turn(
          show(model, {
            Name: "proof",
            Row: 0,
            Began: model.Now,
            Heard: model.Now,
            Since: model.Now,
          }),
        );
      }
      return turn(
        news.Step.State === "begun" ? show(model, { ...screen, Since: model.Now }) : model,
      );
    case "outcome":
    case "failed":
      return toDone(model);
    default:
      return turn(model);
  }
}
