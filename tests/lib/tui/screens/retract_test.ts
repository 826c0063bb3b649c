import assert from "node:assert/strict";
import type { Choices } from "../../../../lib/choices.ts";
import { defaults } from "../../../../lib/cli/flags.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { toArgv } from "../../../../lib/cli/back.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { gather } from "../../../../lib/facts/gather.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import { applyEdits } from "../../../../lib/go/modfile/mod.ts";
import { covers } from "../../../../lib/go/retract.ts";
import { build } from "../../../../lib/plan/build.ts";
import { decode } from "../../../../lib/text.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import type { Effect, Message, Model, Press } from "../../../../lib/tui/model.ts";
import { newRetract, retract, type RetractScreen } from "../../../../lib/tui/screens/retract.ts";
import { wantedOf } from "../../../../lib/tui/screens/retract/chosen.ts";
import { readGoMod } from "../../../../lib/tui/screens/retract/goMod.ts";
import { outlook, rangesOf } from "../../../../lib/tui/screens/retract/parts.ts";
import { open, top } from "../../../../lib/tui/turn.ts";
import { focused, offered, update } from "../../../../lib/tui/update.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { seeded } from "../../../support/random.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";

using repo = wire();
const facts = await factsOf(repo);
const local = await factsOf(repo, false);

/** The same repository with nothing unreleased. */
const level: Facts = {
  ...facts,
  Modules: facts.Modules.map((m) => ({
    ...m,
    Commits: { State: "known", Value: { Commits: [], Files: [] } },
  })),
};

const reason = "panics on empty frames; use v1.4.2";

/** A key by its name, a letter, or `=text` that is pasted. */
function message(key: string): Message {
  if (key.startsWith("=")) return { Is: "paste", Text: key.slice(1) };
  const Press: Press = key.length === 1
    ? { Key: "char", Char: key }
    : key.startsWith("^")
    ? { Key: "char", Char: key.slice(1), Ctrl: true }
    : { Key: key as Press["Key"] };
  return { Is: "press", Press };
}

function press(model: Model, ...keys: (string | Message)[]): [Model, Effect[]] {
  const effects: Effect[] = [];
  for (const key of keys) {
    const [next, more] = update(model, typeof key === "string" ? message(key) : key);
    model = next;
    effects.push(...more);
  }
  return [model, effects];
}

function after(model: Model, ...keys: (string | Message)[]): Model {
  return press(model, ...keys)[0];
}

function start(of = facts, more: Partial<Model> = {}): Model {
  const model = { ...modelOf(of), ...more };
  return open(model, newRetract(model));
}

function state(model: Model): RetractScreen {
  const screen = top(model);
  assert.equal(screen.Name, "retract");
  return screen as RetractScreen;
}

/** What the flags give, as `gorel retract …` would. */
function flags(versions: string[], more: { from?: string; self?: boolean } = {}): Choices {
  return toChoices("retract", versions, { ...defaults(), reason, ...more }).Choices;
}

/** v1.4.1 and v1.4.0 marked as a range, and the reason typed. */
const range = ["down", "v", "down", "v", "enter", "=" + reason] as const;

Deno.test("marks, reason and carrier give the choices that the flags give", () => {
  const cases: [string, Model, Choices][] = [
    [
      "a range from the last release",
      after(start(), ...range, "enter"),
      flags(["v1.4.0..v1.4.1"], { from: "v1.4.2" }),
    ],
    ["a range from HEAD", after(start(), ...range, "enter", "up"), flags(["v1.4.0..v1.4.1"])],
    [
      "single ones",
      after(start(), "down", " ", "end", " ", "enter", "=" + reason),
      flags(["v1.2.3", "v1.4.1"], { from: "v1.4.2" }),
    ],
    [
      "the last release itself: what is on HEAD is proposed",
      after(start(), "enter", "=" + reason),
      flags(["v1.4.2"]),
    ],
    [
      "the last release itself, retracted again with its own code",
      after(start(), "enter", "=" + reason, "enter", "down", "down"),
      flags(["v1.4.2"], { from: "v1.4.2", self: true }),
    ],
    [
      "with nothing unreleased nothing is asked",
      after(start(level), ...range),
      flags(["v1.4.0..v1.4.1"]),
    ],
    [
      "with nothing unreleased a bad last release retracts itself again",
      after(start(level), "enter", "=" + reason),
      flags(["v1.4.2"], { self: true }),
    ],
  ];
  for (const [name, model, choices] of cases) {
    assert.deepEqual(model.Draft, choices, name);
    assert.deepEqual(retract.command?.(model, state(model)), toArgv(choices), name);
  }
});

