/**
 * The command word of a command line. Flags may stand before it, so it is
 * found with what the table of flags knows: which of them take a value.
 */
import { flagNames, flags } from "./flags.ts";

/** A command line, the word taken out; the flags before it now stand behind it. */
export interface Words {
  /** Absent when there are only flags. */
  word?: string;
  rest: string[];
}

const valued = flagNames.map((name) => flags[name]).filter((row) => row.value !== undefined);
const longs = new Set(valued.map((row) => `--${row.long}`));
const letters = new Set(valued.map((row) => row.letter));

/** Reports whether a flag's value is the next argument. */
function takesNext(arg: string): boolean {
  if (arg.startsWith("--")) return longs.has(arg);
  if (!arg.startsWith("-")) return false; // `auto` ends like -o
  const at = [...arg].findIndex((c, i) => i > 0 && letters.has(c));
  return at > 0 && at === arg.length - 1;
}

/** Takes the first word that is no flag and no flag's value out of a command line. */
export function words(argv: readonly string[]): Words {
  for (let i = 0; i < argv.length; i += takesNext(argv[i]!) ? 2 : 1) {
    const arg = argv[i]!;
    const at = arg === "--" ? i + 1 : i;
    if (arg !== "--" && arg.startsWith("-") && arg !== "-") continue;
    const word = argv[at];
    if (word === undefined) break;
    return { word, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] };
  }
  return { rest: [...argv] };
}

/** The values of every `-C`, in their order, as far as they stand before `--`. */
export function folders(argv: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < argv.length && argv[i] !== "--"; i += takesNext(argv[i]!) ? 2 : 1) {
    const arg = argv[i]!;
    if (arg === "-C") out.push(argv[i + 1] ?? "");
    else if (/^-C./.test(arg)) out.push(arg.slice(2));
  }
  return out;
}

/**
 * Reports whether a switch stands on a command line, whatever else is wrong
 * with it: how an error is shown is known before the line could be parsed.
 */
export function mentions(argv: readonly string[], flag: string): boolean {
  for (let i = 0; i < argv.length && argv[i] !== "--"; i += takesNext(argv[i]!) ? 2 : 1) {
    if (argv[i] === flag) return true;
  }
  return false;
}
