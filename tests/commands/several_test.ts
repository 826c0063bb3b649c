/** Plans of several releases and of two commits carried out: published, pending, taken back. */
import assert from "node:assert/strict";
import type { Plan } from "../../lib/plan/types.ts";
import { state } from "../hostile/scene.ts";
import { gorel } from "../support/gorel.ts";
import { planOf } from "../support/plans.ts";
import { Proxy } from "../support/proxy.ts";
import { Repo, run } from "../support/repo.ts";

const goMod = (path: string, rest = "") => `module ${path}\n\ngo 1.21\n${rest}`;
const root = "example.com/m";
const codec = "example.com/m/codec";
const replaced = `\nrequire ${codec} v0.1.0\n\nreplace ${codec} => ./codec\n`;

/** example.com/m, which requires example.com/m/codec beside it, on a bare remote. */
function two(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "LICENSE": "free\n",
    "go.mod": goMod(root, replaced),
    "m.go": "package m\n",
    "codec/go.mod": goMod(codec),
    "codec/c.go": "package codec\n",
  });
  repo.tag("v1.0.0");
  repo.tag("codec/v0.1.0");
  return repo.withRemote();
}

const train = {
  Releases: [{ Path: codec, Version: "v0.2.0" }, { Path: root, Version: "v1.1.0" }],
  Files: { "go.mod": goMod(root, `\nrequire ${codec} v0.2.0\n`) },
  After: { "go.mod": goMod(root, replaced.replace("v0.1.0", "v0.2.0")) },
};

function saved(repo: Repo, plan: Plan): string {
  const file = repo.folder.join("plan.json");
  Deno.writeTextFileSync(file, JSON.stringify(plan));
  return file;
}

Deno.test("a train is out when every tag of it is proven, and resume by any of them goes on", async () => {
  using repo = two();
  let seen = false;
  await using proxy = new Proxy(repo, (source) => ({
    info: (p, v) => seen || v !== "v1.1.0" ? source.info(p, v) : Promise.resolve(null),
    list: async (p) => (await source.list(p))?.filter((v) => seen || v !== "v1.1.0") ?? null,
  }));
  const options = { cwd: repo.dir, env: { ...repo.env, GOPROXY: proxy.url } };
  const plan = saved(repo, await planOf(repo, { ...train, Wait: true }));
  const ran = await gorel(["apply", plan, "--yes", "--wait", "1s", "--json"], options);
  assert.equal(ran.code, 8, ran.stdout + ran.stderr);
  assert.equal(ran.json.State, "pushed");
  const steps = (json: { Steps: { Do: string; State: string }[] }) =>
    json.Steps.slice(-2).map((s) => [s.Do, s.State]);
  assert.deepEqual(steps(ran.json), [["ask-proxy", "waiting"], ["verify", "waiting"]]);
  assert.match(ran.stdout, /1 of 2 releases proven/);
  assert.deepEqual(
    ran.json.Releases.map((r: Record<string, string>) => `${r.Module} ${r.TagName}`),
    [`${codec} codec/v0.2.0`, `${root} v1.1.0`],
  );
  const status = await gorel(["status", "--json"], options);
  assert.equal(status.json.Unfinished.Version, "v0.2.0");
  seen = true;
  const resumed = await gorel(["resume", "v1.1.0", "--json"], options);
  assert.equal(resumed.code, 0, resumed.stdout);
  assert.equal(resumed.json.State, "published");
  // The tags are of the commit that a version is made of; the branch is one further.
  assert.equal(repo.onRemote("rev-parse", "v1.1.0^{}"), repo.onRemote("rev-parse", "main~1"));
  assert.equal(repo.onRemote("rev-parse", "codec/v0.2.0^{}", "v1.1.0^{}").split("\n").length, 2);
  assert.match(repo.onRemote("show", "main:go.mod"), /v0\.2\.0[^]*replace/);
  assert.equal(repo.git("status", "--porcelain"), "");
  assert.equal(repo.read("go.mod"), repo.git("show", "main:go.mod") + "\n");
});

Deno.test("a push that is refused for one tag leaves nothing on the remote, and undo nothing here", async () => {
  using repo = two();
  const options = { cwd: repo.dir, env: repo.env };
  const plan = saved(repo, await planOf(repo, train));
  const hook = `${repo.remote}/hooks/update`;
  Deno.writeTextFileSync(hook, '#!/bin/sh\n[ "$1" != refs/tags/v1.1.0 ]\n', { mode: 0o755 });
  repo.git("status");
  const before = state(repo);
  const ran = await gorel(["apply", plan, "--yes", "--json"], options);
  assert.equal(ran.code, 1, ran.stdout);
  assert.equal(ran.json.Next, "gorel resume example.com/m/codec@v0.2.0, or gorel undo");
  const again = await gorel(["apply", plan, "--yes", "--json"], options);
  assert.equal(again.json.Error.Code, "moved");
  const undone = await gorel(["undo", "--json"], options);
  assert.equal(undone.code, 0, undone.stdout);
  assert.deepEqual(state(repo), before);
});

Deno.test("a new major of many files is one pack and a branch for the old, and undo takes back every byte", async () => {
  using repo = new Repo();
  const many = Array.from({ length: 105 }, (_, i) => `p${i % 7}/f${i}.go`);
  const text = (path: string) => `package p\r\n\r\nimport _ "${path}/x"\r\n`;
  repo.write(".gitattributes", "*.go text eol=crlf\n");
  repo.commit("begin", {
    "LICENSE": "free\n",
    "go.mod": goMod(root),
    ...Object.fromEntries(many.map((path) => [path, text(root)])),
  });
  repo.tag("v1.0.0");
  repo.withRemote();
  repo.write("p0/mine.txt", "not known to git\n");
  const lf = (path: string) => text(path).replaceAll("\r", "");
  const plan = saved(
    repo,
    await planOf(repo, {
      Releases: [{ Path: root, NewPath: `${root}/v2`, Version: "v2.0.0" }],
      Files: {
        "go.mod": goMod(`${root}/v2`),
        ...Object.fromEntries(many.map((path) => [path, lf(`${root}/v2`)])),
      },
      Keep: "release/v1",
      Push: false,
    }),
  );
  repo.git("status");
  const before = state(repo);
  const options = { cwd: repo.dir, env: repo.env };
  const ran = await gorel(["apply", plan, "--yes"], options);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /… 98 more files/);
  assert.match(ran.stderr, /branch +release\/v1 at /);
  assert.equal(repo.git("status", "--porcelain"), "?? p0/mine.txt");
  assert.equal(repo.read(many[104]!), text(`${root}/v2`), "as a checkout gives it");
  assert.equal(repo.git("rev-parse", "release/v1"), repo.git("rev-parse", "v1.0.0^{}"));
  assert.match(repo.git("count-objects", "-v"), /^packs: 1$/m);
  run("git", ["fsck", "--strict"], { cwd: repo.dir, env: repo.env });

  const undone = await gorel(["undo", "--json"], options);
  assert.equal(undone.code, 0, undone.stdout);
  repo.git("status");
  const { ".git/index": _, ...rest } = state(repo);
  const { ".git/index": __, ...was } = before;
  assert.deepEqual(rest, was);
  assert.equal(repo.git("status", "--porcelain"), "?? p0/mine.txt");
});
