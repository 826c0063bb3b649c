import { strict as assert } from "node:assert";
import { apply } from "../../../../lib/apply/apply.ts";
import { problem } from "../../../../lib/problem.ts";
import { toUnfinished } from "../../../../lib/tui/flow.ts";
import type { Message, Model } from "../../../../lib/tui/model.ts";
import { reach } from "../../../../lib/tui/parting.ts";
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
const release = wire();
const review = await reviewOf(repo, ["retract", "v1.4.1"], {
  reason: "panics on empty frames; use v1.4.2",
  from: "v1.4.2",
});
const plain = await reviewOf(repo, ["minor"]);
repo[Symbol.dispose]();

const plan = planOf(review);
const begun = started(review);
const [pushing] = after(
  begun,
  tick(1),
  ...local(plan),
  ...crossing,
  {
    Is: "output",
    Text: "Enumerating objects: 9, done.\nCounting: 11% (1/9)\rCounting: 100% (9/9), done.\n",
  },
  { Is: "output", Text: "remote: \x1b[31mhello\x1b[0m\u202e from\x1b]0;title\x07 the hook" },
  tick(5),
);

function rowOf(model: Model, name: string): string {
  const row = picture(model, sizes.normal).split("\n").find((r) =>
    new RegExp(`\\d ${name} `).test(r)
  );
  assert(row !== undefined, name);
  return row;
}

Deno.test("each step is to come, runs, is done or failed; local ones begin and end together", () => {
  assert.match(rowOf(begun, "commit"), /^ {2}· 1/);
  const [one] = after(begun, ...local(plan).slice(0, 6), tick(2));
  assert.match(rowOf(one, "commit"), /^ {2}[◐◓◑◒] 1 .* 2\.0 s$/);
  assert.match(rowOf(one, "tag"), /^ {2}· 4/);
  assert.match(rowOf(pushing, "commit"), /^ {2}✓ 1 commit {2}9c0ffee {2}Release/);
  assert.match(rowOf(pushing, "tag"), /✓ 4 tag {5}v1\.4\.3 → 9c0ffee/);
  assert.match(rowOf(pushing, "push"), /^ {2}[◐◓◑◒] 5 .* 4\.0 s$/);
  const [failed] = after(pushing, step({ Id: "push", Do: "push", State: "failed", Detail: "no" }));
  assert.match(rowOf(failed, "push"), /^ {2}✗ 5 push {4}no/);
});

Deno.test("steps after the line turn magenta when it is crossed, not before", () => {
  const behaviour = behaviourOf(top(begun));
  const roles = (model: Model) =>
    behaviour.draw(model, top(model), { Kind: "normal", Rows: 19, Columns: 80, Side: 0 })
      .Main.flat().filter((s) => s.Role === "noReturn").map((s) => s.Text.trim().split(" ")[0]);
  assert.deepEqual(roles(begun), ["━━"]);
  assert.deepEqual(roles(after(begun, ...local(plan))[0]), ["━━"]);
  assert.deepEqual(roles(pushing), ["━━", "push", "ask", "verify"]);
});

Deno.test("what git and hooks say is shown as text, a progress line as it was written last", () => {
  const text = picture(pushing, sizes.normal);
  assert.match(text, /Counting: 100%/);
  assert.doesNotMatch(text, /11%/);
  assert.match(text, /remote: hello from the hook/);
});

Deno.test("o shows everything that was said, from its end, and back", () => {
  const many: Message[] = Array.from(
    { length: 5000 },
    (_, i) => ({ Is: "output", Text: `line ${i}` }),
  );
  const [full] = after(pushing, ...many, ...press("o"));
  assert.match(picture(full, sizes.normal), /line 4999/);
  const [up] = after(full, ...press("pgup", "k"));
  assert.doesNotMatch(picture(up, sizes.normal), /line 4999/);
  const [top] = after(up, ...press(...Array<string>(400).fill("pgup")));
  assert.match(picture(top, sizes.normal), /line 1$/m);
  const [end] = after(top, ...press(...Array<string>(400).fill("pgdn")));
  assert.equal(picture(end, sizes.normal), picture(full, sizes.normal));
  assert.match(picture(after(end, ...press("o"))[0], sizes.normal), /5 push/);
});

Deno.test("^C asks once to stop, then says what it waits for, then ends it", () => {
  const [once, first] = after(pushing, ...press("^c"));
  assert.deepEqual(first, [{ Do: "stop" }]);
  assert.match(picture(once, sizes.normal), /Stopping: git push to origin is finished first/);
  const [twice, second] = after(once, ...press("^c"));
  assert.deepEqual(second, []);
  assert.match(picture(twice, sizes.wide), /Still waiting for git push to origin/);
  const [, third] = after(twice, ...press("^c"));
  assert(third[0]?.Do === "exit");
  assert.equal(third[0].Code, 130);
});

Deno.test("who asked to stop is let out when the step has ended, with the code and what to type", () => {
  const asked = (by: Message, model: Model) => after(model, by)[0];
  const stopped = outcome(plan, "stopped", { Next: "gorel resume v1.4.3, or gorel undo" });
  const [here] = after(begun, ...local(plan));
  const [, one] = after(asked(press("^c")[0]!, here), stopped);
  assert.deepEqual(one, [{
    Do: "exit",
    Code: 130,
    Lines: [
      "The release of example.com/acme/wire v1.4.3 was stopped. Nothing has left this machine.",
      "Next: gorel resume v1.4.3, or gorel undo",
    ],
  }]);
  const [, two] = after(asked({ Is: "signal", Name: "SIGTERM" }, here), stopped);
  assert(two[0]?.Do === "exit" && two[0].Code === 143);
  const [, three] = after(asked({ Is: "signal", Name: "SIGHUP" }, here), stopped);
  assert(three[0]?.Do === "exit" && three[0].Code === 129);
});