Deno.test("while something is missing the command says only what is chosen", () => {
  assert.equal(commandLine(start()), "gorel retract");
  assert.equal(commandLine(after(start(), "down", " ")), "gorel retract v1.4.1 --from v1.4.2");
});

Deno.test("a mark goes as it came, and esc takes back the begin of a range", () => {
  const marked = after(start(), "down", " ");
  assert.deepEqual(state(marked).Marked, ["v1.4.1"]);
  assert.deepEqual(state(after(marked, " ")).Marked, []);
  const begun = after(start(), "v");
  assert.equal(state(begun).Anchor, "v1.4.2");
  assert.match(begun.Note ?? "", /v on the other end/);
  assert.equal(state(after(begun, "esc")).Anchor, undefined);
});

Deno.test("intervals take in exactly what was marked", () => {
  const random = seeded("retract ranges");
  const all = Array.from({ length: 12 }, (_, i) => `v1.${i}.0`);
  for (let i = 0; i < 300; i++) {
    const marked = all.filter(() => random.chance(0.5));
    const ranges = rangesOf(all, marked);
    assert.deepEqual(all.filter((v) => ranges.some((r) => covers(r, v))), marked);
    const runs = marked.filter((v) => !marked.includes(all[all.indexOf(v) - 1] ?? ""));
    assert.equal(ranges.length, runs.length, "neighbours are one interval");
  }
});

Deno.test("nothing goes on before a version is marked, a reason given and a carrier chosen", () => {
  const empty = after(start(), "n");
  assert.match(empty.Note ?? "", /Nothing is marked yet/);
  assert.equal(state(empty).Focus, "versions");

  const silent = after(start(), "down", " ", "n");
  assert.match(silent.Note ?? "", /The reason is empty/);
  assert.equal(state(silent).Focus, "reason");
  assert.match(after(silent, "=bad \u202e", "enter").Note ?? "", /cannot be printed/);

  const asked = after(silent, "=" + reason, "enter");
  assert.equal(state(asked).Focus, "carrier");
  const [gone, effects] = press(asked, "enter");
  assert.equal(top(gone).Name, "preflight");
  const wish = effects.find((e) => e.Do === "plan");
  assert.ok(wish?.Do === "plan");
  assert.deepEqual(wish.Choices, flags(["v1.4.1"], { from: "v1.4.2" }));

  const unasked = after(start(level), "down", " ", "enter", "=" + reason, "enter");
  assert.equal(top(unasked).Name, "preflight");
});

Deno.test("a carrier that ships the retracted code says why not", () => {
  const here = after(start(), "enter", "=" + reason, "enter", "down");
  assert.equal(here.Draft.From, undefined, "moving over it does not choose it");
  const stays = after(here, "enter");
  assert.match(stays.Note ?? "", /the code of v1.4.2, which is retracted/);
  assert.equal(top(stays).Name, "retract");
});

Deno.test("in the reason every letter is text, and a pasted line end starts nothing", () => {
  const model = after(start(), "down", " ", "enter", "n", "v", " ", "q", "?", "=\r\nx\n");
  assert.equal(state(model).Reason.Text, "nv q? x ");
  assert.equal(top(model).Name, "retract");
  const [, effects] = press(model, "^g");
  assert.deepEqual(effects, [{ Do: "edit", What: "reason", Text: "nv q? x " }]);
  const back = after(model, { Is: "edited", What: "reason", Text: "one\ntwo\n" });
  assert.equal(state(back).Reason.Text, "one two");
  const left = after(back, { Is: "edited", What: "reason", Text: null, Why: "No $EDITOR." });
  assert.equal(state(left).Reason.Text, "one two");
});

Deno.test("tab goes round, and every state has a way back", () => {
  const model = after(start(), "down", " ");
  const order = ["reason", "carrier", "versions"] as const;
  let now = model;
  for (const focus of order) {
    now = after(now, "tab");
    assert.equal(state(now).Focus, focus);
    assert.equal(focused(now) !== undefined, focus === "reason");
    assert.ok(offered(now).some((o) => o.Action === "back"));
    const back = after(now, "esc");
    if (focus === "versions") assert.equal(top(back).Name, "home");
    else assert.equal(state(back).Focus, "versions");
  }
  assert.equal(state(now).Row, 1, "the highlighted version is still the one that was marked");
});

