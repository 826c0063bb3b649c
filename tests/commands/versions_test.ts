/** `versions` beside a module proxy: what is listed there, and what go makes of it. */
import assert from "node:assert/strict";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Proxy } from "../support/proxy.ts";
import { Repo } from "../support/repo.ts";

const path = "example.com/m";
const goMod = `module ${path}\n\ngo 1.21\n`;
/** What go makes up for a version without one, and what somebody may have written. */
const madeUp = `module ${path}\n`;

/**
 * v1.0.0, v1.1.0 and v2.2.0 from before modules, v3.5.1 and v3.6.0 with a go.mod, and a branch
 * whose next version gets its go.mod now. The go.mod of v1.1.0 is what `v11` says.
 */
function old(v11: string | null): Repo {
  const repo = new Repo();
  repo.commit("begin", { "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.tag("v2.2.0");
  repo.commit("more", v11 === null ? { "m.go": "package m // 2\n" } : { "go.mod": v11 });
  repo.tag("v1.1.0");
  repo.commit("a module", { "go.mod": goMod });
  repo.tag("v3.5.1");
  repo.tag("v3.6.0");
  return repo.withRemote();
}

const incompatible = ["v3.1.0+incompatible", "v3.5.1+incompatible"];

/** A proxy that has them and the versions below v2, and remembers what is gone elsewhere. */
function listing(repo: Repo): Proxy {
  const kept = new Set(["v1.0.0", "v1.1.0", ...incompatible]);
  const made = { Time: "2026-01-01T00:00:00Z" };
  return new Proxy(repo, (source) => ({
    list: async (asked) => [...kept.union(new Set((await source.list(asked)) ?? []))],
    info: (asked, v) =>
      kept.has(v) ? Promise.resolve({ ...made, Version: v }) : source.info(asked, v),
    mod: async (asked, v) =>
      await source.mod(asked, v).catch(() => null) ?? new TextEncoder().encode(madeUp),
    zip: async (asked, v) => kept.has(v) ? new Uint8Array(1) : await source.zip(asked, v),
  }));
}

for (
  const [name, v11, latest, hidden] of [
    ["without a go.mod below them", null, "v3.5.1+incompatible"],
    ["beside a go.mod", goMod, "v1.1.0"],
    ["beside a go.mod as go makes one up", madeUp, "v3.5.1+incompatible"],
    [
      "beside a go.mod that retracts its own version",
      `${goMod}\nretract v1.1.0 // bad\n`,
      "v3.5.1+incompatible",
    ],
    ["where only the proxy has what is below them", null, "v3.5.1+incompatible", "hidden"],
  ] as const
) {
  Deno.test(
    needsGo(`versions agrees with go on +incompatible versions that a proxy lists, ${name}`),
    async () => {
      using repo = old(v11);
      await using proxy = listing(repo);
      if (hidden) {
        repo.git("tag", "-d", "v1.0.0", "v1.1.0");
        repo.git("push", "-q", "--delete", "origin", "v1.0.0", "v1.1.0");
      }
      const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
      using go = new Go({ GOPROXY: proxy.url });
      const asked = await go.start(["list", "-m", `${path}@latest`]);
      assert.equal(asked.stdout.trim(), `${path} ${latest}`, asked.stderr);
      const ran = await gorel(["versions", "--json"], { cwd: repo.dir, env });
      assert.equal(ran.json.Latest, latest);
      const there = ran.json.Versions.filter((v: { OnProxy: boolean }) => v.OnProxy);
      assert.deepEqual(
        there.map((v: { Version: string }) => v.Version),
        ["v1.0.0", "v1.1.0", ...incompatible],
      );
    },
  );
}

Deno.test("a release below +incompatible versions that only a proxy lists is proved to change nothing", async () => {
  using repo = old(null);
  repo.git("switch", "-q", "-c", "older", "v1.0.0");
  repo.commit("a module", { "go.mod": goMod, "LICENSE": "free\n" });
  repo.git("push", "-q", "-u", "origin", "older");
  await using proxy = listing(repo);
  const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
  const argv = ["v1.0.1", "--yes", "--wait", "10s", "--json"];
  const ran = await gorel(argv, { cwd: repo.dir, env });
  assert.equal(ran.json.State, "published", ran.stdout + ran.stderr);
  const checked = ran.json.Steps.findLast((step: { Detail?: string }) =>
    step.Detail?.includes("@latest")
  );
  assert.match(checked.Detail, /@latest is v3\.5\.1\+incompatible/);
});

Deno.test("a highest tag that Go refuses is told with the reason and the way out", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.commit("renamed", { "go.mod": goMod.replace("example.com/m", "example.com/m/v2") });
  repo.tag("v1.1.0");
  repo.commit("back", { "go.mod": goMod });
  repo.withRemote();
  const broken = async (...argv: string[]) => {
    const { json } = await gorel([...argv, "--json"], { cwd: repo.dir, env: repo.env });
    const list: { Code: string; Text: string; Fix: string }[] = json.Problems ?? [];
    return { json, found: list.find((p) => p.Code === "latest-broken") };
  };
  const { json } = await broken("versions");
  assert.deepEqual([json.Versions.length, json.Latest], [2, undefined]);
  const { stderr } = await gorel(["versions"], { cwd: repo.dir, env: repo.env });
  assert.match(stderr, /latest-broken/);
  const { found } = await broken("status");
  assert.match(
    found!.Text,
    /chooses v1\.1\.0 .* go\.mod has post-v1 module path "example\.com\/m\/v2" at revision v1\.1\.0/,
  );
  assert.match(found!.Fix, /gorel v1\.1\.1/);
  // Below it a release leaves it so, above it mends it.
  assert.ok((await broken("check", "v1.0.1")).found);
  assert.equal((await broken("check", "v1.1.1")).found, undefined);
});

Deno.test(
  needsGo("the tag of another module may be all that says how the repository is called"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/named/a/b";
    repo.commit("begin", { "a/b/go.mod": `module ${path}\n`, "a/b/b.go": "package b\n" });
    repo.tag("sub/v0.1.0");
    repo.commit("another path", { "a/b/go.mod": "module github.com/other/place\n" });
    repo.tag("a/b/v1.2.1");
    repo.withRemote();
    const url = "https://github.com/t/named";
    using go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      ...gitInstead(url, repo.remote),
    });
    const [theirs] = goList(go, ["-versions"], [path]);
    const env = { ...repo.env, GOPROXY: "direct" };
    const { json } = await gorel(["versions", path, "--json"], { cwd: repo.dir, env });
    const ours = json.Versions?.map((v: { Version: string }) => v.Version);
    assert.deepEqual([ours, theirs!.Versions], [["v1.2.1"], ["v1.2.1"]]);
  },
);

