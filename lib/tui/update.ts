/**
 * From a model and a message to the next model and what is to be done. Pure: no terminal, no
 * clock, no git. Whatever message comes in whatever order, nothing is applied whose version
 * was not typed, and there is always a way back or out.
 */
import { stopExit } from "./exits.ts";
import { edit, insert } from "./field.ts";
import { toPreflight } from "./flow.ts";
import { type Action, actionOf, type Offer } from "./keys.ts";
import type { Effect, Field, Message, Model, News, Press, Screen, Turn } from "./model.ts";
import type { Behaviour } from "./screen.ts";
import { commitOf } from "../facts/versions.ts";
import { moduleOf } from "./module.ts";
import { notYet } from "./opening.ts";
import { withNews } from "./news.ts";
import { parting } from "./parting.ts";
import { answer, at, pick, picks } from "./picks.ts";
import { behaviourOf } from "./screens.ts";
import { newDeprecate } from "./screens/deprecate.ts";
import { toChecks } from "./screens/major.ts";
import { newRetract } from "./screens/retract.ts";
import { newUnretract } from "./screens/unretract.ts";
import { leave, note, open, show, top, turn } from "./turn.ts";
import { commandLine } from "./command.ts";

/** The next model, and what is to be done. Never throws. */
export function update(model: Model, message: Message): Turn {
  const [next, effects] = updated(model, message);
  const { Dir } = next;
  const about = (effect: Effect): Effect =>
    Dir !== undefined && ofModule.has(effect.Do) ? { ...effect, Dir } as Effect : effect;
  return [next, effects.map(about)];
}

/** Effects that are about the chosen module. */
const ofModule: ReadonlySet<Effect["Do"]> = new Set([
  "gather",
  "times",
  "verify",
  "diff",
  "mentions",
]);

function updated(model: Model, message: Message): Turn {
  switch (message.Is) {
    case "press":
      return press(silent(model), message.Press);
    case "paste":
      return paste(silent(model), message.Text);
    case "do":
      return offered(model).some((o) => o.Action === message.Action)
        ? act(silent(model), message.Action)
        : turn(model);
    case "pick":
      return pick(silent(model), message.Row);
    case "picks":
      return picks(silent(model), message.Rows);
    case "at":
      return at(silent(model), message.Row);
    case "answer":
      return answer(silent(model), message.Text);
    case "size":
      return turn({ ...model, Size: message.Size });
    case "tick":
      return turn({ ...model, Now: Math.max(model.Now, message.Now) });
    case "signal":
      return stop(model, message.Name);
    default:
      return news(model, message);
  }
}

/** What can be done on the shown screen now. */
export function offered(model: Model): readonly Offer[] {
  const screen = top(model);
  const offers = behaviourOf(screen).offers(model, screen);
  const has = (action: Action) => offers.some((o) => o.Action === action);
  const moves = offers.some((o) => o.Action === "up" && o.Label !== "follow");
  // Where rows can be moved among, the first and the last are one key away.
  const ends = (["first", "last"] as const).filter((action) => moves && !has(action));
  return [...offers, ...ends.map((Action) => ({ Action, Quiet: true }) as const)];
}

/** The field that has the focus, if any. */
export function focused(model: Model): Field | undefined {
  if (model.Over) return undefined;
  const screen = top(model);
  return behaviourOf(screen).field?.(model, screen);
}

/** A note is about one key only. */
function silent(model: Model): Model {
  const { Note: _, ...rest } = model;
  return rest;
}

function press(model: Model, pressed: Press): Turn {
  if (model.Over) return over(model, pressed);
  const field = focused(model);
  const action = actionOf(pressed, offered(model), field !== undefined);
  if (action !== undefined) return act(model, action);
  const next = field && edit(field, pressed);
  if (next) return typed(model, next);
  const why = field ? undefined : notYet(model);
  return turn(why === undefined ? model : note(model, why));
}

/** Help, warnings and the command lie over a screen: keys scroll them, or take them away. */
function over(model: Model, pressed: Press): Turn {
  const { Over, ...rest } = model;
  const action = actionOf(pressed, overlay, false);
  const by: Partial<Record<Action, number>> = { up: -1, down: 1, pageUp: -10, pageDown: 10 };
  if (action === "stop" || action === "suspend" || action === "redraw") return act(rest, action);
  if (action === "copy") return copy(model);
  const step = action === undefined ? undefined : by[action];
  if (step !== undefined) {
    return turn({
      ...model,
      Over: { ...Over!, Top: Math.min(9999, Math.max(0, Over!.Top + step)) },
    });
  }
  return action === undefined ? turn(model) : turn(rest);
}

/** What the keys do while something lies over the screen. */
export const overlay: readonly Offer[] = [
  { Action: "up" },
  { Action: "down" },
  { Action: "pageUp", Quiet: true },
  { Action: "pageDown", Quiet: true },
  { Action: "copy" },
  { Action: "act", Label: "close" },
  { Action: "back", Label: "close" },
  { Action: "quit", Label: "close", Quiet: true },
  { Action: "warnings", Label: "close", Quiet: true },
];