Deno.test("flags fill the editor, ranges as they were written until a mark changes", () => {
  const model = modelOf(facts);
  const wish = toChoices("retract", ["v1.0.0..v1.4.0"], {
    ...defaults(),
    reason: "",
    from: "v1.4.2",
  }).Choices;
  const given = start(facts, { Given: wish, Draft: wish });
  assert.equal(state(given).Focus, "reason");
  assert.deepEqual(state(given).Marked, ["v1.2.3", "v1.3.0", "v1.4.0"]);
  const done = after(given, "=" + reason);
  assert.deepEqual(done.Draft, flags(["v1.0.0..v1.4.0"], { from: "v1.4.2" }));
  const changed = after(done, "tab", "tab", "home", "down", " ");
  assert.deepEqual(changed.Draft.Edit?.Retract, [{ Low: "v1.2.3", High: "v1.4.1" }]);
  assert.deepEqual(newRetract(model, ["v1.4.0"]).Marked, ["v1.4.0"]);
});

Deno.test("facts that come later keep the highlighted version and the marks", () => {
  const early = after(start(local, { Whole: false }), "down", " ");
  const older: Facts = {
    ...facts,
    Modules: facts.Modules.map((m) => {
      const last = m.Versions.at(-1)!;
      return { ...m, Versions: [...m.Versions, { ...last, Version: "v1.4.9", Tag: "v1.4.9" }] };
    }),
  };
  const late = after(early, { Is: "facts", Facts: older, Whole: true });
  assert.equal(state(late).On, "v1.4.1");
  assert.equal(state(late).Row, 2);
  assert.deepEqual(state(late).Marked, ["v1.4.1"]);
  const bare = modelOf(undefined);
  const nothing = open(bare, newRetract(bare));
  assert.deepEqual(offered(nothing).filter((o) => !o.Quiet).map((o) => o.Action), ["back"]);
  const known = after(nothing, { Is: "facts", Facts: facts, Whole: true });
  assert.equal(state(known).On, "v1.4.2");
});

Deno.test("the live go.mod is the one that the plan writes", async () => {
  using own = wire();
  const services = machine({ ...environment(), ...own.env });
  const here = await factsOf(own);
  for (const keys of [["enter", "up"], ["enter"], ["enter", "down"]]) {
    const Given = { ...modelOf(here).Given, Wait: 0 };
    const model = after(start(here, { Given }), ...range, ...keys);
    const From = model.Draft.From;
    const found = await gather(services, {
      Dir: own.dir,
      Release: true,
      Status: true,
      ...(From !== undefined && { From }),
    });
    assert.ok(!Array.isArray(found));
    const built = await build(found, model.Draft);
    assert.ok("Plan" in built, JSON.stringify(built));
    const write = built.Plan.Steps.find((s) => s.Do === "write");
    assert.ok(write?.Do === "write" && write.Edits);
    const seen = outlook(model, wantedOf(model, state(model)))!;
    const written = applyEdits(found.Modules[0]!.GoMod.Bytes, write.Edits);
    assert.equal(decode(seen.After), decode(written));
    assert.equal(seen.Version, built.Plan.Releases[0]!.Version);
    assert.equal(seen.Latest, built.Plan.Releases[0]!.Expect.Latest);
  }
});

Deno.test("what pure rules refuse is said while choosing", () => {
  const codes = (model: Model) =>
    outlook(model, wantedOf(model, state(model)))!.Problems.map((p) => p.Code);
  assert.deepEqual(codes(start()), []);
  assert.deepEqual(codes(after(start(), ...range)), []);
  const all = after(start(level), "v", "end", "v", "enter", "=" + reason);
  assert.deepEqual(codes(all), ["retract-leaves-nothing"]);
  const again = after(start(), "down", "down", "down", " ", "enter", "=leaks file handles");
  assert.deepEqual(codes(again), ["retract-already"]);
  const same = start(facts, {
    Draft: { ...flags(["v1.4.2"], { from: "v1.4.2" }) },
  });
  assert.deepEqual(codes(same), ["retract-same-code"]);
  const wide = start(facts, { Draft: flags(["v1.4.0..v1.9.0"]) });
  assert.deepEqual(codes(wide), ["retract-covers-itself"]);
});

