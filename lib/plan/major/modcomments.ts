/** Mentions in go.mod and go.work files: their directives, and what their comments say. */
import { encodeText } from "../../go/modfile/utf8.ts";
import { latin1Bytes, LineCounter } from "./bytes.ts";
import { inGoMod } from "./gomod.ts";
import { inGoWork } from "./gowork.ts";
import { oldMajorLines } from "./newgomod.ts";
import { isGoModLine, judged, type Place, plainVerdict, type Verdict } from "./textfile.ts";
import type { Finder, Occurrence } from "./types.ts";

/**
 * The mentions in a go.mod file; what a new major's own file loses in any case (see
 * `oldMajorLines`) is left out.
 */
export const goModOccurrences: Finder = (file, text, change) => {
  const directives = inGoMod(file, text, change);
  const own = directives.some((o) => o.Class === "module");
  const lost = own ? oldMajorLines(latin1Bytes(text), change.New).Edits : [];
  return merged(directives, inComments(file, text, change), [
    ...lost.map((edit) => ({ At: edit.At, End: edit.At + encodeText(edit.Old).length })),
  ]);
};

/** The mentions in a go.work file. */
export const goWorkOccurrences: Finder = (file, text, change) =>
  merged(inGoWork(file, text, change), inComments(file, text, change), []);

const inComments: Finder = (file, text, change) => {
  const lines = new LineCounter(text);
  let slashes = -1;
  return judged(file, text, change, comment).filter(({ At }) => {
    const start = lines.start(At);
    if (slashes < start) slashes = indexOrEnd(text, "//", start);
    return slashes < At;
  });
};

function indexOrEnd(text: string, word: string, from: number): number {
  const at = text.indexOf(word, from);
  return at < 0 ? text.length : at;
}

function comment(place: Place): Verdict {
  const plain = plainVerdict(place, "install");
  if (plain) return plain;
  return { Class: isGoModLine(place) ? "example" : "prose" };
}

/** What was read as directives, and of the comments what is not a part of them or lost. */
function merged(
  directives: Occurrence[],
  comments: Occurrence[],
  lost: { At: number; End: number }[],
): Occurrence[] {
  const taken = [...lost, ...directives.map((o) => ({ At: o.At, End: o.At + o.Old.length }))];
  const free = comments.filter(({ At, Old }) =>
    !taken.some((t) => At < t.End && t.At < At + Old.length)
  );
  return [...directives, ...free].sort((a, b) => a.At - b.At);
}
