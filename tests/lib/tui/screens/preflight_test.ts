import assert from "node:assert/strict";
import { checks, early } from "../../../../lib/tui/screens/preflight/rows.ts";
import { itemsOf } from "../../../../lib/tui/screens/preflight/list.ts";
import { toArgv } from "../../../../lib/cli/back.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import { build } from "../../../../lib/plan/build.ts";
import { codes, problem } from "../../../../lib/problem.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import { draftRelease, draftRetract } from "../../../../lib/tui/draft.ts";
import { toPreflight } from "../../../../lib/tui/flow.ts";
import type { Effect, Message, Model, News } from "../../../../lib/tui/model.ts";
import { preflight, type PreflightScreen } from "../../../../lib/tui/screens/preflight.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

const repo = wire();
const facts = await factsOf(repo);

/** The same repository with changes that are not committed. */
const untidy = wire();
untidy.write("wire.go", "package wire\n\nvar changed int\n");
untidy.write("notes.txt", "not added\n");
const dirty = await factsOf(untidy);
Deno.test.afterAll(() => {
  repo[Symbol.dispose]();
  untidy[Symbol.dispose]();
});

const unproven = { Code: "proxy-unset", Reason: "this test has none" };

/** Preflight just opened for a minor; the proxy that is missing is accepted. */
function opened(of: Facts = facts): Model {
  const model = modelOf(of);
  const drafted = draftRelease(model, { Bump: "minor" });
  return toPreflight({ ...drafted, Draft: { ...drafted.Draft, Accept: [unproven] } })[0];
}

/** What the shell answers to the latest wish for a plan. */
async function answered(model: Model, of: Facts = facts): Promise<Model> {
  assert(model.Planning?.State === "asking");
  const { Ticket } = model.Planning;
  const built = await build(of, model.Draft);
  const told: News = "Plan" in built
    ? { Is: "planned", Ticket, Plan: built.Plan, Facts: of }
    : "Nothing" in built
    ? { Is: "nothing", Ticket, Why: built.Nothing }
    : { Is: "refused", Ticket, Problems: built.Problems };
  return after(model, told)[0];
}

const planned = await answered(opened());
const refused = await answered(opened(dirty), dirty);

/** The row of a label, highlighted. */
function on(model: Model, label: string): Model {
  const Row = preflight.rows(model, screenOf(model)).findIndex((r) => r.Label === label);
  assert(Row >= 0, label);
  return { ...model, Screens: [...model.Screens.slice(0, -1), { ...screenOf(model), Row }] };
}

function screenOf(model: Model): PreflightScreen {
  const screen = top(model);
  assert(screen.Name === "preflight");
  return screen;
}

function acts(model: Model, ...keys: string[]): [Model, Effect[]] {
  return after(model, ...press(...keys));
}

Deno.test("every problem code that a plan can have has a check that is its own", () => {
  const placed = new Set(checks.flatMap((c) => c.Codes));
  const elsewhere = [
    "hook-refused",
    "push-refused",
    "protected-branch",
    "not-yet",
    "hash-mismatch",
    "plan-invalid",
    "nothing-unfinished",
    "nothing-to-verify",
    "command-failed",
    "command-failed-behind",
    // Of looks, not of plans.
    "query-no-match",
    "query-no-current",
    "query-failed",
    "graph-failed",
    "not-required",
    "go-mod-updates",
    "go-too-new",
  ];
  assert.deepEqual(codes.filter((code) => !placed.has(code) && !elsewhere.includes(code)), []);
  for (const code of early) assert(placed.has(code), code);
});

Deno.test("what was found good is said in words, from the facts", () => {
  const items = itemsOf(planned).filter((i) => i.Symbol === "✓").map((i) => i.Text);
  for (
    const words of [
      "on main, 2 ahead of origin/main; they go with it",
      "nothing uncommitted",
      "the history reaches back to v1.4.2",
      "tag v1.5.0 is free here and on origin",
      "2 commits since v1.4.2, 2 files",
      "@latest moves from v1.4.2 to v1.5.0",
      "v1.3.0 stays retracted",
    ]
  ) assert(items.includes(words), words);
});

Deno.test("problems stand in the places of their checks", () => {
  const list = itemsOf(refused);
  const found = list.filter((i) => i.Problem).map((i) => [i.Group, i.Symbol, i.Problem!.Code]);
  assert.deepEqual(found, [
    ["Repository", "✗", "dirty"],
    ["Repository", "!", "untracked"],
    ["Publishing", "✓", "proxy-unset"],
  ]);
  assert(list.some((i) => i.Text === "the module zip and its hash: once nothing else stops"));
});

