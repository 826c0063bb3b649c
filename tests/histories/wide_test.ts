/** Several modules and majors in one repository: each has its own versions and its own releases. */
import assert from "node:assert/strict";
import { needsGo } from "../support/go.ts";
import type { Ran } from "../support/gorel.ts";
import { seeded } from "../support/random.ts";
import { wideHistory, wideLookalikes, wideModules } from "./build.ts";
import { codes, Judge, published, type Said, said, wherever } from "./judge.ts";

Deno.test(needsGo("modules and majors of one repository are told apart, as go does"), async (t) => {
  const history = wideHistory(seeded("wide history"));
  assert.ok(history.tags.size >= 300);
  using repo = history.write();
  using judge = new Judge(repo, "wide");
  const done: Ran[] = [];
  const all = async (): Promise<[string, Said][]> => {
    const out: [string, Said][] = [];
    for (const { Path, Dir } of wideModules) out.push([Path, await said(repo, Dir || ".")]);
    return out;
  };

  await t.step("each has the versions that go lists, and its own look-alikes", async () => {
    const found = await all();
    judge.agrees(found);
    for (const [i, { Dir, Path }] of wideModules.entries()) {
      const { versions, status } = found[i]![1];
      assert.deepEqual(
        versions.Ignored.map(({ Tag, Code }) => [Tag, Code]),
        Object.entries(wideLookalikes).flatMap(([tag, [code, dir]]) =>
          dir === Dir ? [[tag, code]] : []
        ),
        Path,
      );
      // Every tag is here too, so that without the remote no more is missing than that it was asked.
      const { next, versions: here } = await said(repo, Dir || ".", { flags: ["--offline"] });
      assert.deepEqual(
        [wherever({ ...next, NotChecked: [] }), here.Versions.map((v) => v.Version), here.Latest],
        [
          wherever({ ...found[i]![1].next, NotChecked: [] }),
          versions.Versions.map((v) => v.Version),
          versions.Latest,
        ],
      );
      assert.deepEqual(
        status.Modules.map((m) => m.Path).sort(),
        wideModules.map((m) => m.Path).sort(),
      );
    }
  });

  await t.step("each is released with its own tag, and nothing else moves", async () => {
    for (const [i, { Dir }] of wideModules.entries()) {
      const at = Dir === "" ? "" : Dir + "/";
      repo.commit("feat: once more", { [`${at}new.go`]: `package m // new ${i}\n` });
      const before = (await said(repo, Dir || ".")).next;
      const prefix = before.TagPrefix;
      const [word, version] = i % 2 === 0
        ? ["minor", before.Candidates.minor.Version]
        : ["patch", before.Candidates.patch.Version];
      const tags = repo.onRemote("tag", "--list").split("\n");
      const ran = await published(repo, [word, Dir || "."]);
      done.push(ran);
      assert.deepEqual(codes(ran), []);
      assert.deepEqual(
        repo.onRemote("tag", "--list").split("\n").filter((tag) => !tags.includes(tag)),
        [prefix + version],
      );
    }
    // By hand, a tag of a folder below one that is a module itself.
    repo.commit("fix: by hand", { "sub/v2/new.go": "package m // by hand\n" });
    const { next } = await said(repo, "sub/v2");
    repo.git("tag", `sub/${next.Advised!.Version}`);
    done.push(await published(repo, [next.Advised!.Version, "--module", "sub/v2"]));
    judge.agrees(await all());
  });

  await t.step("an older major is patched from the root of its branch", async () => {
    repo.git("switch", "-q", "release-2");
    repo.commit("fix: old", { "m.go": "package m // old\n" });
    const found = await said(repo, ".");
    judge.agrees([["github.com/t/wide/v2", found]]);
    assert.match(found.next.Base!, /^v2\.4\./);
    const ran = await published(repo, ["patch"]);
    done.push(ran);
    assert.deepEqual(codes(ran), ["backport"]);
    repo.git("switch", "-q", "main");
    const retracts = ["retract", "v2.9.0", "--module", "v2", "--reason", "hangs"];
    done.push(await published(repo, retracts));
    judge.agrees([["github.com/t/wide/v2", await said(repo, "v2")]]);
  });

  judge.downloads(done);
});
