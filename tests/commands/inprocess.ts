/** gorel with somebody at the terminal, who waits for a question and answers it. */
import { type Ran, runHere } from "../support/inprocess.ts";

export type { Ran } from "../support/inprocess.ts";

/** What is awaited on the terminal since the last answer, and what is typed then. */
export type Answer = readonly [until: RegExp, type: string | (() => string)];

/** Runs a command line in a folder. With answers there is a terminal, which ends behind the last. */
export async function inProcess(
  argv: readonly string[],
  dir: string,
  env: Readonly<Record<string, string>>,
  answers?: readonly Answer[],
): Promise<Ran> {
  const left = [...answers ?? []];
  let seen = 0;
  return await runHere(argv, dir, { LANG: "C.UTF-8", ...env }, (silent, ran) => ({
    ...silent,
    interactive: answers !== undefined,
    async readLine() {
      const next = left.shift();
      if (!next) return null;
      const [until, type] = next;
      for (let tries = 0; !until.test(ran.out.slice(seen)); tries++) {
        if (tries === 1500) throw new Error(`never said ${until}:\n${ran.out.slice(seen)}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      seen = ran.out.length;
      return typeof type === "string" ? type : type();
    },
  }));
}
