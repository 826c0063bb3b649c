/** The language of manual pages, man(7): text that stays text, and the few macros that a page needs. */
import { wrap } from "../print/layout.ts";

/** Characters that mean something else to a formatter, or that it would make prettier. */
const named: Readonly<Record<string, string>> = {
  "\\": "\\(rs",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  '"': "\\(dq",
  "^": "\\(ha",
  "~": "\\(ti",
  "→": "\\(->",
  "…": "...",
};

/** Bytes of a line of the source; longer ones are bad style. */
const sourceWidth = 78;

/** A text as it is to be read, in one line and within a line: each character stands for itself. */
export function escaped(text: string): string {
  return text.replace(/[\\'`"^~-]|[^\x20-\x7e]/gu, (c) => {
    const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return named[c] ?? `\\[u${code}]`;
  });
}

export function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

/** What a person puts something in the place of. */
export function italic(text: string): string {
  return `\\fI${escaped(text)}\\fR`;
}

/** Capitals are places to be filled, all else is typed as it stands: `[VERSION|MODULE@VERSION]`. */
export function operand(text: string): string {
  return text.split(/([A-Z][A-Z_]+)/).map((part, i) => i % 2 ? italic(part) : escaped(part))
    .join("");
}

/** Lines of running text; `text` is escaped. */
export function filled(text: string): string[] {
  return wrap(text, sourceWidth).map(inText);
}

/** A line that does not look like a macro; it is escaped. */
function inText(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

export function section(name: string): string[] {
  return [`.SH ${name}`];
}

export function subsection(name: string): string[] {
  return [`.SS ${escaped(name)}`];
}

/** Paragraphs, not yet escaped. */
export function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [".PP", ...filled(escaped(text))]);
}

/** A term and what it means; the term is escaped, the paragraphs are not. */
export function item(term: string, texts: readonly string[]): string[] {
  const [first = "", ...more] = texts;
  return [
    ".TP",
    inText(term),
    ...filled(escaped(first)),
    ...more.flatMap((text) => [".IP", ...filled(escaped(text))]),
  ];
}

/** Lines that stay lines. */
export function literal(lines: readonly string[]): string[] {
  return [".PP", ".RS 4", ".nf", ...lines.map((line) => inText(escaped(line))), ".fi", ".RE"];
}
