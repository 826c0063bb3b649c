import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { identity } from "../../../lib/git/config.ts";
import { readHead } from "../../../lib/git/head.ts";
import { sync } from "../../../lib/git/index.ts";
import { changedFiles, commits } from "../../../lib/git/log.ts";
import { push } from "../../../lib/git/push.ts";
import { readTags } from "../../../lib/git/refs.ts";
import { lsRemote } from "../../../lib/git/remote.ts";
import { status } from "../../../lib/git/status.ts";
import { updateRefs } from "../../../lib/git/update-ref.ts";
import { objectWriter } from "../../../lib/git/write.ts";
import { cases, seeded } from "../../support/random.ts";
import { Repo, run } from "../../support/repo.ts";
import { open } from "./open.ts";

/** A commit of one changed file and a tag at it: objects, refs, index, push, as a release does it. */
async function release(repo: Repo, dir: string, version: string): Promise<void> {
  const opened = await open(repo, dir);
  const head = await readHead(opened);
  const who = await identity(opened);
  assert.ok(!("Code" in who) && head.Commit && head.Branch);
  const writer = await objectWriter(opened);
  const blob = await writer.blob(new TextEncoder().encode(`module m // ${version}\n`));
  const entries = run("git", ["ls-tree", "-z", "--full-tree", "HEAD"], { cwd: dir, env: repo.env })
    .split("\0").filter((line) => line !== "").map((line) => {
      const [, Mode, Oid, Name] = /^(\d+) \w+ (\w+)\t(.*)$/s.exec(line)!;
      return { Mode: Mode!, Name: Name!, Oid: Name === "go.mod" ? blob : Oid! };
    });
  const commit = await writer.commit({
    Tree: await writer.tree(entries),
    Parents: [head.Commit],
    ...who,
    Message: `Release ${version}`,
  });
  const tag = await writer.tag({
    Object: commit,
    Name: version,
    Tagger: who.Committer,
    Message: version,
  });
  const branch = `refs/heads/${head.Branch}`;
  const moves = [
    { Ref: branch, From: head.Commit, To: commit },
    { Ref: `refs/tags/${version}`, From: null, To: tag },
  ];
  assert.equal(await updateRefs(opened, moves, `gorel: ${version}`), null);
  assert.equal(await sync(opened, [{ Path: "go.mod", Mode: "100644", Oid: blob }]), null);
  const refs = moves.map(({ Ref, From, To }) => ({ Name: Ref, From, To }));
  const pushed = await push(opened, "origin", refs, { hooks: true, terminal: false });
  assert.equal(pushed.State, "pushed", pushed.Words.join("\n"));

  assert.deepEqual(await changedFiles(opened, head.Commit, commit), ["go.mod"]);
  assert.deepEqual((await commits(opened, { from: head.Commit, to: branch })).map((c) => c.Oid), [
    commit,
  ]);
  assert.deepEqual((await readTags(opened)).get(version), { Oid: tag, Commit: commit });
  assert.deepEqual((await status(opened)).Changed, []);
  const remote = await lsRemote(opened, "origin");
  assert.ok(!("Code" in remote));
  assert.equal(remote.Refs.get(branch), commit);
  assert.equal(remote.Peeled.get(`refs/tags/${version}`), commit);
}

Deno.test("a release made of these parts is one that git finds nothing wrong with", async () => {
  for (const format of ["sha1", "sha256"]) {
    using repo = new Repo();
    Deno.removeSync(join(repo.dir, ".git"), { recursive: true });
    repo.git("init", "-q", `--object-format=${format}`);
    repo.commit("first", { "go.mod": "module m\n", "a/b.go": "package b\n", "odd \\ name": "x" });
    run("git", ["init", "-q", "--bare", `--object-format=${format}`, repo.remote], {
      env: repo.env,
    });
    repo.git("remote", "add", "origin", repo.remote);
    repo.git("push", "-q", "-u", "origin", "main");
    const linked = repo.folder.join("linked");
    repo.git("worktree", "add", "-q", "-b", "v1", linked);
    repo.git("gc", "-q");
    await release(repo, repo.dir, "v1.0.0");
    await release(repo, join(repo.dir, "a"), "v1.0.1");
    await release(repo, linked, "v0.9.0");
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.equal(repo.git("-C", linked, "status", "--porcelain"), "");
    repo.git("fsck", "--strict", "--no-dangling");
    repo.onRemote("fsck", "--strict", "--no-dangling");
  }
});

Deno.test("a process killed while it writes objects leaves none that is broken", async () => {
  const random = seeded("killed while writing");
  using repo = new Repo();
  repo.commit("first");
  const lib = (name: string) => fileURLToPath(new URL(`../../../lib/${name}`, import.meta.url));
  const script = repo.folder.join("write.ts");
  Deno.writeTextFileSync(
    script,
    `import { machine } from ${JSON.stringify(lib("cli/machine.ts"))};
import { openRepository } from ${JSON.stringify(lib("git/repository.ts"))};
import { objectWriter } from ${JSON.stringify(lib("git/write.ts"))};
const writer = await objectWriter(await openRepository(machine(), ${JSON.stringify(repo.dir)}));
for (let i = 0;; i++) {
  if (i === 1) console.log("begun");
  await Promise.all(Array.from({ length: 50 }, (_, j) =>
    writer.blob(new TextEncoder().encode(Deno.args[0] + " " + (i * 50 + j)))));
}
`,
  );
  const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
  for (let i = cases(3, 30); i > 0; i--) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", "--config", config, script, String(i)],
      env: repo.env,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, random.int(5, 150)));
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    const said = run("git", ["fsck", "--full", "--no-dangling"], { cwd: repo.dir, env: repo.env });
    assert.equal(said, "");
  }
  assert.ok(Number(/^count: (\d+)/m.exec(repo.git("count-objects", "-v"))?.[1]) > 50);
  repo.git("prune", "--expire=now");
  const left = run("find", [join(repo.dir, ".git", "objects"), "-name", "tmp_obj_*"], {});
  assert.equal(left, "");
});
