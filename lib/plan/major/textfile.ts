/** Mentions in files that are not Go: what all kinds of text have in common. */
import { LineCounter } from "./bytes.ts";
import {
  isLinkerFlag,
  isPinned,
  lineAfter,
  lineBefore,
  type Mention,
  mentions,
} from "./mention.ts";
import type { Class, Occurrence, PathChange } from "./types.ts";

/** A mention, and the text around it on its line, as far as it is looked at. */
export interface Place {
  File: string;
  Text: string;
  Mention: Mention;
  Change: PathChange;
  Before: string;
  After: string;
}

/** What a mention is; the Reason says why it stays where the class does not. */
export interface Verdict {
  Class: Class;
  Reason?: string;
}

/** How far the text around a mention is looked at: no line is too long for it. */
const reach = 240;

/** The occurrences of a text, ascending: each mention with what `judge` says of it. */
export function judged(
  file: string,
  text: string,
  change: PathChange,
  judge: (place: Place) => Verdict,
): Occurrence[] {
  const lines = new LineCounter(text);
  const found = mentions(text, change).map((mention): Occurrence => {
    const place: Place = {
      File: file,
      Text: text,
      Mention: mention,
      Change: change,
      Before: lineBefore(text, mention.At),
      After: lineAfter(text, mention.End).replace(/\r$/, ""),
    };
    const { Class, Reason } = judge(place);
    return {
      At: mention.At,
      Line: lines.at(mention.At),
      Class,
      ...bytesOf(place, Class),
      ...(Reason !== undefined && { Reason }),
    };
  });
  const escaped = encodedMentions(text, change);
  return escaped.length === 0 ? found : [...found, ...escaped].sort((a, b) => a.At - b.At);
}

/** The old path, and with a version of the old major that version too: neither can change alone. */
function bytesOf(
  { Text, Mention, Change, After }: Place,
  cls: Class,
): { Old: string; New: string } {
  const { Old, New, Version } = Change;
  const version = cls === "pinned" ? /^(@|[ \t]+)([\w.+~-]*\w)/.exec(After) : null;
  if (!version) return { Old, New };
  const path = Text.slice(Mention.At + Old.length, Mention.End);
  const [whole, gap] = [version[0], version[1]!];
  return { Old: Old + path + whole, New: New + path + gap + Version };
}

/** Hosts of pages about a module, with its path encoded as one element. */
const encodedDocs = /^https?:\/\/deps\.dev\/go\/$/;