Deno.test("what nobody placed stands in the last group", () => {
  const { Ticket } = opened().Planning as { Ticket: number };
  const model = after(opened(), {
    Is: "refused",
    Ticket,
    Problems: [{ Code: "hash-mismatch", Level: "stop", Text: "The hashes differ." }],
  })[0];
  assert.equal(itemsOf(model).find((i) => i.Problem)!.Group, "Publishing");
});

Deno.test("the plan follows only where nothing stops", () => {
  assert.equal(top(acts(planned, "enter")[0]).Name, "review");
  assert.equal(top(acts(planned, "n")[0]).Name, "review");
  const [still] = acts(refused, "n");
  assert.equal(top(still).Name, "preflight");
  const asking = opened();
  assert.equal(top(acts(asking, "n", "enter")[0]).Name, "preflight");
});

Deno.test("a problem that can be accepted asks for a reason, keeps it and plans anew", async () => {
  const [asked, none] = acts(refused, "a");
  assert.equal(screenOf(asked).Accepting?.Code, "dirty");
  assert.deepEqual(none, []);
  const [left] = acts(asked, ..."no", "esc");
  assert.equal(screenOf(left).Accepting, undefined);
  assert.deepEqual(left.Draft.Accept, [unproven]);
  const [again, effects] = acts(asked, ..."a note only", "enter");
  assert.deepEqual(again.Draft.Accept, [unproven, { Code: "dirty", Reason: "a note only" }]);
  assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
  const passed = await answered(again, dirty);
  assert.equal(passed.Planning?.State, "planned");
  assert.match(commandLine(passed), /--accept 'dirty=a note only'$/);
  assert.equal(top(acts(passed, "enter")[0]).Name, "review");
  const [back] = acts(on(passed, "dirty"), "a");
  assert.deepEqual(back.Draft.Accept, [unproven]);
});

Deno.test("an empty reason is none, as with flags", () => {
  const [again] = acts(refused, "a", " ", "enter");
  assert.deepEqual(again.Draft.Accept.at(-1), { Code: "dirty" });
  assert(toArgv(again.Draft).includes("dirty"));
});

Deno.test("what cannot be accepted says so, and is not offered", async () => {
  const model = draftRetract(modelOf(dirty), {
    Retract: [{ Low: "v1.4.2", High: "v1.4.2" }],
    Reason: "is wrong",
    Self: false,
  });
  const shown = on(await answered(toPreflight(model)[0], dirty), "dirty");
  assert(!offered(shown).some((o) => o.Action === "accept"));
  assert.equal(screenOf(acts(shown, "a")[0]).Accepting, undefined);
  assert.equal(top(acts(shown, "enter")[0]).Name, "include");
});

Deno.test("f gives the command of a way out to the terminal; of mere words there is none", () => {
  assert(!offered(refused).some((o) => o.Action === "fix"));
  const ways: [fix: string, command: string | undefined][] = [
    ["git pull origin", "git pull origin"],
    ["git remote add origin URL, or go without: --no-push", "git remote add origin URL"],
    ["gorel minor, if nothing breaks for users", "gorel minor"],
    ["git add and commit what belongs to the module", undefined],
    ["--accept behind", undefined],
    ["git pull my,rem", "git pull my,rem"],
    ["git add -- 'a; touch b, c/go.mod', then commit it", "git add -- 'a; touch b, c/go.mod'"],
  ];
  for (const [fix, command] of ways) {
    const Problems = [problem("behind", "main is behind.", { fix })];
    const [, effects] = acts(
      { ...refused, Planning: { State: "refused", Ticket: 1, Problems } },
      "f",
    );
    const copied = command === undefined ? [] : [{ Do: "copy", Text: command }];
    assert.deepEqual(effects, copied, fix);
  }
});

Deno.test("R plans again, and an answer to an older wish is not listened to", async () => {
  const first = opened();
  const [second] = acts(await answered(first), "R");
  assert(first.Planning?.State === "asking" && second.Planning?.State === "asking");
  assert.notEqual(first.Planning.Ticket, second.Planning.Ticket);
  const old: Message = { Is: "nothing", Ticket: first.Planning.Ticket, Why: "old" };
  assert.equal(after(second, old)[0].Planning?.State, "asking");
});

