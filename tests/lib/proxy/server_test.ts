import assert from "node:assert/strict";
import { hashGoMod } from "../../../lib/go/dirhash.ts";
import { proxyServer, type ProxySource } from "../../../lib/proxy/server.ts";
import { zipHash } from "../../../lib/proxy/zip.ts";
import { Go, needsGo } from "../../support/go.ts";
import { client, memory, type Modules, Web } from "./serve.ts";

const time = "2026-01-02T03:04:05Z";

/** A server over modules, and a clock that stands still unless it is moved. */
function serving(modules: Modules, change: Partial<ProxySource> = {}) {
  const clock = { at: 0, now: () => clock.at };
  const server = proxyServer({ ...memory(modules), ...change }, { clock });
  const get = async (path: string, method = "GET") => {
    const response = await server.handler(new Request("http://localhost" + path, { method }));
    return `${response.status} ${await response.text()}`;
  };
  return { clock, server, get };
}

const file = (mod: string) => ({ "go.mod": mod });

Deno.test("the server answers the protocol, for both spellings of an escaped path", async () => {
  const mod = "module github.com/Azure/x\n";
  const { get } = serving({
    "github.com/Azure/x": {
      "v1.10.0": file(mod),
      "v1.9.0": file(mod),
      "v1.11.0-RC.1": file(mod),
      "v1.9.1-0.20260101000000-abcdefabcdef": file(mod),
      "nonsense": file(mod),
    },
  });
  assert.equal(await get("/github.com/!azure/x/@v/list"), "200 v1.9.0\nv1.10.0\nv1.11.0-RC.1\n");
  assert.equal(
    await get("/github.com/%21azure/x/@latest"),
    `200 {"Version":"v1.10.0","Time":"${time}"}`,
  );
  assert.equal(
    await get("/github.com/%21azure/x/@v/v1.11.0-!r!c.1.info"),
    `200 {"Version":"v1.11.0-RC.1","Time":"${time}"}`,
  );
  assert.equal(await get("/github.com/%21azure/x/@v/v1.9.0.mod"), `200 ${mod}`);
  assert.match(await get("/github.com/%21azure/x/@v/v1.9.0.zip"), /^200 PK/);
  assert.equal(
    await get("/github.com/%21azure/x/@v/v2.0.0.info"),
    "404 not found: github.com/Azure/x@v2.0.0: invalid version: unknown revision v2.0.0\n",
  );
  assert.equal(
    await get("/example.com/m/@v/list"),
    "404 not found: module example.com/m: no such module\n",
  );
  assert.equal(
    await get("/example.com/m/@latest"),
    '404 not found: module example.com/m: no matching versions for query "latest"\n',
  );
  for (
    const path of [
      "/",
      "/github.com/Azure/x/@v/list",
      "/github.com/!azure/x/@v/V1.0.0.info",
      "/github.com/!azure/x/@v/a%2Fb.info",
      "/github.com/!azure/x/@v/v1.9.0.exe",
      "/../@v/list",
      "/github.com/%ff/@v/list",
      "/example.com/..%2f..%2fetc/@v/list",
    ]
  ) assert.match(await get(path), /^400 bad request/, path);
  assert.match(await get("/example.com/m/@v/list", "POST"), /^405 /);
});

Deno.test("a revision is resolved anew every time, a version is not", async () => {
  let tip = "v1.0.0";
  const { get } = serving({ "example.com/m": { "v1.0.0": file("a"), "v1.1.0": file("b") } }, {
    info: (_, version) =>
      Promise.resolve({ Version: version === "main" ? tip : version, Time: time }),
    latest: () => Promise.resolve({ Version: tip, Time: time }),
  });
  assert.match(await get("/example.com/m/@v/main.info"), /^200 .*v1\.0\.0/);
  tip = "v1.1.0";
  assert.match(await get("/example.com/m/@v/main.info"), /^200 .*v1\.1\.0/);
  assert.match(await get("/example.com/m/@latest"), /^200 .*v1\.1\.0/);
  assert.match(await get("/example.com/m/@v/main.mod"), /^404 /);
});

