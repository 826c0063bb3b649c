/** What the highlighted row of the checklist means, and what can be done about it. */
import { glyphs, type Style } from "../../../cli/style.ts";
import { acceptedWords, type Problem, stops } from "../../../problem.ts";
import { count } from "../../../text.ts";
import { foreignLines, type Line, line, own, prose } from "../../line.ts";
import { leading } from "../../releases.ts";
import { canInclude } from "../../included.ts";
import type { Model } from "../../model.ts";
import { expectedLines } from "../review/expected.ts";
import { fieldLine } from "../../widgets/field.ts";
import type { PreflightScreen } from "../preflight.ts";
import { canAccept, counts, type Entry, problemsOf } from "./list.ts";

/** Over the details: the problem's code and place, or what is to be done. */
export function headingOf(entry: Entry | undefined): string {
  if (!entry) return "Preflight";
  if (entry.Is !== "problem") return entry.Label;
  const { Code, Where } = entry.Problem;
  const place = Where ? ` · ${Where.File}${Where.Line === undefined ? "" : `:${Where.Line}`}` : "";
  return Code + place;
}

/** At most `rows` lines about the highlighted row. */
export function details(
  model: Model,
  { Accepting }: PreflightScreen,
  entry: Entry | undefined,
  columns: number,
  rows: number,
  indent: number,
): Line[] {
  const { Style, Planning } = model;
  const say = (text: string): Line[] => prose(Style, text, columns, indent);
  if (Accepting) {
    return [
      ...say(`Why is ${Accepting.Code} all right? The plan keeps the reason; it may be empty.`),
      fieldLine(Style, Accepting.Reason, columns, { focus: true }).slice(indent > 0 ? 0 : 1),
    ].slice(0, rows);
  }
  if (!entry) {
    return say("The repository, the remote and the module proxy are asked.").slice(0, rows);
  }
  switch (entry.Is) {
    case "problem":
      return ofProblem(model, entry.Problem, columns, rows, indent);
    case "commit-message":
    case "tag-message": {
      const text = entry.Text.trimEnd();
      const hint = say("↵ opens it in $EDITOR; then the plan is made anew.");
      // Its row shows the first line already: where there is no room for all, what is below it.
      const body = text.split("\n").slice(1).join("\n").trim();
      const whole = foreignLines(Style, text, columns, 99, indent);
      const fits = body === "" || whole.length + hint.length <= rows;
      const shown = fits
        ? whole.slice(0, rows - hint.length)
        : foreignLines(Style, body, columns, Math.max(1, rows - hint.length), indent);
      return [...shown, ...hint].slice(0, rows);
    }
    case "again":
      return say(
        Planning?.State === "nothing"
          ? "Looks at the repository, the remote and the proxy once more."
          : "Once what stops is put right: looks at everything once more.",
      ).slice(0, rows);
    case "on":
      return onward(model, columns, indent).slice(0, rows);
  }
}

/** The way out is never what is left out. */
function ofProblem(
  model: Model,
  problem: Problem,
  columns: number,
  rows: number,
  indent: number,
): Line[] {
  const { Style } = model;
  const fix = problem.Fix === undefined ? [] : way(Style, problem.Fix, columns, indent);
  const accepting = canAccept(model, problem)
    ? prose(Style, "a lets it through, and the plan says so.", columns, indent)
    : problem.Accepted === undefined
    ? []
    : prose(Style, "a takes that back.", columns, indent);
  const accepted = problem.Accepted === undefined ? "" : ` (${acceptedWords(problem.Accepted)})`;
  const includes = isIncludable(model, problem)
    ? prose(Style, "↵ chooses the files that go into the release as they are.", columns, indent)
    : [];
  const most = Math.max(1, rows - fix.length);
  const text = foreignLines(
    Style,
    glyphs(Style, problem.Text + accepted),
    Math.min(columns, 72 + indent),
    most,
    indent,
  );
  const all = [...text, ...fix];
  for (const more of [includes, accepting]) {
    if (all.length + more.length <= rows) all.push(...more);
  }
  return all.slice(0, rows);
}

function isIncludable(model: Model, { Code }: Problem): boolean {
  return canInclude(model) && (Code === "dirty" || Code === "untracked");
}

function way(style: Style, fix: string, columns: number, indent: number): Line[] {
  const arrow = glyphs(style, "→ ");
  const lines = foreignLines(style, fix, columns, 2, indent + arrow.length);
  const space = " ".repeat(indent);
  return lines.map((row, i) =>
    i > 0 ? row : [
      { Text: space },
      { Text: arrow, Role: "focus" },
      { Text: row.map((s) => s.Text).join("").slice(indent + arrow.length) },
    ]
  );
}

function onward(model: Model, columns: number, indent: number): Line[] {
  const { Style, Planning } = model;
  if (Planning?.State !== "planned") return [];
  const { Warn } = counts(model);
  const accepted = problemsOf(model).filter((p) => p.Accepted !== undefined).length;
  const notes = [
    ...(Warn > 0 ? [`${count(Warn, "warning")} ${Warn === 1 ? "does" : "do"} not stop it`] : []),
    ...(accepted > 0 ? [`${count(accepted, "problem")} accepted`] : []),
  ];
  const { Plan } = Planning;
  const { Expect, Tree } = leading(Plan);
  const space = " ".repeat(indent);
  return [
    ...prose(
      Style,
      `Nothing stops it${notes.length > 0 ? `; ${notes.join(", ")}` : ""}. Next: the plan, step ` +
        "by step. Nothing is changed before the version is typed.",
      columns,
      indent,
    ),
    [],
    ...(Plan.Releases.length > 1
      ? expectedLines(Style, Plan, columns, 8).map((row) => indent > 0 ? row : unindented(row))
      : [
        line(Style, `${space}zip     `, own(Style, Expect.Sum)),
        line(Style, `${space}go.mod  `, own(Style, Expect.GoModSum)),
      ]),
    line(Style, `${space}tree    `, own(Style, Tree)),
  ];
}

function unindented([first, ...rest]: Line): Line {
  return first?.Text.trim() === "" ? rest : [first!, ...rest];
}

/** How many things stop the release, in words. */
export function stopping(model: Model): string {
  const n = problemsOf(model).filter(stops).length;
  if (n === 0) return "There is no plan yet.";
  return `${n === 1 ? "1 thing stops" : `${n} things stop`} the release; put ${
    n === 1 ? "it" : "them"
  } right, then R looks again.`;
}
