import { strict as assert } from "node:assert";
import type { VerifyDocument } from "../../../../lib/cli/answer.ts";
import { problem } from "../../../../lib/problem.ts";
import type { VerifyStep } from "../../../../lib/verify/ladder.ts";
import { toProof } from "../../../../lib/tui/flow.ts";
import type { Message, Model } from "../../../../lib/tui/model.ts";
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
  waitsWith,
} from "./planned.ts";

const repo = wire();
const review = await reviewOf(repo, ["minor"]);
repo[Symbol.dispose]();

const plan = planOf(review);
const { Sum, GoModSum } = plan.Releases[0]!.Expect;
const other = "h1:AAAAZ5+p5OP+yJFAYOVA/kT+uR2tkUyA1oZXqKLqLCg=";
const [out] = after(started(review), tick(1), ...local(plan), ...crossing, pushed(plan));
const [tag] = after(out, ...climbed(plan, "tag"), tick(9));
const [info] = after(out, ...climbed(plan, "info"), tick(12));
const [list] = after(out, ...climbed(plan, "list"), tick(72));

const [check] = toProof({ ...review, Screens: [{ Name: "home", Row: 0 }] }, "v1.4.2");

/** The rungs of a check, some of them with another end. */
function rungs(other: Partial<Record<VerifyStep["Do"], Partial<VerifyStep>>> = {}): VerifyStep[] {
  const all = climbed(plan, "end").flatMap((m) => m.Is === "step" ? [m.Step] : [])
    .filter((s) => s.State !== "waiting") as VerifyStep[];
  return all.map((s) => ({ ...s, ...other[s.Do] }));
}

function verified(
  State: VerifyDocument["State"],
  Steps = rungs(),
  Problems: VerifyDocument["Problems"] = [],
): Message {
  const Module = "example.com/acme/wire";
  return {
    Is: "verified",
    Document: { Module, Version: "v1.4.2", State, Steps, Sum, GoModSum, Problems },
  };
}

const lies = `The zip of example.com/acme/wire@v1.4.2 at the proxy has the hash ${other}, but ` +
  `${Sum} was released (http://127.0.0.1).`;
const notReached = { State: "not-asked", Detail: "not reached" } as const;
const mismatch = verified(
  "failed",
  rungs({
    "zip": { State: "failed", Detail: lies },
    "checksum-database": notReached,
    "list": notReached,
    "latest": notReached,
  }),
  [problem("hash-mismatch", lies, { fix: "compare both" })],
);

Deno.test("what is certain is said as it becomes certain, and never before", () => {
  assert.match(picture(tag), /Nobody else is asked before the remote shows v1\.5\.0/);
  assert.doesNotMatch(picture(tag), /is out|go get/);
  assert.match(picture(info), /v1\.5\.0 is on the remote\. A proxy may need minutes/);
  assert.doesNotMatch(picture(info), /is out|go get/);
  assert.match(picture(list), /✓ v1\.5\.0 is out: {2}go get example\.com\/acme\/wire@v1\.5\.0/);
});

Deno.test("the server's own words are there, with how long ago it was asked", () => {
  assert.match(picture(info), new RegExp(`asked 11 s ago .*\n  ${waitsWith.slice(0, 60)}`));
  const again = step({ Id: "v1.5.0:info", Do: "info", State: "waiting", Detail: "answered 410" });
  const [asked] = after(info, again);
  assert.match(picture(asked), /asked just now/);
  assert.match(picture(after(asked, tick(15))[0]), /asked 3 s ago/);
  assert.match(picture(after(info, ...press("o"))[0]), /try\n? *again in a minute/);
});

Deno.test("rungs that do not apply are not counted", () => {
  assert.match(picture(list), / 4 of 6/);
  const skipped = ["info", "mod", "zip"].map((Do) =>
    step({ Id: `v1.5.0:${Do}`, Do, State: "skipped", Detail: "GOPROXY is off" })
  );
  const [off] = after(tag, step({ Id: "v1.5.0:tag", Do: "tag", State: "ok" }), ...skipped);
  assert.match(picture(off), / 1 of 3/);
  assert.match(picture(off), /no proxy is asked about it/);
});

