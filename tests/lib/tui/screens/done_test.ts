import { strict as assert } from "node:assert";
import { problem } from "../../../../lib/problem.ts";
import { quitExit } from "../../../../lib/tui/exits.ts";
import type { Effect, Message, Model } from "../../../../lib/tui/model.ts";
import { parting, reach } from "../../../../lib/tui/parting.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { offered } from "../../../../lib/tui/update.ts";
import { picture } from "../../../support/pictures.ts";
import { sizes, wire } from "../../../support/wire.ts";
import {
  after,
  climbed,
  crossing,
  local,
  outcome,
  planOf,
  press,
  pushed,
  resumed,
  reviewOf,
  started,
  step,
  tick,
} from "./planned.ts";

const repo = wire();
const minor = await reviewOf(repo, ["minor"]);
const candidate = await reviewOf(repo, ["minor"], { pre: "rc" });
const retract = await reviewOf(repo, ["retract", "v1.4.1"], {
  reason: "panics on empty frames",
  from: "v1.4.2",
});
const self = await reviewOf(repo, ["retract", "v1.4.2"], {
  reason: "panics on empty frames; use v1.4.1",
  from: "v1.4.2",
  self: true,
});
const deprecate = await reviewOf(repo, ["deprecate"], { reason: "use example.com/acme/cable" });
const here = await reviewOf(repo, ["minor"], { push: false });
repo[Symbol.dispose]();

/** The run of a plan, as far as it went, and how it ended. */
function ended(
  review: Model,
  far: "begun" | "local" | "pushing" | "refused" | "pushed" | "proven",
  end: Message,
): Model {
  const plan = planOf(review);
  const news: Message[] = [tick(1)];
  if (far !== "begun") news.push(...local(plan));
  if (!["begun", "local"].includes(far)) news.push(...crossing);
  if (far === "refused") news.push(step({ Id: "push", Do: "push", State: "failed", Detail: "no" }));
  if (far === "pushed" || far === "proven") news.push(pushed(plan));
  if (far === "proven") news.push(...climbed(plan, "end"));
  return after(started(review), ...news, tick(101), end)[0];
}

const goOn = { Next: "gorel resume v1.5.0" };
const orUndo = { Next: "gorel resume v1.5.0, or gorel undo" };
const notYet = problem(
  "not-yet",
  "example.com/acme/wire@v1.5.0 is not visible everywhere after 300 seconds: the proxy does not know it yet (http://127.0.0.1:8080 answered 404).",
  { fix: "gorel resume v1.5.0" },
);
const refused = problem(
  "push-refused",
  "origin refused the push (main: protected branch hook declined); nothing moved there.",
  { fix: "mend what it says and gorel resume, or take the local steps back with gorel undo" },
);
const broken = problem(
  "remote-unreachable",
  "The push to origin broke off (ssh: connection lost), and the remote does not say whether it came through.",
  { fix: "gorel resume asks again and goes on" },
);
const mismatch = problem(
  "hash-mismatch",
  "The zip of example.com/acme/wire@v1.5.0 at the proxy has another hash than what was released.",
  { fix: "compare both; a version that is out never changes, so release the next one" },
);
const plan = planOf(minor);

const ends = {
  published: ended(minor, "proven", outcome(plan, "published")),
  "not yet": ended(minor, "pushed", outcome(plan, "pushed", { ...goOn, Problems: [notYet] })),
  pushed: ended(minor, "pushed", outcome(plan, "pushed", { Next: "gorel verify v1.5.0" })),
  merge: ended(minor, "pushed", outcome(plan, "waiting-merge", { Next: "gorel resume v1.5.0" })),
  local: ended(here, "local", outcome(planOf(here), "local", goOn)),
  stopped: ended(minor, "local", outcome(plan, "stopped", orUndo)),
  refused: ended(minor, "refused", outcome(plan, "failed", { ...goOn, Problems: [refused] })),
  broken: ended(minor, "refused", outcome(plan, "failed", { ...goOn, Problems: [broken] })),
  mismatch: ended(minor, "pushed", outcome(plan, "failed", { ...goOn, Problems: [mismatch] })),
  undone: after(resumed(minor, "undo", "v1.5.0"), outcome(plan, "undone"))[0],
  nothing: after(resumed(minor, "resume", "v1.5.0"), outcome(plan, "nothing", { Releases: [] }))[0],
  locked: ended(minor, "begun", {
    Is: "failed",
    Of: "apply",
    Text: "Another gorel is at work.",
    Problems: [problem("locked", "Another gorel is at work here (process 4711).")],
  }),
  disk: ended(minor, "local", {
    Is: "failed",
    Of: "apply",
    Text: "The disk is full.",
    Problems: [],
  }),
} satisfies Record<string, Model>;

