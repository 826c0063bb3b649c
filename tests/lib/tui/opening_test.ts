/** What a command line asked for, while the facts for it are still being read. */
import assert from "node:assert/strict";
import { commandLine } from "../../../lib/tui/command.ts";
import { toChoices } from "../../../lib/cli/options.ts";
import { defaults } from "../../../lib/cli/flags.ts";
import type { Model } from "../../../lib/tui/model.ts";
import { plan, top } from "../../../lib/tui/turn.ts";
import { problem } from "../../../lib/problem.ts";
import { picture } from "../../support/pictures.ts";
import { factsOf, modelOf, now, sizes, wire } from "../../support/wire.ts";
import { after, press } from "./screens/planned.ts";

using repo = wire();
const facts = await factsOf(repo);

function opening(Opens: NonNullable<Model["Opens"]>, ...words: string[]): Model {
  const { Choices } = toChoices(words[0]!, words.slice(1), defaults(), true);
  return { ...modelOf(undefined), Asking: now, Opens, Draft: Choices };
}

const cases = [
  [opening("major", "major"), "major", /new major › rewrite/, "gorel major"],
  [opening("retract", "retract"), "retract", /gorel › retract/, "gorel retract"],
  [opening("unretract", "unretract"), "unretract", /gorel › unretract/, "gorel unretract"],
  [opening("deprecate", "deprecate"), "deprecate", /gorel › deprecate/, "gorel deprecate"],
] as const;

Deno.test("until the facts are there no key moves or chooses, and each is told why", () => {
  for (const [model, name, title, command] of cases) {
    for (const size of Object.values(sizes)) assert.match(picture(model, size), title);
    assert.equal(commandLine(model), command);
    for (const key of ["down", "up", "enter", " ", "n", "end"]) {
      const [pressed, effects] = after(model, ...press(key));
      assert.deepEqual(pressed, { ...model, Note: pressed.Note }, `${name}: ${key}`);
      assert.match(pressed.Note!, /^Not yet: the repository is being read/, `${name}: ${key}`);
      assert.deepEqual(effects, []);
    }
    const [opened] = after(
      model,
      ...press("down", "down", "enter"),
      { Is: "facts", Facts: facts, Whole: false, Dir: "" },
    );
    assert.equal(top(opened).Name, name);
    assert.equal(top(opened).Row, 0);
  }
});

Deno.test("esc gives home instead, with nothing drafted, and the facts open nothing any more", () => {
  const [model] = cases[0];
  const [home] = after(model, ...press("esc"), {
    Is: "facts",
    Facts: facts,
    Whole: true,
    Dir: "",
  });
  assert.equal(top(home).Name, "home");
  assert.deepEqual(home.Draft, home.Given);
  assert.match(picture(home), /What do you want to do\?/);
});

Deno.test("where there is nothing to read, that is said as at home", () => {
  const [lost] = after(cases[0][0], {
    Is: "lost",
    Problems: [problem("not-a-repository", "Here is no repository.")],
  });
  assert.match(picture(lost), /Here is no repository/);
  assert.equal(after(lost, ...press("down"))[0].Note, undefined);
});

Deno.test("the checks of a drafted train are named, and say that they are being made", () => {
  const { Choices } = toChoices("minor", ["codec", "wire"], defaults(), true);
  const blank = modelOf(undefined, { Name: "home", Row: 0 }, { Name: "preflight", Row: 0 });
  const [model] = plan({ ...blank, Asking: now, Draft: Choices });
  assert.match(picture(model), /release 2 modules › preflight/);
  for (const key of ["down", "enter", "n"]) {
    const [pressed] = after(model, ...press(key));
    assert.match(pressed.Note!, /checks are being made/);
    assert.deepEqual(pressed.Screens, model.Screens);
  }
});

Deno.test("how it looks", async (t) => {
  await t.assertSnapshot(picture(cases[0][0]));
  await t.assertSnapshot(picture(cases[1][0], sizes.small));
});
