/** From the push to the proof: a real git server and a real module proxy over HTTP, going wrong in the ways they do. */
import assert from "node:assert/strict";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { Proxy } from "../support/proxy.ts";
import { released } from "../support/released.ts";
import { Repo } from "../support/repo.ts";

const path = "example.com/m";
const retract = ["retract", "v1.0.0", "--reason", "panics on nil", "--yes", "--json"];

Deno.test("a release is published when the proxy serves exactly the planned hash", async () => {
  using repo = released();
  await using proxy = new Proxy(repo);
  const env = { ...repo.env, GOPROXY: proxy.url };
  const planned = await gorel([...retract, "--dry-run"], { cwd: repo.dir, env });
  assert.equal(planned.code, 0, planned.stderr);
  assert.deepEqual(planned.json.Steps.slice(-2).map((s: { Do: string }) => s.Do), [
    "ask-proxy",
    "verify",
  ]);
  assert.ok(proxy.log.every((a) => a.Version !== "v1.0.1"), "a plan names no coming version");
  const ran = await gorel(retract, { cwd: repo.dir, env });
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  assert.equal(ran.json.State, "published");
  assert.equal(ran.json.Releases[0].Sum, planned.json.Releases[0].Expect.Sum);
  const named = proxy.log.findIndex((a) => a.Version === "v1.0.1");
  assert.ok(named > 0);
  const verified = await gorel(["verify", "v1.0.1", "--json"], { cwd: repo.dir, env });
  assert.equal(verified.code, 0, verified.stdout);
  assert.equal(verified.json.State, "published");
  const versions = await gorel(["versions", "--json"], { cwd: repo.dir, env });
  assert.deepEqual(
    versions.json.Versions.map((v: Record<string, unknown>) => [v.Version, v.Retracted, v.OnProxy]),
    [["v1.0.0", ["panics on nil"], true], ["v1.0.1", undefined, true]],
  );
  assert.equal(versions.json.Latest, "v1.0.1");
});

Deno.test(needsGo("what gorel published is what the go command downloads"), async () => {
  using repo = released();
  await using proxy = new Proxy(repo);
  const env = { ...repo.env, GOPROXY: proxy.url };
  const ran = await gorel(retract, { cwd: repo.dir, env });
  assert.equal(ran.code, 0, ran.stderr);
  using go = new Go({ GOPROXY: proxy.url, GONOSUMDB: "*" });
  const listed = await go.start(["list", "-m", "-retracted", "-json", `${path}@v1.0.0`]);
  assert.deepEqual(JSON.parse(listed.stdout).Retracted, ["panics on nil"]);
  const got = await go.start(["mod", "download", "-json", `${path}@latest`]);
  const { Version, Sum, GoModSum } = JSON.parse(got.stdout);
  assert.deepEqual({ Version, Sum, GoModSum }, {
    Version: "v1.0.1",
    Sum: ran.json.Releases[0].Sum,
    GoModSum: ran.json.Releases[0].GoModSum,
  });
});

Deno.test("a proxy that does not see it yet: exit 8, and resume goes on", async () => {
  using repo = released();
  let seen = false;
  await using proxy = new Proxy(repo, (source) => ({
    info: (p, v) => seen || v !== "v1.0.1" ? source.info(p, v) : Promise.resolve(null),
    list: async (p) => (await source.list(p))?.filter((v) => seen || v !== "v1.0.1") ?? null,
  }));
  const env = { ...repo.env, GOPROXY: proxy.url };
  const ran = await gorel([...retract, "--wait", "1s"], { cwd: repo.dir, env });
  assert.equal(ran.code, 8, ran.stderr + ran.stdout);
  assert.equal(ran.json.State, "pushed");
  assert.equal(ran.json.Next, "gorel resume v1.0.1");
  const problem = ran.json.Problems.find((p: { Code: string }) => p.Code === "not-yet");
  assert.equal(problem.Fix, "gorel resume v1.0.1");
  const status = await gorel(["status", "--json"], { cwd: repo.dir, env });
  assert.equal(status.json.Unfinished.Version, "v1.0.1");
  assert.equal((await gorel(["undo"], { cwd: repo.dir, env })).code, 3);
  seen = true;
  const resumed = await gorel(["resume", "--json"], { cwd: repo.dir, env });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(resumed.json.State, "published");
  const after = await gorel(["status", "--json"], { cwd: repo.dir, env });
  assert.equal(after.json.Unfinished, undefined);
});

