/** What is rewritten and what stays: whose a path is, and what the maintainer's words mean. */
import assert from "node:assert/strict";
import type { MajorChoice } from "../../../../lib/choices.ts";
import { machine } from "../../../../lib/cli/machine.ts";
import { openRepository } from "../../../../lib/git/repository.ts";
import { snapshot } from "../../../../lib/git/tree.ts";
import { decide } from "../../../../lib/plan/major/decide.ts";
import { search } from "../../../../lib/plan/major/search.ts";
import { ownsOf } from "../../../../lib/plan/major/owner.ts";
import { encode } from "../../../../lib/text.ts";
import { Repo } from "../../../support/repo.ts";
import { filesOf, planOf } from "./planned.ts";

const module = (dir: string, text: string) => ({
  Dir: dir,
  File: dir === "" ? "go.mod" : `${dir}/go.mod`,
  Path: /module (\S+)/.exec(text)![1]!,
  Bytes: encode(text),
});

Deno.test("a path is the module's unless another module has it", () => {
  const modules = [
    module("", "module example.com/m\n\nrequire example.com/m/far v1.0.0\n"),
    module("tools", "module example.com/m/tools\n"),
    module("odd", "module example.com/m/named/otherwise\n\nrequire example.com/m/dep/v2 v2.0.0\n"),
  ];
  const files = ["go.mod", "a/a.go", "v4/plain.go", "tools/go.mod", "odd/go.mod"];
  const owns = ownsOf({ Path: "example.com/m", Dir: "" }, modules, files.map((Path) => ({ Path })));
  const table: Record<string, boolean> = {
    "": true,
    "/a": true,
    "/a/gone": true,
    "/tools": false,
    "/tools/cmd": false,
    "/toolsmith": true,
    "/odd/x": false,
    "/named": true,
    "/named/otherwise/x": false,
    "/far": false,
    "/far/away": false,
    "/farther": true,
    "/dep": true,
    "/dep/v2/x": false,
    "/v2": false,
    "/v3/x": false,
    "/v4": true,
    "/v4/x": true,
    "/v1": true,
    "/v20x": true,
  };
  const judged = Object.keys(table).map((rest) => [rest, owns(`example.com/m${rest}`)]);
  assert.deepEqual(Object.fromEntries(judged), table);
  assert.equal(owns("example.com/mx"), false);
});

Deno.test("a module in a folder owns what lies there", () => {
  const modules = [
    module("", "module example.com/m\n"),
    module("c", "module example.com/m/c\n"),
    module("c/in", "module example.com/m/c/in\n"),
  ];
  const owns = ownsOf({ Path: "example.com/m/c", Dir: "c" }, modules, [{ Path: "c/v2/x.go" }]);
  const own = ["", "/x", "/v2", "/v3", "/in", "/in/x"].filter((p) => owns(`example.com/m/c${p}`));
  assert.deepEqual(own, ["", "/x", "/v2"]);
});

const files = {
  "go.mod": "module example.com/m\n\ngo 1.21\n",
  "m.go": '// Package m is example.com/m.\npackage m\n\nimport _ "example.com/m/sub"\n',
  "sub/s.go": "package sub\n",
  "README.md": "go get example.com/m\nAsk https://example.com/m/issues about example.com/m.\n",
  "docs/a.md": "go get example.com/m\nAbout example.com/m.\n",
  "user/go.mod": "module example.com/user\n\nrequire example.com/m v1.0.0\n",
  "user/u.go": 'package user\n\nimport _ "example.com/m/sub"\n',
  "user/README.md": "go get example.com/m\n",
};

/** Each mention as `file:line class`, those that are rewritten with a `+`. */
async function decided(repo: Repo, classes: MajorChoice["Classes"]): Promise<string[]> {
  const git = await openRepository(machine({ ...repo.env, PATH: Deno.env.get("PATH")! }), repo.dir);
  assert.ok(!("Code" in git));
  const Module = { Path: "example.com/m", Dir: "", TagPrefix: "" };
  const renaming = { Module, Path: "example.com/m/v2", Version: "v2.0.0" };
  const searched = await search((await snapshot(git, "HEAD"))!, renaming, undefined);
  assert.ok(!("Code" in searched));
  const { Files, Problems } = decide(searched, classes);
  if (Problems.length > 0) return Problems.map(({ Code, Text }) => `${Code} ${Text}`);
  return Files.flatMap((file) => {
    for (const o of file.Occurrences) assert.equal(o.Rewritten, o.Reason === undefined);
    return file.Occurrences.map((o) =>
      `${o.Rewritten ? "+" : "-"} ${file.File}:${o.Line} ${o.Class}`
    );
  });
}

