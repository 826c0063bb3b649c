import assert from "node:assert/strict";
import { defaults } from "../../../../lib/cli/flags.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import type { Model } from "../../../../lib/tui/model.ts";
import {
  deprecate,
  type DeprecateScreen,
  newDeprecate,
} from "../../../../lib/tui/screens/deprecate.ts";
import { open, top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);
const reason = "use example.com/new instead";
const wanted = toChoices("deprecate", [], { ...defaults(), reason }).Choices;

function start(more: Partial<Model> = {}): Model {
  const model = { ...modelOf(facts), ...more };
  return open(model, newDeprecate(model));
}

function typed(text: string, model = start()): Model {
  return update(model, { Is: "paste", Text: text })[0];
}

Deno.test("a typed reason gives the choices that the flags give, and Enter goes on", () => {
  const model = typed(reason);
  assert.deepEqual(model.Draft, wanted);
  const [next, effects] = update(model, { Is: "press", Press: { Key: "enter" } });
  assert.equal(top(next).Name, "preflight");
  assert.deepEqual(effects.map((e) => e.Do === "plan" && e.Choices), [wanted]);
});

Deno.test("a bad reason stays, and says why", () => {
  for (const [text, why] of [["", /is empty/], ["x".repeat(501), /501 bytes/]] as const) {
    const [next, effects] = update(typed(text), { Is: "press", Press: { Key: "enter" } });
    assert.equal(top(next).Name, "deprecate");
    assert.match(next.Note ?? "", why);
    assert.deepEqual(effects, []);
  }
});

Deno.test("flags fill it, the revision included", () => {
  const given = toChoices("deprecate", [], { ...defaults(), reason, from: "v1.4.2" }).Choices;
  const model = update(start({ Given: given, Draft: given }), { Is: "paste", Text: "!" })[0];
  assert.deepEqual(model.Draft, { ...given, Edit: { Deprecate: true, Reason: reason + "!" } });
});

Deno.test("without facts there is a way back, and nothing else goes on", () => {
  const model = modelOf(undefined);
  const empty = open(model, newDeprecate(model));
  assert.ok(offered(empty).some((o) => o.Action === "back"));
  assert.ok(!offered(empty).some((o) => o.Action === "act"));
  assert.equal(top(update(empty, { Is: "press", Press: { Key: "esc" } })[0]).Name, "home");
});

Deno.test("plain words say whom it reaches and what is written", () => {
  const model = typed(reason);
  const told = deprecate.tell(model, top(model) as DeprecateScreen).join("\n");
  assert.match(told, /every version of this path/);
  assert.match(told, /v1\.4\.3 carries it, and also ships the 2 commits since v1\.4\.2/);
  assert.match(told, /\+ \/\/ Deprecated: use example\.com\/new instead/);
});

Deno.test("pictures of the deprecation", async (t) => {
  for (const size of ["normal", "small", "wide"] as const) {
    await t.assertSnapshot(picture(typed(reason), sizes[size]));
  }
  await t.assertSnapshot(picture(start(), sizes.normal));
});
