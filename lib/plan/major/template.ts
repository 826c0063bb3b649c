/** Mentions in templates of Go files and in test data: Go source that is not compiled here. */
import {
  isGoModLine,
  isImport,
  isImportEntry,
  judged,
  type Place,
  plainVerdict,
  type Verdict,
} from "./textfile.ts";
import type { Class, Finder } from "./types.ts";

/** Mentions in a template, an archive of test files or expected output: imports and go.mod lines in them go along. */
export const templateOccurrences: Finder = (file, text, change) =>
  judged(file, text, change, (place) => inTemplate(place, "example"));

/** Mentions in a file of which nothing is known: a grammar, say, or source of another language. */
export const unknownOccurrences: Finder = (file, text, change) =>
  judged(file, text, change, (place) => inTemplate(place, "install"));

function inTemplate(place: Place, command: Class): Verdict {
  const plain = plainVerdict(place, command);
  if (plain) return plain;
  if (isImport(place) || isImportEntry(place) || isGoModLine(place)) return { Class: "example" };
  return { Class: /^\s*(?:\/\/|#)/.test(place.Before) ? "prose" : "string" };
}
