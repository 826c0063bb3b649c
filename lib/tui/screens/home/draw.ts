/** Home as lines: the version line, the facts, the actions, what is unfinished or wrong. */
import { firstRelease } from "../../../advice/first.ts";
import { isRelease } from "../../../facts/versions.ts";
import { compare } from "../../../go/semver.ts";
import { bad, modulePath } from "../../../sandbox/sample.ts";
import { count } from "../../../text.ts";
import {
  foreign,
  foreignLines,
  leftRight,
  type Line,
  line,
  mark,
  own,
  pad,
  prose,
  width,
} from "../../line.ts";
import type { Model } from "../../model.ts";
import type { Drawing, Room } from "../../screen.ts";
import { spinner } from "../../widgets/bar.ts";
import { choices, placeOf } from "../../widgets/list.ts";
import { problemBlock, symbolOf } from "../../widgets/problems.ts";
import { lineOf, versionLine } from "../../widgets/versionline.ts";
import { type HomeRow, homeRows } from "./actions.ts";
import { meaning } from "./means.ts";
import { paneLines } from "./pane.ts";
import { factRows } from "./rows.ts";
import { seen, warningsOf } from "./seen.ts";

/** The whole screen for a room; row `at` is highlighted. */
export function drawHome(model: Model, at: number, room: Room): Drawing {
  const State = stateOf(model);
  if (model.Lost) return { Title: "", State, Main: lost(model, model.Lost, room), Whole: true };
  if (room.Kind === "small") return { Title: "", State, Main: small(model, at, room) };
  const rows = homeRows(model);
  const Main = full(model, rows, at, room);
  const means = rows[at] ? meaning(model, rows[at]) : undefined;
  if (room.Side > 0) {
    return {
      Title: "",
      State,
      Main,
      ...(means && { Side: paneLines(model.Style, means, room.Side - 1) }),
    };
  }
  const left = room.Rows - Main.length - 1;
  if (!means || left < 6) return { Title: "", State, Main };
  const below = paneLines(model.Style, means, room.Columns - 4).slice(0, left)
    .map((row): Line => [{ Text: "  " }, ...row]);
  return { Title: "", State, Main: [...Main, [], ...below] };
}

/** `main ↑0 ↓2 · 3 changed`: the branch, where it stands, and the work tree. */
export function stateOf({ Style, Facts, Given }: Model): Line {
  if (!Facts) return [];
  const { Branch, Upstream, Changed, Doing } = Facts.Repo;
  const branch = Branch === undefined
    ? own(Style, "no branch", "attention")
    : foreign(Style, Branch);
  const { Ahead, Behind, Standing } = Upstream ?? {};
  const stands = Ahead !== undefined && Behind !== undefined
    ? ` ↑${Ahead} ↓${Behind}`
    : Standing === "new" && Facts.Remote.State === "known"
    ? ", not on the remote"
    : Standing === "behind"
    ? ", behind"
    : "";
  const state = Doing
    ? own(Style, String(Doing), "attention")
    : Changed.length > 0
    ? own(Style, `${Changed.length} changed`, "attention")
    : own(Style, "clean");
  const n = Given.Include.length;
  const included = n === 0 ? [] : [own(Style, `, ${n} ${n === 1 ? "goes" : "go"} in`)];
  return [branch, own(Style, `${stands} · `), state, ...included];
}

function full(model: Model, rows: readonly HomeRow[], at: number, room: Room): Line[] {
  const { Style } = model;
  const story = storyOf(model);
  const facts = factRows(model, room.Columns - nameColumn - 3).filter((row) =>
    !story || row.Name !== "Requirements"
  );
  const roomy = room.Rows >= 23;
  const heading: Line[] = story
    ? story.flatMap((text) => prose(Style, text, room.Columns - 1, 2))
    : [[own(Style, "  What do you want to do?", "weight")]];
  const above: Line[] = [
    ...versionRows(model, rows[at], room),
    [],
    ...facts.map(({ Name, Value }): Line => [
      { Text: "  " },
      ...pad(Style, [foreign(Style, Name)], nameColumn),
      ...Value,
    ]),
    [],
  ];
  const list = choices(Style, rows, at, room.Columns);
  const whole = [[], ...above, ...heading, ...(roomy ? [[]] : []), ...list];
  const left = room.Rows - whole.length;
  const apart = noticeRows(model, room.Columns, false);
  if (left > apart.length) return [...whole, [], ...apart];
  // What is wrong stays in sight; the last rows come when they are gone to.
  const notices = noticeRows(model, room.Columns, true);
  if (left >= notices.length) return [...whole, ...notices];
  const space = room.Rows - above.length - heading.length - notices.length;
  const from = Math.max(0, at - space + 1);
  const shown = list.slice(from, from + space);
  const place = placeOf(Style, from, shown.length, rows.length);
  const [first = [], ...more] = heading;
  const named = leftRight(Style, first, [own(Style, place, "quiet")], room.Columns - 1);
  return [...above, named, ...more, ...shown, ...notices];
}

/** The values of all facts begin in one column. */
const nameColumn = 17;

/** Two rows: the versions with what the highlighted row would add; words where there are none. */
function versionRows(model: Model, row: HomeRow | undefined, room: Room): Line[] {
  const known = seen(model);
  const { Style } = model;
  if (!known) return [[{ Text: "  " }, own(Style, "·", "quiet")], []];
  const adds = row?.Version !== undefined && row.Off === undefined &&
    row.NewModule === undefined &&
    ["release", "prerelease", "major"].includes(row.Does);
  const versions = lineOf(
    model,
    adds
      ? {
        Version: row.Version!,
        Retracts: [],
        Latest: known.Latest,
        Word: row.Does === "release" ? "advised" : "planned",
      }
      : undefined,
  );
  if (known.Module.Versions.length === 0) {
    const words = firstRelease(known.Module);
    const [one = [], two = []] = prose(Style, words, room.Columns - 1, 2);
    return [one, two];
  }
  return [...versionLine(Style, versions, room.Columns - 1)];
}

