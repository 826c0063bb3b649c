/** Defaults of flags from `GOREL_…` variables; a flag on the command line wins. */
import { UsageError } from "../problem.ts";
import type { FlagRow } from "./flag.ts";
import { type FlagName, flagNames, type Flags, flags, variable } from "./flags.ts";
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

/** What the environment says of the given flags; an empty variable says nothing. */
export function fromEnvironment(
  env: Readonly<Record<string, string>>,
  names: readonly FlagName[] = flagNames,
): Partial<Flags> {
  const out: Partial<Record<FlagName, unknown>> = {};
  for (const name of names) {
    const text = flags[name].env ? env[variable(name)] : undefined;
    if (text !== undefined && text !== "") out[name] = read(flags[name], text, variable(name));
  }
  // Each value was read as its flag's kind says.
  return out as Partial<Flags>;
}
