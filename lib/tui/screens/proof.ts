/**
 * The proof that users get exactly the release: after the push, and for any version that is
 * out. Leaving it loses nothing.
 */
import { clean } from "../../text.ts";
import { pending } from "../../cli/exit.ts";
import { toProof } from "../flow.ts";
import type { Action, Offer } from "../keys.ts";
import { quitExit } from "../exits.ts";
import type { Model, News, Run, Turn } from "../model.ts";
import { goGet, parting, proofCommand } from "../parting.ts";
import type { Behaviour } from "../screen.ts";
import { back, home, leave, note, show, top, turn } from "../turn.ts";
import { scrolled, scrolling } from "./applying.ts";
import { isRung } from "./applying/steps.ts";
import { toDone } from "./done/open.ts";
import { answerLines, drawProof } from "./proof/draw.ts";
import { type Next, nextOf, nextRows } from "./proof/next.ts";
import { rungRows } from "./proof/rungs.ts";
import { standing } from "./proof/words.ts";

export interface ProofScreen {
  readonly Name: "proof";
  readonly Row: number;
  /** Every answer in full, up to this many lines before the end. */
  readonly Output?: number;
  /** When the proof of a release began; that of a check is its run. */
  readonly Began?: number;
  /** When the last answer came, and when the rung that is being climbed began; ms since 1970. */
  readonly Heard?: number;
  readonly Since?: number;
  /** Somebody went back while a check was running: its end leads there. */
  readonly Leaving?: true;
}

export const proof: Behaviour<ProofScreen> = {
  offers(model, { Output }) {
    const { Run } = model;
    const said: Offer[] = Output === undefined
      ? [{ Action: "output", Label: "answers in full" }]
      : [...scrolling, { Action: "output", Label: "the rungs" }];
    if (!isEnded(Run)) {
      const leaving = Run?.Of === "verify" && model.Screens.length > 1;
      return [
        ...said,
        { Action: "copy" },
        ...(leaving ? [{ Action: "back" as const }] : []),
        { Action: "quit", Label: model.Size.Columns < 60 ? "leave" : "leave, exit 8" },
      ];
    }
    if (Run?.Of !== "verify") return [...said, { Action: "back", Label: "home" }];
    return [
      ...(Output === undefined
        ? [{ Action: "act" }, { Action: "up" }, { Action: "down" }] as const
        : []),
      { Action: "again" },
      ...said,
      { Action: "copy" },
      model.Screens.length > 1 ? { Action: "back" } : { Action: "quit" },
    ];
  },
  rows: (model) => nextRows(model),
  act(model, screen, action) {
    switch (action) {
      case "quit":
        return left(model);
      case "back":
        return backFrom(model, screen);
      case "again":
        return again(model);
      case "act": {
        const [chosen] = nextOf(model)[screen.Row] ?? [];
        return chosen === undefined ? turn(model) : chose(model, chosen);
      }
      default:
        return turn(show(model, scrolledTo(model, screen, action)));
    }
  },
  news: (model, screen, news) => heard(model, screen, news),
  draw(model, screen, room) {
    if (model.Run) return drawProof(model, screen, room, model.Run);
    return { Title: "proof", Main: [] };
  },
  tell(model) {
    const { Run } = model;
    if (!Run) return [];
    const rows = rungRows(model, Run);
    const said = rows.filter((r) => r.State !== "to come").map((r) =>
      `${clean(r.Name)}: ${r.State}${r.Detail === "" ? "" : `, ${clean(r.Detail)}`}`
    );
    const problems = (Run.Verified?.Problems ?? Run.Failed?.Problems ?? []).map((p) =>
      `${clean(p.Text)}${p.Fix === undefined ? "" : ` -> ${clean(p.Fix)}`}`
    );
    return [...said, ...standing(model, Run, rows).Words.map(clean), ...problems];
  },
  command: proofCommand,
};

function isEnded(run: Run | undefined): boolean {
  return !run || run.Ended !== undefined;
}

function chose(model: Model, choice: Next): Turn {
  switch (choice) {
    case "copy":
      return turn(note(model, "The go get line was given to the terminal to copy (OSC 52)."), {
        Do: "copy",
        Text: goGet(model),
      });
    case "again":
      return again(model);
    case "back":
      return turn(without(model));
    case "quit":
      return left(model);
  }
}

/** Leaves the program: what runs is asked to stop, and the release is only pending. */
function left(model: Model): Turn {
  if (isEnded(model.Run)) return leave(model, quitExit(model), ...parting(model));
  const [, exit] = leave(model, pending, ...parting(model));
  return [model, [{ Do: "stop" }, ...exit]];
}

function again(model: Model): Turn {
  const { Run } = model;
  if (Run?.Of !== "verify" || Run.Ended === undefined) return turn(model);
  const below = { ...model, Screens: model.Screens.slice(0, -1) };
  return toProof(below, Run.Version);
}

function backFrom(model: Model, screen: ProofScreen): Turn {
  const { Run } = model;
  if (Run?.Of !== "verify") return home(model);
  if (isEnded(Run)) return turn(without(model));
  if (screen.Leaving) return turn(note(model, "Still ending the question that was asked."));
  return turn(show(model, { ...screen, Leaving: true }), { Do: "stop" });
}

/** One screen back; a release that had ended there is what the screens are about again. */
function without(model: Model): Model {
  const { Run: _, ...rest } = back(model);
  const below = top(rest);
  return below.Name === "done" && below.Run ? { ...rest, Run: below.Run } : rest;
}

function scrolledTo(model: Model, screen: ProofScreen, action: Action): ProofScreen {
  const { Output, ...rungs } = screen;
  const lines = model.Run
    ? answerLines(model, rungRows(model, model.Run), model.Size.Columns).length
    : 0;
  const next = scrolled(model, Output, action, lines);
  return next === undefined ? rungs : { ...rungs, Output: next };
}

function heard(model: Model, screen: ProofScreen, news: News): Turn {
  switch (news.Is) {
    case "step": {
      if (!isRung(news.Step)) return turn(model);
      const begins = news.Step.State === "waiting" && news.Step.Detail === undefined;
      return turn(
        show(model, { ...screen, Heard: model.Now, ...(begins && { Since: model.Now }) }),
      );
    }
    case "outcome":
      return toDone(model);
    case "verified":
    case "failed":
      return ended(model, screen);
    default:
      return turn(model);
  }
}

function ended(model: Model, screen: ProofScreen): Turn {
  const { Run } = model;
  if (Run?.Of !== "verify") return toDone(model);
  if (Run.Stopping > 0) return leave(model, quitExit(model), ...parting(model));
  if (screen.Leaving) return turn(without(model));
  return turn(show(model, { ...screen, Row: 0 }));
}
