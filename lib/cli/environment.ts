/** Defaults of flags from `GOREL_…` variables; a flag on the command line wins. */
import { UsageError } from "../problem.ts";
import type { FlagRow } from "./flag.ts";
import { type FlagName, flagNames, type Flags, flags, opposite, variable } from "./flags.ts";
import { duration, shown } from "./values.ts";

const yes = new Set(["1", "true", "yes", "on"]);
const no = new Set(["0", "false", "no", "off"]);

function truth(text: string, name: string): boolean {
  const word = text.toLowerCase();
  if (!yes.has(word) && !no.has(word)) {
    throw new UsageError(`${name}=${shown(text)} is neither true nor false; write 1 or 0`);
  }
  return yes.has(word);
}

function read(row: FlagRow, text: string, name: string): unknown {
  switch (row.kind) {
    case "switch":
    case "either":
      return truth(text, name);
    case "off":
      return !truth(text, name);
    case "duration":
      return duration(text, `${name}:`);
    default:
      return text;
  }
}

/** The variables that say something of a flag, its usual one first; an empty one says nothing. */
export function variablesIn(env: Readonly<Record<string, string>>, name: FlagName): string[] {
  if (!flags[name].env) return [];
  return [variable(name), opposite(name)].filter((one) => one !== undefined)
    .filter((one) => (env[one] ?? "") !== "");
}

/** What the environment says of the given flags. */
export function fromEnvironment(
  env: Readonly<Record<string, string>>,
  names: readonly FlagName[] = flagNames,
): Partial<Flags> {
  const out: Partial<Record<FlagName, unknown>> = {};
  for (const name of names) {
    for (const from of variablesIn(env, name)) {
      const value = valueIn(name, from, env[from]!);
      if (value === undefined) continue;
      if (Object.hasOwn(out, name) && out[name] !== value) {
        throw new UsageError(`${variable(name)} and ${from} contradict each other; keep one`);
      }
      out[name] = value;
    }
  }
  // Each value was read as its flag's kind says.
  return out as Partial<Flags>;
}

/** What a variable makes of a flag; undefined for one that only denies the flag's opposite. */
function valueIn(name: FlagName, from: string, text: string): unknown {
  const row = flags[name];
  if (from === variable(name)) return read(row, text, from);
  const truthful = truth(text, from);
  if (row.kind === "off") return truthful;
  return truthful ? (row.kind === "duration" ? 0 : false) : undefined;
}