Deno.test("a seal is shown only of a hash that is known, and judged on the whole of it", () => {
  const seals = (model: Model) =>
    picture(model, sizes.wide).split("\n").filter((r) => r.includes("╭─"))[0] ?? "";
  assert.match(seals(tag), /here .* proxy/);
  assert.match(picture(tag, sizes.wide), /The hash that the proxy must have, too/);
  assert.match(picture(list, sizes.wide), /Pictures of one hash/);
  assert.doesNotMatch(seals(list), /checksum/);
  assert.doesNotMatch(picture(list, sizes.normal), /╭/);
  const [bad] = after(check, mismatch);
  assert.match(picture(bad, sizes.wide), / ≠ /);
  assert.match(picture(bad, sizes.wide), /the proxy serves other code/);
});

Deno.test("q leaves at once: it is only pending, and the shell keeps what to type", () => {
  const [, effects] = after(info, ...press("q"));
  assert.deepEqual(effects, [{ Do: "stop" }, {
    Do: "exit",
    Code: 8,
    Lines: [
      "example.com/acme/wire v1.5.0 is out; its proof was left, and nothing is lost.",
      "Next: gorel resume v1.5.0",
    ],
  }]);
});

Deno.test("^C leaves with 8 and a signal with its own code, when what runs has ended", () => {
  const late = problem("not-yet", "not visible", { fix: "gorel resume v1.5.0" });
  const end = outcome(plan, "pushed", { Problems: [late], Next: "gorel resume v1.5.0" });
  for (const [by, code] of [["SIGINT", 8], ["SIGTERM", 143], ["SIGHUP", 129]] as const) {
    const [stopping, first] = after(info, { Is: "signal", Name: by });
    assert.deepEqual(first, [{ Do: "stop" }]);
    assert.match(picture(stopping), /Stopping; nothing is lost/);
    const [, last] = after(stopping, end);
    assert(last[0]?.Do === "exit");
    assert.equal(last[0].Code, code, by);
  }
});

Deno.test("the end of a release is a screen of its own", () => {
  assert.equal(top(after(list, outcome(plan, "published"))[0]).Name, "done");
  assert.equal(
    top(after(list, { Is: "failed", Of: "apply", Text: "x", Problems: [] })[0]).Name,
    "done",
  );
});

Deno.test("a check that ended stays, with its verdict, and can be tried again or left", () => {
  const ends: [Message, RegExp][] = [
    [verified("published"), /is published: users get exactly this tag/],
    [verified("published", rungs({ zip: { State: "skipped" } })), /No proxy was asked/],
    [
      verified("pending", rungs({ list: { State: "waiting" } }), [
        problem("not-yet", "the list does not have it yet"),
      ]),
      /is not visible everywhere yet(.|\n)*the list does not have it yet/,
    ],
    [mismatch, /is not what it should be(.|\n)*hash-mismatch/],
    [
      {
        Is: "failed",
        Of: "apply",
        Text: "x",
        Problems: [problem("revision-unknown", "v1.4.2 is not here.")],
      },
      /could not be checked(.|\n)*v1\.4\.2 is not here/,
    ],
    [{ Is: "failed", Of: "apply", Text: "git was not found.", Problems: [] }, /git was not found/],
  ];
  for (const [message, words] of ends) {
    const [model] = after(check, message);
    assert.equal(top(model).Name, "proof");
    assert.match(picture(model).replaceAll(/ *\n +/g, " "), words);
    const [again, effects] = after(model, ...press("R"));
    assert(effects[0]?.Do === "verify" && effects[0].Version === "v1.4.2");
    assert.equal(again.Screens.length, 2);
    const [home] = after(model, ...press("esc"));
    assert.equal(top(home).Name, "home");
    assert.equal(home.Run, undefined);
  }
});

