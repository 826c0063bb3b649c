import assert from "node:assert/strict";
import { defaults } from "../../../../lib/cli/flags.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { bad, modulePath } from "../../../../lib/sandbox/sample.ts";
import { problem } from "../../../../lib/problem.ts";
import type { Facts, Unfinished } from "../../../../lib/facts/types.ts";
import type { Effect, Message, Model, Press } from "../../../../lib/tui/model.ts";
import { home } from "../../../../lib/tui/screens/home.ts";
import { meaning } from "../../../../lib/tui/screens/home/means.ts";
import { homeRows } from "../../../../lib/tui/screens/home/actions.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered, update } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { Repo } from "../../../support/repo.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);
const local = await factsOf(repo, false);

/** The sandbox's sample: v1.0.0 is bad, the fix waits on main. */
using sample = new Repo("greet");
sample.commit("feat: greet somebody by name", {
  "go.mod": `module ${modulePath}\n\ngo 1.21\n`,
  "greet.go": "package greet\n",
});
sample.tag("v0.1.0");
sample.commit("feat!: greet a person", { "greet.go": "package greet\n\nvar a int\n" });
sample.tag(bad.Version);
sample.withRemote();
sample.commit("fix: greet nobody instead of panicking", {
  "greet.go": "package greet\n\nvar b int\n",
});
const sampleFacts = await factsOf(sample);

const keys: Readonly<Record<string, Press>> = {
  up: { Key: "up" },
  down: { Key: "down" },
  enter: { Key: "enter" },
  esc: { Key: "esc" },
};

