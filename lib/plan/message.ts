/** Messages as git keeps them: its clean-up, and the place of a `Signed-off-by`. */

/**
 * A message as `git commit -m` cleans it up when nothing is configured: no space at the ends of
 * lines, one empty line at most between others, one line end at the end. Lines that begin with
 * "#" stay: nobody wrote them in an editor.
 */
export function cleanedUp(message: string): string {
  const lines = message.split("\n").map((line) => line.replace(/[ \t\r]+$/, ""));
  return lines.join("\n").replace(/\n{3,}/g, "\n\n").replace(/^\n+|\n+$/g, "") + "\n";
}

/**
 * A message with a `Signed-off-by` where `git commit --signoff` puts it: behind the trailers at
 * its end, or in a paragraph of its own; not once more where it is the last of them.
 */
export function signedOff(
  message: string,
  { Name, Email }: { Name: string; Email: string },
): string {
  const own = `Signed-off-by: ${Name} <${Email}>`;
  const trailers = trailersOf(message.replace(/\n$/, "").split("\n"));
  // What is indented belongs to the trailer above it.
  if (trailers.findLast((line) => !/^\s/.test(line)) === own) return message;
  return `${message}${trailers.length > 0 ? "" : "\n"}${own}\n`;
}

/** How lines begin that git itself puts among trailers: one of them in a quarter is enough. */
const gits = /^(?:Signed-off-by: |\(cherry picked from commit )/;

/**
 * The lines of the trailers at a message's end; none where its last paragraph is its first, or
 * something else. The rules are those of `git interpret-trailers`.
 */
function trailersOf(lines: readonly string[]): string[] {
  const start = lines.lastIndexOf("") + 1;
  const last = lines.slice(start).filter((line) => !line.startsWith("#"));
  if (start === 0 || last.length === 0) return [];
  let trailers = 0;
  let others = 0;
  let known = false;
  for (const [i, line] of last.entries()) {
    if (gits.test(line)) {
      trailers++;
      known = true;
    } else if (/^[A-Za-z0-9-]+[ \t]*:/.test(line)) trailers++;
    // What is indented goes on with the trailer above it.
    else if (!/^\s/.test(line) || !continues(last, i)) others++;
  }
  const are = known ? trailers * 3 >= others : trailers > 0 && others === 0;
  return are ? last : [];
}

/** Reports whether the indented lines up to this one follow a trailer. */
function continues(lines: readonly string[], at: number): boolean {
  const head = lines.slice(0, at).findLast((line) => !/^\s/.test(line));
  return head !== undefined && (gits.test(head) || /^[A-Za-z0-9-]+[ \t]*:/.test(head));
}
