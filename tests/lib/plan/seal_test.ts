/** Where Go finds a module, and what of it makes Go refuse the version. */
import assert from "node:assert/strict";
import { join } from "node:path/posix";
import { planned } from "../../../lib/git/planned.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { encode } from "../../../lib/text.ts";
import { needsGo } from "../../support/go.ts";
import { Hosted } from "./hosted.ts";
import { fastImport, type TreeFile } from "./trees.ts";

const text = (content: string): TreeFile => ({ Mode: "100644", Bytes: encode(content) });

/** Files, the version, and the problem; null: go downloads it. Go finds each at PATH. */
const layouts: readonly {
  Is: string;
  Files: Record<string, string>;
  Path: string;
  Version: string;
  Dir: string;
  Code: string | null;
}[] = [
  {
    Is: "no go.mod at all",
    Files: { "a.go": "package a\n" },
    Path: "",
    Version: "v1.0.0",
    Dir: "",
    Code: null,
  },
  {
    Is: "nothing at all but a file of another module",
    Files: { "x/go.mod": "module x\n" },
    Path: "",
    Version: "v1.0.1",
    Dir: "",
    Code: null,
  },
  {
    Is: "v2 at the root",
    Files: { "go.mod": "module github.com/t/layouts/v2\n" },
    Path: "/v2",
    Version: "v2.0.0",
    Dir: "",
    Code: null,
  },
  {
    Is: "v2 in a folder",
    Files: {
      "go.mod": "module github.com/t/layouts\n",
      "v2/go.mod": "module github.com/t/layouts/v2\n",
      "LICENSE": "inherited\n",
    },
    Path: "/v2",
    Version: "v2.0.1",
    Dir: "v2",
    Code: null,
  },
  {
    Is: "v2 in a folder and at the root",
    Files: {
      "go.mod": "module github.com/t/layouts/v2\n",
      "v2/go.mod": "module github.com/t/layouts/v2\n",
    },
    Path: "/v2",
    Version: "v2.0.2",
    Dir: "v2",
    Code: "path-version-mismatch",
  },
  {
    Is: "v2 at the root beside a v2 folder of another module",
    Files: { "go.mod": "module github.com/t/layouts/v2\n", "v2/go.mod": "module other\n" },
    Path: "/v2",
    Version: "v2.0.3",
    Dir: "",
    Code: "path-version-mismatch",
  },
  {
    Is: "a go.mod of v1 for v2",
    Files: { "go.mod": "module github.com/t/layouts\n" },
    Path: "/v2",
    Version: "v2.0.4",
    Dir: "",
    Code: "path-version-mismatch",
  },
  {
    Is: "v2 without a go.mod",
    Files: { "a.go": "package a\n" },
    Path: "/v2",
    Version: "v2.0.5",
    Dir: "",
    Code: "no-go-mod",
  },
  {
    Is: "a go.mod without a module path",
    Files: { "go.mod": "go 1.20\n" },
    Path: "",
    Version: "v1.0.2",
    Dir: "",
    Code: "go-mod-invalid",
  },
  {
    Is: "a sub-directory without a go.mod",
    Files: { "go.mod": "module github.com/t/layouts\n", "sub/a.go": "package a\n" },
    Path: "/sub",
    Version: "v1.0.3",
    Dir: "sub",
    Code: "no-go-mod",
  },
  {
    Is: "a module in another folder than its path says",
    Files: { "sub/inner/go.mod": "module github.com/t/layouts/sub\n" },
    Path: "/sub",
    Version: "v1.0.5",
    Dir: "sub/inner",
    Code: "no-go-mod",
  },
  {
    Is: "v2 of a sub-directory in its own folder",
    Files: {
      "sub/v2/go.mod": "module github.com/t/layouts/sub/v2\n",
      "sub/v2/a": "",
      "LICENSE": "l",
    },
    Path: "/sub/v2",
    Version: "v2.1.0",
    Dir: "sub/v2",
    Code: null,
  },
  {
    Is: "a module that was v2 before modules",
    Files: { "a.go": "package a\n" },
    Path: "",
    Version: "v2.2.0+incompatible",
    Dir: "",
    Code: null,
  },
  {
    Is: "an incompatible version of a module with a go.mod",
    Files: { "go.mod": "module github.com/t/layouts\n" },
    Path: "",
    Version: "v2.3.0+incompatible",
    Dir: "",
    Code: "path-version-mismatch",
  },
  {
    Is: "a version of another major",
    Files: { "go.mod": "module github.com/t/layouts/v3\n" },
    Path: "/v3",
    Version: "v2.4.0",
    Dir: "",
    Code: "path-version-mismatch",
  },
  {
    Is: "a go.mod that is a fork's",
    Files: { "go.mod": "module example.com/elsewhere\n" },
    Path: "",
    Version: "v1.0.4",
    Dir: "",
    Code: null,
  },
];

