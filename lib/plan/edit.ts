/** The go.mod edit of a release: what is written, as a change of bytes. Worked out from facts alone. */
import { type Problem, problem } from "../problem.ts";
import type { Edit, Interval } from "../choices.ts";
import { deprecation, undeprecation } from "../checks/deprecate.ts";
import { intervals, reason as reasonRules } from "../checks/retract.ts";
import { unretractions } from "../checks/unretract.ts";
import type { ModuleFacts } from "../facts/types.ts";
import {
  type Change,
  deprecateEdit,
  type ModFile,
  parse,
  retractEdit,
  trimRationale,
  unretractEdit,
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
  const problems = refusals(module, edit, coming);
  return problems.length > 0 ? problems : changed(module.GoMod, edit, coming);
}

function refusals(module: ModuleFacts, edit: Edit, coming: string): Problem[] {
  const reason = trimRationale(edit.Reason ?? "");
  if (edit.Unretract) return unretractions(module, edit.Unretract);
  if (edit.Undeprecate) return undeprecation(module);
  if (edit.Deprecate) return deprecation(module, reason);
  return [
    ...reasonRules(reason),
    ...intervals(module, edit.Retract ?? [], { coming, self: edit.Self ?? false, reason }),
  ];
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
  const { HeadGoMod } = module;
  if (!HeadGoMod) return null;
  if (edit.Unretract) {
    // A wider range at HEAD would retract them again with the branch's next release.
    const wider = unretractions({ ...module, GoMod: HeadGoMod }, edit.Unretract)
      .filter((p) => p.Code === "unretract-in-range");
    if (wider.length > 0) return wider;
  }
  const change = changed(HeadGoMod, edit, coming);
  return Array.isArray(change) || change.Edits.length > 0 ? change : null;
}

function changed(
  { File, Bytes }: ModuleFacts["GoMod"],
  edit: Edit,
  coming: string,
): Edited | Problem[] {
  const { Edits, After, Error } = change(Bytes, edit, coming);
  if (Error !== undefined) return [unwritable(File, edit, Error)];
  return {
    Bytes: After,
    Edits,
    Mod: parse("go.mod", After).Mod,
    Retracts: edit.Retract ?? [],
  };
}

function change(bytes: Uint8Array, edit: Edit, coming: string): Change {
  const reason = trimRationale(edit.Reason ?? "");
  if (edit.Unretract) return unretractEdit(bytes, edit.Unretract);
  if (edit.Undeprecate) return deprecateEdit(bytes, "");
  if (edit.Deprecate) return deprecateEdit(bytes, reason);
  const all = [...edit.Retract ?? []];
  const covered = all.some((i) => compare(i.Low, coming) <= 0 && compare(coming, i.High) <= 0);
  if (edit.Self && !covered) all.push({ Low: coming, High: coming });
  return retractEdit(bytes, all, reason);
}

/** Why the edit cannot be made so that Go reads what is meant, as a problem. */
function unwritable(File: string, edit: Edit, why: string): Problem {
  const where = { File };
  if (edit.Unretract || edit.Undeprecate) {
    const [what, accept] = edit.Unretract
      ? ["retraction", " --accept retraction-dropped"]
      : ["deprecation", " --accept deprecation-dropped"];
    return problem("go-mod-invalid", `The ${what} cannot be taken out of go.mod: ${why}.`, {
      where,
      fix: `take it out by hand and commit that; gorel patch${accept} releases it`,
    });
  }
  return edit.Deprecate
    ? problem("deprecate-reason", `The deprecation cannot be written to go.mod: ${why}.`, {
      where,
      fix: '--reason "one paragraph of plain words"',
    })
    : problem("retract-reason", `The retraction cannot be written to go.mod: ${why}.`, {
      where,
      fix: '--reason "one paragraph of plain words"',
    });
}
