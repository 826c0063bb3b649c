/** A new major from its plan to its end: the proof before it, and what is offered after it. */
import assert from "node:assert/strict";
import { problem } from "../../../../lib/problem.ts";
import type { Effect, Model } from "../../../../lib/tui/model.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { reach } from "../../../../lib/tui/parting.ts";
import { quitExit } from "../../../../lib/tui/exits.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { picture } from "../../../support/pictures.ts";
import { sizes, wire } from "../../../support/wire.ts";
import { after, outcome, planOf, press, reviewOf, started, step, tick } from "./planned.ts";

const repo = wire();
repo.commit("feat!: codecs", {
  "codec/json.go": 'package codec\n\nimport _ "example.com/acme/wire/internal/pool"\n',
  "internal/pool/pool.go": "package pool\n",
});
repo.git("push", "-q", "origin", "main");
Deno.test.afterAll(() => repo[Symbol.dispose]());

const review = await reviewOf(repo, ["major"], { keepBranch: "release-v1" });
const applying = started(review);

const proving = after(
  applying,
  step({ Id: "prove-tidy", Do: "prove", State: "begun" }),
  step({ Id: "prove-tidy", Do: "prove", State: "done", Detail: "tidy", Ms: 400 }),
  step({ Id: "prove-build", Do: "prove", State: "begun" }),
  tick(3),
  { Is: "output", Text: "go: downloading example.org/x v1.0.0\n" },
)[0];

function rows(model: Model): string[] {
  return behaviourOf(top(model)).rows(model, top(model)).map((row) => row.Label);
}

function choose(model: Model, label: string): [Model, Effect[]] {
  const at = rows(model).indexOf(label);
  assert(at >= 0, rows(model).join(", "));
  return after(model, ...press("home", ...Array<string>(at).fill("down"), "enter"));
}

Deno.test("the proof stands before the line, shows its time and go's last line, and wrote nothing", () => {
  const shown = picture(proving);
  assert.match(shown, /1 build {3}tidy 0\.4 s · build runs · vet +3\.0 s/);
  assert.match(shown, /output of go build/);
  assert.match(shown, /go: downloading example\.org\/x v1\.0\.0/);
  assert.match(shown, /nothing is written yet/);
  assert.equal(reach(proving), "nothing changed yet");
});

Deno.test("a refused proof says go's words, that nothing was written, and leads back to the checks", () => {
  const Text = "example.com/acme/wire/v2 does not build: codec/json.go:3:8: no such package.";
  const [failed] = after(
    proving,
    step({ Id: "prove-build", Do: "prove", State: "failed", Detail: Text }),
    {
      Is: "failed",
      Of: "apply",
      Text,
      Problems: [problem("build-failed", Text, { fix: "mend it, or --accept build-failed" })],
    },
  );
  assert.equal(top(failed).Name, "done");
  assert.match(picture(failed), /was not begun: nothing was written/);
  assert.match(picture(failed), /codec\/json\.go:3:8: no such/);
  assert.equal(quitExit(failed), 3);
  assert.deepEqual(rows(failed), [
    "back to the checks",
    "back to the rewrite",
    "accept it",
    "home",
    "quit",
  ]);
  const [checks, effects] = choose(failed, "back to the checks");
  assert.equal(top(checks).Name, "preflight");
  assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
  const [rewrite, mentions] = choose(failed, "back to the rewrite");
  assert.deepEqual(rewrite.Screens.map((s) => s.Name), ["home", "major"]);
  assert.equal(rewrite.Run, undefined);
  assert.deepEqual(mentions.map((e) => e.Do), ["mentions"]);
  assert.equal(commandLine(rewrite), commandLine(review));
  const [accepted, asked] = choose(failed, "accept it");
  assert.match(commandLine(accepted), /--accept build-failed/);
  assert(asked[0]?.Do === "plan");
  assert.ok(asked[0].Choices.Accept.some((a) => a.Code === "build-failed"));
});

/** The end of a release that came out. */
function published(review: Model): Model {
  const plan = planOf(review);
  const { Sum, GoModSum } = plan.Releases[0]!.Expect;
  return after(
    started(review),
    step({ Id: "line", Do: "line", State: "done" }),
    step({ Id: "push", Do: "push", State: "done" }),
    outcome(plan, "published", {
      Releases: [{
        Module: "example.com/acme/wire/v2",
        Version: "v2.0.0",
        TagName: "v2.0.0",
        Sum,
        GoModSum,
      }],
    }),
  )[0];
}

