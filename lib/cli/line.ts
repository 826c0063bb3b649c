/**
 * A command line that is right, read at once. Loading the library that also writes help and
 * words for what is wrong (parser.ts) costs as much as starting git, so it is left to that.
 */
import { UsageError } from "../problem.ts";
import { mentions, words } from "./argv.ts";
import { type Command, commandOf, commands } from "./commands.ts";
import { fromEnvironment } from "./environment.ts";
import { hasNegative, unsaid } from "./flag.ts";
import {
  defaults,
  type FlagName,
  type Flags,
  flags,
  flagsOf,
  hasDefault,
  written,
} from "./flags.ts";
import { type Meaning, tokens } from "./tokens.ts";
import { duration, shown, versionOperand } from "./values.ts";

/** What a command line asks for: text to print, or a command to run. */
export type Line =
  | { Help: string }
  | {
    command: Command;
    word: string;
    args: string[];
    flags: Flags;
    /** The flags that the command line itself says. */
    given: ReadonlySet<FlagName>;
  };

/** A command, the word it was typed as, and the flags it has. */
export interface Named {
  readonly command: Command;
  readonly word: string;
  /** The words of a release are among the operands. */
  readonly plans: boolean;
  readonly names: readonly FlagName[];
}

/** The flags that a command line has; a duration still as it was typed, false for every `--no-x`. */
export type Given = ReadonlyMap<FlagName, unknown>;

/**
 * Parses a command line without the program's name. Undefined where help is asked for or
 * something is wrong, which parser.ts says in words; UsageError for values and operands that
 * are wrong by themselves. `file` is what `.gorel.toml` says of flags (configured.ts).
 */
export function readLine(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  file: Partial<Flags> = {},
): Line | undefined {
  const { word = "status", rest } = words(argv);
  const command = commandOf(word);
  if (command === undefined) return undefined;
  const named = nameOf(command, word, rest);
  const given = new Map<FlagName, unknown>();
  const found = tokens(rest, meanings(named.names));
  if (found === undefined) return undefined;
  for (const { name, value } of found.flags) {
    const before = given.get(name);
    const lists = flags[name].kind === "list" && value !== false;
    given.set(name, lists ? [...(Array.isArray(before) ? before : []), value] : value);
  }
  return lineOf(named, found.args, given, env, file);
}

/** Which flag each name on the command line means, and what a switch of that name says. */
function meanings(names: readonly FlagName[]): ReadonlyMap<string, Meaning<FlagName>> {
  const meant = new Map<string, Meaning<FlagName>>();
  for (const name of names) {
    const { kind, long, letter } = flags[name];
    const back = hasDefault(name);
    if (kind !== "off" || back) {
      const isSwitch = kind === "switch" || kind === "either" || kind === "off";
      const meaning = isSwitch ? { name, value: true } : { name };
      if (long !== undefined) meant.set(`--${long}`, meaning);
      if (letter !== undefined) meant.set(`-${letter}`, meaning);
    }
    if (back || hasNegative(kind)) {
      meant.set(`--no-${long}`, { name, value: false });
    }
  }
  return meant;
}

/** A command with the flags that it has on this command line. */
export function nameOf(command: Command, word: string, rest: readonly string[]): Named {
  const plans = command === "plan" || (command === "graph" && mentions(rest, "--consumers"));
  return {
    command,
    word,
    plans,
    names: flagsOf(command, plans ? words(rest).word ?? "auto" : undefined),
  };
}

/** The line, once it was taken apart: operands are counted, values are read. */
export function lineOf(
  { command, word, plans, names }: Named,
  args: readonly string[],
  given: Given,
  env: Readonly<Record<string, string>>,
  file: Partial<Flags> = {},
): Line {
  const { operands, least = 0, version } = commands[command];
  // The words of a release follow --consumers only.
  const most = command === "graph" && !plans ? 1 : commands[command].most;
  if (args.length < least) throw new UsageError(`gorel ${word} needs ${operands}`);
  if (args.length > most) {
    throw new UsageError(
      `gorel ${shown(word)} takes ${most === 0 ? "no operand" : "one operand"}, not ` +
        args.map(shown).join(" "),
    );
  }
  if (version) args.forEach(versionOperand);
  return {
    command,
    word,
    args: [...args],
    flags: typed(given, names, env, file),
    given: new Set(given.keys()),
  };
}

/** Flags as commands get them: the command line, else the environment, the file, the default. */
function typed(
  given: Given,
  names: readonly FlagName[],
  env: Readonly<Record<string, string>>,
  file: Partial<Flags>,
): Flags {
  const known = Object.entries(file).filter(([name]) => names.some((one) => one === name));
  const out: Record<string, unknown> = {
    ...defaults(),
    ...Object.fromEntries(known),
    ...fromEnvironment(env, names),
  };
  for (const [name, value] of given) out[name] = valueOf(name, value, out[name]);
  for (const [name, other] of [["rewrite", "leave"], ["leave", "rewrite"]] as const) {
    // What the file leaves and a flag rewrites is rewritten.
    const said = given.get(name);
    if (!Array.isArray(said) || given.has(other)) continue;
    out[other] = (out[other] as string[]).filter((one) => !said.includes(one));
  }
  return out as Flags;
}

/** What a flag on the command line says; `before` is what was said without it. */
function valueOf(name: FlagName, value: unknown, before: unknown): unknown {
  const { kind } = flags[name];
  if (kind === "duration") return value === false ? 0 : duration(String(value), written(name));
  if (value === false && (kind === "text" || kind === "list")) return unsaid[kind];
  // Each reason of the file stands until a flag gives another for its code (options.ts).
  return name === "accept" ? [...before as string[], ...value as string[]] : value;
}
