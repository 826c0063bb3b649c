/**
 * Patch and retract, guided: from a bad published version to the plan that gives users the
 * good one, in five steps. What is chosen is the draft of `gorel retract`, at every moment.
 */
import { fieldOf } from "../field.ts";
import { toPreflight } from "../flow.ts";
import type { Action } from "../keys.ts";
import type { Field, Model, News, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Behaviour } from "../screen.ts";
import { back, home, note, plan, show, turn } from "../turn.ts";
import { draw } from "./guided/draw.ts";
import { type Fix, groundOf, isSuggested, suggestedField, synced } from "./guided/ground.ts";
import { kinds } from "./guided/kinds.ts";
import { diffKey, heard, type Look, opened, scrolled } from "./guided/look.ts";
import { markRange, markRow } from "./guided/marks.ts";
import { isTyping, offersOf } from "./guided/offers.ts";
import { rowsOf } from "./guided/rows.ts";
import { ask, tell } from "./guided/tell.ts";
import { wrongReason } from "./retract/parts.ts";
import { releaseWords } from "../words.ts";
import { toInclude } from "./include.ts";

export type Step = 1 | 2 | 3 | 4 | 5;

export interface GuidedScreen {
  readonly Name: "guided";
  readonly Row: number;
  /** 1 what is wrong, 2 the fix, 3 the version, 4 the retraction, 5 the plan. */
  readonly Step: Step;
  /** In step 1: what is asked. */
  readonly Focus: "versions" | "kind" | "reason";
  /** The bad versions; none: the one that users get now. */
  readonly Marked: readonly string[];
  /** The marks were set one by one, so that Enter leaves them alone. */
  readonly Several?: true;
  /** The version that is highlighted: later facts may put it into another row. */
  readonly Cursor?: string;
  /** Where a range began with v. */
  readonly Anchor?: string;
  /** What kind of bad: decides what the texts say. */
  readonly Kind?: (typeof kinds)[number];
  /** Empty: the suggestion. */
  readonly Reason: Field;
  readonly Fix?: Fix;
  /** All commits, or the diff, over the step. */
  readonly Look?: Look;
}

/** The first step, at the version that users get now. */
export function newGuided(model: Model): GuidedScreen {
  const screen: GuidedScreen = {
    Name: "guided",
    Row: 0,
    Step: 1,
    Focus: "versions",
    Marked: [],
    Reason: fieldOf(""),
  };
  return { ...screen, Row: rowToStart(model, screen) };
}

function rowToStart(model: Model, screen: GuidedScreen): number {
  const { Versions, Marked, Ways, Way } = groundOf(model, screen);
  if (screen.Step === 1 && screen.Focus === "versions") {
    return Math.max(0, Versions.findIndex((v) => v.Version === Marked.at(-1)));
  }
  if (screen.Step === 1 && screen.Focus === "kind") {
    return Math.max(0, kinds.indexOf(screen.Kind ?? "behaviour"));
  }
  if (screen.Step !== 2) return 0;
  return rowsOf(model, screen).findIndex((row) => row.Fix === Way.Fix && !Ways[Way.Fix].Off);
}

/** The screen at another step or question, the cursor where the choice so far is. */
function at(model: Model, screen: GuidedScreen): Model {
  const here = { ...screen, Row: Math.max(0, rowToStart(model, screen)) };
  return show(synced(model, here), here);
}

export const guided: Behaviour<GuidedScreen> = {
  offers: offersOf,

  rows: rowsOf,

  field: (_model, screen) => isTyping(screen) ? screen.Reason : undefined,

  type: (model, screen, Reason) => {
    const next = { ...screen, Reason };
    return turn(show(synced(model, next), next));
  },

  act(model, screen, action) {
    if (screen.Look) return look(model, screen, screen.Look, action);
    switch (action) {
      case "back":
        return backwards(model, screen);
      case "again":
        return turn({ ...model, Asking: model.Now }, { Do: "gather" });
      case "up":
      case "down":
      case "first":
      case "last":
        return follow(model, screen);
      case "edit":
      case "editField":
        return turn(model, {
          Do: "edit",
          What: "reason",
          Text: groundOf(model, screen).Way.Wanted.Reason,
        });
      case "log":
        return turn(show(model, { ...screen, Look: opened("log", screen.Row) }));
      case "diff":
        return openDiff(model, screen);
      case "include":
        return toInclude(model);
    }
    return screen.Step === 1 ? first(model, screen, action) : onwards(model, screen, action);
  },

  news(model, screen, told: News) {
    if (told.Is === "diff" || told.Is === "failed") {
      return turn(show(model, heard(screen, told)));
    }
    if (told.Is === "edited" && told.What === "reason" && told.Text !== null) {
      const Reason = fieldOf(told.Text.replace(/\s+$/, ""));
      return asked(at(model, { ...screen, Reason }));
    }
    return told.Is === "facts" ? learned(model, screen) : turn(model);
  },

  draw,
  tell,
  ask,

  command: (model, screen) => releaseWords(model, synced(model, screen).Draft),
};

/** The highlighted row is the choice already in step 2, so that everything shows what it would mean. */
function follow(model: Model, screen: GuidedScreen): Turn {
  const row = rowsOf(model, screen)[screen.Row];
  if (screen.Step === 1) {
    const Cursor = groundOf(model, screen).Versions[screen.Row]?.Version;
    const moves = screen.Focus === "versions" && Cursor !== undefined;
    return turn(moves ? show(model, { ...screen, Cursor }) : model);
  }
  if (screen.Step !== 2 || row?.Fix === undefined || row.Off !== undefined) return turn(model);
  return turn(withFix(model, screen, row.Fix));
}

