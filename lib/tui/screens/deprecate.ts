/** Deprecating a module: why, and what its users are told from then on. */
import { clean } from "../../text.ts";
import { draftDeprecate } from "../draft.ts";
import { fieldOf } from "../field.ts";
import { toPreflight } from "../flow.ts";
import type { Field, Model, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Behaviour } from "../screen.ts";
import { back, home, note, show, turn } from "../turn.ts";
import { drawDeprecate, tellDeprecate } from "./retract/deprecate.ts";
import { wrongReason } from "./retract/parts.ts";
import { releaseWords } from "../words.ts";

export interface DeprecateScreen {
  readonly Name: "deprecate";
  readonly Row: number;
  readonly Reason: Field;
  /** The revision that `--from` named; absent: HEAD. */
  readonly From?: string;
}

/** The screen with the reason that flags gave. */
export function newDeprecate({ Draft: { Do, Edit, From } }: Model): DeprecateScreen {
  const given = Do === "deprecate";
  return {
    Name: "deprecate",
    Row: 0,
    Reason: fieldOf(given ? Edit?.Reason ?? "" : ""),
    ...(given && From !== undefined && { From }),
  };
}

/** The model whose draft is what flags would give for this state. */
function drafted(model: Model, { Reason, From }: DeprecateScreen): Model {
  const next = draftDeprecate(model, Reason.Text, From);
  if (Reason.Text !== "") return next;
  return { ...next, Draft: { ...next.Draft, Edit: { Deprecate: true } } };
}

function changed(model: Model, screen: DeprecateScreen): Model {
  return drafted(show(model, screen), screen);
}

export const deprecate: Behaviour<DeprecateScreen> = {
  offers: (model) => [
    ...(moduleOf(model) ? [{ Action: "act", Label: "next" } as const] : []),
    { Action: "editField" },
    { Action: "copyField", Quiet: true },
    { Action: "back" },
  ],
  rows: () => [],
  field: (_, screen) => screen.Reason,
  type: (model, screen, field) => turn(changed(model, { ...screen, Reason: field })),
  act(model, screen, action): Turn {
    if (action === "back") return model.Facts?.Repo.From ? home(model) : turn(back(model));
    if (action === "editField") {
      return turn(model, { Do: "edit", What: "reason", Text: screen.Reason.Text });
    }
    if (action !== "act") return turn(model);
    const wrong = wrongReason(screen.Reason.Text);
    return wrong === null
      ? toPreflight(changed(model, screen))
      : turn(note(model, clean(`The reason ${wrong}.`)));
  },
  news(model, screen, news) {
    if (news.Is === "facts") return turn(changed(model, screen));
    if (news.Is !== "edited" || news.What !== "reason" || news.Text === null) return turn(model);
    const text = news.Text.trim().replace(/\s*[\r\n]+\s*/g, " ");
    return turn(changed(model, { ...screen, Reason: fieldOf(text) }));
  },
  draw: drawDeprecate,
  tell: tellDeprecate,
  ask: () => "Why, in one sentence, and what should users take instead?",
  command: (model, screen) => releaseWords(model, drafted(model, screen).Draft),
};
