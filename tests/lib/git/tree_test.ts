import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { type Snapshot, snapshot, treeSnapshot } from "../../../lib/git/tree.ts";
import { Failed } from "../../../lib/problem.ts";
import { Repo, run } from "../../support/repo.ts";

async function opened(repo: Repo, dir = repo.dir): Promise<Repository> {
  const found = await openRepository(machine({ ...repo.env, PATH: Deno.env.get("PATH")! }), dir);
  assert.ok(!("Code" in found), JSON.stringify(found));
  return found;
}

async function at(repo: Repo, rev = "HEAD"): Promise<Snapshot> {
  const found = await snapshot(await opened(repo), rev);
  assert.ok(found);
  return found;
}

Deno.test("a snapshot lists every file with mode, id and size", async () => {
  using repo = new Repo();
  repo.write("run.sh", "#!/bin/sh\n");
  Deno.chmodSync(`${repo.dir}/run.sh`, 0o755);
  Deno.symlinkSync("run.sh", `${repo.dir}/link`);
  repo.write("a/b/c.go", "package c\n");
  repo.write("x y\té.txt", "");
  repo.git("add", "-A");
  repo.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},module`);
  repo.git("commit", "-q", "-m", "files");
  const found = await at(repo);
  assert.equal(found.Commit, repo.git("rev-parse", "HEAD"));
  assert.equal(found.Tree, repo.git("rev-parse", "HEAD^{tree}"));
  const listed = await found.entries();
  assert.deepEqual(listed.map(({ Path, Mode, Size }) => [Path, Mode, Size]), [
    ["a/b/c.go", "100644", 10],
    ["link", "120000", 6],
    ["module", "160000", 0],
    ["run.sh", "100755", 10],
    ["x y\té.txt", "100644", 0],
  ]);
  assert.equal(listed[0]!.Oid, repo.git("rev-parse", "HEAD:a/b/c.go"));
});

Deno.test("readFile() finds one file, and neither folders nor submodules", async () => {
  using repo = new Repo();
  repo.write(":(glob)*/go.mod", "module odd\n");
  repo.write("sub/go.mod", "module sub\n");
  repo.git("add", "-A");
  repo.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},module`);
  repo.git("commit", "-q", "-m", "files");
  const text = async (files: Snapshot, path: string) => {
    const file = await files.readFile(path);
    return file && decodeText(file.Bytes);
  };
  const [fresh, listed] = [await at(repo), await at(repo)];
  await listed.entries();
  for (const files of [fresh, listed]) {
    assert.equal(await text(files, "sub/go.mod"), "module sub\n");
    assert.equal(await text(files, ":(glob)*/go.mod"), "module odd\n");
    for (const path of ["go.mod", "sub", "sub/", "module", "su", "../x", ".", "sub/go.mod/x"]) {
      assert.equal(await text(files, path), null, path);
    }
  }
});

Deno.test("names that are not UTF-8 are kept to the byte", async () => {
  using repo = new Repo();
  const blob = run("git", ["hash-object", "-w", "--stdin"], {
    cwd: repo.dir,
    env: repo.env,
    stdin: "text\n",
  }).trim();
  const repository = await opened(repo);
  const made = await repository.services.processes.run("git", ["mktree", "-z"], {
    cwd: repo.dir,
    stdin: encodeText(`100644 blob ${blob}\tlatin\udce9\0` + `100644 blob ${blob}\té\0`),
  });
  const files = treeSnapshot(repository, decodeText(made.Stdout).trim());
  assert.deepEqual((await files.entries()).map((e) => e.Path), ["latin\udce9", "é"]);
  assert.equal(decodeText((await files.readFile("latin\udce9"))!.Bytes), "text\n");
});

Deno.test("a revision that git does not know has no snapshot", async () => {
  using repo = new Repo();
  for (const rev of ["HEAD", "", "nowhere", "-x", "--all", "a\nHEAD", "0".repeat(40)]) {
    assert.equal(await snapshot(await opened(repo), rev), null, rev);
  }
  const commit = repo.commit("one", { "a.txt": "a\n" });
  repo.tag("v1.0.0");
  for (const rev of ["HEAD", "v1.0.0", "refs/tags/v1.0.0", "main", commit.slice(0, 9)]) {
    assert.equal((await at(repo, rev)).Commit, commit, rev);
  }
  const tree = await at(repo, "HEAD^{tree}");
  assert.equal(tree.Commit, undefined);
  assert.equal((await tree.entries()).length, 1);
});

Deno.test("visit() shows each object once, however many batches it takes", async () => {
  using repo = new Repo();
  const large = "x".repeat(5 << 20);
  repo.commit("large", {
    "a": large + "a",
    "b": large + "b",
    "c": "",
    "d": large + "d",
    "same as c": "",
    "e": "e\n\n",
  });
  const files = await at(repo);
  const seen: string[] = [];
  await files.visit(await files.entries(), (_, bytes) => {
    seen.push(`${bytes.length} ${decodeText(bytes.subarray(-2))}`);
  });
  const size = large.length + 1;
  assert.deepEqual(seen.sort(), ["0 ", "3 \n\n", `${size} xa`, `${size} xb`, `${size} xd`]);
});

Deno.test("an object that is missing is named, and nothing is fetched for it", async () => {
  using repo = new Repo();
  repo.commit("one", { "go.mod": "module m\n", "a.txt": "a\n" });
  repo.withRemote();
  run("git", ["config", "uploadpack.allowFilter", "true"], { cwd: repo.remote, env: repo.env });
  const clone = repo.folder.join("clone");
  const args = ["clone", "-q", "--no-checkout", "--filter=blob:none", `file://${repo.remote}`];
  run("git", [...args, clone], { env: repo.env });
  const partial = await snapshot(await opened(repo, clone), "HEAD");
  assert.ok(partial);
  const missing = repo.git("rev-parse", "HEAD:go.mod");
  await assert.rejects(partial.read(missing), (error) => {
    return error instanceof Failed && error.message.includes(missing);
  });
  await assert.rejects(partial.readMany([missing]), Failed);
  await assert.rejects(async () => {
    await partial.visit(await partial.entries(), () => {});
  }, Failed);
});

Deno.test("replacements do not count, for nobody who fetches has them", async () => {
  using repo = new Repo();
  const old = repo.commit("one", { "a.txt": "old\n" });
  const replacement = repo.commit("two", { "a.txt": "new\n", "b.txt": "" });
  repo.git("replace", old, replacement);
  repo.git("replace", repo.git("rev-parse", `${old}^{tree}`), `${replacement}^{tree}`);
  const files = await at(repo, old);
  assert.deepEqual((await files.entries()).map((e) => e.Path), ["a.txt"]);
  assert.equal(decodeText((await files.readFile("a.txt"))!.Bytes), "old\n");
});
