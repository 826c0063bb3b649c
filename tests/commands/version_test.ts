/** Situations in which a version would be wrong, or right for another module, if nobody said so. */
import assert from "node:assert/strict";
import { gorel, type Ran } from "../support/gorel.ts";
import { Repo, run } from "../support/repo.ts";

const goMod = (path: string) => `module ${path}\n\ngo 1.21\n`;
const dry = ["--dry-run", "--no-wait"];

/** v1.0.0 of a module at the root and of one in a folder, both on the remote. */
function two(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "go.mod": goMod("example.com/m"),
    "m.go": "package m\n",
    "sub/go.mod": goMod("example.com/m/sub"),
    "sub/s.go": "package s\n",
    "sub/old/o.go": "package old\n",
    "doc/words.go": "package doc\n",
  });
  repo.tag("v1.0.0");
  repo.tag("sub/v1.0.0");
  return repo.withRemote();
}

const at = (repo: Repo, dir = "") => (args: string[]): Promise<Ran> =>
  gorel([...args, "--json"], { cwd: repo.dir + dir, env: repo.env });

// deno-lint-ignore no-explicit-any
const codes = (ran: Ran): string[] => ran.json.Error.Problems.map((p: any) => p.Code);

Deno.test("auto at the root means all modules: none, the only one, or a train of them", async () => {
  using repo = two();
  const root = at(repo);
  assert.equal((await root(["auto", ...dry])).json.State, "nothing");
  repo.commit("feat: a", { "sub/s.go": "package s // a\n" });
  assert.equal((await root(["auto", ...dry])).json.Releases[0].TagName, "sub/v1.1.0");
  repo.commit("fix: b", { "m.go": "package m // b\n" });
  const train: { TagName: string }[] = (await root(["auto", ...dry])).json.Releases;
  assert.deepEqual(train.map((r) => r.TagName).sort(), ["sub/v1.1.0", "v1.0.1"]);
  assert.equal((await root(["auto", ".", ...dry])).json.Releases[0].TagName, "v1.0.1");
  const inside = await at(repo, "/sub/old")(["auto", ...dry]);
  assert.equal(inside.json.Releases[0].TagName, "sub/v1.1.0");
});

Deno.test("a new module inside takes its files from the one around it, which thereby changed", async () => {
  using repo = two();
  repo.commit("doc on its own", { "doc/go.mod": goMod("example.com/m/doc") });
  assert.equal((await at(repo)(["next"])).json.Advised.Version, "v1.0.1");
  repo.commit("new", { "new/go.mod": goMod("example.com/m/sub/new"), "new/n.go": "package n\n" });
  assert.equal((await at(repo)(["next", "--module", "sub"])).json.Advised, null);
});

Deno.test("in a shallow clone that shows no release nothing is counted, unless there is none", async () => {
  using repo = two();
  repo.commit("fix: a", { "m.go": "package m // a\n" });
  repo.git("push", "-q", "origin", "main");
  const clone = (name: string) => {
    const dir = repo.folder.join(name);
    const url = `file://${repo.remote}`;
    run("git", ["clone", "-q", "--depth=1", url, dir], { env: repo.env });
    return (args: string[]) => gorel([...args, "--json"], { cwd: dir, env: repo.env });
  };
  const shallow = clone("shallow");
  for (const args of [["next"], ["next", "--offline"], ["patch", ...dry], ["auto", ...dry]]) {
    const ran = await shallow(args);
    assert.equal(ran.code, 3, args.join(" "));
    assert.ok(codes(ran).includes("shallow"), ran.stdout);
  }
  assert.equal((await shallow(["status"])).json.Problems[0].Code, "shallow");
  assert.equal((await shallow(["v1.0.1", ...dry])).json.Releases[0].Version, "v1.0.1");
  repo.onRemote("tag", "-d", "v1.0.0", "sub/v1.0.0");
  assert.equal((await clone("fresh")(["next"])).json.Advised.Version, "v0.1.0");
});

Deno.test("retract --self alone obeys the rules of every retraction", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod("example.com/m"), "m.go": "package m\n" });
  repo.withRemote();
  const self = ["retract", "--self", "--reason", "by accident", ...dry];
  assert.deepEqual(codes(await at(repo)(self)).slice(0, 1), ["retract-leaves-nothing"]);
  const meant = await at(repo)([...self, "--accept", "retract-leaves-nothing"]);
  const commit = meant.json.Steps.find((s: { Do: string }) => s.Do === "commit");
  assert.equal(commit.Message, "Release v0.0.1: retract v0.0.1 itself\n\nby accident\n");
  repo.tag("v1.0.0");
  repo.git("switch", "-qc", "side");
  repo.commit("feat: a", { "m.go": "package m // a\n" });
  repo.tag("v1.1.0");
  repo.git("switch", "-q", "main");
  assert.ok(codes(await at(repo)(self)).includes("retract-ineffective"));
});

