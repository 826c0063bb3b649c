/**
 * Git's own lock of the index, held while branch, files and index change: a `git commit`
 * between them would take an index that does not fit its branch any more.
 */
import { type Problem, problem } from "../problem.ts";
import type { Repository } from "../git/repository.ts";
import { copyIndex, indexFile } from "../git/index.ts";
import { clean, decode, encode } from "../text.ts";
import { isFile, remove } from "./disk.ts";

/** What the lock file holds, by which one is known that a killed gorel left. */
const mark = "gorel holds the index: gorel resume, or gorel undo\n";

/** Milliseconds that a git which only refreshes the index is waited for. */
const patience = 2000;

export class IndexLock implements Disposable {
  /** The index that will take the place of the one there is: at first a copy of it. */
  readonly next: string;

  private constructor(readonly index: string) {
    this.next = `${index}.gorel`;
  }

  /** Takes the lock. Problem `locked` when a git has it and does not end soon. */
  static async take(repo: Repository): Promise<IndexLock | Problem> {
    const { clock } = repo.services;
    const lock = new IndexLock(indexFile(repo));
    const until = clock.now() + patience;
    removeOwnLock(repo);
    while (!lock.#take()) {
      if (clock.now() > until) {
        return problem("locked", `Another git holds the index: ${clean(lock.#file)} is there.`, {
          fix: "wait for it to end; remove the lock file if it was killed",
        });
      }
      await clock.sleep(20);
    }
    copyIndex(lock.index, lock.next);
    return lock;
  }

  /** Puts the next index in the place of the one there is. */
  publish(): void {
    if (!isFile(this.next)) return;
    using file = Deno.openSync(this.next, { read: true, write: true });
    file.syncSync();
    Deno.renameSync(this.next, this.index);
  }

  [Symbol.dispose](): void {
    remove(this.next);
    remove(this.#file);
  }

  get #file(): string {
    return this.index + ".lock";
  }

  /** The lock comes to be with all it holds, as a second name of a file that is written already. */
  #take(): boolean {
    remove(this.next);
    remove(this.next + ".lock");
    Deno.writeFileSync(this.next, encode(mark), { createNew: true });
    try {
      Deno.linkSync(this.next, this.#file);
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      return this.#takePlainly();
    } finally {
      remove(this.next);
    }
    return true;
  }

  /** Where the file system knows no second names. */
  #takePlainly(): boolean {
    try {
      Deno.writeFileSync(this.#file, encode(mark), { createNew: true });
      return true;
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return false;
      throw error;
    }
  }
}

/** Removes what a killed gorel left of its lock. For the holder of gorel's own lock. */
export function removeOwnLock(repo: Repository): void {
  const index = indexFile(repo);
  if (isOwn(index + ".lock")) remove(index + ".lock");
  for (const name of [`${index}.gorel`, `${index}.gorel.lock`]) remove(name);
}

function isOwn(path: string): boolean {
  try {
    const found = Deno.lstatSync(path);
    return found.isFile && found.size === encode(mark).length &&
      decode(Deno.readFileSync(path)) === mark;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
