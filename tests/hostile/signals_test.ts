/** Signals, and servers that never come to an end. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { start } from "../support/gorel.ts";
import { released } from "../support/released.ts";
import { type Repo, run } from "../support/repo.ts";
import { exists, on, retract, state } from "./scene.ts";

Deno.test("a signal ends gorel after the step that runs, and resume finishes the one release", async (t) => {
  // As a terminal does it: the whole group of processes gets it.
  const interrupted = async (repo: Repo, hook: string, signal: string, GOPROXY = "off") => {
    const begun = repo.folder.join("begun");
    const file = join(repo.dir, ".git", "hooks", hook);
    Deno.writeTextFileSync(file, `#!/bin/sh\ntouch ${begun}\nsleep 0.5\n`, { mode: 0o755 });
    const env = { ...repo.env, GOPROXY };
    const args = [...retract, "--yes", "--json", ...(GOPROXY === "off" ? ["--no-wait"] : [])];
    const child = start(args, { cwd: repo.dir, env, group: true });
    while (!exists(begun)) await new Promise((resolve) => setTimeout(resolve, 20));
    run("kill", [`-${signal}`, "--", `-${child.pid}`]);
    const { code, stdout } = await child.output();
    Deno.removeSync(file);
    return { code, outcome: JSON.parse(new TextDecoder().decode(stdout)) };
  };
  const finishes = async (repo: Repo) => {
    const ran = await on(repo, ["resume", "--no-wait", "--json"]);
    assert.equal(ran.code, 0, ran.stdout);
    assert.equal(ran.json.State, "pushed");
    assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
    assert.equal(repo.onRemote("rev-parse", "main"), repo.git("rev-parse", "v1.0.1^{}"));
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.ok(!exists(join(repo.dir, ".git", "gorel")));
  };
  for (const [signal, code] of [["INT", 130], ["TERM", 143]] as const) {
    await t.step(`SIG${signal} while the refs move`, async () => {
      using repo = released();
      const ran = await interrupted(repo, "reference-transaction", signal);
      assert.equal(ran.code, code, JSON.stringify(ran.outcome));
      assert.equal(ran.outcome.State, "stopped");
      assert.match(ran.outcome.Next, /gorel resume v1\.0\.1, or gorel undo/);
      assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
      await finishes(repo);
    });
  }
  for (const [signal, code] of [["INT", 8], ["TERM", 143]] as const) {
    await t.step(`SIG${signal} while the push runs, which leaves the wait`, async () => {
      using repo = released();
      await using server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        () => new Response("not found", { status: 404 }),
      );
      const proxy = `http://127.0.0.1:${server.addr.port}`;
      const ran = await interrupted(repo, "pre-push", signal, proxy);
      assert.equal(ran.code, code, JSON.stringify(ran.outcome));
      assert.equal(ran.outcome.State, "pushed");
      assert.match(ran.outcome.Next, /gorel resume v1\.0\.1/);
      await finishes(repo);
    });
  }
});

/** A server that takes every question and never says a word. */
function silent(): { url: string; asked: Promise<void> } & AsyncDisposable {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const open: Deno.Conn[] = [];
  let first = () => {};
  const asked = new Promise<void>((resolve) => first = resolve);
  const serving = (async () => {
    for await (const connection of listener) {
      open.push(connection);
      await connection.read(new Uint8Array(4096));
      first();
    }
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await serving.catch(() => {});
    },
  };
}

Deno.test("a signal ends at once what waits for a silent server, and nothing was begun", async (t) => {
  using repo = released();
  const plan = repo.folder.join("plan.json");
  const planned = ["plan", ...retract, "--accept", "proxy-unset", "-o", plan];
  assert.equal((await on(repo, planned)).code, 0);
  repo.git("status");
  const before = state(repo);
  const stopped = async (args: string[], env: Record<string, string>, asked: Promise<void>) => {
    const child = start([...args, "--json"], { cwd: repo.dir, env: { ...repo.env, ...env } });
    await asked;
    child.kill("SIGINT");
    const { code, stdout } = await child.output();
    const said = new TextDecoder().decode(stdout);
    assert.equal(code, 130, said);
    assert.equal(JSON.parse(said).Error.Code, "stopped");
    assert.deepEqual(state(repo), before);
  };
  const release = [["patch", "--yes"], ["patch", "--dry-run"], ["apply", plan, "--yes"]];
  for (const args of [...release, ["verify", "v1.0.0"], ["check"]]) {
    await t.step(`a proxy, and ${args[0]} ${args.at(-1)}`, async () => {
      await using server = silent();
      await stopped(args, { GOPROXY: server.url }, server.asked);
    });
  }
  await t.step("a remote, and a release", async () => {
    await using server = silent();
    const url = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: `url.${server.url}/.insteadOf` };
    await stopped(["patch", "--yes"], { ...url, GIT_CONFIG_VALUE_0: repo.remote }, server.asked);
  });
});

Deno.test("--wait ends the wait for a proxy that takes the question and is silent", async () => {
  using repo = released();
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ url, signal }) =>
      url.endsWith(".info")
        ? new Promise<Response>((resolve) =>
          signal.addEventListener("abort", () => resolve(new Response()))
        )
        : new Response("v1.0.0\n"),
  );
  const GOPROXY = `http://127.0.0.1:${server.addr.port}`;
  const ran = await on(repo, ["verify", "v1.0.0", "--wait", "1s", "--json"], { GOPROXY });
  assert.equal(ran.code, 8, ran.stdout);
  const info = ran.json.Steps.find((step: { Do: string }) => step.Do === "info");
  assert.deepEqual([info.State, info.Detail], ["waiting", "no answer within 5 seconds"]);
});
