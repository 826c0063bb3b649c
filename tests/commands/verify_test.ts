/** `gorel verify` of versions that a module path can and cannot have, and `hash` where files are missing. */
import assert from "node:assert/strict";
import { type Code } from "../../lib/problem.ts";
import { found, gorel } from "../problems/prove.ts";
import { Proxy } from "../support/proxy.ts";
import { goMod, released } from "../support/released.ts";
import { Repo } from "../support/repo.ts";

Deno.test("a version that the module path cannot have is refused before anybody is asked", async () => {
  using repo = new Repo();
  repo.commit("old", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.commit("v5", { "go.mod": goMod.replace("m\n", "m/v5\n") });
  repo.tag("v5.0.0");
  repo.withRemote();
  await using proxy = new Proxy(repo, () => ({}), "example.com/m/v5");
  const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
  for (const version of ["v1.0.0", "v4.0.0-rc.1", "v5.0.0+incompatible"]) {
    const told = await gorel(["verify", version], repo.dir, env);
    assert.equal(told.exit, 3, version);
    assert.match(
      found(told, "path-version-mismatch")!.Text,
      /is no version of example\.com\/m\/v5: its path takes only v5\.$/,
    );
  }
  assert.deepEqual(proxy.log, []);
  const near = await gorel(["verify", "v5.0.0"], repo.dir, env);
  assert.equal(near.exit, 0, JSON.stringify(near.json));
});

Deno.test("a version with +incompatible is proven by the tag without it, if Go takes it for one", async () => {
  using repo = new Repo();
  repo.commit("old", { "m.go": "package m\n" });
  repo.tag("v3.5.1");
  repo.commit("modules", { "go.mod": goMod });
  repo.tag("v2.0.0");
  repo.withRemote();
  const tell = (...args: string[]) =>
    gorel(args, repo.dir, { ...repo.env, GOPROXY: "direct", GONOSUMDB: "*" });
  const proven = await tell("verify", "v3.5.1+incompatible");
  assert.equal(proven.exit, 0, JSON.stringify(proven.json));
  assert.equal(proven.json.Version, "v3.5.1+incompatible");
  assert.equal(proven.json.Sum, (await tell("hash", "v3.5.1")).json.Sum);
  const rungs = proven.json.Steps.filter((s: { State: string }) => s.State === "ok");
  assert.deepEqual(rungs.map((s: { Id: string }) => s.Id).slice(0, 2), [
    "v3.5.1:tag",
    "v3.5.1:list",
  ]);

  const cases: [string, Code, RegExp, RegExp][] = [
    [
      "v3.5.1",
      "path-version-mismatch",
      /it has v0 and v1/,
      /^gorel verify v3\.5\.1\+incompatible,/,
    ],
    ["v1.0.0+incompatible", "path-version-mismatch", /it has v0 and v1/, /^gorel versions/],
    ["v2.0.0+incompatible", "path-version-mismatch", /v2\.0\.0 has a go\.mod without \/v2/, /./],
    ["v3.5.2+incompatible", "revision-unknown", /tag v3\.5\.2 is not here/, /tag v3\.5\.2$/],
  ];
  for (const [version, code, text, fix] of cases) {
    const told = await tell("verify", version);
    assert.equal(told.exit, 3, version);
    assert.match(found(told, code)!.Text, text);
    assert.match(found(told, code)!.Fix!, fix);
  }
});

Deno.test("hash and verify refuse a partial clone, as every command does", async () => {
  using repo = released();
  const clone = repo.folder.join("clone");
  repo.git("-C", repo.remote, "config", "uploadpack.allowFilter", "true");
  repo.git("clone", "-q", "--no-checkout", "--filter=blob:none", `file://${repo.remote}`, clone);
  repo.git("-C", clone, "show", "HEAD:go.mod");
  for (const args of [["hash"], ["hash", "v1.0.0"], ["verify", "v1.0.0"]]) {
    const told = await gorel(args, clone, { ...repo.env, GOPROXY: "direct" });
    assert.equal(told.exit, 3, args.join(" ") + JSON.stringify(told.json));
    assert.equal(told.json.Error.Code, "unsupported-repository");
    assert.match(found(told, "unsupported-repository")!.Fix!, /git fetch --refetch --no-filter/);
  }
});
