import assert from "node:assert/strict";
import { join } from "node:path";
import { push, type PushRef } from "../../../lib/git/push.ts";
import { lsRemote } from "../../../lib/git/remote.ts";
import type { Repository } from "../../../lib/git/repository.ts";
import { Failed } from "../../../lib/problem.ts";
import { HttpBackend } from "../../support/http-backend.ts";
import { Repo, run } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

const options = { hooks: true, terminal: false };

/** A repository with a remote that is one commit and one tag behind. */
interface Scene {
  repo: Repo;
  opened: Repository;
  /** The remote's name: a path, or the same repository over HTTP. */
  remote: string;
  refs: PushRef[];
  server: HttpBackend;
}

/** Runs a test twice: over a path and over HTTP. */
function eachTransport(name: string, test: (scene: Scene) => Promise<void>): void {
  for (const remote of ["origin", "web"]) {
    Deno.test(`${name} (${remote === "web" ? "http" : "path"})`, async () => {
      using repo = new Repo();
      const first = repo.commit("first", { "go.mod": "module m\n" });
      repo.withRemote();
      run("git", ["config", "http.receivepack", "true"], { cwd: repo.remote, env: repo.env });
      await using server = new HttpBackend(repo.folder.path, repo.env);
      repo.git("remote", "add", "web", server.url("remote.git", "me:secret@"));
      const second = repo.commit("second");
      repo.tag("sub/v1.0.0");
      const refs = [
        { Name: "refs/heads/main", From: first, To: second },
        { Name: "refs/tags/sub/v1.0.0", From: null, To: repo.git("rev-parse", "sub/v1.0.0") },
      ];
      await test({ repo, opened: await open(repo), remote, refs, server });
    });
  }
}

