import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { gather } from "../../../lib/facts/gather.ts";
import { readTags } from "../../../lib/git/refs.ts";
import { openRepository } from "../../../lib/git/repository.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { pseudoVersion } from "../../../lib/go/pseudo.ts";
import { atRevision, versionAt } from "../../../lib/plan/revision.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { Go, needsGo } from "../../support/go.ts";
import { gitInstead, goList } from "../go/golist.ts";
import { Repo } from "../../support/repo.ts";

const host = "https://github.com/t/m";
const at = "github.com/t/m";

/** What a revision is called, with its commit for go; a pseudo-version as the base it counts from. */
async function called(repo: Repo, rev: string, module = ".") {
  const services = machine({ ...repo.env, PATH: Deno.env.get("PATH")! });
  const facts = await gather(services, { Dir: repo.dir, Module: module, Offline: "a test" });
  if (Array.isArray(facts)) assert.fail(facts[0]!.Text);
  const found = await atRevision(facts.Repo, facts.Modules[0]!, rev);
  if ("Code" in found) assert.fail(found.Text);
  const sealed = await seal(facts.Repo.Git, (await snapshot(facts.Repo.Git, found.Commit))!, found);
  if ("Problems" in sealed) assert.fail(`${rev}: ${sealed.Problems[0]!.Text}`);
  const short = found.Version.replace(/\d{14}-[0-9a-f]{12}/, "…");
  return { ...found, Short: `${found.Path.slice(at.length)}@${short}`, Sum: sealed.Sum };
}

/** A module from the time before modules to /v3, with a maintenance branch that goes on beside it. */
function history(): Repo {
  const repo = new Repo();
  const mod = (path: string, more = "") => ({ "go.mod": `module ${at}${path}\n${more}` });
  repo.commit("begun", { "a.go": "package a\n" });
  repo.tag("v0.9");
  repo.commit("old", { "a.go": "package a // 1\n" });
  repo.tag("v1.0.0");
  repo.commit("older than modules");
  repo.tag("older");
  repo.commit("two");
  repo.tag("v2.0.0");
  repo.commit("after two");
  repo.tag("after-two");
  repo.commit("a module", mod(""));
  repo.tag("v1.1.0");
  repo.tag("v2.1.0");
  repo.commit("more");
  repo.git("branch", "one");
  repo.commit("v3", mod("/v3"));
  repo.tag("v3.0.0");
  repo.commit("v3 goes on");
  repo.tag("v3.1.0+meta");
  repo.commit("and on");
  repo.git("branch", "three");
  repo.commit("fix", mod("/v3", "retract v3.2.0 // bad\n"));
  repo.tag("v3.2.0");
  repo.tag("v3.2.1-rc.1");
  repo.commit("retracts", mod("/v3", "retract v3.2.0 // bad\n\nretract v3.2.1-rc.1\n"));
  repo.tag("v3.3.0");
  repo.git("checkout", "-q", "one");
  repo.commit("maintained", mod("", "retract v1.2.0 // bad too\n"));
  repo.tag("v1.2.0");
  repo.commit("on top of a retracted one");
  repo.tag("v1.3.0");
  repo.commit("in a folder", {
    "v4/go.mod": `module ${at}/v4\n`,
    "sub/go.mod": `module ${at}/sub\n`,
  });
  repo.tag("v4.0.0");
  repo.commit("last of one");
  repo.git("checkout", "-q", "main");
  return repo;
}

