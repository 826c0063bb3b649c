/** Mentions in documents: Markdown and its kin, HTML, and plain text. */
import { LineCounter } from "./bytes.ts";
import {
  isGoModLine,
  isImport,
  isImportEntry,
  judged,
  type Place,
  plainVerdict,
  type Verdict,
} from "./textfile.ts";
import type { Finder } from "./types.ts";

/** Documents of the past, and of the way from there: what was true of a version stays so. */
const history =
  /(?:^|\/)(?:change[-_]?logs?|changes|history|news|release[-_]?notes|releases|migrat(?:e|ing|ion)|upgrad(?:e|ing)|migration[-_]guide)(?:[-_.][^/]*)?$/i;

/**
 * Mentions in a document. Links to documentation and commands go along, and the imports of
 * examples: in code (a fence, or indented) each as an entry of its own, elsewhere with the word
 * `import`. A list of changes, or how to come from an older version, stays as a whole.
 */
export const documentOccurrences: Finder = (file, text, change) => {
  const code = codeBlocks(text);
  const past = history.test(file) || /(?:^|\/)(?:changelogs?|releases?)\//i.test(file);
  return judged(file, text, change, (place) => {
    const verdict = inDocument(place, code(place.Mention.At));
    return past && verdict.Class !== "url" && verdict.Class !== "pinned" &&
        verdict.Class !== "prose"
      ? { Class: "prose", Reason: "is in a document about older versions" }
      : verdict;
  });
};

function inDocument(place: Place, inCode: boolean): Verdict {
  const plain = plainVerdict(place, "install");
  if (plain) return plain;
  if (isImport(place)) return { Class: "example" };
  if (inCode && (isImportEntry(place) || isGoModLine(place))) return { Class: "example" };
  return { Class: "prose" };
}

/** Languages of fences in which a quoted path of its own line is no import. */
const otherLanguages =
  /^(?:json|ya?ml|toml|js|javascript|ts|typescript|python|py|ruby|html|xml)\b/i;

/** Tells of places, asked for in ascending order, whether they lie in a block of code that could be Go. */
function codeBlocks(text: string): (at: number) => boolean {
  const fence = /^[ \t>*-]*(`{3,}|~{3,})[ \t]*([^\n`]*)$/gm;
  const blocks: [start: number, end: number, go: boolean][] = [];
  let open: { mark: string; start: number; go: boolean } | undefined;
  for (const match of text.matchAll(fence)) {
    const [, mark = "", language = ""] = match;
    if (!open) {
      open = { mark, start: match.index, go: !otherLanguages.test(language.replace(/^\{\.?/, "")) };
    } else if (mark.startsWith(open.mark) && language.trim() === "") {
      blocks.push([open.start, match.index, open.go]);
      open = undefined;
    }
  }
  if (open) blocks.push([open.start, text.length, open.go]);
  const lines = new LineCounter(text);
  let next = 0;
  return (at) => {
    while (next < blocks.length && blocks[next]![1] < at) next++;
    const block = blocks[next];
    if (block && block[0] < at) return block[2];
    const start = lines.start(at);
    const line = text.slice(start, start + 8);
    return /^(?: {4}|\t| {2,3}")/.test(line);
  };
}
