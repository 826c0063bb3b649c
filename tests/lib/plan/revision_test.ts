import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { gather } from "../../../lib/facts/gather.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { atRevision } from "../../../lib/plan/revision.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { Go, needsGo } from "../../support/go.ts";
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
  ["v2.1.0", "@v1.1.0"],
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