/** In the sandbox: where a newcomer starts. Until its bad version is retracted. */
function storyOf(model: Model): string[] | null {
  if (!model.Sandbox) return null;
  const known = seen(model);
  if (known && known.Module.Path !== modulePath) return null;
  const retracted = known?.Retracted.find((r) => r.Version === bad.Version);
  if (!known || !retracted) {
    return [
      `Start here: ${bad.Version} is out, and panics. The fix waits on main.`,
      "↵ leads through releasing it and retracting the bad one.",
    ];
  }
  return known.Latest !== null && compare(known.Latest, bad.Version) > 0
    ? [
      `${bad.Version} is retracted and the fix is out.`,
      "Look around, release once more, or leave with q.",
    ]
    : [
      `${bad.Version} is retracted; the fix still waits on main.`,
      "Release gives it to users: choose it, then A bug fix.",
    ];
}

/** What is unfinished, and the warnings: a row each, or together in one. */
function noticeRows(model: Model, columns: number, together: boolean): Line[] {
  const unfinished = unfinishedNotice(model);
  const warnings = warningNotice(model);
  const rows = [unfinished, warnings].filter((row) => row !== null);
  const first = rows[0];
  if (!first) return [];
  if (!together || rows.length < 2) {
    return rows.map(([text, key]) => leftRight(model.Style, text, key, columns - 1));
  }
  const n = warningsOf(model).length;
  const more = line(model.Style, " · ", own(model.Style, "w", "focus"), ` ${count(n, "warning")}`);
  return [leftRight(model.Style, first[0], [...first[1], ...more], columns - 1)];
}

function unfinishedNotice(model: Model): [Line, Line] | null {
  const { Style, Facts } = model;
  const [one, ...more] =
    Facts?.Unfinished.toSorted((a, b) => Number(a.Pushed) - Number(b.Pushed)) ?? [];
  if (!one) return null;
  const key = [own(Style, "r", "focus"), own(Style, one.Pushed ? " goes on" : " resumes it")];
  const rest = more.length > 0 ? own(Style, `, and ${more.length} more`) : own(Style, "");
  const said: Line = one.Pushed
    ? [own(Style, " is out, not seen everywhere yet")]
    : [own(Style, " unfinished: "), foreign(Style, one.After)];
  return [
    [{ Text: "  " }, mark(Style, "!"), own(Style, " "), foreign(Style, one.TagName), ...said, rest],
    key,
  ];
}

function warningNotice(model: Model): [Line, Line] | null {
  const { Style } = model;
  const [first, ...more] = warningsOf(model);
  if (!first) return null;
  const symbol = mark(Style, symbolOf(first));
  const said = more.length === 0
    ? foreign(Style, first.Text)
    : own(Style, count(more.length + 1, "warning"));
  const key = [
    own(Style, "w", "focus"),
    own(Style, more.length === 0 ? " shows it" : " shows them"),
  ];
  return [[{ Text: "  " }, symbol, own(Style, " "), said], key];
}

function small(model: Model, at: number, room: Room): Line[] {
  const { Style } = model;
  const notices = noticeRows(model, room.Columns, true);
  // A reason says more than a version, where there is room for one of them.
  const rows = homeRows(model).map(({ Label, Detail = "", Off }) =>
    Off === undefined ? { Label, Detail } : { Label, Off }
  );
  const list = choices(Style, rows, at, room.Columns, {
    room: room.Rows - 1 - notices.length,
  });
  return [summary(model, room.Columns), ...list, ...notices];
}

/** All facts in one line. */
function summary(model: Model, columns: number): Line {
  const { Style } = model;
  const known = seen(model);
  if (!known) {
    return [
      { Text: " " },
      model.Asking === undefined ? own(Style, "·", "quiet") : spinner(model, model.Asking),
      own(Style, " reading the repository"),
    ];
  }
  const story = storyOf(model);
  if (story && !known.Retracted.some((r) => r.Version === bad.Version)) {
    return line(Style, ` Start here: ${bad.Version} panics`);
  }
  const { Newest, Module, Retracted } = known;
  const commits = Module.Commits.State === "known" ? Module.Commits.Value.Commits.length : null;
  const parts = [
    ...(commits === null ? [] : [count(commits, "commit")]),
    ...(Retracted.length > 0 ? [`${Retracted.length} retracted`] : []),
  ];
  const name = Newest ? foreign(Style, Newest.Version, "weight") : own(Style, "no version yet");
  const word = Newest && !isRelease(Newest.Version) ? " pre-release" : "";
  const out: Line = [{ Text: " " }, name, own(Style, [word, ...parts].join(" · "))];
  return width(out) <= columns ? out : [{ Text: " " }, name];
}

function lost(model: Model, problems: NonNullable<Model["Lost"]>, room: Room): Line[] {
  const { Style } = model;
  const columns = Math.min(78, model.Size.Columns - 1);
  const blocks = problems.flatMap((p) => [...problemBlock(Style, p, columns), [] as Line]);
  const again: Line = model.Asking === undefined
    ? [own(Style, "  "), own(Style, "R", "focus"), own(Style, " looks again.")]
    : [own(Style, "  "), spinner(model, model.Asking), own(Style, " looking again")];
  const most = room.Rows - 3;
  const shown = blocks.length <= most
    ? blocks
    : [...blocks.slice(0, most - 1), ...foreignLines(Style, "  …", columns, 1)];
  return [[], ...shown, ...(blocks.length <= most ? [] : [[]]), again];
}