const usual = [
  "+ README.md:1 install",
  "- README.md:2 url",
  "- README.md:2 prose",
  "+ docs/a.md:1 install",
  "- docs/a.md:2 prose",
  "+ go.mod:1 module",
  "- m.go:1 prose",
  "+ m.go:4 import",
  "+ user/README.md:1 install",
  "+ user/go.mod:3 nested",
  "+ user/u.go:3 import",
];

Deno.test("a path comes before a class, and both before what is usual", async () => {
  using repo = new Repo();
  repo.commit("begin", files);
  const but = (...changed: string[]) =>
    usual.map((line) =>
      changed.includes(line.slice(2)) ? (line[0] === "+" ? "-" : "+") + line.slice(1) : line
    );
  const table: [rewrite: string[], leave: string[], expected: string[]][] = [
    [[], [], usual],
    [["prose"], [], but("README.md:2 prose", "docs/a.md:2 prose", "m.go:1 prose")],
    [["prose"], ["docs"], but("README.md:2 prose", "docs/a.md:1 install", "m.go:1 prose")],
    [["README.md"], [], but("README.md:2 url", "README.md:2 prose")],
    [["docs/a.md"], ["docs/"], but("docs/a.md:2 prose")],
    [
      ["docs"],
      ["docs/a.md", "install"],
      but(
        "README.md:1 install",
        "docs/a.md:1 install",
        "user/README.md:1 install",
      ),
    ],
    // The module line goes with the path; all of a module stays, or none.
    [[], ["go.mod", "import"], but("m.go:4 import", "user/u.go:3 import")],
    [
      ["import"],
      ["nested"],
      but("user/README.md:1 install", "user/go.mod:3 nested", "user/u.go:3 import"),
    ],
    [["user/README.md"], ["user"], but("user/go.mod:3 nested", "user/u.go:3 import")],
  ];
  for (const [Rewrite, Leave, expected] of table) {
    assert.deepEqual(await decided(repo, { Rewrite, Leave }), expected, `${Rewrite} ${Leave}`);
  }
  const [unknown, ...more] = await decided(repo, { Rewrite: ["sub", "nowhere"], Leave: ["tool"] });
  assert.match(unknown!, /^mention-unknown --rewrite nowhere|^mention-unknown --rewrite sub/);
  assert.equal(more.length, 1);
});

Deno.test("a module with a vendored copy stays as a whole, unless its path says otherwise", async () => {
  using repo = new Repo();
  repo.commit("begin", {
    ...files,
    "user/vendor/modules.txt": "# example.com/m v1.0.0\n## explicit\nexample.com/m/sub\n",
  });
  const of = async (...Rewrite: string[]) =>
    (await decided(repo, { Rewrite, Leave: [] })).filter((line) => line.includes(" user/"));
  const vendored = [
    "- user/vendor/modules.txt:1 vendored",
    "- user/vendor/modules.txt:3 vendored",
  ];
  const stays = ["- user/README.md:1 install", "- user/go.mod:3 nested", "- user/u.go:3 import"];
  assert.deepEqual(await of(), [...stays, ...vendored]);
  assert.deepEqual(await of("nested"), [...stays, ...vendored]);
  const goes = stays.map((line) => line.replace("-", "+"));
  assert.deepEqual(await of("user/go.mod"), [...goes, ...vendored]);
});

Deno.test("a pre-release, and what is advised, come to the new path as well", async () => {
  using repo = new Repo();
  repo.commit("begin", files);
  repo.tag("v1.0.0");
  repo.commit("feat!: other", { "x.go": "package m\n" });
  const first = await planOf(repo, ["prerelease", "--no-build"]);
  assert.deepEqual(
    first.Releases.map((
      r,
    ) => [r.NewModule, r.Version, r.Base, r.Expect.LatestBefore, r.Expect.Latest]),
    [["example.com/m/v2", "v2.0.0-rc.1", "v1.0.0", "v1.0.0", "v2.0.0-rc.1"]],
  );
  assert.deepEqual([...filesOf(repo, first).keys()], [
    "README.md",
    "docs/a.md",
    "go.mod",
    "m.go",
    "user/README.md",
    "user/go.mod",
    "user/go.sum",
    "user/u.go",
  ]);
  assert.deepEqual(await planOf(repo, ["auto", "--pre", "rc", "--no-build"]), first);
});
