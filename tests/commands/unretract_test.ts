/** What users of a module see when a retraction or a deprecation is taken back. */
import assert from "node:assert/strict";
import { gitInstead, goList } from "../lib/go/golist.ts";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Repo } from "../support/repo.ts";

const url = "github.com/example/back";
const goMod = `module ${url}\n\ngo 1.21\n`;

/** v1.1.0, the highest, has retracted itself and v1.0.1, and the module is deprecated. */
function begun(): Repo {
  const repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n", "LICENSE": "free\n" });
  repo.tag("v1.0.0");
  repo.tag("v1.0.1");
  const retracts = "\n// bad\nretract (\n\tv1.0.1\n\n\t// too early\n\tv1.1.0\n)\n";
  repo.commit("feat: too early", { "go.mod": `// Deprecated: use v9\n${goMod}${retracts}` });
  repo.tag("v1.1.0");
  repo.commit("feat: not ready", { "n.go": "package m\n" });
  return repo.withRemote();
}

Deno.test(
  needsGo("users get again what was retracted, and hear no more of a deprecation"),
  async () => {
    using repo = begun();
    using go = new Go({ GOPROXY: "direct", ...gitInstead(`https://${url}`, repo.remote) });
    const release = async (...words: string[]) => {
      const run = (more: string[]) =>
        gorel([...words, ...more, "--no-wait", "--json"], { cwd: repo.dir, env: repo.env });
      const plan = (await run(["--dry-run"])).json;
      const ran = await run(["--yes"]);
      assert.equal(ran.code, 0, ran.stdout + ran.stderr);
      assert.equal(goList(go, [], [`${url}@latest`])[0]!.Version, plan.Releases[0].Expect.Latest);
      return plan.Releases[0].Version;
    };
    const versions = () => goList(go, ["-versions"], [url])[0]!.Versions;
    const said = () =>
      goList(go, ["-retracted", "-u"], [`${url}@v1.0.1`, `${url}@v1.1.0`])
        .map(({ Retracted, Deprecated }) => [Retracted, Deprecated]);
    const got = () => {
      go.run(["mod", "init", "example.com/user"]);
      return go.run(["get", `${url}@v1.0.1`]).stderr;
    };
    assert.deepEqual(versions(), ["v1.0.0"]);
    assert.deepEqual(said(), [[["bad"], "use v9"], [["too early"], "use v9"]]);
    assert.match(got(), /is deprecated: use v9\n[^]*retracted by module author: bad\n/);

    assert.equal(await release("unretract", "v1.1.0", "--from", "v1.1.0"), "v1.1.1");
    assert.deepEqual(versions(), ["v1.0.0", "v1.1.0", "v1.1.1"]);
    assert.deepEqual(said(), [[["bad"], "use v9"], [undefined, "use v9"]]);

    assert.equal(await release("undeprecate"), "v1.1.2");
    assert.deepEqual(said(), [[["bad"], undefined], [undefined, undefined]]);

    assert.equal(await release("unretract", "v1.0.1"), "v1.1.3");
    assert.deepEqual(versions(), ["v1.0.0", "v1.0.1", "v1.1.0", "v1.1.1", "v1.1.2", "v1.1.3"]);
    assert.deepEqual(said(), [[undefined, undefined], [undefined, undefined]]);
    assert.doesNotMatch(got(), /retracted|deprecated/);
    assert.equal(repo.read("go.mod"), goMod);

    const message = (rev: string) => repo.git("log", "-1", "--format=%B", rev);
    const annotation = (tag: string) => repo.git("tag", "-l", "--format=%(contents)", tag);
    assert.equal(message("v1.1.1"), "Release v1.1.1: unretract v1.1.0");
    assert.match(message("v1.1.2^"), /^Merge v1\.1\.1: it unretracts v1\.1\.0$/);
    assert.equal(annotation("v1.1.2"), "v1.1.2\n\nTakes back the deprecation");
    assert.equal(annotation("v1.1.3"), "v1.1.3\n\nTakes back the retraction of v1.0.1");
  },
);
