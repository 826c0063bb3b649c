/** A train of five modules with replacements and a circle, judged by the real go. */
import assert from "node:assert/strict";
import { needsGo } from "../../../support/go.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, planned, World } from "./judge.ts";

const others = {
  "example.net/third@v1.2.0": {
    "go.mod": "module example.net/third\n\ngo 1.20\n",
    "third.go": "package third\n",
  },
};

/** The root requires codec and wire, wire and codec require each other, tool requires the root. */
function five(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    LICENSE: "free\n",
    "go.mod": "module example.com/m\n\ngo 1.21\n\n" +
      "require (\n\texample.com/m/codec v0.0.0\n\texample.com/m/wire v1.4.0 // kept\n)\n\n" +
      "// While we work on them.\nreplace (\n\texample.com/m/codec => ./codec\n" +
      "\texample.com/m/wire => ./wire\n)\n",
    "m.go": 'package m\n\nimport (\n\t_ "example.com/m/codec"\n\t_ "example.com/m/wire"\n)\n',
    "codec/go.mod": "module example.com/m/codec\n\ngo 1.21\n\n" +
      "require (\n\texample.com/m/wire v0.0.0\n\texample.net/third v1.2.0\n)\n\n" +
      "replace example.com/m/wire => ../wire\n",
    "codec/codec.go": 'package codec\n\nimport _ "example.net/third"\n',
    "codec/codec_test.go": 'package codec\n\nimport _ "example.com/m/wire"\n',
    "wire/go.mod": "module example.com/m/wire\n\ngo 1.21\n\n" +
      "require example.com/m/codec v0.0.0\n\nreplace example.com/m/codec => ../codec\n",
    "wire/wire.go": 'package wire\n\nimport _ "example.com/m/codec"\n',
    "tool/go.mod": "module example.com/m/tool\n\ngo 1.16\n\nrequire example.com/m v1.0.0\n\n" +
      "replace (\n\texample.com/m => ../\n\texample.com/m/codec => ../codec\n" +
      "\texample.com/m/wire => ../wire\n)\n",
    "tool/tool.go": 'package tool\n\nimport _ "example.com/m"\n',
    "alone/go.mod": "module example.com/m/alone\n\ngo 1.22\n",
    "alone/alone.go": "package alone\n",
  });
  return repo;
}
const dirs = ["codec", "wire", "", "tool", "alone"];

Deno.test(
  needsGo("a train of five modules with a circle is clean for its users"),
  async () => {
    using repo = five();
    repo.withRemote();
    await using world = new World(repo, others);
    await world.tidy(dirs);
    repo.commit("tidy");
    const plan = await planned(repo, [".", "codec", "wire", "tool", "alone"], { Bump: "minor" }, {
      RestoreReplaces: true,
    });
    const releases = plan.Releases.map((r) => r.Module.replace("example.com/m", "."));
    assert.deepEqual(releases, ["./codec", "./wire", ".", "./alone", "./tool"]);
    const lacking = plan.Problems.filter((p) => p.Code === "train-cycle");
    assert.deepEqual(lacking.map((p) => p.Where!.File), ["codec/go.sum"]);
    carryOut(repo, plan);
    await world.tidyTrees(plan);
    await world.use(plan, {
      "example.com/m": "example.com/m",
      "example.com/m/codec": "example.com/m/codec",
      "example.com/m/wire": "example.com/m/wire",
      "example.com/m/alone": "example.com/m/alone",
      "example.com/m/tool": "example.com/m/tool",
    });
  },
);
