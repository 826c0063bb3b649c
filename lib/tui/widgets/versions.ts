/** All versions of the module with their state and age: the left pane of a huge window. */
import type { Mark } from "../../cli/style.ts";
import { known, type VersionFact } from "../../facts/types.ts";
import { covers } from "../../go/retract.ts";
import { foreign, leftRight, type Line, line, mark, own, pad, type Span, width } from "../line.ts";
import type { Model } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Room } from "../screen.ts";
import { age } from "./bar.ts";

/** What there is to say of one version, in one symbol and one word. */
interface State {
  readonly Mark: Mark;
  readonly Word: string;
}

/** Newest first, as many as there is room for. */
export function versionsPane(model: Model, { Columns, Rows }: Room): Line[] {
  const { Style } = model;
  const module = moduleOf(model);
  const heading: Line = [{ Text: "  " }, own(Style, "Versions", "weight")];
  if (!module) return [[], heading, line(Style, "  ", own(Style, "·", "quiet"))];
  const all = module.Versions.toReversed();
  if (all.length === 0) return [[], heading, line(Style, "  none yet")];
  const room = Rows - 2;
  const shown = all.slice(0, all.length > room ? room - 1 : room);
  const older = all.length - shown.length;
  const columns = Columns - 1;
  const column = shown.reduce((most, v) => Math.max(most, v.Version.length), 0);
  return [
    [],
    leftRight(Style, heading, [own(Style, `${all.length}`, "quiet")], columns),
    ...shown.map((v) => versionRow(model, v, stateOf(model, v), column, columns)),
    ...(older > 0 ? [line(Style, `  … ${older} older`)] : []),
  ];
}

function stateOf(model: Model, { Version, OnRemote, OnProxy }: VersionFact): State {
  const latest = known(moduleOf(model)!.Latest);
  if (latest?.Latest === Version) return { Mark: "●", Word: "@latest" };
  if (latest?.GoMod?.Retract.some((r) => covers(r, Version))) {
    return { Mark: "✗", Word: "retracted" };
  }
  if (OnRemote || OnProxy) return { Mark: "✓", Word: "" };
  return { Mark: "·", Word: model.Facts?.Remote.State === "known" ? "only here" : "" };
}

/** Cells of `11 months`: kept for an age that is not known yet, so that no word moves. */
const longestAge = 9;

/** The word gives way to the age, and both to the version. */
function versionRow(
  { Style, Times, Now }: Model,
  { Version }: VersionFact,
  { Mark, Word }: State,
  column: number,
  columns: number,
): Line {
  const sign: Line = [{ Text: "  " }, mark(Style, Mark), { Text: " " }];
  const name = foreign(Style, Version);
  const ago = own(Style, age(Times.get(Version), Now / 1000), "quiet");
  const word: Span[] = Word === "" ? [] : [{ Text: "  " }, own(Style, Word)];
  const aligned = [...sign, ...pad(Style, [name], Math.min(column, columns - 4)), ...word];
  // What everybody gets is said in any case, if need be close to its version.
  const close = [...sign, name, ...(Mark === "●" ? word : [])];
  const room = columns - 2 - Math.max(longestAge, width([ago]));
  const left = [aligned, close].find((l) => width(l) <= room) ?? [...sign, name];
  return leftRight(Style, left, ago.Text === "" ? [] : [ago], columns);
}