const revisions: readonly (readonly [rev: string, called: string])[] = [
  ["HEAD", "/v3@v3.3.0"],
  ["v3.3.0", "/v3@v3.3.0"],
  // Asked for by name a retracted version is itself; its commit has no other name.
  ["v3.2.0", "/v3@v3.2.0"],
  ["v3.2.0^{commit}", "/v3@v3.1.1-0.…"],
  ["three", "/v3@v3.1.1-0.…"],
  ["v3.1.0+meta", "/v3@v3.1.1-0.…"],
  ["v3.0.0^{}", "/v3@v3.0.0"],
  // Below go.mod's first commit HEAD's /v3 means nothing.
  ["v2.0.0", "@v2.0.0+incompatible"],
  ["after-two", "@v2.0.1-0.…+incompatible"],
  ["older", "@v1.0.1-0.…"],
  ["v1.0.0", "@v1.0.0"],
  ["v0.9", "@v0.0.0-…"],
  // With a go.mod a v2 tag is no version of the path without /v2.
  ["refs/tags/v2.1.0", "@v1.1.0"],
  ["v1.1.0", "@v1.1.0"],
  ["v1.2.0", "@v1.2.0"],
  ["v1.2.0~0", "@v1.1.1-0.…"],
  ["v1.3.0~0", "@v1.3.0"],
  ["one", "@v1.3.1-0.…"],
];

Deno.test("a revision is called what its own go.mod and all tags below it say", async () => {
  using repo = history();
  for (const [rev, expected] of revisions) {
    assert.equal((await called(repo, rev)).Short, expected, rev);
  }
  repo.git("checkout", "-q", "one");
  for (
    const [module, rev, expected] of [
      ["v4", "v4.0.0", "/v4@v4.0.0"],
      ["v4", "HEAD", "/v4@v4.0.1-0.…"],
      ["v4", "v1.3.0", "@v1.3.0"],
      ["v4", "v2.0.0", "@v2.0.0+incompatible"],
      ["sub", "HEAD", "/sub@v0.0.0-…"],
    ] as const
  ) assert.equal((await called(repo, rev, module)).Short, expected, `${module} ${rev}`);
});

