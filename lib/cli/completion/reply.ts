/** What a shell is told: which words may stand at the cursor, in the form that its script takes. */
import { clean } from "../../text.ts";
import { continued, type Line } from "./bash.ts";

/** A word that may stand at the cursor. */
export interface Candidate {
  Value: string;
  Help?: string;
}

/** Words, in the order in which they are shown; or what the shell itself lists best. */
export type Reply = readonly Candidate[] | "files" | "folders";

/** Where to show it. */
export interface Terminal {
  columns: number;
  /** Bash only: the words are listed, and none of them is put into the line. */
  listing: boolean;
}

/** Reports whether a name can be shown and typed: a line of its own, and nothing that a terminal obeys or hides. */
export function isPlain(value: string): boolean {
  // Between the marks, for blanks at the ends are part of a name.
  return clean(`-${value}-`) === `-${value}-` && !value.includes("\ufffd");
}

/**
 * The answer for zsh and fish, lines of `VALUE<TAB>TEXT` behind one that says what they are.
 * `before` belongs to the word at the cursor, but is no part of the values. Fish takes TEXT for
 * the description; zsh shows it instead of the value.
 */
export function replyText(
  reply: Reply,
  shell: "zsh" | "fish",
  before: string,
  { columns }: Terminal,
): string {
  if (typeof reply === "string") return `${reply}\n`;
  const texts = shell === "zsh" ? shown(reply, columns) : reply.map(({ Help = "" }) => Help);
  return ["words", ...reply.map(({ Value }, i) => `${before}${Value}\t${texts[i]}`), ""].join("\n");
}

/**
 * The answer for bash: behind the first line, texts that replace what it takes for the word at the
 * cursor. `open` instead of `words`: no space follows.
 */
export function bashText(
  reply: Reply,
  line: Line,
  before: string,
  { columns, listing }: Terminal,
): string {
  if (typeof reply === "string") return `${reply}\n`;
  const words = reply.flatMap(({ Value, ...more }) => {
    const text = continued(line, before + Value);
    return text === null ? [] : [{ ...more, Value: text }];
  });
  const open = words.length === 1 && goesOn(words[0]!.Value);
  const described = listing && words.length > 1 && words.some(({ Help }) => Help);
  const texts = described ? shown(words, columns) : words.map(({ Value }) => Value);
  return [open ? "open" : "words", ...texts, ""].join("\n");
}

/** A word that goes on: a folder, `CODE=`, `MODULE@`. */
function goesOn(value: string): boolean {
  return /[/=@]$/.test(value);
}

/** Words with their help beside them, one to a line of the terminal. */
function shown(words: readonly Candidate[], columns: number): string[] {
  const width = Math.min(30, Math.max(0, ...words.map(({ Value }) => [...Value].length)));
  return words.map(({ Value, Help }) => {
    if (!Help) return Value;
    const text = [...`${Value.padEnd(width)}  ${Help}`];
    return text.length < columns ? text.join("") : text.slice(0, columns - 2).join("") + "…";
  });
}