Deno.test(
  needsGo("modules that HEAD does not have are found in tags and branches by their paths"),
  async () => {
    using repo = new Repo();
    const root = "github.com/t/majors";
    const mod = (path: string) => `module ${root}${path}\n\ngo 1.21\n`;
    repo.commit("begin", { "go.mod": mod(""), "old/go.mod": mod("/old"), "m.go": "package m\n" });
    repo.tag("v1.0.0");
    repo.tag("old/v0.3.0");
    repo.git("switch", "-q", "-c", "two");
    repo.commit("two", { "go.mod": mod("/v2") });
    repo.tag("v2.0.0");
    repo.git("switch", "-q", "-c", "three");
    repo.commit("three", { "go.mod": mod("/v3") });
    repo.git("switch", "-q", "main");
    repo.git("rm", "-rq", "old");
    repo.commit("gone");
    repo.withRemote();
    repo.git("push", "-q", "--all", "origin");
    const paths = ["", "/v2", "/v3", "/old", "/never"].map((path) => root + path);
    using go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      ...gitInstead(`https://${root}`, repo.remote),
    });
    const theirs = goList(go, ["-versions"], paths);
    const env = { ...repo.env, GOPROXY: "direct" };
    for (const [i, path] of paths.entries()) {
      const { code, json } = await gorel(["versions", path, "--json"], { cwd: repo.dir, env });
      const found = code === 3
        ? undefined
        : json.Versions.map((v: { Version: string }) => v.Version);
      assert.deepEqual(found ?? [], theirs[i]!.Versions ?? [], path);
      assert.equal(code, path.endsWith("never") ? 3 : 0, path);
    }
  },
);

