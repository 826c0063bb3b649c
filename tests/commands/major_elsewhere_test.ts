import assert from "node:assert/strict";
import { gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

Deno.test("where the next major has a folder, a break of the old one is advised as a minor", async () => {
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
  assert.deepEqual(two.Advised, { Version: "v1.4.0", Bump: "minor" });
  assert.equal(two.Candidates.major.Reason, "v2 lies in v2/");
  assert.equal(two.Candidates.major.Allowed, false);
  assert.equal(two.Candidates.prerelease.Version, "v1.4.0-rc.1");
  const said = two.Evidence.find((e: { Code: string }) => e.Code === "major-elsewhere");
  assert.deepEqual(said.Where, { File: "v2/go.mod" });
});
