/** From what was found and what was chosen: which mentions are rewritten, and the edits that do it. */
import type { MajorChoice } from "../../choices.ts";
import { decodeText, encodeText } from "../../go/modfile/utf8.ts";
import { Failed, type Problem } from "../../problem.ts";
import { clean } from "../../text.ts";
import type { ByteEdit } from "../types.ts";
import { latin1, latin1Bytes } from "./bytes.ts";
import { Chosen } from "./chosen.ts";
import { movedDown, oldMajorLines } from "./newgomod.ts";
import { keepImportOrder } from "./order.ts";
import { isInMajorFolder } from "./layout.ts";
import type { Renaming, Searched, SearchedFile } from "./search.ts";
import type { FileMentions, Occurrence } from "./types.ts";
import { dirOf, goModOf } from "../../facts/modules.ts";

/** What is chosen where nothing is said. */
export const nothingChosen: MajorChoice["Classes"] = { Rewrite: [], Leave: [] };

/**
 * What becomes of every mention. A module of the repository that does not go along with its
 * requirement keeps its imports as well; one with a vendored copy goes along only by its path.
 * Problems: words that name nothing.
 */
export function decide(
  { Files, Modules, Change, Dir }: Searched,
  classes: MajorChoice["Classes"],
): { Files: FileMentions[]; Problems: Problem[] } {
  const chosen = new Chosen(classes);
  const stays = new Map<string, string>();
  const vendoring = new Set(
    Files.flatMap(({ File }) =>
      /(?:^|\/)vendor\/modules\.txt$/.test(File) ? [goModOf(dirOf(dirOf(File)))] : []
    ),
  );
  for (const { File, Path } of Modules) {
    if (Path !== Change.Old || File === goModOf(Dir)) continue;
    stays.set(File, `is in another module of that name (${clean(File)})`);
  }
  for (const file of Files) {
    if (file.Other !== file.File || stays.has(file.File)) continue;
    const requires = file.Occurrences.filter((o) => o.Class === "nested" || o.Class === "pinned");
    const copied = vendoring.has(file.File);
    const named = { ...file, ...(copied && { Stays: vendoredThere(file.File) }) };
    const goes = requires.some((o) => o.Class === "nested" && chosen.decide(named, o).Rewritten);
    if (requires.length > 0 && !goes) {
      stays.set(
        file.File,
        named.Stays ?? `is in a module that stays with the old path (${clean(file.File)})`,
      );
    }
  }
  const decided = Files.filter((file) => file.Occurrences.length > 0).map((file): FileMentions => {
    const Stays = stays.get(file.Other ?? "");
    const named = { ...file, ...(Stays !== undefined && { Stays }) };
    return {
      File: file.File,
      ...(file.From !== undefined && { From: file.From }),
      Occurrences: file.Occurrences.map((occurrence) => {
        const { Rewritten, Why } = chosen.decide(named, occurrence);
        const { Reason: _, ...rest } = occurrence;
        return { ...rest, Rewritten, ...(!Rewritten && { Reason: Why }) };
      }),
    };
  });
  return { Files: decided, Problems: chosen.unknown() };
}

/**
 * Why a module with a vendored copy of the old major stays: without a copy of the new one, which
 * nobody can have yet, Go would refuse to build it.
 */
function vendoredThere(goMod: string): string {
  return `is in a module that vendors the old major (${
    clean(goMod)
  }): go mod vendor when the new ` +
    "one is out";
}

/**
 * The edits of one file, ascending: the mentions that are rewritten, imports in order again if they
 * were, and in the module's own go.mod what only the old major can have in it.
 */
export function editsOf(
  file: SearchedFile,
  mentions: FileMentions | undefined,
  { Change, Dir, Layout }: Searched,
  { Module }: Pick<Renaming, "Module">,
): ByteEdit[] {
  const rewritten = mentions?.Occurrences.filter((o) => o.Rewritten) ?? [];
  if (file.File !== goModOf(Dir)) return bytesOf(file, rewritten, Change);
  const deeper = Layout === "folder" && !isInMajorFolder(Module);
  const moved = deeper ? movedDown(file.Bytes) : [];
  const more = [...oldMajorLines(file.Bytes, Change.New).Edits, ...moved];
  return inTurn(file, [...bytesOf(file, rewritten, Change), ...more].sort((a, b) => a.At - b.At));
}

/**
 * Reports whether imports can come out of order: only beside one that is not rewritten and begins
 * as both paths do. Finding out costs less than sorting.
 */
function mayReorder(
  text: string,
  edits: readonly { At: number }[],
  { Old, New }: Searched["Change"],
): boolean {
  let same = 0;
  while (same < Old.length && Old[same] === New[same]) same++;
  const common = Old.slice(0, same);
  const ours = new Set(edits.map((edit) => edit.At));
  for (let at = text.indexOf(common); at >= 0; at = text.indexOf(common, at + 1)) {
    if (!ours.has(at) && /["`]/.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

function bytesOf(
  file: SearchedFile,
  rewritten: readonly Occurrence[],
  change: Searched["Change"],
): ByteEdit[] {
  if (rewritten.length === 0) return [];
  const text = latin1(file.Bytes);
  for (const { At, Old } of rewritten) {
    if (!text.startsWith(Old, At)) {
      throw new Failed(`${clean(file.File)}: no ${clean(Old)} at ${At}`);
    }
  }
  const edits = rewritten.map(({ At, Old, New }) => ({ At, Old, New }));
  const sorted = file.File.endsWith(".go") && mayReorder(text, edits, change)
    ? keepImportOrder(text, edits)
    : edits;
  return inTurn(
    file,
    sorted.map(({ At, Old, New }) => ({
      At,
      Old: decodeText(latin1Bytes(Old)),
      New: decodeText(latin1Bytes(New)),
    })),
  );
}

/** Two edits of the same bytes would make neither: nothing is written then. */
function inTurn(file: SearchedFile, edits: ByteEdit[]): ByteEdit[] {
  let end = 0;
  for (const { At, Old } of edits) {
    if (At < end) throw new Failed(`${clean(file.File)}: two edits of the bytes at ${At}`);
    end = At + encodeText(Old).length;
  }
  return edits;
}