/** Exit code, how far, the rows, and what has to be read. */
const table: Record<keyof typeof ends, [number, string, string[], RegExp]> = {
  published: [
    0,
    "published: no way back",
    ["copy what users type", "check it", "home", "quit"],
    /is published\./,
  ],
  "not yet": [8, "published: no way back", [
    "go on waiting",
    "copy what users type",
    "home",
    "quit",
  ], /is out, but not visible everywhere yet/],
  pushed: [
    0,
    "published: no way back",
    ["copy what users type", "check it", "home", "quit"],
    /is out: the remote has it/,
  ],
  merge: [
    8,
    "published: no way back",
    ["home", "quit"],
    /waits for a merge(.|\n)*→ gorel resume v1\.5\.0/,
  ],
  local: [
    0,
    "undo: gorel undo",
    ["push it", "take it back", "home", "quit"],
    /made here\. Nothing has left/,
  ],
  stopped: [
    130,
    "undo: gorel undo",
    ["go on", "take it back", "home", "quit"],
    /was stopped\. Nothing has left/,
  ],
  refused: [
    1,
    "undo: gorel undo",
    ["go on", "take it back", "home", "quit"],
    /failed\. Nothing has left(.|\n)*protected branch/,
  ],
  broken: [
    1,
    "the remote knows: gorel resume",
    ["go on", "take it back", "home", "quit"],
    /gorel resume asks the remote/,
  ],
  mismatch: [
    1,
    "published: no way back",
    ["prove it again", "home", "quit"],
    /It was pushed: it is out, and stays out/,
  ],
  undone: [0, "taken back", ["home", "quit"], /is taken back: refs, index and files/],
  nothing: [0, "nothing changed yet", ["home", "quit"], /nothing to release/],
  locked: [
    3,
    "nothing changed yet",
    ["home", "quit"],
    /was not begun: nothing was written(.|\n)*process 4711/,
  ],
  disk: [
    1,
    "undo: gorel undo",
    ["go on", "take it back", "home", "quit"],
    /Failed while releasing(.|\n)*The disk is full/,
  ],
};

for (const name of Object.keys(table) as (keyof typeof ends)[]) {
  Deno.test(`the end "${name}" has its code, its reach, its rows and its words`, () => {
    const model = ends[name];
    const [code, far, rows, words] = table[name];
    const screen = top(model);
    const behaviour = behaviourOf(screen);
    assert.equal(screen.Name, "done");
    assert.equal(quitExit(model), code);
    assert.equal(reach(model), far);
    assert.deepEqual(behaviour.rows(model, screen).map((r) => r.Label), rows);
    const unbroken = (text: string) => text.replaceAll(/ *\n +/g, " ");
    assert.match(unbroken(picture(model)), words);
    assert.match(behaviour.tell(model, screen).join("\n").replaceAll("Next: ", "→ "), words);
    const [, effects] = after(model, ...press("q"));
    assert.deepEqual(effects, [{ Do: "exit", Code: code, Lines: parting(model) }]);
    const lines = parting(model);
    assert(lines.length >= 1 && lines.length <= 4);
    const [, by] = after(model, { Is: "signal", Name: "SIGTERM" });
    assert(by[0]?.Do === "exit" && by[0].Code === 143);
    for (const size of Object.values(sizes)) {
      const shown = picture(model, size);
      for (const row of rows.slice(0, size === sizes.small ? 3 : 9)) {
        assert(shown.includes(row), row);
      }
    }
  });
}

Deno.test("what stays in the shell is the receipt", () => {
  assert.deepEqual(parting(ends.published), [
    "Released example.com/acme/wire v1.5.0 in 101 s.",
    "  go get example.com/acme/wire@v1.5.0",
  ]);
  assert.deepEqual(parting(ends["not yet"]), [
    "example.com/acme/wire v1.5.0 is out, not visible everywhere yet.",
    "Next: gorel resume v1.5.0",
  ]);
  assert.deepEqual(parting(ends.broken), [
    "The release of example.com/acme/wire v1.5.0 failed. The push broke off: gorel resume asks the remote what came of it.",
    "Next: gorel resume v1.5.0",
  ]);
  assert.deepEqual(parting(ends.locked), ["Another gorel is at work."]);
  assert.deepEqual(parting(ends.disk), [
    "The disk is full.",
    "Next: gorel resume v1.5.0, or gorel undo",
  ]);
  const { Run: _, ...none } = minor;
  assert.deepEqual(parting(none), ["Nothing was changed."]);
});

