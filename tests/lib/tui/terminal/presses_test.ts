import assert from "node:assert/strict";
import type { Message } from "../../../../lib/tui/model.ts";
import { nameOf } from "../../../../lib/tui/keys.ts";
import { type Heard, messagesOf, pasted } from "../../../../lib/tui/terminal/presses.ts";

const none: Heard = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  tab: false,
  backspace: false,
  delete: false,
  shift: false,
  ctrl: false,
  meta: false,
};

/** Messages in the words of the key table; a paste in quotes. */
function shown(messages: readonly Message[]): string[] {
  return messages.map((message) =>
    message.Is === "press"
      ? nameOf(message.Press)
      : message.Is === "paste"
      ? JSON.stringify(message.Text)
      : message.Is
  );
}

Deno.test("what Ink heard becomes keys one by one, and a paste never an Enter", () => {
  const table: [heard: string, input: string, key: Partial<Heard>, messages: string[]][] = [
    ["up", "", { upArrow: true }, ["up"]],
    ["shift and up", "", { upArrow: true, shift: true }, ["up"]],
    ["page down", "", { pageDown: true }, ["pgdn"]],
    ["page up", "", { pageUp: true }, ["pgup"]],
    ["home", "", { home: true }, ["home"]],
    ["end", "", { end: true }, ["end"]],
    ["enter", "\r", { return: true }, ["enter"]],
    ["escape", "", { escape: true }, ["esc"]],
    ["escape twice in one piece", "", { escape: true, meta: true }, ["esc", "esc"]],
    ["tab", "\t", { tab: true }, ["tab"]],
    ["shift and tab", "", { tab: true, shift: true }, ["backtab"]],
    ["backspace", "", { backspace: true }, ["backspace"]],
    ["delete", "", { delete: true }, ["delete"]],
    ["a letter", "j", {}, ["j"]],
    ["a capital", "R", { shift: true }, ["R"]],
    ["space", " ", {}, [" "]],
    ["^C", "c", { ctrl: true }, ["^c"]],
    ["^Z", "z", { ctrl: true }, ["^z"]],
    ["^ and something else", "\\", { ctrl: true }, []],
    ["Alt and a letter", "j", { meta: true }, []],
    ["Alt and Enter", "\r", { return: true, meta: true }, []],
    ["Alt and an arrow", "", { upArrow: true, meta: true }, []],
    ["a line feed alone", "\n", {}, ["enter"]],
    ["a letter and Enter", "j\r", {}, ["j", "enter"]],
    ["Enter and a letter", "\rj", {}, ["enter", "j"]],
    ["two Enters", "\r\r", {}, ["enter", "enter"]],
    ["a line end of two characters", "\r\n", {}, ["enter"]],
    ["letters as people see them", "é日👩‍👩‍👧", {}, ["é", "日", "👩‍👩‍👧"]],
    ["a letter of two characters", "e\u0301x", {}, ["e\u0301", "x"]],
    ["fast keys", "jjk", {}, ["j", "j", "k"]],
    ["fast keys with ^U and Tab", "\x15ab\t", {}, ["^u", "a", "b", "tab"]],
    ["backspaces", "\x7f\b", {}, ["backspace", "backspace"]],
    ["nothing that is a key", "\x00\x1f\x80", {}, []],
    ["text with Enter in one piece", "v1.5.0\r", {}, ['"v1.5.0"']],
    ["pasted lines", "one\rtwo\nthree", {}, ['"one\\rtwo\\nthree"']],
    ["pasted Enter first", "\rv1.5.0", {}, ['"\\rv1.5.0"']],
    ["pasted Unicode line ends", "a\u2028b", {}, ['"a\\u2028b"'.replace("\\u2028", "\u2028")]],
    ["an empty piece", "", {}, []],
  ];
  for (const [heard, input, key, messages] of table) {
    assert.deepEqual(shown(messagesOf(input, { ...none, ...key })), messages, heard);
  }
});

Deno.test("a paste keeps its text, but not the line end behind it", () => {
  assert.deepEqual(pasted("v1.5.0\r\n"), { Is: "paste", Text: "v1.5.0" });
  assert.deepEqual(pasted("one\rtwo\r"), { Is: "paste", Text: "one\rtwo" });
  assert.deepEqual(pasted("\r"), { Is: "paste", Text: "" });
});
