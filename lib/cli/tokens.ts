/**
 * A command line taken apart, as far as it is plain. The runtime has the same (`node:util`), but
 * loading the first module of its kind takes a third of the time that Deno itself takes to start.
 */

/** What a name on the command line stands for. */
export interface Meaning<Name> {
  readonly name: Name;
  /** What a switch says; absent: the value stands on the command line. */
  readonly value?: boolean;
}

/** Operands, and what each flag says in their order. */
export interface Tokens<Name> {
  args: string[];
  flags: { name: Name; value: string | boolean }[];
}

/**
 * Takes a command line apart; `meant` has every name with its dashes. `--flag VALUE`,
 * `--flag=VALUE`, `-f VALUE`, `-fVALUE` and `-ab` are understood, and `--` before operands.
 * Undefined where a name is unknown, a value is missing or looks like a flag, or is one too many.
 */
export function tokens<Name>(
  argv: readonly string[],
  meant: ReadonlyMap<string, Meaning<Name>>,
): Tokens<Name> | undefined {
  const out: Tokens<Name> = { args: [], flags: [] };
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!;
    if (arg === "--") {
      out.args.push(...argv.slice(i + 1));
      break;
    }
    if (!looksLikeFlag(arg)) {
      out.args.push(arg);
      continue;
    }
    for (let rest = arg; rest !== "";) {
      const { key, behind } = first(rest);
      const flag = meant.get(key);
      if (!flag) return undefined;
      if (flag.value !== undefined) {
        if (behind.startsWith("-") || (behind !== "" && key.startsWith("--"))) return undefined;
        out.flags.push({ name: flag.name, value: flag.value });
        rest = behind === "" ? "" : `-${behind}`;
        continue;
      }
      const value = behind === "" ? argv[++i] : key.startsWith("--") ? behind.slice(1) : behind;
      if (value === undefined || (behind === "" && looksLikeFlag(value))) return undefined;
      // Parsers do not agree on whether the sign belongs to the value.
      if (!key.startsWith("--") && behind.startsWith("=")) return undefined;
      out.flags.push({ name: flag.name, value });
      rest = "";
    }
  }
  return out;
}

/** The name that an argument begins with, and what stands right behind it; of `--x=` the sign, too. */
function first(arg: string): { key: string; behind: string } {
  const at = arg.startsWith("--") ? `${arg}=`.indexOf("=") : 2;
  return { key: arg.slice(0, at), behind: arg.slice(at) };
}

/** A lone dash is an operand, or a value. */
function looksLikeFlag(arg: string): boolean {
  return arg.length > 1 && arg.startsWith("-");
}
