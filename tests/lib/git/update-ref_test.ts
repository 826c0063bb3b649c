import assert from "node:assert/strict";
import { join } from "node:path";
import { updateRefs } from "../../../lib/git/update-ref.ts";
import { Failed } from "../../../lib/problem.ts";
import { Repo } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

Deno.test("updateRefs() moves branch and tag in one process, with a reason in the reflog", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  repo.git("reset", "-q", "--hard", first);
  repo.git("branch", "old");
  const { repo: opened, started } = counted(await open(repo));
  const found = await updateRefs(opened, [
    { Ref: "refs/heads/main", From: first, To: second },
    { Ref: "refs/tags/sub/v1.0.0", From: null, To: second },
    { Ref: "refs/heads/old", From: first, To: null },
  ], "gorel: release\nv1.0.0");
  assert.equal(found, null);
  assert.equal(started.length, 1);
  assert.equal(repo.git("rev-parse", "main"), second);
  assert.equal(repo.git("rev-parse", "refs/tags/sub/v1.0.0"), second);
  assert.equal(repo.git("branch", "--list", "old"), "");
  assert.equal(repo.git("log", "-g", "-1", "--format=%gs", "main"), "gorel: release v1.0.0");
  assert.equal(repo.git("log", "-g", "-1", "--format=%gs", "HEAD"), "gorel: release v1.0.0");
});

Deno.test("updateRefs() moves nothing when one ref is not where it was expected", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  repo.git("tag", "v1");
  repo.git("pack-refs", "--all");
  const opened = await open(repo);
  const before = repo.git("for-each-ref");
  const wrong = [
    { Ref: "refs/tags/v1", From: null, To: first },
    { Ref: "refs/tags/v1", From: first, To: null },
    { Ref: "refs/tags/v2", From: first, To: second },
    { Ref: "refs/heads/main", From: first, To: first },
  ];
  for (const move of wrong) {
    const found = await updateRefs(opened, [
      { Ref: "refs/heads/new", From: null, To: first },
      move,
    ], "test");
    assert.equal(found?.Code, "moved", JSON.stringify(move));
    assert.match(found!.Text, /cannot lock ref/);
    assert.equal(repo.git("for-each-ref"), before);
  }
});

Deno.test("updateRefs() says who holds a lock", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const opened = await open(repo);
  const move = { Ref: "refs/heads/main", From: first, To: null };
  for (const lock of ["refs/heads/main.lock", "packed-refs.lock"]) {
    Deno.writeTextFileSync(join(repo.dir, ".git", lock), "");
    const found = await updateRefs(opened, [move], "test");
    assert.equal(found?.Code, "locked");
    assert.match(found!.Text, new RegExp(lock));
    Deno.removeSync(join(repo.dir, ".git", lock));
  }
  assert.equal(repo.git("rev-parse", "main"), first);
});

Deno.test("updateRefs() shows the words of a reference-transaction hook that refuses", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const hook = join(repo.dir, ".git", "hooks", "reference-transaction");
  Deno.writeTextFileSync(hook, "#!/bin/sh\necho 'frozen until Monday' >&2\nexit 1\n");
  Deno.chmodSync(hook, 0o755);
  const opened = await open(repo);
  const found = await updateRefs(opened, [{ Ref: "refs/tags/v1", From: null, To: first }], "test");
  assert.equal(found?.Code, "hook-refused");
  assert.match(found!.Text, /hook refused: frozen until Monday\.$/);
  assert.equal(repo.git("tag"), "");
});

Deno.test("updateRefs() fails for what git cannot do, and for what is no move", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  repo.git("tag", "v1");
  const opened = await open(repo);
  const before = repo.git("for-each-ref");
  const impossible = [
    { Ref: "refs/tags/v1/below", From: null, To: first },
    { Ref: "refs/tags/missing", From: null, To: "1".repeat(40) },
    { Ref: "main", From: null, To: first },
    { Ref: "refs/tags/a b", From: null, To: first },
    { Ref: "refs/tags/a\0" + first + "\0\0delete refs/tags/v1", From: null, To: first },
    { Ref: "refs/tags/v2", From: null, To: "main" },
    { Ref: "refs/tags/v2", From: "--x", To: first },
  ];
  for (const move of impossible) {
    await assert.rejects(updateRefs(opened, [move], "test"), Failed, JSON.stringify(move));
  }
  assert.equal(repo.git("for-each-ref"), before);
});

Deno.test("updateRefs() moves a detached HEAD, and the branch of the worktree it was opened in", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", "--detach", linked, first);
  const opened = await open(repo, linked);
  assert.equal(await updateRefs(opened, [{ Ref: "HEAD", From: first, To: second }], "test"), null);
  assert.equal(repo.git("-C", linked, "rev-parse", "HEAD"), second);
  assert.equal(repo.git("symbolic-ref", "HEAD"), "refs/heads/main");
});
