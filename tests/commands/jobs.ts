/** gorel in the jobs of a CI system: in this process, with a log of its own. */
import type { Load } from "../../lib/cli/answer.ts";
import { inCi } from "../../lib/cli/ci.ts";
import { releaseWords } from "../../lib/cli/commands.ts";
import { machine } from "../../lib/cli/machine.ts";
import { run } from "../../lib/cli/program.ts";
import { environment } from "../support/gorel.ts";

export interface Said {
  code: number;
  out: string;
  err: string;
  /** Standard output as JSON; throws when it is not exactly one document. */
  // deno-lint-ignore no-explicit-any
  readonly json: any;
}

const load: Load = (command) =>
  import(
    new URL(
      `../../commands/${releaseWords.some((word) => word === command) ? "release" : command}.ts`,
      import.meta.url,
    ).href
  );

/** Runs gorel in a job, on a pseudo-terminal if anybody asked. */
export async function job(
  words: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<Said> {
  const said = { out: "", err: "" };
  const services = {
    ...machine({ ...environment(), ...env }),
    terminal: inCi({
      interactive: true,
      out: (text) => said.out += text,
      err: (text) => said.err += text,
      readLine: () => Promise.reject(new Error("something was asked")),
    }),
  };
  const code = await run(words, services, new AbortController().signal, load, cwd);
  return {
    code,
    ...said,
    get json() {
      return JSON.parse(said.out);
    },
  };
}
