/**
 * All flags, once. The parser, the help, the defaults from the environment and
 * the way back from choices to a command line are made from this table, and so
 * is the type of what the commands get.
 */
import { flagKeys } from "../config/keys.ts";
import { type Command, commandOf } from "./commands.ts";
import { type FlagRow, hasNegative, unsaid, type ValueOf } from "./flag.ts";
import { table } from "./flagtable.ts";

type Table = typeof table;

export type FlagName = keyof Table;

/** What a command gets. A flag that the command does not have holds its default. */
export type Flags = { readonly [Name in FlagName]: ValueOf[Table[Name]["kind"]] };

/** Every flag by the name it has in Flags. */
export const flags: Readonly<Record<FlagName, FlagRow>> = table;

/** The names of all flags, in the order of the table; help has groups (help/flaggroups.ts). */
export const flagNames = Object.keys(table) as FlagName[];

/** Reports whether a command has a flag. */
export function has(command: Command, name: FlagName): boolean {
  const on = flags[name].on;
  return on === "everywhere" || on.includes(command);
}

/** The flags of a command; one that plans a release has those of its word, else of a bump. */
export function flagsOf(command: Command, planned?: string): FlagName[] {
  const bump = command === "plan" ? "patch" : command;
  const inner = planned === undefined ? bump : commandOf(planned) ?? "patch";
  return flagNames.filter((name) => has(command, name) || has(inner, name));
}

/** The flag as a person writes it: `--dry-run`, `--no-push`, `-o`. */
export function written(name: FlagName, no = flags[name].kind === "off"): string {
  const { long, letter } = flags[name];
  return long === undefined ? `-${letter}` : no ? `--no-${long}` : `--${long}`;
}

/** The flag's name in `.gorel.toml`. */
export function keyOf(name: FlagName): string {
  return flags[name].long ?? name;
}

/**
 * Reports whether `GOREL_…` or `.gorel.toml` may hold the flag's default. The command line can take
 * such a default back: `--push`, `--no-offline`, `--no-pre`.
 */
export function hasDefault(name: FlagName): boolean {
  const { long, env } = flags[name];
  return long !== undefined && (env === true || Object.hasOwn(flagKeys, keyOf(name)));
}

/** The environment variable that holds a flag's default: `GOREL_DRY_RUN`, `GOREL_NO_PUSH`. */
export function variable(name: FlagName): string {
  return `GOREL_${flags[name].kind === "off" ? "NO_" : ""}${inCapitals(name)}`;
}

/**
 * The variable that says the opposite: `GOREL_PUSH`, named as the key of the file is, and
 * `GOREL_NO_WAIT`. Somebody writes it sooner or later, and a push is not taken back.
 */
export function opposite(name: FlagName): string | undefined {
  const { kind } = flags[name];
  if (!hasNegative(kind)) return undefined;
  return `GOREL_${kind === "off" ? "" : "NO_"}${inCapitals(name)}`;
}

function inCapitals(name: FlagName): string {
  return name.replace(/[A-Z]/g, (c) => "_" + c).toUpperCase();
}

/** What every flag is when nobody said anything. */
export function defaults(): Flags {
  const out: Record<string, unknown> = {};
  for (const name of flagNames) out[name] = unsaid[flags[name].kind];
  return out as Flags;
}
