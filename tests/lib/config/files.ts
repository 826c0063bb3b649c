/** Random `.gorel.toml` files made of the key table, each with what it says and where every part of it stands. */
import type { Command } from "../../../lib/config/commands.ts";
import { commandSteps } from "../../../lib/config/commands.ts";
import { fileKeys, flagKeys, type KeyRow } from "../../../lib/config/keys.ts";
import { durationText } from "../../../lib/config/words.ts";
import { codes, kindOf } from "../../../lib/problem.ts";
import type { Random } from "../../support/random.ts";

export interface Spot {
  Line: number;
  Column: number;
}

/** A key with a value of its own, or a row of a table: one thing that can be written wrong. */
export interface Entry {
  /** Of a row of `accept`, `before` or `after`. */
  Table?: "accept" | "before" | "after";
  Name: string;
  Row: KeyRow;
  Value: Plain;
}

export type Plain = string | boolean | readonly string[];

/** What to spoil: the name of an entry, its value, or a member of its array. */
export type Spoil = "key" | "value" | "member";

export interface Written {
  Text: string;
  Entries: readonly Entry[];
  /** The line of each entry's key, and of its commands. */
  Lines: Map<Entry, number>;
  Commands: (Command & { Line: number })[];
  /** Where the spoilt part stands. */
  Spoilt?: Spot;
}

const keys: Readonly<Record<string, KeyRow>> = { ...flagKeys, ...fileKeys };
const commandRow: KeyRow = { kind: "texts", help: "" };
const reasonRow: KeyRow = { kind: "text", help: "" };

const samples: Readonly<Record<string, readonly string[]>> = {
  "remote": ["origin", "up-stream", "team/fork", "größe"],
  "pre": ["rc", "beta", "alpha-x", "a.b"],
  "branches": ["main", "release-*", "*", "v/*/x", "höhe"],
  "rewrite": ["prose", "docs/a b.md", "url", "😀/x.txt"],
  "leave": ["string", "README.md", "pinned", 'say "x".md'],
};
const messages = ["release {tag}", "{module}: {version}\n\n{reason}\n", "plain", "😀 \\ '{tag}'"];
const reasons = ["known", "it's “fine”", 'say "x"', "a\\b", "two\nlines", "\ttab 😀"];
const runs = ["make check", "echo 'x' \"y\"", "a &&\n\tb", "printf '😀'", "true # no"];

/** The entries of a random file; each key at most once. */
export function randomEntries(random: Random): Entry[] {
  const out: Entry[] = [];
  for (const [name, row] of Object.entries(keys)) {
    if (random.chance(0.35)) {
      out.push({ Name: name, Row: row, Value: randomValue(random, name, row) });
    }
  }
  const accepted = codes.filter((code) => kindOf(code).accept !== "never");
  for (const Name of random.shuffle(accepted).slice(0, random.int(0, 3))) {
    out.push({ Table: "accept", Name, Row: reasonRow, Value: random.pick(reasons) });
  }
  for (const Table of ["before", "after"] as const) {
    for (const Name of random.shuffle([...commandSteps]).slice(0, random.int(0, 3))) {
      const all = random.shuffle(runs).slice(0, random.int(0, 3));
      const Value = all.length === 1 && random.chance(0.5) ? all[0]! : all;
      out.push({ Table, Name, Row: commandRow, Value });
    }
  }
  return out;
}

function randomValue(random: Random, name: string, row: KeyRow): Plain {
  switch (row.kind) {
    case "boolean":
      return random.chance(0.5);
    case "duration":
      return random.chance(0.2) ? false : durationText(random.int(0, 604_800_000));
    case "template":
      return random.pick(messages);
    case "text":
      return random.pick(row.of ?? samples[name]!);
    case "texts": {
      const least = name === "branches" ? 1 : 0;
      return random.shuffle(samples[name]!).slice(0, random.int(least, 3));
    }
  }
}

/** A text that grows, and knows where it stands. */
class Writer {
  text = "";
  put(part: string): void {
    this.text += part;
  }
  get at(): Spot {
    const lines = this.text.replace(/^\ufeff/, "").split("\n");
    return { Line: lines.length, Column: [...lines.at(-1)!].length + 1 };
  }
}