/** Mentions with `%2F` for each slash, which only addresses have. */
function encodedMentions(text: string, change: PathChange): Occurrence[] {
  if (!change.Old.includes("/")) return [];
  const found: Occurrence[] = [];
  const lines = new LineCounter(text);
  for (const slash of ["%2F", "%2f"]) {
    const [Old, New] = [change.Old, change.New].map((path) => path.replaceAll("/", slash));
    for (let at = text.indexOf(Old!); at >= 0; at = text.indexOf(Old!, at + 1)) {
      const before = text.slice(Math.max(0, at - reach), at).split(/[\s"'`()<>[\]]/).at(-1)!;
      if (/[\w.~-]$/.test(before) && !/%[0-9A-Fa-f]{2}$/.test(before)) continue;
      const rest = text.slice(at + Old!.length, at + Old!.length + reach);
      if (/^(?:[\w~+-]|\.(?!git\b)\w)/.test(rest)) continue;
      const below = /^(?:%2[Ff][\w.~+-]+)*/.exec(rest)![0].replace(/%2[Ff]/g, "/");
      if (!change.owns(change.Old + below)) continue;
      const Class = encodedDocs.test(before) ? "doc-link" : "url";
      found.push({ At: at, Line: lines.at(at), Class, Old: Old!, New: New! });
    }
  }
  return found;
}

/** The path as one element of an address. */
export function encodings({ Old }: PathChange): string[] {
  return Old.includes("/") ? ["%2F", "%2f"].map((slash) => Old.replaceAll("/", slash)) : [];
}

/**
 * What the words around a mention say, whatever the file: an address, a version, a linker flag, a
 * go command (then `command`); undefined where they say nothing.
 */
export function plainVerdict(place: Place, command: Class): Verdict | undefined {
  const { Text, Mention, Change, After } = place;
  if (Mention.Version !== undefined && isPinned(Mention.Version, Change)) {
    return { Class: "pinned" };
  }
  if (Mention.Kind === "doc") return { Class: "doc-link" };
  if (Mention.Kind === "url") return { Class: "url" };
  if (Mention.Kind === "longer") return { Class: "url", Reason: "is a part of another path" };
  if (isLinkerFlag(Text, Mention)) return { Class: "ldflags" };
  if (takesPackage(place)) return { Class: command };
  const required = /^[ \t]+(v\d+\.\d+\.\d+\S*)/.exec(After)?.[1];
  if (required !== undefined && Mention.Path === Change.Old && isPinned(required, Change)) {
    return { Class: "pinned" };
  }
}

/** The go command, by its name, by a variable of make or a shell, or as a word of a list. */
const goCommand = new RegExp(
  String
    .raw`(?:^|[\s"'\x60(@/$\[,-])(?:go(?:\d[\d.]*)?(?:\.exe)?|\$[({]?GO(?:CMD|_CMD|BIN)?[)}]?|\{\{ ?\.GO ?\}\})["']?,?\s+["']?` +
    String.raw`(?:get|install|run|build|test|vet|list|doc|tool|generate|mod|work|clean|fix)\b`,
);

/** Reports whether a mention is an argument of a go command, also of one on earlier lines that go on. */
function takesPackage({ Text, Mention, Before }: Place): boolean {
  let command = Before;
  let start = Mention.At - Before.length;
  for (
    let lines = 0;
    lines < 8 && /\\\r?\n$/.test(Text.slice(Math.max(0, start - 3), start));
    lines++
  ) {
    const end = Text.lastIndexOf("\n", start - 1);
    const above = Text.slice(Math.max(0, end - reach), end);
    const line = above.slice(above.lastIndexOf("\n") + 1);
    command = line.replace(/\\\r?$/, " ") + command;
    start = end - line.length;
  }
  return goCommand.test(lastCommand(command));
}

/** What stands behind the last `;`, `|`, `&&` or ` #` of a line: the command that a mention is a part of. */
export function lastCommand(line: string): string {
  const ends = [";", "|", "&&", " #"].map((mark) => {
    const at = line.lastIndexOf(mark);
    return at < 0 ? 0 : at + mark.length;
  });
  return line.slice(Math.max(...ends));
}

/** Words of Go that may stand before a string and are no name of an import. */
const keywords = new Set("return case package const var go defer goto default else".split(" "));

/** Reports whether a mention stands in an import declaration: behind `import` on its line. */
export function isImport({ Before, After }: Place): boolean {
  return isQuoted(Before, After) &&
    /\bimport\s*\(?\s*(?:[\w.]+\s+)?\\?["`]$/.test(Before);
}

/** Reports whether a mention is alone on its line in quotes, with a name or not: an entry of an import block. */
export function isImportEntry({ Before, After }: Place): boolean {
  const entry = /^[\s>*|+]*(?:\/\/|#)?\s*(?:([\w.]+)\s+)?["`]$/.exec(Before);
  return entry !== null && !keywords.has(entry[1] ?? "") && isQuoted(Before, After) &&
    /^["`]\s*(?:\/\/.*|\/\*.*|;.*|\))?$/.test(After);
}

function isQuoted(before: string, after: string): boolean {
  return before.at(-1) === after.replace(/^\\/, "").at(0);
}

/** Reports whether a mention is the subject of a go.mod line: `module`, `tool`, or a replacement by a folder. */
export function isGoModLine({ Before, Mention, Change, After }: Place): boolean {
  const verb = /^[\s>*|+]*(?:\/\/|#)?\s*(module|tool|replace)\s+$/.exec(Before)?.[1];
  if (verb === "tool") return After.trim() === "" && Mention.Path === Mention.Package;
  if (Mention.Path !== Change.Old) return false;
  if (verb === "module") return /^\s*(?:\/\/.*)?$/.test(After);
  return /^[\s>*|+]*(?:\/\/|#)?\s*(?:replace\s+)?$/.test(Before) &&
    /^\s*=>\s*\.{1,2}(?:\/|\s|$)/.test(After);
}
