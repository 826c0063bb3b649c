import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import { age, bar, clock, dots, spinner } from "../../../../lib/tui/widgets/bar.ts";
import { modelOf, now } from "../../../support/wire.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

Deno.test("a bar is filled as far as it is done, and never beyond", () => {
  const table: [done: number, of: number, columns: number, shown: string][] = [
    [0, 6, 6, "──────"],
    [5, 6, 6, "━━━━━─"],
    [6, 6, 6, "━━━━━━"],
    [9, 6, 6, "━━━━━━"],
    [-1, 6, 3, "───"],
    [1, 0, 3, "───"],
    [99, 100, 3, "━━─"],
    [1, 2, 0, ""],
  ];
  for (const [done, of, columns, shown] of table) {
    assert.equal(textOf(bar(unicode, done, of, columns)), shown);
  }
  assert.equal(textOf(bar(ascii, 2, 4, 6)), "###---");
});

Deno.test("dots say what is done, what runs and what comes", () => {
  assert.equal(textOf(dots(unicode, 3, 5)), "●●◐○○ 3 of 5");
  assert.equal(textOf(dots(ascii, 3, 5)), "**~oo 3 of 5");
  assert.equal(textOf(dots(unicode, 0, 2)), "○○ 0 of 2");
  assert.equal(textOf(dots(unicode, 3, 2)), "●● 2 of 2");
});

Deno.test("the spinner waits, turns eight times a second, stands still without motion, and is as wide as a mark", () => {
  const at = (ms: number, style = unicode, motion = true) =>
    spinner({ ...modelOf(undefined), Style: style, Motion: motion, Now: now + ms }, now);
  assert.equal(at(0).Text, "·");
  assert.equal(at(149).Text, "·");
  const second = Array.from({ length: 8 }, (_, i) => at(150 + 125 * i).Text).join("");
  assert.equal(second, "◐◓◑◒◐◓◑◒");
  assert.equal(at(150, ascii).Text, "|   ");
  assert.equal(at(9999, unicode, false).Text, "◐");
  for (const ms of [0, 150, 300, 1_000_000]) {
    assert.equal(width([at(ms, ascii)]), 4);
    assert.equal(width([at(ms)]), 1);
  }
  assert.equal(at(-50).Text, "·");
});

Deno.test("times and ages are in the unit that is read at a glance", () => {
  const clocks: [ms: number, shown: string][] = [
    [0, "00:00"],
    [7_999, "00:07"],
    [723_000, "12:03"],
    [3_723_000, "1:02:03"],
    [-5, "00:00"],
    [NaN, "00:00"],
  ];
  for (const [ms, shown] of clocks) assert.equal(clock(ms), shown);
  const day = 86_400;
  const ages: [seconds: number, shown: string][] = [
    [-5, "now"],
    [59, "now"],
    [60, "1 minute"],
    [3 * 3600, "3 hours"],
    [day, "1 day"],
    [9.5 * day, "9 days"],
    [31 * day, "31 days"],
    [125 * day, "4 months"],
    [900 * day, "2 years"],
  ];
  for (const [seconds, shown] of ages) assert.equal(age(1e9 - seconds, 1e9), shown);
  assert.equal(age(undefined, 1e9), "");
});
