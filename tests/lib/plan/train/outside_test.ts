/** A train and what it does not hold: siblings as they came out, and modules that require one of it back. */
import assert from "node:assert/strict";
import { needsGo } from "../../../support/go.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, type Others, planned, World } from "./judge.ts";

const goMod = (path: string, rest = "") => `module ${path}\n\ngo 1.18\n${rest}`;
const importing = (name: string, ...paths: string[]) =>
  `package ${name}\n\n${paths.map((path) => `import _ "${path}"\n`).join("")}`;

Deno.test(
  needsGo("a sibling outside of the train brings what it imported when it came out"),
  async () => {
    const others: Others = {
      "example.net/third@v1.0.0": { "go.mod": goMod("example.net/third"), "t.go": "package t\n" },
    };
    using repo = new Repo();
    repo.commit("begin", {
      LICENSE: "free\n",
      "go.mod": goMod("example.com/m"),
      "m.go": importing("m"),
      "codec/go.mod": goMod("example.com/m/codec"),
      "codec/codec.go": importing("codec"),
      "tools/go.mod": goMod("example.com/m/tools"),
      "tools/tools.go": importing("tools"),
    });
    for (const tag of ["v1.0.0", "codec/v1.0.0", "tools/v1.0.0"]) repo.tag(tag);
    repo.withRemote();
    repo.commit("feat: all use another", {
      "m.go": importing("m", "example.com/m/codec", "example.com/m/tools"),
      "codec/codec_test.go": importing("codec", "example.net/third"),
      "tools/tools.go": importing("tools", "example.net/third"),
    });
    await using world = new World(repo, others);
    await world.tidy(["codec", ""]);
    repo.write(
      "tools/go.mod",
      goMod("example.com/m/tools", "\nrequire example.net/third v1.0.0\n"),
    );
    await world.tidy(["tools"]);
    repo.commit("tidy");
    const plan = await planned(repo, ["codec", "."], { Bump: "minor" });
    carryOut(repo, plan);
    assert.doesNotMatch(repo.read("go.mod"), /third/);
    await world.tidyTrees(plan);
  },
);

Deno.test(
  needsGo("what a third module requires of a sibling stays, at the version that is coming"),
  async () => {
    const others: Others = {
      "example.net/back@v1.0.0": {
        "go.mod": goMod("example.net/back", "\nrequire example.com/m/codec v1.0.0\n"),
        "b.go": importing("back", "example.com/m/codec"),
      },
    };
    using repo = new Repo();
    repo.commit("begin", {
      LICENSE: "free\n",
      "codec/go.mod": goMod("example.com/m/codec"),
      "codec/codec.go": importing("codec"),
    });
    repo.tag("codec/v1.0.0");
    repo.withRemote();
    await using world = new World(repo, others);
    repo.commit("feat: more", {
      "codec/more.go": importing("codec"),
      "go.mod": goMod("example.com/m", "\nrequire example.net/back v1.0.0\n"),
      "m.go": importing("m", "example.net/back"),
    });
    await world.tidy([""]);
    repo.commit("tidy");
    const plan = await planned(repo, ["codec", "."], { Bump: "minor" });
    carryOut(repo, plan);
    assert.match(repo.read("go.mod"), /example\.com\/m\/codec v1\.1\.0 \/\/ indirect/);
    await world.tidyTrees(plan);
    await world.use(plan, { "example.com/m": "example.com/m" });
  },
);
