/** How the chooser is drawn: a table of the modules, and the highlighted one in full. */
import { known } from "../../../facts/types.ts";
import { splitPathVersion } from "../../../go/module.ts";
import { count } from "../../../text.ts";
import { glyphs, markWidth, type Role, type Style } from "../../../cli/style.ts";
import { cells, fitEnd, foreignText } from "../../cells.ts";
import {
  cut,
  cutMiddle,
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
} from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { placeOf, windowFrom } from "../../widgets/list.ts";
import type { ModulesScreen } from "../modules.ts";
import { siblingsOf } from "../train/due.ts";
import { shortName } from "../train/rows.ts";
import { dueWords, type Status, statuses, unreleased } from "./rows.ts";

/** The screen: the modules that fit, and below or beside them what the highlighted one is about. */
export function drawModules(model: Model, screen: ModulesScreen, room: Room): Drawing {
  const { Row, Marked } = screen;
  const { Style } = model;
  const all = statuses(model);
  const small = room.Kind === "small";
  const below = room.Side > 0 ? [] : why(model, Row, room.Columns - 1).slice(0, small ? 1 : 2);
  const used = small ? below.length : below.length === 0 ? 3 : 6;
  const list = Math.max(1, room.Rows - used);
  const from = windowFrom(Row, all.length, list);
  const shown = all.slice(from, from + list);
  const place = placeOf(Style, from, shown.length, all.length);
  const gap = Math.max(0, Math.min(list, room.Rows - used) - shown.length);
  const marked = Marked.length === 0 ? "" : ` · ${Marked.length} marked`;
  return {
    Title: "modules",
    State: line(Style, count(all.length, "module") + marked),
    Main: [
      ...(small ? [] : [[], question(model, room.Columns, place), []]),
      ...table(model, screen, shown, from, room.Columns - 1),
      ...(below.length === 0 ? [] : [
        ...(small ? Array.from({ length: gap }, () => [] as Line) : [[]]),
        ...below,
      ]),
    ],
    Side: room.Side > 0 ? about(model, all[Row], room.Side) : [],
  };
}

/** What the highlighted module has to do with a release, in a sentence or two. */
function why(model: Model, row: number, columns: number): Line[] {
  const { Style } = model;
  const sibling = siblingsOf(model)[row];
  if (!sibling) return [];
  const [sign, words] = dueWords(sibling);
  return [
    cut(Style, [{ Text: "  " }, mark(Style, sign), { Text: " " }, foreign(Style, words)], columns),
  ];
}

function question({ Style }: Model, columns: number, place: string): Line {
  const words = line(
    Style,
    columns < 70
      ? "  Which module? space marks several."
      : "  Which module? Several that are marked are released together.",
  );
  return leftRight(Style, words, place === "" ? [] : [own(Style, place, "quiet")], columns - 1);
}

/** Cells that tell a path from others, and those that show most paths in full. */
const least = 20, enough = 40;

function table(
  model: Model,
  { Row, Marked }: ModulesScreen,
  shown: readonly Status[],
  from: number,
  columns: number,
): Line[] {
  const { Style } = model;
  const widest = (texts: readonly string[]) => texts.reduce((a, t) => Math.max(a, cells(t)), 0);
  const siblings = siblingsOf(model).slice(from, from + shown.length);
  const bases = shown.map((s) => foreignText(s.Base ?? "–", Style.ascii));
  const next = siblings.map((s) => s.Version ?? "");
  const since = shown.map(commits);
  const gone = shown.map((s) => s.Retracted.length > 0 ? `${s.Retracted.length} retracted` : "");
  const whole = statuses(model).map((s) => foreignText(s.Path, Style.ascii));
  const base = 2 + widest(bases);
  const ofNext = 4 + widest(next);
  const ofSince = 2 + widest(since);
  const ofGone = 2 + markWidth(Style) + widest(gone);
  // Where there is no room, the retracted ones go first, then what is unreleased, then what comes.
  const room = columns - 8 - base;
  const withNext = room - ofNext >= least;
  const left = room - (withNext ? ofNext : 0);
  const withSince = left - ofSince >= least;
  const withGone = left - ofSince - ofGone >= Math.min(2 + widest(whole), enough);
  const most = left - (withSince ? ofSince : 0) - (withGone ? ofGone : 0);
  const names = 2 + widest(whole) <= most ? whole : withoutRoot(whole, Style);
  const path = Math.min(2 + widest(names), most);
  return shown.map((status, i): Line => {
    const here = from + i === Row;
    const role = here ? "focus" : undefined;
    const box = Marked.includes(status.Dir) ? "[x] " : siblings[i]?.Due ? "[ ] " : "    ";
    return [
      own(Style, here ? "  › " : "    ", role),
      own(Style, box),
      ...pad(Style, [shortened(Style, names[from + i]!, path - 2, role)], path),
      ...pad(Style, [{ Text: bases[i]! }], withNext ? base - 2 : base),
      ...(withNext
        ? pad(
          Style,
          next[i] === "" ? [] : [own(Style, " → "), foreign(Style, next[i]!, "weight")],
          ofNext + 2,
        )
        : []),
      ...(withSince ? pad(Style, [own(Style, since[i]!)], ofSince) : []),
      ...(withGone && gone[i] !== "" ? [mark(Style, "✗"), own(Style, ` ${gone[i]}`)] : []),
    ];
  });
}

