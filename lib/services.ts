/**
 * The doors to the world, as interfaces: everything that starts a program,
 * asks a server, reads the clock or writes to the terminal gets them from
 * `main.ts`, so that a sandbox or a test can stand in for the machine.
 */

/** How to run a program. No shell is ever involved. */
export interface RunOptions {
  cwd?: string;
  /** Added to the services' environment; `undefined` removes a variable. */
  env?: Record<string, string | undefined>;
  stdin?: Uint8Array | string;
  /** Milliseconds until the program is killed; default 60 000, 0 for none. */
  timeout?: number;
  /** Most bytes of output that are kept before the program is killed; default 256 MiB. */
  maxBytes?: number;
  /** Keeps a Ctrl-C from the program, and the terminal too: what it has begun it ends. */
  shielded?: boolean;
  /** Gives the program this terminal (passphrases, host keys); its output is then not captured. */
  terminal?: boolean;
  /** It may ask on this terminal by itself (passphrases, host keys): whoever draws there lets go of it. */
  asks?: boolean;
  /** Hears standard error as it comes; it is kept all the same. */
  heard?: (bytes: Uint8Array) => void;
  /** Kills the program at once when it is aborted. */
  signal?: AbortSignal;
  /**
   * Keeps a Ctrl-C and the terminal from the program, as `shielded` does; a kill ends all that it
   * has started, with a moment to put away what it has begun.
   */
  group?: boolean;
  /** Standard error is only heard: nothing of it is kept, and it is never too much. */
  unkept?: boolean;
}

/** What a program left behind. `Code` is 127 when it could not be started. */
export interface RunResult {
  Code: number;
  Stdout: Uint8Array;
  Stderr: Uint8Array;
  /** Set when it was killed: by the time limit, by too much output, or by the signal. */
  Killed?: "timeout" | "output" | "signal";
}

export interface Processes {
  run(
    program: "git" | "go" | "sh",
    args: readonly string[],
    options?: RunOptions,
  ): Promise<RunResult>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A CI system by how its log is written; "other" ones read plain lines. */
export type CiSystem = "github" | "gitlab" | "other";

export interface Terminal {
  /** True when both input and output are a terminal. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** To standard error what a CI system is to obey, which is never foreign; absent: none would. */
  command?(text: string): void;
  /** One line of input without its end; null at the end of input. */
  readLine(): Promise<string | null>;
}

export interface Services {
  /** The environment, without LD_* and DYLD_*: what children get. */
  readonly env: Readonly<Record<string, string>>;
  readonly processes: Processes;
  readonly clock: Clock;
  readonly terminal: Terminal;
  /** The CI system that this runs in: nobody is there to be asked, and its log is read for commands. */
  readonly ci?: CiSystem;
  readonly fetch: typeof fetch;
}
