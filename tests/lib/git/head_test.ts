import assert from "node:assert/strict";
import { join } from "node:path";
import { readHead } from "../../../lib/git/head.ts";
import { Repo } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

Deno.test("readHead() gives commit, tree and branch in one process", async () => {
  using repo = new Repo();
  const commit = repo.commit("first", { f: "x" });
  repo.git("switch", "-q", "-c", "release/1.x");
  // A tag of that name must not be taken for HEAD.
  repo.git("tag", "HEAD", repo.git("rev-parse", "HEAD:f"));
  const { repo: opened, started } = counted(await open(repo));
  assert.deepEqual(await readHead(opened), {
    Commit: commit,
    Tree: repo.git("rev-parse", commit + "^{tree}"),
    Branch: "release/1.x",
  });
  assert.equal(started.length, 1);
});

Deno.test("readHead() gives no commit before the first one", async () => {
  using repo = new Repo();
  assert.deepEqual(await readHead(await open(repo)), { Branch: "main" });
});

Deno.test("readHead() gives no branch when HEAD is detached", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  repo.git("checkout", "-q", "--detach");
  const head = await readHead(await open(repo));
  assert.equal(head.Commit, commit);
  assert.equal(head.Branch, undefined);
});

Deno.test("readHead() reads the HEAD of the linked worktree it was opened in", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", "-b", "side", linked);
  repo.commit("second");
  const head = await readHead(await open(repo, linked));
  assert.equal(head.Commit, commit);
  assert.equal(head.Branch, "side");
});

Deno.test("readHead() reads a HEAD that is a symbolic link, as old git made it", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  const file = join(repo.dir, ".git", "HEAD");
  Deno.removeSync(file);
  Deno.symlinkSync("refs/heads/main", file);
  const head = await readHead(await open(repo));
  assert.equal(head.Commit, commit);
  assert.equal(head.Branch, "main");
});

Deno.test("readHead() fails where HEAD's commit is missing, and takes it for no new repository", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  Deno.removeSync(join(repo.dir, ".git", "objects", commit.slice(0, 2), commit.slice(2)));
  await assert.rejects(async () => readHead(await open(repo)), /git rev-parse/);
});