/** What a row of presses, or of other messages, makes of a model. */
function after(model: Model, ...messages: (string | Message)[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const m of messages) {
    const message: Message = typeof m === "string"
      ? { Is: "press", Press: keys[m] ?? { Key: "char", Char: m } }
      : m;
    const [next, more] = update(model, message);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

/** The model with a row highlighted. */
function at(model: Model, does: string): Model {
  const Row = homeRows(model).findIndex((r) => r.Does === does);
  return { ...model, Screens: [{ Name: "home", Row }] };
}

function withUnfinished(...list: Unfinished[]): Facts {
  return { ...facts, Unfinished: list };
}

const begun: Unfinished = {
  Version: "v1.4.3",
  Module: "example.com/acme/wire",
  TagName: "v1.4.3",
  After: "tagged v1.4.3",
  Pushed: false,
  Sent: false,
};

Deno.test("what a row opens", () => {
  const cases: [string, string][] = [
    ["release", "change"],
    ["prerelease", "preflight"],
    ["retract", "retract"],
    ["guided", "guided"],
    ["unretract", "unretract"],
    ["deprecate", "deprecate"],
    ["check", "proof"],
    ["versions", "versions"],
  ];
  for (const [does, opens] of cases) {
    const [next] = after(at(modelOf(facts), does), "enter");
    assert.equal(top(next).Name, opens, does);
    assert.equal(next.Screens[0]!.Name, "home");
  }
});

Deno.test("a pre-release is drafted as its flags would, and its plan is asked for", () => {
  const [next, effects] = after(at(modelOf(facts), "prerelease"), "enter");
  assert.deepEqual(next.Draft.Modules, [{ Dir: "", Bump: "prerelease" }]);
  assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
});

Deno.test("a deprecation is taken back where go.mod has one; elsewhere the row says why not", () => {
  const off = homeRows(modelOf(facts)).find((r) => r.Does === "undeprecate")!;
  assert.equal(off.Off, "it is not deprecated");
  const [module] = facts.Modules;
  const { Mod } = module!.GoMod;
  const Deprecated = "use example.com/new";
  const Told = { ...Mod, Module: { ...Mod.Module!, Deprecated } };
  const GoMod = { ...module!.GoMod, Mod: Told };
  const model = at(modelOf({ ...facts, Modules: [{ ...module!, GoMod }] }), "undeprecate");
  assert.match(picture(model, sizes.wide), /Until then they read[^]*use example\.com\/new/);
  const [next, effects] = after(model, "enter");
  assert.equal(top(next).Name, "preflight");
  assert.deepEqual(
    effects.map((e) => e.Do === "plan" && e.Choices),
    [toChoices("undeprecate", [], defaults()).Choices],
  );
  const Latest = {
    State: "known",
    Value: { Latest: "v1.4.2", Source: "v1.4.2", GoMod: Told },
  } as const;
  const gone = modelOf({ ...facts, Modules: [{ ...module!, Latest }] });
  const row = homeRows(gone).find((r) => r.Does === "undeprecate")!;
  assert.equal(row.Off, "not in go.mod here: any release takes it back");
});

Deno.test("a check proves what @latest gives", () => {
  const [, effects] = after(at(modelOf(facts), "check"), "enter");
  assert.deepEqual(effects, [{ Do: "verify", Version: "v1.4.2", Dir: "" }]);
});

Deno.test("a new major names its path, and asks what is rewritten", () => {
  const model = at(modelOf(facts), "major");
  const row = homeRows(model).find((r) => r.Does === "major")!;
  assert.equal(row.Detail, "v2.0.0  path …/v2");
  assert.doesNotMatch(picture(model), /┄ v2\.0\.0/, "it is no version of this path");
  const [next, effects] = after(model, "enter");
  assert.equal(top(next).Name, "major");
  assert.deepEqual(effects.map((e) => e.Do), ["mentions"]);
});

Deno.test("all rows are there from the first frame on, in one order", () => {
  const order = (m: Model) => homeRows(m).map((r) => r.Does);
  const loading = { ...modelOf(undefined), Whole: false, Asking: 0 };
  assert.deepEqual(order(loading), order(modelOf(facts)));
  const [next] = after(loading, "down", "enter");
  assert.match(next.Note!, /being read/);
  assert.equal(top(next).Name, "home");
});

Deno.test("in the sandbox Enter begins with patch and retract", () => {
  const model = { ...modelOf(sampleFacts), Sandbox: true };
  const [next] = after(model, "enter");
  assert.equal(top(next).Name, "guided");
  assert.match(
    home.tell(model, { Name: "home", Row: 0 }).join("\n"),
    /Start with Patch and retract/,
  );
});

Deno.test("r opens what is unfinished, and is offered only then", () => {
  const [none] = after(modelOf(facts), "r");
  assert.equal(top(none).Name, "home");
  const [next] = after(modelOf(withUnfinished(begun)), "r");
  assert.equal(top(next).Name, "unfinished");
});

Deno.test("R asks anew, once, and keeps what was read in sight", () => {
  const [next, effects] = after(modelOf(facts), "R", "R");
  assert.deepEqual(effects, [{ Do: "gather", Dir: "" }]);
  assert.equal(next.Asking, next.Now);
  assert.equal(next.Facts, facts);
});

Deno.test("q leaves with 0 and says where the module stands", () => {
  const [, effects] = after(modelOf(facts), "q");
  assert.deepEqual(effects, [{
    Do: "exit",
    Code: 0,
    Lines: [
      "example.com/acme/wire is at v1.4.2; 2 commits not released.",
      "gorel status shows where it stands; gorel opens this again.",
    ],
  }]);
});

Deno.test("what was released last stays in the shell too, and the sandbox is said to be gone", () => {
  const Past = ["Released v1.4.2.", "  go get v1.4.2"];
  const [, [left]] = after({ ...modelOf(facts), Past, Sandbox: true }, "q");
  assert(left?.Do === "exit");
  assert.deepEqual(left.Lines, [
    "Released v1.4.2.",
    "  go get v1.4.2",
    "example.com/acme/wire is at v1.4.2; 2 commits not released.",
    "gorel demo begins the sandbox anew; gorel does the same in a module of yours.",
  ]);
});

Deno.test("facts that arrive ask for the versions' times", () => {
  const [, effects] = after(modelOf(undefined), { Is: "facts", Facts: facts, Whole: true });
  assert.deepEqual(effects, [{ Do: "times", Dir: "" }]);
});

Deno.test("without facts there is the problem, a way to look again and a way out", () => {
  const Lost = [problem("no-go-mod", "The commit at HEAD has no go.mod.", { fix: "go mod init" })];
  const model = { ...modelOf(undefined), Whole: false, Lost };
  assert.deepEqual(offered(model).map((o) => o.Action), ["again", "copy", "quit"]);
  const [, effects] = after(model, "enter", "R");
  assert.deepEqual(effects, [{ Do: "gather" }]);
});

Deno.test("nothing to release is said, and everything else goes on", async () => {
  using repo = wire();
  repo.git("reset", "--hard", "-q", "v1.4.2");
  const model = modelOf(await factsOf(repo));
  const rows = homeRows(model);
  assert.equal(rows[0]!.Off, "HEAD is v1.4.2 already");
  assert.deepEqual(rows.filter((r) => r.Off === undefined).map((r) => r.Does), [
    "major",
    "retract",
    "guided",
    "unretract",
    "deprecate",
    "check",
    "versions",
  ]);
  assert.match(picture(model), /Since then +nothing: HEAD is v1\.4\.2/);
});

Deno.test("no version yet: the first release is advised, nothing can be retracted", async (t) => {
  using repo = new Repo("young");
  repo.commit("young: first", { "go.mod": "module example.com/young\n\ngo 1.22\n" });
  const model = modelOf(await factsOf(repo));
  assert.deepEqual(homeRows(model).filter((r) => r.Off === undefined).map((r) => r.Version), [
    "v0.1.0",
    "v0.1.0-rc.1",
    "v1.0.0",
    undefined,
  ]);
  await t.assertSnapshot(picture(model));
});

Deno.test("offline: what was not asked says so, and nothing is checked", () => {
  const model: Model = {
    ...modelOf(local),
    Given: { ...modelOf(local).Given, Offline: true },
  };
  assert.match(picture(model), /Latest release +v1\.4\.2 .*not asked: offline/);
  assert.match(picture(model), /\$ gorel status --offline/);
  assert.match(homeRows(model).find((r) => r.Does === "check")!.Off!, /offline/);
});

Deno.test("a repository without a remote is not one whose remote is silent", async () => {
  using alone = wire({ remote: false });
  const shown = picture(modelOf(await factsOf(alone)));
  assert.match(shown, /Latest release .*! no remote to ask/);
  assert.doesNotMatch(shown, /did not answer|not on the remote/);
});

Deno.test("a branch is called absent from the remote only by a remote that answered", () => {
  const Upstream = {
    Remote: "origin",
    Ref: "refs/heads/main",
    Standing: "new",
    HasHead: false,
  } as const;
  const on = (of: Facts) =>
    picture(modelOf({ ...of, Repo: { ...of.Repo, Upstream } })).split("\n")[0]!;
  assert.match(on(facts), /main, not on the remote · clean/);
  const Remote = { State: "failed", Why: "no route" } as const;
  assert.match(on({ ...facts, Remote }), /wire +main · clean/);
});

Deno.test("while HEAD's own release is unfinished, that comes before the next one", () => {
  const module = facts.Modules[0]!;
  const latest = module.Base!;
  const Commits: typeof module.Commits = { State: "known", Value: { Commits: [], Files: [] } };
  const tagged: Facts = {
    ...withUnfinished({ ...begun, Version: latest.Version, TagName: latest.Tag }),
    Modules: [{ ...module, AtHead: [latest], Commits, BaseGoMod: module.GoMod.Mod }],
  };
  const [row] = homeRows(modelOf(tagged));
  assert.equal(row!.Off, "v1.4.2 is not finished: r goes on with it");
  assert.match(homeRows(modelOf({ ...tagged, Unfinished: [] }))[0]!.Off!, /^HEAD is v1\.4\.2/);
});

Deno.test("what is said of a pre-release, a first release and a module below the root is true", () => {
  const means = (of: Facts, does: string) => {
    const model = modelOf(of);
    const parts = meaning(model, homeRows(model).find((r) => r.Does === does)!).Parts;
    return parts.map((part) => "Text" in part ? part.Text : "").join("\n");
  };
  const module = facts.Modules[0]!;
  const one = (more: Partial<Facts["Modules"][number]>): Facts => ({
    ...facts,
    Modules: [{ ...module, ...more }],
  });
  assert.doesNotMatch(means(facts, "prerelease"), /gets it with/);
  const series = { ...module.Base!, Version: "v1.5.0-rc.1", Tag: "v1.5.0-rc.1" };
  assert.match(
    means(one({ Series: series }), "prerelease"),
    /^Who is on v1\.5\.0-rc\.1 gets it with go get -u$/m,
  );
  assert.match(means(one({ TagPrefix: "wire/" }), "release"), /^wire\/v1\.5\.0 at HEAD$/m);
  assert.match(means(one({ TagPrefix: "wire/" }), "release"), /wire\/v1\.5\.0, at once$/m);
  const { Base: _, Highest: __, ...rest } = module;
  const first: Facts = { ...facts, Modules: [{ ...rest, Versions: [] }] };
  assert.match(means(first, "release"), /until now the newest commit, unnamed/);
});

Deno.test("the sandbox's story goes on with what users have: the fix, or not yet", () => {
  const retracting = (Latest: string, ...versions: string[]) => {
    const module = sampleFacts.Modules[0]!;
    const more = versions.map((Version) => ({ ...module.Base!, Version, Tag: Version }));
    const Retract = [bad.Version, "v1.0.1"].filter((v) => v !== Latest)
      .map((v) => ({ Low: v, High: v, Rationale: "panics" }));
    const GoMod = { ...module.GoMod.Mod, Retract };
    return picture({
      ...modelOf({
        ...sampleFacts,
        Modules: [{
          ...module,
          Versions: [...module.Versions, ...more],
          Latest: { State: "known", Value: { Latest, Source: "v1.0.1", GoMod } },
        }],
      } as Facts),
      Sandbox: true,
    });
  };
  assert.match(retracting("v1.0.1", "v1.0.1"), /the fix is out\./);
  assert.match(retracting("v0.1.0", "v1.0.1"), /the fix still waits on main\./);
});

Deno.test("foreign words stay on their row and are not obeyed", async () => {
  using repo = new Repo("hostile");
  repo.commit("hostile: first", {
    "go.mod": "module example.com/acme/hostile\n\ngo 1.22\n\n" +
      "// \x1b[2J\u202eevil \u{1f600} " + "x".repeat(3000) + "\nretract v1.0.0\n",
  });
  repo.tag("v1.0.0");
  repo.commit("feat: \x1b]8;;http://x\x1b\\link\x1b[31m\u202e " + "y".repeat(5000), {
    "a.go": "package a\n",
  });
  repo.tag("v1.0.1");
  repo.commit("feat: \x1b[31mred", { "b.go": "package a\n" });
  const model = modelOf(await factsOf(repo));
  for (const size of Object.values(sizes)) {
    for (let Row = 0; Row < 8; Row++) {
      const shown = picture({ ...model, Screens: [{ Name: "home", Row }] }, size);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\u202e]|\u{1f600}/u);
      assert.ok(shown.split("\n").every((row) => [...row].length <= size.Columns));
    }
  }
});

