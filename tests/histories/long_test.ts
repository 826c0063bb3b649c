/** One module with hundreds of tags: what of them is a version, and releases of every kind on top. */
import assert from "node:assert/strict";
import { needsGo } from "../support/go.ts";
import type { Ran } from "../support/gorel.ts";
import { seeded } from "../support/random.ts";
import { longHistory, lookalikes } from "./build.ts";
import { act, codes, Judge, published, said } from "./judge.ts";

const path = "github.com/t/long";

Deno.test(needsGo("a long history is read as go does, and released from"), async (t) => {
  const history = longHistory(seeded("long history"));
  assert.ok(history.tags.size >= 300);
  using repo = history.write();
  using judge = new Judge(repo, "long");
  const done: Ran[] = [];
  const release = async (args: string[], version: string) => {
    const ran = await published(repo, args);
    assert.equal(ran.json.Releases[0].Version, version);
    done.push(ran);
    return ran;
  };
  const change = (message: string) =>
    repo.commit(message, { "m.go": `package m // ${done.length} ${message}\n` });

  await t.step("look-alikes are named with what is wrong about them", async () => {
    const found = await said(repo, ".");
    judge.agrees([[path, found]]);
    const { Base, Series, Highest, Advised, Candidates } = found.next;
    assert.deepEqual(
      Object.fromEntries(found.versions.Ignored.map(({ Tag, Code }) => [Tag, Code])),
      lookalikes,
    );
    assert.deepEqual([Base, Series, Highest], ["v1.12.90", "v1.13.0-rc.10", "v1.12.90"]);
    assert.deepEqual(Advised, { Version: "v1.13.0", Bump: "minor" });
    assert.deepEqual(
      Object.values(Candidates).map(({ Version, Allowed }) => `${Version} ${Allowed}`),
      ["v1.12.91 true", "v1.13.0 true", "v2.0.0 false", "v1.13.0-rc.11 true", "v1.13.0 true"],
    );
  });

  await t.step("a series goes on, is finished, and then retracted", async () => {
    await release(["prerelease"], "v1.13.0-rc.11");
    assert.deepEqual(judge.latest([path]), ["v1.12.90"]);
    await release(["release"], "v1.13.0");
    change("fix: a");
    await release(["patch"], "v1.13.1");
    change("feat: b");
    await release(["minor"], "v1.14.0");
    await release(["retract", "[v1.13.0-rc.11,v1.13.1]", "--reason", "panics"], "v1.14.1");
    judge.agrees([[path, await said(repo, ".")]]);
  });

  await t.step("a tag made by hand is sent as it is", async () => {
    for (const [version, ...flags] of [["v1.14.2"], ["v1.15.0", "-a", "-m", "by hand"]] as const) {
      change("fix: by hand");
      repo.git("tag", ...flags, version);
      const tag = repo.git("rev-parse", `refs/tags/${version}`);
      const ran = await release([version], version);
      assert.ok(!ran.json.Steps.some((s: { Do: string }) => s.Do === "tag"));
      assert.equal(repo.onRemote("rev-parse", `refs/tags/${version}`), tag);
      assert.equal(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "HEAD"));
    }
    // The remote's branch has the commit already.
    repo.git("tag", "v1.15.1-rc.1");
    const plan = (await act(repo, ["plan", "v1.15.1-rc.1"])).json;
    const push = plan.Steps.find((s: { Do: string }) => s.Do === "push");
    assert.deepEqual(push.Refs.map((r: { Name: string }) => r.Name), ["refs/tags/v1.15.1-rc.1"]);
    await release(["v1.15.1-rc.1"], "v1.15.1-rc.1");
  });

  await t.step("an old line is patched beside the new one", async () => {
    repo.git("switch", "-q", "release-1.3");
    change("fix: backported");
    const { Base, Candidates: { patch } } = (await said(repo, ".")).next;
    assert.match(Base!, /^v1\.3\.\d+$/);
    const ran = await release(["patch"], patch.Version);
    assert.deepEqual(codes(ran), ["backport"]);
    assert.equal(repo.onRemote("rev-parse", "release-1.3"), repo.git("rev-parse", "HEAD"));
    assert.deepEqual(judge.latest([path]), ["v1.15.0"]);
    const retracting = await act(repo, ["retract", patch.Version, "--reason", "bad", "--yes"]);
    assert.equal(retracting.code, 3);
    assert.equal(codes(retracting)[0], "retract-ineffective");
    judge.agrees([[path, await said(repo, ".")]]);
  });

  judge.downloads(done);
});