Deno.test("a proxy that serves other bytes is a hash mismatch, exit 1", async () => {
  using repo = released();
  await using proxy = new Proxy(repo, (source) => ({
    zip: (p, v) => source.zip(p, v === "v1.0.1" ? "v1.0.0" : v),
  }));
  const env = { ...repo.env, GOPROXY: proxy.url };
  const ran = await gorel(retract, { cwd: repo.dir, env });
  assert.equal(ran.code, 1);
  assert.equal(ran.json.State, "failed");
  assert.ok(ran.json.Problems.some((p: { Code: string }) => p.Code === "hash-mismatch"));
});

Deno.test("a private module is verified at the remote, and no proxy hears its name", async () => {
  using repo = released();
  await using proxy = new Proxy(repo);
  const env = { ...repo.env, GOPROXY: proxy.url, GOPRIVATE: "example.com" };
  const ran = await gorel(retract, { cwd: repo.dir, env });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.json.State, "published");
  assert.ok(ran.json.Problems.some((p: { Code: string }) => p.Code === "private-module"));
  assert.deepEqual(proxy.log, []);
});

Deno.test("GOPROXY decides what is asked: off is refused, direct is the remote, a dead proxy stops", async (t) => {
  const cases: [string, number, string][] = [
    ["off", 3, "proxy-unset"],
    ["direct", 0, ""],
    ["http://127.0.0.1:1", 3, "proxy-unreachable"],
    ["http://127.0.0.1:1|direct", 8, ""],
    ["ftp://127.0.0.1", 3, "proxy-unreachable"],
  ];
  for (const [GOPROXY, code, problem] of cases) {
    await t.step(GOPROXY, async () => {
      using repo = released();
      const ran = await gorel([...retract, "--wait", "1s"], {
        cwd: repo.dir,
        env: { ...repo.env, GOPROXY },
      });
      assert.equal(ran.code, code, ran.stdout + ran.stderr);
      assert.equal(ran.json.Error?.Code ?? "", problem);
      assert.equal(repo.onRemote("tag", "--list").includes("v1.0.1"), code !== 3);
    });
  }
});

Deno.test("a push whose connection breaks: the remote is asked what happened", async (t) => {
  const broken = async (
    fault: "cut-before" | "cut-after",
    test: (repo: Repo, server: HttpBackend) => Promise<void>,
  ) => {
    using repo = released();
    repo.onRemote("config", "http.receivepack", "true");
    await using server = new HttpBackend(repo.folder.path, repo.env);
    repo.git("remote", "set-url", "origin", server.url("remote.git"));
    server.fault = fault;
    await test(repo, server);
  };
  await t.step(
    "after the server applied it: that is a release",
    () =>
      broken("cut-after", async (repo) => {
        const ran = await gorel([...retract, "--no-wait"], { cwd: repo.dir, env: repo.env });
        assert.equal(ran.code, 0, ran.stdout + ran.stderr);
        assert.equal(ran.json.State, "pushed");
        assert.equal(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "HEAD"));
        assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
      }),
  );
  await t.step(
    "before it: nothing moved there, and resume finishes",
    () =>
      broken("cut-before", async (repo, server) => {
        const ran = await gorel([...retract, "--no-wait"], { cwd: repo.dir, env: repo.env });
        assert.equal(ran.code, 1);
        assert.equal(ran.json.State, "failed");
        assert.match(ran.json.Next, /gorel resume/);
        assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
        server.fault = "none";
        const resumed = await gorel(["resume", "--no-wait", "--json"], {
          cwd: repo.dir,
          env: repo.env,
        });
        assert.equal(resumed.code, 0, resumed.stderr);
        assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
      }),
  );
});
