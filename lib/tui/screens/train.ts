/** A release train: one word for all of its modules, their order and versions, and what changes in them. */
import type { Bump } from "../../choices.ts";
import { stillAsking } from "./train/rows.ts";
import { draftTrain } from "../draft.ts";
import { toPreflight } from "../flow.ts";
import type { Model, Turn } from "../model.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, open, show, turn } from "../turn.ts";
import { releaseWords } from "../words.ts";
import { comingOf } from "./train/coming.ts";
import { drawTrain, previewLines, tellTrain } from "./train/draw.ts";
import { trainRows, type TrainWord, trainWords } from "./train/rows.ts";
import { preOf } from "./version/advice.ts";

export interface TrainScreen {
  readonly Name: "train";
  readonly Row: number;
  /** Folders of its modules from the repository's root. */
  readonly Dirs: readonly string[];
  /** The word that the preview is of, also while the row below the words is highlighted. */
  readonly Word: TrainWord;
  readonly Restore: boolean;
  /** The first line of the preview that is shown. */
  readonly Top: number;
}

/** Opens the train of these modules; the proxy is asked about all of them. */
export function toTrain(model: Model, dirs: readonly string[]): Turn {
  const Restore = model.Given.RestoreReplaces;
  const screen = { Name: "train", Row: 0, Dirs: dirs, Word: "auto", Restore, Top: 0 } as const;
  return again(open(model, screen), dirs);
}

function again(model: Model, Dirs: readonly string[]): Turn {
  return turn({ ...model, Whole: false, Asking: model.Now }, { Do: "gather", Dirs });
}

const page = 8;

export const train: Behaviour<TrainScreen> = {
  offers: (model, { Row }) => [
    { Action: "up", Label: "follow" },
    { Action: "down", Label: "follow" },
    ...(trainWords[Row] === undefined
      ? [{ Action: "mark" }, { Action: "act", Label: "mark", Quiet: true }] as const
      : [{ Action: "act", Label: "next" }] as const),
    trainWords[Row] === undefined ? { Action: "next" } : { Action: "next", Quiet: true },
    { Action: "pageDown", Label: "scroll" },
    { Action: "pageUp", Quiet: true },
    { Action: "first", Label: "follow", Quiet: true },
    { Action: "last", Label: "follow", Quiet: true },
    { Action: "again", Label: "look again", Quiet: true },
    { Action: "warnings", Quiet: true },
    { Action: "copy", Quiet: true },
    { Action: "back", ...(model.Size.Columns < 60 ? {} : { Label: "back" }) },
  ],
  rows: (model, screen) => trainRows(model, screen),
  act(model, screen, action): Turn {
    switch (action) {
      case "mark":
        return turn(show(model, { ...screen, Restore: !screen.Restore }));
      case "act":
        return trainWords[screen.Row] === undefined
          ? turn(show(model, { ...screen, Restore: !screen.Restore }))
          : chosen(model, screen);
      case "next":
        return chosen(model, screen);
      case "pageUp":
      case "pageDown": {
        const lines = previewLines(model, screen, model.Size.Columns).length;
        const to = screen.Top + (action === "pageUp" ? -page : page);
        return turn(show(model, { ...screen, Top: Math.max(0, Math.min(to, lines - 1)) }));
      }
      case "again":
        return again(model, screen.Dirs);
      case "back":
        return turn(back(model));
      default: {
        const Word = trainWords[screen.Row] ?? screen.Word;
        return turn(show(model, { ...screen, Word, ...(Word !== screen.Word && { Top: 0 }) }));
      }
    }
  },
  draw: drawTrain,
  tell: tellTrain,
  ask: () => "Which word for all of them?",
  command: (model, screen) => releaseWords(model, drafted(model, screen, wordAt(screen)).Draft),
};

function wordAt({ Row, Word }: TrainScreen): Bump {
  return trainWords[Row] ?? Word;
}

function drafted(model: Model, { Dirs, Restore }: TrainScreen, Bump: Bump): Model {
  const pre = preOf(model);
  return draftTrain(model, {
    Dirs,
    Bump,
    Restore,
    ...(Bump === "prerelease" && pre !== undefined && { Pre: pre }),
  });
}

function chosen(model: Model, screen: TrainScreen): Turn {
  const word = trainWords[screen.Row] ?? screen.Word;
  const off = trainRows(model, screen)[trainWords.indexOf(word)]?.Off;
  if (off !== undefined) return turn(note(model, `Not now: ${off}.`));
  if (comingOf(model, screen.Dirs, word).length === 0) return turn(note(model, stillAsking));
  const here = show(model, { ...screen, Word: word });
  return toPreflight(drafted(here, screen, word));
}
