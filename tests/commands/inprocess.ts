/** gorel in the test's own process: real git, real commands, and a terminal that is played. */
import { machine } from "../../lib/cli/machine.ts";
import { run } from "../../lib/cli/program.ts";
import type { CommandModule } from "../../lib/cli/answer.ts";
import type { Services } from "../../lib/services.ts";
import { environment } from "../support/gorel.ts";

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** What is awaited on the terminal since the last answer, and what is typed then. */
export type Answer = readonly [until: RegExp, type: string | (() => string)];

const releases = /^(patch|minor|major|prerelease|release|auto|version|retract|unretract)$/;

/** Runs a command line in a folder. With answers there is a terminal, which ends behind the last. */
export async function inProcess(
  argv: readonly string[],
  dir: string,
  env: Readonly<Record<string, string>>,
  answers?: readonly Answer[],
): Promise<Ran> {
  const ran: Ran = { code: -1, out: "", err: "" };
  const left = [...answers ?? []];
  let seen = 0;
  const services: Services = {
    ...machine({ ...environment(), LANG: "C.UTF-8", ...env }),
    terminal: {
      interactive: answers !== undefined,
      out: (text) => ran.out += text,
      err: (text) => ran.err += text,
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
    },
  };
  const load = (name: string): Promise<CommandModule> =>
    import(`../../commands/${releases.test(name) ? "release" : name}.ts`);
  ran.code = await run(argv, services, new AbortController().signal, load, dir);
  return ran;
}
