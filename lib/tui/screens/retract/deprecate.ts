/** What a deprecation does, drawn and told. */
import { known, type ModuleFacts } from "../../../facts/types.ts";
import { count } from "../../../text.ts";
import { draftDeprecate } from "../../draft.ts";
import { leftRight, type Line, line, own, prose, rule } from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { dots } from "../../widgets/bar.ts";
import { fieldLine } from "../../widgets/field.ts";
import { versionLine } from "../../widgets/versionline.ts";
import type { DeprecateScreen } from "../deprecate.ts";
import { diffBlock, filled, heading, problemLines, sentence } from "./blocks.ts";
import {
  carrierModule,
  foreseen,
  noReason,
  type Outlook,
  reasonSize,
  unreleased,
  wrongReason,
} from "./parts.ts";

/** What a deprecation says, and to whom (go-rules §8.4). */
const says = [
  "It tells users of every version of this path, those out already too: go get prints the " +
  "reason, go list -m -u marks the module as deprecated, pkg.go.dev shows it.",
  "Nothing is hidden or deleted: builds and upgrades go on as before. Another major (…/v2) is " +
  "another path, and is not meant.",
  "Go reads it from the highest release only, so a new one must carry it. A later release " +
  "without the comment takes it back.",
];

interface Seen extends Outlook {
  readonly Module: ModuleFacts;
}

function seenOf(model: Model, { Reason, From }: DeprecateScreen): Seen | undefined {
  const text = wrongReason(Reason.Text) === null ? Reason.Text : noReason;
  const { Draft } = draftDeprecate(model, text, From);
  const seen = foreseen(model, { Draft, Concerned: [], Nothing: false });
  const module = carrierModule(model, From);
  return seen && module && { ...seen, Module: module };
}

/** What stands in go.mod now, if the module is deprecated already. */
function standing({ Module }: Seen): string | undefined {
  return known(Module.Latest)?.GoMod?.Module?.Deprecated ?? Module.GoMod.Mod.Module?.Deprecated;
}

function carried({ Module, Version }: Seen, from: string | undefined): string {
  const commits = unreleased(Module);
  if (from !== undefined) {
    return `${Version} = ${from} + this go.mod carries it, nothing else ships.`;
  }
  return commits
    ? `${Version} carries it, and also ships the ${count(commits, "commit")} since ` +
      `${Module.Base?.Version ?? "the beginning"}.`
    : `${Version} carries it.`;
}

/** The whole screen; what does not fit is left out in whole blocks. */
export function drawDeprecate(model: Model, screen: DeprecateScreen, room: Room): Drawing {
  const { Style } = model;
  const { Kind, Rows, Columns, Side } = room;
  const seen = seenOf(model, screen);
  const Title = "deprecate";
  const State = dots(Style, 1, 2);
  const above = seen ? versionLine(Style, seen.Line, Columns - 1) : [[], []];
  const field = fieldLines(model, screen, seen, Columns);
  const problems = problemLines(Style, seen?.Problems ?? [], Columns - 1);
  const carrier = seen ? prose(Style, carried(seen, screen.From), Columns - 1, 2) : [];
  const diff = (rows: number) =>
    diffBlock(Style, seen?.Diff ?? [], Side > 0 ? Columns : Columns - 1, rows);
  if (Kind === "small") {
    return {
      Title,
      State,
      Main: filled([above[0]!, ...field], Rows - 1, [problems, diff(3)]),
    };
  }
  const top = [[], ...above, [], ...field, ...problems, ...carrier, []];
  if (Side === 0) {
    const words = says.map((text) => prose(Style, text, Columns - 1, 2));
    const what = [heading(Style, "What users are told", Columns - 1)];
    return { Title, State, Main: filled(top, Rows, [diff(3), what, ...words]) };
  }
  const beside = Side - 2;
  const words = says.flatMap((text) => [...prose(Style, text, beside), []]);
  return {
    Title,
    State,
    Main: filled(top, Rows, [diff(Math.max(3, Rows - top.length - 1))]),
    Side: [[], rule(Style, beside, "What users are told"), [], ...words],
  };
}

function fieldLines(
  model: Model,
  { Reason }: DeprecateScreen,
  seen: Seen | undefined,
  columns: number,
): Line[] {
  const { Style } = model;
  const label = columns < 50 ? "  Why" : "  Why, and what to use instead (shown by go get)";
  return [
    leftRight(
      Style,
      [own(Style, label, "weight")],
      [own(Style, reasonSize(Reason.Text), "quiet")],
      columns - 1,
    ),
    fieldLine(Style, Reason, columns - 1, { focus: true }),
    ...remark(model, Reason.Text, seen, columns),
  ];
}

/** What is wrong with the reason; before anything is typed, what a good one says. */
function remark(
  { Style }: Model,
  text: string,
  seen: Seen | undefined,
  columns: number,
): Line[] {
  const wrong = text === "" ? null : wrongReason(text);
  if (wrong !== null) return sentence(Style, "✗", `The reason ${wrong}.`, columns);
  const now = seen && standing(seen);
  if (now !== undefined) return sentence(Style, "!", `Replaces: ${now}`, columns);
  const example = text === "" ? "  for example: use example.com/new instead" : "";
  return [line(Style, own(Style, example, "quiet"))];
}

/** Everything that the screen shows, a line each. */
export function tellDeprecate(model: Model, screen: DeprecateScreen): readonly string[] {
  const seen = seenOf(model, screen);
  if (!seen) return [model.Lost ? "The facts could not be read." : "Reading the module."];
  const now = standing(seen);
  return [
    ...says,
    carried(seen, screen.From),
    ...(now === undefined
      ? []
      : [`It is deprecated already, and this replaces the reason: ${now}`]),
    "Changes of go.mod:",
    ...seen.Diff.filter(({ Sign }) => Sign === "+" || Sign === "-").map(({ Sign, Text }) =>
      `  ${Sign} ${Text}`
    ),
    ...seen.Problems.map(({ Level, Text }) =>
      `${Level === "stop" ? "Stops it" : "Warning"}: ${Text}`
    ),
  ];
}
