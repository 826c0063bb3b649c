import assert from "node:assert/strict";
import { Config, readConfig } from "../../../lib/git/config.ts";
import { lsRemote, remoteName } from "../../../lib/git/remote.ts";
import { HttpBackend } from "../../support/http-backend.ts";
import { Repo, run } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

function configOf(settings: Record<string, string>): Config {
  return new Config(
    Object.entries(settings).map(([Name, Value]) => ({ Name, Value, Scope: "local" })),
  );
}

Deno.test("remoteName() chooses as git push does", () => {
  const remotes = { "remote.origin.url": "o", "remote.fork.url": "f", "remote.up.url": "u" };
  const table: [string, Record<string, string>, string | undefined, string][] = [
    ["origin when nothing is said", {}, "main", "origin"],
    ["the branch's remote", { "branch.main.remote": "up" }, "main", "up"],
    ["not another branch's", { "branch.side.remote": "up" }, "main", "origin"],
    [
      "pushDefault before it",
      { "branch.main.remote": "up", "remote.pushdefault": "fork" },
      "main",
      "fork",
    ],
    [
      "pushRemote before all",
      {
        "branch.a.b.remote": "up",
        "branch.a.b.pushremote": "fork",
        "remote.pushdefault": "up",
      },
      "a.b",
      "fork",
    ],
    ["not this repository itself", { "branch.main.remote": "." }, "main", "origin"],
    ["pushDefault without a branch", { "remote.pushdefault": "fork" }, undefined, "fork"],
  ];
  for (const [why, more, branch, expected] of table) {
    const found = remoteName(configOf({ ...remotes, ...more }), branch);
    assert.equal("Name" in found && found.Name, expected, why);
  }
  const wanted = remoteName(configOf({ ...remotes, "remote.pushdefault": "up" }), "main", "fork");
  assert.deepEqual(wanted, { Name: "fork", Url: "f" });
  assert.deepEqual(remoteName(configOf({ "remote.only.url": "x" })), { Name: "only", Url: "x" });
});

Deno.test("remoteName() refuses with the way out", () => {
  const table: [Record<string, string>, string | undefined, RegExp][] = [
    [{}, undefined, /no remote to push to/],
    [{ "remote.origin.fetch": "+refs/*:refs/*" }, undefined, /no remote to push to/],
    [{ "remote.a.url": "x", "remote.b.url": "y" }, undefined, /several remotes \(a, b\)/],
    [{ "remote.a.url": "x" }, "nope", /no remote named nope; there is a\./],
    [{ "remote.a.url": "x" }, "https://me:pw@host/x", /no remote named https:\/\/host\/x/],
    [{ "remote.a.url": "x", "remote.pushdefault": "gone" }, undefined, /no remote named gone/],
  ];
  for (const [settings, wanted, text] of table) {
    const found = remoteName(configOf(settings), "main", wanted);
    assert.ok("Code" in found);
    assert.equal(found.Code, "no-remote");
    assert.match(found.Text, text);
    assert.match(found.Fix!, /--no-push/);
  }
});

Deno.test("remoteName() shows where git push goes, without credentials", async () => {
  const table: string[][] = [
    ["remote.origin.url=https://me:secret@host.example/x.git"],
    ["remote.origin.url=gh:a/b", "url.https://host.example/.insteadOf=gh:"],
    [
      "remote.origin.url=gh:a/b",
      "url.ssh://git@host.example/.pushInsteadOf=gh:",
      "url.https://x/.insteadOf=gh:",
    ],
    ["remote.origin.url=gh:a/b", "url.one:.insteadOf=gh:", "url.two:.insteadOf=gh:a/"],
    [
      "remote.origin.url=gh:a/b",
      "remote.origin.pushurl=gh:c/d",
      "url.p:.pushInsteadOf=gh:",
      "url.i:.insteadOf=gh:",
    ],
    ["remote.origin.url=git@host.example:a/b.git"],
    ["remote.origin.url=../other folder"],
  ];
  for (const settings of table) {
    using repo = new Repo();
    for (const setting of settings) {
      const at = setting.indexOf("=");
      repo.git("config", "--add", setting.slice(0, at), setting.slice(at + 1));
    }
    const found = remoteName(await readConfig(await open(repo)));
    const byGit = repo.git("remote", "get-url", "--push", "origin")
      .replace(/:\/\/[^\/]*@/, "://");
    assert.equal("Url" in found && found.Url, byGit, settings.join(" "));
  }
});

Deno.test("lsRemote() gives every ref of the remote, peeled ones apart, in one process", async () => {
  using repo = new Repo();
  const commit = repo.commit("first");
  repo.tag("v1.0.0");
  repo.git("tag", "light");
  repo.withRemote();
  const tag = repo.git("rev-parse", "v1.0.0");
  const { repo: opened, started } = counted(await open(repo));
  const config = await readConfig(await open(repo));
  assert.deepEqual(await lsRemote(opened, "origin", { config }), {
    Refs: new Map([["refs/heads/main", commit], ["refs/tags/light", commit], [
      "refs/tags/v1.0.0",
      tag,
    ]]),
    Peeled: new Map([["refs/tags/v1.0.0", commit]]),
    Head: commit,
  });
  assert.equal(started.length, 1);

  await using server = new HttpBackend(repo.folder.path, repo.env);
  repo.git("remote", "add", "web", server.url("remote.git"));
  assert.deepEqual(await lsRemote(opened, "web"), await lsRemote(opened, "origin"));
});

Deno.test("lsRemote() of an empty remote is empty", async () => {
  using repo = new Repo();
  run("git", ["init", "-q", "--bare", repo.remote], { env: repo.env });
  repo.git("remote", "add", "origin", repo.remote);
  assert.deepEqual(await lsRemote(await open(repo), "origin"), {
    Refs: new Map(),
    Peeled: new Map(),
  });
});

Deno.test("lsRemote() says in git's words why a remote does not answer, and never asks", async () => {
  using repo = new Repo();
  await using server = new HttpBackend(repo.folder.path, repo.env);
  repo.git("remote", "add", "origin", server.url("remote.git", "me:secret@"));
  repo.git("remote", "add", "gone", repo.folder.join("gone.git"));
  repo.git("remote", "add", "silent", server.url("remote.git"));
  const opened = await open(repo, repo.dir, { GIT_ASKPASS: "echo", SSH_ASKPASS: "echo" });
  const refused = async (name: string, timeout = 30_000) => {
    const found = await lsRemote(opened, name, { timeout });
    assert.ok("Code" in found, name);
    assert.equal(found.Code, "remote-unreachable");
    return found.Text;
  };
  assert.match(await refused("gone"), /remote gone does not answer: '.*gone\.git' does not appear/);
  assert.match(await refused("nope"), /'nope' does not appear to be a git repository/);
  assert.match(await refused("--upload-pack=touch x"), /strange pathname|does not appear/);
  const missing = await refused("origin");
  assert.match(missing, /not found/);
  assert.doesNotMatch(missing, /secret/);
  server.fault = "unauthorized";
  assert.match(await refused("silent"), /could not read Username|Authentication failed/);
  server.fault = "hang";
  assert.match(await refused("silent", 1_000), /too slow|time limit/);
});