/** More is known: the same version stays highlighted, and a plan that no longer fits is asked anew. */
function learned(model: Model, screen: GuidedScreen): Turn {
  const before = screen.Step === 1 && screen.Focus === "versions" ? screen.Cursor : undefined;
  const Row = groundOf(model, screen).Versions.findIndex((v) => v.Version === before);
  const most = Math.max(0, rowsOf(model, screen).length - 1);
  const start = screen.Step === 1 && screen.Focus === "versions" && Row < 0;
  const next = {
    ...screen,
    Row: start ? rowToStart(model, screen) : Row >= 0 ? Row : Math.min(screen.Row, most),
  };
  return asked(show(synced(model, next), next));
}

function withFix(model: Model, screen: GuidedScreen, Fix: Fix): Model {
  const chosen = { ...screen, Fix };
  const { Text } = chosen.Reason;
  const reason = groundOf(model, chosen).Way.Wanted.Reason;
  const next = Text === "" || Text === reason ? chosen : { ...chosen, Reason: fieldOf(reason) };
  return show(synced(model, next), next);
}

function first(model: Model, screen: GuidedScreen, action: Action): Turn {
  const ground = groundOf(model, screen);
  switch (screen.Focus) {
    case "versions": {
      if (action === "mark") return remarked(model, markRow(ground, screen));
      if (action === "range") return remarked(model, markRange(ground, screen));
      if (action === "pane") return turn(at(model, { ...screen, Focus: "kind" }));
      if (screen.Several && ground.Marked.length === 0) {
        return turn(note(model, "Nothing is marked: space marks the highlighted version."));
      }
      if (screen.Several) return turn(at(model, { ...screen, Focus: "kind" }));
      const chosen = ground.Versions[screen.Row];
      if (!chosen) return turn(note(model, "There is no published version to choose."));
      if (chosen.Already !== undefined) {
        return turn(note(model, `${chosen.Version} is retracted already.`));
      }
      return turn(at(model, { ...screen, Marked: [chosen.Version], Focus: "kind" }));
    }
    case "kind": {
      const Kind = kinds[screen.Row] ?? "behaviour";
      const next: GuidedScreen = { ...screen, Kind, Focus: "reason" };
      const words = isSuggested(screen.Reason.Text)
        ? suggestedField(groundOf(model, { ...next, Reason: fieldOf("") }), next)
        : screen.Reason;
      return turn(at(model, { ...next, Reason: words }));
    }
    case "reason": {
      if (action === "pane") return turn(at(model, { ...screen, Focus: "versions" }));
      const words = ground.Way.Wanted.Reason.trim();
      const wrong = wrongReason(words);
      if (wrong !== null) return turn(note(model, `The reason ${wrong}.`));
      return turn(at(model, { ...screen, Reason: fieldOf(words), Step: 2 }));
    }
  }
}

/** The row stays where it is while marks are set. */
function remarked(model: Model, next: GuidedScreen | string): Turn {
  return turn(typeof next === "string" ? note(model, next) : show(synced(model, next), next));
}

function onwards(model: Model, screen: GuidedScreen, action: Action): Turn {
  const row = action === "next" ? undefined : rowsOf(model, screen)[screen.Row];
  if (row?.Off !== undefined) return turn(note(model, `Not now: ${row.Off}.`));
  if (row?.To === "home") return stopped(model);
  if (row?.To !== undefined) return asked(at(model, { ...screen, ...row.To }));
  if (screen.Step === 5) return toPreflight(synced(model, screen));
  const chosen = row?.Fix === undefined ? model : withFix(model, screen, row.Fix);
  const here = chosen.Screens.at(-1) as GuidedScreen;
  return asked(at(chosen, { ...here, Step: here.Step + 1 as Step }));
}

/** From step 4 on the plan itself is looked at; it is asked for as soon as there is none. */
function asked(model: Model): Turn {
  const screen = model.Screens.at(-1) as GuidedScreen;
  return screen.Step >= 4 && !model.Planning ? plan(model) : turn(model);
}

function backwards(model: Model, screen: GuidedScreen): Turn {
  if (screen.Step > 1) {
    return asked(at(model, { ...screen, Step: screen.Step - 1 as Step, Focus: "reason" }));
  }
  if (screen.Focus === "reason") return turn(at(model, { ...screen, Focus: "kind" }));
  if (screen.Focus === "kind") return turn(at(model, { ...screen, Focus: "versions" }));
  return stopped(model);
}

/** Nothing was written, so there is nothing to take back. */
function stopped(model: Model): Turn {
  const { Planning: _, ...rest } = model;
  return model.Screens.length > 1 ? turn(back({ ...rest, Draft: model.Given })) : home(model);
}

function look(model: Model, screen: GuidedScreen, seen: Look, action: Action): Turn {
  if (action === "back" || action === "act") {
    const { Look: _, ...rest } = screen;
    return turn(show(model, { ...rest, Row: seen.Row }));
  }
  return turn(show(model, { ...screen, Look: scrolled(model, seen, action) }));
}

function openDiff(model: Model, screen: GuidedScreen): Turn {
  const base = moduleOf(model)?.Base;
  if (!base) return turn(model);
  const Look = opened("diff", screen.Row);
  return turn(show(model, { ...screen, Look }), { Do: "diff", Of: diffKey, From: base.Tag });
}