Deno.test("^C while the push runs, which then comes through: it is only pending", () => {
  const late = problem("not-yet", "not visible", { fix: "gorel resume v1.4.3" });
  const [, effects] = after(
    pushing,
    ...press("^c"),
    pushed(plan),
    outcome(plan, "pushed", { Problems: [late], Next: "gorel resume v1.4.3" }),
  );
  const exit = effects.at(-1);
  assert(exit?.Do === "exit");
  assert.equal(exit.Code, 8);
  assert.match(exit.Lines.join("\n"), /is out.*\n.*gorel resume v1\.4\.3/s);
});

Deno.test("how far it went stands at the bottom right", () => {
  assert.equal(reach(begun), "nothing changed yet");
  assert.equal(reach(after(begun, ...local(plan).slice(0, 1))[0]), "undo: gorel undo");
  assert.equal(reach(pushing), "pushing: no way back");
  assert.equal(reach(after(pushing, pushed(plan))[0]), "published: no way back");
});

Deno.test("the first rung opens the proof, the plan's own tag step does not", () => {
  const tagged = step({ Id: "tag", Do: "tag", State: "done", Detail: "v1.4.3" });
  assert.equal(top(after(begun, tagged)[0]).Name, "applying");
  assert.equal(top(after(pushing, pushed(plan), ...climbed(plan, "tag"))[0]).Name, "proof");
});

Deno.test("outcome and failure open the end, for every kind of run", () => {
  for (const  of of["resume", "undo"] as const) {
    const [model, effects] = toUnfinished(plain, of, {
      Version: "v1.5.0",
      TagName: "v1.5.0",
    });
    assert.equal(effects[0]?.Do, of);
    const [ended] = after(model, outcome(planOf(plain), of === "undo" ? "undone" : "published"));
    assert.equal(top(ended).Name, "done");
  }
  const [failed] = after(begun, {
    Is: "failed",
    Of: "apply",
    Text: "The disk is full.",
    Problems: [],
  });
  assert.equal(top(failed).Name, "done");
});

Deno.test("the command that does the same is that of the run", () => {
  const command = (model: Model) => behaviourOf(top(model)).command?.(model, top(model));
  assert.deepEqual(command(begun)?.slice(0, 2), ["retract", "v1.4.1"]);
  assert.equal(command(begun)?.at(-1), "--yes");
  assert.deepEqual(command(resumed(plain, "resume", "v1.5.0")), ["resume", "v1.5.0"]);
  assert.deepEqual(command(resumed(plain, "undo", "v1.5.0")), ["undo"]);
});

Deno.test("a real release passes applying and proof to its end, at every size", async () => {
  using _ = release;
  const words = ["retract", "v1.4.1"];
  let model = started(await reviewOf(release, words, { reason: "leaks", from: "v1.4.2" }));
  assert(model.Planning?.State === "planned");
  const seen: string[] = [];
  const hears = (message: Message) => {
    [model] = after(model, message);
    if (seen.at(-1) !== top(model).Name) seen.push(top(model).Name);
    for (const size of Object.values(sizes)) picture(model, size);
  };
  const { Plan, Facts } = model.Planning;
  const result = await apply(Facts.Repo.Git, Plan, {
    signal: new AbortController().signal,
    terminal: false,
    hooks: true,
    wait: 1000,
    out: [],
    onStep: (Step) => {
      hears({ Is: "step", Step });
      if (Step.Do === "push" && Step.State === "begun") {
        assert.match(picture(model), /[·◐] 5 push(.|\n)*pushing: no way back/);
      }
    },
  });
  hears({ Is: "outcome", Outcome: result });
  assert.deepEqual(seen, ["applying", "proof", "done"]);
  assert.match(
    behaviourOf(top(model)).tell(model, top(model))[0]!,
    /is out: the remote has its tag/,
  );
  const states = Object.fromEntries(model.Run!.Steps.map((s) => [s.Id, s.State]));
  for (const step of Plan.Steps) {
    assert(["done", "skipped"].includes(states[step.Id] ?? ""), `${step.Id} ${states[step.Id]}`);
  }
});

Deno.test("there is a way out of every state", () => {
  const { Run: _, ...none } = begun;
  for (const model of [begun, pushing, resumed(plain, "undo", "v1.5.0"), none]) {
    const ways = offered(model).map((o) => o.Action);
    assert(ways.some((a) => a === "back" || a === "quit" || a === "stop"), String(ways));
  }
});

Deno.test("applying, as it looks", async (t) => {
  const three = { normal: sizes.normal, small: sizes.small, wide: sizes.wide };
  const shows = (name: string, model: Model, sizesOf: Partial<typeof sizes> = three) =>
    t.step(name, async (t) => {
      for (const size of Object.values(sizesOf)) await t.assertSnapshot(picture(model, size));
    });
  const few = { normal: sizes.normal, small: sizes.small };
  await shows("it begins", begun, few);
  await shows("the push", pushing);
  await shows("it stops", after(pushing, ...press("^c"))[0], few);
  await shows("all that was said", after(pushing, ...press("o"))[0], few);
  const again = resumed(plain, "resume", "v1.5.0");
  await shows(
    "a resumed release",
    after(again, ...local(planOf(plain)), ...crossing, tick(3))[0],
    few,
  );
  await shows("taking back", after(resumed(plain, "undo", "v1.5.0"), tick(1))[0], few);
  await shows("ascii", { ...pushing, Style: { ...pushing.Style, ascii: true } }, few);
});
