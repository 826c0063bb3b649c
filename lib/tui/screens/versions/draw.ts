/** The versions browser as lines: only those that are seen are made. */
import { commitOf } from "../../../facts/versions.ts";
import { count } from "../../../text.ts";
import { cells } from "../../cells.ts";
import {
  cut,
  foreign,
  foreignLines,
  leftRight,
  type Line,
  line,
  mark,
  own,
  pad,
  prose,
  rule,
  type Span,
} from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import type { Drawing, Room } from "../../screen.ts";
import { placeOf, windowFrom } from "../../widgets/list.ts";
import { ageOf, browsed, type Entry, places } from "./rows.ts";

/** Lines that are kept for the highlighted row where there is no pane beside it. */
const detailRows = 5;

/** The list, and beside or below it everything about the highlighted row. */
export function drawVersions(
  model: Model,
  { Row }: { readonly Row: number },
  room: Room,
): Drawing {
  const { Style } = model;
  const all = browsed(model);
  const module = moduleOf(model);
  const ignored = module?.Ignored.length ?? 0;
  const small = room.Kind === "small";
  const state = small ? `${all.length - ignored}${ignored > 0 ? ` · ${ignored} ignored` : ""}` : [
    count(all.length - ignored, "version"),
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
  ].join(" · ");
  const Title = "versions";
  const State = line(Style, module ? state : "");
  if (all.length === 0) {
    const words = module ? "There is no version yet." : "The repository is being read.";
    return { Title, State, Main: [[], line(Style, "  ", words)] };
  }
  const below = room.Side > 0 ? 0 : small ? 1 : detailRows + 1;
  const head = small ? 0 : 2;
  const list = Math.max(1, room.Rows - head - below);
  const from = windowFrom(Row, all.length, list);
  const shown = all.slice(from, from + list);
  const names = all.reduce((most, e) => Math.max(most, Math.min(32, cells(e.Label))), 7);
  const rows = shown.map((entry, i) => row(model, entry, from + i === Row, names, room));
  const about = all[Row] ? aboutLines(model, all[Row], room) : [];
  return {
    Title,
    State,
    Main: [
      ...(small
        ? []
        : [[], header(model, names, room, placeOf(Style, from, shown.length, all.length))]),
      ...rows,
      ...(below === 0 || small ? [] : [[]]),
      ...(below === 0 ? [] : about.slice(0, small ? 1 : detailRows)),
    ],
    ...(room.Side > 0 && { Side: about }),
  };
}

/** Cells of the columns: here, remote, proxy. */
const marks = ["here", "remote", "proxy"] as const;

/** Reports whether the main pane has room for two spaces between columns, and for reasons. */
function isBroad(room: Room): boolean {
  return room.Side === 0 || room.Columns >= 80;
}

function gapOf(room: Room): number {
  return isBroad(room) ? 2 : 1;
}

/** `11 months` is the longest age. */
const ageColumn = 9;

function header({ Style }: Model, names: number, room: Room, place: string): Line {
  const gap = gapOf(room);
  const left: Line = [
    { Text: "    " },
    ...pad(Style, [own(Style, "version")], names + 2),
    ...marks.flatMap((name) => pad(Style, [own(Style, name)], name.length + gap)),
    own(Style, "age"),
  ];
  if (place === "") return left;
  return leftRight(Style, left, [own(Style, place, "quiet")], room.Columns - 1);
}

function row(model: Model, entry: Entry, chosen: boolean, names: number, room: Room): Line {
  const { Style } = model;
  const name = foreign(Style, entry.Label, chosen ? "focus" : entry.Latest ? "weight" : undefined);
  const begin: Line = [
    chosen ? own(Style, "  › ", "focus") : { Text: "    " },
    ...pad(Style, [name], names + 2),
  ];
  const { Fact } = entry;
  const gap = gapOf(room);
  if (!Fact) {
    return cut(Style, [...begin, mark(Style, "·"), own(Style, " no version to Go")], room.Columns);
  }
  const where = room.Kind === "small" ? [] : places(model, Fact).flatMap((is, i) =>
    pad(
      Style,
      [is === undefined ? own(Style, "?", "quiet") : mark(Style, is ? "✓" : "·")],
      marks[i]!.length + gap,
    )
  );
  const since = pad(Style, [own(Style, ageOf(model, entry.Label) || "·")], ageColumn + gap);
  return cut(Style, [...begin, ...where, ...since, ...stateOf(model, entry, room)], room.Columns);
}

