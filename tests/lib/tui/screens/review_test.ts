import { strict as assert } from "node:assert";
import type { Plan, WriteStep } from "../../../../lib/plan/types.ts";
import { frame } from "../../../../lib/tui/frame.ts";
import { textOf } from "../../../../lib/tui/line.ts";
import type { Model } from "../../../../lib/tui/model.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { picture } from "../../../support/pictures.ts";
import { sizes, wire } from "../../../support/wire.ts";
import { after, planOf, press, review, reviewOf } from "./planned.ts";

const repo = wire();
const minor = await reviewOf(repo, ["minor"]);
const from = await reviewOf(repo, ["retract", "v1.4.1"], {
  reason: "panics on empty frames; use v1.4.2",
  from: "v1.4.2",
});
const self = await reviewOf(repo, ["retract", "v1.4.2"], {
  reason: "panics on empty frames; use v1.4.1",
  from: "v1.4.2",
  self: true,
});
const here = await reviewOf(repo, ["minor"], { push: false });
repo[Symbol.dispose]();

function asTyped(model: Model): string {
  const screen = top(model);
  assert(screen.Name === "review");
  return screen.Typed.Text;
}

function shown(model: Model): string {
  return frame(model).map(textOf).join("\n");
}

Deno.test("only exactly the version starts, and what is missing is said", () => {
  const tries: [string, RegExp | null][] = [
    ["", /Type v1\.5\.0 to start; Enter alone never publishes/],
    ["v1.5", /go on to v1\.5\.0/],
    ["1.5.0", /begins with v/],
    ["v1.5.0 ", /space/],
    [" v1.5.0", /space/],
    ["v1.4.2", /not v1\.5\.0/],
    ["v1.5.00", /not v1\.5\.0/],
    ["V1.5.0", /not v1\.5\.0/],
    ["v1.5.0", null],
  ];
  for (const [text, note] of tries) {
    const [model, effects] = after(minor, ...press(...text), ...press("enter"));
    const started = effects.filter((e) => e.Do === "apply").length;
    assert.equal(started, note === null ? 1 : 0, text);
    if (note) assert.match(model.Note ?? "", note);
    assert.equal(top(model).Name, note === null ? "applying" : "review");
  }
});

Deno.test("pasted text is typed, and its line ends start nothing", () => {
  const [model, effects] = after(minor, { Is: "paste", Text: "v1.5.0\r\n" });
  assert.deepEqual(effects, []);
  assert.equal(asTyped(model), "v1.5.0 ");
  const [fixed, more] = after(model, ...press("backspace", "enter"));
  assert.equal(more[0]?.Do, "apply");
  assert.equal(fixed.Run?.Version, "v1.5.0");
});

Deno.test("letters that are commands elsewhere are text here", () => {
  const [model, effects] = after(minor, ...press("q", "?", "y", "s", "$", "k"));
  assert.deepEqual(effects, []);
  assert.equal(asTyped(model), "q?ys$k");
  assert.equal(model.Over, undefined);
});

Deno.test("the plan that is shown is the one that is saved, copied and carried out", () => {
  const [, saved] = after(minor, ...press("^s"));
  assert.deepEqual(saved, [{ Do: "save", Plan: planOf(minor) }]);
  const [, copied] = after(minor, ...press("^y"));
  assert(copied[0]?.Do === "copy");
  assert.match(copied[0].Text, /^gorel minor/);
  const [, effects] = after(minor, ...press(..."v1.5.0", "enter"));
  assert(effects[0]?.Do === "apply");
  assert.equal(effects[0].Plan, planOf(minor));
  assert.equal(effects[0].Choices, minor.Draft);
});

Deno.test("arrows choose the step, a page moves its diff, another step begins at its top", () => {
  const [paged] = after(from, ...press("pgdn"));
  const at = top(paged);
  assert(at.Name === "review" && at.Top > 0 && at.Row === 0);
  const [back] = after(paged, ...press("pgup", "pgup"));
  assert.deepEqual(top(back), review);
  const [next] = after(paged, ...press("down"));
  assert.deepEqual(top(next), { ...review, Row: 1 });
  const [last] = after(next, ...press(...Array(20).fill("down")));
  assert.equal(top(last).Row, behaviourOf(review).rows(from, review).length - 1);
});

Deno.test("esc goes back with nothing started", () => {
  const [model, effects] = after(minor, ...press("v", "esc"));
  assert.equal(top(model).Name, "home");
  assert.deepEqual(effects, []);
});

Deno.test("without a plan there is no field, and nothing starts", () => {
  const states: [Model["Planning"], RegExp][] = [
    [undefined, /There is no plan yet/],
    [{ State: "asking", Ticket: 2, Since: 0 }, /plan is being made/],
    [
      { State: "nothing", Ticket: 2, Why: "HEAD is v1.4.2" },
      /nothing to release: HEAD is v1\.4\.2/,
    ],
    [{
      State: "refused",
      Ticket: 2,
      Problems: [{ Code: "dirty", Level: "stop", Text: "wire.go is not committed." }],
    }, /wire\.go is not committed/],
  ];
  for (const [planning, words] of states) {
    const { Planning: _, ...rest } = minor;
    const model: Model = { ...rest, ...(planning && { Planning: planning }) };
    assert.match(shown(model), words);
    const [next, effects] = after(model, ...press(..."v1.5.0", "enter"));
    assert.deepEqual(effects, []);
    assert.equal(top(next).Name, "review");
    assert.equal(top(after(model, ...press("esc"))[0]).Name, "home");
  }
});

