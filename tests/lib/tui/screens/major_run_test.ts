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
const plan = planOf(review);
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
  assert.match(shown, /1 prove {3}go build, on a copy +3\.0 s/);
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
  assert.deepEqual(rows(failed), ["back to the checks", "accept it", "home", "quit"]);
  const [checks, effects] = choose(failed, "back to the checks");
  assert.equal(top(checks).Name, "preflight");
  assert.deepEqual(effects.map((e) => e.Do), ["plan"]);
  const [accepted, asked] = choose(failed, "accept it");
  assert.match(commandLine(accepted), /--accept build-failed/);
  assert(asked[0]?.Do === "plan");
  assert.ok(asked[0].Choices.Accept.some((a) => a.Code === "build-failed"));
});

Deno.test("after it the old major can be deprecated, from its last release", () => {
  const [done] = after(
    proving,
    step({ Id: "line", Do: "line", State: "done" }),
    step({ Id: "push", Do: "push", State: "done" }),
    outcome(plan, "published", {
      Releases: [{
        Module: "example.com/acme/wire/v2",
        Version: "v2.0.0",
        TagName: "v2.0.0",
        Sum: plan.Releases[0]!.Expect.Sum,
        GoModSum: plan.Releases[0]!.Expect.GoModSum,
      }],
    }),
  );
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

Deno.test("how it looks", async (t) => {
  for (
    const [name, model, of] of [
      ["the review", review, ["normal", "small", "wide"]],
      ["the kept branch", after(review, ...press("down", "down", "down"))[0], [
        "wide",
      ]],
      ["the proof", proving, ["normal", "small"]],
    ] as const
  ) {
    await t.step(name, async (t) => {
      for (const size of of) await t.assertSnapshot(picture(model, sizes[size]));
    });
  }
});
