import assert from "node:assert/strict";
import { ansi, copyOrder } from "../../../../lib/tui/terminal/ansi.ts";
import { paceOf } from "../../../../lib/tui/terminal/pace.ts";
import { begin } from "../../../../lib/tui/turn.ts";
import { modelOf } from "../../../support/wire.ts";

const style = { ascii: false, color: true, verbose: false };

Deno.test("a line becomes text with the colours of its roles and no other control", () => {
  const line = [
    { Text: " › ", Role: "focus" as const },
    { Text: "a\x1b[31mb\u009b2J\rc\n" },
    { Text: "", Role: "bad" as const },
    { Text: "!\x07", Role: "attention" as const },
  ];
  assert.equal(ansi(style, line), "\x1b[1;36m › \x1b[0ma[31mb2Jc\x1b[33m!\x1b[0m");
  assert.equal(ansi({ ...style, color: false }, line), " › a[31mb2Jc!");
});

Deno.test("copying is one order that holds nothing but base64", () => {
  assert.equal(copyOrder("gorel é\x07\x1b"), "\x1b]52;c;Z29yZWwgw6kHGw==\x07");
  assert.equal(copyOrder("x".repeat(50_001)), null);
});

Deno.test("the screen moves by itself only while something is under way", () => {
  const idle = modelOf(undefined);
  assert.equal(paceOf(idle), null);
  assert.equal(paceOf({ ...idle, Asking: 1 }), 125);
  assert.equal(paceOf({ ...idle, Asking: 1, Motion: false }), 1000);
  assert.equal(paceOf({ ...idle, Planning: { State: "asking", Ticket: 1, Since: 1 } }), 125);
  assert.equal(paceOf({ ...idle, Planning: { State: "refused", Ticket: 1, Problems: [] } }), null);
  const run = begin(idle, "verify", "v1.5.0");
  assert.equal(paceOf({ ...idle, Run: run }), 125);
  assert.equal(paceOf({ ...idle, Run: { ...run, Ended: 2 } }), null);
});