Deno.test("a message is edited in $EDITOR; an empty or equal one changes nothing", () => {
  const at = on(planned, "tag message");
  assert.deepEqual(acts(at, "e")[1], [{ Do: "edit", What: "tag-message", Text: "v1.5.0\n" }]);
  assert.deepEqual(acts(at, "enter")[1], acts(at, "e")[1]);
  const edited = (Text: string | null): [Model, Effect[]] =>
    after(at, { Is: "edited", What: "tag-message", Text });
  for (const text of [null, "", "  \n", "v1.5.0\n\n"]) {
    const [same, effects] = edited(text);
    assert.deepEqual([same.Draft.Messages, effects], [{}, []], JSON.stringify(text));
  }
  const [changed, effects] = edited("Options\n\nfor the client\n");
  assert.deepEqual(changed.Draft.Messages, { Tag: "Options\n\nfor the client" });
  assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
});

Deno.test("a release with a commit shows its message too", async () => {
  const model = draftRetract(modelOf(facts), {
    Retract: [{ Low: "v1.4.2", High: "v1.4.2" }],
    Reason: "is wrong",
    Self: false,
  });
  const accepting = { ...model, Draft: { ...model.Draft, Accept: [unproven] } };
  const shown = await answered(toPreflight(accepting)[0]);
  const labels = preflight.rows(shown, screenOf(shown)).map((r) => r.Label);
  assert.deepEqual(labels.slice(-3), ["commit message", "tag message", "go on to the plan"]);
  const [, effects] = acts(on(shown, "commit message"), "e");
  assert.match((effects[0] as { Text: string }).Text, /^Release v1\.4\.3: retract v1\.4\.2\n/);
});

Deno.test("what came before the checks stands alone: nothing is said to be good", async () => {
  const model = toPreflight(draftRelease(modelOf(facts), { Bump: "release" }))[0];
  const shown = await answered(model);
  assert.doesNotMatch(picture(shown), /✓/);
  assert.match(picture(shown), /✗ There is no running pre-release/);
});

Deno.test("plain questions are told every check, every problem and its way out", () => {
  const told = preflight.tell(refused, screenOf(refused)).join("\n");
  for (
    const words of [
      "stops: wire.go is changed but not committed",
      "way out: commit the change, or git stash it",
      "warning: 1 untracked file",
      "accepted: this test has none",
      "good: the history reaches back to v1.4.2",
      "Not checked: API, go build, vet, test: gorel cannot yet",
      "later: the module zip and its hash",
    ]
  ) assert(told.includes(words), words);
});

Deno.test("there is a way back in every state", () => {
  const nothing = after(opened(), {
    Is: "nothing",
    Ticket: (opened().Planning as { Ticket: number }).Ticket,
    Why: "HEAD is v1.4.2 already",
  })[0];
  for (const model of [opened(), planned, refused, nothing, acts(refused, "a")[0]]) {
    assert(offered(model).some((o) => o.Action === "back"));
    const [left] = acts(model, "esc", "esc");
    assert.equal(top(left).Name, "home");
  }
});

Deno.test("how it looks", async (t) => {
  const { Ticket } = opened().Planning as { Ticket: number };
  const early = await answered(toPreflight(draftRelease(modelOf(facts), { Bump: "release" }))[0]);
  const nothing = after(opened(), { Is: "nothing", Ticket, Why: "HEAD is v1.4.2 already" })[0];
  const cases: [string, Model, (keyof typeof sizes)[]][] = [
    ["asking", opened(), ["normal", "small"]],
    ["nothing stops", planned, ["normal", "small", "wide"]],
    ["something stops", refused, ["normal", "small", "wide"]],
    ["a warning", on(refused, "untracked"), ["normal"]],
    ["accepting", acts(refused, "a", ..."a note only")[0], ["normal", "small"]],
    ["the tag message", on(planned, "tag message"), ["normal"]],
    ["before the checks", early, ["normal", "small"]],
    ["nothing to release", nothing, ["normal", "small"]],
  ];
  for (const [name, model, of] of cases) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});

Deno.test("back from a plan of a repository whose module nobody chose leads to the choice", () => {
  const { Dir: _, ...nowhere } = refused;
  const [module] = refused.Facts!.Modules;
  const Modules = [module!, { ...module!, Dir: "codec", Path: `${module!.Path}/codec` }];
  const several = { ...nowhere, Facts: { ...refused.Facts!, Modules } };
  assert.equal(top(acts(several, "esc")[0]).Name, "modules");
  assert.equal(top(acts({ ...several, Dir: "codec" }, "esc")[0]).Name, "home");
});