Deno.test("a go.mod from the editor is taken over when only retract lines were added", () => {
  const before = facts.Modules[0]!.GoMod.Bytes;
  const text = decode(before);
  const read = (added: string) => readGoMod(before, added, "v1.4.3");
  const one = { Low: "v1.4.1", High: "v1.4.1" };
  const cases: [string, string, ReturnType<typeof readGoMod> | RegExp][] = [
    ["nothing", text, { Retract: [], Self: false }],
    ["a line", text + "\nretract v1.4.1 // bad\n", { Retract: [one], Reason: "bad", Self: false }],
    [
      "a block with the coming version",
      text + "\n// bad\n// indeed\nretract (\n\tv1.4.1\n\tv1.4.3\n)\n",
      { Retract: [one], Reason: "bad indeed", Self: true },
    ],
    [
      "another reason for an old one",
      text.replace("leaks file handles", "leaks"),
      { Retract: [{ Low: "v1.3.0", High: "v1.3.0" }], Reason: "leaks", Self: false },
    ],
    [
      "two reasons",
      text + "\nretract v1.4.1 // bad\nretract v1.4.0 // worse\n",
      /one reason .* nothing was taken over/,
    ],
    ["an old line gone", text.replace(/\/\/ leaks[^]*/, ""), /stays, older releases need it/],
    ["another directive", text.replace("go 1.22", "go 1.23"), /Only retract lines/],
    ["another comment", text.replace("go 1.22", "go 1.22 // no"), /Only retract lines/],
    ["no go.mod", text + "retract [\n", /^Nothing was taken over: go\.mod:\d+/],
    ["another major", text + "\nretract v2.0.0 // bad\n", /^Nothing was taken over: go\.mod:/],
  ];
  for (const [name, edited, wanted] of cases) {
    const got = read(edited);
    if (wanted instanceof RegExp) assert.match(got as string, wanted, name);
    else assert.deepEqual(got, wanted, name);
  }
});

Deno.test("the editor gets the coming go.mod, and its answer becomes marks, reason and draft", () => {
  const [model, effects] = press(start(), "down", " ", "e");
  const [edit] = effects;
  assert.ok(edit?.Do === "edit" && edit.What === "go.mod");
  assert.match(edit.Text, /retract v1\.4\.1\n$/);
  const Text = edit.Text.replace(
    "// ...\nretract v1.4.1",
    `// ${reason}\nretract [v1.4.0, v1.4.1]`,
  );
  const next = after(model, { Is: "edited", What: "go.mod", Text });
  assert.deepEqual(state(next).Marked, ["v1.4.0", "v1.4.1"]);
  assert.deepEqual(next.Draft, flags(["v1.4.0..v1.4.1"], { from: "v1.4.2" }));
  const kept = after(model, { Is: "edited", What: "go.mod", Text: edit.Text });
  assert.equal(state(kept).Reason.Text, "", "what stands for a missing reason is none");
  const refused = after(model, { Is: "edited", What: "go.mod", Text: "module x\n" });
  assert.match(refused.Note ?? "", /nothing was taken over/);
  assert.deepEqual(state(refused), state(model));
});

Deno.test("plain words hold everything that the screen shows", () => {
  const model = after(start(), ...range);
  const told = retract.tell(model, state(model)).join("\n");
  for (
    const words of [
      "v1.4.0..v1.4.1",
      reason,
      "34 of 500",
      "v1.4.3 = v1.4.2 + this go.mod",
      "@latest: v1.4.2 now, v1.4.3 then",
      "+ retract [v1.4.0, v1.4.1]",
      "A leaked secret: Revoke it first",
      "Nothing is deleted",
    ]
  ) assert.ok(told.includes(words), words);
});

Deno.test("what HEAD ships besides, where that is more than a fix, is said before it is a patch", () => {
  const model = after(start(), ...range);
  const told = (of: Model) => retract.tell(of, state(of)).join("\n");
  assert.doesNotMatch(told(model), /more than a fix/);
  const head = after(model, "enter", "up");
  assert.equal(state(head).Carrier, "head");
  assert.match(
    told(head),
    /also ships the 2 commits since v1\.4\.2, as a patch\. That is more than a fix: .*feat: options/,
  );
});

Deno.test("pictures of the retract editor", async (t) => {
  const pictures: [string, Model, (keyof typeof sizes)[]][] = [
    ["at first", start(), ["normal", "small"]],
    ["remote and proxy still asked", start(local, { Whole: false }), ["normal"]],
    ["while a range is drawn", after(start(), "down", "v", "down", "down"), ["normal"]],
    ["marked", after(start(), "down", "v", "down", "v"), ["normal", "small"]],
    ["before the reason is typed", after(start(), "down", " ", "enter"), ["normal"]],
    ["with a reason", after(start(), ...range), ["normal", "small", "wide"]],
    ["with a bad reason", after(start(), "enter", "=bad \u202e reason"), ["normal"]],
    ["the carrier", after(start(), ...range, "enter"), ["normal", "small", "wide", "huge"]],
    [
      "retracted itself too",
      after(start(), "enter", "=" + reason, "enter", "down", "down"),
      ["normal", "wide"],
    ],
    ["nothing is left", after(start(level), "v", "end", "v", "enter", "=bad"), ["normal"]],
    ["a new reason", after(start(), "end", "up", " ", "enter", "=never used"), ["normal"]],
  ];
  for (const [name, model, of] of pictures) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});
