import assert from "node:assert/strict";
import { needsGo } from "../../support/go.ts";
import { Ground, summary } from "./ground.ts";

const mod = (path: string, more = "") => `module ${path}\n\ngo 1.21\n${more}`;
const major = { Module: "example.com/m", NewModule: "example.com/m/v2", Version: "v2.0.0" };
const replaced = "\nrequire example.com/m v0.0.0\n\nreplace example.com/m => ../..\n";
const files = {
  "go.mod": mod("example.com/m"),
  "m.go": 'package m\n\nimport _ "example.com/m/p"\n',
  "p/p.go": "package p\n",
  "examples/basic/go.mod": mod("example.com/m/examples/basic", replaced),
  "examples/basic/b.go": 'package basic\n\nimport _ "example.com/m"\n',
  "apart/go.mod": mod("example.com/m/apart"),
  "apart/a.go": "package apart\n\nvar broken = nothing\n",
};

Deno.test({
  ...needsGo("a module that takes the released one from its folder is proven, though left alone"),
  async fn() {
    using ground = new Ground(files);
    const writes = {
      "go.mod": mod("example.com/m/v2"),
      "m.go": 'package m\n\nimport _ "example.com/m/v2/p"\n',
    };
    const Leave = ["examples/basic/go.mod"];
    const left = await ground.prove(writes, [major], {
      runs: ["build"],
      classes: { Rewrite: [], Leave },
    });
    assert.deepEqual(summary(left), {
      Steps: ["prove-build failed"],
      Problems: ["build-failed stop"],
    });
    assert.match(left.Problems[0]!.Text, /^example\.com\/m\/examples\/basic does not build: /);
    assert.equal(
      left.Problems[0]!.Fix,
      "plan again without --leave examples/basic/go.mod, which most likely is the cause; or " +
        "--accept build-failed",
    );

    // Nothing was left: the module cannot stay behind either.
    const untold = await ground.prove(writes, [major], { runs: ["build"] });
    assert.doesNotMatch(untold.Problems[0]!.Fix!, /--leave/);

    // In a folder of its own the new major takes nothing away from it.
    const beside = await ground.prove(
      { "v2/go.mod": mod("example.com/m/v2"), "v2/m.go": "package m\n" },
      [{ ...major, Dir: "v2" }],
      { runs: ["build"] },
    );
    assert.deepEqual([summary(beside).Problems, beside.Steps[0]!.Detail], [
      [],
      "go build of 1 module",
    ]);
  },
});
