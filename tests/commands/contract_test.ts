/** Situations in which the contract of DESIGN.md was once missed, as its independent check found them. */
import assert from "node:assert/strict";
import { gorel, type Ran } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

const dry = ["--dry-run", "--no-wait"];

/** v1.0.0 of a module at the root, one more commit, and a module in a folder. */
function started(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "go.mod": "module example.com/m\n",
    "m.go": "package m\n",
    "sub/go.mod": "module example.com/m/sub\n",
    "sub/s.go": "package s\n",
  });
  repo.tag("v1.0.0");
  repo.commit("fix: a", { "m.go": "package m // a\n" });
  return repo.withRemote();
}

const run = (repo: Repo, args: string[]): Promise<Ran> =>
  gorel([...args, "--json"], { cwd: repo.dir, env: repo.env });

// deno-lint-ignore no-explicit-any
const codes = (ran: Ran): string[] => ran.json.Error.Problems.map((p: any) => p.Code);

Deno.test("a go.mod whose removal is only staged is still in the commit: no other module is taken for it", async () => {
  using repo = started();
  const before = (await run(repo, ["hash"])).json;
  repo.git("rm", "-q", "--cached", "sub/go.mod");
  assert.deepEqual((await run(repo, ["hash"])).json, before);
  const inside = await run(repo, ["patch", "--module", "sub", ...dry]);
  assert.equal(inside.json.Error.Code, "dirty");
  repo.git("reset", "-q");
  repo.git("rm", "-q", "--cached", "go.mod");
  assert.deepEqual((await run(repo, ["hash"])).json, before);
  const root = await run(repo, ["patch", ...dry]);
  assert.equal(root.code, 3);
  assert.equal(root.json.Error.Code, "dirty");
  assert.equal(root.json.Error.Problems[0].Where.File, "go.mod");
});

Deno.test("a version that looks like a pseudo-version is none to Go, and is not released", async () => {
  using repo = started();
  const pseudo = "v1.0.1-0.20200101000000-abcdefabcdef";
  for (const args of [[pseudo, ...dry], ["plan", pseudo], ["check", pseudo]]) {
    const ran = await run(repo, args);
    assert.equal(ran.code, 2, args.join(" "));
    assert.equal(ran.json.Error.Code, "version-invalid");
  }
  const near = await run(repo, ["v1.0.1-0.20200101-abcdefabcdef", ...dry]);
  assert.equal(near.code, 0, near.stderr);
});

Deno.test("in the middle of a merge that is said first, not that files are changed", async () => {
  using repo = started();
  repo.git("switch", "-qc", "side", "HEAD~1");
  repo.commit("side", { "m.go": "package m // side\n" });
  repo.git("switch", "-q", "main");
  assert.throws(() => repo.git("merge", "-q", "side"));
  const ran = await run(repo, ["patch", ...dry]);
  assert.equal(ran.code, 3);
  assert.equal(ran.json.Error.Code, "in-progress");
  assert.ok(codes(ran).includes("dirty"));
});

Deno.test("an error is a JSON document also when the word before --json ends like a flag with a value", async () => {
  using repo = started();
  for (const args of [["auto"], ["undo"], ["a.go"], ["patch", "foo"]]) {
    const ran = await gorel([...args, "--json", "--no-such-flag"], {
      cwd: repo.dir,
      env: repo.env,
    });
    assert.equal(ran.code, 2);
    assert.equal(ran.json.Error.Code, "usage", args.join(" "));
  }
});
