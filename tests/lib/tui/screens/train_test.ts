/** Several modules are marked and go together: the chooser, home, and the choice of a word for all. */
import assert from "node:assert/strict";
import { commandLine } from "../../../../lib/tui/command.ts";
import type { Effect, Message, Model } from "../../../../lib/tui/model.ts";
import { homeRows } from "../../../../lib/tui/screens/home/actions.ts";
import { dueOf } from "../../../../lib/tui/screens/train/due.ts";
import { trainRows } from "../../../../lib/tui/screens/train/rows.ts";
import type { TrainScreen } from "../../../../lib/tui/screens/train.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { siblings } from "../../../support/siblings.ts";
import { factsOf, modelOf, sizes } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

using repo = siblings();
const facts = await factsOf(repo);
const home = { Name: "home", Row: 0 } as const;

/** The chooser, while nobody has said which module is meant. */
function chooser(): Model {
  const { Dir: _, ...model } = modelOf(facts, home, { Name: "modules", Row: 0, Marked: [] });
  return model;
}

/** The train of all that are due. */
function train(...messages: Message[]): [Model, Effect[]] {
  return after(chooser(), ...press("a", "enter"), ...messages);
}

function trainOf(model: Model): TrainScreen {
  const screen = top(model);
  assert.equal(screen.Name, "train");
  return screen as TrainScreen;
}

Deno.test("due is what changed, and what requires that, as far as it goes", () => {
  assert.deepEqual(dueOf(chooser()).map((s) => [s.Module.Dir, s.Version, s.Nothing === null]), [
    ["", "v1.1.0", false],
    ["codec", "v0.2.0", true],
    ["wire", "v0.4.0", false],
  ]);
});

Deno.test("space marks, a marks all that are due, and a module without any reason stays out", () => {
  const [marked] = after(chooser(), ...press(" ", "down", " "));
  assert.deepEqual(top(marked), { Name: "modules", Row: 1, Marked: ["", "codec"] });
  const [all] = after(chooser(), ...press("a"));
  assert.deepEqual(top(all), { Name: "modules", Row: 0, Marked: ["", "codec", "wire"] });
  assert.deepEqual(top(after(all, ...press("a"))[0]), top(chooser()));
  const [refused] = after(chooser(), ...press("down", "down", " "));
  assert.deepEqual(top(refused), { Name: "modules", Row: 2, Marked: [] });
  assert.match(refused.Note ?? "", /tools cannot go along: no file of the module changed/);
  assert.match(picture(refused), /› {5}example\.com\/acme\/repo\/tools/);
});

Deno.test("one that is marked goes on as it always did, several are a train of all their proxies", () => {
  const [one, asked] = after(chooser(), ...press("down", " ", "up", "enter"));
  assert.deepEqual(one.Screens.map((s) => s.Name), ["home"]);
  assert.equal(one.Dir, "codec");
  assert.deepEqual(asked.map((e) => e.Do), ["times", "gather"]);
  const [several, effects] = train();
  assert.deepEqual(trainOf(several).Dirs, ["", "codec", "wire"]);
  assert.deepEqual(effects, [{ Do: "gather", Dirs: ["", "codec", "wire"] }]);
  assert.equal(several.Whole, false);
});

Deno.test("the command is the one that does the same, wherever it is typed", () => {
  const said = (model: Model) => commandLine(model);
  assert.equal(said(chooser()), "gorel status");
  assert.equal(said(after(chooser(), ...press("a"))[0]), "gorel auto . codec wire");
  const [minor] = train(...press("down", "down"));
  assert.equal(said(minor), "gorel minor . codec wire");
  const [restored] = after(minor, ...press("end", " "));
  assert.equal(said(restored), "gorel minor . codec wire --restore-replaces");
  const Git = { ...facts.Repo.Git, Prefix: "wire" };
  const below = { ...minor, Facts: { ...facts, Repo: { ...facts.Repo, Git } } };
  assert.equal(said(below), "gorel minor .. ../codec .");
});

Deno.test("a word for all: the rows say what each would give, and what speaks against it", () => {
  const [model] = train();
  const rows = trainRows(model, trainOf(model));
  assert.deepEqual(rows.map((r) => `${r.Label}: ${r.Detail ?? r.Off}`), [
    "advised: each its own: 3 minors",
    "patch: but codec asks for a minor",
    "minor: v0.2.0, v1.1.0, v0.4.0",
    "major: v1.0.0, v2.0.0, v1.0.0",
    "pre: v0.2.0-rc.1, v1.1.0-rc.1, v0.4.0-rc.1",
    "[ ] afterwards: 3 dropped replacements come back in a second commit",
  ]);
});

Deno.test("the plan of the word is asked for, of exactly these modules", () => {
  const [model, effects] = train(...press("end", " ", "home", "enter"));
  assert.equal(top(model).Name, "preflight");
  const plan = effects.at(-1);
  assert(plan?.Do === "plan");
  assert.deepEqual(
    plan.Choices.Modules,
    ["", "codec", "wire"].map((Dir) => ({ Dir, Bump: "auto" })),
  );
  assert.equal(plan.Choices.RestoreReplaces, true);
  const [back] = after(model, ...press("esc"));
  assert.deepEqual(trainOf(back), { ...trainOf(back), Restore: true, Word: "auto" });
});