/** What choosing a row does. */
function chosen(model: Model, label: string): [Model, Effect[]] {
  const at = behaviourOf(top(model)).rows(model, top(model)).findIndex((r) => r.Label === label);
  assert(at >= 0, label);
  return after(model, ...press(...Array<string>(at).fill("down"), "enter"));
}

Deno.test("rows do what they say", () => {
  assert.deepEqual(chosen(ends.published, "copy what users type")[1], [
    { Do: "copy", Text: "go get example.com/acme/wire@v1.5.0" },
  ]);
  assert.equal(chosen(ends.published, "quit")[1][0]?.Do, "exit");
  assert.deepEqual(chosen(ends["not yet"], "go on waiting")[1], [
    { Do: "resume", Version: "v1.5.0", TagName: "v1.5.0" },
  ]);
  assert.deepEqual(chosen(ends.stopped, "take it back")[1], [{ Do: "undo" }]);
  const [home, effects] = chosen(ends.published, "home");
  assert.equal(top(home).Name, "home");
  assert.deepEqual(effects.map((e) => e.Do), ["gather"]);
});

Deno.test("a release that nobody agreed to push is not pushed by one Enter", () => {
  const [model, effects] = chosen(ends.local, "push it");
  assert.deepEqual(effects.map((e) => e.Do), ["gather"]);
  assert.equal(top(model).Name, "unfinished");
  const [, again] = chosen(ends.refused, "go on");
  assert.deepEqual(again, [{ Do: "resume", Version: "v1.5.0", TagName: "v1.5.0" }]);
});

Deno.test("a check that was begun from the end comes back to it, with its receipt", () => {
  const [check, effects] = chosen(ends.published, "check it");
  assert.equal(effects[0]?.Do, "verify");
  const [back] = after(
    check,
    { Is: "failed", Of: "apply", Text: "offline", Problems: [] },
    ...press("esc"),
  );
  assert.equal(back.Run, ends.published.Run);
  assert.match(picture(back), /is published/);
});

Deno.test("what is said to users holds for what was released", () => {
  const says = (review: Model) => {
    const model = ended(review, "proven", outcome(planOf(review), "published"));
    return behaviourOf(top(model)).tell(model, top(model)).join("\n");
  };
  assert.match(says(minor), /go get -u, or @latest, moves a user to it\./);
  assert.match(says(candidate), /@latest stays v1\.4\.2, so it has to be asked for by its name/);
  assert.doesNotMatch(says(candidate), /moves a user/);
  assert.match(says(retract), /Who uses v1\.4\.1 keeps it.*go get warns with the reason/);
  assert.match(says(self), /^go get example\.com\/acme\/wire@latest$/m);
  assert.doesNotMatch(says(self), /go get example\.com\/acme\/wire@v1\.4\.3/);
  assert.match(says(self), /@latest is v1\.4\.1\. v1\.4\.3 only carries the retraction/);
  assert.match(says(deprecate), /show the deprecation/);
});

Deno.test("problems of the plan that were read before do not come again", () => {
  assert.doesNotMatch(picture(ends.mismatch), /No module proxy is known/);
});

Deno.test("there is a way out, also without a run", () => {
  const { Run: _, ...none } = ends.published;
  for (const model of [...Object.values(ends), none]) {
    assert(offered(model).some((o) => o.Action === "quit"));
    picture(model);
  }
});

Deno.test("the end, as it looks", async (t) => {
  const three = { normal: sizes.normal, small: sizes.small, wide: sizes.wide };
  const shows = (name: string, model: Model, sizesOf: Partial<typeof sizes> = three) =>
    t.step(name, async (t) => {
      for (const size of Object.values(sizesOf)) await t.assertSnapshot(picture(model, size));
    });
  const few = { normal: sizes.normal, small: sizes.small };
  for (const [name, model] of Object.entries(ends)) {
    await shows(name, model, name === "published" || name === "refused" ? sizes : few);
  }
  const done = (review: Model) => ended(review, "proven", outcome(planOf(review), "published"));
  await shows("a retraction", done(retract));
  await shows("a retraction of itself", done(self));
  await shows("a pre-release", done(candidate), few);
  await shows("a deprecation", done(deprecate), few);
  const ascii = done(retract);
  await shows("ascii", { ...ascii, Style: { ...ascii.Style, ascii: true } }, few);
});
