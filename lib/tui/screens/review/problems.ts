/** The problems that a plan was made with, in as few lines as they can be told. */
import type { Plan } from "../../../plan/types.ts";
import { count } from "../../../text.ts";
import { cut, foreign, type Line, mark, own } from "../../line.ts";
import type { Model } from "../../model.ts";

/** What was accepted, with the reason, and how many warnings the checks gave. */
export function problemLines(
  { Style }: Model,
  { Plan }: { readonly Plan: Plan },
  columns: number,
): Line[] {
  const accepted = Plan.Problems.filter((p) => p.Accepted !== undefined);
  const open = Plan.Problems.filter((p) => p.Accepted === undefined);
  const warnings = open.filter((p) => p.Level !== "note").length;
  const counted = [
    ...(warnings > 0 ? [count(warnings, "warning")] : []),
    ...(open.length > warnings ? [count(open.length - warnings, "note")] : []),
  ].join(" and ");
  return [
    ...accepted.map((p) =>
      cut(
        Style,
        [
          { Text: "  " },
          mark(Style, "!"),
          own(Style, " accepted: "),
          foreign(Style, `${p.Text.slice(0, 500)} (${p.Accepted})`),
        ],
        columns - 1,
      )
    ),
    ...(counted === "" ? [] : [
      [
        { Text: "  " },
        mark(Style, warnings > 0 ? "!" : "·"),
        own(Style, ` ${counted} of the checks; esc goes back to them`),
      ],
    ]),
  ];
}
