/** TOML as tables of rows: every key and every value with the place where it stands. */
import type { AST } from "toml-eslint-parser";

/** A place in a text: line and column from 1, the column in characters. */
export interface Place {
  Line: number;
  Column: number;
}

/** A value, by TOML's name of its type. */
export type Value =
  & { At: Place }
  & (
    | { Kind: "string"; Text: string }
    | { Kind: "boolean"; Truth: boolean }
    | { Kind: "integer" | "float" | "date" | "array of tables" }
    | { Kind: "array"; Items(): Value[] }
    | { Kind: "table"; Rows(): readonly Row[] }
  );

/** A key of a table; `At` is where it is named first. */
export interface Row {
  Name: string;
  At: Place;
  Value: Value;
}

/** No TOML: why, and where that shows; no place where the text is beyond the parser's means. */
export interface NoToml {
  Why: string;
  At?: Place;
}

/** A table that is being filled: its rows by their names. */
type Filling = Map<string, Row>;

/**
 * Reads a whole text as TOML 1.0. What one table holds stands together, however it is written:
 * under a header, with dotted keys, or in braces. A key that is there twice is no TOML.
 */
export async function readToml(text: string): Promise<Row[] | NoToml> {
  const { parseTOML, ParseError } = await import("toml-eslint-parser");
  // A byte-order mark is no part of the text, and no column either.
  const body = text.replace(/^\ufeff/, "");
  const placed = placer(body);
  const alone = /\r(?!\n)/.exec(body);
  if (alone) {
    // The parser begins a line behind it, most programs that show the file do not.
    const before = body.slice(0, alone.index).split("\n");
    const At = placed({ line: before.length, column: before.at(-1)!.length });
    return { Why: "a carriage return without a line feed ends no line", At };
  }
  try {
    return rowsOf(parseTOML(body, { tomlVersion: "1.0" }).body[0].body, placed);
  } catch (error) {
    if (error instanceof ParseError) {
      const index = Math.min(error.index, body.length);
      const read = body.slice(0, index);
      // What ends too early is missed behind its last word, and not on a line that is not there.
      const before = (index === body.length ? read.trimEnd() : read).split("\n");
      const At = placer(body)({ line: before.length, column: before.at(-1)!.length });
      return { Why: error.message, At };
    }
    if (error instanceof RangeError) {
      return { Why: "a text in it is too long, or nested too deeply" };
    }
    throw error;
  }
}

type Placed = (position: AST.Position) => Place;

/** Counts the parser's code units as characters. It goes on from where it counted last on a line. */
function placer(text: string): Placed {
  const lines = text.split("\n");
  let last = { line: 0, column: 0, Column: 1 };
  return ({ line, column }) => {
    const from = last.line === line && last.column <= column ? last : { column: 0, Column: 1 };
    const passed = [...(lines[line - 1] ?? "").slice(from.column, column)].length;
    last = { line, column, Column: from.Column + passed };
    return { Line: line, Column: last.Column };
  };
}

function rowsOf(
  body: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  placed: Placed,
): Row[] {
  const top: Filling = new Map();
  /** The tables that headers and dotted keys go into; those in braces take nothing more. */
  const open = new Map<Value, Filling>();
  const rowAt = (table: Filling, key: AST.TOMLBare | AST.TOMLQuoted, make: () => Value): Row => {
    const Name = key.type === "TOMLBare" ? key.name : key.value;
    const found = table.get(Name);
    if (found) return found;
    const row = { Name, At: placed(key.loc.start), Value: make() };
    table.set(Name, row);
    return row;
  };
  const tableAt = (from: Filling, keys: AST.TOMLKey["keys"]): Filling => {
    let table = from;
    for (const key of keys) {
      const made: Filling = new Map();
      const { Value: value } = rowAt(table, key, () => {
        const At = placed(key.loc.start);
        const value: Value = { Kind: "table", At, Rows: () => [...made.values()] };
        open.set(value, made);
        return value;
      });
      // Rows of an array of tables are looked at by nobody.
      table = open.get(value) ?? made;
    }
    return table;
  };
  const put = (table: Filling, { key, value }: AST.TOMLKeyValue) =>
    rowAt(tableAt(table, key.keys.slice(0, -1)), key.keys.at(-1)!, () => valueOf(value, placed));
  for (const node of body) {
    if (node.type === "TOMLKeyValue") put(top, node);
    else if (node.kind === "standard") {
      const table = tableAt(top, node.key.keys);
      for (const row of node.body) put(table, row);
    } else {
      const last = node.key.keys.at(-1)!;
      const At = placed(last.loc.start);
      rowAt(tableAt(top, node.key.keys.slice(0, -1)), last, () => ({
        Kind: "array of tables",
        At,
      }));
    }
  }
  return [...top.values()];
}

/** What lies inside is looked at only where somebody asks: however deep it is nested. */
function valueOf(node: AST.TOMLContentNode, placed: Placed): Value {
  const At = placed(node.loc.start);
  if (node.type === "TOMLArray") {
    return { Kind: "array", At, Items: () => node.elements.map((item) => valueOf(item, placed)) };
  }
  if (node.type === "TOMLInlineTable") {
    return { Kind: "table", At, Rows: () => rowsOf(node.body, placed) };
  }
  switch (node.kind) {
    case "string":
      // The same file is the same text, however git writes its line ends here.
      return { Kind: "string", At, Text: node.value.replaceAll("\r\n", "\n") };
    case "boolean":
      return { Kind: "boolean", At, Truth: node.value };
    case "integer":
    case "float":
      return { Kind: node.kind, At };
    default:
      return { Kind: "date", At };
  }
}
