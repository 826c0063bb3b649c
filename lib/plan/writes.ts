/** The files of a commit that does not exist yet: what is included, and the edit of go.mod. */
import type { IncludedFile, ModuleFacts } from "../facts/types.ts";
import { comparePaths } from "../git/objects.ts";
import { type Planned, planned } from "../git/planned.ts";
import type { Repository } from "../git/repository.ts";
import type { Snapshot } from "../git/tree.ts";
import { decodeText, encodeText } from "../go/modfile/utf8.ts";
import type { Edited } from "./edit.ts";
import { compareLines } from "./lines.ts";
import type { ByteEdit, WriteStep } from "./types.ts";

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
  const Files = await Promise.all(rest.map((file) => asItIs(base, file)));
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

async function asItIs(base: Snapshot, file: IncludedFile): Promise<WrittenFile> {
  const { Path, Mode, Before, After, Bytes } = file;
  // Whoever reads a saved plan looks into its go.mod before it is carried out.
  const whole = /(^|\/)go\.mod$/.test(Path) || Before === null || Before === After;
  const old = whole || !Bytes ? null : await base.read(Before);
  const Edits = old && Bytes && editsOf(old, Bytes);
  return { File: Path, Mode, Before, After, ...(Edits ? { Edits } : Bytes && content(Bytes)) };
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
