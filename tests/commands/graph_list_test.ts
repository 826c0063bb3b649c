/** The build list that is kept: when it answers by itself, and when it must not. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { GraphRow } from "../../lib/cli/answer.ts";
import { graph, surroundings, why, World } from "./graphs.ts";

const versions = (rows: GraphRow[] | undefined) => rows?.slice(1).map(({ Version }) => Version);

/** A go.mod that go would change, so that a warning is kept with the list. */
const goMod = "module w.test/main\ngo 1.17\nrequire (\n\tw.test/a v1.0.0\n\tw.test/b v1.1.0\n)\n";

/** A world whose proxy is on loopback, and counts what it is asked. */
class Served implements AsyncDisposable {
  readonly world = new World(goMod);
  readonly cache = this.world.folder.join("cache");
  asked = 0;
  readonly #server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    this.asked++;
    const path = decodeURIComponent(new URL(request.url).pathname);
    try {
      return new Response(Deno.readTextFileSync(this.world.proxy.folder + path));
    } catch {
      return new Response("not found", { status: 404 });
    }
  });
  readonly url = `http://127.0.0.1:${this.#server.addr.port}`;
  readonly env = surroundings(this.world.folder, {
    GOPROXY: this.url,
    GOMODCACHE: this.world.folder.join("mod"),
  });

  constructor() {
    this.world.add("w.test/b v1.1.0", "module w.test/b\n");
  }

  /** Without the go.mod files that were kept: what was asked tells whether the list answered. */
  async graph(more: Record<string, string> = {}, args: string[] = []) {
    try {
      Deno.removeSync(join(this.cache, "graph"), { recursive: true });
    } catch {
      // Nothing was kept yet.
    }
    this.asked = 0;
    const { Document, Problems } = await graph(args, this.world.main, { ...this.env, ...more });
    return { Rows: Document, Problems, Asked: this.asked };
  }

  /** The file of the one list. */
  get list(): string {
    const [one, ...others] = [...Deno.readDirSync(join(this.cache, "list"))];
    assert.deepEqual(others, []);
    return join(this.cache, "list", one!.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
    this.world[Symbol.dispose]();
  }
}

Deno.test("a list that is kept answers by itself, with its warnings, until anything changes", async () => {
  await using served = new Served();
  const { world } = served;
  const first = await served.graph();
  assert.deepEqual(versions(first.Rows), ["v1.0.0", "v1.2.0"]);
  assert.deepEqual(first.Problems.map(({ Code }) => Code), ["go-mod-updates"]);
  assert.equal(first.Asked, 3);

  const changes: Record<string, { change?: () => void; env?: Record<string, string> }> = {
    "go.mod by a byte": { change: () => world.write("main/go.mod", goMod + "\n") },
    "a go.sum": { change: () => world.write("main/go.sum", "x.test/x v1.0.0/go.mod h1:aaaa=\n") },
    "go.sum by a byte": {
      change: () => world.write("main/go.sum", "x.test/x v1.0.0/go.mod h1:aaab=\n"),
    },
    "a module cache": {
      change: () =>
        Deno.mkdirSync(world.folder.join("mod", "cache", "download"), { recursive: true }),
    },
    "another module cache in its place": {
      change: () => {
        Deno.renameSync(world.folder.join("mod"), world.folder.join("gone"));
        Deno.mkdirSync(world.folder.join("mod", "cache", "download"), { recursive: true });
      },
    },
    "GOMODCACHE": { env: { GOMODCACHE: world.folder.join("other") } },
    "GOPROXY": { env: { GOPROXY: `${served.url}/,off` } },
    "GONOPROXY": { env: { GONOPROXY: "x.test" } },
    "no go": { env: { PATH: world.folder.join("nothing") } },
  };
  for (const [name, { change, env }] of Object.entries(changes)) {
    change?.();
    assert.deepEqual(await served.graph(env), first, name);
    for (const args of [[], ["--offline"], ["-v"]]) {
      assert.deepEqual(await served.graph(env, args), { ...first, Asked: 0 }, name);
    }
  }

  assert.equal((await served.graph()).Asked, 3);
  world.write("main/go.sum", "w.test/b v1.2.0/go.mod h1:aaaa=\n");
  const refused = await served.graph();
  assert.equal(refused.Rows, undefined);
  assert.match(refused.Problems[0]!.Text, /w\.test\/b@v1\.2\.0: checksum mismatch/);
});

Deno.test("a list that is damaged does not count, whatever byte it is", async () => {
  await using served = new Served();
  const first = await served.graph();
  const whole = Deno.readTextFileSync(served.list);
  const breaks = [
    "",
    whole.slice(0, 64),
    whole.slice(0, -1),
    whole + " ",
    whole.replace("v1.2.0", "v1.3.0"),
    whole.replace("127.0.0.1", "127.0.0.2"),
    whole.replace(/^./, (c) => c === "0" ? "1" : "0"),
  ];
  for (const broken of breaks) {
    assert.notEqual(broken, whole);
    Deno.writeTextFileSync(served.list, broken);
    assert.deepEqual(await served.graph(), first, broken);
    assert.equal(Deno.readTextFileSync(served.list), whole);
  }
  assert.equal((await served.graph()).Asked, 0);
  const { Document } = await why("w.test/b", served.world.main, served.env);
  assert.deepEqual(Document?.RequiredBy.map(({ Path }) => Path), ["w.test/main", "w.test/a"]);
});

Deno.test("a list of another module is not taken, and none holds a password", async () => {
  await using served = new Served();
  const GOPROXY = `${served.url},https://somebody:secret@x.test`;
  const first = await served.graph({ GOPROXY });
  assert.doesNotMatch(Deno.readTextFileSync(served.list), /secret/);
  // What one module has kept under the name of another.
  served.world.write("main/go.mod", goMod.replace("w.test/main", "w.test/other"));
  const list = served.list;
  await served.graph({ GOPROXY });
  Deno.copyFileSync(
    list,
    [...Deno.readDirSync(join(served.cache, "list"))].map(({ name }) =>
      join(served.cache, "list", name)
    ).find((file) => file !== list)!,
  );
  const other = await served.graph({ GOPROXY });
  assert.deepEqual(other.Rows?.map(({ Path }) => Path), ["w.test/other", "w.test/a", "w.test/b"]);
  assert.equal(other.Asked, first.Asked);
});

Deno.test("what lies in a folder is read every time: a replacement, a proxy", async () => {
  using world = new World();
  const rows = async () => versions((await graph([], world.main, world.env)).Document);
  assert.deepEqual(await rows(), ["v1.0.0", "v1.2.0"]);
  world.add("w.test/a v1.0.0", "module w.test/a\nrequire w.test/b v1.1.0\n");
  world.add("w.test/b v1.1.0", "module w.test/b\n");
  assert.deepEqual(await rows(), ["v1.0.0", "v1.1.0"]);

  await using served = new Served();
  const at = served.world;
  at.write("main/go.mod", goMod + "replace w.test/a => ../a\n");
  for (const version of ["v1.1.0", "v1.2.0", "v1.1.0"]) {
    at.write("a/go.mod", `module w.test/a\nrequire w.test/b ${version}\n`);
    assert.deepEqual(versions((await served.graph()).Rows), ["v1.0.0", version]);
  }
});
