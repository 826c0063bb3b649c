/** How the end is drawn: what happened, what people type, the receipt, what can be done next. */
import { markWidth } from "../../../cli/style.ts";
import { latestOf } from "../review/expected.ts";
import { shortRef } from "../review/steps.ts";
import {
  cut,
  cutMiddle,
  foreign,
  foreignLines,
  type Line,
  line,
  mark,
  own,
  pad,
  rule,
  width,
} from "../../line.ts";
import type { Model, Run } from "../../model.ts";
import type { Plan } from "../../../plan/types.ts";
import { clean } from "../../../text.ts";
import { shortSubject } from "../../parting.ts";
import { cells } from "../../cells.ts";
import { isTrain } from "../../releases.ts";
import type { Drawing, Room } from "../../screen.ts";
import { reachOf } from "../../exits.ts";
import { clock } from "../../widgets/bar.ts";
import { choices } from "../../widgets/list.ts";
import { problemBlock } from "../../widgets/problems.ts";
import { sealLines, seals } from "../../widgets/seal.ts";
import { lineOf, type LineVersion, versionLine } from "../../widgets/versionline.ts";
import { comingOf } from "../review/words.ts";
import { stepRows } from "../applying/draw.ts";
import { saidLines } from "../applying/output.ts";
import { isOk, rungRows, sealsOf } from "../proof/rungs.ts";
import type { DoneScreen } from "../done.ts";
import { nextOf } from "./next.ts";
import { consequences, endProblems, headline, isServed, typed } from "./words.ts";

/** Cells of a framed seal with the space before it. */
const sealWidth = 21;

/** The end of a run. */
export function drawDone(model: Model, screen: DoneScreen, room: Room, run: Run): Drawing {
  const { Style } = model;
  const Title = titles[run.Outcome?.State ?? "failed"].replace("V", clean(shortSubject(model)));
  const State = line(Style, clock((run.Ended ?? model.Now) - run.Began));
  const rows = nextOf(model, run).map(([, row]) => row);
  const at = Math.min(screen.Row, rows.length - 1);
  const list = (most: number) => choices(Style, rows, at, room.Columns - 1, { room: most });
  if (room.Kind === "small") {
    const words = story(model, run, room.Columns, false).filter((l) => l.length > 0);
    const kept = Math.min(rows.length, Math.max(3, room.Rows - words.length));
    return { Title, State, Main: [...words.slice(0, room.Rows - kept), ...list(kept)] };
  }
  const narrow = room.Columns - (room.Side === 0 && hasSeal(model, run) ? sealWidth + 1 : 0);
  const text = [
    [],
    ...story(model, run, narrow, room.Side === 0),
    ...receipt(model, run, narrow, room),
  ];
  const most = room.Rows - rows.length - 1;
  const words = squeezed(text, most);
  while (room.Side === 0 && hasSeal(model, run) && words.length <= Math.min(sealLines, most - 1)) {
    words.push([]);
  }
  const shown = [...beside(model, run, words, narrow, room), []];
  const Main = [...shown, ...list(rows.length)];
  return {
    Title,
    State,
    Main,
    Side: room.Side > 0 ? side(model, run, room.Side - 2, room.Rows) : [],
  };
}

/** At most that many lines: empty ones go first, the last of them before the first. */
function squeezed(lines: readonly Line[], most: number): Line[] {
  const out = [...lines];
  for (let i = out.length - 1; i >= 0 && out.length > most; i--) {
    if (out[i]!.length === 0) out.splice(i, 1);
  }
  return out.slice(0, most);
}

const titles = {
  published: "released V",
  pushed: "V is out",
  "waiting-merge": "V waits for a merge",
  local: "V is made",
  undone: "V taken back",
  nothing: "nothing to release",
  stopped: "V stopped",
  failed: "V failed",
} as const;

