/** Modules of the repository that stay with the old path, and take the new major for it. */
import { parse } from "../../go/modfile/rule.ts";
import { asChosen } from "./chosen.ts";
import { isModule } from "./gomod.ts";
import type { Searched } from "./search.ts";
import type { FileMentions } from "./types.ts";

/**
 * The go.mod files that were left at the old path and take it from the folder that gets the new
 * one. Go does not mind, until packages there import each other by the new path.
 */
export function stuckIn(
  { Files, Change }: Searched,
  decided: readonly FileMentions[],
): Set<string> {
  const imports = Files.some(({ Other, Occurrences }) =>
    Other === undefined && Occurrences.some((o) => o.Class === "import")
  );
  if (!imports) return new Set();
  const left = new Set(
    decided.filter(({ Occurrences }) =>
      Occurrences.some((o) => o.Class === "nested" && o.Reason?.startsWith(asChosen))
    ).map((file) => file.File),
  );
  const own = Files.filter(({ File, Other }) => File === Other && left.has(File));
  return new Set(
    own.filter(({ File, Bytes }) =>
      parse("go.mod", Bytes).Mod.Replace.some(({ Old, New }) =>
        Old.Path === Change.Old && isModule(File, Change, New.Path)
      )
    ).map(({ File }) => File),
  );
}