Deno.test(needsGo("go finds a module where seal does, or both refuse"), async () => {
  using hosted = new Hosted();
  const commits = layouts.map(({ Files, Version, Dir, Path }) => {
    const tag = Version.replace("+incompatible", "");
    const prefix = Path.replace(/^\//, "").replace(/\/?v\d+$/, "");
    assert.ok(prefix === "" || Dir.startsWith(prefix));
    const Tree = new Map(Object.entries(Files).map(([path, content]) => [path, text(content)]));
    return { Tree, Tags: [join(prefix, tag)] };
  });
  const repo = await hosted.add("layouts", fastImport(commits));
  const modules = layouts.map(({ Path, Version }) => `github.com/t/layouts${Path}@${Version}`);
  const theirs = new Map(
    hosted.download(modules).map((found) => [`${found.Path}@${found.Version}`, found]),
  );
  for (const [i, { Is, Version, Dir, Path, Code }] of layouts.entries()) {
    const files = await snapshot(repo, `refs/tags/${commits[i]!.Tags[0]}`);
    const ours = await seal(repo, files!, { Path: "github.com/t/layouts" + Path, Version, Dir });
    const found = theirs.get(modules[i]!);
    if (Code === null) {
      if ("Problems" in ours) assert.fail(`${Is}: ${ours.Problems[0]!.Text}`);
      assert.deepEqual([ours.Sum, ours.GoModSum], [found?.Sum, found?.GoModSum], Is);
    } else {
      assert.deepEqual("Problems" in ours && ours.Problems.map((p) => p.Code), [Code], Is);
      assert.ok(found?.Error, Is);
    }
  }
});

Deno.test("a planned tree has the hashes of the commit that is made of it", async () => {
  using hosted = new Hosted();
  for (const format of ["sha1", "sha256"]) {
    for (const attributes of ["", "*.go ident\n* text eol=crlf\n"]) {
      const before = new Map([
        ["go.mod", text("module example.com/m\n")],
        ["a.go", text("package a // $Id$\n")],
        ["old/b.go", text("package b\n")],
        ["LICENSE", text("licence\n")],
        ["sub/go.mod", text("module example.com/m/sub\n")],
      ]);
      const after = new Map([...before, ["go.mod", text("module example.com/m\n\ngo 1.24\n")]]);
      after.delete("old/b.go");
      after.set("vendor/modules.txt", text("left out since go 1.24\n"));
      after.set("sub/c.go", text("package c // $Id$\n"));
      after.set(".gitattributes", text(attributes));
      const repo = await hosted.add(
        `p${format}${attributes.length}`,
        fastImport([{ Tree: before, Tags: ["before"] }, { Tree: after, Tags: ["after"] }]),
        format,
      );
      const base = await snapshot(repo, "before");
      const real = await snapshot(repo, "after");
      const changes = [...after].filter(([path, file]) => before.get(path) !== file)
        .map(([Path, { Mode, Bytes }]) => ({ Path, Mode, Bytes: Bytes as Uint8Array | null }));
      changes.push({ Path: "old/b.go", Mode: "100644", Bytes: null });
      // What the real commit has must not be there when the plan is made.
      const alone = await hosted.add(
        `q${format}${attributes.length}`,
        fastImport([{ Tree: before, Tags: ["before"] }]),
        format,
      );
      assert.equal((await snapshot(alone, "before"))!.Tree, base!.Tree);
      const coming = await planned((await snapshot(alone, "before"))!, changes, alone);
      assert.equal(coming.Tree, real!.Tree);
      for (const Dir of ["", "sub"]) {
        const module = { Path: join("example.com/m", Dir), Version: "v1.0.0", Dir };
        const sealed = await seal(alone, coming, module);
        assert.ok("Sum" in sealed);
        assert.deepEqual(sealed, await seal(repo, real!, module));
      }
    }
  }
});

Deno.test("each file that Go refuses is a problem of its own, at its place in the repository", async () => {
  using hosted = new Hosted();
  const files = new Map([
    ["sub/go.mod", text("module example.com/m/sub\n")],
    ["sub/it's.txt", text("")],
    ["sub/x/aux.go", text("")],
    ["sub/License", text("")],
    ["LICENSE", text("")],
    ["con.txt", text("not in the module\n")],
  ]);
  const repo = await hosted.add("bad", fastImport([{ Tree: files, Tags: [] }]));
  const module = { Path: "example.com/m/sub", Version: "v1.0.0", Dir: "sub" };
  const sealed = await seal(repo, (await snapshot(repo, "main"))!, module);
  assert.ok("Problems" in sealed);
  assert.deepEqual(sealed.Problems.map(({ Code, Level, Where }) => [Code, Level, Where?.File]), [
    ["zip-invalid", "stop", "sub/it's.txt"],
    ["zip-invalid", "stop", "sub/x/aux.go"],
    ["zip-invalid", "stop", "LICENSE"],
  ]);
  assert.equal(
    sealed.Problems[0]!.Text,
    "Go refuses every module with the file sub/it's.txt: invalid char '\\''.",
  );
  assert.match(sealed.Problems[2]!.Text, /LICENSE into the module in sub.*"License" and "LICENSE"/);
});
