/** The build list, and who requires a module, for people. */
import { clean, count } from "../../text.ts";
import type { GraphRow, WhyDocument } from "../answer.ts";
import { glyphs, paint, type Style, symbol } from "../style.ts";
import { marked, text, widthOf } from "./layout.ts";

/** Columns of a module path; a longer one pushes only its own version to the right. */
const longestPath = 56;

/** What `gorel graph` prints: a row for each module, never broken, so that lines can be searched. */
export function graph(rows: readonly GraphRow[], style: Style): string {
  const [main, ...others] = rows;
  const lines = [paint(style, "weight", clean(main?.Path ?? "")), ""];
  const table = aligned(others.map(({ Path, Version = "", Replace }) => {
    const by = Replace && ` => ${at(Replace)}`;
    return [clean(Path), clean(Version) + (by === undefined ? "" : paint(style, "quiet", by))];
  }));
  lines.push(...table.length > 0 ? table : ["  requires no other module"]);
  if (others.length > 9) lines.push("", count(others.length, "module"));
  return glyphs(style, text(lines));
}

/** What `gorel graph --why MODULE` prints. */
export function why({ Path, Version, RequiredBy }: WhyDocument, style: Style): string {
  const lines = [
    paint(style, "weight", clean(at({ Path, ...(Version !== undefined && { Version }) }))),
    "",
  ];
  lines.push(...aligned(RequiredBy.map((by) => {
    const decides = by.Requires === Version ? ` ${symbol(style, "●")}` : "";
    return [clean(at(by)), `requires ${clean(by.Requires)}${decides}`];
  })));
  if (RequiredBy.length > 1 && RequiredBy.some((by) => by.Requires === Version)) {
    lines.push("", ...marked(style, "●", "asks for the version that the build uses.", "  "));
  }
  // The main module cannot be required away from where it is.
  if (RequiredBy.length === 0) lines.push("  nothing requires it: it is the main module");
  return glyphs(style, text(lines));
}

function at({ Path, Version }: { Path: string; Version?: string }): string {
  return clean(Version === undefined || Version === "" ? Path : `${Path}@${Version}`);
}

function aligned(rows: readonly string[][]): string[] {
  const widths = rows.map(([path]) => widthOf(path!));
  const width = Math.max(0, ...widths.filter((w) => w <= longestPath));
  return rows.map(([path, rest], i) =>
    `  ${path}${" ".repeat(Math.max(0, width - widths[i]!))}  ${rest}`.trimEnd()
  );
}
