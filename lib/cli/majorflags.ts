/** The flags of a new major as a choice. */
import type { MajorChoice } from "../choices.ts";
import { isBranchName } from "../git/names.ts";
import { UsageError } from "../problem.ts";
import { type FlagName, type Flags, written } from "./flags.ts";
import { shown } from "./values.ts";

/** What was said of a new major; null when nothing was. */
export function majorChoice(flags: Flags): MajorChoice | null {
  const { layout, keepBranch, rewrite, leave } = flags;
  if (layout !== undefined && layout !== "root" && layout !== "folder") {
    throw new UsageError(`--layout ${shown(layout)} is neither root nor folder`);
  }
  if (keepBranch !== undefined && !isBranchName(keepBranch)) {
    throw new UsageError(`--keep-branch ${shown(keepBranch)} is not the name of a branch`);
  }
  const both = rewrite.find((one) => leave.includes(one));
  if (both !== undefined) {
    throw new UsageError(`${shown(both)} is both to be rewritten and to be left: say one`);
  }
  if (layout === undefined && keepBranch === undefined && rewrite.length + leave.length === 0) {
    return null;
  }
  return {
    ...(layout !== undefined && { Layout: layout }),
    ...(keepBranch !== undefined && { Keep: keepBranch }),
    Classes: {
      Rewrite: rewrite.map((one) => filled(one, "rewrite")),
      Leave: leave.map((one) => filled(one, "leave")),
    },
  };
}

/** A text that somebody gave and that says something. Throws UsageError where it is empty. */
export function filled(text: string, name: FlagName): string {
  if (text.trim() === "") throw new UsageError(`${written(name)} is empty`);
  return text;
}
