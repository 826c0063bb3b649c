/** Edits of a module's deprecation, a paragraph in the comments of `module` (go-rules §3.7). */
import { commentLines, commentOwner, commentText, deprecation, directiveText } from "./comment.ts";
import { type Edit, entriesOf, inOrder, Original } from "./edit.ts";
import { parse } from "./rule.ts";
import type { Comment } from "./syntax.ts";

/** The comments of the `module` line, and where new ones above it begin. */
interface ModuleComments {
  original: Original;
  above: Comment[];
  suffix: Comment[];
  texts: string[];
  /** The deprecation as it reads now; "" if there is none. */
  message: string;
  /** Where the syntax begins that they belong to. */
  start: number;
  /** Where its line begins. */
  end: number;
  /** Where the suffix comments begin, white space before them included. */
  beside: number;
  /** Without comments of its own, the line would be deprecated by those of its block. */
  guarded: boolean;
}

function moduleComments(bytes: Uint8Array): ModuleComments | null {
  const { Mod, Errors } = parse("go.mod", bytes);
  const entry = Errors.length === 0 && Mod.Module && entriesOf(Mod.Syntax).get(Mod.Module.Line);
  if (!entry) return null;
  const owner = commentOwner(entry.Block, entry.Line);
  const node = owner === entry.Line ? entry.Line : entry.Block!;
  const original = new Original(bytes);
  const lines = commentLines(owner);
  return {
    original,
    above: lines.slice(0, lines.length - owner.Suffix.length),
    suffix: owner.Suffix,
    texts: lines.map(commentText),
    message: Mod.Module!.Deprecated ?? "",
    start: node.Start.Byte,
    end: original.lineStart(node.Start.Byte),
    beside: node.End.Byte,
    guarded: owner === entry.Line && entry.Block !== undefined &&
      deprecation(directiveText(undefined, entry.Block)) !== "",
  };
}

/** First and last line of each paragraph that begins `Deprecated:`. */
function paragraphs(texts: readonly string[]): [first: number, last: number][] {
  return texts.flatMap((text, first): [number, number][] => {
    if (!text.startsWith("Deprecated:") || !beginsParagraph(texts, first)) return [];
    const end = texts.indexOf("", first);
    return [[first, (end < 0 ? texts.length : end) - 1]];
  });
}

/** Go wants an empty comment line above, and a line above that one. */
function beginsParagraph(texts: readonly string[], at: number): boolean {
  return at === 0 || at > 1 && texts[at - 1] === "";
}

/**
 * The edits that make a message the module's deprecation: the paragraph that
 * is there is replaced, otherwise one is added directly above `module`. A
 * comment beside `module` that would become a part of it is kept off. A file
 * without module, or one that `parse` refuses, is not edited.
 */
export function setDeprecated(bytes: Uint8Array, message: string): Edit[] {
  const comments = moduleComments(bytes);
  if (!comments || comments.message === message) return [];
  const { original, above, suffix, texts, start, end } = comments;
  const [first, last] = paragraphs(texts)[0] ?? [above.length, above.length - 1];
  const inSuffix = first === above.length && last >= first;
  const lines = `Deprecated: ${message}`.split("\n").map((line) => line.trimEnd());

  let to = Math.min(last + 1, above.length);
  const beside = suffix.length > 0 && !inSuffix;
  // Empty comments at the very end would read as a line of the message.
  if (!beside && texts.slice(to, above.length).every((text) => text === "")) to = above.length;
  if (beside && to === above.length) lines.push("");

  const before = texts.slice(0, first);
  while (!beginsParagraph(before, before.length)) {
    before.push("");
    lines.unshift("");
  }
  const lineOf = (i: number) => above[i] ? original.lineStart(above[i]!.Start) : end;
  return inOrder([
    original.replace(lineOf(first), lineOf(to), original.comment(lines, start)),
    inSuffix ? withoutSuffix(comments) : null,
  ]);
}

/**
 * The edits that take the deprecation out: every paragraph that begins
 * `Deprecated:`, with the empty comment lines that set it off. A comment beside
 * `module` stays unless such a paragraph begins with it.
 */
export function dropDeprecated(bytes: Uint8Array): Edit[] {
  const comments = moduleComments(bytes);
  if (!comments || comments.message === "") return [];
  const { original, above, texts, start, end } = comments;
  const left = withoutParagraphs(texts, above.length);
  const edits = above.map((comment, i) => {
    if (left.has(i)) return null;
    const next = above[i + 1];
    return original.replace(
      original.lineStart(comment.Start),
      next ? original.lineStart(next.Start) : end,
      "",
    );
  });
  const keepsSuffix = texts.length === above.length || left.has(above.length);
  const guard = comments.guarded && left.size === 0 ? original.comment([""], start) : "";
  return inOrder([
    ...edits,
    original.replace(end, end, guard),
    keepsSuffix ? null : withoutSuffix(comments),
  ]);
}

/**
 * The comments that stay when every paragraph that begins `Deprecated:` goes.
 * `suffix` is the place of the comment beside `module`, after all others.
 */
function withoutParagraphs(texts: readonly string[], suffix: number): Set<number> {
  const left: number[] = [];
  for (let at = 0; at < texts.length;) {
    // Without one paragraph, what follows it may begin another.
    const begins = left.length === 0 || left.length > 1 && texts[left.at(-1)!] === "";
    if (!begins || !texts[at]!.startsWith("Deprecated:")) {
      left.push(at++);
      continue;
    }
    const end = texts.indexOf("", at);
    const below = end < 0 ? texts.length : end;
    // The empty line that keeps the comment beside `module` off a message has nothing to do then.
    const idle = below + 1 >= suffix && texts[below] === "";
    const dropsBelow = below !== suffix && (left.length === 0 || idle);
    left.pop();
    at = at < suffix && suffix < below ? suffix : dropsBelow ? below + 1 : below;
  }
  return new Set(left);
}

function withoutSuffix({ original, suffix, beside }: ModuleComments): Edit | null {
  return original.replace(beside, suffix.at(-1)!.End, "");
}
