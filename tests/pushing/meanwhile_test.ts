/** Somebody else pushes between the plan and the push. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { released } from "../support/released.ts";
import {
  colleague,
  eachTransport,
  gorel,
  releasedOnce,
  remoteRefs,
  retract,
  sound,
} from "./scene.ts";

eachTransport("somebody released the same version meanwhile: theirs stays", async (scene) => {
  const { repo } = scene;
  const other = colleague(repo);
  const before = repo.git("for-each-ref");
  let there = "";
  const ended = await scene.gorel(retract, {
    beforePush: () => {
      other("tag", "-a", "-m", "theirs", "v1.0.1");
      other("push", "-q", "origin", "v1.0.1");
      there = remoteRefs(repo);
    },
  });
  assert.deepEqual([ended.code, ended.State, ended.Code], [1, "failed", "version-exists"]);
  assert.equal(
    ended.Text,
    "origin has a tag v1.0.1 that is not this one: somebody released it meanwhile; " +
      "nothing of this release is there.",
  );
  assert.equal(ended.Next, "gorel undo");
  assert.equal(remoteRefs(repo), there);
  const again = await scene.gorel(["resume"]);
  assert.deepEqual([again.code, again.Code, again.Next], [1, "version-exists", "gorel undo"]);
  assert.equal((await scene.gorel(["undo"])).State, "undone");
  assert.equal(repo.git("for-each-ref"), before);
  assert.equal(remoteRefs(repo), there);
});

eachTransport("the branch moved there meanwhile: undo, pull, and again", async (scene) => {
  const { repo } = scene;
  const other = colleague(repo);
  let there = "";
  const ended = await scene.gorel(retract, {
    beforePush: () => {
      other("commit", "-q", "--allow-empty", "-m", "meanwhile");
      other("push", "-q", "origin", "main");
      there = remoteRefs(repo);
    },
  });
  assert.deepEqual([ended.code, ended.State, ended.Code], [1, "failed", "push-refused"]);
  assert.match(
    ended.Text,
    /^origin refused the push \(.*(fetch first|non-fast-forward).*\): main has moved there/,
  );
  assert.match(ended.Fix, /^gorel undo, git pull origin main/);
  assert.equal(ended.Next, "gorel undo");
  assert.equal(remoteRefs(repo), there);
  assert.equal((await scene.gorel(["undo"])).State, "undone");
  assert.equal((await scene.gorel(retract)).Code, "behind");
  repo.git("pull", "-q", "--rebase", repo.remote, "main");
  assert.equal((await scene.gorel(retract)).State, "pushed");
  releasedOnce(repo);
});

Deno.test("the branch, or the tag, moves while git is pushing: the remote keeps to one of the two", async (t) => {
  const cases: Record<string, string> = {
    "the branch": "git commit -q --allow-empty -m meanwhile && git push -q origin main",
    "the tag": "git tag v1.0.1 && git push -q origin v1.0.1",
  };
  for (const [what, script] of Object.entries(cases)) {
    await t.step(what, async () => {
      using repo = released();
      colleague(repo);
      // It runs when git has seen the remote's refs already.
      Deno.writeTextFileSync(
        join(repo.dir, ".git", "hooks", "pre-push"),
        `#!/bin/sh\nunset GIT_DIR\ncd '${repo.folder.join("colleague")}' && ${script}\n`,
        { mode: 0o755 },
      );
      const ended = await gorel(repo, retract);
      const code = what === "the tag" ? "version-exists" : "push-refused";
      assert.deepEqual([ended.code, ended.Code, ended.Next], [1, code, "gorel undo"], ended.said);
      assert.notEqual(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "main"));
      assert.equal((await gorel(repo, ["undo"])).State, "undone");
      sound(repo);
    });
  }
});

Deno.test("what was pushed before the plan is seen by it", async () => {
  using repo = released();
  const other = colleague(repo);
  other("tag", "v1.0.1");
  other("push", "-q", "origin", "v1.0.1");
  const taken = await gorel(repo, ["v1.0.1"]);
  assert.deepEqual([taken.code, taken.Code], [3, "version-exists"], taken.said);
  assert.match(taken.Text, /taken \(on origin\).* next free version is v1\.0\.2/);
  other("commit", "-q", "--allow-empty", "-m", "more");
  other("push", "-q", "origin", "main");
  const behind = await gorel(repo, retract);
  assert.deepEqual([behind.code, behind.Code], [3, "behind"], behind.said);
  assert.match(behind.Fix, /^git pull .*origin main/);
});

Deno.test("a push that may have come through is not taken back while nobody can say", async () => {
  using repo = released();
  const away = repo.folder.join("away.git");
  const hide = () => Deno.renameSync(repo.remote, away);
  const hook = join(repo.dir, ".git", "hooks", "pre-push");
  const program = repo.folder.join("dies");
  // The server applies it, and both the answer and the server are lost.
  Deno.writeTextFileSync(
    program,
    '#!/bin/sh\ntold=$(git receive-pack --http-backend-info-refs "$1" | wc -c)\ngit receive-pack "$1" | head -c $told\n',
    { mode: 0o755 },
  );
  repo.git("config", "remote.origin.receivepack", program);
  const ended = await gorel(repo, retract, { meanwhile: { afterPush: hide } });
  assert.deepEqual([ended.code, ended.Code], [1, "remote-unreachable"], ended.said);
  assert.match(ended.Text, /does not say whether it came through/);
  // Neither a second try that goes nowhere nor a hook's no settles what became of the first.
  Deno.writeTextFileSync(hook, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const second = await gorel(repo, ["resume"]);
  assert.deepEqual([second.code, second.Code], [1, "push-refused"], second.said);
  assert.deepEqual([(await gorel(repo, ["undo"])).Code], ["remote-unreachable"]);
  Deno.renameSync(away, repo.remote);
  assert.equal((await gorel(repo, ["undo"])).Code, "version-exists");
  assert.equal((await gorel(repo, ["resume"])).State, "pushed");
  releasedOnce(repo);
  sound(repo);
});
