/** The words that can be said on plain lines, and what each means. */
import { type Action, actions, everywhere, keys, type Offer } from "../keys.ts";
import type { Model } from "../model.ts";
import { behaviourOf } from "../screens.ts";
import { top } from "../turn.ts";
import { offered } from "../update.ts";

/** Actions that make no sense on plain lines, or are done by numbers. */
const unsaid = new Set<Action>([
  ...["up", "down", "first", "last", "pageUp", "pageDown", "pane", "redraw", "suspend"] as const,
  ...["copyField", "editField", "stop", "act"] as const,
]);

/**
 * What can be said, besides numbers. Where numbers mark rows, `n` goes on even where the
 * screen has Enter for it.
 */
export function said(model: Model): Offer[] {
  const offers: Offer[] = [...offered(model), { Action: "command" }, { Action: "help" }];
  const can = (action: Action) => offers.some((offer) => offer.Action === action);
  const onward: Offer[] = can("mark") && can("act") && !can("next") ? [{ Action: "next" }] : [];
  return [...onward, ...offers.filter((offer) => !unsaid.has(offer.Action))];
}

/** What a word does here, where that is not what its key does on a screen. */
const means: Partial<Record<Action, string>> = {
  copy: "says the command that does the same",
  help: "these words",
  next: "go on",
};

/** The words that mean something now. */
export function helpTexts(model: Model): string[] {
  const can = (action: Action) => offered(model).some((offer) => offer.Action === action);
  const words = said(model).map(({ Action, Label }) => {
    const { label, help } = keys[Action];
    const own = Label !== undefined && Label !== "follow" && Label !== label ? `${Label}: ` : "";
    return `  ${wordOf(Action).padEnd(5)}  ${means[Action] ?? own + help}`;
  });
  const number = behaviourOf(top(model)).picks
    ? ["A number chooses its row; several numbers on one line choose all of theirs."]
    : can("mark")
    ? ["A number marks its row, or takes the mark away."]
    : can("act")
    ? ["A number chooses its row."]
    : [];
  const screen = top(model);
  const signs = behaviourOf(screen).signs?.(model, screen) ?? [];
  const meant = signs.map(([sign, means]) => `  ${sign.padEnd(6)}  ${means}`);
  return ["", ...number, ...words, ...meant, "Ctrl-C stops."];
}

/** How an action is written in a line: its key. */
export function wordOf(action: Action): string {
  return action === "back" ? "b" : keys[action].presses[0] === " " ? "space" : keys[action].shown;
}

/** The action that a word means here; undefined: none. */
export function actionNamed(model: Model, word: string): Action | undefined {
  const can = new Set<Action>([...said(model), ...offered(model)].map((o) => o.Action));
  for (const action of everywhere) can.add(action);
  const meant = actions.find((action) =>
    can.has(action) && (wordOf(action) === word || action === word || keys[action].label === word)
  );
  const isOffered = offered(model).some((offer) => offer.Action === meant);
  return meant === "next" && !isOffered ? "act" : meant;
}
