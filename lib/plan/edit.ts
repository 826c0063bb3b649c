/** The go.mod edit of a release: what is written, as a change of bytes. */
import { type Problem, problem } from "../problem.ts";
import type { Edit, Interval } from "../choices.ts";
import { intervals, reason as reasonRules } from "../checks/retract.ts";
import type { ModuleFacts } from "../facts/types.ts";
import { type ModFile, parse, retractEdit, trimRationale } from "../go/modfile/mod.ts";
import { compare } from "../go/semver.ts";
import type { ByteEdit } from "./types.ts";

export interface Edited {
  Bytes: Uint8Array;
  Edits: ByteEdit[];
  Mod: ModFile;
  /** What is retracted besides the coming version itself. */
  Retracts: Interval[];
}

/** Works out the retractions of `edit` in the module's go.mod; problems when they are refused. */
export function retractIn(
  module: ModuleFacts,
  edit: Edit,
  coming: string,
): Edited | Problem[] {
  const reason = trimRationale(edit.Reason ?? "");
  const wanted = edit.Retract ?? [];
  const problems = [
    ...reasonRules(reason),
    ...intervals(module, wanted, { coming, self: edit.Self ?? false, reason }),
  ];
  if (problems.length > 0) return problems;
  const all = [...wanted];
  const covered = wanted.some((i) => compare(i.Low, coming) <= 0 && compare(coming, i.High) <= 0);
  if (edit.Self && !covered) all.push({ Low: coming, High: coming });
  const { Edits, After, Error } = retractEdit(module.GoMod.Bytes, all, reason);
  if (Error !== undefined) {
    return [problem("retract-reason", `The retraction cannot be written to go.mod: ${Error}.`, {
      where: { File: module.GoMod.File },
    })];
  }
  return { Bytes: After, Edits, Mod: parse("go.mod", After).Mod, Retracts: wanted };
}
