/** What the tagged tree of a circle lacks while the commit behind it restores replacements. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { machine } from "../../../../lib/cli/machine.ts";
import { readTags } from "../../../../lib/git/refs.ts";
import { openRepository } from "../../../../lib/git/repository.ts";
import { snapshot } from "../../../../lib/git/tree.ts";
import { completeSums } from "../../../../lib/plan/train/complete.ts";
import { needsGo } from "../../../support/go.ts";
import { Repo } from "../../../support/repo.ts";
import { carryOut, planned, World } from "./judge.ts";

Deno.test(
  needsGo("go.sum of a circle is completed also with what go.mod does not name"),
  async () => {
    const path = (name: string) => `example.com/m/${name}`;
    using repo = new Repo();
    repo.write("LICENSE", "free\n");
    const dirs = ["a", "b", "c"];
    // a imports b, b imports c, and c requires a for a package that imports nothing.
    const imports: Record<string, string> = { a: path("b"), b: path("c"), c: path("a/base") };
    for (const dir of dirs) {
      const replaces = dirs.map((other) => `replace ${path(other)} => ../${other}\n`).join("");
      repo.write(join(dir, "go.mod"), `module ${path(dir)}\n\ngo 1.16\n\n${replaces}`);
      repo.write(join(dir, "x.go"), `package ${dir}\n\nimport _ "${imports[dir]}"\n`);
    }
    repo.write("a/base/base.go", "package base\n");
    repo.commit("begin");
    repo.withRemote();
    await using world = new World(repo);
    await world.tidy(dirs);
    repo.commit("tidy");
    const plan = await planned(repo, dirs, { Bump: "minor" }, { RestoreReplaces: true });
    assert.ok(plan.Problems.some((p) => p.Code === "train-cycle"));
    carryOut(repo, plan);
    const opened = await openRepository(machine(repo.env), repo.dir);
    assert.ok(!("Code" in opened));
    const tagged = await snapshot(opened, "refs/tags/step-commit");
    const releases = plan.Releases.map((r) => ({ ...r, ...r.Expect, Path: r.Module }));
    repo.git("checkout", "-q", "step-commit");
    for (
      const { Path, Bytes } of await completeSums(opened, tagged!, await readTags(opened), releases)
    ) {
      repo.write(Path, Bytes);
    }
    for (const dir of dirs) assert.equal(await world.untidy(dir), "", dir);
  },
);
