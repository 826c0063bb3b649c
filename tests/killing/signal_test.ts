/** Ctrl-C, SIGTERM and SIGHUP around a git: the step that runs is finished, and the exit code says what came. */
import assert from "node:assert/strict";
import { cases, seeded } from "../support/random.ts";
import { Template } from "./ground.ts";
import { killed, type Point } from "./killer.ts";
import { boundaries, end, fromAndSelf, patch, retract, type Scenario, Tally } from "./matrix.ts";

const codes = { INT: 130, TERM: 143, HUP: 129 } as const;

Deno.test("a signal leaves a release that resume or undo ends, and never half of one", async () => {
  const random = seeded("signals");
  using template = new Template();
  const tally = new Tally();
  const all: [Scenario, Point][] = [];
  for (const scenario of [patch, retract, fromAndSelf]) {
    const { Writing, Others } = await boundaries(template, scenario);
    for (const point of [...Writing, ...Others]) {
      if (point.At === "before" || point.At === "after") all.push([scenario, point]);
    }
  }
  const points = random.shuffle(all).slice(0, cases(6, all.length));
  for (const [i, [scenario, point]] of points.entries()) {
    using ground = template.copy();
    const signal = (["INT", "TERM", "HUP"] as const)[i % 3]!;
    const ran = await killed(ground, scenario.Args, point, { signal });
    const context = `${scenario.Name}, SIG${signal} at ${JSON.stringify(point)} (${ran.git ?? ""})`;
    const said = `${context}: ${ran.stdout}${ran.stderr}`;
    const document = JSON.parse(ran.stdout);
    tally.end(`SIG${signal} ${point.At} ${ran.git ?? "not reached"}: ${document.State}`);
    if (document.State === "stopped") {
      assert.equal(ran.code, codes[signal], said);
      assert.equal(document.Next, `gorel resume ${scenario.Version}, or gorel undo`, said);
      for (const step of document.Steps) assert.ok(/done|waiting/.test(step.State), said);
    } else {
      // It came too late to stop anything.
      assert.deepEqual([document.State, ran.code], ["pushed", 0], said);
    }
    await end(ground, scenario, random, tally, context);
  }
  console.log(String(tally));
});

Deno.test("on plain lines the way on is named", async () => {
  using template = new Template();
  using ground = template.copy();
  const args = retract.Args.filter((arg) => arg !== "--json");
  const before: Point = { At: "before", Nth: 14 };
  const ran = await killed(ground, args, before, { signal: "TERM" });
  assert.equal(ran.code, 143, ran.stderr);
  assert.match(ran.stdout + ran.stderr, /gorel resume v1\.1\.1, or gorel undo/);
});
