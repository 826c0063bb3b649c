/** What `.gorel.toml` says, on home and among the checks. */
import assert from "node:assert/strict";
import { configured } from "../../../../lib/cli/configured.ts";
import { defaults } from "../../../../lib/cli/flags.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { toChoices } from "../../../../lib/cli/options.ts";
import { gather } from "../../../../lib/facts/gather.ts";
import type { Facts } from "../../../../lib/facts/types.ts";
import { build } from "../../../../lib/plan/build.ts";
import type { Problem } from "../../../../lib/problem.ts";
import { draftRelease } from "../../../../lib/tui/draft.ts";
import { toPreflight } from "../../../../lib/tui/flow.ts";
import type { Model, News } from "../../../../lib/tui/model.ts";
import { behaviourOf } from "../../../../lib/tui/screens.ts";
import { itemsOf } from "../../../../lib/tui/screens/preflight/list.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { environment } from "../../../support/gorel.ts";
import { picture } from "../../../support/pictures.ts";
import { factsOf, modelOf, sizes, wire } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

const repo = wire();
Deno.test.afterAll(() => repo[Symbol.dispose]());
const services = machine({ ...environment(), ...repo.env });

/** The facts, and what the flags are then, with this text as the file. */
async function configuredAs(text: string): Promise<{ facts: Facts; model: Model }> {
  repo.commit("chore: what gorel does", { ".gorel.toml": text });
  const facts = await factsOf(repo);
  const file = await configured("home", services, repo.dir);
  const accept = ["proxy-unset=this test has none", ...file?.Flags.accept ?? []];
  const Given = toChoices("auto", [], { ...defaults(), ...file?.Flags, accept }).Choices;
  return { facts, model: { ...modelOf(facts), Given, Draft: Given } };
}

/** The checks of a minor, as the world answers them. */
async function checked({ facts, model }: { facts: Facts; model: Model }): Promise<Model> {
  const [asking] = toPreflight(draftRelease(model, { Bump: "minor" }));
  const Ticket = asking.Planning?.State === "asking" ? asking.Planning.Ticket : 0;
  const built = await build(facts, asking.Draft);
  const told: News = "Plan" in built
    ? { Is: "planned", Ticket, Plan: built.Plan, Facts: facts }
    : { Is: "refused", Ticket, Problems: "Problems" in built ? built.Problems : [] };
  return after(asking, told)[0];
}

const said = (model: Model) => itemsOf(model).map(({ Symbol, Text }) => `${Symbol} ${Text}`);

Deno.test("the branch that is allowed and the commands that will run are found good", async () => {
  const model = await checked(
    await configuredAs(
      'branches = ["release-*", "ma*n"]\n[before]\nprove = "go generate"\npush = ["a", "b"]\n',
    ),
  );
  const words = "✓ .gorel.toml: main may be released · 2 commands to run";
  assert.ok(said(model).includes(words), said(model).join("\n"));
  assert.ok(picture(model, sizes.normal).includes(words), picture(model, sizes.normal));
  const none = await checked(await configuredAs("push = true\n"));
  assert.ok(said(none).includes("✓ .gorel.toml parses"), said(none).join("\n"));
});

Deno.test("a branch that is not allowed stands in its place, and can be accepted", async () => {
  const known = await configuredAs('branches = ["release-*"]\n');
  const model = await checked(known);
  const [item] = itemsOf(model).filter((i) => i.Problem?.Code === "branch-not-allowed");
  assert.deepEqual([item?.Group, item?.Symbol], ["Repository", "✗"]);
  for (const size of Object.values(sizes)) {
    assert.match(picture(model, size), /› ✗ \.gorel\.toml allows releases from/);
  }
  const [asked, effects] = after(model, ...press("a", ..."once", "enter"));
  const plan = effects.find((e) => e.Do === "plan");
  assert(plan?.Do === "plan");
  assert.ok(
    plan.Choices.Accept.some((a) => a.Code === "branch-not-allowed" && a.Reason === "once"),
  );
  const again = await checked({
    facts: known.facts,
    model: { ...known.model, Given: asked.Draft, Draft: asked.Draft },
  });
  assert.ok(
    said(again).some((text) => /^✓ accepted: .*release-\*/.test(text)),
    said(again).join("\n"),
  );
});

Deno.test("what the file accepts is shown as accepted, with the file's reason", async () => {
  const model = await checked(
    await configuredAs(
      'branches = ["none"]\n[accept]\nbranch-not-allowed = "we release from \\u001b[31mmain"\n',
    ),
  );
  const told = behaviourOf(top(model)).tell(model, top(model)).join("\n");
  assert.match(told, /accepted: .*branch is main.*\n {2}accepted: we release from .*main/);
  const [review] = after(model, ...press("n"));
  assert.equal(top(review).Name, "review");
  assert.match(picture(review, sizes.huge), /accepted: we release from main/);
});

Deno.test("a broken file stands alone at its place, wherever it is read", async () => {
  repo.write(".gorel.toml", 'push = true\n\nbranch = ["main"]\nwait = 5\n');
  const facts = await gather(services, { Dir: repo.dir, All: true, Release: true });
  assert.ok(Array.isArray(facts));
  const Problems: readonly Problem[] = facts;
  assert.deepEqual(Problems.map((p) => [p.Code, p.Where?.Line]), [
    ["config-invalid", 3],
    ["config-invalid", 4],
  ]);
  const [lost] = after(modelOf(undefined), { Is: "lost", Problems });
  for (const size of Object.values(sizes)) {
    assert.match(picture(lost, size), /✗[^]*\.gorel\.toml:3/);
    assert.match(picture(lost, size), /R look again/);
  }
  assert.match(behaviourOf(top(lost)).tell(lost, top(lost)).join("\n"), /ine 3, column 1/);
  // Facts that were read before it broke do not hide that, and a mended one brings them back.
  const whole = (await configuredAs("push = true\n")).facts;
  const [asking, effects] = after(modelOf(whole), ...press("R"));
  assert.deepEqual(effects.map((e) => e.Do), ["gather"]);
  const [broken] = after(asking, { Is: "lost", Problems });
  assert.match(picture(broken, sizes.normal), /\.gorel\.toml:3/);
  const [mending] = after(broken, ...press("R"));
  const [mended] = after(mending, { Is: "facts", Facts: whole, Whole: true, Dir: "" });
  assert.doesNotMatch(picture(mended, sizes.normal), /config-invalid|\.gorel\.toml/);
  assert.match(picture(mended, sizes.normal), /› Release +v1\.5\.0/);
  // A plan that is asked for then has no check that was good.
  const [plans] = toPreflight(draftRelease(modelOf(whole), { Bump: "minor" }));
  const [refused] = after(plans, { Is: "refused", Ticket: 1, Problems });
  assert.match(picture(refused, sizes.normal), /✗ Line 3, column 1[^]*✗ Line 4, column/);
  assert.doesNotMatch(picture(refused, sizes.normal), /✓/);
});
