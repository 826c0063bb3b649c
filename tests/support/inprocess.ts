/** gorel in the test's own process: real git, real commands, and a terminal that is played. */
import type { Load } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { run } from "../../lib/cli/program.ts";
import type { Terminal } from "../../lib/services.ts";
import { environment } from "./gorel.ts";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

const folder = new URL("../../commands/", import.meta.url);
const files = new Set(Array.from(Deno.readDirSync(folder), ({ name }) => name));

/** The file of a command; what has none of its own releases. An href is looked for in no graph. */
export const load: Load = (command) =>
  import(new URL(`${files.has(`${command}.ts`) ? command : "release"}.ts`, folder).href);

/**
 * Runs a command line in a folder, where nobody sits at the terminal; `terminal` makes another one
 * of that, and is given what was said so far.
 */
export async function runHere(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  terminal: (silent: Terminal, ran: Ran) => Terminal = (silent) => silent,
  signal = new AbortController().signal,
): Promise<Ran> {
  const ran: Ran = { code: -1, out: "", err: "" };
  const silent: Terminal = {
    interactive: false,
    out: (text) => ran.out += text,
    err: (text) => ran.err += text,
    readLine: () => Promise.resolve(null),
  };
  const services = {
    ...machine({ ...environment(), ...env }),
    terminal: terminal(silent, ran),
  };
  ran.code = await run(argv, services, signal, load, cwd);
  return ran;
}
