/** What the steps of a plan change, line by line: made once for each plan. */
import type { Facts } from "../../../facts/types.ts";
import type { WriteStep } from "../../../plan/types.ts";
import { count, decode } from "../../../text.ts";
import type { Blobs } from "../../model.ts";
import { type DiffLine, diffOfEdits } from "../../widgets/diff.ts";
import { diffOfTexts } from "../../widgets/texts.ts";
import type { PlanRow } from "./steps.ts";

/** Where the files stand that a plan changes: go.mod in the facts, others as they were read. */
export interface Known {
  readonly Facts: Facts;
  readonly Before?: Blobs;
}

/** What a step makes of a file: in words where lines do not say it, and the lines that differ. */
interface Change {
  readonly Says: string;
  readonly Lines: readonly DiffLine[];
}

/** A plan never changes, so neither does what one of its steps does. */
const made = new WeakMap<WriteStep, Change>();

/** Files whose lines are shown; of a rewrite of thousands the rest is only counted. */
const most = 200;

/** The lines of a step by its first file, and the files that they were made from. */
const shown = new WeakMap<WriteStep, { of: Known["Before"]; lines: readonly DiffLine[] }>();

/** The diff of what goes into a step. Several files have their names above them. */
export function changeOf({ Writes }: PlanRow, known: Known): readonly DiffLine[] {
  const [first] = Writes;
  if (!first) return [];
  const found = shown.get(first);
  if (found && found.of === known.Before) return found.lines;
  const lines = Writes.slice(0, most).flatMap((step): DiffLine[] => {
    const { Says, Lines } = changeIn(step, known);
    const name = Writes.length > 1 ? [step.File] : [];
    const head = [...name, ...(Says === "" ? [] : [Says])].join(": ");
    return head === "" ? [...Lines] : [{ Sign: "@", Text: head }, ...Lines];
  });
  const more = Writes.length - most;
  if (more > 0) lines.push({ Sign: "@", Text: `and ${more} more files; gorel plan -v shows all` });
  shown.set(first, { of: known.Before, lines });
  return lines;
}

/** `1 file +1 −2`; of very many only how many; "" for a step without files. */
export function sizeOf(row: PlanRow, known: Known): string {
  if (row.Writes.length === 0) return "";
  if (row.Writes.length > most) return count(row.Writes.length, "file");
  const lines = changeOf(row, known);
  const signs = (sign: DiffLine["Sign"]) => lines.filter((l) => l.Sign === sign).length;
  return `${count(row.Writes.length, "file")} +${signs("+")} -${signs("-")}`;
}

function changeIn(step: WriteStep, known: Known): Change {
  const found = made.get(step) ?? work(step, known);
  made.set(step, found);
  return found;
}

function work(step: WriteStep, known: Known): Change {
  const { Mode, Before, After, Edits, Text } = step;
  const before = Before === null ? new Uint8Array() : bytesOf(Before, known);
  const old = before && textOf(before);
  if (After === null) {
    return { Says: "it goes away", Lines: old === undefined ? [] : diffOfTexts(old, "") };
  }
  if (After === Before) return { Says: `its mode becomes ${Mode}`, Lines: [] };
  const kind = Mode === "120000"
    ? "a symbolic link"
    : Before !== null
    ? ""
    : Mode === "100755"
    ? "a new file, to be run"
    : "a new file";
  if (Edits) {
    const replaced = () => Edits.flatMap((e) => [...signed("-", e.Old), ...signed("+", e.New)]);
    return { Says: "", Lines: before ? diffOfEdits(before, Edits) : replaced() };
  }
  if (Text === undefined) {
    const bytes = Math.floor((step.Base64 ?? "").replace(/=+$/, "").length * 3 / 4);
    const what = `${kind === "" ? "" : `${kind}, `}not text, ${count(bytes, "byte")}`;
    return { Says: what, Lines: [] };
  }
  if (old !== undefined) return { Says: kind, Lines: diffOfTexts(old, Text) };
  return {
    Says: "all of it, for what it held before is no text, or long",
    Lines: signed("+", Text),
  };
}

/** The bytes of a blob, as far as they were read. */
function bytesOf(oid: string, { Facts, Before }: Known): Uint8Array | undefined {
  return Before?.get(oid) ??
    Facts.Modules.flatMap((m) => [m.GoMod, ...(m.HeadGoMod ? [m.HeadGoMod] : [])])
      .find((file) => file.Oid === oid)?.Bytes;
}

/** The text that bytes are; undefined where they are none, as git sees it. */
function textOf(bytes: Uint8Array): string | undefined {
  return bytes.subarray(0, 8000).includes(0) ? undefined : decode(bytes);
}

function signed(sign: "+" | "-", text: string): DiffLine[] {
  if (text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/).map((Text) => ({ Sign: sign, Text }));
}