/** Paths without what they begin with as the first of them does: `…/codec`. */
function withoutRoot(paths: readonly string[], style: Style): string[] {
  const root = `${splitPathVersion(paths[0] ?? "").prefix}/`;
  const dots = glyphs(style, "…");
  return paths.map((path, i) =>
    i > 0 && path.startsWith(root) ? `${dots}/${path.slice(root.length)}` : path
  );
}

/** What has lost its beginning loses more of it: its end tells it from others. */
function shortened(style: Style, path: string, room: number, role: Role | undefined): Line[number] {
  const span = { Text: path, ...(role && { Role: role }) };
  const dots = glyphs(style, "…");
  if (cells(path) <= room || !path.startsWith(dots)) return cutMiddle(style, span, room);
  return { ...span, Text: dots + fitEnd(path, room - cells(dots)) };
}

/** `12 commits`, `nothing`, or `·` while it is not known. */
function commits({ Unreleased }: Status): string {
  if (!Unreleased) return "·";
  const { Commits, Files } = Unreleased;
  return Commits === 0 && Files === 0 ? "nothing" : count(Commits, "commit");
}

/** The highlighted module: everything that the row has no room for. */
function about(model: Model, status: Status | undefined, side: number): Line[] {
  const { Style } = model;
  const module = model.Facts?.Modules.find((m) => m.Dir === status?.Dir);
  if (!status || !module) return [];
  const latest = known(module.Latest)?.Latest;
  const row = (
    name: string,
    value: Line,
  ): Line => [...pad(Style, [own(Style, name)], 13), ...value];
  const commits = known(module.Commits)?.Commits ?? [];
  return [
    rule(Style, side - 2, cutMiddle(Style, foreign(Style, status.Path), side - 8).Text),
    [],
    row("Folder", [status.Dir === "" ? own(Style, "the root") : foreign(Style, status.Dir)]),
    row("Tags", [foreign(Style, `${module.TagPrefix}v1.2.3`), own(Style, ", for example")]),
    row("@latest", [typeof latest === "string" ? foreign(Style, latest) : own(Style, "none")]),
    row("Unreleased", [own(Style, unreleased(status).replace(" unreleased", "") || "not known")]),
    row("Retracted", [own(Style, `${status.Retracted.length || "none"}`)]),
    ...release(model, status, side - 2),
    ...(commits.length > 0 ? [[]] : []),
    ...commits.slice(0, 8).map((c): Line => [
      own(Style, `${c.Oid.slice(0, 7)} `, "quiet"),
      foreign(Style, c.Subject),
    ]),
    ...(commits.length > 8 ? prose(Style, `… ${commits.length - 8} more`, side - 2) : []),
  ];
}

/** What it has to do with the next release: its version and why, and who else is concerned. */
function release(model: Model, { Dir }: Status, columns: number): Line[] {
  const { Style } = model;
  const all = siblingsOf(model);
  const sibling = all.find((s) => s.Module.Dir === Dir);
  if (!sibling) return [];
  const [sign, words] = dueWords(sibling);
  const said = foreignLines(Style, words, columns, 4, 2);
  const users = all.filter((s) => s.Requires.includes(sibling.Module)).map((s) =>
    shortName(s.Module)
  );
  return [
    [],
    ...said.map((row, i): Line =>
      i > 0 ? row : [mark(Style, sign), { Text: " " }, ...cut(Style, trimmed(row), columns - 2)]
    ),
    ...(users.length === 0 || !sibling.Due ? [] : [
      [],
      ...foreignLines(Style, `Then these rise with it: ${users.join(", ")}`, columns, 3),
    ]),
  ];
}

function trimmed(row: Line): Line {
  return row.map((span, i) => i === 0 ? { ...span, Text: span.Text.trimStart() } : span);
}
