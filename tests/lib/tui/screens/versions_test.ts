import assert from "node:assert/strict";
import type { Effect, Model, Press } from "../../../../lib/tui/model.ts";
import { versions } from "../../../../lib/tui/screens/versions.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);
// Tagged after the remote was asked for the last time: it is only here.
repo.tag("v1.5.0-rc.1");
const tagged = await factsOf(repo);
const local = await factsOf(repo, false);

function browser(of: typeof facts | undefined, Row = 0): Model {
  const model = modelOf(of, { Name: "home", Row: 7 }, { Name: "versions", Row });
  return of === local ? { ...model, Whole: false, Asking: model.Now - 500 } : model;
}

function after(model: Model, ...presses: Press[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const Press of presses) {
    const [next, more] = update(model, { Is: "press", Press });
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

const enter: Press = { Key: "enter" };
const space: Press = { Key: "char", Char: " " };

Deno.test("opening asks for the versions' times", () => {
  const [model, effects] = after(modelOf(facts), { Key: "char", Char: "V" });
  assert.equal(top(model).Name, "versions");
  assert.deepEqual(effects, [{ Do: "times", Dir: "" }]);
});

Deno.test("the newest version comes first, what Go passes over last", () => {
  const model = browser(tagged);
  assert.deepEqual(versions.rows(model, { Name: "versions", Row: 0 }).map((r) => r.Label), [
    "v1.5.0-rc.1",
    "v1.4.2",
    "v1.4.1",
    "v1.4.0",
    "v1.3.0",
    "v1.2.3",
    "v1.4",
  ]);
});

Deno.test("Enter proves the highlighted version", () => {
  const [model, effects] = after(browser(facts, 1), enter);
  assert.equal(top(model).Name, "proof");
  assert.deepEqual(effects, [{ Do: "verify", Version: "v1.4.1", Dir: "" }]);
});

Deno.test("nobody is asked for a version whose tag is only here", () => {
  const [model, effects] = after(browser(tagged, 0), enter);
  assert.equal(top(model).Name, "versions");
  assert.match(model.Note!, /v1\.5\.0-rc\.1 is only here/);
  assert.deepEqual(effects, []);
  assert.match(after(browser(tagged, 0), space)[0].Note!, /only here/);
});

Deno.test("nobody is asked before the remote has answered", () => {
  const [model, effects] = after(browser(local, 1), enter);
  assert.match(model.Note!, /the remote has not answered/);
  assert.deepEqual(effects, []);
});

Deno.test("space opens the retract editor with the version marked", () => {
  const screen = top(after(browser(facts, 2), space)[0]);
  assert.ok(screen.Name === "retract");
  assert.deepEqual(screen.Marked, ["v1.4.0"]);
});

Deno.test("on a tag that is no version nothing is offered but to look on", () => {
  const actions = offered(browser(facts, 5)).map((o) => o.Action);
  assert.ok(!actions.includes("act") && !actions.includes("mark"));
  assert.ok(actions.includes("back"));
});

Deno.test("a thousand versions are paged through and only those seen are drawn", () => {
  const [module] = facts.Modules;
  const many = {
    ...facts,
    Modules: [{
      ...module!,
      Versions: Array.from({ length: 1000 }, (_, i) => ({
        Version: `v1.${Math.floor(i / 10)}.${i % 10}`,
        Tag: `v1.${Math.floor(i / 10)}.${i % 10}`,
        OnProxy: true,
      })),
      Ignored: [],
    }],
  };
  const pages = (n: number) => Array.from({ length: n }, (): Press => ({ Key: "pgdn" }));
  const at = (model: Model) => (top(model) as { Row: number }).Row;
  assert.equal(at(after(browser(many), ...pages(3))[0]), 30);
  assert.equal(at(after(browser(many), ...pages(200))[0]), 999);
  assert.equal(at(after(browser(many), { Key: "end" })[0]), 999);
  assert.equal(at(after(browser(many, 5), { Key: "pgup" })[0]), 0);
  const shown = picture(browser(many, 500));
  assert.match(shown, /› v1\.49\.9 /);
  assert.equal(shown.split("\n").length, 24);
});

Deno.test("plain mode tells every version and every tag that is none", () => {
  const told = versions.tell(browser(tagged), { Name: "versions", Row: 0 });
  assert.match(told[0]!, /^v1\.5\.0-rc\.1; .*; here; pre-release$/);
  assert.match(told[4]!, /^v1\.3\.0; .*on the remote; retracted: leaks file handles$/);
  assert.match(told[6]!, /^v1\.4 is no version: Go takes only tags with all three numbers/);
});

Deno.test("a commit of any year has its row, and its day where it has one", () => {
  const model = modelOf(facts, { Name: "versions", Row: 0 });
  const version = versions.rows(model, { Name: "versions", Row: 0 })[0]!.Label;
  for (const [time, day] of [[0, " of 1970-01-01"], [9e15, ""], [-9e15, ""]] as const) {
    const Times = new Map([[version, time]]);
    const row = picture({ ...model, Times }, sizes.normal).split("\n")
      .find((l) => l.startsWith(`  tag ${version} `));
    assert.match(row ?? "", new RegExp(`commit [0-9a-f]{12}${day}$`));
  }
});

Deno.test("how the browser looks", async (t) => {
  const show = (name: string, model: Model, ...of: (keyof typeof sizes)[]) =>
    t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  await show("on a retracted version", browser(tagged, 4), "normal", "small", "wide", "huge");
  await show("on a tag that is none", browser(tagged, 6), "normal", "wide");
  await show("while remote and proxy are asked", browser(local, 1), "normal");
  await show("before there are facts", browser(undefined), "normal");
});
