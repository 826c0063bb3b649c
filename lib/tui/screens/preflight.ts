/** The checklist before the plan: what was found good, what warns, what stops, what nobody looked at. */
import type { Choices } from "../../choices.ts";
import type { Acceptance } from "../../problem.ts";
import { fieldOf } from "../field.ts";
import { toReview } from "../flow.ts";
import { canInclude } from "../included.ts";
import type { Offer } from "../keys.ts";
import type { Edited, Field, Model, News, Turn } from "../model.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, note, plan, show, top, turn } from "../turn.ts";
import { stopping } from "./preflight/details.ts";
import { draw } from "./preflight/draw.ts";
import { canAccept, entriesOf, type Entry, problemsOf } from "./preflight/list.ts";
import { tell } from "./preflight/tell.ts";
import { toInclude } from "./include.ts";
import { toModules } from "./modules.ts";

export interface PreflightScreen {
  readonly Name: "preflight";
  readonly Row: number;
  /** The reason for accepting the highlighted problem, while it is asked for. */
  readonly Accepting?: { readonly Code: string; readonly Reason: Field };
}

export const preflight: Behaviour<PreflightScreen> = {
  offers(model, screen) {
    if (screen.Accepting) {
      return [
        { Action: "act", Label: "accept it" },
        { Action: "copyField", Quiet: true },
        { Action: "back", Label: "leave it" },
      ];
    }
    return [
      ...moves(model),
      ...offersOf(model, entryAt(model, screen)),
      ...including(model, entryAt(model, screen)),
      ...(model.Planning?.State === "planned" ? [{ Action: "next" } as const] : []),
      ...(model.Planning?.State === "asking" ? [] : [{ Action: "again" } as const]),
      problemsOf(model).length === 0
        ? { Action: "warnings", Quiet: true } as const
        : { Action: "warnings" } as const,
      { Action: "copy", Quiet: true },
      { Action: "back" },
    ];
  },
  rows: (model) => entriesOf(model).map(rowOf),
  field: (_model, { Accepting }) => Accepting?.Reason,
  type: (model, screen, Reason) =>
    turn(
      screen.Accepting
        ? show(model, { ...screen, Accepting: { ...screen.Accepting, Reason } })
        : model,
    ),
  act(model, screen, action): Turn {
    const { Accepting, ...rest } = screen;
    const entry = entryAt(model, screen);
    switch (action) {
      case "back":
        return turn(Accepting ? show(model, rest) : homeward(model));
      case "act":
        return Accepting ? accepted(show(model, rest), Accepting) : acted(model, screen, entry);
      case "accept":
        return accepting(model, screen, entry);
      case "fix":
        return fixed(model, entry);
      case "edit":
        return edited(model, entry);
      case "include":
        return toInclude(model);
      case "again":
        return plan(model);
      case "next":
        return onward(model);
      default:
        return turn(model);
    }
  },
  news(model, _screen, told): Turn {
    if (told.Is === "planned" || told.Is === "refused" || told.Is === "nothing") {
      return turn(show(model, { Name: "preflight", Row: firstRow(model) }));
    }
    return told.Is === "edited" ? kept(model, told) : turn(model);
  },
  draw,
  tell,
  ask: (_model, { Accepting }) =>
    `Why is ${Accepting?.Code ?? "it"} all right? The plan keeps the reason; it may be empty`,
};

function moves(model: Model): Offer[] {
  return entriesOf(model).length > 1 ? [{ Action: "up" }, { Action: "down" }] : [];
}

/** What is not committed can go in: in the footer where the highlighted row is about that. */
function including(model: Model, entry: Entry | undefined): Offer[] {
  if (!canInclude(model) || model.Planning?.State === "asking") return [];
  return [
    isUncommitted(entry)
      ? { Action: "include", Label: "include files" }
      : { Action: "include", Label: "include files", Quiet: true },
  ];
}

function isUncommitted(entry: Entry | undefined): boolean {
  return entry?.Is === "problem" &&
    ["dirty", "untracked", "include-unknown"].includes(entry.Problem.Code);
}

function entryAt(model: Model, { Row }: PreflightScreen): Entry | undefined {
  const entries = entriesOf(model);
  return entries[Math.min(Row, entries.length - 1)];
}

function offersOf(model: Model, entry: Entry | undefined): Offer[] {
  switch (entry?.Is) {
    case undefined:
      return [];
    case "problem": {
      const { Problem } = entry;
      const can = canAccept(model, Problem);
      return [
        ...(can ? [{ Action: "accept" } as const] : []),
        ...(isAccepted(model, Problem.Code)
          ? [{ Action: "accept", Label: "take back" } as const]
          : []),
        ...(commandIn(Problem.Fix) === undefined
          ? []
          : [{ Action: "fix", Label: "copy the fix" } as const]),
        isUncommitted(entry) && canInclude(model)
          ? { Action: "act", Label: "include files", Quiet: true }
          : { Action: "act", Label: can ? "accept" : "what to do", Quiet: true },
      ];
    }
    case "commit-message":
    case "tag-message":
      return [{ Action: "act", Label: "edit" }, { Action: "edit", Quiet: true }];
    case "again":
      return [{ Action: "act", Label: "again" }];
    case "on":
      return [{ Action: "act", Label: "plan" }];
  }
}

