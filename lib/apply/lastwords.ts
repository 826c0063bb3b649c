/** What a program said, in a sentence about its failure: all of its lines were heard. */

/** Most lines that a sentence repeats. */
export const mostWords = 6;

/** The longest piece of a line in a sentence. */
const longest = 200;

/** The last lines without the full stop of the last, for the sentence ends there: `… a; b`. */
export function lastWords(lines: readonly string[]): string {
  const words = lines.slice(-mostWords).map(cut).join("; ");
  if (words === "") return "without a word";
  return `${lines.length > mostWords ? "… " : ""}${words.replace(/\.$/, "")}`;
}

/** A text as long as a sentence may hold it. */
export function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