Deno.test("esc while a check runs ends it first, so that no late answer meets another run", () => {
  const [leaving, effects] = after(check, ...press("esc"));
  assert.deepEqual(effects, [{ Do: "stop" }]);
  assert.equal(top(leaving).Name, "proof");
  assert.equal(after(leaving, ...press("esc"))[1].length, 0);
  for (
    const end of [
      verified("pending"),
      { Is: "failed", Of: "apply", Text: "x", Problems: [] } as Message,
    ]
  ) {
    const [home] = after(leaving, end);
    assert.equal(top(home).Name, "home");
    assert.equal(home.Run, undefined);
  }
});

Deno.test("a check alone on the screens has a way out with the code of its verdict", () => {
  const alone = (message: Message): Model => {
    const [model] = after({ ...check, Screens: check.Screens.slice(-1) }, message);
    return model;
  };
  const codes = [["published", 0], ["pending", 8], ["failed", 1]] as const;
  for (const [state, code] of codes) {
    const [, effects] = after(alone(verified(state)), ...press("q"));
    assert(effects[0]?.Do === "exit");
    assert.equal(effects[0].Code, code);
  }
});

Deno.test("rows of a check copy what users type", () => {
  const [model] = after(check, verified("published"));
  assert.deepEqual(after(model, { Is: "pick", Row: 0 })[1], [
    { Do: "copy", Text: "go get example.com/acme/wire@v1.4.2" },
  ]);
});

Deno.test("leaving is the same command: the journal's for a release, a new look for a check", () => {
  const command = (model: Model) => behaviourOf(top(model)).command?.(model, top(model));
  assert.deepEqual(command(info), ["resume", "v1.5.0"]);
  assert.deepEqual(command(check), ["verify", "v1.4.2", "--wait", "30m"]);
});

Deno.test("there is a way out of every state", () => {
  const { Run: _, ...none } = list;
  for (const model of [tag, list, check, after(check, mismatch)[0], none]) {
    assert(offered(model).some((o) => o.Action === "back" || o.Action === "quit"));
  }
});

Deno.test("what servers say cannot disturb the screen", () => {
  const Detail = "\x1b[2J\x1b]0;x\x07\u202e" + "界\u0301\u0301\u0301".repeat(3000) + "\r\nx";
  const [model] = after(info, step({ Id: "v1.5.0:info", Do: "info", State: "waiting", Detail }));
  for (const shown of [model, after(model, ...press("o"))[0]]) {
    for (const size of Object.values(sizes)) {
      const text = picture(shown, size);
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|\p{M}{3}/u);
      assert.equal(text.split("\n").length, size.Rows);
    }
  }
});

Deno.test("the proof, as it looks", async (t) => {
  const three = { normal: sizes.normal, small: sizes.small, wide: sizes.wide };
  const shows = (name: string, model: Model, sizesOf: Partial<typeof sizes> = three) =>
    t.step(name, async (t) => {
      for (const size of Object.values(sizesOf)) await t.assertSnapshot(picture(model, size));
    });
  const few = { normal: sizes.normal, small: sizes.small };
  await shows("the remote", tag, few);
  await shows("the proxy", info, few);
  await shows("only lists are left", list);
  await t.step("only lists are left, 100x30", async (t) => {
    await t.assertSnapshot(picture(list, { Columns: 100, Rows: 30 }));
  });
  await shows("answers", after(list, ...press("o"))[0], few);
  const again = after(resumed(review, "resume", "v1.5.0"), pushed(plan), ...climbed(plan, "list"));
  await shows("of a resumed release", again[0], { wide: sizes.wide });
  await shows("a check runs", after(check, ...climbed(plan, "info"), tick(4))[0], few);
  await shows("a check that is published", after(check, verified("published"))[0]);
  await shows("a check of other code", after(check, mismatch)[0]);
  const ascii = after(check, mismatch)[0];
  await shows("ascii", { ...ascii, Style: { ...ascii.Style, ascii: true } }, three);
});
