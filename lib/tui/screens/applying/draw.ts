/** How applying is drawn: the steps, the line that is crossed, what programs say. */
import { elapsed } from "../../../cli/print/layout.ts";
import { glyphs } from "../../../cli/style.ts";
import {
  foreign,
  leftRight,
  type Line,
  line,
  mark,
  noReturn,
  own,
  prose,
  rule,
  type Span,
} from "../../line.ts";
import type { Model, Run } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { clock, spinner } from "../../widgets/bar.ts";
import { shortSubject } from "../../parting.ts";
import type { StepNews } from "../../../apply/account.ts";
import type { ApplyingScreen } from "../applying.ts";
import { toldPlace } from "../../commands.ts";
import { proofWords } from "../review/steps.ts";
import { lastLines, outputWindow, saidLines } from "./output.ts";
import { isCrossed, markOf, runningOf, type RunRow, runRows } from "./steps.ts";
import { stopWords } from "./words.ts";

const verbs: Readonly<Record<Run["Of"], string>> = {
  apply: "release",
  resume: "resume",
  undo: "undo",
  verify: "check",
};

/** A run that changes something. */
export function drawApplying(
  model: Model,
  screen: ApplyingScreen,
  room: Room,
  run: Run,
): Drawing {
  const { Style } = model;
  const verb = room.Kind === "small" ? "" : `${verbs[run.Of]} `;
  const Title = `${verb}${shortSubject(model)} › ${run.Of === "undo" ? "taking back" : "applying"}`;
  const State = line(Style, clock((run.Ended ?? model.Now) - run.Began));
  if (screen.Output !== undefined) {
    return { Title, State, Main: fullOutput(model, screen.Output, room), Whole: true };
  }
  if (room.Side > 0) {
    return {
      Title,
      State,
      Main: [
        [],
        ...stepRows(model, screen, run, room.Columns),
        [],
        ...stopLines(model, run, room.Columns),
      ],
      Side: outputPane(model, room.Side - 2, room.Rows, true),
    };
  }
  const small = room.Kind === "small";
  const steps = stepRows(model, screen, run, room.Columns);
  const words = small ? [] : stopLines(model, run, room.Columns);
  const above = small ? [] : [[]];
  const left = room.Rows - above.length - steps.length - words.length - (small ? 0 : 1);
  const pane = left > 1 ? outputPane(model, room.Columns - 1, left) : [];
  const filled = Array.from({ length: Math.max(0, left) }, (_, i) => pane[i] ?? []);
  return { Title, State, Main: [...above, ...steps, ...filled, ...(small ? [] : [[]]), ...words] };
}

/** The steps as they stand, with the line of no return. */
export function stepRows(
  model: Model,
  screen: Pick<ApplyingScreen, "Since">,
  run: Run,
  columns: number,
): Line[] {
  const { Style } = model;
  const rows = runRows(run, model.Facts);
  const crossed = isCrossed(run);
  const digits = String(rows.length).length;
  const now = run.Ended === undefined ? rows.find((row) => row.State === "begun") : undefined;
  const out: Line[] = [];
  let beyond = false;
  for (const row of rows) {
    if (row.Beyond && !beyond) {
      out.push([{ Text: " " }, ...noReturn(Style, columns - 2)]);
      beyond = true;
    }
    out.push(stepRow(model, screen, row, { crossed, runs: row.Id === now?.Id, columns, digits }));
  }
  if (out.length > 0) return out;
  return [[
    { Text: "  " },
    run.Ended === undefined ? spinner(model, run.Began) : mark(Style, "·"),
    own(Style, run.Of === "undo" ? " taking back refs, index and files" : " beginning"),
  ]];
}

function stepRow(
  model: Model,
  { Since }: Pick<ApplyingScreen, "Since">,
  row: RunRow,
  { crossed, runs, columns, digits }: {
    crossed: boolean;
    runs: boolean;
    columns: number;
    digits: number;
  },
): Line {
  const { Style, Now } = model;
  const since = Since ?? Now;
  const left: Span[] = [
    { Text: "  " },
    runs ? spinner(model, since) : mark(Style, row.State === "begun" ? "·" : markOf(row.State)),
    own(Style, ` ${String(row.Number).padStart(digits)} `),
    own(Style, row.Name.padEnd(7), crossed && row.Beyond ? "noReturn" : undefined),
    { Text: " " },
    foreign(Style, glyphs(Style, row.Words.slice(0, 500))),
  ];
  const ms = runs ? Now - since : row.Ms;
  const took = ms === undefined || (runs && ms < 1000) ? "" : elapsed(ms);
  return leftRight(Style, left, took === "" ? [] : [own(Style, took, "quiet")], columns - 1);
}

/** The last lines of what was said, under their heading: beside the steps, or below them. */
function outputPane(model: Model, columns: number, rows: number, aside = false): Line[] {
  const { Style, Run } = model;
  const now = Run && runningOf(Run);
  const name = now ? `output of ${outputOf(now, Run)}` : "output";
  const said = lastLines(model, rows - 2);
  return [
    [],
    aside ? rule(Style, columns, name) : [{ Text: " " }, ...rule(Style, columns - 1, name)],
    ...(said.length > 0
      ? said.map((l): Line => [{ Text: "  " }, ...l])
      : [[own(Style, "  nothing was said yet", "quiet")]]),
  ];
}

/** Whose output is heard: the part of a proof, the place of a command, or the step. */
function outputOf({ Id, Do }: StepNews, { Plan }: Run): string {
  const step = Plan?.Steps.find((one) => one.Id === Id);
  if (Do === "command") return `the command ${toldPlace({ Id })}`;
  return step?.Do === "prove" ? proofWords([step]) : Do === "write" ? "commit" : Do;
}

function fullOutput(model: Model, back: number, room: Room): Line[] {
  const { Style } = model;
  const columns = model.Size.Columns;
  const all = saidLines(model, columns - 3);
  if (all.length === 0) return [[], [own(Style, "  nothing was said yet", "quiet")]];
  const { lines, from } = outputWindow(all, back, room.Rows - 1);
  const place = `output ${from + 1}${Style.ascii ? "-" : "–"}${
    from + lines.length
  } of ${all.length}`;
  return [
    [{ Text: " " }, ...rule(Style, columns - 2, place)],
    ...lines.map((l): Line => [{ Text: "  " }, ...l]),
  ];
}

function stopLines(model: Model, run: Run, columns: number): Line[] {
  const { Style } = model;
  const [sign, words] = stopWords(model, run);
  const rows = prose(Style, words, columns - 2, sign ? 4 : 2);
  const [first, ...more] = rows;
  if (!sign || first === undefined) return rows;
  const text = first.map((s) => s.Text).join("").trimStart();
  return [[{ Text: "  " }, mark(Style, "!"), { Text: ` ${text}` }], ...more];
}
