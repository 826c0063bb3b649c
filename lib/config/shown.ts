/** How a command of `.gorel.toml` is shown; apart from its digest, which takes a library. */

/** What is obeyed, is invisible, or looks like a space and is none to a shell. */
const unseen = /(?![ \n])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * A command as people read it before they agree to it: its lines, with nothing left out. What a
 * terminal would obey, or nobody would see, stands as an escape: text that is hidden runs too.
 */
export function shownCommand(run: string): string[] {
  const escape = (found: string) => `\\u${found.codePointAt(0)!.toString(16).padStart(4, "0")}`;
  return run.replaceAll("\t", " ").replace(unseen, escape).split("\n")
    // A space behind a backslash is a word, where the backslash alone would go on to the next line.
    .map((line) => line.replace(/(?<=\\) +$/, (spaces) => escape(" ").repeat(spaces.length)))
    .map((line) => line.trimEnd());
}
