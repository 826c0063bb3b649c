/** How the proof is drawn: rungs, how far, the seals of whose hash is known, what is certain. */
import { elapsed } from "../../../cli/print/layout.ts";
import { markWidth, type Style } from "../../../cli/style.ts";
import {
  cut,
  cutMiddle,
  foreign,
  foreignLines,
  leftRight,
  type Line,
  line,
  mark,
  own,
  pad,
  prose,
  rule,
  type Span,
  width,
} from "../../line.ts";
import type { Model, Run } from "../../model.ts";
import { shortSubject } from "../../parting.ts";
import type { Drawing, Room } from "../../screen.ts";
import { bar, clock, spinner } from "../../widgets/bar.ts";
import { isTrain } from "../../releases.ts";
import { choices, windowFrom } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import { seals } from "../../widgets/seal.ts";
import { outputWindow, saidLines } from "../applying/output.ts";
import type { ProofScreen } from "../proof.ts";
import { climbing, type RungRow, rungRows, sealsOf } from "./rungs.ts";
import { nextRows } from "./next.ts";
import { standing, standingShort, waiting } from "./words.ts";

/** Rows of a window from which on the seals are shown (look.md). */
const sealsFrom = 28;

/** The proof of a release, or the check of one that is out. */
export function drawProof(model: Model, screen: ProofScreen, room: Room, run: Run): Drawing {
  const { Style, Size } = model;
  const Version = shortSubject(model);
  const small = room.Kind === "small";
  const Title = run.Of === "verify"
    ? `check ${Version}`
    : `${small || isTrain(run) ? "" : "release "}${Version} › proof`;
  const State = line(Style, timeWords(model, run, screen.Began ?? run.Began, small));
  const columns = Size.Columns;
  const whole = { Title, State, Whole: true as const };
  const rows = rungRows(model, run);
  if (screen.Output !== undefined) {
    return { ...whole, Main: answers(model, rows, screen.Output, columns, room.Rows) };
  }
  const names = nameCells(model, rows, columns);
  const now = climbing(rows, run);
  const all = rows.map((row) => rungLine(model, screen, row, now, columns, names));
  const [done, of] = counted(rows);
  const label = `  ${done} of ${of}`;
  const meter = [
    { Text: "  " },
    ...bar(Style, done, of, Math.min(72, columns - 4 - label.length)),
    own(Style, label),
  ];
  const ended = run.Ended !== undefined;
  const words = standingLines(model, run, rows, columns);
  const problems = ended ? problemLines(model, run, columns) : [];
  const list = ended ? choices(Style, nextRows(model), screen.Row, columns - 1) : [];
  const taken = small ? 2 : words.length + problems.length + list.length + 5;
  const rungs = isTrain(run) ? aroundOpen(all, rows, room.Rows - taken) : all;
  if (small && !ended) {
    return { ...whole, Main: [...rungs, meter, shortLine(model, run, rows, columns)] };
  }
  if (small) {
    const text = [...words, ...problems].slice(0, room.Rows - list.length);
    const left = room.Rows - list.length - text.length;
    const open = rungs.filter((_, i) => left >= rungs.length || isOpen(rows[i]!));
    return { ...whole, Main: [...text, ...open.slice(0, left), ...list] };
  }
  const most = Math.max(2, room.Rows - rungs.length - words.length - list.length - 1);
  const end = [...words, ...problems.slice(0, most), ...(list.length > 0 ? [[], ...list] : [])];
  const Main: Line[] = [[], ...rungs, [], meter, []];
  const left = () => room.Rows - Main.length - end.length;
  const said = ended ? [] : serverLines(model, run, rows, screen.Heard, columns);
  const pictures = Size.Rows >= sealsFrom ? sealRows(model, run, rows, columns) : [];
  if (pictures.length > 0 && pictures.length + 1 <= left()) Main.push(...pictures, []);
  if (said.length > 0 && said.length + 1 <= left()) Main.push(...said, []);
  return { ...whole, Main: left() < 0 ? [...rungs, ...end] : [...Main, ...end] };
}

