import assert from "node:assert/strict";
import type { Facts, ModuleFacts } from "../../../../lib/facts/types.ts";
import type { Model } from "../../../../lib/tui/model.ts";
import { change, newChange } from "../../../../lib/tui/screens/change.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { picture } from "../../../support/pictures.ts";
import { Repo } from "../../../support/repo.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

using repo = wire();
const facts = await factsOf(repo);

function at(facts: Facts | undefined, row?: number): Model {
  const model = modelOf(facts);
  const screen = newChange(model);
  const shown = row === undefined ? screen : { ...screen, Row: row };
  return { ...model, Screens: [...model.Screens, shown] };
}

/** The facts with the module changed. */
function withModule(more: Partial<ModuleFacts>): Facts {
  return { ...facts, Modules: [{ ...facts.Modules[0]!, ...more }] };
}

const rows = { fix: 0, feature: 1, breaking: 2, experiment: 3, unsure: 4 };

Deno.test("the answer that the evidence suggests is highlighted, and is the command", () => {
  assert.equal(top(at(facts)).Row, rows.feature);
  const commands = Object.values(rows).map((row) => commandLine(at(facts, row)));
  assert.deepEqual(commands, [
    "gorel patch",
    "gorel minor",
    "gorel major",
    "gorel prerelease",
    "gorel next",
  ]);
});

Deno.test("an answer leads to its version", () => {
  const cases: [keyof typeof rows, number][] = [["fix", 0], ["feature", 1], ["experiment", 3], [
    "unsure",
    1,
  ]];
  for (const [said, row] of cases) {
    const screen = top(after(at(facts, rows[said]), ...press("enter"))[0]);
    assert(screen.Name === "version");
    assert.deepEqual([screen.Change, screen.Row], [said, row], said);
  }
});

Deno.test("in v1 a break leads to a new major, and that one to the rewrite of its path", () => {
  const [model] = after(at(facts, rows.breaking), ...press("enter"));
  assert.equal(top(model).Name, "version");
  assert.equal(commandLine(model), "gorel major");
  assert.equal(top(after(model, ...press("enter"))[0]).Name, "major");
});

Deno.test("in v0 a break is a minor, and only one of the two minors is advised", () => {
  const base = { ...facts.Modules[0]!.Base!, Version: "v0.4.2" };
  const v0 = withModule({ Base: base, Highest: base, Versions: [base] });
  const list = change.rows(at(v0), { Name: "change", Row: 0 });
  assert.deepEqual(list.map((r) => r.Detail), [
    "v0.4.3",
    "v0.5.0, advised",
    "v0.5.0",
    "v0.5.0-rc.1",
    "",
  ]);
  const screen = top(after(at(v0, rows.breaking), ...press("enter"))[0]);
  assert(screen.Name === "version");
  assert.equal(screen.Row, 1);
});

Deno.test("nothing can be chosen before there are facts, and esc leads back", () => {
  const [model] = after(at(undefined), ...press("enter"));
  assert.equal(model.Note, "Not now: the repository is still being read.");
  assert.equal(top(after(model, ...press("esc"))[0]).Name, "home");
});

Deno.test("l shows the commits since the release, and takes them away", () => {
  const [model] = after(at(facts), ...press("l"));
  assert.match(picture(model), /Commits since v1\.4\.2[^]*frames: reject empty input/);
  const [scrolled] = after(model, ...press("pgdn", "pgdn", "pgup"));
  assert.match(picture(scrolled), /frames: reject empty input/);
  assert.doesNotMatch(picture(after(model, ...press("l"))[0]), /reject empty input/);
});

Deno.test("esc closes the log first, and leaves then", () => {
  const [closed] = after(at(facts), ...press("l", "esc"));
  assert.deepEqual(top(closed), newChange(modelOf(facts)));
  assert.equal(top(after(closed, ...press("esc"))[0]).Name, "home");
});

Deno.test("a running series is gone on with, or finished, by name", async () => {
  using running = wire();
  running.tag("v1.5.0-rc.1");
  running.commit("frames: once more", { "frame.go": "package wire\n\nfunc frame() { _ = 3 }\n" });
  const series = picture(at(await factsOf(running)));
  assert.match(series, /An experiment +v1\.5\.0-rc\.2 +goes on after v1\.5\.0-rc\.1/);
  assert.match(series, /A new feature +v1\.5\.0 +● advised: finishes v1\.5\.0-rc\.1/);
  assert.doesNotMatch(picture(at(facts)), /goes on after|finishes/);
});

Deno.test("plain questions say what a break means, and what one could do instead", () => {
  const told = change.tell(at(facts), { Name: "change", Row: 0 });
  const line = told.find((text) => text.startsWith("A breaking change, v2.0.0:"));
  assert.match(
    line!,
    /needs a new module path, example\.com\/acme\/wire\/v2.*release a minor instead/,
  );
});

Deno.test("what plain questions tell has every version, its evidence and what was not checked", () => {
  const model = at(facts);
  const told = change.tell(model, { Name: "change", Row: 0 }).join("\n");
  for (const words of ["feat: options for the client", "v1.4.3", "v2.0.0", "Not checked"]) {
    assert(told.includes(words), words);
  }
});

Deno.test("a hostile subject cannot disturb the screen", () => {
  const hostile = "feat: \x1b[2J\x1b]8;;x\x07a\u202eb\u200bc " +
    "漢字\u0301\u0301\u0301\u0301".repeat(2000);
  const commit = {
    Oid: "ab".repeat(20),
    Parents: [],
    Time: 0,
    AuthorName: "\x1b[31mEve\u202e",
    Subject: hostile,
    Body: "",
  };
  const evil = withModule({
    Commits: { State: "known", Value: { Commits: [commit], Files: ["a.go"] } },
  });
  for (const size of Object.values(sizes)) {
    for (const keys of [[], ["l"], ["up"], ["enter"], ["enter", "tab"]]) {
      const shown = picture(after(at(evil), ...press(...keys))[0], size);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\u200b\u202e]/);
      assert.equal(shown.split("\n").length, size.Rows);
    }
  }
});

Deno.test("how it looks", async (t) => {
  using fresh = new Repo("fresh");
  fresh.commit("first", {
    "go.mod": "module example.com/acme/fresh\n\ngo 1.22\n",
    "a.go": "package a\n",
  });
  fresh.withRemote();
  const first = await factsOf(fresh);
  const cases: [string, Model, (keyof typeof sizes)[]][] = [
    ["a feature is advised", at(facts), ["normal", "small", "wide"]],
    ["a fix is said, a feature is there", at(facts, rows.fix), ["normal", "small"]],
    ["a break in v1", at(facts, rows.breaking), ["normal", "small"]],
    ["an experiment", at(facts, rows.experiment), ["normal"]],
    ["not sure", at(facts, rows.unsure), ["normal", "small", "wide"]],
    ["the first release", at(first), ["normal"]],
    ["the first release, stable", at(first, rows.breaking), ["normal"]],
    ["before there are facts", at(undefined), ["normal"]],
    ["the log", after(at(facts), ...press("l"))[0], ["normal"]],
  ];
  for (const [name, model, of] of cases) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});
