/** A train from the checks to its end: what each screen says of several releases. */
import assert from "node:assert/strict";
import { plan as planned } from "../../../../commands/carry.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { commandLine } from "../../../../lib/tui/command.ts";
import type { Effect, Message, Model, Screen } from "../../../../lib/tui/model.ts";
import { goGets, parting } from "../../../../lib/tui/parting.ts";
import { rungRows } from "../../../../lib/tui/screens/proof/rungs.ts";
import { planRows } from "../../../../lib/tui/screens/review/steps.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { top } from "../../../../lib/tui/turn.ts";
import type { Outcome, Plan } from "../../../../lib/plan/types.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { siblings } from "../../../support/siblings.ts";
import { factsOf, modelOf, sizes } from "../../../support/wire.ts";
import { after, crossing, local, planOf, press, review, step } from "./planned.ts";

using repo = siblings();
const facts = await factsOf(repo);
const services = machine({ ...environment(), ...repo.env });
const Dirs = ["", "codec", "wire"];

/** The train of codec, the root and wire on a screen; the plan is a real one. */
async function trainOn(...screens: Screen[]): Promise<Model> {
  const { Given } = modelOf(facts);
  const Accept = [{ Code: "proxy-unset", Reason: "this test has none" }];
  const Modules = Dirs.map((Dir) => ({ Dir, Bump: "auto" as const }));
  const Draft = { ...Given, Accept, Modules };
  const made = await planned(Draft, { Dir: repo.dir, Modules: [".", "codec", "wire"] }, services);
  assert("Plan" in made);
  const { Dir: _, ...model } = modelOf(facts, { Name: "home", Row: 0 }, ...screens);
  return { ...model, Draft, Planning: { State: "planned", Ticket: 1, ...made } };
}

const onReview = await trainOn(review);
const onChecks: Model = {
  ...onReview,
  Screens: [{ Name: "home", Row: 0 }, { Name: "preflight", Row: 0 }],
};
const plan = planOf(onReview);

function begun(): Model {
  const [model, effects] = after(onReview, ...press(..."v0.4.0", "enter"));
  assert(effects.some((e) => e.Do === "apply"));
  return model;
}

/** The proof of one release up to a rung that waits, or to its end. */
function climbed(tag: string, upTo: "info" | "end"): Message[] {
  const all = ["tag", "info", "mod", "zip", "list", "latest"] as const;
  const done = upTo === "end" ? all : all.slice(0, all.indexOf(upTo));
  return [
    ...done.map((Do) =>
      step({ Id: `${tag}:${Do}`, Do, State: "ok", Detail: `${Do} of it`, Ms: 40 })
    ),
    ...(upTo === "end"
      ? []
      : [step({ Id: `${tag}:info`, Do: "info", State: "waiting", Detail: "404", Next: 5000 })]),
  ];
}

function ended(State: Outcome["State"], from: Model, of: Plan = plan): Model {
  const Releases = of.Releases.map(({ Module, Version, TagName, Expect }) => ({
    ...{ Module, Version, TagName },
    ...{ Sum: Expect.Sum, GoModSum: Expect.GoModSum },
  }));
  const outcome: Outcome = {
    ...{ State, Releases, Commit: "9c0ffee0a1b2c3d4e5f60718293a4b5c6d7e8f90" },
    ...{ Steps: [], Problems: [] },
  };
  return after(from, { Is: "outcome", Outcome: outcome })[0];
}

Deno.test("the plan is of three releases, and the last one requires the others", () => {
  assert.deepEqual(plan.Releases.map((r) => r.TagName), ["codec/v0.2.0", "v1.1.0", "wire/v0.4.0"]);
  const rows = planRows(plan).map((r) => `${r.Name}: ${r.Words}`);
  assert.ok(rows.includes("tag: codec/v0.2.0, v1.1.0, wire/v0.4.0 at the new commit"), `${rows}`);
  assert.ok(rows.includes("push: main + 3 tags to origin, at once"), `${rows}`);
});

Deno.test("only the version of the last release starts it, and the screen says whose it is", () => {
  for (const other of ["v0.2.0", "v1.1.0", "v0.4.0 ", "wire/v0.4.0"]) {
    const [model, effects] = after(onReview, ...press(...other, "enter"));
    assert.equal(top(model).Name, "review", other);
    assert.deepEqual(effects.filter((e: Effect) => e.Do === "apply"), [], other);
  }
  assert.equal(top(begun()).Name, "applying");
  for (const size of Object.values(sizes)) {
    assert.match(picture(onReview, size), /v0\.4\.0 is the last/);
    assert.match(picture(onReview, size), /Type v0\.4\.0/);
  }
  const behaviour = behaviourOf(review);
  assert.equal(
    behaviour.ask?.(onReview, review),
    "Type v0.4.0, of example.com/acme/repo/wire, the last one, to start",
  );
  const said = behaviour.tell(onReview, review);
  assert.equal(said[0], "The plan of 3 modules released together. Nothing has been changed yet.");
  for (const { Module, Version, Expect } of plan.Releases) {
    const at = said.indexOf(`${Module} ${Version}:`);
    assert.deepEqual(said.slice(at + 1, at + 3), [
      `zip ${Expect.Sum}`,
      `go.mod ${Expect.GoModSum}`,
    ]);
  }
});

Deno.test("the checks are of every module, and their titles name none of them alone", () => {
  const shown = picture(onChecks);
  assert.match(shown, /^ example\.com\/acme\/repo › release 3 modules › preflight/);
  assert.match(shown, /the version among the others: good in all 3 modules/);
  assert.match(shown, /nothing uncommitted/);
  assert.match(commandLine(onChecks), /^gorel auto \. codec wire --accept /);
});

