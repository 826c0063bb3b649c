/** Programs that may ask on the terminal by themselves (passphrases, host keys), while screens are open. */
import type { Services } from "../lib/services.ts";
import { clean, lineByLine, withoutCredentials } from "../lib/text.ts";
import { terminalModes } from "../lib/tui/terminal/job.ts";

/** Gives the terminal for as long as a work takes. */
export type Lend = <T>(work: () => Promise<T>, program?: string) => Promise<T>;

/** Who hears of what such a program does. */
export interface Hearer {
  /** One line of what it said, without credentials, when it said it. */
  heard(line: string): void;
  /** What gives the terminal its modes back, should the program be left in the middle. */
  restore(restore: () => Promise<void>): void;
}

/**
 * The services with which such programs get the terminal: `lend` gives it, and is absent where
 * nobody draws on it.
 */
export function asking(services: Services, lend: Lend | undefined, hearer: Hearer): Services {
  const { processes, terminal } = services;
  return {
    ...services,
    processes: {
      run: async (program, args, options = {}) => {
        if (!options.asks) return await processes.run(program, args, options);
        // It has the terminal, and with it every ^C: that is to stop what comes after this step.
        const deaf = ["-c", `trap "" INT; exec "$0" "$@"`, program, ...args];
        const lines = lineByLine((text) => {
          const line = withoutCredentials(text);
          hearer.heard(line);
          // While it has the terminal its words stand there, as those of any program.
          if (lend) terminal.err(`  ${clean(line)}\n`);
        });
        const run = () => processes.run("sh", deaf, { ...options, heard: lines.bytes });
        const result = lend ? await lend(run, program) : await keepingModes(services, run, hearer);
        lines.end();
        return result;
      },
    },
  };
}

async function keepingModes<T>(
  services: Services,
  work: () => Promise<T>,
  hearer: Hearer,
): Promise<T> {
  hearer.restore(await terminalModes(services));
  const result = await work();
  hearer.restore(() => Promise.resolve());
  return result;
}
