/**
 * The commands of `.gorel.toml` before anybody has agreed to them: they are code from the
 * repository, so they are read to their end first, and agreed to by a key of their own.
 */
import { shownCommand } from "../../../config/shown.ts";
import type { Command } from "../../../config/commands.ts";
import type { Plan } from "../../../plan/types.ts";
import { count } from "../../../text.ts";
import { typedText, wrapCells } from "../../cells.ts";
import { isOpen, placeWords, runsIn } from "../../commands.ts";
import type { Action, Offer } from "../../keys.ts";
import { type Line, own, pad, prose } from "../../line.ts";
import type { Model, Planning, Turn } from "../../model.ts";
import { withAgreement } from "../../news.ts";
import { versionWords } from "../../releases.ts";
import { roomOf, smallest, undivided } from "../../room.ts";
import type { Drawing, Room } from "../../screen.ts";
import { show, top, turn } from "../../turn.ts";
import { placeOf } from "../../widgets/list.ts";
import type { ReviewScreen } from "../review.ts";

type Planned = Extract<Planning, { State: "planned" }>;

/** The plan that waits until its commands are agreed to; undefined: none, or nothing waits. */
export function openOf({ Planning }: Model): Planned | undefined {
  return Planning?.State === "planned" && isOpen(Planning) ? Planning : undefined;
}

/** What can be done while the commands are read: agreeing only once their last line was shown. */
export function agreeOffers(model: Model, screen: ReviewScreen, planned: Planned): Offer[] {
  const { All, Rows } = layout(model, planned);
  const long = All.length > Rows;
  const moves: Offer[] = [
    {
      Action: "pageDown",
      Label: "read on",
      ...(isRead(model, screen, planned) && { Quiet: true }),
    },
    { Action: "up", Label: "follow" },
    { Action: "down", Label: "follow" },
    { Action: "pageUp", Quiet: true },
  ];
  const asking = planned.Agreement?.State === "asking";
  return [
    ...(isRead(model, screen, planned) && !asking ? [{ Action: "agree" } as const] : []),
    ...(long ? moves : []),
    { Action: "save" },
    { Action: "copy", Quiet: true },
    { Action: "warnings", Quiet: true },
    { Action: "back" },
  ];
}

/** Reports whether all of the commands were shown, or are. */
export function isRead(model: Model, { Read, Top }: ReviewScreen, planned: Planned): boolean {
  const { Plain, Size } = model;
  if (Plain || Read) return true;
  const isShown = Size.Columns >= smallest.Columns && Size.Rows >= smallest.Rows;
  const { All, Rows } = layout(model, planned);
  return isShown && Top + Rows >= All.length;
}

/** Agrees, or scrolls; every other action is the review's own. */
export function agreeing(
  model: Model,
  screen: ReviewScreen,
  action: Action,
  planned: Planned,
): Turn | null {
  const { All, Rows } = layout(model, planned);
  const most = Math.max(0, All.length - Rows);
  const page = Math.max(1, Rows - 1);
  const by: Partial<Record<Action, number>> = { up: -1, down: 1, pageUp: -page, pageDown: page };
  const step = by[action];
  if (step !== undefined) {
    const moved = { ...screen, Row: 0, Top: Math.max(0, Math.min(screen.Top + step, most)) };
    const Read = isRead(model, moved, planned);
    return turn(show(model, { ...moved, ...(Read && { Read: true as const }) }));
  }
  if (action !== "agree") return null;
  const { Ticket, Plan: { Commands = [] }, Facts: { Repo: { CommonDir } } } = planned;
  return turn(withAgreement(model, "asking"), { Do: "agree", Ticket, Commands, CommonDir });
}

/** The review begins with its steps, once the commands were agreed to. */
export function agreed(model: Model): Model {
  const screen = top(model);
  if (screen.Name !== "review") return model;
  const { Read: _, ...rest } = screen;
  return show(model, { ...rest, Row: 0, Top: 0 });
}

/** Every command in its place, what they are, and what agreeing means. */
export function drawAgree(model: Model, screen: ReviewScreen, planned: Planned): Drawing {
  const { Style } = model;
  const { Head, All, Foot, Rows, Small } = layout(model, planned);
  const from = Math.max(0, Math.min(screen.Top, All.length - Rows));
  const shown = All.slice(from, from + Rows);
  const Main = [...Head, ...Array.from({ length: Rows }, (_, i) => shown[i] ?? []), ...Foot];
  const place = placeOf(Style, from, shown.length, All.length);
  return {
    // In a small window the place is more than the version, which is not typed here.
    Title: Small ? "commands" : `release ${versionWords(planned.Plan)} › commands`,
    State: place === "" ? [] : [own(Style, place)],
    Main,
    Whole: true,
  };
}

