/** The programs that are timed, each in surroundings that are the same on every machine. */
import { fileURLToPath } from "node:url";
import { permissions } from "../tests/support/gorel.ts";
import { gitEnvironment, tryRun } from "../tests/support/repo.ts";
import type { Program } from "./harness.ts";

const config = fileURLToPath(new URL("../deno.json", import.meta.url));
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const empty = fileURLToPath(new URL("./empty.ts", import.meta.url));

function environment(home: string): Record<string, string> {
  const { PATH = "", DENO_DIR, XDG_CACHE_HOME, HOME = "" } = Deno.env.toObject();
  return {
    PATH,
    DENO_DIR: DENO_DIR ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/deno`,
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
    GOENV: "off",
    GOPROXY: "off",
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
    ...gitEnvironment(home),
  };
}

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
    Env: environment(at.Home),
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
    tryRun(name, ["--version"], { env: environment(at.Home) });
  } catch {
    return `${name} (not on PATH)`;
  }
  return {
    Label: [name, ...args.filter((arg) => !arg.startsWith("-"))].join(" "),
    Name: name,
    Args: args,
    Cwd: at.Cwd,
    Env: { ...environment(at.Home), ...env },
  };
}
