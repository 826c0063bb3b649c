/** The passwords of remotes and proxies are in nothing that gorel prints or writes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { HttpBackend } from "../support/http-backend.ts";
import { released } from "../support/released.ts";
import { snapshotFolder } from "../support/repo.ts";
import { on, retract } from "./scene.ts";

Deno.test("credentials of a remote's URL are in no output, plan or journal", async (t) => {
  using repo = released();
  await using server = new HttpBackend(repo.folder.path, repo.env);
  const outputs: string[] = [];
  const tried = async (args: string[], env: Record<string, string> = {}) => {
    const ran = await on(repo, args, env);
    outputs.push(ran.stdout, ran.stderr);
    return ran;
  };
  const told = () => {
    const journals = join(repo.dir, ".git", "gorel");
    try {
      outputs.push(JSON.stringify(snapshotFolder(journals)));
    } catch {
      // No release is under way.
    }
    const leak = outputs.find((text) => /s3cret|hidden/.test(text));
    assert.equal(leak, undefined);
  };
  const url = server.url("remote.git", "ada:s3cret%2Fhidden@");
  repo.git("remote", "set-url", "origin", url);

  for (const fault of ["unauthorized", "cut-before"] as const) {
    await t.step(`a server that is ${fault}`, async () => {
      server.fault = fault;
      const ran = await tried([...retract, "--yes", "--no-wait", "--events", "--json"]);
      assert.notEqual(ran.code, 0);
      told();
      if (fault === "cut-before") assert.equal((await tried(["undo"])).code, 0);
    });
  }
  await t.step("a hook's words, a plan, a release that works", async () => {
    server.fault = "none";
    const hook = join(repo.dir, ".git", "hooks", "pre-push");
    Deno.writeTextFileSync(hook, '#!/bin/sh\necho "going to $2"; echo "$2" >&2; exit 1\n', {
      mode: 0o755,
    });
    const plan = repo.folder.join("plan.json");
    assert.equal((await tried(["plan", ...retract, "--no-wait", "-o", plan])).code, 0);
    outputs.push(Deno.readTextFileSync(plan));
    const refused = await tried(["apply", plan, "--yes", "--events", "--json"]);
    assert.equal(refused.code, 1, refused.stderr);
    assert.match(refused.stdout, /going to http:\/\/127/);
    told();
    Deno.removeSync(hook);
    assert.equal((await tried(["resume", "--yes", "--no-wait", "--events"])).code, 0);
    await tried(["verify", "v1.0.1"]);
    told();
  });
  await t.step("a password that was not encoded", async () => {
    for (const odd of ["s3cret/hidden", "s3@cret'hidden"]) {
      repo.git("remote", "set-url", "origin", `http://ada:${odd}@127.0.0.1:1/x.git`);
      const ran = await tried(["check", "--json"]);
      assert.match(ran.stdout, /remote-unreachable/);
    }
    told();
  });
  await t.step("a proxy's URL", async () => {
    for (const proxy of ["http://ada:s3cret@127.0.0.1:1", "https://s3cret:hidden@127.0.0.1:1/p"]) {
      await tried(["check", "--json"], { GOPROXY: proxy });
    }
    told();
  });
  await t.step("a proxy's URL, in a release that waits for it", async () => {
    repo.git("remote", "set-url", "origin", repo.remote);
    const proxy = "https://ada:s3cret@127.0.0.1:1/hidden@x|https://s3cret@127.0.0.1:1?key=hidden";
    const args = [...retract.slice(0, 1), "v1.0.1", "--reason", "too", "--yes", "--wait", "1s"];
    const accept = ["--accept", "proxy-unreachable", "--events", "--json"];
    const ran = await tried([...args, ...accept], { GOPROXY: proxy });
    assert.equal(ran.code, 8, ran.stdout + ran.stderr);
    assert.match(ran.stdout, /127\.0\.0\.1:1/);
    await tried(["status"], { GOPROXY: proxy });
    await tried(["verify", "v1.0.1", "-v"], { GOPROXY: proxy });
    told();
  });
});
