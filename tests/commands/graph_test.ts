/** `gorel graph`: which go.mod it reads, and what it says. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";
import { graph, why, World } from "./graphs.ts";

const main = "module w.test/main\ngo 1.16\n";

Deno.test("graph reads the go.mod of the work tree, from any folder of the module, without go.work and vendor", async () => {
  using world = new World();
  world.write("main/vendor/modules.txt", "# nothing\n");
  world.write("go.work", "go 1.21\nuse ./elsewhere\n");
  world.write("main/pkg/deep/x.go", "package deep\n");
  const { Document, Problems } = await graph([], join(world.main, "pkg", "deep"), world.env);
  assert.deepEqual(Problems, []);
  assert.deepEqual(Document, [
    { Path: "w.test/main" },
    { Path: "w.test/a", Version: "v1.0.0" },
    { Path: "w.test/b", Version: "v1.2.0" },
  ]);
  world.write("main/tools/go.mod", "module w.test/tools\nrequire w.test/b v1.2.0\n");
  const named = await graph(["--module", "tools"], world.main, world.env);
  assert.deepEqual(named.Document?.map(({ Path }) => Path), ["w.test/tools", "w.test/b"]);
});

Deno.test("a published version is looked at as the main module: its own replacements and exclusions count", async () => {
  using world = new World();
  world.add("w.test/b v1.3.0", "module w.test/b\n");
  world.add(
    "w.test/c v1.0.0",
    "module w.test/c\ngo 1.16\nrequire w.test/a v1.0.0\nreplace w.test/b v1.2.0 => w.test/b v1.3.0\n",
  );
  const { Document } = await graph(["w.test/c@v1.0.0"], world.main, world.env);
  assert.deepEqual(Document, [
    { Path: "w.test/c" },
    { Path: "w.test/a", Version: "v1.0.0" },
    { Path: "w.test/b", Version: "v1.2.0", Replace: { Path: "w.test/b", Version: "v1.3.0" } },
  ]);
});

Deno.test("a version of this repository is read from its tag, whether it is published or not", async () => {
  using world = new World();
  using repo = new Repo();
  repo.write("go.mod", "module w.test/repo\nrequire w.test/a v1.0.0\n");
  repo.commit("feat: first");
  repo.git("tag", "v1.0.0");
  repo.write("go.mod", "module w.test/repo\n");
  repo.commit("fix: nothing required");
  const { Document } = await graph(["w.test/repo@v1.0.0"], repo.dir, {
    ...repo.env,
    ...world.env,
  });
  assert.deepEqual(Document?.map(({ Path }) => Path), ["w.test/repo", "w.test/a", "w.test/b"]);
});

Deno.test("--why names the versions that count, and the one not selected that is the only reason", async () => {
  using world = new World(`${main}require w.test/a v1.1.0\nrequire w.test/c v1.0.0\n`);
  world.add("w.test/a v1.1.0", "module w.test/a\n");
  world.add(
    "w.test/c v1.0.0",
    "module w.test/c\nrequire w.test/a v1.0.0\nrequire w.test/b v1.0.0\n",
  );
  world.add("w.test/b v1.0.0", "module w.test/b\n");
  const { Document, Problems } = await why("w.test/b", world.main, world.env);
  assert.deepEqual(Document, {
    Path: "w.test/b",
    Version: "v1.2.0",
    RequiredBy: [
      { Path: "w.test/c", Version: "v1.0.0", Requires: "v1.0.0" },
      { Path: "w.test/a", Version: "v1.0.0", Requires: "v1.2.0" },
    ],
  });
  assert.deepEqual(Problems, []);
});

Deno.test("a go.mod that go would change first is a warning, and the list is that of the changed one", async () => {
  using world = new World(`${main}require w.test/b v1.1.0\nrequire w.test/a v1.0.0\n`);
  world.add("w.test/b v1.1.0", "module w.test/b\n");
  const { Document, Problems } = await graph([], world.main, world.env);
  assert.equal(Document?.at(-1)?.Version, "v1.2.0");
  assert.deepEqual(Problems.map(({ Code, Level }) => [Code, Level]), [["go-mod-updates", "warn"]]);
});

Deno.test(needsGo("a module that needs a newer go is a warning that names it"), async () => {
  using world = new World();
  world.add("w.test/b v1.2.0", "module w.test/b\ngo 1.99\n");
  const { Document, Problems } = await graph([], world.main, world.env);
  assert.equal(Document?.length, 3);
  const tooNew = Problems.find(({ Code }) => Code === "go-too-new");
  assert.match(tooNew!.Text, /^w\.test\/b@v1\.2\.0 needs go 1\.99, and go here is 1\./);
});

Deno.test(
  needsGo("a module line, strings and comments in unusual forms are read as go reads them"),
  async () => {
    using world = new World(
      'module "w.test/main" // Deprecated: x\ngo 1.16\nrequire "w.test/a" v1.0.0//x\n',
    );
    world.add("w.test/a v1.0.0", "module `w.test/a`\n");
    world.add(
      "w.test/a v1.0.0",
      'module "w.test/a"\r\n\nrequire(\r\n"w.test/b" "v1.2.0" // indirect\r\n)\nfuture stuff\n',
    );
    using go = new Go({ GOPROXY: world.proxy.url });
    const { stdout } = go.run(["list", "-m", "-f", "{{.Path}}", "all"], world.main);
    const { Document } = await graph([], world.main, world.env);
    assert.deepEqual(Document?.map(({ Path }) => Path), stdout.trim().split("\n"));
  },
);

Deno.test("the program prints rows for people and for programs, and exits 3 and 2 as it must", async () => {
  using world = new World(`${main}require w.test/a v1.0.0\nreplace w.test/b => ../b\n`);
  world.write("b/go.mod", "module anything\n");
  const at = { cwd: world.main, env: world.env };
  const [json, people, because, unknown, wrong] = await Promise.all([
    gorel(["graph", "--json"], at),
    gorel(["graph"], at),
    gorel(["graph", "--why", "w.test/b"], at),
    gorel(["graph", "--why", "w.test/x", "--json"], at),
    gorel(["graph", "w.test/a@v1"], at),
  ]);
  assert.deepEqual(json.json, [
    { Path: "w.test/main" },
    { Path: "w.test/a", Version: "v1.0.0" },
    { Path: "w.test/b", Version: "v1.2.0", Replace: { Path: "../b" } },
  ]);
  assert.equal(
    people.stdout,
    "w.test/main\n\n  w.test/a  v1.0.0\n  w.test/b  v1.2.0 => ../b\n",
  );
  assert.equal(because.stdout, "w.test/b@v1.2.0\n\n  w.test/a@v1.0.0  requires v1.2.0 *\n");
  assert.equal(unknown.code, 3);
  assert.equal(unknown.json.Error.Code, "not-required");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /whole one/);
});

Deno.test("no repository is needed, only a go.mod; warnings are on standard error with --json, too", async () => {
  using world = new World(`${main}require w.test/a v1.0.0\nexclude w.test/a v1.0.0\n`);
  const bare = world.folder.join("bare");
  Deno.mkdirSync(bare);
  const { Problems } = await graph([], bare, world.env);
  assert.deepEqual(Problems.map(({ Code }) => Code), ["no-go-mod"]);
  assert.match(Problems[0]!.Text, /^There is no go\.mod in .*bare or above it\.$/);
  const warned = await gorel(["graph", "--json"], { cwd: world.main, env: world.env });
  assert.equal(warned.code, 0);
  assert.deepEqual(warned.json, [{ Path: "w.test/main" }]);
  assert.match(warned.stderr, /go-mod-updates/);
});