/** The focused field with another text in it, as its screen takes it. */
export function typed(model: Model, field: Field): Turn {
  const screen = top(model);
  return behaviourOf(screen).type?.(model, screen, field) ?? turn(model);
}

function paste(model: Model, text: string): Turn {
  const field = focused(model);
  return field ? typed(model, insert(field, text)) : turn(model);
}

/** What an offered action does: everywhere the same, or what the shown screen makes of it. */
export function act(model: Model, action: Action): Turn {
  const screen = top(model);
  const behaviour = behaviourOf(screen);
  switch (action) {
    case "stop":
      return stop(model, "SIGINT");
    case "suspend":
      return turn(model, { Do: "suspend" });
    case "redraw":
      return turn(model, { Do: "redraw" });
    case "help":
    case "warnings":
    case "command":
      return turn({ ...model, Over: { Name: action, Top: 0 } });
    case "copy":
    case "copyField":
      return copy(model);
    case "up":
    case "down":
    case "first":
    case "last":
      return move(model, screen, behaviour, action);
    default:
      return behaviour.act(model, screen, action);
  }
}

function copy(model: Model): Turn {
  return turn(note(model, "The command was given to the terminal to copy (OSC 52)."), {
    Do: "copy",
    Text: commandLine(model),
  });
}

function move(
  model: Model,
  screen: Screen,
  behaviour: Behaviour<Screen>,
  action: "up" | "down" | "first" | "last",
): Turn {
  const most = behaviour.rows(model, screen).length - 1;
  const to = { up: screen.Row - 1, down: screen.Row + 1, first: 0, last: most }[action];
  const Row = Math.max(0, Math.min(to, most));
  const moved = show(model, { ...screen, Row });
  // A screen that follows the highlighted row (scrolling, a preview) says so by taking the action too.
  const offer = behaviour.offers(model, screen).find((o) => o.Action === action);
  return offer?.Label === "follow" ? behaviour.act(moved, top(moved), action) : turn(moved);
}

/** ^C and signals: what runs ends its step first; a third time it does not (screens.md, rule 5). */
function stop(model: Model, by: "SIGINT" | "SIGTERM" | "SIGHUP"): Turn {
  const { Run } = model;
  if (!Run || Run.Ended !== undefined) {
    return leave(model, stopExit(model, by), ...parting(model));
  }
  const Stopping = Run.Stopping + 1;
  const asked: Model = { ...model, Run: { ...Run, Stopping, Signal: Run.Signal ?? by } };
  if (Stopping === 1) return turn(asked, { Do: "stop" });
  if (Stopping === 2) {
    return turn(note(asked, "Still finishing the step that runs; once more ends it at once."));
  }
  return leave(asked, stopExit(asked, by), ...parting(asked));
}

/** Facts, plans and runs belong to the model; the screen hears of them afterwards. */
function news(model: Model, told: News): Turn {
  const kept = withNews(model, told);
  if (kept === null) return turn(model);
  if (told.Is === "moved") {
    const [checks, effects] = news(kept, told.Now);
    return [
      note(
        checks,
        "Something moved since this plan was made. Nothing was begun: look at it again.",
      ),
      effects,
    ];
  }
  const [next, asks] = asked(kept);
  const screen = top(next);
  // Most failures that ended no run are a note, and none of the screen's business.
  const concerns = told.Is !== "failed" || told.Of === "diff" ||
    next.Run?.Failed !== model.Run?.Failed;
  const hears = concerns ? behaviourOf(screen).news : undefined;
  const [after, heard] = hears?.(next, screen, told) ?? turn(next);
  const effects = [...asks, ...heard];
  if (told.Is === "facts" && untimed(after) && !effects.some((e) => e.Do === "times")) {
    return [after, [...effects, { Do: "times" }]];
  }
  if (told.Is !== "outcome" || effects.some((e) => e.Do === "exit")) return [after, effects];
  // The world is another one now: what the screens show beside the outcome is to be true.
  return [{ ...after, Asking: after.Now }, [...effects, { Do: "gather" }]];
}

/** Reports whether the age of a version that is here is not known yet. */
function untimed(model: Model): boolean {
  return moduleOf(model)?.Versions.some((v) => commitOf(v) && !model.Times.has(v.Version)) ?? false;
}

/** A command that left something open opens the screen that asks for it, once there are facts. */
function asked(model: Model): Turn {
  const { Opens, ...rest } = model;
  if (Opens === undefined || !model.Facts) return turn(model);
  if (Opens === "major") {
    const several = model.Facts.Modules.length > 1 && model.Dir === undefined;
    return several ? toPreflight(rest) : toChecks(rest);
  }
  const screens = { retract: newRetract, unretract: newUnretract, deprecate: newDeprecate };
  return turn(open(rest, screens[Opens](rest)));
}
