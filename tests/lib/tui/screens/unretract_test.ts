import assert from "node:assert/strict";
import type { Choices } from "../../../../lib/choices.ts";
import { defaults } from "../../../../lib/cli/flags.ts";
import { toArgv } from "../../../../lib/cli/back.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import { build } from "../../../../lib/plan/build.ts";
import { applyEdits } from "../../../../lib/go/modfile/mod.ts";
import { decode } from "../../../../lib/text.ts";
import type { Model } from "../../../../lib/tui/model.ts";
import {
  newUnretract,
  unretract,
  type UnretractScreen,
} from "../../../../lib/tui/screens/unretract.ts";
import { wantedOf } from "../../../../lib/tui/screens/unretract/chosen.ts";
import { unretractOutlook } from "../../../../lib/tui/screens/retract/parts.ts";
import { open, top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

/** wire with a second entry, a range, that no release carries yet. */
const repo = wire();
Deno.test.afterAll(() => repo[Symbol.dispose]());
repo.commit("wire: two more are bad", {
  "go.mod": "module example.com/acme/wire\n\ngo 1.22\n\n// leaks file handles\nretract v1.3.0\n\n" +
    "retract [v1.4.0, v1.4.1] // slow\n",
});
const facts = await factsOf(repo);

function start(of: Facts | null = facts, more: Partial<Model> = {}): Model {
  const model = { ...modelOf(of ?? undefined), ...more };
  return open(model, newUnretract(model));
}

function state(model: Model): UnretractScreen {
  const screen = top(model);
  assert(screen.Name === "unretract");
  return screen;
}

function keys(model: Model, ...names: string[]): Model {
  return after(model, ...press(...names))[0];
}

function flags(versions: string[], more: { from?: string; include?: string[] } = {}): Choices {
  return toChoices("unretract", versions, { ...defaults(), ...more }, true).Choices;
}

Deno.test("marks and carrier give the choices that the flags give", () => {
  const cases: [string, Model, Choices][] = [
    ["a range is one entry", keys(start(), " "), flags(["v1.4.0..v1.4.1"])],
    [
      "what the last release has too can go out from it, with nothing else",
      keys(start(), "down", " "),
      flags(["v1.3.0"], { from: "v1.4.2" }),
    ],
    [
      "of HEAD all the same",
      keys(start(), "down", " ", "enter", "up"),
      flags(["v1.3.0"]),
    ],
    ["both", keys(start(), " ", "down", " "), flags(["v1.3.0", "v1.4.0..v1.4.1"])],
  ];
  for (const [name, model, choices] of cases) {
    assert.deepEqual(model.Draft, choices, name);
    assert.deepEqual(unretract.command?.(model, state(model)), toArgv(choices), name);
  }
});

Deno.test("Enter asks what carries it, and then for the plan; a bare n says what is missing", () => {
  const [bare] = after(start(), ...press("n"));
  assert.match(bare.Note ?? "", /Nothing is marked/);
  const asked = keys(start(), "down", "enter");
  assert.equal(state(asked).Focus, "carrier");
  assert.deepEqual(state(asked).Marked, ["v1.3.0"]);
  const [gone, effects] = after(asked, ...press("enter"));
  assert.equal(top(gone).Name, "preflight");
  const wish = effects.find((e) => e.Do === "plan");
  assert(wish?.Do === "plan");
  assert.deepEqual(wish.Choices, flags(["v1.3.0"], { from: "v1.4.2" }));
});

Deno.test("a release that does not have the entry cannot carry it, and says so", () => {
  const model = keys(start(), " ", "enter", "down", "enter");
  assert.equal(top(model).Name, "unretract");
  assert.match(model.Note ?? "", /its go\.mod does not retract v1\.4\.0\.\.v1\.4\.1/);
  assert.equal(model.Draft.From, undefined);
});

Deno.test("the revision that a command named is the carrier already", () => {
  const given = flags([], { from: "v1.4.2" });
  const model = keys(start(facts, { Given: given, Draft: given }), "down", "enter");
  assert.equal(top(model).Name, "preflight", "nothing is open any more");
  assert.deepEqual(model.Draft, flags(["v1.3.0"], { from: "v1.4.2" }));
});

Deno.test("an entry that only the last release has is in sight, and cannot be taken out here", () => {
  const [module] = facts.Modules;
  const GoMod = { ...module!.GoMod, Mod: { ...module!.GoMod.Mod, Retract: [] } };
  const model = start({ ...facts, Modules: [{ ...module!, GoMod }] });
  assert.deepEqual(unretract.rows(model, state(model)).map((r) => r.Label), ["[·] v1.3.0"]);
  const still = keys(model, " ", "enter");
  assert.equal(top(still).Name, "unretract");
  assert.match(still.Note ?? "", /any release above v1\.4\.2 takes it back/);
});

Deno.test("what is to be included goes with HEAD, and is lost with the last release", () => {
  const given = { ...modelOf(facts).Given, Include: ["new.go"] };
  const model = keys(start(facts, { Given: given, Draft: given }), "down", " ");
  assert.deepEqual(model.Draft, flags(["v1.3.0"], { include: ["new.go"] }));
  const other = keys(model, "enter", "down");
  assert.deepEqual(other.Draft, flags(["v1.3.0"], { from: "v1.4.2" }));
  const told = unretract.tell(other, state(other)).join("\n");
  assert.match(told, /What is not committed does not go in/);
});

Deno.test("without facts, or without a retraction, there is a way back and nothing else", () => {
  const none = { ...facts.Modules[0]! };
  const GoMod = { ...none.GoMod, Mod: { ...none.GoMod.Mod, Retract: [] } };
  const bare: Facts = {
    ...facts,
    Modules: [{ ...none, GoMod, Latest: { State: "skipped", Why: "not asked" } }],
  };
  for (const model of [start(null), start(bare)]) {
    assert.deepEqual(offered(model).map((o) => o.Action), ["warnings", "back"]);
    assert.equal(top(keys(model, "enter", " ")).Name, "unretract");
    assert.equal(top(keys(model, "esc")).Name, "home");
  }
});

Deno.test("facts that come later keep the marks", () => {
  const model = keys(start(), " ", "down", " ");
  const later = update(model, { Is: "facts", Facts: { ...facts }, Whole: true })[0];
  assert.deepEqual(later.Draft, model.Draft);
  assert.equal(state(later).Row, 1);
});

Deno.test("the go.mod in sight is the one that the plan writes", async () => {
  const model = keys(start(), " ");
  const seen = unretractOutlook(model, wantedOf(model, state(model)))!;
  const Accept = [{ Code: "proxy-unset" }];
  const built = await build(facts, { ...model.Draft, Accept });
  assert("Plan" in built, JSON.stringify(built));
  const write = built.Plan.Steps.find((s) => s.Do === "write");
  assert(write?.Do === "write" && write.Edits);
  assert.equal(decode(applyEdits(seen.Before, write.Edits)), decode(seen.After));
  assert.equal(seen.Version, built.Plan.Releases[0]!.Version);
});

Deno.test("plain words hold everything that the screen shows", () => {
  const model = keys(start(), "down", " ");
  const told = unretract.tell(model, state(model)).join("\n");
  for (
    const words of [
      /^To be taken back: v1\.3\.0$/m,
      /v1\.4\.3 = v1\.4\.2 \+ this go\.mod, nothing else/,
      /@v1\.3: nothing now, v1\.3\.0 then/,
      /^ {2}- retract v1\.3\.0$/m,
      /A number marks its entry/,
    ]
  ) assert.match(told, words);
});

Deno.test("pictures of what can be taken back", async (t) => {
  const cases: [string, Model, (keyof typeof sizes)[]][] = [
    ["at first", start(), ["normal"]],
    ["marked", keys(start(), "down", " "), ["normal", "small", "wide"]],
    ["what carries it", keys(start(), "down", " ", "enter"), ["normal", "small"]],
    ["not from the last release", keys(start(), " ", "enter", "down"), ["normal"]],
  ];
  for (const [name, model, of] of cases) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
  await t.step("in ASCII", async (t) => {
    const ascii = { ...start().Style, ascii: true };
    await t.assertSnapshot(picture({ ...keys(start(), " "), Style: ascii }, sizes.normal));
  });
});
