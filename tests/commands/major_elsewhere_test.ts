import assert from "node:assert/strict";
import { gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

Deno.test("where the next major has a folder, auto releases a break of the old one as a minor", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": "module example.com/m\n\ngo 1.21\n", "m.go": "package m\n" });
  repo.tag("v1.3.0");
  repo.commit("feat!: less", { "m.go": "package m // less\n" });
  const next = async (...more: string[]) =>
    (await gorel(["next", "--json", "--offline", ...more], { cwd: repo.dir, env: repo.env })).json;
  const one = await next();
  assert.deepEqual(one.Advised, { Version: "v2.0.0", Bump: "major" });
  assert.equal(one.Candidates.major.Allowed, true);

  const v2 = "module example.com/m/v2\n\ngo 1.21\n";
  repo.commit("feat: v2", { "testdata/go.mod": v2, "v2/go.mod": v2, "v2/m.go": "package m\n" });
  repo.tag("v2.0.0");
  const two = await next("--module", ".");
  assert.deepEqual(two.Advised, { Version: "v2.0.0", Bump: "major" });
  assert.equal(two.Candidates.major.Reason, "v2 lies in v2/");
  assert.equal(two.Candidates.major.Allowed, false);

  repo.commit("fix: both", { "v2/m.go": "package m // 2\n" });
  const auto = await gorel(["auto", "--dry-run", "--json", "--offline"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(auto.code, 0, auto.stderr + auto.stdout);
  const versions = auto.json.Releases.map((r: { Version: string }) => r.Version).sort();
  assert.deepEqual(versions, ["v1.4.0", "v2.0.1"]);
});
