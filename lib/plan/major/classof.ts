/** What a mention in a comment or a string is, as far as the text around it says so. */
import {
  isDocLink,
  isGoCommand,
  isLinkerFlag,
  isPinned,
  lineAfter,
  lineBefore,
  type Mention,
} from "./mention.ts";
import type { Class, PathChange } from "./types.ts";

/** A class, and why a mention of it stays where that needs more words than the class has. */
export interface Judged {
  Class: Class;
  Reason?: string;
}

/** The class of a mention in text that people read; `otherwise` where nothing around it says more. */
export function classOf(
  text: string,
  mention: Mention,
  change: PathChange,
  otherwise: "prose" | "string",
): Judged {
  const { Kind, Version } = mention;
  if (Kind === "longer") return { Class: otherwise, Reason: "is a part of a longer path" };
  if (Kind === "url") return { Class: "url" };
  if (Version !== undefined && isPinned(Version, change)) {
    return { Class: "pinned", Reason: `names ${Version}, which only the old path has` };
  }
  if (Kind === "doc" || (otherwise === "prose" && isDocLink(text, mention))) {
    return { Class: "doc-link" };
  }
  if (isLinkerFlag(text, mention)) return { Class: "ldflags" };
  const line = lineBefore(text, mention.At);
  if (/^\/\/go:generate[ \t]/.test(line)) return { Class: "generate" };
  if (isGoCommand(text, mention.At)) return { Class: "install" };
  return { Class: otherwise };
}

/** Words of Go that stand before a string and name no import. */
const keywords = new Set("return case package const var go defer goto default else".split(" "));

/**
 * Reports whether a mention is the path of an import in Go code that is only shown: behind `import`,
 * or on a line with nothing but a name before it. In a string such a line must be all there is.
 */
export function isImportForm(text: string, mention: Mention, inComment: boolean): boolean {
  const quote = text[mention.At - 1];
  if ((quote !== '"' && quote !== "`") || text[mention.End] !== quote) return false;
  const before = lineBefore(text, mention.At - 1);
  if (/(?:^|\W)import[ \t]*\(?[ \t]*(?:[A-Za-z_]\w*|\.)?[ \t]*$/.test(before)) return true;
  const name = /^[ \t\r*/]*(?:([A-Za-z_]\w*|\.)[ \t]+)?$/.exec(before);
  if (!name || keywords.has(name[1] ?? "")) return false;
  if (!/^[ \t]*;?[ \t]*(?:\/\/.*)?\r?$/.test(lineAfter(text, mention.End + 1))) return false;
  return inComment ||
    (text.slice(0, mention.At - 1).trim() === before.trim() &&
      text.slice(mention.End + 1).trim() === "");
}

/** Reports whether a mention stands as the lines of a go.mod file have it: `module path`, `path v1.2.3`. */
export function inGoModText(text: string, mention: Mention): boolean {
  const before = lineBefore(text, mention.At);
  if (/^\s*(?:module|replace)[ \t]+"?$/.test(before) || /=>[ \t]*$/.test(before)) return true;
  return /^\s*(?:require[ \t]+\(?[ \t]*)?$/.test(before) &&
    /^[ \t]+v\d+\.\d+\.\d+/.test(lineAfter(text, mention.End));
}
