import assert from "node:assert/strict";
import { gitInstead } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { goMod, Ground } from "./ground.ts";

Deno.test(
  needsGo("the go command downloads what was planned from a sha256 repository"),
  async () => {
    const path = "github.com/example/x";
    using ground = new Ground({
      init: ["--object-format=sha256"],
      files: { "go.mod": goMod.replace("example.com/m", path) },
    });
    const outcome = await ground.release("retract", "v1.0.0", "--reason", "bad");
    assert.ok(!Array.isArray(outcome), ground.said);
    using go = new Go({ GOPROXY: "direct", ...gitInstead(`https://${path}`, ground.remote) });
    const got = await go.start(["mod", "download", "-json", `${path}@v1.0.1`]);
    assert.equal(got.code, 0, got.stderr);
    const { Sum, GoModSum, Origin } = JSON.parse(got.stdout);
    assert.deepEqual({ Sum, GoModSum }, {
      Sum: outcome.Releases[0]!.Sum,
      GoModSum: outcome.Releases[0]!.GoModSum,
    });
    assert.equal(Origin.Hash, outcome.Commit);
  },
);