function timeWords({ Now, Draft }: Model, run: Run, began: number, small: boolean): string {
  const spent = clock((run.Ended ?? Now) - began);
  const limited = run.Of === "apply" && run.Ended === undefined && Draft.Wait > 0 && !small;
  return limited ? `${spent} of at most ${clock(Draft.Wait)}` : spent;
}

function shortLine(model: Model, run: Run, rows: readonly RungRow[], columns: number): Line {
  const words = foreign(model.Style, standingShort(model, run, rows));
  return [{ Text: "  " }, cutMiddle(model.Style, words, columns - 3)];
}

/** Cells of the names: those of a train's releases are their tags. */
function nameCells({ Style }: Model, rows: readonly RungRow[], columns: number): number {
  if (!rows[0]?.Of) return columns < 60 ? 26 : 27;
  const widest = Math.max(...rows.map((row) => width([foreign(Style, row.Name)])));
  return Math.min(widest, columns < 60 ? columns - 6 : Math.floor(columns / 2));
}

/** A train may have more releases than there are rows: the one that is being proven stays in sight. */
function aroundOpen(lines: readonly Line[], rows: readonly RungRow[], most: number): Line[] {
  const room = Math.max(3, most);
  const from = windowFrom(Math.max(0, rows.findIndex(isOpen)), lines.length, room);
  return lines.slice(from, from + room);
}

function isOpen({ State }: RungRow): boolean {
  return State === "failed" || State === "waiting";
}

function counted(rows: readonly RungRow[]): [number, number] {
  const all = rows.filter((r) => r.Counts);
  return [all.filter((r) => r.State === "ok").length, all.length];
}

function rungLine(
  model: Model,
  { Since }: ProofScreen,
  row: RungRow,
  now: RungRow | undefined,
  columns: number,
  name: number,
): Line {
  const { Style, Now } = model;
  const runs = row === now;
  const since = Since ?? Now;
  const sign: Span = runs ? spinner(model, since) : mark(
    Style,
    row.State === "ok" ? "✓" : row.State === "failed" ? "✗" : row.State === "waiting" ? "!" : "·",
  );
  const detail = columns < 60
    ? ""
    : row.State === "not-asked" && row.Detail !== "not reached"
    ? `not asked: ${row.Detail}`
    : row.State === "skipped"
    ? `does not apply: ${row.Detail}`
    : row.Detail;
  const ms = runs ? Now - since : row.Ms;
  const took = ms === undefined || ms < 100 || (runs && ms < 1000) ? "" : elapsed(ms);
  const right = took === "" ? [] : [own(Style, took, "quiet")];
  const left: Line = [
    { Text: "  " },
    sign,
    { Text: " " },
    ...pad(Style, [foreign(Style, row.Name)], name),
    { Text: " " },
  ];
  const room = columns - 1 - width(left) - (right.length > 0 ? 2 + width(right) : 0);
  return leftRight(Style, [...left, withShortHash(Style, detail, room)], right, columns - 1);
}

/** What was found; where it is too long, its hash gives way in the middle first. */
function withShortHash(style: Style, detail: string, columns: number): Span {
  const whole = foreign(style, detail);
  const missing = width([whole]) - columns;
  if (missing <= 0) return whole;
  const shorter = (hash: string) =>
    hash.length - missing < 16
      ? hash
      : cutMiddle(style, { Text: hash }, hash.length - missing).Text;
  return { ...whole, Text: whole.Text.replace(/h1:[\w+/]{43}=/, shorter) };
}

function standingLines(
  model: Model,
  run: Run,
  rows: readonly RungRow[],
  columns: number,
): Line[] {
  const { Style } = model;
  const { Mark, Words } = standing(model, run, rows);
  const indent = Mark ? 3 + markWidth(Style) : 2;
  const lines = Words.flatMap((text) =>
    foreignLines(Style, text, Math.min(columns - 2, 76), 4, indent)
  );
  const [first, ...more] = lines;
  if (!Mark || !first) return lines;
  const text = first.map((s) => s.Text).join("").slice(indent);
  return [[{ Text: "  " }, mark(Style, Mark), { Text: ` ${text}` }], ...more];
}

