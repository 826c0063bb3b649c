/** Which module of the repository: one row each, with what is unreleased. */
import { type Facts, known, type ModuleFacts } from "../../facts/types.ts";
import { statusDocument } from "../../cli/documents.ts";
import type { StatusDocument } from "../../cli/answer.ts";
import { clean, count } from "../../text.ts";
import { cells, fitEnd, foreignText } from "../cells.ts";
import { glyphs, markWidth, type Role, type Style } from "../../cli/style.ts";
import { splitPathVersion } from "../../go/module.ts";
import {
  cutMiddle,
  foreign,
  leftRight,
  type Line,
  line,
  mark,
  own,
  pad,
  prose,
  rule,
} from "../line.ts";
import type { Model, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, open, show, turn } from "../turn.ts";
import { placeOf, windowFrom } from "../widgets/list.ts";

export interface ModulesScreen {
  readonly Name: "modules";
  readonly Row: number;
}

/** The chooser, with the module that the screens are about highlighted. */
export function toModules(model: Model): Model {
  const at = model.Facts?.Modules.findIndex((m) => m === moduleOf(model)) ?? 0;
  return open(model, { Name: "modules", Row: Math.max(0, at) });
}

/** Home with a module; remote and proxy are asked anew when it is another one than before. */
function choose(model: Model, { Dir }: ModuleFacts): Turn {
  const [first] = model.Draft.Modules;
  const below = back({ ...model, Dir, Draft: { ...model.Draft, Modules: [{ ...first, Dir }] } });
  const home = below.Screens.at(-1)!.Name === "modules"
    ? show(below, { Name: "home", Row: 0 })
    : below;
  if (Dir === model.Dir) return turn(home);
  return turn(
    { ...home, Times: new Map(), Whole: false, Asking: model.Now },
    { Do: "times" },
    { Do: "gather" },
  );
}

type Status = StatusDocument["Modules"][number];
const cache = new WeakMap<Facts, Status[]>();

function statuses({ Facts }: Model): readonly Status[] {
  if (!Facts) return [];
  const found = cache.get(Facts) ?? statusDocument(Facts).Modules;
  cache.set(Facts, found);
  return found;
}

/** `4 commits · 6 files`, `nothing`, or "" while it is not known. */
function unreleased({ Unreleased }: Status): string {
  if (!Unreleased) return "";
  const { Commits, Files } = Unreleased;
  if (Commits === 0 && Files === 0) return "nothing unreleased";
  return `${count(Commits, "commit")} · ${count(Files, "file")}`;
}

function rowOf(status: Status): Row {
  const { Path, Dir, Base, Highest, Retracted } = status;
  const parts = [
    Dir === "" ? "at the root" : `in ${clean(Dir)}`,
    Base !== undefined
      ? clean(Base)
      : Highest === undefined
      ? "no version yet"
      : `${clean(Highest)} elsewhere`,
    unreleased(status),
    Retracted.length === 0 ? "" : `${Retracted.length} retracted`,
  ];
  return { Label: clean(Path), Detail: parts.filter((p) => p !== "").join(", ") };
}

export const modules: Behaviour<ModulesScreen> = {
  offers: () => [
    { Action: "up" },
    { Action: "down" },
    { Action: "act" },
    { Action: "pageUp", Quiet: true },
    { Action: "pageDown", Quiet: true },
    { Action: "first", Quiet: true },
    { Action: "last", Quiet: true },
    { Action: "copy", Quiet: true },
    { Action: "back" },
  ],
  rows: (model) => statuses(model).map(rowOf),
  act(model, screen, action): Turn {
    const all = model.Facts?.Modules ?? [];
    if (action === "pageUp" || action === "pageDown") {
      const to = screen.Row + (action === "pageUp" ? -10 : 10);
      return turn(show(model, { ...screen, Row: Math.max(0, Math.min(to, all.length - 1)) }));
    }
    const chosen = action === "act" ? all[screen.Row] : moduleOf(model);
    if (chosen) return choose(model, chosen);
    return turn(action === "back" ? back(model) : model);
  },
  draw(model, { Row }, room) {
    const { Style } = model;
    const all = statuses(model);
    const small = room.Kind === "small";
    const list = room.Rows - (small ? 0 : 3);
    const from = windowFrom(Row, all.length, list);
    const shown = all.slice(from, from + list);
    const place = placeOf(Style, from, shown.length, all.length);
    return {
      Title: "modules",
      State: line(Style, count(all.length, "module")),
      Main: [
        ...(small ? [] : [[], question(model, room.Columns, place), []]),
        ...table(model, shown, Row - from, room.Columns - 1),
      ],
      Side: room.Side > 0 ? about(model, all[Row], room.Side) : [],
    };
  },
  tell: (model) => [
    `This repository has ${count(statuses(model).length, "module")}.`,
  ],
  command: () => ["status"],
};

function question({ Style }: Model, columns: number, place: string): Line {
  const words = line(Style, "  Which module?");
  return leftRight(Style, words, place === "" ? [] : [own(Style, place, "quiet")], columns - 1);
}

/** Cells that tell a path from others, and those that show most paths in full. */
const least = 20, enough = 40;

function table(model: Model, shown: readonly Status[], at: number, columns: number): Line[] {
  const { Style } = model;
  const widest = (texts: readonly string[]) => texts.reduce((a, t) => Math.max(a, cells(t)), 0);
  const bases = shown.map((s) => foreignText(s.Base ?? "–", Style.ascii));
  const since = shown.map(commits);
  const gone = shown.map((s) => s.Retracted.length > 0 ? `${s.Retracted.length} retracted` : "");
  const whole = statuses(model).map((s) => foreignText(s.Path, Style.ascii));
  const base = 2 + widest(bases);
  const ofSince = 2 + widest(since);
  const ofGone = 2 + markWidth(Style) + widest(gone);
  // Where there is no room, the retracted ones go first, then what is unreleased.
  const room = columns - 4 - base;
  const withSince = room - ofSince >= least;
  const withGone = room - ofSince - ofGone >= Math.min(2 + widest(whole), enough);
  const most = room - (withSince ? ofSince : 0) - (withGone ? ofGone : 0);
  const names = 2 + widest(whole) <= most ? whole : withoutRoot(whole, Style);
  const path = Math.min(2 + widest(names), most);
  const from = statuses(model).indexOf(shown[0]!);
  return shown.map((_, i): Line => {
    const role = i === at ? "focus" : undefined;
    return [
      own(Style, i === at ? "  › " : "    ", role),
      ...pad(Style, [shortened(Style, names[from + i]!, path - 2, role)], path),
      ...pad(Style, [{ Text: bases[i]! }], base),
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
    ...(commits.length > 0 ? [[]] : []),
    ...commits.slice(0, 8).map((c): Line => [
      own(Style, `${c.Oid.slice(0, 7)} `, "quiet"),
      foreign(Style, c.Subject),
    ]),
    ...(commits.length > 8 ? prose(Style, `… ${commits.length - 8} more`, side - 2) : []),
  ];
}
