import assert from "node:assert/strict";
import { edit, fieldOf, insert } from "../../../lib/tui/field.ts";
import type { Field, Press } from "../../../lib/tui/model.ts";
import { cases, seeded } from "../../support/random.ts";

/** A field as text, with `|` where the cursor stands. */
const shown = ({ Text, At }: Field) => `${Text.slice(0, At)}|${Text.slice(At)}`;
const field = (text: string): Field => {
  const At = text.indexOf("|");
  return { Text: text.replace("|", ""), At };
};

const key = (name: string): Press =>
  name.startsWith("^")
    ? { Key: "char", Char: name.slice(1), Ctrl: true }
    : name.length === 1 || name.charCodeAt(0) > 127
    ? { Key: "char", Char: name }
    : { Key: name as Press["Key"] };

Deno.test("keys move and delete by what people see as letters", () => {
  const table: [before: string, press: string, after: string][] = [
    ["ab|", "c", "abc|"],
    ["a|b", "c", "ac|b"],
    ["ab|", "left", "a|b"],
    ["|ab", "left", "|ab"],
    ["|ab", "right", "a|b"],
    ["ab|", "right", "ab|"],
    ["a|b", "home", "|ab"],
    ["a|b", "^a", "|ab"],
    ["a|b", "end", "ab|"],
    ["a|b", "^e", "ab|"],
    ["ab|c", "backspace", "a|c"],
    ["|abc", "backspace", "|abc"],
    ["a|bc", "delete", "a|c"],
    ["abc|", "delete", "abc|"],
    ["ab|c", "^u", "|c"],
    ["ab|c", "^k", "ab|"],
    ["use v1.4.2  |x", "^w", "use |x"],
    ["use|", "^w", "|"],
    ["xe\u0301|y", "backspace", "x|y"],
    ["👩‍👩‍👧|", "left", "|👩‍👩‍👧"],
    ["|👍🏽x", "delete", "|x"],
    ["日|本", "backspace", "|本"],
  ];
  for (const [before, press, after] of table) {
    assert.equal(shown(edit(field(before), key(press))!), after, `${before} ${press}`);
  }
  for (const press of ["up", "down", "enter", "esc", "tab", "pgup", "^c", "^s"]) {
    assert.equal(edit(field("a|b"), key(press)), null, press);
  }
});

Deno.test("what is pasted is one line without controls, and never half a letter", () => {
  const pasted = (text: string) => shown(insert(field("<|>"), text));
  assert.equal(pasted("two\r\nlines\n"), "<two lines |>");
  assert.equal(pasted("a\tb\u2028c"), "<a b c|>");
  assert.equal(pasted("a\x1b[31mb\x00\x9b"), "<a[31mb|>");
  assert.equal(pasted("\ud83d"), "<\ufffd|>");
  const full = insert(fieldOf("x".repeat(4095)), "👍");
  assert.equal(full.Text, "x".repeat(4095));
  assert.equal(insert(fieldOf(""), "y".repeat(10_000)).Text.length, 4096);
});

Deno.test("after random presses the cursor stands inside of a well-formed text", () => {
  const random = seeded("field");
  const presses = ["left", "right", "home", "end", "backspace", "delete", "^w", "^u", "^k"];
  const letters = ["a", " ", "é", "e\u0301", "\u0301", "👍🏽", "日", "\u200d", "👩", "\ud83d"];
  let now: Field = fieldOf("");
  for (let i = 0; i < cases(3000, 60_000); i++) {
    now = random.chance(0.6)
      ? insert(now, random.pick(letters))
      : edit(now, key(random.pick(presses.slice(0, random.chance(0.1) ? 9 : 6))))!;
    assert.ok(now.At >= 0 && now.At <= now.Text.length);
    assert.ok(now.Text.isWellFormed() && now.Text.slice(0, now.At).isWellFormed());
  }
});
