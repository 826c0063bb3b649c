/** What the screens say where no release is in the history of HEAD: nothing that is not so. */
import assert from "node:assert/strict";
import type { Facts } from "../../../../lib/facts/types.ts";
import { answersOf, question } from "../../../../lib/tui/screens/change/rows.ts";
import { change, newChange } from "../../../../lib/tui/screens/change.ts";
import { homeRows } from "../../../../lib/tui/screens/home/actions.ts";
import { tellHome } from "../../../../lib/tui/screens/home/tell.ts";
import { modules, type ModulesScreen, toModules } from "../../../../lib/tui/screens/modules.ts";
import { advisedOf } from "../../../../lib/tui/screens/version/advice.ts";
import { top } from "../../../../lib/tui/turn.ts";
import { elsewhere, shallowClone } from "../../../support/elsewhere.ts";
import { picture } from "../../../support/pictures.ts";
import { Repo } from "../../../support/repo.ts";
import { factsOf, modelOf, sizes } from "../../../support/wire.ts";
import { after, press } from "./planned.ts";

const untrue = /first release|no release yet|Nothing but pre-releases/i;

/** Home and the choice of what changed, on a wide window, in plain words too. */
function shown(facts: Facts): { home: string; change: string } {
  const model = modelOf(facts);
  const choice = { ...model, Screens: [...model.Screens, newChange(model)] };
  const words = change.tell(choice, newChange(model)).join("\n");
  const pictures = [model, choice].map((m) => picture(m, sizes.huge));
  return { home: [pictures[0], ...tellHome(model)].join("\n"), change: pictures[1]! + words };
}

Deno.test("a taken answer is shown as taken, and what runs is named", async () => {
  using repo = elsewhere();
  const facts = await factsOf(repo);
  const { home, change } = shown(facts);
  assert.match(home, /Release +✗ v3\.0\.0 is taken/);
  assert.match(home, /The series v3\.8\.0-alpha\.0 runs here: gorel prerelease/);
  assert.match(change, /Counting begins anew: v3\.0\.0, whatever is in it/);
  assert.doesNotMatch(home + change, untrue);
  const list = toModules(modelOf(facts));
  assert.match(modules.rows(list, top(list) as ModulesScreen)[0]!.Detail!, /v3\.7\.1 elsewhere/);
  // Behind it a version can be named, and the series finished.
  const [opened] = after(modelOf(facts), ...press("enter"));
  assert.equal(top(opened).Name, "change");
});

Deno.test("a free number that is counted anew is no first release", async () => {
  using repo = elsewhere("example.com/m", ["v1.4.0"], "v1.5.0-rc.1");
  const { home, change } = shown(await factsOf(repo));
  assert.match(home, /Release +v0\.1\.0 +minor: no release before HEAD/);
  assert.match(home + change, /v1\.4\.0 is the highest elsewhere/);
  assert.doesNotMatch(home + change, untrue);
});

Deno.test("a shallow clone is called one on every screen that counts", async () => {
  using repo = elsewhere();
  using clone = shallowClone(repo);
  const { home, change } = shown(await factsOf(clone as Repo));
  assert.match(home, /Release +✗ The clone is shallow/);
  assert.match(home, /Unreleased +not known: shallow; git fetch --unshallow/);
  assert.match(change, /the clone is shallow/);
  assert.doesNotMatch(home + change, untrue);
});

Deno.test("the first release of a later major promises compatibility in every answer", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": "module example.com/m/v90\n\ngo 1.21\n" });
  const model = modelOf(await factsOf(repo));
  const advised = advisedOf(model);
  assert.equal(question(advised), "First release of this path: v90.0.0, whatever is in it.");
  const rows = answersOf(advised, "").slice(0, 3);
  assert.deepEqual(rows.map((row) => [row.Label, row.Version, row.Advised]), [
    ["Fixes only", "v90.0.0", false],
    ["Something new", "v90.0.0", true],
    ["Breaking changes", "v90.0.0", false],
  ]);
  assert.match(shown(await factsOf(repo)).change, /v90\.0\.0 promises compatibility/);
  assert.equal(homeRows(model)[0]!.Version, "v90.0.0");
});
