/** A go.mod that Go refuses: one problem an error, in the lines that the go command names. */
import assert from "node:assert/strict";
import { Go, needsGo } from "../support/go.ts";
import { goMod } from "../support/released.ts";
import { Repo } from "../support/repo.ts";
import { gorel } from "./prove.ts";

const broken: Readonly<Record<string, string>> = {
  "unknown words": goMod + "requires x v1\nrequire y\nfoo\n",
  "a version that is none": goMod + "\nrequire (\n\texample.com/a v1\n\texample.com/b 1.0.0\n)\n",
  "two modules": goMod + "module example.com/n\n",
  "two go lines": goMod + "go 1.22\n",
  "a go line of another world": "module example.com/m\n\ngo one\n",
  "a block that does not end": goMod + "require (\n\texample.com/a v1.0.0\n",
  "a replacement without a path": goMod + "replace example.com/a =>\n",
  "a retraction that ends before it begins": goMod + "retract [v1.1.0, v1.0.0\n",
  "a string that does not end": 'module "example.com/m\n',
};

Deno.test(needsGo("a broken go.mod gives the lines and words that go mod edit gives"), async () => {
  using go = new Go();
  using repo = new Repo();
  for (const [what, text] of Object.entries(broken)) {
    repo.commit(what, { "sub/go.mod": text });
    const told = await gorel(
      ["minor", "--yes", "--no-push", "--module", "sub"],
      repo.dir,
      repo.env,
    );
    const said = go.run(["mod", "edit", "-json"], `${repo.dir}/sub`);
    assert.notEqual(said.code, 0, `${what}: go takes it`);
    const lines = [
      ...said.stderr.replaceAll(`${repo.dir}/sub/`, "").matchAll(
        /go\.mod:(\d+)(?::\d+)?: (.*(?:\n\t.*)*)/g,
      ),
    ];
    assert.equal(told.exit, 3, what);
    const problems = told.problems.filter((p) => p.Code === "go-mod-invalid");
    assert.deepEqual(
      problems.map((p) => [p.Where?.File, p.Where?.Line]),
      lines.map(([, line]) => ["sub/go.mod", Number(line)]),
      `${what}: ${said.stderr}`,
    );
    for (const [i, [whole]] of lines.entries()) {
      assert.equal(problems[i]!.Text, whole.replace("\n\t", ""), what);
    }
  }
});

Deno.test("of a go.mod that Go cannot read nothing is said about what stands in it", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": goMod });
  repo.tag("v1.0.0");
  repo.commit("broken", { "go.mod": goMod + "foo\n" });
  const edits = [
    ["retract", "v1.0.0", "--reason", "panics on nil"],
    ["unretract", "v1.0.0"],
    ["deprecate", "--reason", "use example.com/n"],
    ["undeprecate"],
  ];
  for (const words of edits) {
    const told = await gorel([...words, "--yes", "--no-push"], repo.dir, repo.env);
    const stops = told.problems.filter((p) => p.Level === "stop").map((p) => p.Code);
    assert.deepEqual([told.exit, stops], [3, ["go-mod-invalid"]], words.join(" "));
  }
});
