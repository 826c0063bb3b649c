/** The real machine behind the Services. */
import type { Clock, Processes, RunOptions, RunResult, Services, Terminal } from "../services.ts";
import { childEnvironment } from "./children.ts";
import { ciSystem, inCi } from "./ci.ts";
import { trustingFetch } from "./trust.ts";

const encoder = new TextEncoder();
const empty = new Uint8Array();

/** Milliseconds that the pipes of a program that has ended are listened to in silence. */
const longestSilence = 2000;

/**
 * Reads a stream to its end, or until it is cancelled: a program that was killed may
 * leave children behind that keep its pipes open.
 */
class Collector {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #cancelled = false;
  #heard = performance.now();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  cancel(): void {
    this.#cancelled = true;
    this.#reader.cancel().catch(() => {});
  }

  /** Milliseconds since anything was said. */
  get silence(): number {
    return performance.now() - this.#heard;
  }

  async all(
    room: { bytes: number },
    full: () => void,
    heard: (bytes: Uint8Array) => void = () => {},
    keep = true,
  ): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    try {
      for (let next = await this.#reader.read(); !next.done; next = await this.#reader.read()) {
        this.#heard = performance.now();
        heard(next.value);
        if (!keep) continue;
        room.bytes -= next.value.length;
        if (room.bytes < 0) {
          full();
          break;
        }
        chunks.push(next.value);
      }
    } catch (error) {
      if (!this.#cancelled) throw error;
    }
    if (chunks.length === 1) return chunks[0]!;
    const all = new Uint8Array(chunks.reduce((n, c) => n + c.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }
}

function processes(env: Record<string, string>): Processes {
  return {
    async run(
      program: string,
      args: readonly string[],
      options: RunOptions = {},
    ) {
      const environment = { ...env };
      for (const [name, value] of Object.entries(options.env ?? {})) {
        if (value === undefined) delete environment[name];
        else environment[name] = value;
      }
      const piped = options.terminal ? "inherit" : "piped";
      let child: Deno.ChildProcess;
      try {
        child = new Deno.Command(program, {
          args: [...args],
          clearEnv: true,
          env: environment,
          ...(options.cwd !== undefined && { cwd: options.cwd }),
          ...((options.shielded || options.group) && !options.terminal && { detached: true }),
          stdin: options.terminal ? "inherit" : options.stdin === undefined ? "null" : "piped",
          stdout: piped,
          stderr: piped,
        }).spawn();
      } catch (error) {
        return {
          Code: 127,
          Stdout: empty,
          Stderr: encoder.encode(`${program}: ${(error as Error).message}`),
        };
      }
      let killed: RunResult["Killed"];
      const collectors: Collector[] = [];
      const kill = (why: NonNullable<RunResult["Killed"]>) => {
        killed ??= why;
        if (options.group && patience === undefined) {
          patience = setTimeout(() => kill(why), longestSilence);
          if (signalGroup(child.pid, "TERM", environment)) return;
        }
        try {
          child.kill("SIGKILL");
        } catch {
          // It has ended in the meantime.
        }
        for (const collector of collectors) collector.cancel();
      };
      const limit = options.timeout ?? 60_000;
      let over = false;
      let leftBehind: ReturnType<typeof setInterval> | undefined;
      let patience: ReturnType<typeof setTimeout> | undefined;
      const timer = limit > 0 ? setTimeout(() => kill("timeout"), limit) : undefined;
      const stopped = () => kill("signal");
      options.signal?.addEventListener("abort", stopped);
      try {
        if (options.terminal) {
          const { code } = await child.status;
          return { Code: code, Stdout: empty, Stderr: empty };
        }
        const room = { bytes: options.maxBytes ?? 256 << 20 };
        const full = () => kill("output");
        const feeding = feed(child, options.stdin);
        collectors.push(new Collector(child.stdout), new Collector(child.stderr));
        if (options.signal?.aborted) stopped();
        // A program may leave another one behind that keeps its pipes open and says nothing.
        child.status.then(() => {
          if (over) return;
          const ended = performance.now();
          leftBehind = setInterval(() => {
            const silence = Math.min(
              performance.now() - ended,
              ...collectors.map((c) => c.silence),
            );
            if (silence > longestSilence) { for (const c of collectors) c.cancel(); }
          }, longestSilence / 4);
        });
        const [stdout, stderr, status] = await Promise.all([
          collectors[0]!.all(room, full),
          collectors[1]!.all(room, full, options.heard, !options.unkept),
          child.status,
        ] as [Promise<Uint8Array>, Promise<Uint8Array>, Promise<Deno.CommandStatus>]);
        await feeding;
        return {
          Code: status.code,
          Stdout: stdout,
          Stderr: stderr,
          ...(killed && { Killed: killed }),
        };
      } finally {
        options.signal?.removeEventListener("abort", stopped);
        clearTimeout(timer);
        clearInterval(leftBehind);
        clearTimeout(patience);
        if (options.group && killed) signalGroup(child.pid, "KILL", environment);
        over = true;
      }
    },
  };
}

/**
 * Signals a program that was started out of reach, and all that it has started. Deno itself may
 * only signal a program of its own while it may not run everything; `sh` may.
 */
function signalGroup(pid: number, name: "TERM" | "KILL", env: Record<string, string>): boolean {
  if (Deno.build.os === "windows") return false;
  const args = ["-c", `kill -s ${name} -- -${pid}`];
  try {
    return new Deno.Command("sh", { args, clearEnv: true, env, stderr: "null" }).outputSync()
      .success;
  } catch {
    return false;
  }
}

async function feed(
  child: Deno.ChildProcess,
  stdin: RunOptions["stdin"],
): Promise<void> {
  if (stdin === undefined) return;
  const writer = child.stdin.getWriter();
  try {
    await writer.write(
      typeof stdin === "string" ? encoder.encode(stdin) : stdin,
    );
    await writer.close();
  } catch {
    // A program that ends without reading its input is judged by its exit code.
  }
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done);
    }),
};

function writeAll(
  to: { writeSync(bytes: Uint8Array): number },
  text: string,
): void {
  let bytes = encoder.encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
}

const terminal: Terminal = {
  interactive: Deno.stdin.isTerminal() && Deno.stdout.isTerminal(),
  out: (text) => writeAll(Deno.stdout, text),
  err: (text) => writeAll(Deno.stderr, text),
  async readLine() {
    const bytes: number[] = [];
    const one = new Uint8Array(1);
    while (true) {
      const n = await Deno.stdin.read(one);
      if (n === null) {
        return bytes.length === 0 ? null : new TextDecoder().decode(new Uint8Array(bytes));
      }
      if (one[0] === 10) {
        return new TextDecoder().decode(new Uint8Array(bytes)).replace(
          /\r$/,
          "",
        );
      }
      bytes.push(one[0]!);
    }
  },
};

/** Services of this machine; `env` stands in for the process's environment. */
export function machine(
  env: Record<string, string> = Deno.env.toObject(),
): Services {
  const environment = childEnvironment(env);
  const ci = ciSystem(env);
  return {
    env: environment,
    processes: processes(environment),
    clock,
    terminal: ci === undefined ? terminal : inCi(terminal),
    ...(ci !== undefined && { ci }),
    fetch: trustingFetch(env),
  };
}
