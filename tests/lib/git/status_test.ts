import assert from "node:assert/strict";
import { join } from "node:path";
import { doing, indexFile, lockFiles, status } from "../../../lib/git/status.ts";
import { Repo, run, tryRun } from "../../support/repo.ts";
import { open } from "./open.ts";

Deno.test("status() tells index and work tree apart and lists each untracked file", async () => {
  using repo = new Repo();
  repo.commit("first", {
    "a.go": "a",
    "b.go": "b",
    "c.go": "c",
    "d.go": "d",
    ".gitignore": "*.o\n",
  });
  repo.write("a.go", "changed");
  repo.write("b.go", "staged");
  repo.git("add", "b.go");
  repo.git("mv", "c.go", "with space → ü.go");
  repo.write("new dir/one.go", "1");
  repo.write("new dir/two\n.go", "2");
  repo.write("ignored.o", "o");
  Deno.removeSync(join(repo.dir, "d.go"));
  const found = await status(await open(repo));
  assert.deepEqual(found, {
    Changed: [
      { Path: "a.go", Index: ".", Worktree: "M" },
      { Path: "b.go", Index: "M", Worktree: "." },
      { Path: "c.go", Index: "D", Worktree: "." },
      { Path: "d.go", Index: ".", Worktree: "D" },
      { Path: "with space → ü.go", Index: "A", Worktree: "." },
    ],
    Untracked: ["new dir/one.go", "new dir/two\n.go"],
  });
});

Deno.test("status() is not swayed by the user's settings, and writes no index", async () => {
  using repo = new Repo();
  repo.commit("first", { f: "x" });
  repo.git("config", "status.showUntrackedFiles", "no");
  repo.git("config", "status.relativePaths", "true");
  repo.git("config", "core.quotePath", "true");
  repo.write("ü", "1");
  repo.write("f", "x");
  const before = Deno.readFileSync(join(repo.dir, ".git", "index"));
  const found = await status(await open(repo));
  assert.deepEqual(found.Changed, []);
  assert.deepEqual(found.Untracked, ["ü"]);
  assert.deepEqual(Deno.readFileSync(join(repo.dir, ".git", "index")), before);
});

Deno.test("status() counts commits ahead and behind the branch that is followed", async () => {
  using repo = new Repo();
  repo.commit("first");
  repo.withRemote();
  repo.commit("second");
  repo.commit("third");
  assert.deepEqual((await status(await open(repo))).Upstream, {
    Name: "origin/main",
    Ahead: 2,
    Behind: 0,
  });
  repo.git("update-ref", "-d", "refs/remotes/origin/main");
  assert.deepEqual((await status(await open(repo))).Upstream, { Name: "origin/main" });
});

Deno.test("status() shows conflicts, and works before the first commit", async () => {
  using repo = new Repo();
  repo.write("new", "1");
  repo.git("add", "new");
  assert.deepEqual((await status(await open(repo))).Changed, [
    { Path: "new", Index: "A", Worktree: "." },
  ]);
  conflict(repo);
  tryRun("git", ["merge", "side"], { cwd: repo.dir, env: repo.env });
  assert.deepEqual((await status(await open(repo))).Changed, [
    { Path: "f", Index: "U", Worktree: "U" },
  ]);
});

/** Two branches that both change f. */
function conflict(repo: Repo): void {
  repo.commit("base", { f: "base\n" });
  repo.git("switch", "-q", "-c", "side");
  repo.commit("side", { f: "side\n" });
  repo.commit("side again", { f: "side again\n" });
  repo.git("switch", "-q", "main");
  repo.commit("main", { f: "main\n" });
}

Deno.test("doing() names what is under way", async () => {
  const table: [string[], string][] = [
    [["merge", "side"], "merge"],
    [["rebase", "side"], "rebase"],
    [["rebase", "--apply", "side"], "rebase"],
    [["cherry-pick", "side~1"], "cherry-pick"],
    [["cherry-pick", "side~1", "side"], "cherry-pick"],
    [["revert", "--no-edit", "HEAD~1"], "revert"],
    [["bisect", "start"], "bisect"],
  ];
  for (const [command, expected] of table) {
    using repo = new Repo();
    conflict(repo);
    const opened = await open(repo);
    assert.equal(await doing(opened), null);
    tryRun("git", command, { cwd: repo.dir, env: repo.env });
    assert.equal(await doing(opened), expected, command.join(" "));
  }
});

Deno.test("doing() still sees a sequence whose conflict was committed, and git am", async () => {
  using repo = new Repo();
  conflict(repo);
  const opened = await open(repo);
  const tryGit = (...args: string[]) => tryRun("git", args, { cwd: repo.dir, env: repo.env });
  tryGit("cherry-pick", "side~1", "side");
  repo.write("f", "resolved\n");
  repo.git("commit", "-q", "-a", "-m", "resolved");
  assert.equal(await doing(opened), "cherry-pick");
  repo.git("cherry-pick", "--abort");
  assert.equal(await doing(opened), null);

  const patch = repo.folder.join("p.patch");
  Deno.writeTextFileSync(
    patch,
    run("git", ["format-patch", "-1", "--stdout", "side"], {
      cwd: repo.dir,
      env: repo.env,
    }),
  );
  tryGit("am", patch);
  assert.equal(await doing(opened), "am");
});

Deno.test("doing() looks at the linked worktree it was opened in", async () => {
  using repo = new Repo();
  conflict(repo);
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", "--detach", linked, "main");
  tryRun("git", ["merge", "side"], { cwd: linked, env: repo.env });
  assert.equal(await doing(await open(repo, linked)), "merge");
  assert.equal(await doing(await open(repo)), null);
});

Deno.test("lockFiles() names the locks that are there", async () => {
  using repo = new Repo();
  repo.commit("first");
  const opened = await open(repo);
  assert.deepEqual(await lockFiles(opened, "main"), []);
  const locks = ["index.lock", "HEAD.lock", "packed-refs.lock", "refs/heads/main.lock"]
    .map((name) => join(repo.dir, ".git", name));
  for (const lock of locks) Deno.writeTextFileSync(lock, "");
  assert.deepEqual(await lockFiles(opened, "main"), locks);
  assert.deepEqual(await lockFiles(opened), locks.slice(0, 3));
});

Deno.test("indexFile() follows linked worktrees and GIT_INDEX_FILE", async () => {
  using repo = new Repo();
  repo.commit("first", { "a/f": "x" });
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", linked);
  assert.equal(
    indexFile(await open(repo, linked)),
    join(repo.dir, ".git/worktrees/linked/index"),
  );
  const named = await open(repo, join(repo.dir, "a"), { GIT_INDEX_FILE: "other" });
  assert.equal(indexFile(named), join(repo.dir, "other"));
});
