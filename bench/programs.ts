/** The programs that are timed, each in surroundings that are the same on every machine. */
import { fileURLToPath } from "node:url";
import { environment, permissions } from "../tests/support/gorel.ts";
import { gitEnvironment, tryRun } from "../tests/support/repo.ts";
import type { Program } from "./harness.ts";

const config = fileURLToPath(new URL("../deno.json", import.meta.url));
/** The program from source. */
export const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const empty = fileURLToPath(new URL("./empty.ts", import.meta.url));

function deno(
  label: string,
  file: string,
  args: readonly string[],
  at: { Cwd: string; Home: string },
): Program {
  return {
    Label: label,
    Name: Deno.execPath(),
    Args: ["run", "--quiet", "--config", config, ...permissions, file, ...args],
    Cwd: at.Cwd,
    Env: { ...environment(), ...gitEnvironment(at.Home) },
  };
}

/** gorel, started as its task starts it. */
export function gorel(args: readonly string[], at: { Cwd: string; Home: string }): Program {
  return deno("gorel", main, args, at);
}

/** Deno with an empty program and the same permissions. */
export function bareDeno(at: { Cwd: string; Home: string }): Program {
  return deno("bare Deno", empty, [], at);
}

/** Another program, or a sentence if it is not on PATH. */
export function peer(
  name: string,
  args: readonly string[],
  at: { Cwd: string; Home: string },
  env: Readonly<Record<string, string>> = {},
): Program | string {
  try {
    tryRun(name, ["--version"], { env: { ...environment(), ...gitEnvironment(at.Home) } });
  } catch {
    return `${name} (not on PATH)`;
  }
  return {
    Label: [name, ...args.filter((arg) => !arg.startsWith("-"))].join(" "),
    Name: name,
    Args: args,
    Cwd: at.Cwd,
    Env: { ...{ ...environment(), ...gitEnvironment(at.Home) }, ...env },
  };
}
