/** The checklist for plain questions. */
import type { Mark } from "../../../cli/style.ts";
import type { Model } from "../../model.ts";
import { isEarly, itemsOf, problemsOf } from "./list.ts";
import { symbolOf } from "../../widgets/problems.ts";
import { acceptedWords, type Problem } from "../../../problem.ts";

/** Symbols as words, for those who hear the screen. */
const words: Partial<Record<Mark, string>> = { "✓": "good", "✗": "stops", "!": "warning" };

/** What plain questions say before they ask: every check, and every problem with its way out. */
export function tell(model: Model): string[] {
  const { Planning } = model;
  if (Planning?.State === "asking") return ["Looking at the repository, the remote and the proxy."];
  if (Planning?.State === "nothing") return [`Nothing to release: ${Planning.Why}.`];
  if (!Planning) return ["Nothing was looked at yet."];
  if (isEarly(model)) return problemsOf(model).flatMap(problemWords);
  return itemsOf(model).flatMap(({ Group, Symbol, Text, Problem }) =>
    Problem
      ? problemWords(Problem)
      : [Group === "Not checked" ? `Not checked: ${Text}` : `${words[Symbol] ?? "later"}: ${Text}`]
  );
}

function problemWords(problem: Problem): string[] {
  const { Text, Where, Fix, Accepted, Code } = problem;
  const place = Where ? ` (${Where.File}${Where.Line === undefined ? "" : `:${Where.Line}`})` : "";
  const head = Accepted === undefined ? words[symbolOf(problem)] ?? "note" : "accepted";
  return [
    `${head}: ${Text}${place} ${Code}`,
    ...(Accepted !== undefined ? [`  ${acceptedWords(Accepted)}`] : []),
    ...(Fix !== undefined && Accepted === undefined ? [`  way out: ${Fix}`] : []),
  ];
}
