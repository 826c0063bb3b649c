/** How plain output looks: its symbols, its few colours, and when there are none (spec/look.md). */
import type { Flags } from "./flags.ts";

/** What a colour means. Colour only ever sits on a symbol; text that must be read keeps the default. */
export type Role = "good" | "bad" | "attention" | "focus" | "noReturn" | "quiet" | "weight";

/** Status symbols; they have a column of their own. */
export type Mark = "✓" | "✗" | "!" | "◐" | "·" | "●" | "○" | "›";

export interface Style {
  readonly ascii: boolean;
  readonly color: boolean;
  /** Also what is usually left out. */
  readonly verbose: boolean;
}

const sgr: Readonly<Record<Role, string>> = {
  good: "32",
  bad: "31",
  attention: "33",
  focus: "1;36",
  noReturn: "1;35",
  quiet: "2",
  weight: "1",
};

const roles: Readonly<Record<Mark, Role>> = {
  "✓": "good",
  "✗": "bad",
  "!": "attention",
  "◐": "attention",
  "·": "quiet",
  "●": "good",
  "○": "noReturn",
  "›": "focus",
};

const ascii: Readonly<Record<string, string>> = {
  "›": ">",
  "✓": "ok",
  "✗": "FAIL",
  "!": "!",
  "◐": "~",
  "·": ".",
  "●": "*",
  "○": "o",
  "…": "...",
  "→": "->",
  "≠": "!=",
  "─": "-",
  "–": "-",
  "×": "x",
  "━": "=",
  "┄": ".",
  "│": "|",
  "┬": "+",
  "┴": "+",
  "┃": "|",
  "▌": "_",
  "╭": "+",
  "╮": "+",
  "╰": "+",
  "╯": "+",
  "└": "+",
  "┘": "+",
  "↑": "up",
  "↓": "down",
  "↵": "enter",
  "⇥": "tab",
};

/** Text in a role's colour, if there are colours. */
export function paint(style: Style, role: Role, text: string): string {
  return style.color && text !== "" ? `\x1b[${sgr[role]}m${text}\x1b[0m` : text;
}

/** A symbol, coloured, inside of text. */
export function symbol(style: Style, mark: Mark): string {
  return paint(style, roles[mark], style.ascii ? ascii[mark]! : mark);
}

/** A symbol at the head of a row, as wide as every other: 1 column, in ASCII 4. */
export function mark(style: Style, head: Mark): string {
  return symbol(style, head) + " ".repeat(style.ascii ? 4 - ascii[head]!.length : 0);
}

/** The role that a status symbol is painted in. */
export function markRole(symbol: Mark): Role {
  return roles[symbol];
}

/** Columns of a status symbol. */
export function markWidth(style: Style): number {
  return style.ascii ? 4 : 1;
}

/** Our own text with the symbols that this terminal can show. */
export function glyphs(style: Style, text: string): string {
  return style.ascii ? text.replace(/[^\x20-\x7e]/g, (c) => ascii[c] ?? c) : text;
}

/** Reports whether the locale says that the terminal shows UTF-8; the first variable that is set decides. */
function isUtf8(env: Readonly<Record<string, string>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return /utf-?8/i.test(locale) || locale === "" && Deno.build.os === "windows";
}

/** The style for a stream, `terminal` telling whether it is one. */
export function styleOf(
  flags: Pick<Flags, "ascii" | "color" | "verbose">,
  env: Readonly<Record<string, string>>,
  terminal: boolean,
): Style {
  return {
    ascii: flags.ascii || !isUtf8(env),
    color: terminal && flags.color && !env.NO_COLOR && env.TERM !== "dumb",
    verbose: flags.verbose,
  };
}
