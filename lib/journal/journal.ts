/**
 * The journal: what was begun and how far it came, one file a release in
 * `<common git dir>/gorel/`. The first line holds the plan; every further line
 * is one event, written and synced before the next thing happens, so that a
 * killed process leaves a record that `resume` and `undo` can trust.
 */
import { join } from "node:path";
import { decode, encode } from "../text.ts";

/** The release a journal is about, readable without understanding the plan. */
export interface JournalHeader {
  Format: 1;
  Module: string;
  Version: string;
  TagName: string;
  /** The plan as JSON; the apply room checks and reads it. */
  Plan: unknown;
}

/**
 * One event. `Step` is the plan's Id, or one of the journal's own: "keep", "refs" and
 * "files" are parts of the local steps, "undo" takes them back.
 */
export interface JournalEvent {
  Step: string;
  State: "begun" | "done" | "failed";
  /** What the event means, in words a maintainer understands. */
  Did?: string;
  /** The object the step made. */
  Oid?: string;
  /** Milliseconds since 1970. */
  At: number;
}

export interface JournalRecord {
  File: string;
  Header: JournalHeader;
  Events: JournalEvent[];
}

/** A release as far as its journal names it. */
export interface Begun {
  Module: string;
  Version: string;
  TagName: string;
}

/**
 * The releases of a journal: the one in its header, and the others of its plan, which may be
 * anything, so that only what has their shape counts. `Module` is the path that users require.
 */
export function begunIn({ Header }: Pick<JournalRecord, "Header">): Begun[] {
  const { Releases } = (Header.Plan ?? {}) as { Releases?: unknown };
  const all = (Array.isArray(Releases) ? Releases : []).flatMap((one): Begun[] => {
    const { Module, NewModule, Version, TagName } = (one ?? {}) as Record<string, unknown>;
    const path = NewModule ?? Module;
    return [path, Version, TagName].every((text) => typeof text === "string")
      ? [{ Module: path as string, Version: Version as string, TagName: TagName as string }]
      : [];
  });
  const { Module, Version, TagName } = Header;
  return all.some((one) => one.TagName === TagName) ? all : [{ Module, Version, TagName }, ...all];
}

/** The folder of all journals of a repository. */
export function journalFolder(commonDir: string): string {
  return join(commonDir, "gorel");
}

/** Makes the tag's name a file name: a module in a sub-folder has a slash in its tag. */
function fileName(tagName: string): string {
  return encodeURIComponent(tagName) + ".journal";
}

/** Full names of all files that are called journals; a symbolic link is none. */
function journalFiles(commonDir: string): string[] {
  const folder = journalFolder(commonDir);
  return entriesOf(folder).filter((e) => e.isFile && e.name.endsWith(".journal"))
    .map((e) => join(folder, e.name)).sort();
}

function entriesOf(folder: string): Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
}

/**
 * Reads every journal, oldest first. A line that was cut by a crash is the
 * last one and is dropped; a file whose first line is not whole counts as not
 * begun, because nothing is written anywhere before that line is safe. One whose
 * release was taken back is none any more.
 */
export function readJournals(commonDir: string): JournalRecord[] {
  return journalFiles(commonDir).map(readJournal)
    .filter((record) => record !== "damaged" && record !== "none")
    .sort((a, b) => (a.Events[0]?.At ?? 0) - (b.Events[0]?.At ?? 0));
}

/** Journals with a whole line that is none of ours: nobody knows any more what was begun, or done. */
export function damagedJournals(commonDir: string): string[] {
  return journalFiles(commonDir).filter((file) => readJournal(file) === "damaged");
}

/** Removes what a crash left of journals that stand for nothing. For the holder of the lock. */
export function sweep(commonDir: string): void {
  const folder = journalFolder(commonDir);
  const files = journalFiles(commonDir);
  const left = files.filter((file) => readJournal(file) === "none");
  const stay = files.filter((file) => !left.includes(file));
  for (const file of left) removeIfThere(file, false);
  for (const { name, isSymlink } of entriesOf(folder)) {
    const path = join(folder, name);
    // A link where a journal is to begin is none of ours, and in its way.
    if (isSymlink) removeIfThere(path, false);
    const kept = name.endsWith(".kept") && !stay.some((file) => keepOf(file) === path);
    if (kept || name.endsWith(".journal.new")) removeIfThere(path, true);
  }
}