Deno.test("who cannot go along with these stays in sight, and the train does not leave", () => {
  // Nothing of the root changed, and codec, which it requires, is not among them.
  const [model] = after(chooser(), ...press(" ", "down", "down", "down", " ", "enter"));
  const [first] = trainRows(model, trainOf(model));
  assert.equal(first?.Off, "repo: nothing to release: no file of the module changed since v1.0.0");
  assert.match(picture(model), /1 repo +v1\.0\.0 → v1\.0\.1 +✗ nothing to release/);
  const [still, effects] = after(model, ...press("enter"));
  assert.equal(top(still).Name, "train");
  assert.match(still.Note ?? "", /^Not now: repo: nothing to release/);
  assert.ok(!effects.some((e) => e.Do === "plan"));
});

Deno.test("plain: a number is one module, several are a train, and a wrong one is none", () => {
  const picks = (...Rows: number[]): Message => ({ Is: "picks", Rows });
  const [one] = after(chooser(), ...press("a"), { Is: "pick", Row: 3 });
  assert.equal(one.Dir, "wire");
  const [several] = after(chooser(), picks(0, 3, 1));
  assert.deepEqual(trainOf(several).Dirs, ["", "codec", "wire"]);
  for (const wrong of [picks(0, 2), picks(0, 9)]) {
    const [model] = after(chooser(), wrong);
    assert.equal(top(model).Name, "modules");
    assert.match(model.Note ?? "", /tools cannot go along|There is no 10/);
  }
  const [only] = after(modelOf(facts, home), picks(0, 1));
  assert.equal(only.Note, "Only one can be chosen here.");
});

Deno.test("home says that several are due, until one of them is chosen; then that others are", () => {
  const release = (model: Model) => homeRows(model).find((r) => r.Does === "release");
  const at = (Dir: string): Model => ({ ...modelOf(facts, home), Dir });
  assert.equal(release(at("codec"))?.Detail, "3 modules are due: one, or all together");
  const [opened] = after(at("codec"), ...press("enter"));
  assert.deepEqual(top(opened), { Name: "modules", Row: 1, Marked: [], For: "release" });
  const [chosen] = after(opened, ...press("enter"));
  assert.deepEqual(chosen.Screens.map((s) => s.Name), ["home", "change"]);
  assert.match(release({ ...at("codec"), Picked: true })?.Detail ?? "", /^v0\.2\.0 {2}minor/);
  const tools = release({ ...at("tools"), Picked: true });
  assert.match(tools?.Off ?? "", /; 3 other modules are due$/);
  assert.equal(top(after({ ...at("tools"), Picked: true }, ...press("enter"))[0]).Name, "modules");
});

Deno.test("fifty modules scroll, and the highlighted one stays in sight", () => {
  const [first] = facts.Modules;
  const Modules = Array.from({ length: 50 }, (_, i) => {
    const Dir = `pkg/m${`${i}`.padStart(2, "0")}`;
    return { ...first!, Dir, Path: `example.com/acme/${Dir}`, TagPrefix: `${Dir}/`, AtHead: [] };
  });
  const Commits = facts.Modules.find((m) => m.Dir === "codec")!.Commits;
  const many = { ...facts, Modules: Modules.map((m) => ({ ...m, Commits })) };
  const model = modelOf(many, home, { Name: "modules", Row: 0, Marked: [] });
  for (const size of Object.values(sizes)) {
    const here = { ...model, Size: size };
    for (const [keys, path] of [[["end"], "m49"], [["pgdn", "pgdn", "down"], "m21"]] as const) {
      assert.match(picture(after(here, ...press(...keys))[0]), new RegExp(`› \\[ \\] \\S*${path}`));
    }
    const [train] = after(here, ...press("a", "enter"));
    assert.equal(trainOf(train).Dirs.length, 50);
    assert.match(picture(train), /1–\d+ of 100|released together/);
    const [below] = after(train, ...press("pgdn", "pgdn"));
    assert.notEqual(picture(below), picture(train));
  }
});

Deno.test("what is offered is what can be done", () => {
  const names = (model: Model) => offered(model).map((o) => o.Action);
  assert.ok(["mark", "accept", "act"].every((a) => names(chooser()).includes(a as "mark")));
  const [words] = train();
  assert.ok(!names(words).includes("mark"));
  assert.ok(names(after(words, ...press("end"))[0]).includes("mark"));
});

Deno.test("how it looks", async (t) => {
  const [marked] = after(chooser(), ...press("a"));
  const [words] = train();
  for (const size of ["normal", "small", "wide"] as const) {
    await t.assertSnapshot(picture(marked, sizes[size]));
    await t.assertSnapshot(picture(words, sizes[size]));
  }
  const ascii = { ...words, Style: { ...words.Style, ascii: true } };
  await t.assertSnapshot(picture(ascii, sizes.normal));
});
