import assert from "node:assert/strict";
import { plan } from "../../../../commands/carry.ts";
import { changedFiles } from "../../../../commands/changes.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { toArgv } from "../../../../lib/cli/back.ts";
import { problem } from "../../../../lib/problem.ts";
import type { Effect, Model } from "../../../../lib/tui/model.ts";
import { draftRelease } from "../../../../lib/tui/draft.ts";
import { include, type IncludeScreen } from "../../../../lib/tui/screens/include.ts";
import { newGuided } from "../../../../lib/tui/screens/guided.ts";
import { open, top } from "../../../../lib/tui/turn.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

/** wire with a changed, a deleted, a staged, a new and a binary file, and one that is mode only. */
using repo = wire();
repo.write("wire.go", "package wire\n\nvar changed int\n");
repo.write("staged.go", "package wire\n");
repo.git("add", "staged.go");
repo.write("staged.go", "package wire\n\n// later\n");
Deno.removeSync(`${repo.dir}/LICENSE`);
repo.write("sub dir/notes.txt", "not added\n");
repo.write("logo.png", "\x89PNG\0");
repo.git("rm", "-q", "--cached", "file.go");
repo.write("gorel-v1.5.0.plan.json", "{}\n");
const facts = await factsOf(repo);
const files = await changedFiles(facts.Repo.Git);

function keys(model: Model, ...names: string[]): [Model, Effect[]] {
  return after(model, ...press(...names));
}

/** The list, opened from home and answered. */
function opened(from: Model = modelOf(facts)): Model {
  return after(from, ...press("i"), { Is: "changes", Files: files })[0];
}

function state(model: Model): IncludeScreen {
  const screen = top(model);
  assert(screen.Name === "include");
  return screen;
}

Deno.test("what is not as HEAD has it is told as git sees it, and a saved plan is none of it", () => {
  const of = (path: string) => files.find((f) => f.Path === path);
  assert.deepEqual(of("wire.go"), { Path: "wire.go", How: "modified", Plus: 1, Minus: 2 });
  assert.deepEqual(of("LICENSE"), { Path: "LICENSE", How: "deleted", Plus: 0, Minus: 1 });
  assert.deepEqual(of("staged.go"), { Path: "staged.go", How: "added", Plus: 3, Minus: 0 });
  assert.deepEqual(of("logo.png"), { Path: "logo.png", How: "new", Binary: true });
  assert.deepEqual(of("sub dir/notes.txt"), { Path: "sub dir/notes.txt", How: "new" });
  assert.equal(of("file.go")?.How, "forgotten", "it lies there, whatever the index says");
  assert.equal(files.length, 6);
});

Deno.test("at first the changes of the module are marked, and what git does not know is not", () => {
  const [asked, effects] = keys(modelOf(facts), "i");
  assert.deepEqual(effects, [{ Do: "changes" }]);
  assert.deepEqual(include.rows(asked, state(asked)), []);
  assert.deepEqual(include.rows(opened(), state(opened())).map((r) => r.Label), [
    "[x] LICENSE",
    "[·] file.go",
    "[x] staged.go",
    "[x] wire.go",
    "[ ] logo.png",
    "[ ] sub dir/notes.txt",
  ]);
});

Deno.test("what is taken counts for every release from then on, and the command says so", () => {
  const [taken] = keys(opened(), " ", "end", " ", "enter");
  assert.equal(top(taken).Name, "home");
  assert.match(taken.Note ?? "", /^3 files go into the commit/);
  const wanted = ["staged.go", "sub dir/notes.txt", "wire.go"];
  const { Draft } = draftRelease(taken, { Bump: "patch" });
  assert.deepEqual(Draft.Include, wanted);
  assert.deepEqual(toArgv(Draft), ["patch", ...wanted.flatMap((p) => ["--include", p])]);
  const [again] = after(taken, ...press("i"), { Is: "changes", Files: files });
  assert.deepEqual([...state(again).Marked].sort(), wanted);
  const [none] = keys(again, "i", "i", "enter");
  assert.deepEqual(none.Given.Include, []);
});

Deno.test("esc leaves everything as it was", () => {
  const [left, effects] = keys(opened(), "i", "esc");
  assert.deepEqual(left.Draft, modelOf(facts).Draft);
  assert.deepEqual(effects, []);
});