/** Writes the entries in one of the many forms that TOML has, with one part of one entry spoilt. */
export function write(
  random: Random,
  entries: readonly Entry[],
  spoil?: { Entry: Entry; What: Spoil },
): Written {
  const w = new Writer();
  const out: Written = { Text: "", Entries: entries, Lines: new Map(), Commands: [] };
  const end = random.chance(0.3) ? "\r\n" : "\n";
  const gap = () => " ".repeat(random.int(0, 2)) + (random.chance(0.1) ? "\t" : "");
  const remark = () => random.chance(0.2) ? ` # 😀 = "x"` : "";

  const pair = (entry: Entry, prefix = "") => {
    w.put(prefix);
    const spoilt = spoil?.Entry === entry ? spoil.What : undefined;
    out.Lines.set(entry, w.at.Line);
    if (spoilt === "key") out.Spoilt = w.at;
    const name = spoilt === "key"
      ? entry.Name.slice(0, 2) + "qq" + entry.Name.slice(2)
      : entry.Name;
    w.put(random.chance(0.2) ? `"${name}"` : random.chance(0.1) ? `'${name}'` : name);
    w.put(`${gap()}=${gap()}`);
    if (spoilt === "value") {
      out.Spoilt = w.at;
      w.put(random.pick(wrongTypes(entry)));
    } else value(entry, spoilt === "member");
  };

  const value = (entry: Entry, spoilt: boolean) => {
    const { Table, Name, Value } = entry;
    const ran = (Run: string) => {
      if (Table === undefined || Table === "accept") return;
      const Step = commandSteps.find((step) => step === Name)!;
      out.Commands.push({ When: Table, Step, Run, Line: w.at.Line });
    };
    if (typeof Value === "boolean") return w.put(String(Value));
    if (typeof Value === "string") {
      ran(Value);
      return w.put(quoted(random, Value, end));
    }
    const hurt = spoilt ? random.int(0, Value.length) : -1;
    w.put("[");
    for (let i = 0; i <= Value.length; i++) {
      if (random.chance(0.3)) w.put(`${remark()}${end}  `);
      if (i === hurt) {
        out.Spoilt = w.at;
        w.put(random.pick(["7", "true", "[]", "{}", "07:32:00"]));
        if (i < Value.length) w.put(", ");
      }
      if (i === Value.length) break;
      ran(Value[i]!);
      w.put(quoted(random, Value[i]!, end));
      if (i < Value.length - 1 || hurt === Value.length || random.chance(0.2)) w.put(`${gap()},`);
    }
    w.put("]");
  };

  if (random.chance(0.1)) w.put("\ufeff");
  const below: [name: string, rows: Entry[]][] = [];
  const top: (() => void)[] = entries.filter((e) => !e.Table).map((e) => () => pair(e));
  for (const table of ["accept", "before", "after"] as const) {
    const rows = random.shuffle(entries.filter((e) => e.Table === table));
    const form = random.int(0, 3);
    const oneLine = end === "\n" &&
      rows.every((e) => typeof e.Value === "string" && !/\n/.test(e.Value));
    if (rows.length === 0) continue;
    if (form === 0) { for (const e of rows) top.push(() => pair(e, `${table}${gap()}.${gap()}`)); }
    else if (form === 1 && oneLine) {
      top.push(() => {
        w.put(`${table} = {`);
        rows.forEach((e, i) => pair(e, i === 0 ? " " : ", "));
        w.put(" }");
      });
    } else below.push([table, rows]);
  }
  for (const one of random.shuffle(top)) {
    if (random.chance(0.2)) w.put(`${remark()}${end}`);
    w.put(gap());
    one();
    w.put(remark() + end);
  }
  for (const [table, rows] of random.shuffle(below)) {
    w.put(
      `${gap()}[${gap()}${random.chance(0.2) ? `"${table}"` : table}${gap()}]${remark()}${end}`,
    );
    for (const e of rows) {
      pair(e, gap());
      w.put(remark() + end);
    }
  }
  return { ...out, Text: w.text };
}

/** A string in one of TOML's forms that can hold it. */
function quoted(random: Random, text: string, end: string): string {
  const form = random.int(0, 3);
  if (form === 0 && !/['\n\t]/.test(text)) return `'${text}'`;
  // A line end in the text is that of the file.
  if (form === 1 && text.includes("\n") && !/'''|'$/.test(text)) {
    return `'''${end}${text.replaceAll("\n", end)}'''`;
  }
  if (form === 2 && text.includes("\n") && !/["\\]/.test(text)) {
    return `"""${end}${text.replaceAll("\n", end)}"""`;
  }
  return JSON.stringify(text);
}

/** Values of types that an entry cannot have. */
function wrongTypes({ Table, Row: { kind } }: Entry): string[] {
  const never = ["7", "1.5", "1979-05-27", "{}", "{ a = [] }", "inf"];
  if (Table === "before" || Table === "after") return [...never, "true", '""', "' '"];
  switch (kind) {
    case "boolean":
      return [...never, '"true"', "[true]", "[]"];
    case "duration":
      return [...never, "true", '["5m"]', '"soon"', '"5"', '""'];
    case "texts":
      return [...never, "false", '"x"'];
    case "text":
    case "template":
      return [...never, "false", '["x"]', '""', "'  '"];
  }
}