function problemLines({ Style }: Model, run: Run, columns: number): Line[] {
  const problems = run.Verified?.Problems ?? run.Failed?.Problems ?? [];
  const words = run.Failed && problems.length === 0
    ? foreignLines(Style, run.Failed.Text, columns - 2, 6, 4)
    : [];
  return [...words, ...problems.flatMap((p) => problemBlock(Style, p, columns - 2))];
}

function serverLines(
  model: Model,
  run: Run,
  rows: readonly RungRow[],
  heard: number | undefined,
  columns: number,
): Line[] {
  const { Style } = model;
  const now = waiting(model, run, rows, heard);
  if (!now) return [];
  return [
    [{ Text: " " }, ...rule(Style, columns - 2, `the answer, ${now.Asked}`)],
    ...foreignLines(Style, now.Said, columns - 3, 4, 2),
  ];
}

/** The seals, and beside them what they mean where there is room. */
function sealRows(model: Model, run: Run, rows: readonly RungRow[], columns: number): Line[] {
  const { Style } = model;
  const of = sealsOf(run, rows);
  const here = of[0]?.Sum;
  if (here === undefined) return [];
  const pictures = seals(Style, of, columns - 1);
  const used = 4 + of.length * 19 + (of.length - 1) * 5;
  const room = columns - used - 3;
  if (room < 24) return pictures;
  const log = logWords(rows);
  const words: Line[] = [
    [],
    [cutMiddle(Style, foreign(Style, here), room)],
    [],
    ...prose(Style, sealWords(of.map((s) => s.Sum)), room),
    ...(log === "" ? [] : [[], ...prose(Style, log, room)]),
  ];
  return pictures.map((row, i) => [
    ...pad(Style, row, used),
    { Text: "  " },
    ...cut(Style, words[i] ?? [], room),
  ]);
}

/** What is open about the checksum log; "" where it has answered. */
function logWords(rows: readonly RungRow[]): string {
  const { State, Detail } = rows.find((r) => r.Do === "checksum-database")!;
  if (State === "ok" || State === "failed") return "";
  const never = State === "skipped" || State === "not-asked" && Detail !== "not reached";
  return never ? "The checksum log is not asked." : "The checksum log is not asked yet.";
}

function sealWords(sums: readonly (string | undefined)[]): string {
  const [here, proxy] = sums;
  if (sums.length === 1) return "The hash of the zip, as it is worked out here.";
  if (proxy === undefined) return "The hash that the proxy must have, too.";
  return proxy === here
    ? "Pictures of one hash. The same everywhere: everybody gets exactly the code of this tag."
    : "Not the same: the proxy serves other code than this tag.";
}

/** Every answer in full, and what programs said. */
function answers(
  model: Model,
  rows: readonly RungRow[],
  back: number,
  columns: number,
  most: number,
): Line[] {
  const lines = answerLines(model, rows, columns);
  const { lines: shown, from } = outputWindow(lines, back, most - 1);
  const place = `answers ${from + 1}${model.Style.ascii ? "-" : "–"}${
    from + shown.length
  } of ${lines.length}`;
  return [[{ Text: " " }, ...rule(model.Style, columns - 2, place)], ...shown];
}

/** The lines of all answers. */
export function answerLines(
  model: Model,
  rows: readonly RungRow[],
  columns: number,
): readonly Line[] {
  const { Style } = model;
  const rungs = rows.filter((r) => r.Detail !== "").flatMap((r): Line[] => [
    [{ Text: "  " }, foreign(Style, r.Name, "weight")],
    ...foreignLines(Style, r.Detail, columns - 2, 40, 4),
  ]);
  const said = saidLines(model, columns - 5).map((l): Line => [{ Text: "    " }, ...l]);
  const all = said.length === 0 ? rungs : [...rungs, [own(Style, "  output", "weight")], ...said];
  return all.length > 0 ? all : [[own(Style, "  nobody answered yet", "quiet")]];
}
