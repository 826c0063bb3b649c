/** What comments mean: rationale, deprecation, `// indirect` (go-rules §3.4, §3.6, §3.7). */
import { trimSpace } from "./strconv.ts";
import type { Comment, Comments, LineBlock } from "./syntax.ts";

/** The comment lines of a piece of syntax, blank lines left out: those above, then those beside. */
export function commentLines(comments: Comments): Comment[] {
  return [...comments.Before, ...comments.Suffix].filter((comment) => comment.Text !== "");
}

/** A comment's text without `//` and white space around it. */
export function commentText(comment: Comment): string {
  return trimSpace(comment.Text.slice("//".length));
}

/**
 * Whose comments speak for an entry: its own, or those of its block if it has
 * none. A blank line above an entry (but the first) counts as a comment of its own.
 */
export function commentOwner(block: LineBlock | undefined, line: Comments): Comments {
  return block && line.Before.length === 0 && line.Suffix.length === 0 ? block : line;
}

/** The text of a directive's comments: the rationale of a `retract` entry. */
export function directiveText(block: LineBlock | undefined, line: Comments): string {
  return commentLines(commentOwner(block, line)).map(commentText).join("\n");
}

/** The deprecation in the comment text of `module`: its first paragraph that begins `Deprecated:`; else "". */
export function deprecation(text: string): string {
  return /(?:^|\n\n)Deprecated: *(.*?)(?:$|\n\n)/s.exec(text)?.[1] ?? "";
}

/** Reports whether a requirement's first comment beside it marks it as indirect. */
export function isIndirect(line: Comments): boolean {
  const first = line.Suffix[0];
  if (!first) return false;
  const [word, ...more] = commentText(first).split(/\p{White_Space}+/u);
  return more.length === 0 ? word === "indirect" : word === "indirect;";
}
