import assert from "node:assert/strict";
import { defaults } from "../../../../lib/cli/flags.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import type { Model } from "../../../../lib/tui/model.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import { newVersion, version, type VersionScreen } from "../../../../lib/tui/screens/version.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

using repo = wire();
const facts = await factsOf(repo);

using running = wire();
running.tag("v1.5.0-rc.1");
running.commit("frames: once more", { "frame.go": "package wire\n\nfunc frame() { _ = 3 }\n" });
const series = await factsOf(running);

function at(facts: Facts | undefined, change?: VersionScreen["Change"], ...keys: string[]): Model {
  const model = modelOf(facts);
  const shown = { ...model, Screens: [...model.Screens, newVersion(model, change)] };
  return after(shown, ...press(...keys))[0];
}

/** The rows from the top. */
const down = (n: number) => ["home", ...Array<string>(n).fill("down")];

Deno.test("each row is the command that flags would be, and gives exactly their choices", () => {
  const cases: [number, string, string[]][] = [
    [0, "patch", []],
    [1, "minor", []],
    [3, "prerelease", []],
    [5, "v1.9.0", [..."v1.9.0"]],
  ];
  for (const [row, word, typed] of cases) {
    const model = at(facts, undefined, "up", "up", "up", ...down(row), ...typed);
    assert.equal(commandLine(model), `gorel ${word}`);
    const [next, effects] = after(model, ...press("enter"));
    assert.equal(top(next).Name, "preflight", word);
    assert.deepEqual(next.Draft, toChoices(word, [], defaults()).Choices);
    assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
  }
});

Deno.test("a typed backport is said to be below the highest release once", () => {
  const shown = picture(at(facts, undefined, "up", "up", "up", ...down(5), ..."v1.2.9"));
  assert.equal(shown.match(/v1\.2\.9 is below v1\.4\.2/g)?.length, 1);
});

Deno.test("a series can be finished or gone on with; without one that says why not", () => {
  const [finished] = after(at(series, undefined, "up", "up", ...down(4)), ...press("enter"));
  assert.equal(commandLine(at(series, undefined, "up", "up", ...down(4))), "gorel release");
  assert.equal(finished.Draft.Modules[0]!.Bump, "release");
  const none = at(facts, undefined, "up", ...down(4), "enter");
  assert.equal(none.Note, "Not now: no pre-release is running.");
});

Deno.test("the identifier that --pre gave is that of the pre-release, and of nothing else", () => {
  const start = at(facts);
  const given = { ...start.Given, Modules: [{ Dir: "", Bump: "auto" as const, Pre: "beta" }] };
  const model = after({ ...start, Given: given }, ...press("down", "down"))[0];
  assert.equal(commandLine(model), "gorel prerelease --pre beta");
  assert.match(picture(model), /v1\.5\.0-beta\.1/);
  assert.equal(commandLine(after(model, ...press("up", "up"))[0]), "gorel minor");
});

Deno.test("a typed version is judged with every letter, and ↵ takes only a good one", () => {
  const cases: [string, RegExp, boolean][] = [
    ["", /Type a version first/, false],
    ["1.5.0", /did you mean v1\.5\.0\?/, false],
    ["v1.5", /did you mean v1\.5\.0\?/, false],
    ["v1.5.0+x", /without|accepts/, false],
    ["v0.0.0-20200101000000-abcdefabcdef", /look like pseudo-versions/, false],
    ["v1.4.1", /is taken \(here, on origin\)/, false],
    ["v2.0.0", /needs the path example\.com\/acme\/wire\/v2/, true],
    ["v3.0.0", /does not fit the module path/, false],
    ["v1.2.4", /below v1\.4\.2/, true],
    ["v1.9.0", /@latest and go get -u give v1\.9\.0/, true],
  ];
  for (const [typed, says, passes] of cases) {
    const model = at(facts, undefined, ...Array<string>(4).fill("down"), ...typed);
    const seen = picture(model).replace(/\s+/g, " ");
    if (typed !== "") assert.match(seen, says, typed);
    const [next] = after(model, ...press("enter"));
    const on = typed === "v2.0.0" ? "major" : "preflight";
    assert.equal(top(next).Name, passes ? on : "version", typed);
    if (!passes) assert.match(next.Note!, says, typed);
  }
});

Deno.test("in the field letters are text, arrows move, and a pasted line end starts nothing", () => {
  const model = at(facts, undefined, ...Array<string>(4).fill("down"), ..."vjk?q");
  const screen = top(model);
  assert(screen.Name === "version");
  assert.equal(screen.Other.Text, "vjk?q");
  const [pasted] = after(at(facts, undefined, ...Array<string>(4).fill("down")), {
    Is: "paste",
    Text: "v1.9.0\n",
  });
  assert.equal(top(pasted).Name, "version");
  const [moved] = after(model, ...press("up"));
  assert.equal(top(moved).Row, 4);
  assert.equal(version.field!(moved, top(moved) as VersionScreen), undefined);
});

Deno.test("⇥ gives the focus to the evidence: arrows scroll it, and ↵ still takes the version", () => {
  const model = at(facts, undefined, "tab", "down", "down", "down");
  assert.equal(top(model).Row, 1);
  assert.equal(commandLine(model), "gorel minor");
  assert.equal(top(after(model, ...press("tab"))[0]).Row, 1);
  const [next] = after(model, ...press("enter"));
  assert.equal(next.Draft.Modules[0]!.Bump, "minor");
});

Deno.test("there is always a way back", () => {
  for (const keys of [[], ["tab"], down(5)]) {
    assert(offered(at(facts, undefined, ...keys)).some((o) => o.Action === "back"));
  }
  assert.equal(top(at(facts, undefined, "esc")).Name, "home");
});

Deno.test("before there are facts nothing is chosen", () => {
  const model = at(undefined, undefined, "enter", "down", "down", "down", "down", "down", "x");
  assert.equal(top(model).Name, "version");
  assert.equal(
    at(undefined, undefined, "enter").Note,
    "Not now: the repository is still being read.",
  );
});

Deno.test("how it looks", async (t) => {
  const other = Array<string>(4).fill("down");
  const cases: [string, Model, (keyof typeof sizes)[]][] = [
    ["a minor is advised", at(facts), ["normal", "small", "wide"]],
    ["a fix was said", at(facts, "fix"), ["normal", "small"]],
    ["a pre-release", at(facts, "experiment"), ["normal"]],
    ["a series runs", at(series), ["normal"]],
    ["the evidence has the focus", at(facts, undefined, "tab"), ["normal", "small"]],
    ["a version is typed", at(facts, undefined, ...other, ..."v1.9.0"), [
      "normal",
      "small",
      "wide",
    ]],
    ["a taken one is typed", at(facts, undefined, ...other, ..."v1.4.1"), ["normal", "small"]],
  ];
  for (const [name, model, of] of cases) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});
