/** The overviews: a page each, above the help of the command that has the same name. */
import assert from "node:assert/strict";
import { run as explain } from "../../../../commands/explain.ts";
import type { Answer } from "../../../../lib/cli/answer.ts";
import { commandNames } from "../../../../lib/cli/commands.ts";
import { themes, topicNames } from "../../../../lib/cli/explain/names.ts";
import { topicOf } from "../../../../lib/cli/explain/topics.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { parse } from "../../../../lib/cli/parser.ts";
import { printed } from "../../../../lib/cli/printed.ts";
import { environment } from "../../../support/gorel.ts";
import { Repo } from "../../../support/repo.ts";

const begin = themes["To begin with"];
const plain = { ascii: false, color: false, verbose: false };

/** What `gorel …` explains in a folder. */
async function explained(argv: string[], cwd = "/", env: Record<string, string> = {}) {
  const line = parse(argv, {});
  assert.ok(!("Help" in line), argv.join(" "));
  const options = { command: line.word, args: line.args, flags: line.flags, cwd };
  const answer = await explain(options, machine({ ...environment(), ...env }));
  assert.equal(answer.Kind, "explain");
  return answer as Extract<Answer, { Kind: "explain" }>;
}

Deno.test("versions, v2, retract, prerelease, proxy and trains are a page each", async () => {
  assert.deepEqual(begin, ["versions", "v2", "retract", "prerelease", "proxy", "trains"]);
  for (const name of begin) {
    const { Document } = await explained(["help", name]);
    const page = await printed({ Kind: "explain", Document }, plain);
    const lines = page.trimEnd().split("\n").length;
    assert.ok(lines >= 20 && lines <= 45, `${name} has ${lines} lines`);
    assert.ok(Document.Example!.some((line) => line.startsWith("$ ")), name);
    assert.ok(Document.More!.length >= 3, name);
    for (const more of Document.More!) {
      assert.ok(topicNames.some((topic) => topic === more), more);
      assert.ok(!begin.some((other) => other === more), more);
    }
    assert.match(page, /\n {2}More \(gorel help TOPIC\): .*\w\n$/s);
  }
});

Deno.test("no sentence stands in two topics", () => {
  const seen = new Map<string, string>();
  for (const name of topicNames) {
    for (const sentence of topicOf(name)!.Text.flatMap((text) => text.split(/(?<=[.:]) /))) {
      if (sentence.length < 30) continue;
      assert.equal(seen.get(sentence), undefined, `${name}: ${sentence}`);
      seen.set(sentence, name);
    }
  }
});

Deno.test("a topic that is called like a command is followed by that command's help", async () => {
  const both = begin.filter((name) => commandNames.some((command) => command === name));
  assert.deepEqual(both, ["versions", "retract", "prerelease"]);
  for (const name of both) {
    const own = parse([name, "--help"], {});
    assert.ok("Help" in own);
    const answer = await explained(["help", name]);
    const page = await printed({ Kind: "explain", Document: answer.Document }, plain);
    assert.equal(await printed(answer, plain), `${page}\n${own.Help}`);
    assert.equal((await explained(["explain", name])).Below, undefined);
  }
  assert.equal((await explained(["help", "v2"])).Below, undefined);
});

Deno.test("explain tells of a tag, path or branch that is here; help, and elsewhere both, of the topic", async () => {
  using repo = new Repo();
  repo.commit("start", { "go.mod": "module prerelease\n\ngo 1.21\n", "m.go": "package m\n" });
  const kind = async (...argv: string[]) => {
    const { Document } = await explained(argv, repo.dir, repo.env);
    return Document.Kind;
  };
  for (const name of ["v2", "retract", "versions"]) {
    assert.equal(await kind("explain", name), "topic");
  }
  repo.git("tag", "v2");
  repo.git("branch", "retract");
  repo.git("branch", "proxy");
  assert.equal(await kind("explain", "v2"), "tag");
  assert.equal(await kind("explain", "retract"), "commit");
  assert.equal(await kind("explain", "prerelease"), "path");
  for (const name of begin) assert.equal(await kind("help", name), "topic", name);
  // Its name is a topic's alone, so it never was the branch.
  assert.equal(await kind("explain", "proxy"), "topic");
  assert.equal(await kind("explain", "v2.0.0"), "version");
});