Deno.test("paths are written as they are typed where gorel stands, and read the same way", () => {
  const Git = { ...facts.Repo.Git, Prefix: "sub dir" };
  const below = { ...facts, Repo: { ...facts.Repo, Git } };
  const [taken] = keys(opened(modelOf(below)), "i", "i", "end", " ", "enter");
  assert.deepEqual(taken.Draft.Include, ["notes.txt"]);
  const [all] = keys(opened(modelOf(below)), "i", "enter");
  assert.deepEqual(all.Draft.Include, [
    ...["LICENSE", "logo.png", "staged.go"].map((p) => `../${p}`),
    "notes.txt",
    "../wire.go",
  ]);
  const given = { ...modelOf(below).Given, Include: ["."] };
  const folder = opened({ ...modelOf(below), Given: given, Draft: given });
  assert.deepEqual(state(folder).Marked, ["sub dir/notes.txt"]);
});

Deno.test("a repository inside this one, and a file of another module, say what they are", () => {
  const [module] = facts.Modules;
  const model = modelOf({ ...facts, Modules: [{ ...module!, Nested: ["sub dir"] }] });
  const [list] = after(model, ...press("i"), {
    Is: "changes",
    Files: [...files, { Path: "vendored/", How: "repository" }],
  });
  const rows = include.rows(list, state(list));
  assert.equal(
    rows.find((r) => r.Label.includes("notes"))?.Detail,
    "not in git, outside of the module",
  );
  assert.match(rows.find((r) => r.Label.includes("vendored"))?.Off ?? "", /repository of its own/);
  const [still] = keys({ ...list, Screens: [{ ...state(list), Row: 4 }] }, "i");
  assert(!state(still).Marked.includes("vendored/"));
});

Deno.test("a dirty work tree leads to the list, and from there to a plan made anew", () => {
  const drafted = draftRelease(modelOf(facts), { Bump: "minor" });
  const refused: Model = {
    ...drafted,
    Tickets: 3,
    Screens: [{ Name: "home", Row: 0 }, { Name: "preflight", Row: 0 }],
    Planning: {
      State: "refused",
      Ticket: 3,
      Problems: [problem("dirty", "wire.go is changed.", { fix: "commit the change" })],
    },
  };
  const Row = 0;
  const at = { ...refused, Screens: [refused.Screens[0]!, { Name: "preflight", Row } as const] };
  assert(offered(at).some((o) => o.Action === "include" && !o.Quiet));
  const [list] = keys(at, "enter");
  assert.equal(top(list).Name, "include");
  const [planned, effects] = after(
    list,
    { Is: "changes", Files: files },
    ...press("enter"),
  );
  assert.equal(top(planned).Name, "preflight");
  const wish = effects.find((e) => e.Do === "plan");
  assert(wish?.Do === "plan");
  assert.deepEqual(wish.Choices.Include, ["LICENSE", "staged.go", "wire.go"]);
  assert.match(commandLine(planned), /^gorel minor --include LICENSE --include staged\.go /);
  const fromOther = { ...at, Draft: { ...at.Draft, From: "v1.4.2" } };
  assert(!offered(fromOther).some((o) => o.Action === "include"), "no revision takes anything in");
});

Deno.test("a release that went out leaves nothing to include", () => {
  const given = { ...modelOf(facts).Given, Include: ["wire.go"] };
  const done: Model = {
    ...modelOf(facts, { Name: "done", Row: 0 }),
    Given: given,
    Draft: given,
    Run: {
      ...{ Of: "apply", Version: "v1.5.0", Began: 0, Ended: 1, Output: [], Stopping: 0 },
      Steps: [{ Id: "push", Do: "push", State: "done" }],
      Outcome: { State: "published", Releases: [], Steps: [], Problems: [] },
    },
  };
  const [home] = keys(done, "esc");
  assert.equal(top(home).Name, "home");
  assert.deepEqual([home.Given.Include, home.Draft.Include], [[], []]);
});

