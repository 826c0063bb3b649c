/** A train in which one module comes to a new major. */
import assert from "node:assert/strict";
import { needsGo } from "../../../support/go.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, planned, World } from "./judge.ts";

Deno.test(needsGo("a new major and what requires it are one train"), async () => {
  using repo = new Repo();
  repo.commit("begin", {
    LICENSE: "free\n",
    "go.mod": "module example.com/m\n\ngo 1.21\n\nrequire example.com/m/codec v1.0.0\n\n" +
      "replace example.com/m/codec => ./codec\n",
    "m.go": 'package m\n\nimport _ "example.com/m/codec"\n',
    "codec/go.mod": "module example.com/m/codec\n\ngo 1.21\n",
    "codec/codec.go": "package codec\n",
  });
  repo.tag("v1.0.0");
  repo.tag("codec/v1.0.0");
  repo.withRemote();
  repo.commit("feat!: other names", { "codec/more.go": "package codec\n" });
  const plan = await planned(repo, [], { Bump: "auto" });
  assert.deepEqual(plan.Releases.map((r) => [r.NewModule ?? r.Module, r.Version]), [
    ["example.com/m/codec/v2", "v2.0.0"],
    ["example.com/m", "v1.1.0"],
  ]);
  carryOut(repo, plan);
  assert.equal(
    repo.git("show", "v1.1.0:go.mod"),
    "module example.com/m\n\ngo 1.21\n\nrequire example.com/m/codec/v2 v2.0.0",
  );
  await using world = new World(repo);
  await world.tidyTrees(plan);
  await world.use(plan, {
    "example.com/m": "example.com/m",
    "example.com/m/codec/v2": "example.com/m/codec/v2",
  });
});
