/** `gorel hash` beside `go mod download -json`, at every kind of revision. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Hosted } from "../lib/plan/hosted.ts";
import { needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

const path = "github.com/t/hashed";

/** A module with another one in a folder, a version that Go refuses, and commits without a tag. */
function history(): Repo {
  const repo = new Repo();
  repo.commit("one", { "go.mod": `module ${path}\n\ngo 1.23\n`, "a.go": "package a\n" });
  repo.tag("v1.0.0");
  repo.commit("two", {
    "LICENSE": "all rights\n",
    "sub/go.mod": `module ${path}/sub\n`,
    "sub/b.go": "package b // $Id$\n",
    ".gitattributes": "*.go ident\n",
  });
  repo.tag("sub/v0.1.0");
  repo.git("branch", "feature/x");
  repo.commit("refused", { "testdata/it's.txt": "no zip can hold this name\n" });
  repo.tag("v1.1.0");
  return repo;
}

Deno.test(needsGo("gorel hash is what go mod download reports, refusals included"), async () => {
  using repo = history();
  using hosted = new Hosted();
  // Go takes no branch with a slash in its name.
  const branch = repo.git("rev-parse", "feature/x");
  Deno.renameSync(repo.dir, hosted.folder.join("hashed"));
  const dir = hosted.folder.join("hashed");
  const rows: readonly [args: string[], module: string, rev: string, code: number][] = [
    [["v1.0.0"], path, "v1.0.0", 0],
    [["feature/x"], path, branch, 0],
    [["sub/v0.1.0", "--module", "sub"], `${path}/sub`, "v0.1.0", 0],
    [["main", "--module", "sub"], `${path}/sub`, "main", 0],
    [[], path, "v1.1.0", 3],
  ];
  const theirs = hosted.download(rows.map(([, module, rev]) => `${module}@${rev}`));
  const ours = await Promise.all(
    rows.map(([args]) => gorel(["hash", ...args, "--json"], { cwd: dir, env: repo.env })),
  );
  for (const [i, [args, , , code]] of rows.entries()) {
    const [go, ran] = [theirs[i]!, ours[i]!];
    assert.equal(ran.code, code, `${args}: ${ran.stderr}`);
    assert.equal(go.Error !== undefined, code !== 0, go.Error);
    if (code !== 0) {
      assert.equal(ran.json.Error.Code, "zip-invalid");
      assert.match(go.Error!, /it's\.txt/);
      continue;
    }
    const { Path, Version, Sum, GoModSum } = ran.json;
    const said = { Path: go.Path, Version: go.Version, Sum: go.Sum, GoModSum: go.GoModSum };
    assert.deepEqual({ Path, Version, Sum, GoModSum }, said, join(...args));
  }
});
