/** What the steps of a plan change, line by line: made once for each plan. */
import type { Facts } from "../../../facts/types.ts";
import type { WriteStep } from "../../../plan/types.ts";
import { count } from "../../../text.ts";
import { type DiffLine, diffOfEdits } from "../../widgets/diff.ts";
import type { PlanRow } from "./steps.ts";

/** A plan never changes, so neither does the diff of one of its steps. */
const made = new WeakMap<WriteStep, readonly DiffLine[]>();

/** The diff of everything that goes into a step. Several files have their names above them. */
export function changeOf({ Writes }: PlanRow, facts: Facts | undefined): readonly DiffLine[] {
  const [only] = Writes;
  if (Writes.length === 1) return diffOf(only!, facts);
  return Writes.flatMap((w): DiffLine[] => [{ Sign: "@", Text: w.File }, ...diffOf(w, facts)]);
}

/** `1 file +1 −2`; "" for a step without files. */
export function sizeOf(row: PlanRow, facts: Facts | undefined): string {
  if (row.Writes.length === 0) return "";
  const lines = changeOf(row, facts);
  const signs = (sign: DiffLine["Sign"]) => lines.filter((l) => l.Sign === sign).length;
  return `${count(row.Writes.length, "file")} +${signs("+")} -${signs("-")}`;
}

function diffOf(step: WriteStep, facts: Facts | undefined): readonly DiffLine[] {
  const known = made.get(step);
  if (known) return known;
  const lines = work(step, facts);
  made.set(step, lines);
  return lines;
}

function work(step: WriteStep, facts: Facts | undefined): readonly DiffLine[] {
  if (step.After === null) return [{ Sign: "@", Text: "the file goes away" }];
  if (step.Edits) {
    const before = bytesOf(step, facts);
    return before ? diffOfEdits(before, step.Edits) : step.Edits.flatMap(({ Old, New }) => [
      ...signed("-", Old),
      ...signed("+", New),
    ]);
  }
  if (step.Text !== undefined) return signed("+", step.Text);
  return [{ Sign: "@", Text: "a file that is not text" }];
}

/** The bytes that the edits count in: a go.mod of the facts. */
function bytesOf({ Before }: WriteStep, facts: Facts | undefined): Uint8Array | undefined {
  return facts?.Modules.flatMap((m) => [m.GoMod, ...(m.HeadGoMod ? [m.HeadGoMod] : [])])
    .find((file) => file.Oid === Before)?.Bytes;
}

function signed(sign: "+" | "-", text: string): DiffLine[] {
  if (text === "") return [];
  return text.replace(/\r?\n$/, "").split(/\r?\n/).map((Text) => ({ Sign: sign, Text }));
}