function stateOf({ Style }: Model, { Latest, Retracted, Prerelease }: Entry, room: Room): Span[] {
  if (Latest) return [mark(Style, "●"), own(Style, " @latest")];
  if (Retracted) {
    const why = isBroad(room) ? foreign(Style, Retracted.join("; ")) : own(Style, "retracted");
    return [mark(Style, "✗"), own(Style, " "), why];
  }
  return Prerelease ? [mark(Style, "·"), own(Style, isBroad(room) ? " pre-release" : " pre")] : [];
}

/** Everything about one row; where it is short of room, the most important comes first. */
function aboutLines(model: Model, entry: Entry, room: Room): Line[] {
  const { Style } = model;
  const side = room.Side > 0;
  const columns = side ? room.Side - 1 : room.Columns - 2;
  const indent = side ? 0 : 2;
  const small = room.Kind === "small";
  const text = (words: string, most: number) => foreignLines(Style, words, columns, most, indent);
  const title: Line[] = side
    ? [rule(Style, columns, foreign(Style, entry.Label).Text), []]
    : small
    ? []
    : [[{ Text: "  " }, ...rule(Style, columns, foreign(Style, entry.Label).Text)]];
  if (entry.Ignored) return [...title, ...prose(Style, entry.Ignored.Reason, columns, indent)];
  if (!entry.Fact) return title;
  const why = (entry.Retracted ?? []).flatMap((reason) =>
    // Without a reason the words are go's own.
    text(reason.startsWith("retracted ") ? reason : `retracted: ${reason}`, side ? 8 : 2)
  );
  const where = whereLine(model, entry, indent);
  if (small) return [why[0] ?? where];
  const commit = commitOf(entry.Fact);
  const made: Line = [
    { Text: " ".repeat(indent) },
    foreign(Style, `tag ${entry.Fact.Tag}`),
    own(Style, commit === undefined ? "" : `  commit ${commit.slice(0, 12)}`),
    ...(commit === undefined ? [] : [own(Style, dated(model, entry.Label))]),
  ];
  const rest = side ? [[], ...meaningOf(model, entry, columns)] : [];
  return [...title, ...why, ...(why.length > 0 && side ? [[]] : []), where, made, ...rest];
}

/** The day of the commit, in UTC as go prints it. */
function dated({ Times }: Model, version: string): string {
  const time = Times.get(version);
  // A commit may say any number.
  const day = time === undefined ? NaN : new Date(time * 1000).getTime();
  return Number.isNaN(day) ? "" : ` of ${new Date(day).toISOString().slice(0, 10)}`;
}

function whereLine(model: Model, { Fact }: Entry, indent: number): Line {
  const { Style, Whole, Facts } = model;
  const noProxy = Facts?.Proxy.State === "known" && Facts.Proxy.Value.Kind !== "list";
  const said = places(model, Fact!).map((is, i): Line => {
    const name = marks[i]!;
    if (is === undefined) {
      return [own(Style, Whole ? `? ${name} not asked` : `? asking the ${name}`)];
    }
    if (name === "proxy" && !is && noProxy) return [mark(Style, "·"), own(Style, " no proxy")];
    const on = i > 0 ? "on the " : "";
    return [mark(Style, is ? "✓" : "·"), own(Style, ` ${is ? "" : "not "}${on}${name}`)];
  });
  return [
    { Text: " ".repeat(indent) },
    ...said.flatMap((spans, i) => i > 0 ? [own(Style, "  "), ...spans] : spans),
  ];
}

/** What somebody gets who asks for this version. */
function meaningOf(model: Model, entry: Entry, columns: number): Line[] {
  const path = moduleOf(model)?.Path ?? "";
  const says = entry.Retracted
    ? "Downloads still work. go get warns with this reason; @latest and upgrades pass over it."
    : entry.Latest
    ? "What go get gives to everyone who names no version."
    : entry.Prerelease
    ? "Given only to those who ask for it, as long as there is a release."
    : "Given to those who ask for it, and to builds that need at least this one.";
  return [
    ...prose(model.Style, says, columns),
    [],
    ...foreignLines(model.Style, `go get ${path}@${entry.Label}`, columns, 3),
  ];
}
