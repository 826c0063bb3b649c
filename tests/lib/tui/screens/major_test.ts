/** The rewrite of a new major: what is chosen on the screen is exactly what the flags would say. */
import assert from "node:assert/strict";
import { mentionsFor } from "../../../../commands/mentions.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { build } from "../../../../lib/plan/build.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import type { Effect, Message, Model, News } from "../../../../lib/tui/model.ts";
import { decidedOf } from "../../../../lib/tui/screens/major/found.ts";
import { chosenOf } from "../../../../lib/tui/screens/major/how.ts";
import { major, type MajorScreen } from "../../../../lib/tui/screens/major.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { problem } from "../../../../lib/problem.ts";
import { textOf } from "../../../../lib/tui/line.ts";
import { overLines } from "../../../../lib/tui/over.ts";
import { preflight, type PreflightScreen } from "../../../../lib/tui/screens/preflight.ts";
import { itemsOf } from "../../../../lib/tui/screens/preflight/list.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

const path = "example.com/acme/wire";
const repo = wire();
repo.commit("feat!: codecs", {
  "codec/json.go": `package codec\n\nimport "${path}"\n\nvar _ = wire.Option(1)\n`,
  "client.go":
    `// Package wire is that of ${path}.\npackage wire // import "${path}"\n\nimport (\n\t"fmt"\n\n\t"${path}/internal/pool"\n)\n\nvar name = "${path} speaks"\n\nfunc Do() { fmt.Println(name, pool.Size) }\n`,
  "internal/pool/pool.go": "package pool\n\nvar Size = 1\n",
  "README.md":
    `# wire\n\n    go get ${path}\n\nIt was ${path}@v1.4.2 once; ask at https://${path}/issues.\n`,
  Makefile: `all:\n\tgo build -ldflags "-X ${path}.name=x" ./...\n`,
});
const facts = await factsOf(repo);
Deno.test.afterAll(() => repo[Symbol.dispose]());
const services = machine({ ...environment(), ...repo.env });

/** The world's answer to the latest question for mentions. */
async function answer(effects: readonly Effect[]): Promise<Message> {
  const asked = effects.find((e) => e.Do === "mentions");
  assert(asked?.Do === "mentions");
  const Found = await mentionsFor(facts, facts.Modules[0]!, asked.Choices, services);
  return { Is: "mentions", Ticket: asked.Ticket, Found };
}

/** The screen from home, answered. */
async function opened(model: Model = modelOf(facts)): Promise<Model> {
  const [asking, effects] = after(model, ...press("down", "down", "enter"));
  return after(asking, await answer(effects))[0];
}

function state(model: Model): MajorScreen {
  const screen = top(model);
  assert(screen.Name === "major");
  return screen;
}

function keys(model: Model, ...names: string[]): Model {
  return after(model, ...press(...names))[0];
}

/** The model with the row of a label highlighted. */
function on(model: Model, label: string): Model {
  const rows = major.rows(model, state(model));
  const at = rows.findIndex((row) => row.Label.slice(4) === label);
  assert(at >= 0, `${label} of ${rows.map((row) => row.Label).join(", ")}`);
  return keys(model, "home", ...Array<string>(at).fill("down"));
}

function labels(model: Model): string[] {
  return major.rows(model, state(model)).map((row) => row.Label);
}

const shown = await opened();

Deno.test("files that need a look come first, each with how much of it is rewritten", () => {
  assert.deepEqual(labels(shown), [
    "(x) this branch becomes v2",
    "( ) folder v2/",
    "[ ] branch for v1",
    "[-] README.md",
    "[-] client.go",
    "[x] Makefile",
    "[x] codec/json.go",
    "[x] go.mod",
  ]);
  assert.equal(commandLine(shown), "gorel major");
});

Deno.test("space rewrites all of a file, then nothing, then what is usual; the command says so", () => {
  const all = keys(on(shown, "client.go"), " ");
  assert.equal(commandLine(all), "gorel major --rewrite client.go");
  const none = keys(all, " ");
  assert.equal(commandLine(none), "gorel major --leave client.go");
  assert.deepEqual(labels(none).slice(3, 5), ["[-] README.md", "[ ] client.go"]);
  // A file of which nothing is left by its kinds has two states only.
  const left = keys(on(shown, "Makefile"), " ");
  assert.equal(commandLine(left), "gorel major --leave Makefile");
  assert.equal(commandLine(keys(left, " ")), "gorel major");
});

