import assert from "node:assert/strict";
import { join } from "node:path";
import { git, gitText, openRepository } from "../../../lib/git/repository.ts";
import { Failed } from "../../../lib/problem.ts";
import { Folder, Repo, run } from "../../support/repo.ts";
import { open, servicesFor } from "./open.ts";

async function problemAt(dir: string, repo: Repo, env: Record<string, string> = {}) {
  const opened = await openRepository(servicesFor(repo, env), dir);
  assert.ok("Code" in opened, "should have been refused");
  return opened;
}

Deno.test("openRepository() finds the repository from a folder inside of it", async () => {
  using repo = new Repo("odd name");
  repo.commit("first", { "a/b c/go.mod": "module m\n" });
  const opened = await open(repo, join(repo.dir, "a", "b c"));
  assert.equal(opened.Root, repo.dir);
  assert.equal(opened.GitDir, join(repo.dir, ".git"));
  assert.equal(opened.CommonDir, join(repo.dir, ".git"));
  assert.equal(opened.Prefix, "a/b c");
  assert.equal(opened.ObjectFormat, "sha1");
  assert.equal(opened.RefFormat, "files");
  assert.equal(opened.Bare, false);
  assert.equal(opened.Shallow, false);
  assert.equal((await open(repo)).Prefix, "");
});

Deno.test("openRepository() tells a linked worktree's own folder from the common one", async () => {
  using repo = new Repo();
  repo.commit("first");
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", linked);
  const opened = await open(repo, linked);
  assert.equal(opened.Root, linked);
  assert.equal(opened.GitDir, join(repo.dir, ".git", "worktrees", "linked"));
  assert.equal(opened.CommonDir, join(repo.dir, ".git"));
});

Deno.test("openRepository() knows bare, shallow and sha256 repositories", async () => {
  using repo = new Repo();
  repo.commit("first");
  repo.commit("second");
  repo.withRemote();
  const bare = await open(repo, repo.remote);
  assert.equal(bare.Bare, true);
  assert.equal(bare.Root, repo.remote);

  const shallow = repo.folder.join("shallow");
  run("git", ["clone", "-q", "--depth=1", `file://${repo.remote}`, shallow], { env: repo.env });
  assert.equal((await open(repo, shallow)).Shallow, true);

  const other = repo.folder.join("sha256");
  run("git", ["init", "-q", "--object-format=sha256", other], { env: repo.env });
  assert.equal((await open(repo, other)).ObjectFormat, "sha256");
});

Deno.test("git() finds the repository where GIT_DIR is relative to another folder", async () => {
  using repo = new Repo();
  const head = repo.commit("first", { "a/b/f": "x" });
  const opened = await open(repo, join(repo.dir, "a", "b"), {
    GIT_DIR: "../../.git",
    GIT_WORK_TREE: "../..",
  });
  assert.equal(opened.Root, repo.dir);
  assert.equal(await gitText(opened, ["rev-parse", "HEAD"]), head + "\n");
  assert.equal(await gitText(opened, ["ls-files", "a"]), "a/b/f\n");
});

Deno.test("openRepository() names what lies there instead of a git repository", async () => {
  using repo = new Repo();
  using folder = new Folder();
  const none = await problemAt(folder.path, repo);
  assert.equal(none.Code, "not-a-repository");
  assert.match(none.Text, /no git repository/);

  for (const [mark, name] of [[".hg", "Mercurial"], [".svn", "Subversion"], [".jj", "Jujutsu"]]) {
    Deno.mkdirSync(folder.join(name!, mark!), { recursive: true });
    Deno.mkdirSync(folder.join(name!, "below"));
    const other = await problemAt(folder.join(name!, "below"), repo);
    assert.equal(other.Code, "not-a-repository");
    assert.match(other.Text, new RegExp(`is a ${name} repository; gorel knows git only`));
  }

  const absent = await problemAt(folder.join("absent"), repo);
  assert.equal(absent.Code, "not-a-repository");
  assert.match(absent.Text, /There is no folder/);
  assert.match((await problemAt(join(repo.dir, ".git"), repo)).Text, /git's own folder/);
});

Deno.test("openRepository() shows git's words about a repository of somebody else", async () => {
  using repo = new Repo();
  const found = await problemAt(repo.dir, repo, { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" });
  assert.equal(found.Code, "not-a-repository");
  assert.match(found.Text, /dubious ownership/);
  assert.equal(found.Fix, `git config --global --add safe.directory ${repo.dir}`);
});

Deno.test("openRepository() refuses a format that this git does not know", async () => {
  using repo = new Repo();
  repo.git("config", "core.repositoryformatversion", "1");
  repo.git("config", "extensions.unheardOf", "true");
  const found = await problemAt(repo.dir, repo);
  assert.equal(found.Code, "unsupported-repository");
  assert.match(found.Text, /unheardof/i);
});

Deno.test("openRepository() says so when git is missing or too old", async () => {
  using repo = new Repo();
  using folder = new Folder();
  const missing = await problemAt(repo.dir, repo, { PATH: folder.path });
  assert.equal(missing.Code, "git-missing");

  const old = folder.join("git");
  Deno.writeTextFileSync(old, "#!/bin/sh\necho git version 2.35.9\n");
  Deno.chmodSync(old, 0o755);
  const tooOld = await problemAt(repo.dir, repo, { PATH: folder.path });
  assert.equal(tooOld.Code, "git-missing");
  assert.match(tooOld.Text, /2\.35.* 2\.36 or newer/);
});

Deno.test("gitText() fails with git's own words, without credentials and control characters", async () => {
  using repo = new Repo();
  const opened = await open(repo);
  await assert.rejects(gitText(opened, ["rev-parse", "--verify", "nope"]), (error) => {
    assert.ok(error instanceof Failed);
    assert.equal(error.message, "git rev-parse: Needed a single revision");
    return true;
  });
  const url = "https://me:secret@127.0.0.1:1/x.git";
  await assert.rejects(
    gitText(opened, ["ls-remote", url], { network: true, env: { http_proxy: undefined } }),
    (error: Error) => error.message.includes("127.0.0.1") && !error.message.includes("secret"),
  );
  await assert.rejects(
    gitText(opened, ["rev-parse", "--verify", "--end-of-options", "x\x1b[31my^{commit}"]),
    (error: Error) => !error.message.includes("\x1b"),
  );
});

Deno.test("git() speaks English in every locale", async () => {
  using repo = new Repo();
  const opened = await open(repo, repo.dir, { LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" });
  const result = await git(opened, ["log"]);
  assert.match(new TextDecoder().decode(result.Stderr), /does not have any commits yet/);
});

Deno.test("git() completes no partial clone from its remote", async () => {
  using repo = new Repo();
  repo.commit("first", { f: "old\n" });
  const blob = repo.git("rev-parse", "HEAD:f");
  repo.commit("second", { f: "new\n" });
  repo.withRemote();
  run("git", ["config", "uploadpack.allowFilter", "true"], { cwd: repo.remote, env: repo.env });
  const partial = repo.folder.join("partial");
  run("git", ["clone", "-q", "--filter=blob:none", `file://${repo.remote}`, partial], {
    env: repo.env,
  });
  const opened = await open(repo, partial);
  await assert.rejects(gitText(opened, ["cat-file", "blob", blob]), Failed);
  assert.equal(await gitText(opened, ["cat-file", "blob", blob], { network: true }), "old\n");
});

Deno.test("git() reads history without replacements", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  const second = repo.commit("second");
  repo.git("replace", second, first);
  const opened = await open(repo);
  assert.equal(await gitText(opened, ["rev-list", "HEAD"]), `${second}\n${first}\n`);
});
