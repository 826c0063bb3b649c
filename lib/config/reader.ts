/** What the tables of a `.gorel.toml` say, judged by the table of its keys (keys.ts). */
import { type Code, codes, kindOf, type Problem, problem } from "../problem.ts";
import { closest } from "../suggest.ts";
import { count, shown } from "../text.ts";
import { type Command, commandSteps } from "./commands.ts";
import type { ConfigFile, Setting } from "./file.ts";
import { configName, fileKeys, flagKeys, type KeyRow, refusedKeys, tables } from "./keys.ts";
import type { Place, Row, Value } from "./toml.ts";
import { readValue, typeOf, type Wrong } from "./values.ts";
import { holdsControl } from "./words.ts";

/** Every key with a value of its own. */
const keys: Readonly<Record<string, KeyRow>> = { ...flagKeys, ...fileKeys };

const schema = "gorel config --schema says what there is";

/** `config-invalid`, at a place of the file or of the file as a whole. */
export function invalid(text: string, at?: Place, fix?: string): Problem {
  const sentence = /[?!.]$/.test(text) ? text : `${text}.`;
  return problem(
    "config-invalid",
    at ? `Line ${at.Line}, column ${at.Column} of ${configName}: ${sentence}` : sentence,
    {
      where: { File: configName, ...(at && { Line: at.Line }) },
      ...(fix !== undefined && { fix }),
    },
  );
}

/** So many problems of a file are told one by one: more help nobody, and a stranger may write many. */
const mostProblems = 100;

/**
 * Reads the tables; whatever is wrong is a problem each, in the order of the file, and of more
 * than 100 the last one says how many are left.
 */
export function configOf(rows: readonly Row[]): ConfigFile | Problem[] {
  const found: { At: Place; Problem: () => Problem }[] = [];
  const wrong: Wrong = (At, text, fix) =>
    found.push({
      At,
      Problem: () => invalid(typeof text === "string" ? text : text(), At, fix),
    });
  const settings = new Map<string, Setting>();
  const accepted: ConfigFile["Accept"][number][] = [];
  let commands: (Command & { At: Place })[] = [];
  for (const { Name, At, Value } of rows) {
    if (Object.hasOwn(keys, Name)) {
      const read = readValue(Name, keys[Name]!, Value, wrong);
      if (read !== undefined) settings.set(Name, { Value: read, Line: At.Line });
    } else if (!Object.hasOwn(tables, Name)) {
      found.push({ At, Problem: () => unknownKey(Name, At) });
    } else if (Value.Kind !== "table") {
      wrong(Value.At, `${Name} is a table, not ${typeOf(Value)}: write [${Name}] on a line before`);
    } else if (Name === "accept") {
      accepted.push(...Value.Rows().flatMap((row) => accept(row, wrong)));
    } else {
      // Spread, as many as a file may hold are more than a call takes.
      commands = commands.concat(
        Value.Rows().flatMap((row) => commandsOf(Name as Command["When"], row, wrong)),
      );
    }
  }
  bothWays(rows, settings, wrong);
  if (found.length > 0) {
    const left = found.length - mostProblems;
    return [
      ...found.sort((a, b) => before(a.At, b.At)).slice(0, mostProblems).map((one) =>
        one.Problem()
      ),
      ...(left > 0 ? [invalid(`${configName} has ${count(left, "more problem")} like these`)] : []),
    ];
  }
  return {
    Settings: settings,
    Accept: accepted,
    Commands: commands.sort((a, b) => before(a.At, b.At))
      .map(({ At, ...command }) => ({ ...command, Line: At.Line })),
  };
}

function before(a: Place, b: Place): number {
  return a.Line - b.Line || a.Column - b.Column;
}

/** What is wrong with a key that there is not, and the way out. */
function unknownKey(name: string, at: Place): Problem {
  if (Object.hasOwn(refusedKeys, name)) {
    return invalid(`${name} does not stand in this file: ${refusedKeys[name]}`, at);
  }
  const opposite = name.replace(/^no[-_]/, "");
  if (opposite !== name && ["boolean", "duration"].includes(kindOfKey(opposite) ?? "")) {
    return invalid(`there is no key ${shown(name)}; write ${opposite} = false`, at);
  }
  const meant = closest(name, [...Object.keys(keys), ...Object.keys(tables)]);
  const text = `there is no key ${shown(name)}`;
  return meant === undefined
    ? invalid(text, at, schema)
    : invalid(`${text}; did you mean ${meant}?`, at);
}

