/** One gorel at a time in a repository: a lock of the operating system, which dies with its process. */
import { join } from "node:path";
import { type Problem, problem, Refused } from "../problem.ts";
import { clean } from "../text.ts";
import { journalFolder, sweep } from "../journal/journal.ts";
import { faultOf } from "./fault.ts";

/** A held lock; disposing of it lets the next one in and leaves no file behind. */
export class Lock implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #path: string;

  private constructor(file: Deno.FsFile, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /**
   * Takes the lock of a repository, and clears away what a crash left there. Refused when
   * another gorel has it; never waits. Throws Failed when nothing can be written there.
   */
  static take(commonDir: string): Lock {
    try {
      const lock = Lock.#take(commonDir);
      try {
        sweep(commonDir);
        return lock;
      } catch (error) {
        lock[Symbol.dispose]();
        throw error;
      }
    } catch (error) {
      throw error instanceof Refused ? error : faultOf(error);
    }
  }

  /** Clears away what a crash left where nothing is unfinished, unless another gorel is at work. */
  static clear(commonDir: string): void {
    try {
      if (!Deno.lstatSync(journalFolder(commonDir)).isDirectory) return;
      Lock.take(commonDir)[Symbol.dispose]();
    } catch {
      // What cannot be cleared away is in nobody's way.
    }
  }

  static #take(commonDir: string): Lock {
    const folder = journalFolder(commonDir);
    const path = join(folder, "lock");
    while (true) {
      const fault = foreign(folder, (found) => found.isDirectory) ??
        foreign(path, (found) => found.isFile);
      if (fault) throw new Refused([fault]);
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
        throw new Refused([problem("locked", "Another gorel is at work in this repository.", {
          fix: "wait until it has ended",
        })]);
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

/** What has one of our names and is not ours: nothing is written to where a symbolic link leads. */
export function foreign(path: string, ours: (found: Deno.FileInfo) => boolean): Problem | null {
  try {
    if (ours(Deno.lstatSync(path))) return null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return problem(
    "unsupported-repository",
    `${clean(path)}, where the journal is kept, is not what gorel made.`,
    { fix: "look what it is, and move it away" },
  );
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