/** What happened, what people type, what that means; problems and the way on. */
function story(model: Model, run: Run, columns: number, whole: boolean): Line[] {
  const { Style } = model;
  const [sign, words] = headline(model, run, columns < 50);
  const out = marked(model, sign, words, columns);
  if (isServed(run)) {
    const indent = columns < 50 ? 2 : 4;
    out.push([], ...typedLines(model, run, columns, indent));
    if (columns < 50) {
      const words = isTrain(run) ? "Nobody gets them by themselves." : "Nobody gets it by itself.";
      out.push([own(Style, `  ${words}`)]);
    }
    if (whole) {
      out.push([], ...consequences(model, run).flatMap((t) => said(model, t, columns)));
    }
  }
  if (!run.Outcome && run.Failed && endProblems(run).length === 0) {
    out.push([], ...foreignLines(Style, run.Failed.Text, columns - 2, 6, 4));
  }
  for (const p of endProblems(run)) out.push([], ...problemBlock(Style, p, columns - 2));
  const { Next } = run.Outcome ?? {};
  const chosen = nextOf(model, run).some(([, { Detail = "-" }]) => Next?.includes(Detail));
  if (Next !== undefined && !chosen) {
    out.push([], [{ Text: "  " }, own(Style, "→ ", "focus"), foreign(Style, Next)]);
  }
  return out;
}

/** What people type; of a long train as many as leave room for the rest. */
function typedLines(model: Model, run: Run, columns: number, indent: number): Line[] {
  const { Style, Size } = model;
  const all = typed(model, run).split("\n");
  const most = Math.max(2, Math.floor(Size.Rows / 4));
  const shown = all.length <= most ? all : all.slice(0, most - 1);
  const space = { Text: " ".repeat(indent) };
  return [
    ...shown.map((text): Line => [
      space,
      cutMiddle(Style, foreign(Style, text, "weight"), columns - indent - 1),
    ]),
    ...(shown.length < all.length
      ? [[space, own(Style, `… and ${all.length - shown.length} more`)]]
      : []),
  ];
}

function said({ Style }: Model, text: string, columns: number): Line[] {
  return foreignLines(Style, text, Math.min(columns - 2, 76), 8, 4);
}

function marked(
  { Style }: Model,
  sign: Parameters<typeof mark>[1],
  words: string,
  columns: number,
): Line[] {
  const indent = 3 + markWidth(Style);
  const [first = [], ...more] = foreignLines(Style, words, Math.min(columns - 1, 78), 4, indent);
  const text = first.map((s) => s.Text).join("").slice(indent);
  return [[{ Text: "  " }, mark(Style, sign), { Text: " " }, { Text: text }], ...more];
}

/** Names and hashes of what was made. */
function receipt(model: Model, run: Run, columns: number, room: Room): Line[] {
  const release = run.Outcome?.Releases[0];
  const state = run.Outcome?.State;
  if (!release || state === "undone" || reachOf(model) === "nothing") return [];
  const { Style } = model;
  const push = run.Plan?.Steps.find((s) => s.Do === "push");
  const planned = run.Plan?.Releases[0];
  const row = (name: string, value: string): Line => [
    own(Style, `    ${name.padEnd(9)}`, "quiet"),
    cutMiddle(Style, foreign(Style, value), columns - 15),
  ];
  const commit = run.Outcome?.Commit;
  if (isTrain(run)) return trainReceipt(model, run, columns);
  const to = push?.Do === "push" && isServed(run)
    ? `, with ${
      push.Refs.map((r) => shortRef(r.Name)).filter((n) => n !== release.TagName).join(" and ")
    } on ${push.Remote}`
      .replace(", with  on", " on")
    : "";
  // Where there is one pane, the sentences above say it.
  const latest = planned && room.Side > 0 && isServed(run) ? latestOf(Style, planned) : null;
  return [
    [],
    row(
      "tag",
      `${release.TagName}${commit === undefined ? "" : ` at ${commit.slice(0, 7)}`}${to}`,
    ),
    row("zip", release.Sum),
    row("go.mod", release.GoModSum),
    ...(latest === null ? [] : [[own(Style, "    @latest  ", "quiet"), ...latest]]),
  ];
}

