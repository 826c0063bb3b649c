/** Where a new major goes: in place, or as a copy in a folder, and what such a copy has. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Go, needsGo } from "../../../support/go.ts";
import { Repo, run } from "../../../support/repo.ts";
import { kinds } from "./kinds.ts";
import { filesOf, planOf, refusalOf, write } from "./planned.ts";

function repository(files: Record<string, string>, tag: string): Repo {
  const repo = new Repo();
  repo.commit("begin", files);
  repo.git("tag", tag);
  return repo;
}

const folder = ["major", "--no-build", "--layout", "folder"];

Deno.test(
  needsGo("a folder is a copy of the module alone, with the new path, and builds"),
  async () => {
    using repo = repository({ ...kinds }, "v1.2.0");
    const plan = await planOf(repo, folder);
    assert.deepEqual(plan.Releases.map(({ Module, NewModule, Dir }) => [Module, NewModule, Dir]), [
      ["example.com/kinds", "example.com/kinds/v2", "v2"],
    ]);
    write(repo, plan);
    const others = /^(tools|examples|plugin|compat|v3|third)\/|^\.github\/|^go\.work$/;
    const copied = Object.keys(kinds).filter((file) => !others.test(file)).map((f) => `v2/${f}`);
    assert.deepEqual(
      repo.git("diff", "--cached", "--name-only").split("\n").sort(),
      [...copied, "go.work"].sort(),
    );
    assert.equal(
      repo.read("go.work"),
      kinds["go.work"]!.replace("\t./plugin\n", "\t./plugin\n\t./v2\n"),
    );
    assert.match(repo.read("v2/go.mod"), /^module example\.com\/kinds\/v2 .*=> \.\.\/third\n$/s);
    assert.match(repo.read("v2/kinds.go"), /"example\.com\/kinds\/v2\/codec"/);
    const GOCACHE = run("go", ["env", "GOCACHE"], { env: Deno.env.toObject() }).trim();
    using go = new Go({ GOCACHE, GOFLAGS: "-mod=readonly", GOARCH: "amd64", CGO_ENABLED: "0" });
    const { code, stderr } = go.run(["vet", "./..."], join(repo.dir, "v2"));
    assert.equal(code, 0, stderr);
  },
);

Deno.test("in a folder come what is embedded, fixtures and links, not what is the repository's", async () => {
  using repo = repository({
    "go.mod": "module example.com/m\n\ngo 1.21\n\nreplace example.com/x => ./x\n",
    "m.go":
      'package m\n\nimport _ "embed"\n\n//go:embed .github/note.txt "all:data"\nvar S string\n',
    ".github/note.txt": "embedded\n",
    ".github/ci.yml": "- run: go test example.com/m/...\n",
    ".gitignore": "out\n",
    "data/.hidden": "hidden\n",
    "vendor/modules.txt": "# example.com/y v1.0.0\n",
    "testdata/mod/go.mod": "module example.com/m/testdata/mod\n",
    "testdata/mod/a.go": 'package a\n\nimport _ "example.com/m"\n',
    "x/go.mod": "module example.com/x\n",
    "Jenkinsfile": "sh 'go test example.com/m'\n",
  }, "v1.0.0");
  Deno.symlinkSync("m.go", join(repo.dir, "inside.go"));
  Deno.symlinkSync("../elsewhere", join(repo.dir, "outside"));
  repo.commit("links");
  const plan = await planOf(repo, folder);
  const files = filesOf(repo, plan);
  assert.deepEqual([...files.keys()], [
    "v2/.github/note.txt",
    "v2/data/.hidden",
    "v2/go.mod",
    "v2/inside.go",
    "v2/m.go",
    "v2/outside",
    "v2/testdata/mod/a.go",
    "v2/testdata/mod/go.mod",
  ]);
  const text = (file: string) => new TextDecoder().decode(files.get(`v2/${file}`)!);
  assert.deepEqual([text("inside.go"), text("outside")], ["m.go", "../../elsewhere"]);
  assert.equal(text("testdata/mod/a.go"), 'package a\n\nimport _ "example.com/m/v2"\n');
  assert.match(text("go.mod"), /^module example\.com\/m\/v2\n.*=> \.\.\/x\n$/s);
});

Deno.test("a module in a folder of its major gets the next one beside it", async () => {
  using repo = repository({
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "m.go": "package m\n",
    "v2/go.mod": "module example.com/m/v2\n\ngo 1.21\n\nreplace example.com/m => ../\n",
    "v2/m.go": 'package m\n\nimport _ "example.com/m/v2/sub"\n',
    "v2/sub/s.go": "package sub\n",
  }, "v2.0.0");
  const plan = await planOf(repo, ["major", "--no-build"], "v2");
  const [release] = plan.Releases;
  assert.deepEqual(
    [release!.NewModule, release!.Dir, release!.TagName],
    ["example.com/m/v3", "v3", "v3.0.0"],
  );
  const files = filesOf(repo, plan);
  assert.deepEqual([...files.keys()], ["v3/go.mod", "v3/m.go", "v3/sub/s.go"]);
  assert.equal(
    new TextDecoder().decode(files.get("v3/go.mod")!),
    "module example.com/m/v3\n\ngo 1.21\n\nreplace example.com/m => ../\n",
  );
});

Deno.test("a module in a folder has its tags and its major's folder there", async () => {
  using repo = repository({
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "codec/go.mod": "module example.com/m/codec\n\ngo 1.21\n",
    "codec/c.go": 'package codec // import "example.com/m/codec"\n',
    "m.go": 'package m\n\n// See example.com/m/codec.\nimport _ "example.com/m/codec"\n',
  }, "codec/v1.0.0");
  const place = async (argv: string[]) => {
    const plan = await planOf(repo, argv, "codec");
    const { NewModule, Dir, TagName } = plan.Releases[0]!;
    return [NewModule, Dir, TagName, [...filesOf(repo, plan).keys()].join(" ")];
  };
  assert.deepEqual(await place(["major"]), [
    "example.com/m/codec/v2",
    "codec",
    "codec/v2.0.0",
    "codec/c.go codec/go.mod m.go",
  ]);
  assert.deepEqual(await place(folder), [
    "example.com/m/codec/v2",
    "codec/v2",
    "codec/v2.0.0",
    "codec/v2/c.go codec/v2/go.mod",
  ]);
});

Deno.test("a new major that the repository has in a folder is not made a second time", async () => {
  const files = {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "m.go": "package m\n",
    "v2/m.go": "package m\n",
    "v2/go.mod": "module example.com/m/v2\n\ngo 1.21\n",
  };
  using repo = repository(files, "v1.0.0");
  repo.tag("v2.0.0");
  for (const words of [["major"], folder, ["v2.1.0"]]) {
    const [refusal, ...more] = await refusalOf(repo, words);
    assert.deepEqual([refusal?.Code, refusal?.Where, more], [
      "major-layout",
      { File: "v2/go.mod" },
      [],
    ]);
  }
  using fixture = repository({
    "go.mod": files["go.mod"],
    "m.go": files["m.go"],
    "testdata/v2/go.mod": files["v2/go.mod"],
  }, "v1.0.0");
  assert.equal((await planOf(fixture, ["major"])).Releases[0]!.Dir, "");
});

Deno.test("gopkg.in paths have their major behind a dot", async () => {
  using repo = repository({
    "go.mod": "module gopkg.in/wire.v2\n\ngo 1.21\n",
    "w.go": 'package wire // import "gopkg.in/wire.v2"\n\nimport _ "gopkg.in/wire.v2/sub"\n',
    "sub/s.go": "package sub\n",
  }, "v2.3.0");
  const plan = await planOf(repo, ["major"]);
  assert.equal(plan.Releases[0]!.NewModule, "gopkg.in/wire.v3");
  write(repo, plan);
  assert.equal(
    repo.read("w.go"),
    'package wire // import "gopkg.in/wire.v3"\n\nimport _ "gopkg.in/wire.v3/sub"\n',
  );
});

Deno.test("the old major's branch is made at its last release, and pushed with the rest", async () => {
  using repo = repository(
    { "go.mod": "module example.com/m\n\ngo 1.21\n", "m.go": "package m\n" },
    "x",
  );
  repo.tag("v1.0.0");
  const at = repo.git("rev-parse", "HEAD");
  repo.commit("feat!: more", { "n.go": "package m\n" });
  const plan = await planOf(repo, ["major", "--keep-branch", "release-v1"]);
  assert.deepEqual(plan.Steps.filter((step) => step.Id === "keep"), [
    { Id: "keep", Do: "branch", Name: "release-v1", From: null, To: at },
  ]);
});
