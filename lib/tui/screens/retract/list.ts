/** The list of published versions and the field for the reason, as the editor draws them. */
import { trimRationale } from "../../../go/modfile/mod.ts";
import { cells } from "../../cells.ts";
import { foreign, leftRight, type Line, line, own, type Span } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { age } from "../../widgets/bar.ts";
import { fieldLine } from "../../widgets/field.ts";
import { windowFrom } from "../../widgets/list.ts";
import type { RetractScreen } from "../retract.ts";
import { intervalsOf } from "./chosen.ts";
import { type Listed, listed, reasonSize, wrongReason } from "./parts.ts";
import { sentence } from "./blocks.ts";
import { alreadyWords, unanswered } from "./words.ts";

/** The row of the list that is highlighted, whichever list has the focus. */
export function versionRow(versions: readonly Listed[], screen: RetractScreen): number {
  if (screen.Focus === "versions") return Math.min(screen.Row, versions.length - 1);
  return Math.max(0, versions.findIndex((v) => v.Version === screen.On));
}

/** The versions that a range from the anchor to the highlighted row takes in, newest first. */
export function inRange(versions: readonly Listed[], screen: RetractScreen): string[] {
  const from = versions.findIndex((v) => v.Version === screen.Anchor);
  if (from < 0) return [];
  const to = versionRow(versions, screen);
  return versions.slice(Math.min(from, to), Math.max(from, to) + 1).map((v) => v.Version);
}

/** `[x]`, `[v]` while a range is being drawn, `[·]` retracted already, `[ ]`. */
export function box(of: Listed, screen: RetractScreen, range: readonly string[]): string {
  if (screen.Marked.includes(of.Version)) return "[x]";
  if (range.includes(of.Version)) return "[v]";
  return of.Already === undefined ? "[ ]" : "[·]";
}

/** Header and at most `room` rows; none without facts. */
export function listLines(
  model: Model,
  screen: RetractScreen,
  columns: number,
  room: number,
  header = true,
): Line[] {
  const { Style } = model;
  const versions = listed(model);
  if (versions.length === 0) {
    const words = model.Lost
      ? "The facts could not be read: w shows why."
      : model.Facts
      ? "Nothing is published, so there is nothing to retract."
      : "· reading the versions";
    return [line(Style, "  " + words)];
  }
  const at = versionRow(versions, screen);
  const first = Math.max(0, windowFrom(at, versions.length, room));
  const shown = versions.slice(first, first + room);
  const range = inRange(versions, screen);
  const wide = Math.max(7, ...versions.map((v) => v.Version.length));
  const focused = screen.Focus === "versions";
  const reason = trimRationale(screen.Reason.Text);
  let said = false;
  const rows = shown.map((of, i): Line => {
    const here = first + i === at;
    const marked = screen.Marked.includes(of.Version);
    const why = marked
      ? (said && reason !== "" ? "same" : reason)
      : of.Already ?? (of.Latest ? "latest" : "");
    said ||= marked;
    const state = of.Already === undefined ? "" : of.Pending ? "in go.mod" : "already";
    const name = own(Style, of.Version.padEnd(wide), here && focused ? "focus" : undefined);
    const left = [
      { Text: "  " },
      here ? own(Style, focused ? "›" : "·", focused ? "focus" : "quiet") : { Text: " " },
      own(Style, ` ${box(of, screen, range)} `),
      name,
      own(Style, age(of.Time, model.Now / 1000).padStart(11), "quiet"),
      { Text: "  " },
      foreign(Style, why, marked || of.Already !== undefined ? undefined : "quiet"),
    ];
    return leftRight(Style, left, line(Style, own(Style, state, "quiet")), columns - 1);
  });
  if (!header) return rows;
  const counted = versions.length > room
    ? `${first + 1}${Style.ascii ? "-" : "–"}${first + shown.length} of ${versions.length}`
    : "";
  const titles = `  ${"Published".padEnd(8 + wide)}${"".padEnd(9)}Why`;
  return [
    leftRight(
      Style,
      line(Style, own(Style, titles, "weight")),
      line(Style, own(Style, counted, "quiet")),
      columns - 1,
    ),
    ...rows,
  ];
}

/** What is being asked, how long the answer is, the field, and a row for what is wrong. */
export function reasonLines(model: Model, screen: RetractScreen, columns: number): Line[] {
  const { Style } = model;
  const intervals = intervalsOf(model, screen)
    .map(({ Low, High }) => Low === High ? Low : `${Low}..${High}`);
  const versions = intervals.length === 0 ? "" : ` ${shortened(intervals, columns - 50)}`;
  const label = [
    own(Style, `  Why${versions}`, "weight"),
    own(Style, columns < 50 ? "" : " (shown by go get and pkg.go.dev)"),
  ];
  const focus = screen.Focus === "reason";
  const field = fieldLine(Style, screen.Reason, columns - 1, {
    focus,
    hint: "what is wrong, and which version to use",
  });
  const size: Span = own(Style, reasonSize(screen.Reason.Text), "quiet");
  return [
    leftRight(Style, label, [size], columns - 1),
    field,
    ...remark(model, screen, columns),
  ];
}

/** At most as many intervals as fit; the rest are counted. */
function shortened(intervals: readonly string[], columns: number): string {
  const shown: string[] = [];
  for (const text of intervals) {
    if (shown.length > 0 && cells([...shown, text].join(", ")) > columns) break;
    shown.push(text);
  }
  const more = intervals.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The one thing that is to be said about the reason, or else about the list: one line at least. */
function remark(model: Model, screen: RetractScreen, columns: number): Line[] {
  const { Style } = model;
  const module = moduleOf(model);
  const { Text } = screen.Reason;
  const wrong = Text === "" ? null : wrongReason(Text);
  if (wrong !== null) return sentence(Style, "✗", `The reason ${wrong}.`, columns);
  const already = module && alreadyWords(module, intervalsOf(model, screen));
  if (already !== undefined) return sentence(Style, "!", already, columns);
  const missing = unanswered(model);
  return missing === undefined ? [[]] : sentence(Style, "·", missing, columns);
}
