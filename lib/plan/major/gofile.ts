/** The mentions of a module's path in Go source: what Go reads is told from what only people read. */
import { type GoFile, readGoFile } from "../../go/imports/read.ts";
import { Scanner } from "../../go/imports/scan.ts";
import { unquote } from "../../go/imports/unquote.ts";
import {
  assembledName,
  assemblyPath,
  pathToPrefix,
  prefixToPath,
  symbolPackage,
} from "../../go/symbol.ts";
import { LineCounter } from "./bytes.ts";
import { classOf, inGoModText, isImportForm, type Judged } from "./classof.ts";
import { isLinkerFlag, type Mention, mentions } from "./mention.ts";
import type { Finder, Occurrence, PathChange } from "./types.ts";

type Found = Omit<Occurrence, "Line">;

/**
 * Reports whether the finders of this file can find anything in a text of one character a byte; also
 * where the path is written with escapes, as symbols or as assembly.
 */
export function mayMention(text: string, change: PathChange): boolean {
  return text.includes(change.Old) || text.includes(pathToPrefix(change.Old)) ||
    text.includes(assemblyPath(change.Old)) || /\\[xuU0-7]/.test(text);
}

/** The mentions in a .go file, whatever its build tags, and also where Go refuses the file. */
export const goOccurrences: Finder = (_file, text, change) => {
  if (!mayMention(text, change)) return [];
  const generated = isGenerated(text);
  const found: Found[] = [];
  const may = ahead(text, [change.Old, pathToPrefix(change.Old)]);
  const file = readGoFile(text, (scanner) => {
    if (!may(scanner.start, scanner.end)) return;
    const begin = found.length;
    if (scanner.token === "String" || scanner.token === "RawString") {
      inString(text, scanner, change, generated, found);
    } else inComment(text, scanner, change, generated, found);
    if (!generated) return;
    for (let i = begin; i < found.length; i++) {
      const { Reason: _, ...rest } = found[i]!;
      if (rest.Class !== "linkname") found[i] = { ...rest, Class: "generated" };
    }
  });
  return withLines(text, [...inClauses(text, file, change, found), ...found]);
};

/** The mentions in a Go assembly file: symbols in the assembler's spelling, and comments. */
export const assemblyOccurrences: Finder = (_file, text, change) => {
  const found: Found[] = [];
  const spelled = assemblyPath(change.Old);
  const may = ahead(text, [change.Old, spelled]);
  const scanner = new Scanner(text);
  while (scanner.next() !== "EOF") {
    const { token, start, end } = scanner;
    if (token === "Operator" || !may(start, end)) continue;
    if (token === "Word") {
      const word = text.slice(start, end);
      const rest = word.slice(spelled.length);
      if (!word.startsWith(spelled) || !/^(?:\xc2\xb7|\xe2\x88\x95|$)/.test(rest)) continue;
      if (!change.owns(symbolPackage(assembledName(word)))) continue;
      found.push({ At: start, Class: "assembly", Old: spelled, New: assemblyPath(change.New) });
    } else if (token === "String" || token === "RawString" || token === "Rune") {
      inString(text, scanner, change, false, found);
    } else {
      const comment = text.slice(start, end);
      inComment(text, scanner, change, false, found);
      for (let at = comment.indexOf(spelled); at >= 0; at = comment.indexOf(spelled, at + 1)) {
        const symbol = /^[\w\x80-\xff]*/.exec(comment.slice(at, at + 1000))![0];
        if (!change.owns(symbolPackage(assembledName(symbol)))) continue;
        const Old = spelled;
        found.push({ At: start + at, Class: "prose", Old, New: assemblyPath(change.New) });
      }
    }
  }
  return withLines(text, found);
};

/** The imports, and the import comment; what was found in that as in any comment is taken out. */
function inClauses(text: string, file: GoFile, change: PathChange, found: Found[]): Found[] {
  const clauses: Found[] = [];
  const add = (
    Class: "import" | "import-comment",
    { Path }: Pick<GoFile["Imports"][0]["Specs"][0], "Path">,
  ) => {
    const { Value, Valid, place } = Path;
    const { Old, New, owns } = change;
    if (!Valid || !(Value === Old || Value.startsWith(Old + "/")) || !owns(Value)) return;
    const At = place(0);
    clauses.push({ At, Class, Old: text.slice(At, place(Old.length)), New });
  };
  if (file.ImportComment) {
    const { Start, End } = file.ImportComment;
    const inside = found.findIndex(({ At }) => At >= Start && At < End);
    if (inside >= 0) found.splice(inside, 1);
    add("import-comment", file.ImportComment);
  }
  for (const { Specs } of file.Imports) Specs.forEach((spec) => add("import", spec));
  return clauses;
}

