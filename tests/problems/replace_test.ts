/** Replacements by the table, and whether go get and go install see it the same way. */
import assert from "node:assert/strict";
import { Go, needsGo } from "../support/go.ts";
import { Proxy } from "../support/proxy.ts";
import { Repo } from "../support/repo.ts";
import { gorel, prove } from "./prove.ts";
import { replace } from "./replace.ts";

replace.forEach(prove);

Deno.test(
  needsGo("go get fails where a requirement works only by replacement, and go install at any"),
  async () => {
    using repo = new Repo();
    const head = (path: string, lines = "") => `module ${path}\n\ngo 1.21\n${lines}`;
    const lines = (version: string) =>
      `\nrequire example.com/m/sub ${version}\n\nreplace example.com/m/sub => ./sub\n`;
    const main = 'package main\n\nimport _ "example.com/m/sub"\n\nfunc main() {}\n';
    repo.commit("begin", {
      "go.mod": head("example.com/m", lines("v0.0.0")),
      "main.go": main,
      "sub/go.mod": head("example.com/m/sub"),
      "sub/s.go": "package sub\n",
    });
    repo.withRemote();
    const checked = async () => (await gorel(["check", "v1.0.0"], repo.dir, repo.env)).json;
    const codes = async () => (await checked()).Problems.map((p: { Code: string }) => p.Code);
    assert.ok((await codes()).includes("replace-local"));
    repo.tag("sub/v0.1.0");
    repo.tag("v0.1.0");
    repo.git("push", "-q", "origin", "main", "v0.1.0", "sub/v0.1.0");
    repo.commit("require it", { "go.mod": head("example.com/m", lines("v0.1.0")) });
    assert.ok(!(await codes()).includes("replace-local"));
    assert.ok((await codes()).includes("replace-dropped"));
    repo.tag("v0.2.0");
    repo.commit("without", {
      "go.mod": head("example.com/m", "\nrequire example.com/m/sub v0.1.0\n"),
    });
    assert.ok(!(await codes()).includes("replace-dropped"));
    repo.tag("v0.3.0");
    repo.git("push", "-q", "origin", "main", "v0.2.0", "v0.3.0");

    await using m = new Proxy(repo);
    // What a proxy serves of the folder, which the one of these tests cannot read.
    using folder = new Repo();
    folder.commit("sub", { "go.mod": head("example.com/m/sub"), "s.go": "package sub\n" });
    folder.tag("v0.1.0");
    folder.withRemote();
    await using s = new Proxy(folder, () => ({}), "example.com/m/sub");
    using go = new Go({ GOPROXY: `${m.url},${s.url}` });
    Deno.writeTextFileSync(go.folder.join("go.mod"), head("example.com/user"));
    const get = (v: string) => go.start(["get", `example.com/m@${v}`]);
    const install = (v: string) => go.start(["install", "-n", `example.com/m@${v}`]);
    const unreal = await get("v0.1.0");
    assert.notEqual(unreal.code, 0);
    assert.match(unreal.stderr, /example\.com\/m\/sub@v0\.0\.0/);
    assert.equal((await get("v0.2.0")).code, 0);
    const refused = await install("v0.2.0");
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /one or\s+more replace directives/);
    const installed = await install("v0.3.0");
    assert.equal(installed.code, 0, installed.stderr);
  },
);
