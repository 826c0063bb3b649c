/** One gorel at a time in a repository: a lock of the operating system, which dies with its process. */
import { join } from "node:path";
import { type Problem, problem } from "../problem.ts";
import { journalFolder } from "../journal/journal.ts";

/** A held lock; disposing of it lets the next one in and leaves no file behind. */
export class Lock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #path: string;

  private constructor(file: Deno.FsFile, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Takes the lock of a repository, or says that another gorel has it. Never waits. */
  static take(commonDir: string): Lock | Problem {
    const folder = journalFolder(commonDir);
    const path = join(folder, "lock");
    while (true) {
      Deno.mkdirSync(folder, { recursive: true });
      let file: Deno.FsFile;
      try {
        file = Deno.openSync(path, { write: true, create: true, mode: 0o600 });
      } catch (error) {
        // Another gorel that just ended removed the folder between the two calls.
        if (error instanceof Deno.errors.NotFound) continue;
        throw error;
      }
      if (!file.tryLockSync(true)) {
        file.close();
        return problem("locked", "Another gorel is at work in this repository.", {
          fix: "wait until it has ended",
        });
      }
      // The one who held it before may have removed the file after it was opened here.
      if (isSame(file, path)) return new Lock(file, path);
      file.close();
    }
  }

  [Symbol.dispose](): void {
    remove(this.#path);
    remove(join(this.#path, ".."));
    this.#file.close();
  }
}

function isSame(file: Deno.FsFile, path: string): boolean {
  try {
    return Deno.statSync(path).ino === file.statSync().ino;
  } catch {
    return false;
  }
}

function remove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    // A journal keeps the folder in use.
  }
}
