/** Which module of the repository: one row each, with what is unreleased. */
import { type Facts, known, type ModuleFacts } from "../../facts/types.ts";
import { statusDocument } from "../../cli/documents.ts";
import type { StatusDocument } from "../../cli/answer.ts";
import { clean, count } from "../../text.ts";
import { cells, foreignText } from "../cells.ts";
import { cutMiddle, foreign, type Line, line, own, pad, prose } from "../line.ts";
import type { Model, Turn } from "../model.ts";
import { moduleOf } from "../module.ts";
import type { Behaviour, Row } from "../screen.ts";
import { back, open, show, turn } from "../turn.ts";
import { windowFrom } from "../widgets/list.ts";

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
  const { Path, Dir, Base, Retracted } = status;
  const parts = [
    Dir === "" ? "at the root" : `in ${clean(Dir)}`,
    Base === undefined ? "no version yet" : clean(Base),
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
    return {
      Title: "modules",
      State: line(Style, count(all.length, "module")),
      Main: [
        ...(small ? [] : [[], line(Style, "  Which module?"), []]),
        ...table(model, shown, Row - from, room.Columns),
      ],
      Side: about(model, all[Row], room.Side),
    };
  },
  tell: (model) => [
    `This repository has ${count(statuses(model).length, "module")}.`,
  ],
  command: () => ["status"],
};

function table(model: Model, shown: readonly Status[], at: number, columns: number): Line[] {
  const { Style } = model;
  const values = shown.map((s): [string, string] => [
    foreignText(s.Base ?? "–", Style.ascii),
    s.Unreleased && s.Unreleased.Commits === 0 && s.Unreleased.Files === 0
      ? "nothing"
      : s.Unreleased
      ? count(s.Unreleased.Commits, "commit")
      : "·",
  ]);
  const wide = (texts: readonly string[]) => texts.reduce((a, t) => Math.max(a, cells(t)), 0);
  const [base, since] = [wide(values.map((v) => v[0])), wide(values.map((v) => v[1]))];
  const room = columns - 4 - base - since - 5;
  const paths = wide(shown.map((s) => foreignText(s.Path, Style.ascii)));
  const path = Math.max(12, Math.min(paths, room));
  return shown.map((s, i): Line => {
    const here = i === at;
    const name = foreign(Style, s.Path, here ? "focus" : undefined);
    return [
      own(Style, here ? "  › " : "    ", here ? "focus" : undefined),
      ...pad(Style, [cutMiddle(Style, name, path)], path + 2),
      ...pad(Style, [{ Text: values[i]![0] }], base + 2),
      ...pad(Style, [own(Style, values[i]![1])], since + 2),
      ...(s.Retracted.length > 0
        ? [own(Style, "✗ ", "bad"), own(Style, `${s.Retracted.length} retracted`)]
        : []),
    ];
  });
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
    [cutMiddle(Style, foreign(Style, status.Path, "weight"), side - 2)],
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