Deno.test("undo stands at each step that can be undone, and the line before those that cannot", () => {
  for (const model of [minor, from, self]) {
    for (const size of [sizes.small, sizes.normal, sizes.wide, sizes.huge]) {
      const rows = picture(model, size).split("\n");
      const line = rows.findIndex((r) => r.includes("━━"));
      const push = rows.findIndex((r) => / \d push /.test(r));
      assert(line >= 0, "no line of no return");
      if (push >= 0) assert(push > line && /✗/.test(rows[push]!));
      rows.slice(2, line).filter((r) =>
        /^ [ ›]{3}\d (commit|merge|branch|tag) /.test(r.slice(size === sizes.huge ? 35 : 0))
      )
        .forEach((r) => assert.match(r, /✓/));
    }
  }
});

Deno.test("a plan without a push says that nothing leaves, and has no line", () => {
  for (const size of Object.values(sizes)) {
    const text = picture(here, size);
    assert.match(text, /othing leaves this machine/);
    assert.doesNotMatch(text, /━━/);
  }
  assert(after(here, ...press(..."v1.5.0", "enter"))[1].some((e) => e.Do === "apply"));
  assert(behaviourOf(review).tell(here, review).some((l) => l.startsWith("Nothing leaves")));
});

Deno.test("those without a screen are told steps, line, diff, hashes and what was accepted", () => {
  const told = behaviourOf(review).tell(from, review).join("\n");
  const { Expect } = planOf(from).Releases[0]!;
  for (
    const words of [
      "Nothing has been changed yet",
      "nobody has seen anything up to here",
      "can be undone",
      "cannot be undone",
      "+ // panics on empty frames; use v1.4.2",
      Expect.Sum,
      Expect.GoModSum,
      "Accepted: No module proxy is known",
    ]
  ) assert(told.includes(words), words);
});

/** The plan with a file of that many new lines in its commit. */
function withFile(model: Model, text: string): Model {
  const plan = planOf(model);
  const write: WriteStep = {
    Id: "write-9",
    Do: "write",
    In: "commit",
    File: "big\x1b[31m.go",
    Mode: "100644",
    Before: null,
    After: "0".repeat(40),
    Text: text,
  };
  const Plan: Plan = { ...plan, Steps: [write, ...plan.Steps.filter((s) => s.Do !== "write")] };
  assert(model.Planning?.State === "planned");
  return { ...model, Planning: { ...model.Planning, Plan } };
}

Deno.test("a diff of 5000 lines scrolls to its end, and only what is seen is drawn", () => {
  const text = Array.from({ length: 5000 }, (_, i) => `var x${i} int`).join("\n") + "\n";
  const big = withFile(from, text);
  assert.match(shown(big), /1 file \+5000 -0/);
  const [end] = after(big, ...press(...Array(2600).fill("pgdn")));
  assert.match(shown(end), /var x4999 int/);
  const [up] = after(end, ...press("pgup"));
  assert.doesNotMatch(shown(up), /var x4999 int/);
});

Deno.test("what a plan carries from outside cannot disturb the screen", () => {
  const hostile = "\x1b]8;;http://x\x07link\x1b]8;;\x07\u202e\r\n" +
    "W\u0301\u0301\u0301\u0301".repeat(10_000);
  const plan = planOf(from);
  const Steps = plan.Steps.map((s) =>
    s.Do === "commit" || s.Do === "tag"
      ? { ...s, Message: hostile }
      : s.Do === "branch"
      ? { ...s, Name: hostile }
      : s.Do === "push"
      ? { ...s, Remote: hostile, Refs: [{ Name: hostile, From: null, To: "tag" }] }
      : s
  );
  const Problems = plan.Problems.map((p) => ({ ...p, Text: hostile, Accepted: hostile }));
  assert(from.Planning?.State === "planned");
  let model: Model = withFile(from, hostile);
  model = { ...model, Planning: { ...from.Planning, Plan: { ...plan, Steps, Problems } } };
  for (let i = 0; i < Steps.length; i++) {
    for (const size of Object.values(sizes)) {
      const text = picture(model, size);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|\p{M}{3}/u);
      assert.equal(text.split("\n").length, size.Rows);
    }
    [model] = after(model, ...press("down"));
  }
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(behaviourOf(review).tell(model, review).join(""), /[\x00-\x1f\u202e]/);
});

Deno.test("the review, as it looks", async (t) => {
  const shows = (name: string, model: Model, sizesOf = sizes) =>
    t.step(name, async (t) => {
      for (const size of Object.values(sizesOf)) await t.assertSnapshot(picture(model, size));
    });
  const few = { normal: sizes.normal, small: sizes.small } as typeof sizes;
  await shows("a release", minor);
  await shows("a retraction from the last release", after(from, ...press("v", "1"))[0]);
  const down = Array<string>(5).fill("down");
  await shows("the push of one that retracts itself", after(self, ...press(...down))[0]);
  await shows("nothing is pushed", here, few);
  await shows("not the version", after(minor, ...press("v", "1", "enter"))[0], few);
  await shows("ascii", { ...from, Style: { ...from.Style, ascii: true } }, few);
});
