import assert from "node:assert/strict";
import type { Effect, Message, Model } from "../../../../lib/tui/model.ts";
import { plainly } from "../../../../lib/tui/plain/plain.ts";
import { newDeprecate } from "../../../../lib/tui/screens/deprecate.ts";
import { newGuided } from "../../../../lib/tui/screens/guided.ts";
import { factsOf, modelOf, wire } from "../../../support/wire.ts";
import { command, commanded, reviewOf } from "../screens/planned.ts";

const repo = wire();
const facts = await factsOf(repo);
Deno.test.afterAll(() => repo[Symbol.dispose]());

const home = { Name: "home", Row: 0 } as const;

/** What is said and asked for while these lines are typed; then input ends. */
async function talk(
  start: Model,
  ...lines: string[]
): Promise<{ said: string; did: Effect["Do"][]; code: number }> {
  let said = "";
  const did: Effect["Do"][] = [];
  const code = await plainly(start, [], {
    out: (text) => said += text,
    readLine: () => {
      const line = lines.shift() ?? null;
      said += line === null ? "" : `${line}\n`;
      return Promise.resolve(line);
    },
    perform: (effect: Effect, tell: (message: Message) => void) => {
      did.push(effect.Do);
      const failed = { Is: "failed", Of: "apply", Text: "Enough of it.", Problems: [] } as const;
      if (effect.Do === "apply") tell({ ...failed, Of: "apply" });
      if (effect.Do === "agree") tell({ Is: "agreed", Ticket: effect.Ticket });
      if (effect.Do === "gather") tell({ Is: "facts", Facts: facts, Whole: true });
    },
    signals: () => () => {},
  });
  return { said, did, code };
}

Deno.test("? lists the words that mean something, $ says the command: no key, pane or footer", async () => {
  const { said } = await talk(modelOf(facts), "?", "$", "q");
  const [, help = "", command = ""] = said.split(/> [?$]\n/);
  assert.match(help, /A number chooses its row\./);
  assert.match(help, /^ {2}q {6}leave$/m);
  assert.doesNotMatch(help, /bottom row|↑|↵/);
  assert.match(command, /^gorel status$/m);
});

Deno.test("what would be copied is said, and nothing claims that a terminal has it", async () => {
  const { said, did } = await talk(modelOf(facts), "y", "q");
  assert.match(said, /^gorel status$/m);
  assert.doesNotMatch(said, /OSC 52/);
  assert.deepEqual(did, []);
});

Deno.test("a row that cannot be chosen says why, before and after it was chosen", async () => {
  const { said } = await talk(modelOf(facts), "8", "q");
  assert.match(said, /^ {2}8\. Undeprecate {2}\(not now: it is not deprecated/m);
  assert.match(said, /! Not now: it is not deprecated/);
});

Deno.test("Enter takes what stands in a field, once and in words, and < goes back", async () => {
  const model = modelOf(facts, home, newGuided(modelOf(facts)));
  const { said } = await talk(model, "n", "1", "<", "b", "b", "q");
  const asked = said.split("\n").filter((line) => line.startsWith("What should users of"));
  assert.deepEqual(asked, [
    'What should users of v1.4.2 read? (Enter takes "gives wrong results; use v1.4.3", < goes back): <',
  ]);
});

Deno.test("a field with nothing in it says only the way back", async () => {
  const { said } = await talk(modelOf(facts, home, newDeprecate(modelOf(facts))), "<", "q");
  assert.match(said, /should users take instead\? \(< goes back\): </);
});

Deno.test("Enter alone starts nothing, whatever was typed before; the version does", async () => {
  const model = await reviewOf(repo, ["minor"]);
  const wrong = await talk(model, "v1.4.9", "", "<");
  assert.deepEqual(wrong.did, []);
  assert.match(wrong.said, /That is not v1\.5\.0/);
  assert.match(wrong.said, /Enter alone never publishes/);
  assert.doesNotMatch(wrong.said, /Enter takes/);
  const { did } = await talk(model, "v1.5.0");
  assert.equal(did[0], "apply");
});

Deno.test("commands are told in full and agreed to by A alone; then the version is asked for", async () => {
  const model = commanded(await reviewOf(repo, ["minor"]), [
    command("before tag", `echo ${"x".repeat(25_000)}; rm -rf /`),
    command("before push", "go vet ./...\x1b]0; rm -rf ~\x07"),
    command("after push", "./announce.sh\n./again.sh"),
  ]);
  const no = await talk(model, "v1.5.0", "1", "", "y", "a", "b");
  assert.deepEqual(no.did, []);
  const { said, did } = await talk(model, "A", "v1.5.0");
  assert.deepEqual(did, ["agree", "apply"]);
  const [first, then] = said.split("> A\n");
  assert.match(first!, /before push:\n {4}go vet \.\/\.\.\.\\u001b\]0; rm -rf ~\\u0007\n/);
  assert.match(first!, /after push:\n {4}\.\/announce\.sh\n {4}\.\/again\.sh\n/);
  assert.match(first!, /code from\nthis repository[^]*your rights/);
  assert.match(first!, /rm -rf \//);
  assert.match(first!, /\nA agree · /);
  assert.doesNotMatch(first!, /Type v1\.5\.0/);
  assert.match(then!, /run: before push: go vet[^]*━━ nobody[^]*run: after push[^]*Type v1\.5\.0/);
});

Deno.test("the end of input leaves with 130, and nothing was changed", async () => {
  const { said, code } = await talk(modelOf(facts));
  assert.equal(code, 130);
  assert.match(said, /Nothing was changed\.\n$/);
});
