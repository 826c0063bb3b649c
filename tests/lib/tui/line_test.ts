import assert from "node:assert/strict";
import type { Style } from "../../../lib/cli/style.ts";
import {
  cut,
  cutMiddle,
  foreign,
  foreignLines,
  leftRight,
  type Line,
  line,
  mark,
  noReturn,
  own,
  pad,
  prose,
  rule,
  textOf,
  width,
} from "../../../lib/tui/line.ts";
import { cases, type Random, seeded } from "../../support/random.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

Deno.test("a line is cut at its end, with dots that fit", () => {
  const spans = [own(unicode, "v1.5.0 ", "weight"), foreign(unicode, "日本語 text")];
  const table: [style: Style, columns: number, shown: string][] = [
    [unicode, 99, "v1.5.0 日本語 text"],
    [unicode, 18, "v1.5.0 日本語 text"],
    [unicode, 12, "v1.5.0 日本…"],
    [unicode, 11, "v1.5.0 日…"],
    [unicode, 1, "…"],
    [unicode, 0, ""],
    [ascii, 12, "v1.5.0 日..."],
    [ascii, 2, "v1"],
  ];
  for (const [style, columns, shown] of table) {
    assert.equal(textOf(cut(style, spans, columns)), shown, `${columns}`);
  }
  assert.equal(cut(unicode, spans, 5)[0]!.Role, "weight");
});

Deno.test("a path is cut in its middle, between letters", () => {
  const shown = (text: string, columns: number, style = unicode) =>
    cutMiddle(style, { Text: text }, columns).Text;
  assert.equal(shown("example.com/acme/wire", 11), "examp…/wire");
  assert.equal(shown("example.com/acme/wire", 11, ascii), "exam...wire");
  assert.equal(shown("aaaaaao\u0302\u0303", 4), "aa…o\u0302\u0303");
  assert.equal(shown("abcd", 4), "abcd");
  assert.equal(shown("abcdef", 2), "ab");
});

Deno.test("what is on the left gives way to what is on the right", () => {
  const both = (columns: number) =>
    textOf(leftRight(unicode, [{ Text: "left side" }], [{ Text: "right" }], columns));
  assert.equal(both(20), "left side      right");
  assert.equal(both(12), "left…  right");
  assert.equal(both(6), " right");
  assert.equal(both(3), "ri…");
});

Deno.test("rules and the line of no return are as long as their pane", () => {
  assert.equal(textOf(rule(unicode, 16, "go.mod")), "── go.mod ──────");
  assert.equal(textOf(rule(ascii, 16, "go.mod")), "-- go.mod ------");
  assert.equal(textOf(rule(unicode, 5)), "─────");
  assert.equal(textOf(rule(unicode, -2)), "");
  assert.equal(
    textOf(noReturn(unicode, 44)),
    "━━ nobody has seen anything up to here ━━━━━",
  );
  assert.equal(textOf(noReturn(ascii, 20)), "=".repeat(20));
});

Deno.test("more lines than there is room for are counted", () => {
  const shown = foreignLines(unicode, "one\ntwo\nthree\nfour", 20, 3, 2).map(textOf);
  assert.deepEqual(shown, ["  one", "  two", "  … 2 more lines"]);
  assert.deepEqual(foreignLines(unicode, "one\n", 20, 3).map(textOf), ["one", ""]);
});

Deno.test("symbols of our own become ASCII, those of others a question mark", () => {
  assert.equal(textOf(line(ascii, "› a → b", foreign(ascii, "→ b"))), "> a -> b? b");
  assert.equal(textOf([mark(ascii, "✗")]), "FAIL");
  assert.equal(textOf([mark(ascii, "✓")]), "ok  ");
});

function anyWords(random: Random): string {
  const some = [
    "release",
    "日本語",
    "e\u0301\u0302\u0303",
    "👩‍👩‍👧",
    "\x1b[2J",
    "\u202e",
    "a".repeat(90),
    "ｶﾞ",
    "",
  ];
  return Array.from({ length: random.int(0, 9) }, () => random.pick(some)).join(
    random.pick([" ", "", "\n"]),
  );
}

Deno.test("no line that is drawn is wider than its room, whatever is in it", () => {
  const random = seeded("lines");
  for (let i = 0; i < cases(2000, 40_000); i++) {
    const style = random.pick([unicode, ascii]);
    const columns = random.int(0, 120);
    const any = (): Line => [foreign(style, anyWords(random)), own(style, " › "), mark(style, "✗")];
    const exact = [pad(style, any(), columns), leftRight(style, any(), any(), columns)];
    for (const drawn of exact) assert.equal(width(drawn), columns, JSON.stringify(drawn));
    const words = anyWords(random);
    const room = Math.max(12, columns);
    const drawn = [
      [columns, cut(style, any(), columns)],
      [columns, [cutMiddle(style, foreign(style, words), columns)]],
      [columns, rule(style, columns, "go.mod")],
      [columns, noReturn(style, columns)],
      ...foreignLines(style, words, room, 3, random.int(0, 6)).map((l) => [room, l] as const),
      ...prose(style, "A retraction only works once a higher version carries it.", room, 2)
        .map((l) => [room, l] as const),
    ] as [number, Line][];
    for (const [most, row] of drawn) {
      assert.ok(width(row) <= most, `${most} ${JSON.stringify(row)}`);
    }
  }
});