Deno.test("a version that cannot be released as advised is printed with a warning, and the way out names the module", async () => {
  using repo = two();
  repo.git("switch", "-qc", "side");
  repo.commit("fix: side", { "sub/s.go": "package s // side\n" });
  repo.tag("sub/v1.0.1");
  repo.git("switch", "-q", "main");
  repo.commit("fix: main", { "sub/s.go": "package s // main\n" });
  const setting = { cwd: repo.dir, env: repo.env };
  const next = await gorel(["next", "--module", "sub"], setting);
  assert.equal(next.stdout, "v1.0.1\n");
  assert.match(next.stderr, /version-exists/);
  const refused = (await at(repo)(["patch", "sub", ...dry])).json.Error.Problems[0];
  assert.equal(refused.Fix, "gorel v1.0.2 --module example.com/m/sub");
});

Deno.test("a series that the commit does not descend from is not continued, its versions are taken", async () => {
  using repo = two();
  repo.git("switch", "-qc", "side");
  repo.commit("feat: side", { "m.go": "package m // side\n" });
  repo.tag("v1.1.0-rc.1");
  repo.git("switch", "-q", "main");
  repo.commit("feat: main", { "m.go": "package m // main\n" });
  const refused = (await at(repo)(["prerelease", ...dry])).json.Error.Problems[0];
  assert.equal(refused.Code, "version-exists");
  assert.equal(refused.Fix, "gorel v1.1.0-rc.2");
});

Deno.test("a series of a lower number is opened beside the running one, on the same commit too", async () => {
  using repo = two();
  repo.commit("feat: a", { "m.go": "package m // a\n" });
  repo.tag("v1.1.0-rc.1");
  const plan = (await at(repo)(["patch", "--pre", "rc", ...dry])).json;
  assert.equal(plan.Releases[0].Version, "v1.0.1-rc.1");
  assert.deepEqual(plan.Problems.map((p: { Code: string }) => p.Code), ["backport", "not-asked"]);
  repo.tag("v1.0.1-rc.1");
  repo.commit("fix: b", { "m.go": "package m // b\n" });
  const more = (await at(repo)(["patch", "--pre", "rc", ...dry])).json;
  assert.equal(more.Releases[0].Version, "v1.0.1-rc.2");
  assert.equal((await at(repo)(["prerelease", ...dry])).json.Releases[0].Version, "v1.1.0-rc.2");
});

Deno.test("a tag that names something else on the remote stops what would be counted from it", async () => {
  using repo = two();
  repo.commit("fix: a", { "m.go": "package m // a\n" });
  repo.git("tag", "-f", "-a", "-m", "again", "sub/v1.0.0", "sub/v1.0.0^{}");
  const dryPatch = ["patch", ...dry];
  assert.equal((await at(repo)(dryPatch)).json.Releases[0].Version, "v1.0.1");
  repo.git("tag", "-f", "v1.0.0");
  const refused = await at(repo)(dryPatch);
  assert.ok(codes(refused).includes("tag-moved"), refused.stdout);
  // deno-lint-ignore no-explicit-any
  const { Fix } = refused.json.Error.Problems.find((p: any) => p.Code === "tag-moved");
  repo.git(...Fix.split(" ").slice(1));
  assert.equal((await at(repo)(dryPatch)).json.Releases[0].Version, "v1.0.1");
});

Deno.test("an old v2 tag without go.mod is not the latest once the highest of all has a go.mod", async () => {
  using repo = new Repo();
  repo.commit("begin", { "m.go": "package m\n" });
  repo.tag("v2.0.0");
  repo.commit("feat: a module", { "go.mod": goMod("example.com/m") });
  repo.tag("v1.5.0");
  repo.commit("fix: a", { "m.go": "package m // a\n" });
  repo.tag("v1.6.0-rc.1");
  repo.withRemote();
  repo.commit("fix: b", { "m.go": "package m // b\n" });
  const latest = async () => (await at(repo)(["status"])).json.Modules[0].Latest;
  assert.equal(await latest(), "v1.5.0");
  const fromBelow = repo.git("rev-parse", "HEAD");
  repo.onRemote("fetch", "-q", repo.dir, `${fromBelow}:refs/tags/v1.7.0`);
  assert.equal(await latest(), "v1.7.0", "a tag that is only on the remote");
});
