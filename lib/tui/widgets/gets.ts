/** What users get before and after: `@latest`, `@v1.4`, an upgrade, a pinned version. */
import type { Style } from "../../cli/style.ts";
import type { ConsumerRow } from "../../plan/consumers.ts";
import { cut, cutMiddle, foreign, type Line, own, pad, type Span, width } from "../line.ts";

/** What go says where nothing is left. */
const nothing = "none";

/**
 * A table of query, before and after, from column 0; a changed value stands out, and `!` marks
 * a version that go warns about. One line a row below the head, none for no rows.
 */
export function getsTable(style: Style, rows: readonly ConsumerRow[], columns: number): Line[] {
  if (rows.length === 0) return [];
  const cell = (version: string | null, role?: Span["Role"]) =>
    version === null ? own(style, nothing, role ?? "quiet") : foreign(style, version, role);
  const widest = (spans: readonly Span[]) =>
    spans.reduce((most, span) => Math.max(most, width([span])), 0);
  const before = Math.max("before".length, widest(rows.map((r) => cell(r.Before))));
  const after = Math.max("after".length, widest(rows.map((r) => cell(r.After))));
  const gap = columns >= 40 ? 2 : 1;
  // A query gives way, a version does not.
  const room = Math.max(6, columns - before - after - 2 * gap - 2);
  const queries = rows.map((r) => cutMiddle(style, foreign(style, r.Query), room));
  const query = widest(queries);
  const between: Span = { Text: " ".repeat(gap) };
  return [
    cut(style, [
      { Text: " ".repeat(query + gap) },
      ...pad(style, [own(style, "before", "quiet")], before),
      between,
      own(style, "after", "quiet"),
    ], columns),
    ...rows.map(({ Before, After, Warns }, i): Line =>
      cut(style, [
        ...pad(style, [queries[i]!], query),
        between,
        ...pad(style, [cell(Before)], before),
        between,
        cell(After, Before === After ? undefined : "weight"),
        ...(Warns === undefined ? [] : [{ Text: " " }, own(style, "!", "attention")]),
      ], columns)
    ),
  ];
}
