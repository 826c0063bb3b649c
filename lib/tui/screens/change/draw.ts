/** How "what changed?" is drawn and told. */
import { firstRelease } from "../../../advice/first.ts";
import { consequences } from "../../../advice/consequences.ts";
import { latestAfter } from "../../../plan/latest.ts";
import { foreign, type Line, line, mark, own, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { lineOf, versionLine } from "../../widgets/versionline.ts";
import { type Advised, advisedOf } from "../version/advice.ts";
import {
  adviceTitle,
  contradiction,
  evidenceLines,
  evidenceTexts,
  notCheckedLines,
} from "../version/evidence.ts";
import { choiceRow } from "../version/row.ts";
import { say, sayMarked } from "../version/say.ts";
import type { ChangeScreen } from "../change.ts";
import { commitsOf, logLines, sinceShort, sinceText } from "./log.ts";
import { type Answer, answersOf, question } from "./rows.ts";

/** How to tell the answers apart. */
export function howToDecide({ Module }: Advised): readonly string[] {
  if (!Module.Base) {
    return [firstRelease(Module)];
  }
  return [
    "Could what builds today stop building, or behave differently? Breaking.",
    "Can users do, or must they require, something new? A feature.",
    "Otherwise: a bug fix.",
  ];
}

/** Why no answer can be chosen yet. */
export function waiting({ Lost }: Model): string {
  return Lost ? "the repository could not be read" : "the repository is still being read";
}

/** The version line as it will be with a version; two rows, whatever is known. */
export function lineWith(
  model: Model,
  advised: Advised | undefined,
  version: string,
  columns: number,
): Line[] {
  if (!advised) return [[{ Text: "  " }, own(model.Style, "·", "quiet")], []];
  const { Facts, Module } = advised;
  const coming = version === "" ? undefined : {
    Version: version,
    Retracts: [],
    Latest: latestAfter(Facts, Module, version, Module.GoMod.Mod.Retract),
  };
  return [...versionLine(model.Style, lineOf(model, coming), columns - 1)];
}

/** The screen: the question, the answers with their versions, and what the highlighted one means. */
export function draw(model: Model, screen: ChangeScreen, room: Room): Drawing {
  const { Style } = model;
  const advised = advisedOf(model);
  const answers = answersOf(advised, waiting(model));
  const chosen = answers[screen.Row] ?? answers[0]!;
  const columns = room.Columns;
  const small = room.Kind === "small";
  // Every row counts in a small window, and the highlighted row names the version already.
  const bare = small && screen.Log === undefined;
  const widths = {
    Label: Math.max(...answers.map((a) => a.Label.length)),
    Version: Math.max(4, ...answers.map((a) => a.Version.length)),
  };
  const rows = answers.map((a, i) =>
    choiceRow(
      Style,
      {
        Label: a.Label,
        Version: a.Version === "" && a.Said !== "unsure" ? "·" : a.Version,
        Tail: tail(model, a, small),
        Chosen: i === screen.Row,
        Focus: true,
      },
      widths,
      columns,
    )
  );
  const head: Line[] = small ? [] : [
    ...(room.Kind === "normal" ? [] : [[]]),
    ...lineWith(model, advised, coming(chosen), columns),
    [],
    [{ Text: "  " }, own(Style, question(advised), "weight")],
    [],
  ];
  const used = head.length + rows.length + (small ? bare ? 0 : 1 : 2);
  const left = Math.max(0, room.Rows - used);
  const below = room.Side > 0 && screen.Log === undefined
    ? evidencePane(model, advised, columns, left)
    : screen.Log !== undefined && advised
    ? logLines(model, advised.Module, columns, screen.Log, left)
    : meaning(model, advised, chosen, columns - 2, left);
  const heading = screen.Log !== undefined
    ? commitsHeading(advised)
    : room.Side > 0
    ? advised ? adviceTitle(advised) : "Why"
    : headingOf(chosen, advised);
  return {
    Title: "release › what changed",
    ...(advised && !small && { State: line(Style, sinceShort(advised.Module)) }),
    Main: [
      ...head,
      ...rows,
      ...(small ? [] : [[]]),
      ...(bare ? [] : [[{ Text: " " }, ...rule(Style, columns - 2, heading)]]),
      ...below,
    ],
    Side: [
      rule(Style, room.Side - 2, headingOf(chosen, advised)),
      [],
      ...meaning(model, advised, chosen, room.Side - 2, room.Rows - 2, 0),
    ],
  };
}

function commitsHeading(advised: Advised | undefined): string {
  const base = advised?.Module.Base?.Version;
  return base === undefined ? "Commits" : `Commits since ${base}`;
}

/** A version that only another path can have does not go onto this module's line. */
function coming({ Version, NewModule }: Answer): string {
  return NewModule === undefined ? Version : "";
}

function headingOf(answer: Answer, advised: Advised | undefined): string {
  if (answer.Said === "unsure") return advised ? adviceTitle(advised) : "Advice";
  return answer.Version === "" ? answer.Label : `${answer.Version} for users`;
}

function tail({ Style }: Model, { Advised, Off, Said, Says }: Answer, small: boolean): Line {
  if (Off !== undefined) {
    return small ? [mark(Style, "✗")] : line(Style, mark(Style, "✗"), " ", foreign(Style, Off));
  }
  const says = Says === undefined ? "" : foreign(Style, Says).Text;
  if (Advised) {
    const words = says === "" ? " advised" : ` advised: ${says}`;
    return line(Style, mark(Style, "●"), small ? "" : words);
  }
  if (says !== "" && !small) return line(Style, says);
  return Said === "unsure" && !small ? line(Style, "what the commits and go.mod say") : [];
}

function evidencePane(
  model: Model,
  advised: Advised | undefined,
  columns: number,
  room: number,
): Line[] {
  if (!advised) return [];
  const { Style } = model;
  const not = notCheckedLines(Style, advised, columns - 2, 6);
  const most = Math.floor((room - not.length) / 2);
  const found = evidenceLines(Style, advised, columns - 1, 0, most);
  const log = logLines(model, advised.Module, columns, 0, room - found.length - not.length - 3);
  const heading = commitsHeading(advised);
  return [...found, [], ...not, [], [{ Text: " " }, ...rule(Style, columns - 2, heading)], ...log];
}

/** What the highlighted answer means, the most important first, in at most `room` rows. */
function meaning(
  model: Model,
  advised: Advised | undefined,
  answer: Answer,
  columns: number,
  room: number,
  indent = 2,
): Line[] {
  const { Style } = model;
  const told = (text: string): Line[] => say(Style, text, columns, indent);
  if (!advised) return told(`${answer.Means} (${waiting(model)})`);
  if (answer.Said === "unsure") return unsure(model, advised, columns, room, indent);
  const against = contradiction(advised, answer.Said);
  const blocks: Line[][] = [
    ...(answer.Off === undefined
      ? []
      : [sayMarked(Style, "✗", `Not now: ${answer.Off}.`, columns, indent)]),
    ...(against === null ? [] : [sayMarked(Style, "!", against, columns, indent)]),
    ...meant(advised, answer).map(told),
  ];
  const out: Line[] = [];
  for (const block of blocks) {
    if (out.length + block.length > room && out.length > 0) break;
    out.push(...block);
  }
  return out.slice(0, room);
}

/** The sentences about an answer, for the screen and for plain questions. */
export function meant({ Module }: Advised, answer: Answer): string[] {
  const { Version, NewModule, Means } = answer;
  const then = consequences(Module, { Version, ...(NewModule !== undefined && { NewModule }) });
  if (NewModule !== undefined) return [...then, instead];
  return Module.Base ? [...then, Means] : then;
}

/** What a new major can be put off by. */
const instead =
  "Or keep the old API beside the new, mark it deprecated, and release a minor instead.";

/** What was found, what was not looked at, and how to decide; beside a list only the last. */
function unsure(
  { Style }: Model,
  advised: Advised,
  columns: number,
  room: number,
  indent: number,
): Line[] {
  const how = howToDecide(advised).flatMap((text) => prose(Style, text, columns, indent));
  if (indent === 0) return how;
  const not = notCheckedLines(Style, advised, columns, room > how.length + 2 ? 3 : 1);
  const rest = room - not.length;
  const found = evidenceLines(Style, advised, columns, 0, Math.max(1, rest - how.length));
  return [...found, ...not, ...how].slice(0, room);
}

/** What plain questions say before they ask. */
export function tell(model: Model): string[] {
  const advised = advisedOf(model);
  if (!advised) return [`${waiting(model)}.`];
  const { Module, Advice } = advised;
  const commits = commitsOf(Module).slice(0, 20);
  return [
    question(advised),
    `${sinceText(Module)}:`,
    ...commits.map((c) => `  ${c.Oid.slice(0, 7)} ${c.Subject}`),
    `${adviceTitle(advised)}:`,
    ...evidenceTexts(advised).map((text) => `  ${text}`),
    `Not checked: ${Advice.NotChecked.join("; ")}.`,
    ...answersOf(advised, "").filter((a) => a.Version !== "").map((a) =>
      `${a.Label}, ${a.Version}: ${
        [...(a.Off === undefined ? [] : [`Not now: ${a.Off}.`]), ...meant(advised, a)].join(" ")
      }`
    ),
    ...howToDecide(advised),
  ];
}

/** A row's words behind its label. */
export function detail({ Version, Advised }: Answer): string {
  return Advised ? `${Version}, advised` : Version;
}
