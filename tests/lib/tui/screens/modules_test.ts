import assert from "node:assert/strict";
import type { Effect, Message, Model } from "../../../../lib/tui/model.ts";
import { modules } from "../../../../lib/tui/screens/modules.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { Repo } from "../../../support/repo.ts";
import { factsOf, modelOf, sizes } from "../../../support/wire.ts";

/** A root module, one in a folder with a retracted version, and one that is new. */
using repo = new Repo("several");
repo.commit("wire: first", {
  "go.mod": "module example.com/acme/wire\n\ngo 1.22\n",
  "codec/go.mod": "module example.com/acme/wire/codec\n\ngo 1.22\n",
});
repo.tag("v1.0.0");
repo.tag("codec/v0.1.0");
repo.commit("codec: take v0.1.0 back", {
  "codec/go.mod": "module example.com/acme/wire/codec\n\ngo 1.22\n\nretract v0.1.0 // empty\n",
});
repo.tag("codec/v0.1.1");
repo.withRemote();
repo.commit("wire: more", { "wire.go": "package wire\n" });
repo.commit("tools: begin", { "tools/go.mod": "module example.com/acme/wire/tools\n\ngo 1.22\n" });
const facts = await factsOf(repo);

function unchosen(): Model {
  const { Dir: _, ...model } = modelOf(facts);
  return model;
}

function after(model: Model, ...messages: (string | Message)[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const m of messages) {
    const message: Message = typeof m === "string"
      ? {
        Is: "press",
        Press: m === "/" ? { Key: "char", Char: m } : { Key: m as "enter" | "down" | "esc" },
      }
      : m;
    const [next, more] = update(model, message);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

const arrives: Message = { Is: "facts", Facts: facts, Whole: true };

Deno.test("of several modules none of which was chosen, one is chosen first", () => {
  const [model] = after({ ...unchosen(), Whole: false }, arrives);
  assert.deepEqual(model.Screens.map((s) => s.Name), ["home", "modules"]);
});

Deno.test("a module that was named is not asked for", () => {
  const [model] = after({ ...unchosen(), Whole: false }, { ...arrives, Dir: "codec" });
  assert.equal(top(model).Name, "home");
  assert.equal(model.Dir, "codec");
});

Deno.test("a chosen module is what home and the draft are about, and is asked for anew", () => {
  const [model, effects] = after(unchosen(), arrives, "down", "enter");
  assert.deepEqual(model.Screens.map((s) => s.Name), ["home"]);
  assert.equal(model.Dir, "codec");
  assert.deepEqual(model.Draft.Modules.map((m) => m.Dir), ["codec"]);
  assert.equal(model.Whole, false);
  assert.deepEqual(effects.slice(-2), [{ Do: "times", Dir: "codec" }, {
    Do: "gather",
    Dir: "codec",
  }]);
});

Deno.test("esc in the first chooser takes the module it is about, and does not come back", () => {
  const [model] = after(unchosen(), arrives, "down", "esc", arrives);
  assert.equal(model.Dir, "");
  assert.equal(top(model).Name, "home");
});

Deno.test("/ opens the chooser at the module that is shown; the same again asks nobody", () => {
  const [model] = after({ ...modelOf(facts), Dir: "codec" }, "/");
  assert.deepEqual(top(model), { Name: "modules", Row: 1, Marked: [] });
  const [home, effects] = after(model, "enter");
  assert.equal(home.Dir, "codec");
  assert.deepEqual(effects, []);
});

Deno.test("a repository with one module offers no chooser", () => {
  const one = { ...modelOf(facts), Facts: { ...facts, Modules: facts.Modules.slice(0, 1) } };
  assert.ok(!offered(one).some((o) => o.Action === "modules"));
});

Deno.test("plain rows tell folder, version, what is unreleased and retracted", () => {
  const rows = modules.rows(modelOf(facts), { Name: "modules", Row: 0, Marked: [] });
  assert.deepEqual(rows.map((r) => `${r.Label}: ${r.Detail}`), [
    "example.com/acme/wire: at the root, v1.0.0, 1 commit · 1 file, " +
    "v1.0.1: no feature or break named",
    "example.com/acme/wire/codec: in codec, v0.1.1, nothing unreleased, 1 retracted",
    "example.com/acme/wire/tools: in tools, no version yet, 1 commit · 1 file, " +
    "v0.1.0: the first release",
  ]);
});

Deno.test("long paths lose what all of them begin with, and are still told apart", () => {
  const [first] = facts.Modules;
  const paths = [
    "",
    "exporters/metrics",
    "exporters/metrics/otlp/http",
    "exporters/traces/otlp/http",
  ];
  const Modules = paths.map((Dir) => ({
    ...first!,
    Dir,
    Path: `example.com/acme/wire${Dir && `/${Dir}`}`,
  }));
  const model = modelOf({ ...facts, Modules }, { Name: "modules", Row: 0, Marked: [] });
  const shown = (size: keyof typeof sizes) =>
    picture(model, sizes[size]).split("\n").flatMap((row) =>
      /^ {2}[› ] (?:\[ \]| {3}) (\S+) {2,}v/.exec(row)?.[1] ?? []
    );
  assert.deepEqual(shown("small"), [
    "example.com/acme/wire",
    "…/exporters/metrics",
    "…rs/metrics/otlp/http",
    "…ers/traces/otlp/http",
  ]);
  assert.deepEqual(shown("huge"), Modules.map((m) => m.Path));
});

Deno.test("how the chooser looks", async (t) => {
  const model = modelOf(facts, { Name: "home", Row: 0 }, { Name: "modules", Row: 1, Marked: [] });
  for (const size of ["normal", "small", "wide", "huge"] as const) {
    await t.assertSnapshot(picture(model, sizes[size]));
  }
});
