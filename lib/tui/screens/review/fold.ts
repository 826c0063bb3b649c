/** Which steps stay where the rows are few: the highlighted one, and the first behind the line. */
import type { PlanRow } from "./steps.ts";

export interface Fold {
  /** Indexes of the steps that have a row of their own. */
  readonly Shown: ReadonlySet<number>;
  /** How many have none, before the line of no return and behind it. */
  readonly Above: number;
  readonly Below: number;
}

/**
 * What fits into `room` rows, of which the line of no return, and each of the two folds that is
 * needed, takes one. The step at `at` and the first one behind the line are always shown, and of
 * the others those next to `at`.
 */
export function foldSteps(
  rows: readonly Pick<PlanRow, "Beyond">[],
  at: number,
  room: number,
): Fold {
  const first = rows.findIndex((row) => row.Beyond);
  const folded = (shown: ReadonlySet<number>): Fold => {
    const hidden = rows.filter((_, i) => !shown.has(i));
    const Below = hidden.filter((row) => row.Beyond).length;
    return { Shown: shown, Above: hidden.length - Below, Below };
  };
  const cost = ({ Shown, Above, Below }: Fold) =>
    Shown.size + Number(Above > 0) + Number(Below > 0) + Number(first >= 0);
  let best = folded(new Set(first < 0 ? [at] : [at, first]));
  for (let away = 1; away < rows.length; away++) {
    for (const i of [at + away, at - away]) {
      if (!rows[i] || best.Shown.has(i)) continue;
      const more = folded(new Set([...best.Shown, i]));
      if (cost(more) <= room) best = more;
    }
  }
  return best;
}