Deno.test("while it is carried out the tags are one row, done when all of them are", () => {
  const tags = plan.Steps.filter((s) => s.Do === "tag");
  assert.equal(tags.length, 3);
  const [some] = after(
    begun(),
    ...local(plan).filter((m) => m.Is !== "step" || m.Step.Id !== tags[2]!.Id),
  );
  assert.match(picture(some), /[◐·] \d+ tag {5}codec\/v0\.2\.0, v1\.1\.0, wire\/v0\.4\.0/);
  const [all] = after(begun(), ...local(plan));
  assert.match(picture(all), /✓ \d+ tag {5}codec\/v0\.2\.0, v1\.1\.0, wire\/v0\.4\.0/);
  assert.match(commandLine(all), /^gorel auto \. codec wire .*--yes$/);
});

Deno.test("the proof has a row for each release, and all is out only when every zip is served", () => {
  const [model] = after(
    begun(),
    ...[
      ...local(plan),
      ...crossing,
      ...climbed("codec/v0.2.0", "end"),
      ...climbed("v1.1.0", "info"),
    ],
  );
  assert.deepEqual(
    rungRows(model, model.Run!).map((r) => `${r.Name} ${r.State}`),
    ["codec/v0.2.0 ok", "v1.1.0 waiting", "wire/v0.4.0 to come"],
  );
  for (const size of Object.values(sizes)) {
    assert.match(picture(model, size), /✓ codec\/v0\.2\.0/);
    assert.match(picture(model, size), /1 of 3/);
    assert.doesNotMatch(picture(model, size), /All 3 modules are out/i);
  }
  const [out] = after(model, ...climbed("v1.1.0", "end"), ...climbed("wire/v0.4.0", "end"));
  assert.match(picture(out), /All 3 modules are out\./);
  const wrong = step({ Id: "wire/v0.4.0:zip", Do: "zip", State: "failed", Detail: "another hash" });
  const [failed] = after(out, wrong);
  assert.match(picture(failed), /✗ wire\/v0\.4\.0 .*zip from the proxy: another hash/);
});

Deno.test("the end names every release, and what people type for each", () => {
  const [proven] = after(
    begun(),
    ...plan.Releases.flatMap((r) => climbed(r.TagName, "end")),
  );
  const model = ended("published", proven);
  assert.deepEqual(goGets(model), [
    "go get example.com/acme/repo/codec@v0.2.0",
    "go get example.com/acme/repo@v1.1.0",
    "go get example.com/acme/repo/wire@v0.4.0",
  ]);
  for (const size of [sizes.normal, sizes.wide, sizes.huge]) {
    for (const line of [...goGets(model), ...plan.Releases.map((r) => r.TagName)]) {
      assert.ok(picture(model, size).includes(line), line);
    }
  }
  assert.match(picture(model), /✓ The train of 3 modules is published\./);
  const [, copied] = after(model, ...press("enter"));
  assert.deepEqual(copied, [{ Do: "copy", Text: goGets(model).join("\n") }]);
  const [, left] = after(model, ...press("q"));
  const exit = left.find((e) => e.Do === "exit");
  assert(exit?.Do === "exit");
  assert.match(exit.Lines[0]!, /^Released the train of 3 modules in /);
  assert.deepEqual(exit.Lines.slice(1), goGets(model).map((line) => `  ${line}`));
});

Deno.test("one that was stopped is resumed by the tag that its record is named by", () => {
  const [applied] = after(begun(), ...local(plan));
  const model = ended("stopped", applied);
  const screen = top(model);
  const resume = behaviourOf(screen).rows(model, screen).findIndex((r) => r.Label === "go on");
  const [, effects] = after(model, { Is: "pick", Row: resume });
  assert.deepEqual(effects[0], { Do: "resume", Version: "v0.2.0", TagName: "codec/v0.2.0" });
  assert.match(parting(model)[0]!, /^The release of the train of 3 modules was stopped\./);
});

Deno.test("fifty releases: what stands between, and what is typed, stays in sight", () => {
  const [codec, root, wire] = plan.Releases;
  const more = Array.from({ length: 47 }, (_, i) => {
    const TagName = `pkg/m${i}/v0.1.0`;
    return { ...root!, Module: `example.com/acme/repo/pkg/m${i}`, Dir: `pkg/m${i}`, TagName };
  });
  const [tag] = plan.Steps.filter((s) => s.Do === "tag");
  assert(tag?.Do === "tag");
  const many: Plan = {
    ...plan,
    Releases: [codec!, root!, ...more, wire!],
    Steps: plan.Steps.flatMap((s) =>
      s !== tag ? [s] : [s, ...more.map((m, i) => ({ ...tag, Id: `m${i}`, Name: m.TagName }))]
    ),
  };
  const planned = onReview.Planning?.State === "planned" ? onReview.Planning : undefined;
  const model: Model = { ...onReview, Planning: { ...planned!, Plan: many } };
  const [started] = after(model, ...press(..."v0.4.0", "enter"));
  const [proving] = after(started, ...more.slice(0, 30).flatMap((m) => climbed(m.TagName, "end")));
  const [waits] = after(proving, ...climbed(more[30]!.TagName, "info"));
  const out = ended("published", waits, many);
  for (const size of Object.values(sizes)) {
    assert.match(picture(model, size), /━{5}/);
    assert.match(picture(model, size), /Type v0\.4\.0/);
    assert.match(picture(started, size), /━{5}/);
    assert.match(picture(waits, size), /pkg\/m30\/v0\.1\.0/);
    assert.match(picture(out, size), /(?:and|…) \S*\d+ more/);
    assert.match(picture(out, size), /quit/);
  }
  assert.equal(parting(out).length, 4);
});
