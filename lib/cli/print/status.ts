/** Where the modules stand, for people. */
import { clean, count } from "../../text.ts";
import type { StatusDocument, StatusNotes } from "../answer.ts";
import { glyphs, paint, type Style } from "../style.ts";
import { columns, leftRight, marked, text } from "./layout.ts";

/** Most changed paths that are named without `-v`. */
const most = 5;

/** The status as `gorel status` prints it. */
export function status(
  document: StatusDocument,
  style: Style,
  notes: readonly StatusNotes[] = [],
): string {
  const lines: string[] = [];
  const where = branchLine(document);
  if (document.Modules.length === 0) lines.push(leftRight("No Go module here.", where));
  for (const [i, module] of document.Modules.entries()) {
    if (i > 0) lines.push("");
    const folder = module.Dir === "" ? "" : ` (in ${clean(module.Dir)})`;
    const name = paint(style, "weight", clean(module.Path)) + folder;
    lines.push(i === 0 ? leftRight(name, where) : name, "", ...columns(rows(module, notes[i])));
  }
  if (document.Changed.length > 0) {
    const shown = style.verbose ? document.Changed : document.Changed.slice(0, most);
    lines.push("", ...marked(style, "!", `${count(document.Changed.length, "file")} changed:`));
    lines.push(...shown.map((path) => `    ${clean(path)}`));
    const rest = document.Changed.length - shown.length;
    if (rest > 0) lines.push(`    … ${rest} more; -v names them`);
  }
  const { Unfinished } = document;
  if (Unfinished) {
    lines.push(
      "",
      ...marked(
        style,
        "!",
        `${Unfinished.Version} is not finished; it stopped after: ${Unfinished.After}. ` +
          "gorel resume goes on; gorel undo takes it back if it was not pushed.",
      ),
    );
  }
  return glyphs(style, text(lines));
}

function branchLine({ Branch, Upstream, Changed }: StatusDocument): string {
  const parts = [Branch === undefined ? "no branch" : clean(Branch)];
  if (Upstream) {
    const { Ahead, Behind } = Upstream;
    if (Ahead > 0) parts.push(`${Ahead} ahead`);
    if (Behind > 0) parts.push(`${Behind} behind`);
    if (Ahead === 0 && Behind === 0) parts.push("level");
  }
  parts.push(Changed.length === 0 ? "clean" : `${Changed.length} changed`);
  return parts.join(" · ");
}

function rows(
  module: StatusDocument["Modules"][number],
  { Series, HistoryEnds, Deprecated, Unsent = [] }: Partial<StatusNotes> = {},
): string[][] {
  const { Base, Highest, Latest, Unreleased, Retracted } = module;
  const none = HistoryEnds
    ? "not known: history ends here (a shallow clone)"
    : Highest === undefined
    ? "none yet"
    : "none in the history of HEAD";
  const out: string[][] = [["Last release", Base === undefined ? none : clean(Base)]];
  if (Highest !== undefined && Highest !== Base) out.push(["Highest", clean(Highest)]);
  if (Latest !== undefined) out.push(["@latest", clean(Latest)]);
  if (Series !== undefined) {
    out.push([
      "Pre-release",
      `${clean(Series)} runs: gorel prerelease goes on, release finishes it`,
    ]);
  }
  for (const { Version, Command } of Unsent) {
    out.push([
      "Not sent yet",
      `${clean(Version)}, a tag that is only here: ${clean(Command)} sends it`,
    ]);
  }
  if (Unreleased) {
    const { Commits, Files } = Unreleased;
    out.push([
      Base === undefined ? "Unreleased" : "Since then",
      Commits === 0 && Files === 0
        ? "nothing"
        : `${count(Commits, "commit")} · ${count(Files, "file")}`,
    ]);
  }
  for (const [i, { Version, Rationale }] of Retracted.entries()) {
    out.push([i === 0 ? "Retracted" : "", `${clean(Version)}  ${clean(Rationale)}`.trimEnd()]);
  }
  if (Deprecated !== undefined) out.push(["Deprecated", clean(Deprecated)]);
  return out;
}
