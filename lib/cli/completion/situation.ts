/** What the words of an unfinished command line say about the one that is being typed. */
import { type Command, commandOf } from "../commands.ts";
import { hasNegative } from "../flag.ts";
import { type FlagName, flagNames, flags } from "../flags.ts";

/** Where in a command line the cursor stands. */
export interface Situation {
  /** The word that is being typed, up to the cursor; of `--flag=VALUE` only the value. */
  begun: string;
  /** What of the word stands before that: `--flag=`, else "". */
  before: string;
  /** The flag whose value is being typed. */
  flag?: FlagName;
  /** The command, once it is typed: `help` is none of the table. */
  command?: Command | "help";
  /** The release behind `plan` or `graph --consumers`, as it is typed; "" for none yet. */
  planned?: string;
  /** Operands before the word, without the command and what is planned. */
  operands: string[];
  /** Flags before the word, with their values where they have any. */
  given: Map<FlagName, string[]>;
  /** Behind `--` nothing is a flag. */
  operandsOnly: boolean;
}

/** Which flag a name with its dashes stands for, and whether a value follows. */
const named = new Map<string, { name: FlagName; valued: boolean }>();
for (const name of flagNames) {
  const { long, letter, kind, value } = flags[name];
  const meaning = { name, valued: value !== undefined };
  if (letter !== undefined) named.set(`-${letter}`, meaning);
  if (long === undefined) continue;
  if (kind !== "off") named.set(`--${long}`, meaning);
  if (hasNegative(kind)) named.set(`--no-${long}`, { name, valued: false });
}

/** Reads the words behind `gorel`; the last one is that at the cursor. */
export function situationOf(words: readonly string[]): Situation {
  const given: Situation["given"] = new Map();
  const operands: string[] = [];
  let open: FlagName | undefined;
  let operandsOnly = false;
  for (const word of words.slice(0, -1)) {
    if (open !== undefined) {
      given.get(open)!.push(word);
      open = undefined;
    } else if (operandsOnly || !word.startsWith("-") || word === "-") operands.push(word);
    else if (word === "--") operandsOnly = true;
    else open = read(word, given);
  }
  const word = words.at(-1) ?? "";
  const [, before, value] = operandsOnly ? [] : /^(--[^=]+=)([^]*)$/.exec(word) ?? [];
  const attached = before === undefined ? undefined : named.get(before.slice(0, -1));
  const flag = open ?? (attached?.valued ? attached.name : undefined);
  const inWord = open === undefined && flag !== undefined;
  return {
    begun: inWord ? value! : word,
    before: inWord ? before! : "",
    ...(flag !== undefined && { flag }),
    ...commandIn(operands, given),
    given,
    operandsOnly,
  };
}

/** Notes the flags of one word; gives the one whose value is the next word. */
function read(word: string, given: Situation["given"]): FlagName | undefined {
  for (let rest = word; rest !== "";) {
    const isLong = rest.startsWith("--");
    const end = isLong ? `${rest}=`.indexOf("=") : 2;
    const flag = named.get(rest.slice(0, end));
    if (flag === undefined) return undefined;
    const values = given.get(flag.name) ?? [];
    given.set(flag.name, values);
    const behind = rest.slice(end);
    if (flag.valued && behind === "") return flag.name;
    if (flag.valued) values.push(isLong ? behind.slice(1) : behind);
    rest = isLong || flag.valued || behind === "" ? "" : `-${behind}`;
  }
  return undefined;
}

function commandIn(
  [word, ...rest]: readonly string[],
  given: Situation["given"],
): Pick<Situation, "command" | "planned" | "operands"> {
  const command = word === "help" ? word : word === undefined ? undefined : commandOf(word);
  // An unknown command leaves nothing to say of what is behind it.
  if (command === undefined) return { operands: word === undefined ? [] : [word, ...rest] };
  const plans = command === "plan" || (command === "graph" && given.has("consumers"));
  if (!plans) return { command, operands: rest };
  const [planned = "", ...operands] = rest;
  return { command, planned, operands };
}
