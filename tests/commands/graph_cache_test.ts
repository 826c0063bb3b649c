/** Where `gorel graph` has go.mod files from: Go's module cache, its own, the proxy; never mixed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { GraphRow } from "../../lib/cli/answer.ts";
import { snapshotFolder } from "../support/repo.ts";
import { gorel } from "../support/gorel.ts";
import { graph, surroundings, World } from "./graphs.ts";

/** A proxy on loopback over a folder, and what it was asked. */
class Server implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly url: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(readonly folder: () => string) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname);
      this.asked.push(path);
      try {
        return new Response(Deno.readTextFileSync(this.folder() + path));
      } catch {
        return new Response("not found", { status: 404 });
      }
    });
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** The one file that is kept of a kind. */
function keptIn(world: World, kind: "graph" | "list"): string {
  const folder = join(world.folder.join("cache"), kind);
  const [one, ...others] = [...Deno.readDirSync(folder)];
  assert.deepEqual(others, []);
  return join(folder, one!.name);
}

const versions = (rows: GraphRow[] | undefined) => rows?.slice(1).map(({ Version }) => Version);

Deno.test("what a proxy has told is not asked again, unless what was kept is broken", async () => {
  using world = new World();
  await using server = new Server(() => world.proxy.folder);
  const env = { ...world.env, GOPROXY: server.url };
  const first = await graph([], world.main, env);
  assert.deepEqual(versions(first.Document), ["v1.0.0", "v1.2.0"]);
  assert.deepEqual(server.asked, ["/w.test/a/@v/v1.0.0.mod", "/w.test/b/@v/v1.2.0.mod"]);
  assert.deepEqual(await graph([], world.main, env), first);
  assert.deepEqual(await graph(["--offline"], world.main, env), first);
  assert.equal(server.asked.length, 2);

  const file = keptIn(world, "graph");
  const whole = Deno.readTextFileSync(file);
  const breaks = [
    whole.slice(0, -9),
    "",
    "[]",
    whole.replace(/,0\]/, ",7]"),
    whole.replace('"Names":["', '"Names":[1,"'),
    whole.replaceAll('"proxy"', '"cache"').replace(/"Cache":"[^"]*"/, '"Cache":"another one"'),
  ];
  for (const broken of breaks) {
    assert.notEqual(broken, whole);
    Deno.writeTextFileSync(file, broken);
    Deno.removeSync(keptIn(world, "list"));
    server.asked.length = 0;
    assert.deepEqual(await graph([], world.main, env), first, broken);
    assert(server.asked.length > 0, broken);
  }
  server.asked.length = 0;
  await graph([], world.main, env);
  assert.deepEqual(server.asked, []);
});

Deno.test("two proxies, and two module caches, that say different things are kept apart", async () => {
  using one = new World();
  using two = new World();
  two.add("w.test/a v1.0.0", "module w.test/a\nrequire w.test/b v1.1.0\n");
  two.add("w.test/b v1.1.0", "module w.test/b\n");
  await using first = new Server(() => one.proxy.folder);
  await using second = new Server(() => two.proxy.folder);
  const run = async (GOPROXY: string, cache: string) => {
    const GOMODCACHE = one.folder.join(cache);
    const env = surroundings(one.folder, { GOPROXY, GOMODCACHE });
    return versions((await graph([], one.main, env)).Document);
  };
  for (let i = 0; i < 2; i++) {
    assert.deepEqual(await run(first.url, "mod"), ["v1.0.0", "v1.2.0"]);
    assert.deepEqual(await run(second.url, "mod"), ["v1.0.0", "v1.1.0"]);
  }
  assert.equal(first.asked.length, 2);
  await run(first.url, "another");
  assert.equal(first.asked.length, 4);
});

