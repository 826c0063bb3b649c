/**
 * The tree of a commit that is being planned: a snapshot, and over it the files as they are to be.
 * Nothing is written. Every part of a plan changes the same draft, one after the other.
 */
import type { IncludedFile } from "../facts/types.ts";
import { blobOid, comparePaths } from "../git/objects.ts";
import { type Planned, planned } from "../git/planned.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { decodeText, encodeText } from "../go/modfile/utf8.ts";
import { compareLines } from "./lines.ts";
import type { ByteEdit, WriteStep } from "./types.ts";

/** A file before and after, with the bytes it gets. */
export type WrittenFile = Omit<WriteStep, "Id" | "Do" | "In">;

/** The files of a commit, sorted by path, and the tree with them. */
export interface Written {
  Planned: Planned;
  Files: WrittenFile[];
}

/** A file as it is to be. */
interface Drafted {
  Mode: string;
  Bytes: Uint8Array | null;
  /** How it comes from what the snapshot has; absent where that is not said by single edits. */
  Edits?: ByteEdit[];
  Included?: IncludedFile;
}

export class Draft {
  readonly #files = new Map<string, Drafted>();
  #planned: Promise<Planned> | undefined;

  constructor(readonly repo: Repository, readonly base: Snapshot) {}

  /** True while nothing differs from the snapshot. */
  get empty(): boolean {
    return this.#files.size === 0;
  }

  /** Files that are not as the snapshot has them. */
  get changed(): string[] {
    return [...this.#files.keys()];
  }

  /** A changed file of the work tree goes in. */
  include(file: IncludedFile): void {
    this.#put(file.Path, { Mode: file.Mode, Bytes: file.Bytes, Included: file });
  }

  /** A file as it is in the draft; null where there is none. */
  async read(path: string): Promise<{ Bytes: Uint8Array; Mode: string } | null> {
    const own = this.#files.get(path);
    if (own) return own.Bytes && { Bytes: own.Bytes, Mode: own.Mode };
    const found = await this.base.readFile(path);
    return found && { Bytes: found.Bytes, Mode: found.Entry.Mode };
  }

  /**
   * A file that is there gets these bytes. `edits` say how they come from what it holds in the
   * draft now, in ascending order.
   */
  edit(path: string, mode: string, bytes: Uint8Array, edits?: readonly ByteEdit[]): void {
    const before = this.#files.get(path);
    this.#put(path, {
      Mode: mode,
      Bytes: bytes,
      ...(!before && edits && { Edits: [...edits] }),
      ...(before?.Included && { Included: before.Included }),
    });
  }

  /** A file that is not there yet, or one that is there as a whole. */
  write(path: string, mode: string, bytes: Uint8Array): void {
    this.edit(path, mode, bytes);
  }

  /** A file goes away. */
  remove(path: string, mode: string): void {
    const before = this.#files.get(path);
    this.#put(path, {
      Mode: mode,
      Bytes: null,
      ...(before?.Included && { Included: before.Included }),
    });
  }

  /** The draft as a tree; what is worked out again only after a change. */
  planned(): Promise<Planned> {
    return this.#planned ??= planned(
      this.base,
      [...this.#files].map(([Path, { Mode, Bytes }]) => ({ Path, Mode, Bytes })),
      this.repo,
    );
  }

  /** The files that a commit of the draft writes. */
  async written(): Promise<Written> {
    const tree = await this.planned();
    const blobs = new Map(tree.Blobs.map(({ Path, Oid }) => [Path, Oid]));
    const paths = new Map((await this.#before()).map(({ Path, Oid }) => [Path, Oid]));
    const files = [...this.#files].flatMap(([File, file]) => {
      const Before = file.Included ? file.Included.Before : paths.get(File) ?? null;
      const After = file.Bytes && (blobs.get(File) ?? blobOid(file.Bytes, this.repo.ObjectFormat));
      // What ends as it was is no change, unless somebody said that it goes in.
      if (!file.Included && Before === After) return [];
      return [{ to: { File, Mode: file.Mode, Before, After }, file }];
    });
    const compared = files.filter(({ to, file }) => isCompared(to, file));
    const befores = await this.base.readMany(compared.map(({ to }) => to.Before!));
    return {
      Planned: tree,
      Files: files.map(({ to, file }) => ({ ...to, ...contentOf(to, file, befores) }))
        .sort((a, b) => comparePaths(a.File, b.File)),
    };
  }

  #put(path: string, file: Drafted): void {
    this.#planned = undefined;
    this.#files.set(path, file);
  }

  async #before(): Promise<{ Path: string; Oid: string }[]> {
    const paths = this.changed.filter((path) => !this.#files.get(path)!.Included);
    if (paths.length > 3) {
      const wanted = new Set(paths);
      return (await this.base.entries()).filter(({ Path, Mode }) =>
        wanted.has(Path) && Mode !== "160000"
      );
    }
    const found = await Promise.all(paths.map((path) => this.base.readFile(path)));
    return found.flatMap((file) => file ? [file.Entry] : []);
  }
}

type Ends = Pick<WrittenFile, "File" | "Before" | "After">;

/** Reports whether a file is said by what changes in it, which is found by comparing it. */
function isCompared({ File, Before, After }: Ends, { Bytes, Edits, Included }: Drafted): boolean {
  // Whoever reads a saved plan looks into an included go.mod before it is carried out.
  const whole = Before === null || Before === After ||
    (Included !== undefined && /(^|\/)go\.mod$/.test(File));
  return Bytes !== null && !Edits && !whole;
}

function contentOf(
  to: Ends,
  file: Drafted,
  befores: ReadonlyMap<string, Uint8Array>,
): Partial<WrittenFile> {
  const { Bytes, Edits, Included } = file;
  if (!Bytes) return {};
  if (Edits) return { Edits };
  const here = Included && Included.After !== to.After && Included.After !== null
    ? { Here: Included.After }
    : {};
  const edits = isCompared(to, file) ? editsOf(befores.get(to.Before!)!, Bytes) : null;
  return { ...(edits ? { Edits: edits } : content(Bytes)), ...here };
}

/** What changes in a text, line by line; null where saying all of it is shorter, or it is none. */
function editsOf(before: Uint8Array, after: Uint8Array): ByteEdit[] | null {
  const [old, now] = [textOf(before), textOf(after)];
  if (old === null || now === null) return null;
  const edits: ByteEdit[] = [];
  let at = 0;
  let open: ByteEdit | null = null;
  for (const { Sign, Text } of compareLines(old, now)) {
    if (Sign === " ") open = null;
    else {
      if (open === null) edits.push(open = { At: at, Old: "", New: "" });
      open[Sign === "-" ? "Old" : "New"] += Text;
    }
    if (Sign !== "+") at += encodeText(Text).length;
  }
  const said = edits.reduce((sum, edit) => sum + edit.Old.length + edit.New.length, 0);
  return said < now.length ? edits : null;
}

function content(bytes: Uint8Array): Pick<WriteStep, "Text" | "Base64"> {
  const text = textOf(bytes);
  return text === null ? { Base64: bytes.toBase64() } : { Text: text };
}

/** The text that bytes are; null where they are none. */
function textOf(bytes: Uint8Array): string | null {
  const text = decodeText(bytes);
  return text.isWellFormed() && !text.includes("\0") ? text : null;
}
