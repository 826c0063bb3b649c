/** Connections that break around a push: exactly one release comes of it, or none. */
import assert from "node:assert/strict";
import { cuts } from "../support/receive-pack.ts";
import { colleague, eachTransport, releasedOnce, remoteRefs, retract } from "./scene.ts";

for (const cut of cuts) {
  const applied = cut === "cut-after" || cut === "half-answer";
  eachTransport(`${cut}: ${applied ? "the release is out" : "resume or undo"}`, async (scene) => {
    const { repo } = scene;
    const before = { here: repo.git("for-each-ref"), there: remoteRefs(repo) };
    scene.break(cut);
    const ended = await scene.gorel(retract);
    if (applied) {
      assert.equal(ended.code, 0, ended.said);
      assert.equal(ended.State, "pushed");
      assert.match(ended.said, /the connection broke, but the remote has it/);
      releasedOnce(repo);
      assert.equal((await scene.gorel(["resume"])).Code, "nothing-unfinished");
      assert.equal((await scene.gorel(["undo"])).Code, "nothing-unfinished");
      return;
    }
    assert.equal(ended.code, 1, ended.said);
    assert.equal(ended.State, "failed");
    assert.equal(ended.Code, "remote-unreachable");
    assert.match(ended.Text, /^The push to origin broke off \(.+\), and origin does not show/);
    assert.equal(ended.Next, "gorel resume v1.0.1, or gorel undo");
    assert.equal(remoteRefs(repo), before.there);
    scene.break("none");
    if (cut === "cut-before") {
      assert.equal((await scene.gorel(["resume"])).State, "pushed");
      releasedOnce(repo);
    } else {
      assert.equal((await scene.gorel(["undo"])).State, "undone");
      assert.equal(repo.git("for-each-ref"), before.here);
      assert.equal(remoteRefs(repo), before.there);
    }
  });
}

eachTransport("applied, the answer lost, and somebody pushed on top: it is out", async (scene) => {
  const { repo } = scene;
  const other = colleague(repo);
  scene.break("cut-after");
  const ended = await scene.gorel(retract, {
    afterPush: () => {
      other("pull", "-q", "origin", "main");
      other("commit", "-q", "--allow-empty", "-m", "on top");
      other("push", "-q", "origin", "main");
    },
  });
  assert.equal(ended.State, "pushed", ended.said);
  assert.match(ended.said, /main has moved on there since/);
  assert.equal(repo.onRemote("rev-parse", "main~1"), repo.git("rev-parse", "main"));
  assert.equal(repo.onRemote("rev-parse", "v1.0.1"), repo.git("rev-parse", "v1.0.1"));
});

eachTransport(
  "a tag that was sent by hand after a broken push: resume sends the branch",
  async (scene) => {
    const { repo } = scene;
    scene.break("cut-before");
    assert.equal((await scene.gorel(retract)).State, "failed");
    scene.break("none");
    repo.git("push", "-q", repo.remote, "v1.0.1");
    const undone = await scene.gorel(["undo"]);
    assert.deepEqual([undone.code, undone.Code], [3, "version-exists"], undone.said);
    assert.equal((await scene.gorel(["resume"])).State, "pushed");
    releasedOnce(repo);
  },
);
