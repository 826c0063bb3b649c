/** gorel in the jobs of a CI system: in this process, with a log of its own. */
import { inCi } from "../../lib/cli/ci.ts";
import { type Ran, runHere } from "../support/inprocess.ts";

export interface Said extends Ran {
  /** Standard output as JSON; throws when it is not exactly one document. */
  // deno-lint-ignore no-explicit-any
  readonly json: any;
}

/** Runs gorel in a job, on a pseudo-terminal if anybody asked. */
export async function job(
  words: readonly string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<Said> {
  const ran = await runHere(words, cwd, env, (silent) =>
    inCi({
      ...silent,
      interactive: true,
      readLine: () => Promise.reject(new Error("something was asked")),
    }));
  return {
    ...ran,
    get json() {
      return JSON.parse(ran.out);
    },
  };
}