Deno.test("Go's module cache comes first, and is never written", async () => {
  using world = new World();
  await using server = new Server(() => world.proxy.folder);
  const cached = world.folder.join("mod", "cache", "download", "w.test", "a", "@v");
  Deno.mkdirSync(cached, { recursive: true });
  Deno.writeTextFileSync(join(cached, "v1.0.0.mod"), "module w.test/a\nrequire w.test/b v1.1.0\n");
  world.add("w.test/b v1.1.0", "module w.test/b\n");
  const before = snapshotFolder(world.folder.join("mod"));
  const env = { ...world.env, GOPROXY: server.url };
  const { Document } = await graph([], world.main, env);
  assert.deepEqual(versions(Document), ["v1.0.0", "v1.1.0"]);
  assert.deepEqual(server.asked, ["/w.test/b/@v/v1.1.0.mod"]);
  assert.deepEqual(snapshotFolder(world.folder.join("mod")), before);

  // Another one in its place: what came from the first does not count any more.
  Deno.removeSync(world.folder.join("mod"), { recursive: true });
  const other = await graph([], world.main, env);
  assert.deepEqual(versions(other.Document), ["v1.0.0", "v1.2.0"]);
});

Deno.test("a cache that cannot be written, or is not named by a whole path, does not matter", async () => {
  using world = new World();
  world.write("file", "no folder\n");
  for (const GOREL_CACHE of [world.folder.join("file"), "relative"]) {
    const env = { ...world.env, GOREL_CACHE, HOME: world.folder.join("file") };
    const { Document } = await graph([], world.main, env);
    assert.deepEqual(versions(Document), ["v1.0.0", "v1.2.0"]);
  }
  assert.deepEqual([...Deno.readDirSync(world.main)].map(({ name }) => name), ["go.mod"]);
});

Deno.test("go.sum is asked for what was kept, too", async () => {
  using world = new World();
  await graph([], world.main, world.env);
  world.write("main/go.sum", "w.test/a v1.0.0/go.mod h1:aaaa=\n");
  const { Problems } = await graph([], world.main, world.env);
  assert.match(Problems[0]!.Text, /w\.test\/a@v1\.0\.0: checksum mismatch/);
});

Deno.test("a server that fails, redirects in a circle or sends a page is named, within the limits", async () => {
  using world = new World();
  const answers: [Response, RegExp][] = [
    [new Response("busy", { status: 503 }), /503: busy/],
    [new Response("<html>Log in</html>"), /answered .* with an HTML page/],
    [new Response(null, { status: 302, headers: { location: "/again" } }), /after 10 redirects/],
    [new Response("x".repeat((16 << 20) + 1)), /larger than 16777216 bytes/],
  ];
  for (const [answer, says] of answers) {
    const body = await answer.arrayBuffer();
    const { status, headers } = answer;
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      () => new Response(status === 302 ? null : body, { status, headers }),
    );
    const GOPROXY = `http://127.0.0.1:${server.addr.port}`;
    const { Problems } = await graph([], world.main, { ...world.env, GOPROXY });
    assert.match(Problems[0]!.Text, says);
    assert.match(Problems[0]!.Text, /w\.test\/main requires w\.test\/a@v1\.0\.0/);
  }
});

Deno.test("a small answer that unpacks to more than a go.mod may have is refused", async () => {
  using world = new World();
  const packed = new Blob([new Uint8Array(20 << 20)]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  const body = await new Response(packed).arrayBuffer();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(body, { headers: { "content-encoding": "gzip" } }),
  );
  const GOPROXY = `http://127.0.0.1:${server.addr.port}`;
  const { Problems } = await graph([], world.main, { ...world.env, GOPROXY });
  assert.match(Problems[0]!.Text, /larger than 16777216 bytes/);
});

Deno.test("the second proxy of a list is asked for what the first does not have", async () => {
  using world = new World();
  await using empty = new Server(() => world.folder.join("nothing"));
  await using full = new Server(() => world.proxy.folder);
  const env = { ...world.env, GOPROXY: `${empty.url},${full.url}` };
  const { Document } = await graph([], world.main, env);
  assert.deepEqual(versions(Document), ["v1.0.0", "v1.2.0"]);
  assert.equal(full.asked.length, 2);
});

Deno.test("--events counts on standard error; without a terminal nothing else is said", async () => {
  using world = new World();
  const at = { cwd: world.main, env: world.env };
  const [events, silent] = await Promise.all([
    gorel(["graph", "--json", "--events"], {
      ...at,
      env: { ...at.env, GOREL_CACHE: world.folder.join("other") },
    }),
    gorel(["graph", "--json"], at),
  ]);
  const last = JSON.parse(events.stderr.trimEnd().split("\n").at(-1)!);
  assert.deepEqual([last.Do, last.Done, last.Of], ["fetch", 2, 2]);
  assert.deepEqual(events.json, silent.json);
  assert.equal(silent.stderr, "");
});
