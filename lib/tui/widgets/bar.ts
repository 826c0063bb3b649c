/** How far: the bar, the spinner, step dots, ages and elapsed times. */
import { markWidth, type Style } from "../../cli/style.ts";
import { count } from "../../text.ts";
import { type Line, mark, own, type Span } from "../line.ts";
import type { Model } from "../model.ts";

/** `━━━━━───` over `columns` cells: the filled part is done. In ASCII `###---`. */
export function bar(style: Style, done: number, of: number, columns: number): Line {
  const part = of > 0 ? Math.min(1, Math.max(0, done / of)) : 0;
  const filled = Math.floor(part * Math.max(0, columns));
  return [
    { Text: (style.ascii ? "#" : "━").repeat(filled), Role: "focus" },
    own(style, "─".repeat(Math.max(0, columns - filled)), "quiet"),
  ];
}

const turning = ["◐", "◓", "◑", "◒"];

/** How long a step runs, in milliseconds, before something turns for it; and each picture of that. */
const patience = 150, frameTime = 125;

/**
 * The one spinner: after 150 ms one of `◐◓◑◒`, 8 a second (ASCII `|/-\`); `◐` where nothing
 * moves. As wide as a mark. `since` in milliseconds, like `model.Now`.
 */
export function spinner({ Style, Motion, Now }: Model, since: number): Span {
  if (!Motion) return mark(Style, "◐");
  const runs = Now - since;
  if (!(runs >= patience)) return mark(Style, "·");
  const at = Math.floor((runs - patience) / frameTime) % turning.length;
  const shown = Style.ascii ? "|/-\\"[at]! : turning[at]!;
  return { Text: shown + " ".repeat(markWidth(Style) - 1), Role: "attention" };
}

/** `●●◐○○ 3 of 5`: what is done, what runs (`at`, from 1), what comes. */
export function dots(style: Style, at: number, of: number): Line {
  const done = Math.max(0, Math.min(at - 1, of));
  const runs = at >= 1 && at <= of ? 1 : 0;
  return [
    own(style, "●".repeat(done), "good"),
    own(style, "◐".repeat(runs), "attention"),
    own(style, "○".repeat(of - done - runs), "quiet"),
    { Text: ` ${Math.max(0, Math.min(at, of))} of ${of}` },
  ].filter((span) => span.Text !== "");
}

/** `00:07`, `12:03`, `1:02:03`: a time in milliseconds. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000) || 0);
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

const minute = 60, hour = 60 * minute, day = 24 * hour, month = 30.44 * day, year = 365.25 * day;

/**
 * `9 days`, `4 months`, `3 hours`, `now`: how long before `now` a moment was, in one unit.
 * Both in seconds since 1970; "" while the moment is not known.
 */
export function age(time: number | undefined, now: number): string {
  if (time === undefined) return "";
  const past = now - time;
  if (past < minute) return "now";
  if (past < hour) return count(Math.floor(past / minute), "minute");
  if (past < day) return count(Math.floor(past / hour), "hour");
  if (past < 2 * month) return count(Math.floor(past / day), "day");
  if (past < 2 * year) return count(Math.floor(past / month), "month");
  return count(Math.floor(past / year), "year");
}
