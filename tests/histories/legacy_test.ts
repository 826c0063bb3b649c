/** A repository that was at v2 before modules: what its old tags still are, and when they stop to be. */
import assert from "node:assert/strict";
import { needsGo } from "../support/go.ts";
import { Repo } from "../support/repo.ts";
import { act, codes, Judge, published, said } from "./judge.ts";

const path = "github.com/t/legacy";
const goMod = `module ${path}\n\ngo 1.21\n`;

/** v1.0.0 … v1.5.0 and v2.0.0, v2.1.0 without a go.mod, v3.0.0 with one, and branches that get theirs now. */
function legacy(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.commit("two", { "m.go": "package m // 2\n" });
  repo.git("branch", "old");
  repo.tag("v1.5.0");
  repo.tag("v2.0.0");
  repo.commit("more", { "m.go": "package m // 3\n" });
  repo.tag("v2.1.0");
  repo.commit("a module", { "go.mod": goMod });
  repo.tag("v3.0.0");
  repo.git("switch", "-q", "-c", "older", "v1.0.0");
  repo.commit("a module too", { "go.mod": goMod });
  repo.git("switch", "-q", "main");
  repo.withRemote();
  repo.git("push", "-q", "--all", "origin");
  return repo;
}

Deno.test(
  needsGo("versions from before modules are there until a go.mod is released above them"),
  async () => {
    using repo = legacy();
    using judge = new Judge(repo, "legacy");
    const expected = async (args: string[]) => {
      const ran = await act(repo, [...args, "--dry-run"]);
      assert.equal(ran.code, 0, ran.stdout);
      const { LatestBefore, Latest } = ran.json.Releases[0].Expect;
      return [LatestBefore, Latest];
    };
    const latest = () => judge.latest([path])[0];

    const old = "v2.1.0+incompatible";
    judge.agrees([[path, await said(repo, ".")]]);
    assert.equal(latest(), old);
    repo.git("switch", "-q", "older");
    // A backport's go.mod is not that of the highest version.
    assert.deepEqual(await expected(["v1.0.1"]), [old, old]);
    const backport = await published(repo, ["v1.0.1"]);
    assert.equal(latest(), old);
    judge.agrees([[path, await said(repo, ".")]]);
    repo.git("switch", "-q", "main");
    assert.deepEqual(await expected(["v1.6.0"]), [old, "v1.6.0"]);
    const release = await published(repo, ["v1.6.0"]);
    assert.equal(latest(), "v1.6.0");

    const retract = (version: string) => ["retract", version, "--reason", "bad"];
    const refused = await act(repo, [...retract("v3.0.0+incompatible"), "--dry-run"]);
    assert.deepEqual([refused.code, codes(refused)[0]], [3, "retract-unknown"]);
    const retracting = await published(repo, retract("v2.0.0+incompatible"));
    judge.agrees([[path, await said(repo, ".")]]);
    const { stdout } = judge.go.run([
      "list",
      "-m",
      "-retracted",
      "-json",
      `${path}@v2.0.0+incompatible`,
    ]);
    assert.deepEqual(JSON.parse(stdout).Retracted, ["bad"]);
    judge.downloads([backport, release, retracting]);
  },
);