Deno.test("how home looks", async (t) => {
  const model = modelOf(facts);
  const started = { Asking: model.Now - 700, Whole: false, Times: new Map<string, number>() };
  const show = (name: string, shown: Model, ...of: (keyof typeof sizes)[]) =>
    t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(shown, sizes[size]));
    });
  await show("whole", model, "normal", "small", "wide", "huge");
  await show("loading", { ...modelOf(undefined), ...started }, "normal", "small");
  await show("local facts", { ...modelOf(local), ...started }, "normal");
  await show("sandbox", { ...modelOf(sampleFacts), Sandbox: true }, "normal", "small", "wide");
  const unfinished = withUnfinished(begun, { ...begun, TagName: "v1.4.2", Pushed: true });
  unfinished.Problems = [problem("go-mod-invalid", "unknown directive: frobnicate")];
  await show("unfinished, and a warning", modelOf(unfinished), "normal", "small", "wide");
  const Lost = [
    problem("no-go-mod", "The commit at HEAD has no go.mod, so there is no module to release.", {
      fix: "go mod init MODULE/PATH, then commit go.mod",
    }),
  ];
  await show("lost", { ...modelOf(undefined), Whole: false, Lost }, "normal", "small");
  await show("a new major", at(model, "major"), "wide");
  await show("ascii", { ...model, Style: { ...model.Style, ascii: true } }, "normal");
});
