/** What users get before and after a release, for people. */
import { clean } from "../../text.ts";
import type { ConsumersDocument } from "../answer.ts";
import { glyphs, paint, type Style, symbol } from "../style.ts";
import { columns, marked, text } from "./layout.ts";

/** Versions that a pin gets a row for without `-v`, at most. */
const mostPins = 10;

type Row = ConsumersDocument["Queries"][number];

/** What `gorel graph --consumers` prints: a row a query, and what go get says of it. */
export function consumers(document: ConsumersDocument, style: Style): string {
  const { Module, Version, Queries, Deprecated } = document;
  const comes = !document.Problems.some((p) =>
    p.Code === "nothing-to-release" && p.Level === "note"
  );
  const head = Version === ""
    ? `${clean(Module)} has no version yet`
    : comes
    ? `${clean(Module)}: what users get before and after ${clean(Version)}`
    : `${clean(Module)}: what users get now, and go on getting`;
  const rows = style.verbose ? Queries : fewer(Queries);
  const left = Queries.length - rows.length;
  const lines = [
    paint(style, "weight", head),
    "",
    ...columns([
      ["query", "before", "after", ""],
      ...rows.map((row) => [
        clean(row.Query),
        version(row.Before),
        version(row.After),
        remark(row, style),
      ]),
    ]),
    ...(left > 0 ? [`  … ${left} more versions that are retracted; -v names them`] : []),
  ];
  if (rows.some((row) => row.Before === null || row.After === null)) {
    lines.push(
      "",
      ...marked(
        style,
        "·",
        "none: no version answers; go fails, or for @latest takes a commit.",
        "  ",
      ),
    );
  }
  lines.push(...deprecation(Deprecated ?? {}, style));
  return glyphs(style, text(lines));
}

/** A version, or that there is none; one that changes needs no symbol: the columns show it. */
function version(value: string | null): string {
  return value === null ? "none" : clean(value);
}

function remark({ Warns, Warned }: Row, style: Style): string {
  if (Warns !== undefined) {
    const since = Warned === undefined ? "go get warns" : "go get warns, as before";
    return `${symbol(style, "!")} ${since}: ${clean(Warns)}`;
  }
  return Warned === undefined ? "" : `${symbol(style, "✓")} no warning any more: ${clean(Warned)}`;
}

/** Without most of the pins: they are the last rows, and a range may take in many. */
function fewer(rows: readonly Row[]): readonly Row[] {
  const first = rows.findIndex((row) => /^@v\d+\.\d+\.\d/.test(row.Query));
  return first < 0 ? rows : rows.slice(0, first + mostPins);
}

function deprecation(
  { Before, After }: NonNullable<ConsumersDocument["Deprecated"]>,
  style: Style,
): string[] {
  if (After !== undefined) {
    const since = Before === After ? "as before" : "after the release";
    return ["", ...marked(style, "!", `go get says, ${since}: module is deprecated: ${After}`)];
  }
  if (Before === undefined) return [];
  return ["", ...marked(style, "✓", `go get no longer says: module is deprecated: ${Before}`)];
}