Deno.test("what was decided for one file is what deciding all over again gives", () => {
  const chosen = keys(on(keys(on(shown, "client.go"), " "), "Makefile"), " ");
  const { Found } = state(chosen);
  const fresh = decidedOf({ ...Found! }, structuredClone(chosenOf(chosen)));
  assert.deepEqual(decidedOf(Found!, chosenOf(chosen)), fresh);
});

Deno.test("c shows the kinds, and space is about all of one", () => {
  const kinds = keys(shown, "c");
  assert.deepEqual(labels(kinds).slice(3), [
    "[x] module",
    "[x] import",
    "[x] import-comment",
    "[x] ldflags",
    "[x] install",
    "[ ] pinned",
    "[ ] url",
    "[ ] string",
    "[ ] prose",
  ]);
  assert.equal(commandLine(keys(on(kinds, "prose"), " ")), "gorel major --rewrite prose");
  assert.equal(commandLine(keys(on(kinds, "install"), " ")), "gorel major --leave install");
});

Deno.test("a rewrites all that needs a look, and takes it back", () => {
  const all = keys(on(shown, "client.go"), " ", "a");
  assert.equal(
    commandLine(all),
    "gorel major --rewrite pinned --rewrite url --rewrite string --rewrite prose",
  );
  assert.ok(labels(all).slice(3).every((label) => label.startsWith("[x]")));
  assert.equal(commandLine(keys(all, "a")), "gorel major");
});

Deno.test("the layout decides what is searched, so the mentions are asked for anew", async () => {
  const named = keys(on(shown, "branch for v1"), " ", "enter");
  assert.equal(commandLine(named), "gorel major --keep-branch release-v1");
  const [asking, effects] = after(on(named, "folder v2/"), ...press(" "));
  assert.equal(commandLine(asking), "gorel major --layout folder");
  const answered = await answer(effects);
  const stale: News = { ...answered as News & { Is: "mentions" }, Ticket: 0 };
  assert.deepEqual(after(asking, stale)[0], asking);
  const [folder] = after(asking, answered);
  assert.deepEqual(labels(folder).slice(0, 4), [
    "( ) this branch becomes v2",
    "(x) folder v2/",
    "[ ] branch for v1",
    "[-] v2/README.md",
  ]);
  assert.match(keys(on(folder, "branch for v1"), " ").Note!, /both majors stay on this branch/);
  // A copy is named by the file that it is made of, which both layouts have.
  const chosen = keys(on(folder, "v2/client.go"), " ");
  assert.equal(commandLine(chosen), "gorel major --layout folder --rewrite client.go");
});

Deno.test("a branch is named as git names branches, or not at all", () => {
  const typing = keys(on(shown, "branch for v1"), " ");
  const spaced = keys(typing, "^u", ..."a b", "enter");
  assert.match(spaced.Note!, /a b is not the name of a branch/);
  assert.equal(commandLine(keys(typing, "esc")), "gorel major");
  assert.equal(commandLine(keys(typing, "^u", "enter")), "gorel major");
  const named = keys(typing, "^u", ..."v1", "enter");
  assert.equal(commandLine(named), "gorel major --keep-branch v1");
  assert.equal(commandLine(keys(named, " ")), "gorel major");
});

Deno.test("from how it is made the other pane is the list, and of a file its lines", () => {
  const listed = keys(on(shown, "folder v2/"), "tab");
  assert.equal(listed.Note, undefined);
  assert.deepEqual(state(listed), state(on(shown, "README.md")));
  assert.match(picture(keys(listed, "tab")), /── › README\.md/);
});

Deno.test("c and a work beside the lines too", () => {
  const lines = keys(on(shown, "client.go"), "tab");
  const kinds = keys(lines, "c");
  assert.equal(state(kinds).By, "class");
  assert.equal(state(kinds).List, undefined);
  const all = keys(lines, "a");
  assert.equal(state(all).List, state(lines).List);
  assert.equal(commandLine(all), commandLine(keys(shown, "a")));
});

Deno.test("the help says what the signs of the list mean", () => {
  const help = overLines(keys(shown, "?"), 78).map(textOf).join("\n");
  assert.match(help, /\[-\] +some are rewritten/);
  assert.match(help, /! +something in it stays unless you choose otherwise/);
});