function kindOfKey(name: string): string | undefined {
  return Object.hasOwn(keys, name) ? keys[name]!.kind : undefined;
}

/** A key of the top that stands below the header of a table, and so belongs to that. */
function above(table: string, key: string, at: Place, wrong: Wrong): [] {
  wrong(at, `${key} stands in the table ${table} here; put it above the first [table]`);
  return [];
}

/** A row of `[accept]`: a problem that can be let through, and why it is. */
function accept({ Name, At, Value }: Row, wrong: Wrong): ConfigFile["Accept"][number][] {
  const code = codes.find((one: Code) => one === Name);
  if (code === undefined && Object.hasOwn(keys, Name)) return above("accept", Name, At, wrong);
  if (code === undefined) {
    wrong(At, () => {
      const meant = closest(Name, codes.filter((one) => kindOf(one).accept !== "never"));
      const text = `there is no problem of the name ${shown(Name)}`;
      return meant === undefined ? text : `${text}; did you mean ${meant}?`;
    }, "gorel explain codes");
    return [];
  }
  if (kindOf(code).accept === "never") {
    wrong(At, `nothing lets ${code} through`, `gorel explain ${code} says what helps`);
    return [];
  }
  if (Value.Kind !== "string") {
    wrong(Value.At, `${code} needs its reason as a string, not ${typeOf(Value)}`);
  } else if (Value.Text.trim() === "") {
    wrong(Value.At, `${code} needs a reason, and this is an empty string`);
  } else return [{ Code: code, Reason: Value.Text, Line: At.Line }];
  return [];
}

/** A row of `[before]` or `[after]`: one command, or several, and the step. */
function commandsOf(when: Command["When"], row: Row, wrong: Wrong): (Command & { At: Place })[] {
  const { Name, At, Value } = row;
  const step = commandSteps.find((one) => one === Name);
  if (step === undefined && Object.hasOwn(keys, Name)) return above(when, Name, At, wrong);
  if (step === undefined) {
    wrong(At, `there is no step ${shown(Name)}; there is ${commandSteps.join(", ")}`);
    return [];
  }
  if (Value.Kind !== "string" && Value.Kind !== "array") {
    wrong(
      Value.At,
      `${when}.${step} is a command, or an array of commands, and not ${typeOf(Value)}`,
    );
    return [];
  }
  if (Value.Kind === "string") return commandOf(when, step, Value, wrong);
  return Value.Items().flatMap((item) => commandOf(when, step, item, wrong));
}

function commandOf(
  When: Command["When"],
  Step: Command["Step"],
  value: Value,
  wrong: Wrong,
): (Command & { At: Place })[] {
  const { At } = value;
  if (value.Kind !== "string") {
    wrong(At, `a command in ${When}.${Step} is a string, not ${typeOf(value)}`);
  } else if (value.Text.trim() === "") wrong(At, `the command in ${When}.${Step} is empty`);
  else if (holdsControl(value.Text)) {
    wrong(At, `the command in ${When}.${Step} holds a control character, which nobody could read`);
  } else return [{ When, Step, Run: value.Text, At }];
  return [];
}

/** What is to be rewritten cannot be left as well. */
function bothWays(
  rows: readonly Row[],
  settings: ReadonlyMap<string, Setting>,
  wrong: Wrong,
): void {
  const rewritten = settings.get("rewrite")?.Value;
  const left = rows.find(({ Name }) => Name === "leave")?.Value;
  if (!Array.isArray(rewritten) || left?.Kind !== "array") return;
  for (const item of left.Items()) {
    if (item.Kind !== "string" || !rewritten.includes(item.Text)) continue;
    wrong(item.At, `${shown(item.Text)} is both to be rewritten and to be left: say one`);
  }
}