function inComment(
  text: string,
  { start, end, token }: Scanner,
  change: PathChange,
  generated: boolean,
  found: Found[],
): void {
  const from = start + 2;
  const comment = text.slice(from, end);
  if (token === "LineComment" && comment.startsWith("go:linkname ")) {
    if (inLinkname(comment, from, change, found)) return;
  }
  const command = token === "LineComment" && (start === 0 || text[start - 1] === "\n") &&
    /^go:generate[ \t]/.test(comment);
  for (const mention of mentions(comment, change, generated)) {
    const judged = command
      ? classInGenerate(comment, mention, change)
      : isImportForm(comment, mention, true)
      ? { Class: "example" as const }
      : classOf(comment, mention, change, "prose");
    found.push({ At: from + mention.At, ...judged, ...written(comment, mention, change, judged) });
  }
}

/** In a go:generate line every path is an argument of the command. */
function classInGenerate(text: string, mention: Mention, change: PathChange): Judged {
  const judged = classOf(text, mention, change, "string");
  if (isLinkerFlag(text, mention)) return { Class: "ldflags" };
  return judged.Class === "install" || (judged.Class === "string" && mention.Kind === "path")
    ? { Class: "generate" }
    : judged;
}

/**
 * Reads `//go:linkname local path.name`, whose second name is a symbol as the linker spells it; false
 * for any other form.
 */
function inLinkname(directive: string, from: number, change: PathChange, found: Found[]): boolean {
  const target = /^go:linkname\s+\S+\s+(\S+)\s*$/.exec(directive)?.[1];
  if (target === undefined) return false;
  const { Old, New, owns } = change;
  const at = directive.lastIndexOf(target);
  const prefix = pathToPrefix(Old);
  let rest = 0;
  // A root package whose last element has dots is not spelled as its path.
  const [old, now] = target.startsWith(prefix + ".") ? [prefix, pathToPrefix(New)] : [Old, New];
  const path = old === prefix ? symbolPackage(target) : Old + prefixToPath(
    symbolPackage(target.slice(Old.length)),
  );
  if (target.startsWith(old) && /^[./]/.test(target.slice(old.length)) && owns(path)) {
    found.push({ At: from + at, Class: "linkname", Old: old, New: now });
    rest = old.length;
  }
  for (const { At } of mentions(target.slice(rest), change)) {
    found.push({ At: from + at + rest + At, Class: "linkname", Old, New });
  }
  return true;
}

function inString(
  text: string,
  { start, end }: Scanner,
  change: PathChange,
  generated: boolean,
  found: Found[],
): void {
  const { Value, place } = unquote(text, start, end);
  const all = mentions(Value, change, generated);
  if (all.length === 0) return;
  const imported = new Set<number>();
  if (Value.includes("import")) {
    for (const { Specs } of readGoFile(Value, () => {}).Imports) {
      for (const { PathStart } of Specs) imported.add(PathStart + 1);
    }
  }
  const isGoMod = all.some((mention) => inGoModText(Value, mention));
  for (const mention of all) {
    const At = place(mention.At);
    const judged: Judged = isGoMod
      ? { Class: "string", Reason: "is in the text of a go.mod file, which has to agree" }
      : imported.has(mention.At) || isImportForm(Value, mention, false)
      ? { Class: "example" }
      : classOf(Value, mention, change, "string");
    const { Old, New } = written(Value, mention, change, judged);
    found.push({ At, ...judged, Old: text.slice(At, place(mention.At + Old.length)), New });
  }
}

/** The path as it is written; a version that only the old path has changes with it, or not at all. */
function written(
  text: string,
  { At, End, Version = "" }: Mention,
  { Old, New, Version: coming }: PathChange,
  { Class }: Judged,
): { Old: string; New: string } {
  if (Class !== "pinned") return { Old, New };
  return {
    Old: text.slice(At, End + "@".length + Version.length),
    New: `${New}${text.slice(At + Old.length, End)}@${coming}`,
  };
}

/** Reports whether a file says in Go's standard words that it is generated (`go help generate`). */
function isGenerated(text: string): boolean {
  const scanner = new Scanner(text);
  let token = scanner.next();
  while (token === "LineComment" || token === "BlockComment") token = scanner.next();
  return /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m.test(text.slice(0, scanner.start));
}

/** Tells of ascending spans whether one of the words begins in them, in time linear in the text. */
function ahead(text: string, words: string[]): (start: number, end: number) => boolean {
  const next = [...new Set(words)].map((word) => ({ word, at: text.indexOf(word) }));
  return (start, end) => {
    let inside = false;
    for (const entry of next) {
      if (entry.at >= 0 && entry.at < start) entry.at = text.indexOf(entry.word, start);
      if (entry.at >= start && entry.at < end) inside = true;
    }
    return inside;
  };
}

function withLines(text: string, found: Found[]): Occurrence[] {
  const lines = new LineCounter(text);
  return found.sort((a, b) => a.At - b.At)
    .map(({ At, ...rest }) => ({ At, Line: lines.at(At), ...rest }));
}