Deno.test("the lines of a file scroll while they have the focus, and esc gives it back", () => {
  const lines = keys(on(shown, "client.go"), "tab");
  assert.match(picture(lines), /── › client\.go/);
  assert.match(picture(lines), /line 1 {2}left: it is prose/);
  assert.match(
    picture(keys(lines, "pgdn")),
    /left: it is a string[^]*! var name = "example\.com\/acme\/wire spea/,
  );
  const back = keys(lines, "esc");
  assert.equal(state(back).Row, state(on(shown, "client.go")).Row);
  assert.equal(top(keys(back, "esc")).Name, "home");
});

Deno.test("n goes on to the checks with what was chosen, and the plan is that of the command", async () => {
  const chosen = keys(on(shown, "README.md"), " ");
  const [checks, effects] = after(chosen, ...press("n"));
  assert.equal(top(checks).Name, "preflight");
  assert(effects[0]?.Do === "plan");
  const { Choices } = effects[0];
  assert.deepEqual(Choices.Major, { Classes: { Rewrite: ["README.md"], Leave: [] } });
  const Accept = [{ Code: "proxy-unset" }];
  const built = await build(facts, { ...Choices, Accept });
  assert("Plan" in built, JSON.stringify(built));
  const readme = built.Plan.Steps.find((s) => s.Do === "write" && s.File === "README.md");
  assert(readme?.Do === "write");
  assert.ok(readme.Edits?.every(({ New }) => New.includes("wire/v2")));
  const [planned] = after(checks, {
    Is: "planned",
    Ticket: effects[0].Ticket,
    Plan: built.Plan,
    Facts: facts,
  });
  const passed = picture(planned);
  assert.match(passed, /· go mod tidy, build and vet run before anything is written/);
  assert.doesNotMatch(passed, /go build, vet, test: gorel cannot/);
  // What runs later is not counted as found good.
  const good = itemsOf(planned).filter((item) => item.Symbol === "✓");
  assert.match(passed, new RegExp(`${good.length} ✓`));
  assert.ok(good.every((item) => !item.Text.startsWith("go mod tidy")));
  const [refused] = after(checks, {
    Is: "refused",
    Ticket: effects[0].Ticket,
    Problems: [problem("dirty", "wire.go is not committed.")],
  });
  assert.match(
    preflight.tell(refused, top(refused) as PreflightScreen).join("\n"),
    /later: go mod/,
  );
  assert.doesNotMatch(picture(refused), /go build, vet, test: gorel cannot/);
});

Deno.test("why there can be no such major is said in the place of the files", () => {
  const [asking, effects] = after(modelOf(facts), ...press("down", "down", "enter"));
  const asked = effects.find((e) => e.Do === "mentions");
  assert(asked?.Do === "mentions");
  const Problems = [{
    Code: "major-layout" as const,
    Level: "stop" as const,
    Text: "The folder v2 is there already.",
  }];
  const Found = { Searched: null, Problems };
  const [told] = after(asking, { Is: "mentions", Ticket: asked.Ticket, Found });
  assert.match(picture(told), /It cannot be made so[^]*✗ The folder v2 is there already/);
  assert.match(major.tell(told, state(told)).join("\n"), /stops: The folder v2 is there/);
});

Deno.test("how it looks", async (t) => {
  const [asking] = after(modelOf(facts), ...press("down", "down", "enter"));
  const cases: [string, Model, (keyof typeof sizes)[]][] = [
    ["asking", asking, ["normal"]],
    ["how it is made", shown, ["normal", "small", "wide", "huge"]],
    ["a file", on(shown, "client.go"), ["normal", "small", "wide"]],
    ["its lines", keys(on(shown, "client.go"), "tab"), ["normal", "small"]],
    ["a kind", on(keys(shown, "c"), "pinned"), ["normal", "wide"]],
    ["the branch is named", keys(on(shown, "branch for v1"), " "), ["normal", "small"]],
    [
      "ascii",
      { ...on(shown, "client.go"), Style: { ascii: true, color: false, verbose: false } },
      ["normal"],
    ],
  ];
  for (const [name, model, of] of cases) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
  assert.ok(offered(shown).some((o) => o.Action === "kinds"));
});
