/** Git servers that mean harm: credentials stay, and nothing makes gorel wait or read for ever. */
import assert from "node:assert/strict";
import { machine } from "../../lib/cli/machine.ts";
import { openRepository, type Repository } from "../../lib/git/repository.ts";
import { lsRemote } from "../../lib/git/remote.ts";
import { push } from "../../lib/git/push.ts";
import type { Services } from "../../lib/services.ts";
import { HttpBackend } from "../support/http-backend.ts";
import { released } from "../support/released.ts";
import type { Repo } from "../support/repo.ts";
import { gorel, keepsSecrets, releasedOnce, remoteHook, remoteRefs, retract } from "./scene.ts";

/** The repository on a machine that waits for no program longer than a second. */
async function impatient(repo: Repo): Promise<Repository> {
  const real = machine({ PATH: Deno.env.get("PATH") ?? "", ...repo.env });
  const services: Services = {
    ...real,
    processes: {
      run: (program, args, options) =>
        real.processes.run(program, args, { ...options, timeout: 1000 }),
    },
  };
  const opened = await openRepository(services, repo.dir);
  assert.ok(!("Code" in opened));
  return opened;
}

async function served(
  test: (repo: Repo, server: HttpBackend) => Promise<void>,
): Promise<void> {
  using repo = released();
  repo.onRemote("config", "http.receivepack", "true");
  await using server = new HttpBackend(repo.folder.path, repo.env);
  repo.git("config", "remote.origin.url", server.url("remote.git", "ada:s3cret@"));
  over = false;
  try {
    await test(repo, server);
  } finally {
    over = true;
  }
}

/** Asks for a login, as servers do that have something to guard. */
function guarded(request: Request): Response | null {
  if (request.headers.has("authorization")) return null;
  const headers = { "WWW-Authenticate": 'Basic realm="x"' };
  return new Response("", { status: 401, headers });
}

Deno.test("a redirect within the server is followed, as git does", () =>
  served(async (repo, server) => {
    repo.git("config", "remote.origin.url", server.url("old/remote.git", "ada:s3cret@"));
    server.instead = (request, url) =>
      guarded(request) ??
        (url.pathname.startsWith("/old/")
          ? Response.redirect(server.url(url.pathname.slice(5) + url.search), 301)
          : null);
    const ended = await gorel(repo, retract);
    assert.equal(ended.State, "pushed", ended.said);
    keepsSecrets(repo, [ended.said]);
    releasedOnce(repo);
  }));

Deno.test("a redirect elsewhere takes no credentials along", () =>
  served(async (repo, server) => {
    const seen: string[] = [];
    await using thief = new HttpBackend(repo.folder.path, repo.env);
    thief.instead = (request) => {
      seen.push(JSON.stringify([...request.headers]) + request.url);
      return guarded(request);
    };
    const places = {
      "another port": (url: URL) => thief.url(url.pathname.slice(1) + url.search),
      "another host": (url: URL) =>
        thief.url(url.pathname.slice(1) + url.search).replace("127.0.0.1", "localhost"),
      "a file": () => `file://${repo.remote}/info/refs`,
      "another program": () => "ext::sh -c id>&2",
    };
    const before = [repo.git("for-each-ref"), remoteRefs(repo)];
    for (const [place, to] of Object.entries(places)) {
      server.instead = (request, url) =>
        guarded(request) ?? new Response("", { status: 302, headers: { Location: to(url) } });
      const ended = await gorel(repo, retract);
      assert.deepEqual(
        [ended.code, ended.Code],
        [3, "remote-unreachable"],
        `${place}: ${ended.said}`,
      );
      keepsSecrets(repo, [ended.said]);
      // Only the pushes are sent elsewhere.
      server.instead = (request, url) =>
        /receive-pack/.test(url.href)
          ? guarded(request) ?? new Response("", { status: 302, headers: { Location: to(url) } })
          : null;
      const pushed = await gorel(repo, retract);
      assert.equal(pushed.State, "failed", `${place}: ${pushed.said}`);
      keepsSecrets(repo, [pushed.said]);
      server.instead = () => null;
      assert.equal((await gorel(repo, ["undo"])).State, "undone", place);
      assert.deepEqual([repo.git("for-each-ref"), remoteRefs(repo)], before);
    }
    assert.ok(seen.length > 0);
    for (const request of seen) {
      assert.doesNotMatch(request, /s3cret|authorization/i);
      assert.ok(!request.includes(btoa("ada:s3cret")));
    }
  }));

/** Set when the servers of a test may end: a helper of git outlives the git that was ended. */
let over = false;

/** A body that goes on until nobody reads it any more. */
function endless(chunk: Uint8Array<ArrayBuffer>, every: number, type: string): Response {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      await new Promise<void>((resolve) => timer = setTimeout(resolve, every));
      if (over) controller.close();
      else controller.enqueue(chunk);
    },
    cancel: () => clearTimeout(timer),
  });
  return new Response(body, { headers: { "Content-Type": type } });
}

const bytes = (text: string) => new TextEncoder().encode(text);
const refsType = "application/x-git-upload-pack-advertisement";

Deno.test("a server that drips, or never ends, is left after the time limit", () =>
  served(async (repo, server) => {
    const answers: Record<string, () => Response> = {
      "drips": () => endless(bytes("0"), 100, refsType),
      "never stops": () =>
        endless(bytes("001e# service=git-upload-pack\n".repeat(2000)), 5, refsType),
      "is no git at all": () => endless(bytes("<html>".repeat(5000)), 5, "text/html"),
    };
    for (const [what, answer] of Object.entries(answers)) {
      server.instead = answer;
      const found = await lsRemote(await impatient(repo), "origin", { timeout: 1000 });
      assert.ok("Code" in found, what);
      assert.equal(found.Code, "remote-unreachable");
      assert.ok(found.Text.length < 400, found.Text);
    }
  }));

Deno.test("a push that hangs is given up after the time limit, and nobody knows", () =>
  served(async (repo, server) => {
    const opened = await impatient(repo);
    server.instead = (request) =>
      request.method === "POST"
        ? endless(bytes("0005\x02"), 100, "application/x-git-receive-pack-result")
        : null;
    const to = repo.git("rev-parse", "main");
    const refs = [{ Name: "refs/heads/new", From: null, To: to }];
    const pushed = await push(opened, "origin", refs, { hooks: true, terminal: false });
    assert.equal(pushed.State, "unknown");
    assert.deepEqual(pushed.Words.at(-1), "no answer within the time limit");
  }));

Deno.test("a remote hook that talks without end is quoted in a few lines", async () => {
  using repo = released();
  remoteHook(
    repo,
    "pre-receive",
    "head -c 3000000 /dev/zero | tr '\\0' x >&2; yes 'no \\033[31m way' | head -n 100000 >&2; exit 1",
  );
  const before = remoteRefs(repo);
  const ended = await gorel(repo, retract);
  assert.deepEqual([ended.code, ended.Code], [1, "push-refused"], ended.said.slice(0, 2000));
  assert.ok(ended.Text.length < 1500, String(ended.Text.length));
  assert.match(ended.Text, /pre-receive hook declined\); nothing moved there\.$/);
  assert.equal(remoteRefs(repo), before);
  assert.equal((await gorel(repo, ["undo"])).State, "undone");
});
