/** What queries resolve to, for people. */
import { clean } from "../../text.ts";
import type { Queried, QueryDocument, QueryRefused } from "../answer.ts";
import { glyphs, paint, type Style, symbol } from "../style.ts";
import { columns, marked, text } from "./layout.ts";
import { problemLines } from "./problems.ts";

/** What `gorel query` prints: a line for each query, and what users are warned of below. */
export function query(document: QueryDocument, style: Style): string {
  const rows = Array.isArray(document) ? document : [document];
  const lines = columns(
    rows.map((row) => "Error" in row ? refused(row, style) : found(row, style)),
  );
  for (const row of rows) {
    if ("Error" in row) {
      lines.push("", ...row.Error.Problems.flatMap((p) => problemLines(style, p)));
      continue;
    }
    const { Path, Version, Retracted, Deprecated } = row;
    if (Retracted) {
      const why = Retracted.map(clean).join("; ");
      lines.push(
        "",
        ...marked(style, "✗", `${clean(Path)}@${clean(Version)} is retracted: ${why}`),
      );
    }
    if (Deprecated !== undefined) {
      lines.push("", ...marked(style, "!", `${clean(Path)} is deprecated: ${clean(Deprecated)}`));
    }
  }
  return glyphs(style, text(lines));
}

function found({ Path, Version, Query, Time }: Queried, style: Style): string[] {
  const date = Time === undefined ? "" : clean(Time).slice(0, 10);
  return [`${clean(Path)}@${clean(Query)}`, paint(style, "weight", clean(Version)), date];
}

function refused({ Path, Query }: QueryRefused, style: Style): string[] {
  return [`${clean(Path)}@${clean(Query)}`, `${symbol(style, "✗")} refused`, ""];
}
