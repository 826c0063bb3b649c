/** One go command on a copy of a tree. */
import { join } from "node:path";
import type { Processes } from "../services.ts";
import { decode, lineByLine } from "../text.ts";
import type { Workplace } from "./copy.ts";
import { goEnvironment, type Ground, type Platform } from "./environment.ts";
import { hidden, read, type Said, shown, type Stage } from "./said.ts";

/** One go command. */
export interface Call {
  Args: readonly string[];
  /** The root of a copy, and the module's folder in it. */
  Root: string;
  Dir: string;
  /** The folder of the go.work that counts, from the root; null: none. */
  Work: string | null;
  Asks: boolean;
  Platform?: Platform;
}

/** What came of it; "stopped" when the maintainer had enough. */
export type Ran = Passed | Broken | "stopped";

export interface Passed {
  Out: string;
}

export interface Broken {
  Failed: Said;
  Out: string;
}

export interface GoOptions {
  processes: Processes;
  ground: Ground;
  place: Workplace;
  /** What of ours go may print besides the trees, and what stands for it. */
  hidden: Stage["Hidden"];
  signal: AbortSignal;
  heard: (line: string) => void;
}

/** The file that takes everything: what is built is not kept. */
export const nowhere = Deno.build.os === "windows" ? "NUL" : "/dev/null";

/**
 * Runs go in a group of processes of its own, which a Ctrl-C does not reach: it is ended by us,
 * at once. Nothing that it prints names a folder of ours.
 */
export async function go(call: Call, options: GoOptions): Promise<Ran> {
  const { processes, ground, place, signal } = options;
  if (signal.aborted) return "stopped";
  const Folder = join(call.Root, call.Dir);
  const Roots = place.roots;
  const Hidden = [...Roots.flatMap((root) => hidden(root, "")), ...options.hidden];
  const stage = { Folder, Roots, Hidden };
  const words = lineByLine((line) => options.heard(shown(line, stage)));
  const result = await processes.run("go", call.Args, {
    cwd: Folder,
    env: {
      ...goEnvironment(ground, {
        Work: call.Work === null ? "off" : join(call.Root, call.Work, "go.work"),
        Asks: call.Asks,
        ...(call.Platform && { Platform: call.Platform }),
      }),
      PWD: Folder,
    },
    shielded: true,
    timeout: 0,
    maxBytes: 64 << 20,
    heard: words.bytes,
    signal,
  });
  words.end();
  if (signal.aborted || result.Killed === "signal") return "stopped";
  const Out = decode(result.Stdout);
  const err = decode(result.Stderr);
  // A folder without packages has nothing that could fail.
  const passed = result.Code === 0 || /^(?:go: )?no packages to vet/m.test(err);
  return passed && !result.Killed ? { Out } : { Failed: read(err, stage), Out };
}
