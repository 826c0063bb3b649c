/** What more than one step says. */
import { showInterval } from "../../../checks/retract.ts";
import { trimRationale } from "../../../go/modfile/mod.ts";
import { shortRationale } from "../../../go/retract.ts";
import type { ConsumerRow } from "../../../plan/consumers.ts";
import { foreign, foreignLines, type Line, line, pad, width } from "../../line.ts";
import type { Model } from "../../model.ts";
import { moduleOf } from "../../module.ts";
import { getsTable } from "../../widgets/gets.ts";
import { lineOf, versionLine } from "../../widgets/versionline.ts";
import type { Ground, Way } from "./ground.ts";
import { type Block, say, table } from "./say.ts";

export interface Said {
  /** The question of the step. */
  readonly Ask: string;
  /** What the choice needs; most important first. */
  readonly Near: readonly Block[];
  /** What is shown beside it where there is room, below it otherwise. */
  readonly Far: readonly Block[];
  /** What it is called there. */
  readonly Beside?: string;
}

/** The bad versions as words: `v1.4.0` or `[v1.4.0, v1.4.1], v1.2.0`. */
export function badVersions({ Bad }: Ground): string {
  return Bad.map(showInterval).join(", ");
}

/** One sentence more for whoever is in the sandbox to learn. */
export function lesson({ Sandbox, Style }: Model, text: string): Block[] {
  return Sandbox ? [say(Style, `Sandbox: ${text}`)] : [];
}

/** What go get says to somebody who asks for a bad version by its name. */
export function warning(model: Model, { Marked, Way }: Ground): Block {
  const { Style } = model;
  const path = moduleOf(model)?.Path ?? "";
  const short = shortRationale(trimRationale(Way.Wanted.Reason));
  const said = short === "retracted by module author" ? "" : `: ${short}`;
  const words = `go: warning: ${path}@${Marked.at(-1)}: retracted by module author${said}`;
  return (columns) => [
    ...say(Style, `Who asks for ${Marked.at(-1)} by name still gets it, and reads:`)(columns),
    ...foreignLines(Style, words, columns - 1, 3, 4),
  ];
}

/** The version line as it will be, indented like everything else. */
export function newLine(model: Model, { Way }: Ground): Block {
  const { Outlook, Wanted } = Way;
  if (!Outlook) return () => [];
  const self = Wanted.Self ? [Outlook.Version] : [];
  const coming = {
    Version: Outlook.Version,
    Retracts: [...Outlook.Retracts, ...self],
    Latest: Outlook.Latest,
  };
  return (columns) => versionLine(model.Style, lineOf(model, coming), columns - 1);
}

/** Reports whether rows are scarce: less is said, and in fewer lines. */
export function isLow({ Size }: Model): boolean {
  return Size.Rows < 28;
}

/** What users get, before and after; in a low window a line for all who get the same. */
export function gets(model: Model, way: Way): Block {
  const rows = way.Outlook?.Gets ?? [];
  if (isLow(model)) return table((columns) => grouped(model, rows, columns - 1));
  return (columns) =>
    getsTable(model.Style, rows, columns - 3).map((row) => [{ Text: "  " }, ...row]);
}

/** The same where no pane beside the step has it. */
export function lowGets(model: Model, way: Way): Block[] {
  return model.Size.Columns >= 100 && !isLow(model) ? [] : [gets(model, way)];
}

function grouped({ Style }: Model, rows: readonly ConsumerRow[], columns: number): Line[] {
  const groups = new Map<string, { Queries: string[]; Row: ConsumerRow }>();
  for (const row of rows) {
    const key = JSON.stringify([row.Before, row.After, row.Warns !== undefined]);
    const group = groups.get(key) ?? { Queries: [], Row: row };
    group.Queries.push(row.Query);
    groups.set(key, group);
  }
  const texts = [...groups.values()].map(({ Queries, Row }): [string, Line] => {
    const { Before, After, Warns } = Row;
    const shown = (version: string | null) => foreign(Style, version ?? "nothing");
    const value = Before === After
      ? line(Style, shown(After), Warns === undefined ? " as before" : ", and go warns")
      : line(Style, shown(Before), " → ", { ...shown(After), Role: "weight" });
    return [Queries.join(", "), value];
  });
  const widest = texts.reduce((most, [, value]) => Math.max(most, width(value)), 0);
  const longest = texts.reduce((most, [queries]) => Math.max(most, queries.length), 0);
  const room = Math.min(longest, Math.max(8, columns - widest - 4));
  return texts.map(([queries, value]) => [
    { Text: "  " },
    ...pad(Style, [foreign(Style, queries)], room),
    { Text: "  " },
    ...value,
  ]);
}

/** The patch after a version. */
export function next(version: string): string {
  const [, head = "", patch = "0"] = /^(.*\.)(\d+)$/.exec(version) ?? [];
  return `${head}${BigInt(patch) + 1n}`;
}
