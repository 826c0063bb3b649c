/** Remotes that cannot be reached, or do not let us in: seen before the plan, or only by the push. */
import assert from "node:assert/strict";
import { HttpBackend } from "../support/http-backend.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { needsSshd, SshServer } from "../support/ssh-server.ts";
import { gorel, keepsSecrets, releasedOnce, remoteRefs, retract, sound } from "./scene.ts";

interface Case {
  url: string;
  says: RegExp;
  /** True where the other side answered that it does not want this. */
  answered?: true;
  env?: Record<string, string>;
}

/**
 * Refused before anything is written when the plan asks, and when only the push meets it: nothing
 * was sent, so that it can be taken back even while the remote is away.
 */
async function unreachable(t: Deno.TestContext, repo: Repo, cases: Record<string, Case>) {
  const good = repo.git("config", "remote.origin.url");
  const before = { here: repo.git("for-each-ref"), there: remoteRefs(repo) };
  for (const [what, { url, says, answered, env = {} }] of Object.entries(cases)) {
    await t.step(what, async () => {
      const use = (to: string) => repo.git("config", "remote.origin.url", to);
      use(url);
      const planned = await gorel(repo, retract, { env });
      assert.deepEqual([planned.code, planned.Code], [3, "remote-unreachable"], planned.said);
      assert.match(planned.Text, says);
      assert.match(planned.Fix, /git ls-remote origin.* --offline$/);
      assert.equal(repo.git("for-each-ref"), before.here);

      use(good);
      const ended = await gorel(repo, retract, { env, meanwhile: { beforePush: () => use(url) } });
      const code = answered ? "push-refused" : "remote-unreachable";
      assert.deepEqual([ended.code, ended.State, ended.Code], [1, "failed", code], ended.said);
      assert.match(ended.Text, says);
      assert.match(ended.Text, /; nothing was sent\.$/);
      assert.equal(ended.Next, "gorel resume v1.0.1, or gorel undo");
      keepsSecrets(repo, [planned.said, ended.said]);
      const undone = await gorel(repo, ["undo"], { env });
      assert.equal(undone.State, "undone", undone.said);
      assert.equal(repo.git("for-each-ref"), before.here);
      assert.equal(remoteRefs(repo), before.there);
      use(good);
    });
  }
  sound(repo);
}

function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("over HTTP: no name, no port, no repository, no login, no certificate", async (t) => {
  using repo = released();
  await using server = new HttpBackend(repo.folder.path, repo.env);
  const at = (path: string) => server.url(path, "ada:s3cret@");
  server.instead = (_, url) => {
    const challenge = { "WWW-Authenticate": 'Basic realm="x"' };
    if (url.pathname.startsWith("/login")) {
      return new Response("", { status: 401, headers: challenge });
    }
    if (url.pathname.startsWith("/forbidden")) return new Response("", { status: 403 });
    if (url.pathname.startsWith("/broken")) return new Response("", { status: 503 });
    return null;
  };
  await unreachable(t, repo, {
    "a name that is none": { url: "http://ada:s3cret@nowhere.invalid/x", says: /resolve host/ },
    "a closed port": { url: `http://ada:s3cret@127.0.0.1:${closedPort()}/x`, says: /connect/ },
    "not found": { url: at("gone.git"), says: /not found/, answered: true },
    "no password": {
      url: server.url("login.git"),
      says: /could not read Username/,
      answered: true,
    },
    "a wrong password": { url: at("login.git"), says: /Authentication failed/, answered: true },
    "forbidden": { url: at("forbidden.git"), says: /error: 403/, answered: true },
    "out of order": { url: at("broken.git"), says: /error: 503/ },
    "no TLS there": {
      url: server.url("remote.git").replace("http:", "https:"),
      says: /TLS|SSL|handshake/i,
    },
  });
});

Deno.test("on this machine: a repository that is gone, or is none", async (t) => {
  using repo = released();
  const says = /does not appear to be a git repository/;
  await unreachable(t, repo, {
    "gone": { url: repo.folder.join("gone.git"), says, answered: true },
    "gone, as a URL": { url: `file://${repo.folder.join("gone.git")}`, says, answered: true },
    "a folder": { url: repo.home, says, answered: true },
  });
});

Deno.test({
  ...needsSshd("over ssh: no name, no port, no repository, an unknown key, an unknown host"),
  fn: async (t) => {
    using repo = released();
    await using server = await SshServer.start(repo.folder.join("ssh"), repo.env);
    const env = server.env();
    await unreachable(t, repo, {
      "a name that is none": { url: "ssh://nowhere.invalid/x", says: /resolve hostname/, env },
      "a closed port": { url: `ssh://127.0.0.1:${closedPort()}/x`, says: /refused/, env },
      "gone": { url: server.url("/nowhere/gone.git"), says: /not appear/, answered: true, env },
      "a key that is not known": {
        url: server.url(repo.remote),
        says: /Permission denied \(publickey\)/,
        answered: true,
        env: server.env("stranger"),
      },
      "a host that is not known": {
        url: server.url(repo.remote),
        says: /Host key verification failed/,
        env: server.env("newcomer"),
      },
    });
  },
});

Deno.test("who may read and not push is told so, and may go on with another login", async () => {
  using repo = released();
  repo.onRemote("config", "http.receivepack", "true");
  await using server = new HttpBackend(repo.folder.path, repo.env);
  repo.git("config", "remote.origin.url", server.url("remote.git", "ada:s3cret@"));
  const before = remoteRefs(repo);
  const asked: string[] = [];
  server.instead = (request, url) => {
    if (!/receive-pack/.test(url.href)) return null;
    asked.push(request.method);
    return new Response("", { status: 403 });
  };
  const ended = await gorel(repo, retract);
  assert.deepEqual([ended.code, ended.Code], [1, "push-refused"], ended.said);
  assert.match(ended.Text, /^origin does not take the push \(.*error: 403\); nothing was sent\.$/);
  assert.deepEqual(asked, ["GET"]);
  assert.equal(remoteRefs(repo), before);
  server.instead = () => null;
  assert.equal((await gorel(repo, ["resume"])).State, "pushed");
  releasedOnce(repo);
});
