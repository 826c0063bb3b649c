/** What can carry an edit of go.mod: HEAD with what is unreleased, or the last release. */
import type { ModuleFacts } from "../../../facts/types.ts";
import { count } from "../../../text.ts";
import { cut, type Line, mark, own, type Span, width } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Row } from "../../screen.ts";
import { carrierModule, unreleased } from "./parts.ts";

/** One answer to the question what carries the edit. */
export interface CarrierRow extends Row {
  readonly Carrier: "head" | "from";
  /** The version that carries it is retracted too. */
  readonly Self: boolean;
}

/**
 * HEAD, and the last release (or the revision that `--from` named) where HEAD ships more than
 * the edit. A single row is no question; none without facts.
 */
export function plainCarriers(model: Model, from: string | undefined): CarrierRow[] {
  const module = moduleOf(model);
  if (!module) return [];
  const base = from ?? module.Base?.Version;
  const commits = unreleased(carrierModule(model) ?? module);
  const head: CarrierRow = { Label: headLabel(module, commits), Carrier: "head", Self: false };
  if (base === undefined || commits === 0 && from === undefined) return [head];
  return [head, {
    Label: `${base} plus only this go.mod`,
    Detail: `--from ${base}`,
    Carrier: "from",
    Self: false,
  }];
}

function headLabel(module: ModuleFacts, commits: number | undefined): string {
  if (!module.Base) return "HEAD, with no release in its history";
  if (commits === undefined) return "HEAD as it is";
  if (commits === 0) return `HEAD, which is ${module.Base.Version}`;
  return `HEAD with ${count(commits, "unreleased commit")}`;
}

/** Which of the carriers is what. */
export interface CarrierState {
  readonly Chosen: number;
  /** The highlighted row, while the list has the focus. */
  readonly Focus?: number;
}

/** The carriers to choose from; none where there is no choice. */
export function carrierLines(
  { Style }: Model,
  rows: readonly CarrierRow[],
  { Chosen, Focus }: CarrierState,
  columns: number,
  indent: number,
): Line[] {
  if (rows.length < 2) return [];
  const focused = Focus !== undefined;
  return rows.map(({ Label, Detail, Off }, i): Line => {
    const here = i === (Focus ?? Chosen);
    const role = Off !== undefined ? "quiet" : here && focused ? "focus" : undefined;
    const left: Span[] = [
      { Text: " ".repeat(indent) },
      here ? own(Style, focused ? "›" : "·", focused ? "focus" : "quiet") : { Text: " " },
      own(Style, i === Chosen ? " (x) " : " ( ) "),
      own(Style, Label, role),
    ];
    if (Off !== undefined) left.push({ Text: "  " }, mark(Style, "✗"), own(Style, ` ${Off}`));
    else if (Detail && width(left) + Detail.length + 3 < columns) {
      left.push(own(Style, `  ${Detail}`, "quiet"));
    }
    return cut(Style, left, columns - 1);
  });
}
