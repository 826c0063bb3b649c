/** A program on a real pseudo-terminal (util-linux `script`), timed by what it shows. */
import { environment } from "../tests/support/gorel.ts";

/** A program on a terminal of 80×24, and its output as it comes. */
export class Shown {
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array>;
  readonly #read: Promise<void>;
  #text = "";
  #ended = false;
  #more = Promise.withResolvers<void>();
  readonly began = performance.now();

  constructor(command: readonly string[], cwd: string, env: Record<string, string>) {
    const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
    this.#child = new Deno.Command("script", {
      args: ["-qefc", `stty rows 24 cols 80; exec ${quoted}`, "/dev/null"],
      cwd,
      clearEnv: true,
      env: { ...environment(), ...env, TERM: "xterm-256color" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keys = this.#child.stdin.getWriter();
    this.#read = this.#pump();
  }

  async #pump(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.#child.stdout) {
      this.#text += decoder.decode(bytes, { stream: true });
      this.#wake();
    }
    this.#ended = true;
    this.#wake();
  }

  #wake(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers<void>();
  }

  /** Milliseconds from the start until the output had these words. */
  async until(words: string): Promise<number> {
    while (!this.#text.includes(words)) {
      if (this.#ended) throw new Error(`it ended without showing ${words}:\n${this.#text}`);
      await this.#more.promise;
    }
    return performance.now() - this.began;
  }

  /** Milliseconds from a key to the first bytes of its frame; nothing may be on its way. */
  async key(key: string): Promise<number> {
    const next = this.#more.promise;
    const sent = performance.now();
    await this.#keys.write(new TextEncoder().encode(key));
    await next;
    return performance.now() - sent;
  }

  async end(): Promise<void> {
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await this.#keys.close().catch(() => {});
    await this.#read;
    await this.#child.status;
  }
}