Deno.test("what a hook declined has begun nothing: no way on, none back, and the files still go in", () => {
  const given = { ...modelOf(facts).Given, Include: ["wire.go"] };
  const Text = "The pre-commit hook refused (exit 1): format it.";
  const declined: Model = {
    ...modelOf(facts, { Name: "done", Row: 0 }),
    Given: given,
    Draft: given,
    Run: {
      ...{ Of: "apply", Version: "v1.5.0", Began: 0, Ended: 1, Output: [], Stopping: 0 },
      Steps: [{ Id: "commit", Do: "commit", State: "failed", Detail: Text }],
      Outcome: {
        State: "failed",
        Releases: [{
          ...{ Module: "example.com/acme/wire", Version: "v1.5.0", TagName: "v1.5.0" },
          ...{ Sum: "h1:a", GoModSum: "h1:b" },
        }],
        Steps: [],
        Problems: [problem("hook-refused", Text, { fix: "mend what it says" })],
      },
    },
  };
  const shown = picture(declined);
  assert.match(
    shown,
    /Nothing was released[^]*format it\.[^]*→ mend what it says[^]*nothing changed yet/,
  );
  assert.doesNotMatch(shown, /resume|undo|tag +v1/);
  const [home] = keys(declined, "esc");
  assert.deepEqual([top(home).Name, home.Draft.Include], ["home", ["wire.go"]]);
});

Deno.test("patch and retract: a fix that nobody committed can go in, and then it is the fix", async () => {
  using level = wire();
  level.git("reset", "--hard", "-q", "v1.4.2");
  level.write("wire.go", "package wire\n\nvar changed int\n");
  const start = modelOf(await factsOf(level));
  const guided = open(start, newGuided(start));
  const [fix] = keys(guided, "enter", "enter", "enter");
  assert.match(picture(fix), /Yes, on main +✗ no commit since v1\.4\.2/);
  assert.match(picture(fix), /if that is the fix, i puts it in/);
  const [back] = after(fix, ...press("i"), {
    Is: "changes",
    Files: [{ Path: "wire.go", How: "modified" }],
  }, ...press("enter"));
  assert.match(picture(back), /Yes, on main: use 1 changed file/);
  const [chosen] = keys(back, "home", "enter");
  assert.match(
    commandLine(chosen),
    /^gorel retract v1\.4\.2 --reason '[^']*' --include wire\.go$/,
  );
  const services = machine({ ...environment(), ...level.env });
  const Accept = [{ Code: "proxy-unset" }];
  const made = await plan({ ...chosen.Draft, Accept }, { Dir: level.dir }, services);
  assert("Plan" in made);
  assert.deepEqual(
    made.Plan.Problems.map((p) => p.Code),
    ["proxy-unset"],
    "it is not the same code",
  );
});

Deno.test("where HEAD is a release already, what goes in uncommitted is something to release", async () => {
  using level = wire();
  level.git("reset", "--hard", "-q", "v1.4.2");
  level.write("wire.go", "package wire\n\nvar changed int\n");
  const model = modelOf(await factsOf(level));
  assert.match(picture(model), /› Release +✗ HEAD is v1\.4\.2 already/);
  const [taken] = after(model, ...press("i"), {
    Is: "changes",
    Files: [{ Path: "wire.go", How: "modified", Plus: 1, Minus: 2 }],
  }, ...press("enter"));
  assert.match(picture(taken), /› Release +v1\.4\.3 {2}patch: 1 changed file/);
  assert.match(picture(taken), /Since then +no commit · 1 changed file goes in/);
  const [fix] = keys(taken, "enter", "home", "enter", "enter");
  assert.deepEqual(toArgv(fix.Draft), ["patch", "--include", "wire.go"]);
});

Deno.test("pictures of the list", async (t) => {
  for (const size of ["normal", "small", "wide"] as const) {
    await t.assertSnapshot(picture(opened(), sizes[size]));
  }
  await t.assertSnapshot(picture(keys(modelOf(facts), "i")[0], sizes.normal));
  const many = Array.from({ length: 60 }, (_, i) => ({
    Path: `internal/a/rather/long/path/to/a/folder/of/frames/frame_${i}.go`,
    How: "new" as const,
  }));
  const [long] = after(modelOf(facts), ...press("i"), { Is: "changes", Files: many });
  await t.assertSnapshot(picture(keys(long, "end")[0], sizes.normal));
});
