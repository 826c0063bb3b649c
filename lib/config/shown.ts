/** How a command of `.gorel.toml` is shown; apart from its digest, which takes a library. */

/**
 * A command as people read it before they agree to it: its lines, with nothing left out. What a
 * terminal would obey, or nobody would see, stands as an escape: text that is hidden runs too.
 */
export function shownCommand(run: string): string[] {
  const escaped = run.replaceAll("\t", " ").replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu,
    (found) => `\\u${found.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
  return escaped.split("\n").map((line) => line.trimEnd());
}
