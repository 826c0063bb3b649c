import assert from "node:assert/strict";
import type { Unfinished } from "../../../../lib/facts/types.ts";
import type { Effect, Model, Press } from "../../../../lib/tui/model.ts";
import { unfinished } from "../../../../lib/tui/screens/unfinished.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);

const begun: Unfinished = {
  Version: "v1.4.3",
  Module: "example.com/acme/wire",
  TagName: "v1.4.3",
  After: "tagged v1.4.3",
  Pushed: false,
  Sent: false,
};
const out: Unfinished = {
  ...begun,
  Version: "v1.4.2",
  TagName: "v1.4.2",
  Pushed: true,
  Sent: true,
};

function shown(list: Unfinished[], Row = 0): Model {
  return modelOf({ ...facts, Unfinished: list }, { Name: "home", Row: 0 }, {
    Name: "unfinished",
    Row,
  });
}

function after(model: Model, ...presses: string[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const key of presses) {
    const Press: Press = key.length === 1 ? { Key: "char", Char: key } : { Key: key as "enter" };
    const [next, more] = update(model, { Is: "press", Press });
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

Deno.test("what each way does", () => {
  const cases: [string, Unfinished[], string[], Effect[], string][] = [
    ["resume asks for the version", [begun], ["enter", "enter"], [], "unfinished"],
    ["not for another one", [begun], ["enter", ..."v1.4.2", "enter"], [], "unfinished"],
    ["esc takes the question back", [begun], ["enter", "v", "esc", "esc"], [], "home"],
    [
      "resume",
      [begun],
      ["enter", ..."v1.4.3", "enter"],
      [{ Do: "resume", Version: "v1.4.3", TagName: "v1.4.3" }],
      "applying",
    ],
    ["resume by r", [begun], ["down", "r", ..."v1.4.3", "enter"], [{
      Do: "resume",
      Version: "v1.4.3",
      TagName: "v1.4.3",
    }], "applying"],
    ["undo", [begun], ["down", "enter"], [{ Do: "undo" }], "applying"],
    ["undo by u", [begun], ["u"], [{ Do: "undo" }], "applying"],
    ["leave", [begun], ["down", "down", "enter"], [], "home"],
    ["esc", [begun], ["esc"], [], "home"],
    ["u takes nothing back that is out", [out], ["u"], [], "unfinished"],
    ["nor does Enter", [out], ["down", "enter"], [], "unfinished"],
    ["what is not out comes first", [out, begun], ["r", ..."v1.4.3", "enter"], [
      { Do: "resume", Version: "v1.4.3", TagName: "v1.4.3" },
    ], "applying"],
    ["what was sent needs no word", [out], ["r"], [{
      Do: "resume",
      Version: "v1.4.2",
      TagName: "v1.4.2",
    }], "applying"],
    ["a tag that somebody else sent does", [{ ...out, Sent: false }], ["r"], [], "unfinished"],
    ["nothing left", [], ["enter"], [], "home"],
  ];
  for (const [name, list, presses, effects, screen] of cases) {
    const [model, done] = after(shown(list), ...presses);
    assert.deepEqual(done, effects, name);
    assert.equal(top(model).Name, screen, name);
  }
});

Deno.test("the command is that of the highlighted way", () => {
  const at = (list: Unfinished[], Row: number) =>
    unfinished.command!(shown(list, Row), { Name: "unfinished", Row }).join(" ");
  assert.equal(at([begun], 0), "resume v1.4.3");
  assert.equal(at([begun], 1), "undo");
  assert.equal(at([begun], 2), "status");
  assert.equal(at([out], 1), "status");
});

Deno.test("undo is offered only where something can be taken back", () => {
  const has = (list: Unfinished[]) => offered(shown(list)).some((o) => o.Action === "undo");
  assert.deepEqual([has([begun]), has([out]), has([])], [true, false, false]);
});

Deno.test("how it looks", async (t) => {
  const show = (name: string, model: Model, ...of: (keyof typeof sizes)[]) =>
    t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  await show("not pushed", shown([begun]), "normal", "small", "wide");
  await show("out, on undo", shown([out], 1), "normal");
  await show("two of them", shown([out, begun], 1), "normal", "small");
});
