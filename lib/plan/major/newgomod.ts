/** What a go.mod file loses, and what changes in it, when it becomes that of a new major. */
import { dropDeprecated } from "../../go/modfile/deprecate.ts";
import type { Edit } from "../../go/modfile/edit.ts";
import { parse } from "../../go/modfile/rule.ts";
import { autoQuote } from "../../go/modfile/strconv.ts";
import { parseSyntax } from "../../go/modfile/syntax.ts";
import type { Retract } from "../../go/modfile/types.ts";
import { removeRetract } from "../../go/modfile/unretract.ts";
import { directiveWords } from "../../go/modfile/words.ts";
import { matchPathMajor, splitPathVersion } from "../../go/module.ts";
import { arrowOf } from "./gomod.ts";
import { isRelative, oneDown } from "./folder.ts";

/** The lines that a new major's go.mod cannot keep. */
export interface OldMajorLines {
  /** Ascending. */
  Edits: Edit[];
  /** Retractions of versions that only the old path has: Go refuses them in the new one's go.mod. */
  Retract: Retract[];
  /** The message that deprecates the old path; users of the new one would read it. */
  Deprecated?: string;
}

/**
 * What has to go from the old major's go.mod in that of a new path (DESIGN §3, go-rules §3.6):
 * `retract` lines with a version of another major, and the deprecation. Other comments stay. A
 * file that Go refuses loses nothing.
 */
export function oldMajorLines(bytes: Uint8Array, newPath: string): OldMajorLines {
  const { Mod, Errors } = parse("go.mod", bytes);
  if (Errors.length > 0) return { Edits: [], Retract: [] };
  const { pathMajor } = splitPathVersion(newPath);
  const stale = Mod.Retract.filter(({ Low, High }) =>
    !matchPathMajor(Low, pathMajor) || !matchPathMajor(High, pathMajor)
  );
  const Deprecated = Mod.Module?.Deprecated;
  const edits = [...removeRetract(bytes, stale), ...dropDeprecated(bytes)];
  return {
    Edits: edits.sort((a, b) => a.At - b.At),
    Retract: stale,
    ...(Deprecated !== undefined && { Deprecated }),
  };
}

/**
 * The edits for a copy of a go.mod file one folder deeper: folders that replace modules are named
 * from there. All else in the file counts from the file itself, or is no folder.
 */
export function movedDown(bytes: Uint8Array): Edit[] {
  const { Syntax } = parseSyntax("go.mod", bytes);
  return directiveWords(bytes, Syntax).flatMap((directive): Edit[] => {
    const target = directive.Args[arrowOf(directive) + 1];
    if (directive.Verb !== "replace" || arrowOf(directive) < 1 || !target) return [];
    if (!isRelative(target.Value)) return [];
    return [{ At: target.Start, Old: target.Raw, New: autoQuote(oneDown(target.Value)) }];
  });
}
