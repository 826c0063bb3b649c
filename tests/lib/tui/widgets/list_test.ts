import assert from "node:assert/strict";
import type { Style } from "../../../../lib/cli/style.ts";
import { textOf, width } from "../../../../lib/tui/line.ts";
import type { Row } from "../../../../lib/tui/screen.ts";
import { choices, windowFrom } from "../../../../lib/tui/widgets/list.ts";
import { cases, seeded } from "../../../support/random.ts";

const unicode: Style = { ascii: false, color: false, verbose: false };
const ascii: Style = { ...unicode, ascii: true };

const rows: Row[] = [
  { Label: "patch", Detail: "v1.4.3", Off: "3 additions need at least a minor" },
  { Label: "minor", Detail: "v1.5.0  advised" },
  { Label: "other" },
];

Deno.test("rows have their details in one column, and a reason where they cannot be chosen", () => {
  assert.deepEqual(choices(unicode, rows, 1, 80).map(textOf), [
    "    patch  v1.4.3  ✗ 3 additions need at least a minor",
    "  › minor  v1.5.0  advised",
    "    other",
  ]);
  assert.deepEqual(choices(ascii, rows, 1, 80, { focus: false }).map(textOf), [
    "    patch  v1.4.3  FAIL 3 additions need at least a minor",
    "  . minor  v1.5.0  advised",
    "    other",
  ]);
});

Deno.test("only the highlighted label has the colour of the focus; what is off is quiet", () => {
  const roles = (at: number, focus = true) =>
    choices(unicode, rows, at, 80, { focus }).map((l) =>
      l.filter((s) => s.Role).map((s) => `${s.Text.trim()}:${s.Role}`).join(" ")
    );
  assert.deepEqual(roles(1), ["patch:quiet v1.4.3:quiet ✗:bad", "›:focus minor:focus", ""]);
  assert.deepEqual(roles(0)[0], "›:focus patch:quiet v1.4.3:quiet ✗:bad");
  assert.deepEqual(roles(2, false)[2], "·:quiet");
});

Deno.test("in a narrow window a reason comes closer before it is cut, and goes on below where there is room", () => {
  const narrow = [{ Label: "Patch and retract", Detail: "" }, { ...rows[0]!, Detail: "v1.4.3" }, {
    Label: "a label of some length",
    Detail: "x",
  }];
  assert.equal(
    textOf(choices(unicode, narrow, 0, 40)[1]!),
    "    patch v1.4.3 ✗ 3 additions need at …",
  );
  assert.deepEqual(choices(unicode, rows, 1, 40, { room: 5 }).map(textOf), [
    "    patch  v1.4.3  ✗ 3 additions need at",
    "                     least a minor",
    "  › minor  v1.5.0  advised",
    "    other",
  ]);
  assert.equal(choices(unicode, rows, 1, 40, { room: 3 }).length, 3);
});

Deno.test("a list that is longer than its window is sliced around the highlighted row", () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ Label: `v1.${i}.0` }));
  const shown = (at: number) =>
    choices(unicode, many, at, 40, { room: 5 }).map((l) => textOf(l).trim());
  assert.deepEqual(shown(0), ["› v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.4.0"]);
  assert.deepEqual(shown(10), ["v1.8.0", "v1.9.0", "› v1.10.0", "v1.11.0", "v1.12.0"]);
  assert.deepEqual(shown(19).at(-1), "› v1.19.0");
  assert.equal(windowFrom(19, 20, 5), 15);
  assert.equal(windowFrom(3, 4, 9), 0);
  assert.deepEqual(choices(unicode, many, 0, 40, { room: 0 }), []);
});

Deno.test("names from outside are cleaned, our symbols and the spaces before a number stay", () => {
  const row = { Label: "\x1b[31mmain\u202e", Detail: "  9 days → 日本" };
  assert.equal(textOf(choices(unicode, [row], 0, 60)[0]!), "  › main    9 days → 日本");
  assert.equal(textOf(choices(ascii, [row], 0, 60)[0]!), "  > main    9 days -> ??");
});

Deno.test("random rows never take more lines or cells than there are, and the chosen one is seen", () => {
  const random = seeded("list");
  const words = ["v1.4.2", "日本語", "a long label that goes on", "x".repeat(200), "", "\x1b[2J"];
  for (let i = 0; i < cases(1500, 30_000); i++) {
    const any = (): Row => ({
      Label: `row ${random.pick(words)}`,
      ...(random.chance(0.6) && { Detail: random.pick(words) }),
      ...(random.chance(0.3) && { Off: random.pick(words) + " because of that" }),
    });
    const list = Array.from({ length: random.int(1, 12) }, any);
    const at = random.int(0, list.length - 1);
    const columns = random.int(8, 100);
    const room = random.int(1, 14);
    const style = random.pick([unicode, ascii]);
    const drawn = choices(style, list, at, columns, { room });
    assert.ok(drawn.length <= room);
    for (const l of drawn) assert.ok(width(l) <= columns, `${columns}: ${textOf(l)}`);
    assert.equal(drawn.filter((l) => /^ {2}[›>]/.test(textOf(l))).length, 1);
  }
});
