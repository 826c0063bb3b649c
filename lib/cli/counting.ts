/** How far something is that counts: one line that is written over and then erased, or JSON lines. */
import { jsonText } from "../text.ts";
import type { Services } from "../services.ts";
import type { Options } from "./answer.ts";

/** Where progress is told. */
export interface Counting {
  /** `done` of as many as are known of; most calls show nothing. */
  told(done: number, of: number): void;
  /** Takes the line away. */
  end(): void;
}

/** Milliseconds between two lines: more would only cost time. */
const pause = 100;

/** Counts on standard error: JSON lines with `--events`, else only where that is a terminal. */
export function counting(
  { flags }: Pick<Options, "flags">,
  { terminal, clock, ci }: Services,
  what: string,
): Counting {
  const seen = Deno.stderr.isTerminal() && ci === undefined;
  if (!flags.events && (flags.quiet || !seen)) {
    return { told() {}, end() {} };
  }
  let last = 0;
  let shown = false;
  return {
    told(Done, Of) {
      const now = clock.now();
      if (now - last < pause && Done !== Of) return;
      last = now;
      if (flags.events) {
        const At = new Date(now).toISOString();
        terminal.err(jsonText({ At, Do: "fetch", State: "running", What: what, Done, Of }) + "\n");
      } else {
        shown = true;
        terminal.err(`\r${Done} of ${Of} ${what}\x1b[K`);
      }
    },
    end() {
      if (shown) terminal.err("\r\x1b[K");
      shown = false;
    },
  };
}