/** "none": nothing was begun, or all of it was taken back. */
function readJournal(file: string): JournalRecord | "damaged" | "none" {
  let text: string;
  try {
    text = decode(Deno.readFileSync(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "none";
    throw error;
  }
  // What follows the last line end was cut by a crash.
  const [first, ...rest] = text.split("\n").slice(0, -1).map(valueOf);
  if (first === undefined) return text.includes("\n") ? "damaged" : "none";
  if (!isHeader(first) || !rest.every(isEvent)) return "damaged";
  const last = rest.at(-1);
  if (last?.Step === "undo" && last.State === "done") return "none";
  return { File: file, Header: first, Events: rest };
}

/** Undefined for a line that is no JSON. */
function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is JournalHeader {
  const h = value as JournalHeader | undefined;
  return h?.Format === 1 && typeof h.Version === "string" && typeof h.Module === "string" &&
    typeof h.TagName === "string" && typeof h.Plan === "object";
}

function isEvent(value: unknown): value is JournalEvent {
  const e = value as JournalEvent | null | undefined;
  return typeof e?.Step === "string" && typeof e.At === "number" &&
    ["begun", "done", "failed"].includes(e.State) &&
    [e.Did, e.Oid].every((text) => text === undefined || typeof text === "string");
}

/** An open journal; every event is on the disk before `record` returns. */
export class Journal {
  private constructor(readonly record: JournalRecord) {}

  /** Begins a journal. Fails when one of the same tag exists. */
  static begin(commonDir: string, header: JournalHeader): Journal {
    const folder = journalFolder(commonDir);
    Deno.mkdirSync(folder, { recursive: true });
    const file = join(folder, fileName(header.TagName));
    const fresh = Deno.openSync(file, { write: true, createNew: true, mode: 0o600 });
    try {
      writeAll(fresh, JSON.stringify(header) + "\n");
    } catch (error) {
      removeIfThere(file, false);
      throw error;
    } finally {
      fresh.close();
    }
    return new Journal({ File: file, Header: header, Events: [] });
  }

  /** Goes on with a journal that was read from the disk. */
  static continue(record: JournalRecord): Journal {
    // A line that a crash cut in two must not run into the next one.
    const whole = [record.Header, ...record.Events].map((v) => JSON.stringify(v) + "\n").join("");
    if (decode(Deno.readFileSync(record.File)) !== whole) {
      const temporary = record.File + ".new";
      const file = Deno.openSync(temporary, {
        write: true,
        create: true,
        truncate: true,
        mode: 0o600,
      });
      try {
        writeAll(file, whole);
      } finally {
        file.close();
      }
      Deno.renameSync(temporary, record.File);
    }
    return new Journal(record);
  }

  /** Appends one event and syncs it. */
  write(event: JournalEvent): void {
    this.record.Events.push(event);
    const file = Deno.openSync(this.record.File, { append: true });
    try {
      writeAll(file, JSON.stringify(event) + "\n");
    } finally {
      file.close();
    }
  }

  /** The last event of a step, if any. */
  last(step: string): JournalEvent | undefined {
    return this.record.Events.findLast((e) => e.Step === step);
  }

  /** Reports whether the step's last event says that it was done, and nothing that it was taken back. */
  isDone(step: string): boolean {
    const events = this.record.Events;
    const at = events.findLastIndex((e) => e.Step === step);
    const undone = events.findLastIndex((e) => e.Step === "undo");
    return events[at]?.State === "done" && (at > undone || step === "keep");
  }

  /** The folder that keeps what `undo` needs: the index and the files as they were. */
  get keep(): string {
    return keepOf(this.record.File);
  }

  /** Removes the journal and what it kept; the folder too when nothing else is in it. */
  end(): void {
    removeIfThere(this.keep, true);
    removeIfThere(this.record.File, false);
    try {
      Deno.removeSync(join(this.record.File, ".."));
    } catch {
      // Another journal or a lock is in it.
    }
  }
}

function keepOf(file: string): string {
  return file.replace(/\.journal$/, ".kept");
}

function removeIfThere(path: string, recursive: boolean): void {
  try {
    Deno.removeSync(path, { recursive });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function writeAll(file: Deno.FsFile, text: string): void {
  let bytes: Uint8Array = encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(file.writeSync(bytes));
  file.syncSync();
}

/**
 * How far a release came, for people: the words of the last event, and
 * whether the push was done.
 */
export function progress(record: JournalRecord): { After: string; Pushed: boolean } {
  const done = record.Events.filter((e) => e.State === "done");
  const pushed = done.some((e) => e.Step === "push");
  return { After: done.at(-1)?.Did ?? "nothing yet", Pushed: pushed };
}
