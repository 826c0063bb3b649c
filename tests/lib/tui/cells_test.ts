import assert from "node:assert/strict";
import xterm from "@xterm/headless";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import { cells, fit, fitEnd, foreignText, typedText, wrapCells } from "../../../lib/tui/cells.ts";
import { cases, type Random, seeded } from "../../support/random.ts";

/** A terminal that is asked where its cursor stands after each text. */
async function columnsOf(texts: readonly string[]): Promise<number[]> {
  const terminal = new xterm.Terminal({ cols: 4000, rows: 3, allowProposedApi: true });
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.unicode.activeVersion = "15-graphemes";
  const columns: number[] = [];
  terminal.onData((report: string) => columns.push(Number(/;(\d+)R/.exec(report)![1]) - 1));
  await new Promise<void>((done) =>
    terminal.write(texts.map((text) => `\r${text}\x1b[6n`).join(""), done)
  );
  terminal.dispose();
  return columns;
}

function anyText(random: Random): string {
  const parts: (() => string)[] = [
    () =>
      random.pick([
        "feat: options",
        "日本語",
        "한국어",
        "ﾊﾝｶﾞﾙ",
        "नमस्ते",
        "ภาษาไทยคำ",
        "עברית",
        "العربية",
      ]),
    () => random.pick(["👩‍👩‍👧", "👍🏽", "🇩🇪", "☺️", "1️⃣", "\u{1f600}", "⌚", "…", "→"]),
    () =>
      random.pick(["\x1b[31m", "\x1b]8;;https://example.com\x07", "\x1b]0;title\x07", "\x9b2J"]),
    () =>
      random.pick(["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\t", "\r\n", "\x07", "\0"]),
    () => String.fromCodePoint(random.int(0x20, 0xffff)),
    () => String.fromCodePoint(random.int(0x300, 0x36f)).repeat(random.int(1, 9)),
    () => String.fromCodePoint(random.int(0x300, 0x1fff)),
    () => String.fromCodePoint(random.int(0x1100, 0x11ff)),
    () => String.fromCodePoint(random.int(0x10000, 0x10ffff)),
  ];
  return Array.from({ length: random.int(1, 12) }, () => random.pick(parts)()).join("");
}

Deno.test("every foreign text takes the cells that a terminal gives it", async () => {
  const random = seeded("cells");
  const texts = Array.from(
    { length: cases(4000, 60_000) },
    () => foreignText(anyText(random), false),
  );
  const columns = await columnsOf(texts);
  for (const [i, text] of texts.entries()) {
    assert.equal(cells(text), columns[i], JSON.stringify(text));
  }
});

Deno.test("every character below U+10000, shown between two letters, takes the cells that a terminal gives it", async () => {
  const texts = Array.from(
    { length: 0x10000 },
    (_, code) => foreignText(`a${String.fromCharCode(code)}b`, false),
  );
  const columns = await columnsOf(texts);
  const wrong = texts.flatMap((text, i) => cells(text) === columns[i] ? [] : [i.toString(16)]);
  assert.deepEqual(wrong, []);
});

Deno.test("a foreign text has nothing in it that a terminal obeys, hides or turns around", () => {
  const table: [text: string, shown: string, ascii: string][] = [
    ["plain", "plain", "plain"],
    ["\x1b[31mred\x1b[0m", "red", "red"],
    ["\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link", "link"],
    ["\x1b]52;c;aGk=\x07copied", "copied", "copied"],
    ["a\u202eb\u2069c", "abc", "abc"],
    ["one\r\n\ttwo", "one two", "one two"],
    ["e\u0301", "é", "?"],
    ["o\u0300\u0301\u0302\u0303\u0304", "ò\u0301\u0302", "???"],
    ["\u0301x", "x", "x"],
    ["👩‍👩‍👧 x", "��� x", "??? x"],
    ["☺\ufe0f", "☺", "?"],
    ["ｶﾞ", "ガ", "?"],
    ["คำ", "ค\u0e4dา", "???"],
    ["日本", "日本", "??"],
    ["a\u3164b", "a b", "a b"],
  ];
  for (const [text, shown, ascii] of table) {
    assert.equal(foreignText(text, false), shown, JSON.stringify(text));
    assert.equal(foreignText(text, true), ascii, JSON.stringify(text));
  }
  assert.equal(foreignText("x".repeat(100_000), false).length, 20_000);
});

Deno.test("random foreign texts hold no control, format or unassigned character, and in ASCII nothing else", () => {
  const random = seeded("foreign");
  for (let i = 0; i < cases(3000, 60_000); i++) {
    const text = anyText(random);
    assert.doesNotMatch(foreignText(text, false), /[\p{Cc}\p{Cf}\p{Cn}\p{Cs}\u2028\u2029]/u);
    assert.match(foreignText(text, true), /^[\x20-\x7e]*$/);
    assert.doesNotMatch(foreignText(text, false), /^\p{M}|\p{M}{4}/u);
  }
});

Deno.test("a text that is being typed keeps the spaces at its ends", () => {
  assert.equal(typedText("  two  ", false), "  two  ");
  assert.equal(typedText("   ", false), "   ");
  assert.equal(typedText("", false), "");
  assert.equal(typedText(" \u202e日 ", true), " ? ");
});

Deno.test("a cut never splits a letter, and takes as much as fits", () => {
  const table: [text: string, columns: number, head: string, tail: string][] = [
    ["abcdef", 3, "abc", "def"],
    ["日本語", 5, "日本", "本語"],
    ["日本語", 1, "", ""],
    ["xo\u0302\u0303y", 2, "xo\u0302\u0303", "o\u0302\u0303y"],
    ["abc", 9, "abc", "abc"],
    ["abc", 0, "", ""],
    ["abc", -1, "", ""],
  ];
  for (const [text, columns, head, tail] of table) {
    assert.equal(fit(text, columns), head);
    assert.equal(fitEnd(text, columns), tail);
  }
});

Deno.test("lines are broken at spaces, and words only where they are too long", () => {
  const table: [text: string, columns: number, lines: string[]][] = [
    ["the quick brown fox", 9, ["the quick", "brown fox"]],
    ["a verylongword b", 6, ["a", "verylo", "ngword", "b"]],
    ["日本語 x", 4, ["日本", "語 x"]],
    ["日本", 1, ["日", "本"]],
    ["", 5, [""]],
  ];
  for (const [text, columns, lines] of table) assert.deepEqual(wrapCells(text, columns), lines);
});

Deno.test("random texts broken into lines fit, and lose nothing but spaces", () => {
  const random = seeded("wrap");
  for (let i = 0; i < cases(500, 10_000); i++) {
    const text = foreignText(Array.from({ length: 9 }, () => anyText(random)).join(" "), false);
    const columns = random.int(2, 60);
    const lines = wrapCells(text, columns);
    for (const line of lines) {
      assert.ok(cells(line) <= columns, `${columns}: ${JSON.stringify(line)}`);
    }
    assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  }
});

Deno.test("10 000 letters without a space are broken with each letter looked at once or twice", () => {
  const lines = wrapCells("語".repeat(10_000), 70);
  assert.equal(lines.length, Math.ceil(10_000 / 35));
  assert.equal(lines[0], "語".repeat(35));
});