Deno.test("after it the old major can be deprecated, from its last release", async () => {
  const done = published(await reviewOf(repo, ["major"]));
  assert.match(picture(done), /go get example\.com\/acme\/wire\/v2@v2\.0\.0/);
  assert.match(picture(done).replace(/\s+/g, " "), /stay where they are, also with/);
  const [editor, effects] = choose(done, "deprecate v1");
  const screen = top(editor);
  assert(screen.Name === "deprecate");
  assert.equal(screen.Reason.Text, "use example.com/acme/wire/v2");
  assert.deepEqual(effects, [{ Do: "gather", From: "v1.4.2", Dir: "" }]);
  assert.equal(
    commandLine(editor),
    "gorel deprecate --from v1.4.2 --reason 'use example.com/acme/wire/v2'",
  );
});

Deno.test("where the old major has a branch, its deprecation belongs there: the commands are copied", () => {
  const done = published(review);
  const said = "git switch release-v1 && gorel deprecate --reason 'use example.com/acme/wire/v2'";
  for (const size of [sizes.normal, sizes.wide]) {
    assert.ok(
      picture(done, size).replace(/\s*│?\s+/g, " ").includes("git switch release-v1 && gorel"),
    );
  }
  assert.ok(behaviourOf(top(done)).tell(done, top(done)).some((line) => line.includes(said)));
  assert.ok(!rows(done).includes("deprecate v1"));
  const [after_, effects] = choose(done, "copy how to deprecate v1");
  assert.equal(top(after_).Name, "done");
  assert.deepEqual(effects, [{ Do: "copy", Text: said }]);
  assert.match(after_.Note!, /git switch release-v1/);
  const elsewhere = { ...done, Chdir: ["../my wire"] };
  assert.deepEqual(choose(elsewhere, "copy how to deprecate v1")[1], [{
    Do: "copy",
    Text: "git -C '../my wire' switch release-v1 && " +
      "gorel -C '../my wire' deprecate --reason 'use example.com/acme/wire/v2'",
  }]);
});

Deno.test("the end of a release of the old path names it, whatever HEAD's path is", async () => {
  const deprecation = await reviewOf(repo, ["deprecate"], { reason: "use v2", from: "v1.4.2" });
  const run = after(started(deprecation), outcome(planOf(deprecation), "published"))[0];
  const [module] = run.Facts!.Modules;
  const Modules = [{ ...module!, Path: "example.com/acme/wire/v2" }];
  const done = { ...run, Facts: { ...run.Facts!, Modules } };
  assert.match(picture(done), /^ example\.com\/acme\/wire › released v1\.4\.3/);
  assert.match(picture(published(review)), /^ example\.com\/acme\/wire\/v2 › released v2\.0\.0/);
});

Deno.test("in a small window the line, the push and the highlighted step are always seen", () => {
  let model = { ...review, Size: sizes.small };
  const all = behaviourOf(top(model)).rows(model, top(model)).length;
  for (let at = 0; at < all; at++) {
    const shown = picture(model, sizes.small).split("\n");
    const line = shown.findIndex((row) => row.includes("━━"));
    const push = shown.findIndex((row) => /\d push .*✗/.test(row));
    assert.ok(line > 0 && push > line, shown.join("\n"));
    assert.ok(shown.some((row) => row.startsWith(`  › ${at + 1} `)), shown.join("\n"));
    assert.ok(shown.some((row) => row.includes(`${at + 1} of ${all}`)), shown.join("\n"));
    assert.match(shown.join("\n"), /[↑↓] \d (more )?steps?/);
    assert.match(shown.join("\n"), /Type v2\.0\.0: ▌/);
    [model] = after(model, ...press("down")) as [typeof model, Effect[]];
  }
});

Deno.test("folded steps leave room for the words that nothing is pushed", async () => {
  const model = await reviewOf(repo, ["major"], { keepBranch: "release-v1", push: false });
  const [Plan, Planning] = [planOf(model), model.Planning];
  assert(Planning?.State === "planned");
  const commit = Plan.Steps.find((step) => step.Do === "commit")!;
  const Steps = [...Plan.Steps, { ...commit, Id: "one" }, { ...commit, Id: "two" }];
  const long = { ...model, Planning: { ...Planning, Plan: { ...Plan, Steps } } };
  assert.match(picture(long, sizes.small), /more steps, undo ✓\n +nothing leaves this machine/);
});

Deno.test("how it looks", async (t) => {
  for (
    const [name, model, of] of [
      ["the review", review, ["normal", "small", "wide"]],
      ["the kept branch", after(review, ...press("down", "down", "down"))[0], [
        "wide",
      ]],
      ["the push", after(review, ...press(...Array<string>(5).fill("down")))[0], ["small"]],
      ["the end", published(review), ["normal", "small", "wide"]],
      ["the proof", proving, ["normal", "small"]],
    ] as const
  ) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});
