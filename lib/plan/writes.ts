/** The files of a commit that does not exist yet: what is included, and the edit of go.mod. */
import type { IncludedFile, ModuleFacts } from "../facts/types.ts";
import { comparePaths } from "../git/objects.ts";
import { type Planned, planned } from "../git/planned.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { decodeText } from "../go/modfile/utf8.ts";
import type { Edited } from "./edit.ts";
import type { WriteStep } from "./types.ts";

/** A file before and after, with the bytes it gets. */
export type WrittenFile = Omit<WriteStep, "Id" | "Do" | "In">;

/** The files of a commit, sorted by path, and the tree with them. */
export interface Written {
  Planned: Planned;
  Files: WrittenFile[];
}

/**
 * The base with the included files, and with go.mod as it was edited: on top of the included
 * one, where it is among them.
 */
export async function written(
  repo: Repository,
  base: Snapshot,
  goMod: ModuleFacts["GoMod"],
  edited: Edited | undefined,
  included: readonly IncludedFile[] = [],
): Promise<Written> {
  const before = included.find((file) => file.Path === goMod.File);
  const rest = included.filter((file) => !edited || file !== before);
  const changes = rest.map(({ Path, Mode, Bytes }) => ({ Path, Mode, Bytes }));
  const Mode = before?.Mode ?? (edited && (await base.readFile(goMod.File))!.Entry.Mode);
  if (edited) changes.push({ Path: goMod.File, Mode: Mode!, Bytes: edited.Bytes });
  const tree = await planned(base, changes, repo);
  const Files = rest.map(asItIs);
  if (edited) {
    const After = tree.Blobs.find((blob) => blob.Path === goMod.File)!.Oid;
    const file = { File: goMod.File, Mode: Mode! };
    Files.push(
      before
        ? { ...file, Before: before.Before, After, ...content(edited.Bytes), Here: before.After! }
        : { ...file, Before: goMod.Oid, After, Edits: edited.Edits },
    );
  }
  return { Planned: tree, Files: Files.sort((a, b) => comparePaths(a.File, b.File)) };
}

function asItIs({ Path, Mode, Before, After, Bytes }: IncludedFile): WrittenFile {
  return { File: Path, Mode, Before, After, ...(Bytes && content(Bytes)) };
}

function content(bytes: Uint8Array): Pick<WriteStep, "Text" | "Base64"> {
  const text = decodeText(bytes);
  const plain = text.isWellFormed() && !text.includes("\0");
  return plain ? { Text: text } : { Base64: bytes.toBase64() };
}
