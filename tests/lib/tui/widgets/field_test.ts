import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import { fieldLine } from "../../../../lib/tui/widgets/field.ts";
import { cases, seeded } from "../../../support/random.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

const shown = (text: string, at: number, columns: number, options = {}) =>
  textOf(fieldLine(unicode, { Text: text, At: at }, columns, { focus: true, ...options }));

Deno.test("a field shows its text and where the next letter goes, spaces included", () => {
  const table: [shown: string, expected: string][] = [
    [shown("v1.5", 4, 40, { label: "Type v1.5.0 to start: " }), "  ┃ Type v1.5.0 to start: v1.5▌"],
    [shown("two ", 4, 40), "  ┃ two ▌"],
    [shown("a b", 1, 40), "  ┃ a▌ b"],
    [shown("", 0, 40, { hint: "why" }), "  ┃ ▌"],
    [shown("", 0, 40, { focus: false, hint: "why" }), "  ┃ why"],
    [shown("text", 2, 40, { focus: false, hint: "why" }), "  ┃ text"],
    [shown("日\u202e本", 1, 40), "  ┃ 日▌本"],
  ];
  for (const [is, expected] of table) assert.equal(is, expected);
  assert.equal(
    textOf(fieldLine(ascii, { Text: "日x", At: 1 }, 40, { focus: true })),
    "  | ?_x",
  );
});

Deno.test("the field where the version is typed has the colour of no way back, without focus none", () => {
  const roles = (options: Parameters<typeof fieldLine>[3]) =>
    fieldLine(unicode, { Text: "v", At: 1 }, 40, options).filter((s) => s.Role).map((s) => s.Role);
  assert.deepEqual(roles({ focus: true, noReturn: true }), ["noReturn", "noReturn"]);
  assert.deepEqual(roles({ focus: true }), ["focus", "focus"]);
  assert.deepEqual(roles({ focus: false, noReturn: true }), ["quiet"]);
});

Deno.test("a longer text scrolls with its cursor", () => {
  const text = "panics on empty frames; use v1.4.2";
  assert.equal(shown(text, 0, 24), "  ┃ ▌panics on empty fr…");
  assert.equal(shown(text, text.length, 24), "  ┃ …frames; use v1.4.2▌");
  assert.equal(shown(text, 17, 24), "  ┃ …ics on empty f▌ram…");
});

Deno.test("whatever is typed, the line fits and its cursor is seen", () => {
  const random = seeded("field line");
  const letters = ["a", " ", "日", "é", "👩‍👩‍👧", "\u0301", "\u202e", "ｶﾞ", "long words "];
  for (let i = 0; i < cases(2000, 40_000); i++) {
    const before = Array.from({ length: random.int(0, 40) }, () => random.pick(letters)).join("");
    const after = Array.from({ length: random.int(0, 40) }, () => random.pick(letters)).join("");
    const style = random.pick([unicode, ascii]);
    const columns = random.int(12, 90);
    const label = random.chance(0.5) ? { label: "Type v1.5.0-rc.1 to start: " } : {};
    const field = { Text: before + after, At: before.length };
    const drawn = fieldLine(style, field, columns, { focus: true, ...label });
    assert.ok(width(drawn) <= columns, `${columns}: ${textOf(drawn)}`);
    assert.equal(drawn.filter((s) => s.Role === "focus").length, 2, JSON.stringify(drawn));
  }
});
