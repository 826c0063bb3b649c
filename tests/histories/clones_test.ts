/** The same history from places that know less of it: clones without tags or history, and a proxy that knows more. */
import assert from "node:assert/strict";
import { Refused } from "../../lib/problem.ts";
import { FileProxy, goList } from "../lib/go/golist.ts";
import { needsGo } from "../support/go.ts";
import { seeded } from "../support/random.ts";
import { run } from "../support/repo.ts";
import { longHistory, lookalikes } from "./build.ts";
import { act, codes, Judge, published, type Said, said, wherever } from "./judge.ts";

const path = "github.com/t/long";
const versionsOf = ({ versions }: Said) => versions.Versions.map((v) => v.Version);

Deno.test(needsGo("what a clone lacks, the remote or the proxy has"), async (t) => {
  using repo = longHistory(seeded("clones")).write();
  using judge = new Judge(repo, "long");
  const clone = (name: string, ...flags: string[]) => {
    const dir = repo.folder.join(name);
    run("git", ["clone", "-q", ...flags, `file://${repo.remote}`, dir], { env: repo.env });
    return dir;
  };

  await t.step("without history a version has to be named", async () => {
    const dir = clone("shallow", "--depth=1", "--no-tags");
    const counted = await said(repo, ".", { dir }).catch((error) => error);
    assert.ok(counted instanceof Refused);
    assert.deepEqual(counted.problems.map((p) => p.Code), ["shallow"]);
    const taken = await act(repo, ["v1.12.90", "--yes"], { dir });
    assert.deepEqual([taken.code, codes(taken)[0]], [3, "version-exists"]);
    judge.downloads([await published(repo, ["v1.12.91"], { dir })]);
  });

  repo.git("fetch", "-q", "--tags");
  const full = await said(repo, ".");

  await t.step("without tags the same is said, and released", async () => {
    const dir = clone("tagless", "--no-tags");
    const found = await said(repo, ".", { dir });
    judge.agrees([[path, found]]);
    assert.deepEqual(wherever(found.next), wherever(full.next));
    assert.deepEqual(found.versions.Ignored, full.versions.Ignored);
    assert.ok(found.versions.Versions.every((v) => !v.Here && v.OnRemote));
    Deno.writeTextFileSync(`${dir}/m.go`, "package m // elsewhere\n");
    run("git", ["commit", "-q", "-am", "feat: elsewhere"], { cwd: dir, env: repo.env });
    const ran = await published(repo, ["minor"], { dir });
    assert.equal(ran.json.Releases[0].Version, "v1.13.0");
    judge.downloads([ran]);
  });

  await t.step("offline what is here is all there is, and that is said", async () => {
    const flags = ["--offline"];
    const here = await said(repo, ".", { flags });
    assert.deepEqual(versionsOf(here), versionsOf(full));
    assert.deepEqual(
      wherever({ ...here.next, NotChecked: [] }),
      wherever({ ...full.next, NotChecked: [] }),
    );
    assert.equal(here.versions.Latest, full.versions.Latest);
    assert.ok(here.versions.Versions.every((v) => v.Here && !v.OnRemote && !v.OnProxy));
    const less = await said(repo, ".", { flags, dir: repo.folder.join("tagless") });
    assert.deepEqual(versionsOf(less), ["v1.13.0"]);
    assert.ok(less.next.NotChecked.some((text) => text.startsWith("the remote: --offline")));
    repo.commit("feat: here", { "m.go": "package m // here\n" });
    const plan = (await act(repo, ["plan", "minor"], { flags })).json;
    assert.equal(plan.Releases[0].Version, "v1.13.0");
    assert.ok(!plan.Steps.some((s: { Do: string }) => s.Do === "push"));
  });

  await t.step("what only the proxy has counts too", async () => {
    using proxy = new FileProxy();
    const goMod = `module ${path}\n\ngo 1.21\n\nretract [v1.97.0, v1.98.0] // gone\n`;
    const mods = new Map(["v1.12.90", "v1.97.0", "v1.98.0"].map((v) => [v, goMod]));
    const pseudo = "v1.99.0-0.20240102030405-abcdefabcdef";
    proxy.add(path, [...mods.keys(), "v1.96.0-rc.1", pseudo], mods);
    const env = { GOPROXY: proxy.go.env.GOPROXY! };
    const { next, versions } = await said(repo, ".", { env });
    const only = versions.Versions.filter((v) => v.OnProxy);
    assert.deepEqual(
      only.map((v) => [v.Version, v.Here, v.OnRemote, v.Tag !== undefined, v.Retracted]),
      [
        ["v1.12.90", true, true, true, undefined],
        ["v1.96.0-rc.1", false, false, false, undefined],
        ["v1.97.0", false, false, false, ["gone"]],
        ["v1.98.0", false, false, false, ["gone"]],
      ],
    );
    assert.deepEqual([next.Base, next.Highest], ["v1.12.91", "v1.98.0"]);
    assert.equal(versions.Ignored.length, Object.keys(lookalikes).length);
    const refused = await act(repo, ["v1.97.0", "--dry-run"], { env });
    assert.ok(codes(refused).includes("version-exists"));
    assert.match(refused.stdout, /on the module proxy.*v1\.97\.1/);
    // The remote has a version that this proxy never saw: nobody behind it gets that.
    assert.equal(versions.Latest, "v1.12.90");
    assert.equal(goList(proxy.go, [], [`${path}@latest`])[0]!.Version, "v1.12.90");
  });
});