function remoteHook(repo: Repo, name: string, script: string): void {
  const hook = join(repo.remote, "hooks", name);
  Deno.mkdirSync(join(repo.remote, "hooks"), { recursive: true });
  Deno.writeTextFileSync(hook, `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(hook, 0o755);
}

function localHook(repo: Repo, name: string, script: string): void {
  const hook = join(repo.dir, ".git", "hooks", name);
  Deno.writeTextFileSync(hook, `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(hook, 0o755);
}

eachTransport(
  "push() sends exactly the refs it was given, whatever is configured",
  async (scene) => {
    const { repo, opened, remote, refs } = scene;
    repo.tag("other");
    repo.git("config", "push.followTags", "true");
    repo.git("config", "push.default", "matching");
    repo.git("config", `remote.${remote}.push`, "refs/tags/*:refs/tags/*");
    repo.git("config", `remote.${remote}.mirror`, "true");
    const { repo: watched, started } = counted(opened);
    assert.deepEqual(await push(watched, remote, refs, options), {
      State: "pushed",
      Refs: refs.map(({ Name }) => ({ Name, State: "pushed" })),
      Words: [],
    });
    assert.equal(started.length, 1);
    const found = await lsRemote(opened, remote);
    assert.ok(!("Code" in found));
    assert.deepEqual([...found.Refs], refs.map(({ Name, To }) => [Name, To]));
    assert.equal((await push(opened, remote, refs, options)).State, "pushed");
  },
);

eachTransport(
  "push() keeps the words of a remote hook that refuses, and nothing moves",
  async (scene) => {
    const { repo, opened, remote, refs } = scene;
    const before = repo.onRemote("for-each-ref");
    remoteHook(
      repo,
      "pre-receive",
      "printf 'not \\033[31mtoday\\033[0m\\nask https://u:pw@host/x\\n' >&2; exit 1",
    );
    const pushed = await push(opened, remote, refs, options);
    assert.equal(pushed.State, "refused");
    assert.deepEqual(pushed.Refs.map((ref) => ref.Reason), [
      "pre-receive hook declined",
      "pre-receive hook declined",
    ]);
    assert.deepEqual(pushed.Words.slice(0, 2), ["not today", "ask https://host/x"]);
    assert.ok(!pushed.Words.some((line) => line.startsWith("error:")), pushed.Words.join("\n"));
    assert.doesNotMatch(JSON.stringify(pushed), /secret|\\u001b/);
    assert.equal(repo.onRemote("for-each-ref"), before);
  },
);

eachTransport("push() is atomic: a hook that refuses the tag stops the branch", async (scene) => {
  const { repo, opened, remote, refs } = scene;
  const before = repo.onRemote("for-each-ref");
  remoteHook(repo, "update", 'case "$1" in refs/tags/*) exit 1;; esac');
  const pushed = await push(opened, remote, refs, options);
  assert.equal(pushed.State, "refused");
  assert.match(pushed.Refs[1]!.Reason!, /hook declined|atomic/);
  assert.equal(repo.onRemote("for-each-ref"), before);
});

eachTransport("push() never forces a branch back or a tag away", async (scene) => {
  const { repo, opened, remote, refs } = scene;
  const other = repo.folder.join("other");
  run("git", ["clone", "-q", repo.remote, other], { env: repo.env });
  const inOther = (...args: string[]) => run("git", args, { cwd: other, env: repo.env });
  inOther("tag", "sub/v1.0.0");
  inOther("push", "-q", "origin", "sub/v1.0.0");
  let before = repo.onRemote("for-each-ref");
  let pushed = await push(opened, remote, refs, options);
  assert.equal(pushed.State, "refused");
  assert.equal(pushed.Refs[1]!.Reason, "already exists");
  assert.equal(repo.onRemote("for-each-ref"), before);

  repo.onRemote("tag", "-d", "sub/v1.0.0");
  inOther("commit", "-q", "--allow-empty", "-m", "meanwhile");
  inOther("push", "-q", "origin", "main");
  before = repo.onRemote("for-each-ref");
  repo.git("config", `remote.${remote}.push`, "+refs/heads/*:refs/heads/*");
  pushed = await push(opened, remote, refs, options);
  assert.equal(pushed.State, "refused");
  assert.match(pushed.Refs[0]!.Reason!, /fetch first|non-fast-forward/);
  assert.equal(repo.onRemote("for-each-ref"), before);
});

eachTransport("push() runs the pre-push hook, unless told not to", async (scene) => {
  const { repo, opened, remote, refs } = scene;
  const before = repo.onRemote("for-each-ref");
  const note = repo.folder.join("note");
  localHook(
    repo,
    "pre-push",
    `cat >'${note}'; echo "literal: $GIT_LITERAL_PATHSPECS"; echo tests fail >&2; exit 1`,
  );
  const pushed = await push(opened, remote, refs, options);
  assert.equal(pushed.State, "hook");
  assert.ok(pushed.Words.includes("tests fail"));
  assert.ok(pushed.Words.includes("literal:"));
  assert.match(Deno.readTextFileSync(note), /refs\/tags\/sub\/v1\.0\.0/);
  assert.equal(repo.onRemote("for-each-ref"), before);

  const quiet = await push(opened, remote, refs, { hooks: false, terminal: false });
  assert.equal(quiet.State, "pushed");
});

Deno.test("push() does not know what became of it when the connection breaks", async () => {
  for (const fault of ["cut-before", "cut-after"] as const) {
    using repo = new Repo();
    const first = repo.commit("first");
    repo.withRemote();
    await using server = new HttpBackend(repo.folder.path, repo.env);
    repo.git("remote", "add", "web", server.url("remote.git"));
    const second = repo.commit("second");
    const opened = await open(repo);
    server.fault = fault;
    const refs = [{ Name: "refs/heads/main", From: first, To: second }];
    const pushed = await push(opened, "web", refs, options);
    assert.equal(pushed.State, "unknown", fault);
    assert.equal(pushed.Refs[0]!.State, "unknown");
    assert.ok(pushed.Words.length > 0);
    const found = await lsRemote(opened, "web");
    assert.ok(!("Code" in found));
    assert.equal(found.Refs.get("refs/heads/main"), fault === "cut-after" ? second : first);
    server.fault = "none";
    assert.equal((await push(opened, "web", refs, options)).State, "pushed");
  }
});

Deno.test("push() knows that nothing was sent when the remote is not there or wants a password", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  await using server = new HttpBackend(repo.folder.path, repo.env);
  server.fault = "unauthorized";
  repo.git("remote", "add", "web", server.url("remote.git", "me:secret@"));
  repo.git("remote", "add", "gone", repo.folder.join("gone.git"));
  const opened = await open(repo, repo.dir, { GIT_ASKPASS: "echo", SSH_ASKPASS: "echo" });
  for (const remote of ["web", "gone", "nope"]) {
    const refs = [{ Name: "refs/heads/main", From: null, To: first }];
    const pushed = await push(opened, remote, refs, options);
    assert.equal(pushed.State, "unsent", remote);
    assert.doesNotMatch(JSON.stringify(pushed), /secret/);
    assert.ok(pushed.Words.some((line) => line.startsWith("fatal:")), pushed.Words.join("\n"));
  }
});

Deno.test("push() leaves out refs that are there already, and asks nobody when all are", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  repo.withRemote();
  const { repo: opened, started } = counted(await open(repo));
  const there = { Name: "refs/heads/main", From: first, To: first };
  assert.equal((await push(opened, "origin", [there], options)).State, "pushed");
  assert.deepEqual(started, []);
  const tag = { Name: "refs/tags/v1", From: null, To: first };
  const pushed = await push(opened, "origin", [there, tag], options);
  assert.deepEqual(pushed.Refs.map((ref) => ref.State), ["pushed", "pushed"]);
  assert.equal(repo.onRemote("rev-parse", "v1"), first);
});

Deno.test("push() takes neither options nor patterns for refs", async () => {
  using repo = new Repo();
  const first = repo.commit("first");
  repo.withRemote();
  const opened = await open(repo);
  for (
    const ref of [
      { Name: "--force", From: null, To: first },
      { Name: "main", From: null, To: first },
      { Name: "refs/heads/*", From: null, To: first },
      { Name: "refs/heads/x", From: null, To: "" },
      { Name: "refs/heads/x", From: null, To: "main" },
      { Name: "refs/heads/x", From: null, To: "+" + first },
    ]
  ) {
    await assert.rejects(push(opened, "origin", [ref], options), Failed, ref.Name);
  }
  assert.equal(repo.onRemote("for-each-ref", "--format=%(refname)"), "refs/heads/main");
});