Deno.test("a version that was asked for too early stays unknown for half an hour", async () => {
  const modules: Modules = { "example.com/m": { "v1.0.0": file("a") } };
  const { get, clock, server } = serving(modules);
  assert.match(await get("/example.com/m/@v/v1.0.1.info"), /^404 /);
  modules["example.com/m"]!["v1.0.1"] = file("b");
  modules["example.com/m"]!["v1.0.2"] = file("c");
  clock.at = 30 * 60_000 - 1;
  assert.match(await get("/example.com/m/@v/v1.0.1.mod"), /^404 /);
  assert.match(await get("/example.com/m/@v/v1.0.2.info"), /^200 /);
  assert.equal(await get("/example.com/m/@v/list"), "200 v1.0.0\nv1.0.1\nv1.0.2\n");
  clock.at++;
  assert.match(await get("/example.com/m/@v/v1.0.1.info"), /^200 /);
  assert.deepEqual(server.log.map(({ At, What, Version, Status }) => [At, What, Version, Status]), [
    [0, "info", "v1.0.1", 404],
    [1_799_999, "mod", "v1.0.1", 404],
    [1_799_999, "info", "v1.0.2", 200],
    [1_799_999, "list", undefined, 200],
    [1_800_000, "info", "v1.0.1", 200],
  ]);
  assert.equal(server.log[0]!.Module, "example.com/m");
  assert.equal(server.log[0]!.Request, "/example.com/m/@v/v1.0.1.info");
});

Deno.test("what was served once stays, all three files of it", async () => {
  const modules: Modules = { "example.com/m": { "v1.0.0": file("old"), "v1.0.1": file("old") } };
  const { get } = serving(modules);
  assert.match(await get("/example.com/m/@v/v1.0.0.info"), /^200 /);
  modules["example.com/m"] = { "v1.0.1": file("new") };
  assert.equal(await get("/example.com/m/@v/v1.0.0.mod"), "200 old");
  assert.match(await get("/example.com/m/@v/v1.0.0.zip"), /^200 PK/);
  assert.equal(await get("/example.com/m/@v/v1.0.1.mod"), "200 new");
  assert.equal(await get("/example.com/m/@v/list"), "200 v1.0.0\nv1.0.1\n");
  delete modules["example.com/m"];
  assert.equal(await get("/example.com/m/@v/list"), "200 v1.0.0\nv1.0.1\n");
});

Deno.test("a source that fails is an error once, and no version is lost by it", async () => {
  let failing = true;
  const source = memory({ "example.com/m": { "v1.0.0": file("a") } });
  const { get, server } = serving({}, {
    ...source,
    mod: (path, v) =>
      failing ? Promise.reject(new Error("git: \x1b[31mbroken")) : source.mod(path, v),
  });
  assert.equal(await get("/example.com/m/@v/v1.0.0.info"), "500 internal error: git: broken\n");
  assert.equal(server.log[0]!.Status, 500);
  failing = false;
  assert.match(await get("/example.com/m/@v/v1.0.0.info"), /^200 /);
});

Deno.test("two who ask for a version at once get the same files", async () => {
  let takes = 0;
  const source = memory({ "example.com/m": { "v1.0.0": file("a") } });
  const { get } = serving({}, {
    ...source,
    mod: (path, v) => (takes++, source.mod(path, v)),
  });
  await Promise.all(["info", "mod", "zip"].map((what) => get(`/example.com/m/@v/v1.0.0.${what}`)));
  assert.equal(takes, 1);
});

Deno.test({
  ...needsGo(
    "the go command downloads from the server what the client and zipHash see, upper case included",
  ),
  async fn() {
    const path = "github.com/Azure/go-Thing";
    const version = "v1.2.3-RC.1";
    const modules: Modules = {
      [path]: {
        [version]: { "go.mod": `module ${path}\n`, "a/B.go": "package a\n", "LICENSE": "free\n" },
      },
    };
    const server = proxyServer(memory(modules), { clock: { now: () => 0 } });
    await using web = new Web((request) => server.handler(request));
    using go = new Go({ GOPROXY: web.url });
    const { code, stdout } = await go.start(["mod", "download", "-json", `${path}@${version}`]);
    const said = JSON.parse(stdout);
    assert.equal(code, 0, said.Error);
    assert.ok(server.log[0]!.Request.includes("/%21azure/go-%21thing/"));

    const { mod, zip } = client(web.url, path);
    const [gotMod, gotZip] = [await mod(version), await zip(version)];
    assert.ok(gotMod.State === "ok" && gotZip.State === "ok");
    assert.equal(hashGoMod(gotMod.Value), said.GoModSum);
    const hash = await zipHash(gotZip.Value, `${path}@${version}/`);
    assert.deepEqual(hash, { Sum: said.Sum, Files: 3, Bytes: 48 });
  },
});
