/** All commits since the last release, or what they changed, over the step. */
import { known } from "../../../facts/types.ts";
import type { Action } from "../../keys.ts";
import { cut, foreign, leftRight, type Line, line, own, pad, prose } from "../../line.ts";
import type { Model, News } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Drawing, Room } from "../../screen.ts";
import { age } from "../../widgets/bar.ts";
import { type DiffLine, diffLines, diffOfGit } from "../../widgets/diff.ts";
import type { GuidedScreen } from "../guided.ts";

export interface Look {
  readonly Of: "log" | "diff";
  /** The first line that is shown. */
  readonly Top: number;
  /** The row that was highlighted before. */
  readonly Row: number;
  /** Of the diff, once git has answered. */
  readonly Lines?: readonly DiffLine[];
}

/** Names the answer to our wish for a diff. */
export const diffKey = "guided";

/** Opened at its beginning. */
export function opened(of: Look["Of"], row: number): Look {
  return { Of: of, Top: 0, Row: row };
}

/** The screen after git has answered, if it was asked from here. */
export function heard(screen: GuidedScreen, told: News): GuidedScreen {
  if (screen.Look?.Of !== "diff" || screen.Look.Lines) return screen;
  if (told.Is === "diff" && told.Of === diffKey) {
    return { ...screen, Look: { ...screen.Look, Lines: diffOfGit(told.Lines) } };
  }
  return told.Is === "failed" ? { ...screen, Look: { ...screen.Look, Lines: [] } } : screen;
}

/** The look after a key that moves it. */
export function scrolled(model: Model, look: Look, action: Action): Look {
  const page = Math.max(1, model.Size.Rows - 6);
  const most = Math.max(0, lengthOf(model, look) - page);
  const to = {
    up: look.Top - 1,
    down: look.Top + 1,
    pageUp: look.Top - page,
    pageDown: look.Top + page,
    first: 0,
    last: most,
  }[action as "up"] ?? look.Top;
  return { ...look, Top: Math.max(0, Math.min(to, most)) };
}

function lengthOf(model: Model, look: Look): number {
  return look.Of === "diff" ? look.Lines?.length ?? 0 : commitsOf(model).length;
}

function commitsOf(model: Model) {
  const module = moduleOf(model);
  return (module && known(module.Commits)?.Commits) ?? [];
}

/** Some of the commits since the last release, newest first: id, subject, author and age. */
export function commitLines(model: Model, columns: number, from: number, most: number): Line[] {
  const { Style, Now } = model;
  return commitsOf(model).slice(from, from + Math.max(0, most)).map((commit): Line => {
    const when = own(Style, age(commit.Time, Now / 1000).padStart(9), "quiet");
    const who = pad(Style, cut(Style, [foreign(Style, commit.AuthorName, "quiet")], 16), 18);
    const left = line(
      Style,
      "    ",
      own(Style, commit.Oid.slice(0, 7), "quiet"),
      "  ",
      foreign(Style, commit.Subject),
    );
    return leftRight(Style, left, columns < 60 ? [when] : [...who, when], columns - 1);
  });
}

/** The look, over the whole window. */
export function drawLook(model: Model, look: Look, room: Room): Drawing {
  const { Style, Size: { Columns } } = model;
  const base = moduleOf(model)?.Base?.Version ?? "";
  const Title = look.Of === "log" ? `commits since ${base}` : `${base}..HEAD`;
  const count = lengthOf(model, look);
  const top = Math.max(0, Math.min(look.Top, count - room.Rows));
  const State = count > room.Rows
    ? line(Style, `${top + 1}–${Math.min(count, top + room.Rows)} of ${count}`)
    : [];
  const waiting = look.Of === "diff" && !look.Lines;
  const lines = waiting
    ? [line(Style, "  ", own(Style, "·", "quiet"), " git works it out")]
    : look.Of === "log"
    ? commitLines(model, Columns, top, room.Rows)
    : diffLines(Style, look.Lines ?? [], Columns, top, room.Rows);
  const Main = count === 0 && !waiting
    ? [[], ...prose(Style, "Git says nothing changed.", Columns - 2, 2)]
    : lines;
  return { Title, State, Main, Whole: true };
}
