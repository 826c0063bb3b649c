/** The plan as plain lines, for those who see no screen: everything that the screen shows. */
import { noReturn, textOf } from "../../line.ts";
import type { Model, Planning } from "../../model.ts";
import { shownCommand } from "../../../config/shown.ts";
import { clean, cleanLines, count } from "../../../text.ts";
import { folded } from "../preflight/list.ts";
import { changeOf, sizeOf } from "./change.ts";
import { hookWords } from "./how.ts";
import { pathOf } from "../../../plan/commits.ts";
import { leading } from "../../releases.ts";
import { commandsOf, planRows } from "./steps.ts";
import { localWords, pushesNothing } from "./words.ts";

/** Most lines of a diff that are read out; the saved plan and `gorel plan -v` have all. */
const most = 40;

/** Steps, line of no return, diffs, hashes, what was accepted. */
export function tellPlan(
  { Style, Draft }: Model,
  planned: Extract<Planning, { State: "planned" }>,
): string[] {
  const { Plan, Facts } = planned;
  const what = Plan.Releases.length > 1
    ? `${count(Plan.Releases.length, "module")} released together`
    : `${clean(pathOf(leading(Plan)))} ${clean(leading(Plan).Version)}`;
  const out = [`The plan of ${what}. Nothing has been changed yet.`];
  let beyond = false;
  for (const row of planRows(Plan, Facts)) {
    if (row.Beyond && !beyond) out.push(textOf(noReturn(Style, 60)));
    beyond ||= row.Beyond;
    const undo = row.Undo === undefined
      ? ""
      : row.Undo
      ? " (can be undone)"
      : " (cannot be undone)";
    const size = sizeOf(row, planned);
    out.push(
      `${row.Number}. ${row.Name}: ${clean(row.Words)}${size === "" ? "" : `, ${size}`}${undo}`,
    );
    if (row.Step.Do === "commit") {
      out.push(
        ...cleanLines(row.Step.Message).slice(1).filter((l) => l !== "").map((l) => `   ${l}`),
        ...hookWords(Plan, row.Step, Facts, Draft).map((l) => `   ${l}`),
      );
    }
    const commands = commandsOf(row);
    const lines = commands.flatMap(({ Run }) => shownCommand(Run));
    if (lines.length > 1) out.push(...lines.map((line) => `   ${line}`));
    const diff = changeOf(row, planned);
    out.push(...diff.slice(0, most).map((l) => `   ${l.Sign} ${tabbed(l.Text)}`.trimEnd()));
    if (diff.length > most) out.push(`   and ${count(diff.length - most, "more line")}`);
  }
  if (pushesNothing(Plan)) out.push(localWords(Plan));
  for (const release of Plan.Releases) {
    const { Sum, GoModSum, LatestBefore = "nothing", Latest = "nothing" } = release.Expect;
    if (Plan.Releases.length > 1) {
      out.push(`${clean(pathOf(release))} ${clean(release.Version)}:`);
    }
    out.push(`zip ${clean(Sum)}`, `go.mod ${clean(GoModSum)}`);
    out.push(
      release.NewModule === undefined
        ? `@latest: ${clean(LatestBefore)} before, ${clean(Latest)} after`
        : `@latest of the new path: ${clean(Latest)}; of the old one it stays ${
          clean(LatestBefore)
        }`,
    );
  }
  for (const p of folded(Plan.Problems)) {
    out.push(
      p.Accepted === undefined
        ? `${p.Level === "note" ? "Note" : "Warning"}: ${clean(p.Text)}`
        : `Accepted: ${clean(p.Text)} (${clean(p.Accepted)})`,
    );
  }
  return out;
}

function tabbed(text: string): string {
  return /^\s*/.exec(text)![0].replace(/\t/g, "    ") + clean(text);
}
