/** What stops a release, on the screens of the real program: it is named, it can be put right there, or it stays. */
import assert from "node:assert/strict";
import { Folder, type Repo, run } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import { begin, key, left, openIn, quit, write } from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

/** No key that goes on does: what stops, stops. */
async function assertStays(pty: Pty, repo: Repo): Promise<void> {
  await pty.type("nn?");
  await pty.until("close");
  await pty.type("q");
  await pty.until((screen) => !screen.includes("close") && screen.includes("preflight"));
  assert.doesNotMatch(pty.screen(), /to start:/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
}

Deno.test("a dirty work tree stops; put right in another terminal, R looks again", async () => {
  using repo = released();
  repo.write("m.go", "package m\n\n// not committed\n");
  await using pty = openIn(repo, ["patch"], { env: { GOPROXY: "direct" } });
  const screen = await pty.until(/› ✗/);
  assert.match(screen, /m\.go/);
  assert.match(screen, /preflight .* 1 ✗/);
  await assertStays(pty, repo);
  repo.git("checkout", "-q", "m.go");
  await pty.type("R");
  await begin(pty, "v1.0.1");
  await pty.until(/v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("a version that exists is never made again, and the next free one is named", async () => {
  using repo = released();
  await using pty = openIn(repo, ["v1.0.0"], { env: { GOPROXY: "direct" } });
  const screen = await pty.until(/› ✗/);
  assert.match(screen, /version-exists/);
  assert.match(screen, /v1\.0\.1/);
  await assertStays(pty, repo);
  await pty.type(key.ctrl("c"));
  assert.equal((await left(pty)).code, 130);
});

Deno.test("a branch that is behind its remote stops before anything is made", async () => {
  using repo = released();
  using other = new Folder();
  run("git", ["clone", "-q", repo.remote, other.join("c")], { env: repo.env });
  const there = { cwd: other.join("c"), env: repo.env };
  run("git", ["commit", "-q", "--allow-empty", "-m", "somebody else"], there);
  run("git", ["push", "-q"], there);
  await using pty = openIn(repo, ["patch"], { env: { GOPROXY: "direct" } });
  // The refusal may come before the facts that its details stand beside.
  await pty.until(/› ✗[^]*── behind ─/);
  await assertStays(pty, repo);
  await pty.type(key.enter);
  await pty.until(" ! git pull");
  await pty.type("f");
  await pty.until(() => pty.copied.length > 0);
  assert.match(pty.copied[0]!, /git (pull|fetch|merge|rebase)/);
  await pty.type(key.ctrl("c"));
  assert.equal((await left(pty)).code, 130);
  assert.equal(repo.onRemote("log", "-1", "--format=%s", "main"), "somebody else");
});

Deno.test("a retraction that leaves nothing is accepted by name, and the plan keeps the reason", async () => {
  using repo = released();
  const words = [
    "retract",
    "v1.0.0",
    "--self",
    "--from",
    "v1.0.0",
    "--reason",
    "a secret",
    "--no-wait",
  ];
  await using pty = openIn(repo, words);
  await pty.until(/› ✗/);
  await pty.until("retract-leaves-nothing");
  await pty.type("n");
  await pty.type("a");
  await pty.until(/accept it/);
  await write(pty, "no version is good");
  await pty.type(key.esc);
  await pty.until(/a accept/);
  assert.match(pty.screen(), /✗/);
  await pty.type("a");
  await pty.until(/accept it/);
  await pty.type("all of them\x15");
  await write(pty, "none is good q?");
  await pty.type(key.enter);
  await pty.until(/› go on to the plan/);
  await pty.type("y");
  await pty.until(() => pty.copied.length > 0);
  assert.match(pty.copied[0]!, /--accept '?retract-leaves-nothing=none is good q\?'?/);
  await pty.type("n");
  await pty.until("Type v1.0.1 to start: ▌");
  await pty.type(key.ctrl("s"));
  await pty.until("Saved as");
  const saved = [...Deno.readDirSync(repo.dir)].find((e) => e.name.endsWith(".plan.json"))!;
  const plan = JSON.parse(repo.read(saved.name));
  assert.deepEqual(
    plan.Problems.filter((p: { Code: string }) => p.Code === "retract-leaves-nothing")
      .map((p: { Accepted: string }) => p.Accepted),
    ["none is good q?"],
  );
  Deno.removeSync(`${repo.dir}/${saved.name}`);
  await write(pty, "v1.0.1");
  await pty.type(key.enter);
  await pty.until(/out: the remote has it|v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.match(repo.onRemote("show", "v1.0.1:go.mod"), /a secret/);
});
