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

/** One event. `Step` is the plan's Id, or "undo". */
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
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(folder)];
  } catch {
    return [];
  }
  return entries.filter((e) => e.isFile && e.name.endsWith(".journal"))
    .map((e) => join(folder, e.name)).sort();
}

/**
 * Reads every journal, oldest first. A line that was cut by a crash is the
 * last one and is dropped; a file whose first line is not whole counts as not
 * begun, because nothing is written anywhere before that line is safe.
 */
export function readJournals(commonDir: string): JournalRecord[] {
  return journalFiles(commonDir).map(readJournal).filter((record) => record !== null)
    .sort((a, b) => (a.Events[0]?.At ?? 0) - (b.Events[0]?.At ?? 0));
}

/**
 * Journals whose first line is whole and yet none of ours: something was begun, and
 * nobody knows any more what.
 */
export function damagedJournals(commonDir: string): string[] {
  return journalFiles(commonDir).filter((file) =>
    readJournal(file) === null && Deno.readFileSync(file).includes(0x0a)
  );
}

/** Null when there is none, or its first line is not that of a journal. */
function readJournal(file: string): JournalRecord | null {
  let text: string;
  try {
    text = decode(Deno.readFileSync(file));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const lines = text.split("\n");
  const values: unknown[] = [];
  for (const line of lines.filter((l) => l !== "")) {
    try {
      values.push(JSON.parse(line));
    } catch {
      break;
    }
  }
  const [header, ...events] = values;
  if (!isHeader(header)) return null;
  return { File: file, Header: header, Events: events.filter(isEvent) };
}

function isHeader(value: unknown): value is JournalHeader {
  const h = value as JournalHeader | undefined;
  return h?.Format === 1 && typeof h.Version === "string" && typeof h.Module === "string" &&
    typeof h.TagName === "string" && typeof h.Plan === "object";
}

function isEvent(value: unknown): value is JournalEvent {
  const e = value as JournalEvent | null;
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
    // Left by a crash before its first line was whole, or no file at all.
    if (!readJournals(commonDir).some((record) => record.File === file)) removeIfThere(file, false);
    const fresh = Deno.openSync(file, { write: true, createNew: true, mode: 0o600 });
    try {
      writeAll(fresh, JSON.stringify(header) + "\n");
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
      Deno.writeFileSync(temporary, encode(whole), { mode: 0o600 });
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

  /** Reports whether the step's last event says that it was done. */
  isDone(step: string): boolean {
    return this.last(step)?.State === "done";
  }

  /** The folder that keeps what `undo` needs: the index and the files as they were. */
  get keep(): string {
    return this.record.File.replace(/\.journal$/, ".kept");
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