Deno.test(
  needsGo("go calls each of these revisions the same, and finds the same in it"),
  async () => {
    using repo = history();
    using go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${repo.dir}.insteadOf`,
      GIT_CONFIG_VALUE_0: host,
    });
    for (const [rev] of revisions) {
      const ours = await called(repo, rev);
      const asked = /^v\d+\.\d+\.\d+$/.test(rev) && ours.Version.startsWith(rev)
        ? ours.Version
        : ours.Commit;
      const { stdout } = go.run(["mod", "download", "-json", `${ours.Path}@${asked}`]);
      const { Path, Version, Sum, Error } = JSON.parse(stdout);
      assert.equal(Error, undefined, rev);
      assert.deepEqual([ours.Path, ours.Version, ours.Sum], [Path, Version, Sum], rev);
    }
  },
);

Deno.test(
  needsGo("what go refuses of a revision or a pseudo-version is refused in its words"),
  async () => {
    using repo = history();
    const of = (rev: string) => repo.git("rev-parse", `${rev}^{commit}`);
    const time = (rev: string, seconds = 0) =>
      new Date((Number(repo.git("log", "-1", "--format=%ct", rev)) + seconds) * 1000)
        .toISOString().replace(/\D/g, "").slice(0, 14);
    const last = of("one~1"), first = of("older");
    const rows: [path: string, rev: string, words: RegExp | null][] = [
      ["", `v1.3.1-0.${time(last)}-${last.slice(0, 12)}`, null],
      ["", `v1.1.1-0.${time("one")}-${of("one").slice(0, 12)}`, null],
      // Based on a retracted tag it stays what it was.
      ["", `v1.2.1-0.${time("one")}-${of("one").slice(0, 12)}`, null],
      ["", `v1.1.1-0.${time("one", 1)}-${of("one").slice(0, 12)}`, /version-control timestamp/],
      ["", `v1.1.1-0.${time("one")}-${of("one").slice(0, 11)}`, /shorter than canonical/],
      ["", `v1.1.1-0.${time("one")}-${of("one").slice(0, 13)}`, /longer than canonical/],
      ["", `v1.1.1-0.${time("one")}-${of("one").slice(0, 6)}`, /unknown revision/],
      ["", `v1.7.1-0.${time("one")}-${of("one").slice(0, 12)}`, /tag \(v1\.7\.0\) not found/],
      ["", `v1.1.1-0.${time(first)}-${first.slice(0, 12)}`, /not a descendent of preceding tag/],
      ["", `v1.0.0-${time(first)}-${first.slice(0, 12)}`, /must be v0, not v1/],
      ["", `v1.0.1-0.${time("v1.0.0")}-${of("v1.0.0").slice(0, 12)}`, /is already canonical/],
      ["", "v2.1.0", /module path must match major version/],
      ["", "v2.0.0", null],
      ["", "v2.0.0+incompatible", null],
      ["", "v1.0.0+incompatible", /\+incompatible suffix not allowed: major version v1/],
      ["", "v1.2.0", null],
      ["", "v1.9.9", /unknown revision v1\.9\.9/],
      ["/v3", "v2.0.0", /missing .*go\.mod and \.\.\.\/v3\/go\.mod at revision v2\.0\.0/],
      ["/sub", "v1.3.0", /unknown revision sub\/v1\.3\.0/],
      ["/sub", last, null],
      ["/v4", "v4.0.0", null],
    ];
    using go = new Go({ GOPROXY: "direct", GOFLAGS: "-modcacherw", ...gitInstead(host, repo.dir) });
    const theirs = goList(go, ["-retracted"], rows.map(([path, rev]) => `${at}${path}@${rev}`));
    const services = machine({ ...repo.env, PATH: Deno.env.get("PATH")! });
    const Git = await openRepository(services, repo.dir);
    assert.ok(!("Code" in Git));
    const Tags = await readTags(Git);
    for (const [i, [path, rev, words]] of rows.entries()) {
      const named = {
        Path: at + path,
        TagPrefix: path === "/sub" ? "sub/" : "",
        PathMajor: path === "/sub" ? "" : path,
      };
      const found = await versionAt({ Git, Tags }, named, rev);
      const { Version, Error: refused } = theirs[i]!;
      if (words === null) {
        assert.equal("Code" in found ? found.Text : found.Version, Version, `${path}@${rev}`);
        continue;
      }
      assert.ok("Code" in found && refused, `${path}@${rev}`);
      assert.match(refused.Err, words);
      const said = refused.Err.replace(/^.*invalid (pseudo-)?version: (unknown )?/s, "");
      assert.ok(found.Text.includes(said), rev);
    }
  },
);

Deno.test(
  needsGo("another module's tag of the same name keeps a commit from its pseudo-version, as in go"),
  async () => {
    using repo = new Repo();
    const path = "github.com/t/twice/sub";
    repo.commit("begin", { "sub/go.mod": `module ${path}\n`, "sub/a.go": "package sub\n" });
    repo.tag("sub/v1.0.0");
    const id = repo.commit("more", { "sub/a.go": "package sub // 2\n" });
    repo.tag("v1.0.0");
    const seconds = Number(repo.git("log", "-1", "--format=%ct"));
    const rev = pseudoVersion("", "v1.0.0", new Date(seconds * 1000), id.slice(0, 12));
    using go = new Go({
      GOPROXY: "direct",
      GOFLAGS: "-modcacherw",
      ...gitInstead("https://github.com/t/twice", repo.dir),
    });
    const [theirs] = goList(go, [], [`${path}@${rev}`]);
    const services = machine({ ...repo.env, PATH: Deno.env.get("PATH")! });
    const Git = await openRepository(services, repo.dir);
    assert.ok(!("Code" in Git));
    const named = { Path: path, TagPrefix: "sub/", PathMajor: "" };
    const found = await versionAt({ Git, Tags: await readTags(Git) }, named, rev);
    assert.match(theirs!.Error!.Err, /tag \(v1\.0\.0\) found on revision/);
    assert.ok("Code" in found && /tag \(v1\.0\.0\) found on revision/.test(found.Text));
  },
);
