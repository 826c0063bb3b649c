/**
 * From what Ink heard to messages. Ink hands over whole chunks: `"j\r"` is two keys, and a
 * terminal that cannot mark a paste sends it like typing.
 */
import type { Message, Press } from "../model.ts";

/** What is used of Ink's `Key`. */
export interface Heard {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
}

const named: readonly (readonly [keyof Heard, Exclude<Press["Key"], "char">])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pgup"],
  ["pageDown", "pgdn"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
];

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
const control = /^\p{Cc}/u;
const lineEnd = /[\r\n\u2028\u2029]/;

/**
 * The messages in one call of Ink's `useInput`, in their order. A chunk with a line end and
 * two or more printable letters is pasted text and never a command: its line ends are no Enter,
 * so `v1.5.0⏎` in one piece fills the field and starts nothing. Keys with Alt mean nothing.
 */
export function messagesOf(input: string, key: Heard): Message[] {
  // Two escapes in one piece: Ink takes the first one for Alt.
  if (key.escape) return key.meta ? [press("esc"), press("esc")] : [press("esc")];
  if (key.meta) return [];
  const known = named.find(([name]) => key[name]);
  if (known) return [press(known[1])];
  if (key.tab) return [press(key.shift ? "backtab" : "tab")];
  if (key.ctrl) return /^[a-z]$/.test(input) ? [ctrl(input)] : [];
  const letters = [...segments.segment(input)].map(({ segment }) => segment);
  const printable = letters.filter((letter) => !control.test(letter)).length;
  if (printable > 1 && lineEnd.test(input)) return [pasted(input)];
  return letters.flatMap(typed);
}

/** Text that was pasted: a message that never acts. A line end at its end belongs to no text. */
export function pasted(text: string): Message {
  return { Is: "paste", Text: text.replace(/[\r\n]+$/, "") };
}

function typed(letter: string): Message[] {
  if (!control.test(letter)) return [{ Is: "press", Press: { Key: "char", Char: letter } }];
  switch (letter) {
    case "\r":
    case "\n":
    case "\r\n":
      return [press("enter")];
    case "\t":
      return [press("tab")];
    case "\b":
    case "\x7f":
      return [press("backspace")];
    default: {
      const code = letter.charCodeAt(0);
      return code >= 1 && code <= 26 ? [ctrl(String.fromCharCode(code + 96))] : [];
    }
  }
}

function press(Key: Exclude<Press["Key"], "char">): Message {
  return { Is: "press", Press: { Key } };
}

function ctrl(Char: string): Message {
  return { Is: "press", Press: { Key: "char", Char, Ctrl: true } };
}