/** The same for those without a screen: every line of every command. */
export function tellAgree({ Plan }: Planned): string[] {
  const { Commands = [] } = Plan;
  return [
    `${whose(Commands)} Nothing starts before you have agreed.`,
    ...Commands.flatMap((command) => [
      `${placeWords(command)}${runsIn(Plan, command) ? "" : ` (${notNow})`}:`,
      ...shownCommand(command.Run).flatMap((row) => pieces(row).map((text) => `    ${text}`)),
    ]),
    `A agrees to ${theseWords(Commands)}, and is remembered here until one is changed.`,
  ];
}

const notNow = "not with this release";

function whose(commands: readonly Command[]): string {
  return commands.length === 1
    ? ".gorel.toml has a command that nobody has agreed to here. It is code from this " +
      "repository, and runs with your rights."
    : ".gorel.toml has commands that nobody has agreed to here. They are code from this " +
      "repository, and run with your rights.";
}

function theseWords(commands: readonly Command[]): string {
  return commands.length === 1
    ? "exactly this command"
    : `exactly these ${commands.length} commands`;
}

interface Layout {
  readonly Head: readonly Line[];
  /** The commands, all of them. */
  readonly All: readonly Line[];
  /** How many of their rows are shown. */
  readonly Rows: number;
  readonly Foot: readonly Line[];
  readonly Small: boolean;
}

function layout(model: Model, planned: Planned): Layout {
  const { Style } = model;
  const room = undivided(roomOf(model.Size, "review"), model.Size);
  const { Commands = [] } = planned.Plan;
  const small = room.Kind === "small";
  const columns = room.Columns;
  const All = commandLines(model, planned.Plan, room);
  const Head = small
    ? [[own(Style, `  ${count(Commands.length, "command")}, run with your rights:`)]]
    : [[], ...prose(Style, whose(Commands), columns - 2, 2), []];
  const digest = planned.Agreement?.Digest;
  const agrees = `A agrees to ${theseWords(Commands)}, once you have read to the end. That is ` +
    "remembered in the git directory, and asked again when one is changed.";
  const Foot = small ? [[own(Style, "  A agrees, once read to the end", "quiet")]] : [
    [],
    ...prose(Style, agrees, columns - 2, 2),
    ...(digest === undefined
      ? []
      : [[own(Style, `  The same elsewhere: --agree ${digest}`, "quiet")]]),
  ];
  const Rows = Math.max(1, room.Rows - Head.length - Foot.length);
  return { Head, All, Foot, Rows, Small: small };
}

/** Lines are made once for a plan and a width: a command may be as long as its file. */
const made = new WeakMap<Plan, { columns: number; ascii: boolean; lines: readonly Line[] }>();

/** Letters of a command that are cleaned at once: what is longer would be cut. */
const piece = 4000;

function pieces(text: string): string[] {
  const many = Math.max(1, Math.ceil(text.length / piece));
  return Array.from({ length: many }, (_, i) => text.slice(i * piece, (i + 1) * piece));
}

function commandLines({ Style }: Model, plan: Plan, { Kind, Columns }: Room): readonly Line[] {
  const known = made.get(plan);
  if (known?.columns === Columns && known.ascii === Style.ascii) return known.lines;
  const indent = Kind === "small" ? 4 : 20;
  const lines = (plan.Commands ?? []).flatMap((command): Line[] => {
    const rows = shownCommand(command.Run).flatMap((row) =>
      wrapped(row, Columns - indent - 1, Style.ascii)
    );
    if (!runsIn(plan, command)) rows.push(`(${notNow})`);
    const name = own(Style, `  ${placeWords(command)}`, "weight");
    const below = rows.map((Text): Line => [{ Text: " ".repeat(indent) }, { Text }]);
    if (indent < 20) return [[name], ...below];
    const [first = [], ...more] = below;
    return [[...pad(Style, [name], indent), ...first.slice(1)], ...more];
  });
  made.set(plan, { columns: Columns, ascii: Style.ascii, lines });
  return lines;
}

/** A line of a command in rows; those that go on stand further in, for they are no new line. */
function wrapped(row: string, columns: number, ascii: boolean): string[] {
  const lead = " ".repeat(Math.min(12, /^ */.exec(row)![0].length));
  const text = row.trim();
  const shown = pieces(text).map((part) => typedText(part, ascii)).join("");
  const [first = "", ...more] = wrapCells(shown, columns - lead.length - 2);
  return [lead + first, ...more.map((rest) => `${lead}  ${rest}`)];
}
