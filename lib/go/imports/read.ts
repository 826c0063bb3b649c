/**
 * What a Go file imports, and its package clause (specification, Source file organization), also of
 * a file that Go refuses: every `import` counts, wherever it stands.
 */
import { Scanner, type Token } from "./scan.ts";
import { unquote, type Unquoted } from "./unquote.ts";

/** One import of a declaration. Places count bytes. */
export interface ImportSpec {
  /** Where its name or path begins, and behind its path. */
  Start: number;
  End: number;
  /** The name it gets here, if it is written: also `_` and `.`. */
  Name?: string;
  /** Where its literal begins, and what that says. */
  PathStart: number;
  Path: Unquoted;
}

/** An import declaration; Block: one in parentheses. */
export interface ImportDeclaration {
  Start: number;
  Block: boolean;
  Specs: ImportSpec[];
}

/** The import comment of a package clause, `package x // import "path"`: its literal. */
export interface ImportComment {
  Start: number;
  End: number;
  Path: Unquoted;
}

export interface GoFile {
  Package?: { Name: string; Start: number; End: number };
  ImportComment?: ImportComment;
  Imports: ImportDeclaration[];
}

/** Called for every comment, and for every string that is no import's path. */
export type Visitor = (scanner: Scanner) => void;

/** Words that no import declaration holds: an unfinished block ends before them. */
const declarations = new Set(["import", "const", "type", "var", "func", "package"]);

/**
 * Reads a file of one character a byte. Without a visitor, only to its first declaration that imports
 * nothing: Go allows no import behind it.
 */
export function readGoFile(text: string, visit?: Visitor): GoFile {
  const scanner = new Scanner(text);
  const file: GoFile = { Imports: [] };
  const next = (): Token => {
    while (true) {
      const token = scanner.next();
      if (token !== "LineComment" && token !== "BlockComment") return token;
      visit?.(scanner);
    }
  };
  let token = next();
  while (token !== "EOF") {
    if (visit && (token === "String" || token === "RawString")) visit(scanner);
    const length = scanner.end - scanner.start;
    if (!visit && token === "Word" && length <= 5 && isDeclaration(scanner)) break;
    if (token === "Word" && length === 6 && text.startsWith("import", scanner.start)) {
      const declaration: ImportDeclaration = {
        Start: scanner.start,
        Block: false,
        Specs: [],
      };
      file.Imports.push(declaration);
      token = readDeclaration(scanner, next, declaration);
      continue;
    }
    const clause = token === "Word" && length === 7 && file.Package === undefined &&
      text.startsWith("package", scanner.start);
    const { start } = scanner;
    token = next();
    if (clause && token === "Word") {
      const { end } = scanner;
      file.Package = { Name: text.slice(scanner.start, end), Start: start, End: end };
      const comment = readImportComment(text, end);
      if (comment) file.ImportComment = comment;
    }
  }
  return file;
}

function isDeclaration({ text, start, end }: Scanner): boolean {
  return declarations.has(text.slice(start, end));
}

/** Reads what follows `import`, and returns the token behind it. */
function readDeclaration(
  scanner: Scanner,
  next: () => Token,
  declaration: ImportDeclaration,
): Token {
  const { text } = scanner;
  let token = next();
  if (token === "Operator" && text[scanner.start] === "(") {
    declaration.Block = true;
    token = next();
  }
  let name: { start: number; text: string } | undefined;
  while (token !== "EOF") {
    const { start, end } = scanner;
    if (token === "String" || token === "RawString") {
      declaration.Specs.push({
        Start: name?.start ?? start,
        End: end,
        ...(name && { Name: name.text }),
        PathStart: start,
        Path: unquote(text, start, end),
      });
      name = undefined;
      if (!declaration.Block) return next();
    } else {
      const word = text.slice(start, Math.min(end, start + 1000));
      if (token === "Word" ? declarations.has(word) : token === "Rune") return token;
      if (word === ")" && declaration.Block) return next();
      if (!declaration.Block && token === "Operator" && word !== ".") return token;
      name = token === "Word" || word === "." ? { start, text: word } : undefined;
    }
    token = next();
  }
  return token;
}

/** The import comment right behind the name of a package, as go/build finds it: all on one line. */
function readImportComment(text: string, from: number): ImportComment | undefined {
  let at = from;
  while (" \t\r".includes(text[at] ?? "x")) at++;
  const open = text.slice(at, at + 2);
  const end = open === "//"
    ? text.indexOf("\n", at)
    : open === "/*"
    ? text.indexOf("*/", at + 2)
    : -1;
  if (open !== "//" && end < 0) return undefined;
  const comment = text.slice(at + 2, end < 0 ? text.length : end);
  const match = /^\s*import\b[ \t\r]*/.exec(comment);
  if (comment.includes("\n") || !match) return undefined;
  const literal = comment.slice(match[0].length).trimEnd();
  if (!/^(?:"[^"]*"|`[^`]*`)$/.test(literal)) return undefined;
  const start = at + 2 + match[0].length;
  return {
    Start: start,
    End: start + literal.length,
    Path: unquote(text, start, start + literal.length),
  };
}
