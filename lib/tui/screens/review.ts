/** The plan, to be read: nothing was changed yet, and it starts only when its version is typed. */
import { count } from "../../text.ts";
import type { Offer } from "../keys.ts";
import { toApplying } from "../flow.ts";
import { prose } from "../line.ts";
import type { Field, Model, Planning } from "../model.ts";
import { leading } from "../releases.ts";
import type { Behaviour } from "../screen.ts";
import { back, note, plan, show, turn } from "../turn.ts";
import { problemBlock } from "../widgets/problems.ts";
import { isOpen } from "../commands.ts";
import { agreed, agreeing, agreeOffers, drawAgree, openOf, tellAgree } from "./review/agree.ts";
import { changeOf } from "./review/change.ts";
import { drawReview } from "./review/draw.ts";
import { type PlanRow, planRows } from "./review/steps.ts";
import { tellPlan } from "./review/tell.ts";
import { aboutStep, leadWords, missing } from "./review/words.ts";

export interface ReviewScreen {
  readonly Name: "review";
  readonly Row: number;
  /** What was typed of the version. */
  readonly Typed: Field;
  /** First line of the diff, or of the commands, that is shown. */
  readonly Top: number;
  /** The commands that nobody has agreed to yet were shown to their end. */
  readonly Read?: true;
}

type Planned = Extract<Planning, { State: "planned" }>;

/** The plan whose version can be typed: one with commands only once they were agreed to. */
function plannedOf({ Planning }: Model): Planned | undefined {
  return Planning?.State === "planned" && !isOpen(Planning) ? Planning : undefined;
}

/** Lines that a page moves by: fewer than any window shows of a diff beside the steps. */
function page({ Size }: Model): number {
  return Math.max(2, Size.Rows - (Size.Columns >= 100 && Size.Rows >= 28 ? 10 : 20));
}

/** Scrolls only what is longer than any window would show of it. */
function reading(model: Model, { Row }: ReviewScreen, planned: Planned): Offer[] {
  const rows = planRows(planned.Plan, planned.Facts);
  const row = rows[Math.min(Row, rows.length - 1)];
  const long = row !== undefined && linesOf(model, planned, row) > 3;
  return [
    { Action: "act", Label: "start" },
    { Action: "up", Label: "follow" },
    { Action: "down", Label: "follow" },
    ...(long
      ? [{ Action: "pageDown", Label: "scroll" }, { Action: "pageUp", Quiet: true }] as const
      : []),
    { Action: "save" },
    { Action: "copyField" },
    { Action: "back" },
  ];
}

/** Lines of the highlighted step: of its diff, else of its words. */
function linesOf(model: Model, planned: Planned, row: PlanRow): number {
  const { Said, Ours } = aboutStep(model, planned, row);
  return changeOf(row, planned).length || Said.trim().split("\n").length + 2 * Ours.length;
}

export const review: Behaviour<ReviewScreen> = {
  offers(model, screen) {
    const planned = plannedOf(model);
    if (planned) return reading(model, screen, planned);
    const open = openOf(model);
    if (open) return agreeOffers(model, screen, open);
    const again: Offer[] = model.Planning?.State === "asking" ? [] : [{ Action: "again" }];
    return [...again, { Action: "warnings", Quiet: true }, { Action: "back" }];
  },
  rows(model) {
    const planned = plannedOf(model);
    return planned
      ? planRows(planned.Plan, planned.Facts).map((r) => ({ Label: r.Name, Detail: r.Words }))
      : [];
  },
  field: (model, { Typed }) => plannedOf(model) ? Typed : undefined,
  type: (model, screen, Typed) => turn(show(model, { ...screen, Typed })),
  act(model, screen, action) {
    const planned = plannedOf(model);
    const open = openOf(model);
    const done = open && agreeing(model, screen, action, open);
    if (done) return done;
    switch (action) {
      case "back":
        return turn(back(model));
      case "again":
        return plan(model);
      case "up":
      case "down":
        return turn(show(model, { ...screen, Top: 0 }));
      case "pageUp":
      case "pageDown":
        return planned ? turn(scrolled(model, screen, planned, action)) : turn(model);
      case "save":
        return planned ?? open
          ? turn(model, { Do: "save", Plan: (planned ?? open)!.Plan })
          : turn(model);
      case "act":
        return planned ? started(model, screen, planned) : turn(model);
      default:
        return turn(model);
    }
  },
  news: (model, _screen, told) => turn(told.Is === "agreed" ? agreed(model) : model),
  draw(model, screen, room) {
    const planned = plannedOf(model);
    if (planned) return drawReview(model, screen, room, planned);
    const open = openOf(model);
    if (open) return drawAgree(model, screen, open);
    const { Style, Planning } = model;
    const columns = room.Columns - 2;
    const Main = Planning?.State === "refused"
      ? Planning.Problems.flatMap((p) => [[], ...problemBlock(Style, p, columns)])
      : [[], ...prose(Style, unplanned(Planning), columns, 2)];
    return { Title: "review", Main: Main.slice(0, room.Rows) };
  },
  tell(model) {
    const planned = plannedOf(model);
    const open = openOf(model);
    if (open) return tellAgree(open);
    return planned ? tellPlan(model, planned) : [unplanned(model.Planning)];
  },
  ask(model) {
    const planned = plannedOf(model);
    if (!planned) return "Type the version to start";
    const { Version } = leading(planned.Plan);
    return `Type ${Version}${leadWords(planned.Plan)} to start`;
  },
};

function started(model: Model, screen: ReviewScreen, { Plan }: Planned): ReturnType<typeof turn> {
  const why = missing(screen.Typed.Text, leading(Plan).Version);
  return why === null ? toApplying(model, screen.Typed.Text) : turn(note(model, why));
}

function scrolled(
  model: Model,
  screen: ReviewScreen,
  planned: Planned,
  to: "pageUp" | "pageDown",
): Model {
  const rows = planRows(planned.Plan, planned.Facts);
  const lines = linesOf(model, planned, rows[Math.min(screen.Row, rows.length - 1)]!);
  const by = to === "pageUp" ? -page(model) : page(model);
  const Top = Math.max(0, Math.min(screen.Top + by, lines - page(model)));
  return show(model, { ...screen, Top });
}

function unplanned(planning: Model["Planning"]): string {
  switch (planning?.State) {
    case "asking":
      return "The plan is being made; nothing is changed by that.";
    case "refused":
      return `There is no plan: ${count(planning.Problems.length, "problem")} stops it.`;
    case "nothing":
      return `There is nothing to release: ${planning.Why}.`;
    default:
      return "There is no plan yet.";
  }
}