Deno.test(
  needsGo("without a version @latest is the tip of the remote's default branch"),
  async () => {
    using repo = new Repo();
    const root = "github.com/t/tip";
    repo.commit("begin", {
      "go.mod": `// Deprecated: old\nmodule ${root}\n`,
      "m.go": "package m\n",
    });
    repo.withRemote();
    const url = { GOPROXY: "direct", ...gitInstead(`https://${root}`, repo.remote) };
    using go = new Go({ ...url, GOFLAGS: "-modcacherw" });
    repo.commit("only here", { "m.go": "package m // 2\n" });
    const [theirs] = goList(go, ["-u"], [`${root}@latest`]);
    const env = { ...repo.env, GOPROXY: "direct" };
    const { json } = await gorel(["versions", "--json"], { cwd: repo.dir, env });
    assert.deepEqual([json.Latest, json.Deprecated], [theirs!.Version, "old"]);
    repo.onRemote("symbolic-ref", "HEAD", "refs/heads/none");
    const without = await gorel(["versions", "--json"], { cwd: repo.dir, env });
    assert.equal(without.json.Latest, undefined);
  },
);

Deno.test(
  needsGo("a go.mod that Go cannot read does not keep @latest from being named"),
  async () => {
    using repo = new Repo();
    const root = "github.com/t/unread";
    repo.commit("begin", {
      "go.mod": `module ${root}\n\nrequire x\nretract [v0.0.0-0, v0.9.0]\n`,
      "m.go": "package m\n",
    });
    repo.withRemote();
    const url = { GOPROXY: "direct", ...gitInstead(`https://${root}`, repo.remote) };
    const env = { ...repo.env, GOPROXY: "direct" };
    for (const tag of ["", "v1.0.0"]) {
      if (tag !== "") repo.git("push", "-q", "origin", `HEAD:refs/tags/${tag}`);
      using go = new Go({ ...url, GOFLAGS: "-modcacherw" });
      const [theirs] = goList(go, [], [`${root}@latest`]);
      const { json } = await gorel(["versions", root, "--json"], { cwd: repo.dir, env });
      assert.ok(theirs!.Version);
      assert.equal(json.Latest, theirs!.Version, tag);
    }
  },
);

Deno.test(
  needsGo("a proxy that lags behind the remote decides what @latest is, and it is said"),
  async () => {
    using repo = new Repo();
    repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
    repo.tag("v1.0.0");
    repo.commit("retracts", { "go.mod": `${goMod}\nretract v1.0.0 // bad\n` });
    repo.tag("v1.1.0");
    repo.withRemote();
    await using proxy = new Proxy(repo, () => ({ list: () => Promise.resolve(["v1.0.0"]) }));
    using go = new Go({ GOPROXY: proxy.url });
    const asked = await go.start(["list", "-m", `${path}@latest`]);
    const env = { ...repo.env, GOPROXY: proxy.url, GONOSUMDB: "*" };
    const { json } = await gorel(["versions", "--json"], { cwd: repo.dir, env });
    assert.equal(asked.stdout.trim(), `${path} ${json.Latest}`);
    assert.deepEqual(json.Versions.map((v: { Retracted?: string[] }) => v.Retracted), [
      undefined,
      undefined,
    ]);
    const { stderr } = await gorel(["versions"], { cwd: repo.dir, env });
    assert.match(stderr.replace(/\s+/g, " "), /v1\.1\.0 is on the remote/);
  },
);