function rowOf(entry: Entry): Row {
  if (entry.Is !== "problem") {
    return "Text" in entry
      ? { Label: entry.Label, Detail: entry.Text.split("\n")[0]! }
      : { Label: entry.Label };
  }
  const { Code, Text } = entry.Problem;
  return { Label: Code, Detail: Text };
}

/** The first thing that stops; where nothing does, the way on. */
function firstRow(model: Model): number {
  const entries = entriesOf(model);
  const at = entries.findIndex((e) =>
    e.Is === "problem" && e.Problem.Level === "stop" && e.Problem.Accepted === undefined
  );
  return at >= 0 ? at : entries.length - 1;
}

function isAccepted({ Draft }: Model, code: string): boolean {
  return Draft.Accept.some((a) => a.Code === code);
}

function acted(model: Model, screen: PreflightScreen, entry: Entry | undefined): Turn {
  switch (entry?.Is) {
    case undefined:
      return turn(model);
    case "problem":
      if (isUncommitted(entry) && canInclude(model)) return toInclude(model);
      if (canAccept(model, entry.Problem)) return accepting(model, screen, entry);
      return turn(note(model, entry.Problem.Fix ?? entry.Problem.Text));
    case "commit-message":
    case "tag-message":
      return edited(model, entry);
    case "again":
      return plan(model);
    case "on":
      return onward(model);
  }
}

function accepting(model: Model, screen: PreflightScreen, entry: Entry | undefined): Turn {
  if (entry?.Is !== "problem") return turn(model);
  const { Code } = entry.Problem;
  if (isAccepted(model, Code)) {
    return again(model, { Accept: model.Draft.Accept.filter((a) => a.Code !== Code) });
  }
  if (!canAccept(model, entry.Problem)) {
    return turn(note(model, `${Code} cannot be accepted: it has to be put right.`));
  }
  return turn(show(model, { ...screen, Accepting: { Code, Reason: fieldOf("") } }));
}

function accepted(
  model: Model,
  { Code, Reason }: NonNullable<PreflightScreen["Accepting"]>,
): Turn {
  const reason = Reason.Text.trim();
  const acceptance: Acceptance = { Code, ...(reason !== "" && { Reason: reason }) };
  const others = model.Draft.Accept.filter((a) => a.Code !== Code);
  return again(model, { Accept: [...others, acceptance] });
}

/** Plans what was changed here; the ticket counts on, so that no older answer passes for it. */
function again(model: Model, choices: Partial<Choices>): Turn {
  return plan({ ...model, Draft: { ...model.Draft, ...choices } });
}

/** One screen back; where several modules could be meant and none was chosen, to the choice. */
function homeward(model: Model): Model {
  const below = back(model);
  const several = (model.Facts?.Modules.length ?? 0) > 1;
  const isHome = top(below).Name === "home";
  return several && isHome && model.Dir === undefined ? toModules(below) : below;
}

function fixed(model: Model, entry: Entry | undefined): Turn {
  const command = entry?.Is === "problem" ? commandIn(entry.Problem.Fix) : undefined;
  if (command === undefined) return turn(model);
  return turn(note(model, `Given to the terminal to copy (OSC 52): ${command}`), {
    Do: "copy",
    Text: command,
  });
}

/** The command that a way out begins with, without the words behind it; of mere words there is none. */
function commandIn(fix: string | undefined): string | undefined {
  // Words up to a comma or semicolon that ends one; a quoted word may hold anything.
  const words = /^(?:git|gorel|go)(?= )(?: (?:'(?:[^']|'\\'')*'|[^\s',;]|[,;](?=\S))+)*/;
  const command = words.exec(fix ?? "")?.[0].trimEnd();
  return command !== undefined && / (?:and|or|to|on|with) /.test(command) ? undefined : command;
}

function edited(model: Model, entry: Entry | undefined): Turn {
  if (entry?.Is !== "commit-message" && entry?.Is !== "tag-message") return turn(model);
  return turn(model, { Do: "edit", What: entry.Is, Text: entry.Text });
}

const messages: Partial<Record<Edited, keyof Choices["Messages"]>> = {
  "commit-message": "Commit",
  "tag-message": "Tag",
};

/** An emptied message, or the one that was there, changes nothing. */
function kept(model: Model, told: News & { Is: "edited" }): Turn {
  const name = messages[told.What];
  const text = told.Text?.trimEnd() ?? "";
  const before = entriesOf(model).find((e) => e.Is === told.What);
  if (name === undefined || told.Text === null) return turn(model);
  if (text.trim() === "") return turn(note(model, "An empty message is not taken."));
  if (before && "Text" in before && before.Text.trimEnd() === text) return turn(model);
  return again(model, { Messages: { ...model.Draft.Messages, [name]: text } });
}

function onward(model: Model): Turn {
  if (model.Planning?.State === "planned") return toReview(model);
  return turn(note(model, stopping(model)));
}
