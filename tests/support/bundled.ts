/** The bundle in a folder of its own, started as launchers start it. */
import { join } from "node:path";
import { cachedBundle, type Files, root, startArguments } from "../../scripts/bundle.ts";
import { environment } from "./gorel.ts";
import { Folder } from "./repo.ts";

/** Writes files into a folder, which is made. */
export function writeFiles(folder: string, files: Files): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) Deno.writeFileSync(join(folder, name), bytes);
}

export class Bundled implements Disposable {
  readonly #folder = new Folder();

  private constructor(readonly files: Files) {
    writeFiles(this.app, files);
  }

  static async make(): Promise<Bundled> {
    return new Bundled(await cachedBundle());
  }

  get app(): string {
    return this.#folder.join("app");
  }

  /** Nothing of the sources may be read, and the folder of packages is empty. */
  async run(
    args: readonly string[],
    options: { cwd: string; env?: Record<string, string> },
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const start = startArguments.map((arg) => arg.replace("{dir}", this.#folder.path));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...start.toSpliced(-1, 0, `--deny-read=${root}`), ...args],
      cwd: options.cwd,
      clearEnv: true,
      env: {
        ...environment(),
        DENO_DIR: this.#folder.join("cache"),
        DENO_NO_PACKAGE_JSON: "1",
        ...options.env,
      },
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