/** A line for each release of a train: its tag, and the hash that was proven. */
function trainReceipt({ Style }: Model, run: Run, columns: number): Line[] {
  const all = run.Outcome?.Releases ?? [];
  const tag = Math.min(
    Math.max(...all.map((r) => cells(foreign(Style, r.TagName).Text))),
    Math.floor(columns / 2),
  );
  const commit = run.Outcome?.Commit;
  return [
    [],
    ...(commit === undefined ? [] : [[
      own(Style, `    ${"commit".padEnd(tag)}  `, "quiet"),
      foreign(Style, commit.slice(0, 7)),
    ]]),
    ...all.map((release): Line => [
      { Text: "    " },
      ...pad(Style, [cutMiddle(Style, foreign(Style, release.TagName), tag)], tag),
      { Text: "  " },
      cutMiddle(Style, foreign(Style, release.Sum, "quiet"), columns - tag - 8),
    ]),
  ];
}

function hasSeal(model: Model, run: Run): boolean {
  return !isTrain(run) && run.Outcome?.State === "published" && model.Size.Rows >= 24;
}

/** The seal of what was proven, at the right of the text where there is one pane only. */
function beside(model: Model, run: Run, text: Line[], narrow: number, room: Room): Line[] {
  if (room.Side > 0 || !hasSeal(model, run) || text.length < sealLines + 1) return text;
  const { Style } = model;
  const rows = rungRows(model, run);
  const From = isOk(rows, "zip") ? "proven" : "here";
  const Sum = run.Outcome?.Releases[0]?.Sum;
  const picture = seals(Style, [{ From, ...(Sum !== undefined && { Sum }) }], sealWidth + 2);
  return text.map((row, i) => {
    const art = picture[i - 1];
    return art ? [...pad(Style, row, narrow - 1), ...art] : cut(Style, row, room.Columns - 1);
  });
}

/** What it means to users, the versions, and the seals; where it stopped, how far it came. */
function side(model: Model, run: Run, columns: number, rows: number): Line[] {
  const { Style } = model;
  if (!isServed(run)) return howFar(model, run, columns, rows);
  const out: Line[] = [];
  if (run.Plan && !isTrain(run) && run.Plan.Releases[0]!.NewModule === undefined) {
    const drawn = versionLine(Style, versionsNow(model, run.Plan), columns);
    out.push([], ...drawn.filter((l) => width(l) > 0));
  }
  for (const text of consequences(model, run)) {
    out.push([], ...foreignLines(Style, text, Math.min(columns - 1, 74), 10, 2));
  }
  if (run.Outcome?.State === "published" && !isTrain(run)) {
    const of = sealsOf(run, rungRows(model, run));
    const all = seals(Style, of, columns);
    out.push([], ...(all.length > 0 ? all : seals(Style, of.slice(0, 1), columns)));
  }
  return out;
}

/** The steps that were carried out and those that were not, and what programs said last. */
function howFar(model: Model, run: Run, columns: number, rows: number): Line[] {
  const { Style } = model;
  const state = run.Outcome?.State;
  if (run.Steps.length === 0 || state === "undone" || state === "nothing") return [];
  const steps = [[], rule(Style, columns, "how far it came"), ...stepRows(model, {}, run, columns)];
  const said = saidLines(model, columns - 2);
  const room = rows - steps.length - 2;
  if (said.length === 0 || room < 1) return steps;
  const last = said.slice(-room).map((l): Line => [{ Text: "  " }, ...l]);
  return [...steps, [], rule(Style, columns, "output"), ...last];
}

/** The version line with the new version as one that is out. */
function versionsNow(model: Model, plan: Plan): LineVersion[] {
  const coming = comingOf(model, plan);
  const State = coming.Latest === coming.Version
    ? "latest"
    : coming.Retracts.includes(coming.Version)
    ? "retracted"
    : "plain";
  return lineOf(model, coming).map((v) =>
    v.State !== "planned" ? v : State === "plain" ? { ...v, State, Below: "new" } : { ...v, State }
  );
}
