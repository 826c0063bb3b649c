/** The go.mod edit of a release: what is written, as a change of bytes. Worked out from facts alone. */
import { type Problem, problem } from "../problem.ts";
import type { Edit, Interval } from "../choices.ts";
import { deprecation } from "../checks/deprecate.ts";
import { intervals, reason as reasonRules } from "../checks/retract.ts";
import type { ModuleFacts } from "../facts/types.ts";
import {
  type Change,
  deprecateEdit,
  type ModFile,
  parse,
  retractEdit,
  trimRationale,
} from "../go/modfile/mod.ts";
import { compare } from "../go/semver.ts";
import type { ByteEdit } from "./types.ts";

export interface Edited {
  Bytes: Uint8Array;
  Edits: ByteEdit[];
  Mod: ModFile;
  /** What is retracted besides the coming version itself. */
  Retracts: Interval[];
}

/** The module's go.mod with the edit made for the coming version; problems when it is refused. */
export function edited(module: ModuleFacts, edit: Edit, coming: string): Edited | Problem[] {
  const reason = trimRationale(edit.Reason ?? "");
  const wanted = edit.Retract ?? [];
  const problems = edit.Deprecate ? deprecation(module, reason) : [
    ...reasonRules(reason),
    ...intervals(module, wanted, { coming, self: edit.Self ?? false, reason }),
  ];
  return problems.length > 0 ? problems : changed(module.GoMod, edit, coming);
}

/**
 * The same edit of HEAD's go.mod, for the merge of a release from another revision; null
 * when there is nothing to write: HEAD has no go.mod of this path, or it says so already.
 */
export function editedAtHead(
  module: ModuleFacts,
  edit: Edit,
  coming: string,
): Edited | null | Problem[] {
  if (!module.HeadGoMod) return null;
  const change = changed(module.HeadGoMod, edit, coming);
  return Array.isArray(change) || change.Edits.length > 0 ? change : null;
}

function changed(
  { File, Bytes }: ModuleFacts["GoMod"],
  edit: Edit,
  coming: string,
): Edited | Problem[] {
  const reason = trimRationale(edit.Reason ?? "");
  const { Edits, After, Error } = change(Bytes, edit, coming, reason);
  if (Error !== undefined) {
    return [problem(
      edit.Deprecate ? "deprecate-reason" : "retract-reason",
      `The ${edit.Deprecate ? "deprecation" : "retraction"} cannot be written to go.mod: ${Error}.`,
      {
        where: { File },
        ...(edit.Deprecate && { fix: '--reason "one paragraph of plain words"' }),
      },
    )];
  }
  return {
    Bytes: After,
    Edits,
    Mod: parse("go.mod", After).Mod,
    Retracts: edit.Deprecate ? [] : edit.Retract ?? [],
  };
}

function change(bytes: Uint8Array, edit: Edit, coming: string, reason: string): Change {
  if (edit.Deprecate) return deprecateEdit(bytes, reason);
  const all = [...edit.Retract ?? []];
  const covered = all.some((i) => compare(i.Low, coming) <= 0 && compare(coming, i.High) <= 0);
  if (edit.Self && !covered) all.push({ Low: coming, High: coming });
  return retractEdit(bytes, all, reason);
}
