/** `--include`: changed files that go into the release commit, and come back as they were. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { gorel } from "../support/gorel.ts";
import { goMod, released } from "../support/released.ts";
import { Repo, run, snapshotFolder } from "../support/repo.ts";

/** Everything of a repository but objects and git's scratch files. */
function state(repo: Repo): Record<string, string> {
  return snapshotFolder(repo.dir, (path) => path.startsWith(".git/objects"));
}

/** What a file is to whoever looks whether it was written: its inode and its time. */
function identities(repo: Repo, paths: string[]): string[] {
  return paths.map((path) => {
    const { ino, mtime } = Deno.lstatSync(join(repo.dir, path));
    return `${path} ${ino} ${mtime?.getTime()}`;
  });
}

/** A repository where something of every kind is changed and not committed. */
function changed(): Repo {
  const repo = released();
  repo.commit("more", { "gone.go": "package m\n", "tool.sh": "#!/bin/sh\n", "b.bin": "a\0b" });
  repo.git("push", "-q");
  repo.write("m.go", "package m\n\n// staged\n");
  repo.git("add", "m.go");
  repo.write("m.go", "package m\n\n// staged, and then more\n");
  repo.write("sub dir/née.go", "package sub\n");
  repo.write("b.bin", new Uint8Array([0, 255, 254, 10]));
  repo.git("rm", "-q", "gone.go");
  Deno.chmodSync(join(repo.dir, "tool.sh"), 0o755);
  Deno.symlinkSync("m.go", join(repo.dir, "link"));
  repo.write("left.txt", "not in it\n");
  return repo;
}

const files = ["b.bin", "gone.go", "link", "m.go", "sub dir/née.go", "tool.sh"];
const includes = files.flatMap((path) => ["--include", path]);
const release = ["patch", "--yes", "--no-wait", "--json"];

Deno.test("what is included goes out with the release, and the work tree is not written", async () => {
  using repo = changed();
  const present = files.filter((path) => path !== "gone.go");
  const before = identities(repo, present);
  const plan = await gorel(["plan", "patch", ...includes, "--no-wait", "--json"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(plan.code, 0, plan.stderr);
  const writes = plan.json.Steps.filter((s: { Do: string }) => s.Do === "write");
  assert.deepEqual(
    writes.map((w: Record<string, unknown>) => [
      w.Id,
      w.File,
      w.Mode,
      w.Text ?? w.Base64 ?? w.Edits ?? null,
    ]),
    [
      ["write-1", "b.bin", "100644", "AP/+Cg=="],
      ["write-2", "gone.go", "100644", null],
      ["write-3", "link", "120000", "m.go"],
      ["write-4", "m.go", "100644", [{
        At: 11,
        Old: "// fixed\n",
        New: "// staged, and then more\n",
      }]],
      ["write-5", "sub dir/née.go", "100644", "package sub\n"],
      ["write-6", "tool.sh", "100755", "#!/bin/sh\n"],
    ],
  );
  const codes = plan.json.Problems.map((p: { Code: string }) => p.Code);
  assert.deepEqual(codes.sort(), ["not-asked", "partly-staged", "untracked"]);
  assert.match(
    plan.json.Problems.find((p: { Code: string }) => p.Code === "untracked").Text,
    /1 .*left/,
  );

  const ran = await gorel([...release, ...includes], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.json.State, "pushed");
  assert.equal(repo.git("status", "--porcelain"), "?? left.txt");
  assert.deepEqual(identities(repo, present), before, "no file was written");
  assert.equal(repo.git("rev-parse", "HEAD^{tree}"), plan.json.Releases[0].Tree);
  assert.equal(
    repo.git(
      "-c",
      "core.quotePath=false",
      "diff-tree",
      "--no-commit-id",
      "--name-status",
      "-r",
      "HEAD",
    ),
    "M\tb.bin\nD\tgone.go\nA\tlink\nM\tm.go\nA\tsub dir/née.go\nM\ttool.sh",
  );
  assert.equal(repo.git("log", "-1", "--format=%B").trim(), "Release v1.0.1");
  assert.equal(
    repo.onRemote("rev-parse", "main", "v1.0.1^{}"),
    repo.git("rev-parse", "HEAD", "HEAD"),
  );
  repo.git("fsck", "--strict");
});

Deno.test("undo gives back index and files to the byte, what was staged in part among them", async () => {
  using repo = changed();
  const before = state(repo);
  const ran = await gorel([...release, ...includes, "--no-push"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.json.State, "local");
  repo.write("m.go", "package m\n\n// and after it\n");
  const undone = await gorel(["undo", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(undone.code, 0, undone.stderr + undone.stdout);
  assert.equal(repo.read("m.go"), "package m\n\n// and after it\n", "nobody's work is lost");
  repo.write("m.go", "package m\n\n// staged, and then more\n");
  assert.deepEqual(state(repo), before);
});

Deno.test("what was deleted after the release was made comes back with undo: nothing else holds it", async () => {
  using repo = changed();
  const before = state(repo);
  const ran = await gorel([...release, ...includes, "--no-push"], { cwd: repo.dir, env: repo.env });
  assert.equal(ran.json.State, "local");
  repo.git("rm", "-q", "sub dir/née.go");
  const undone = await gorel(["undo", "--json"], { cwd: repo.dir, env: repo.env });
  assert.equal(undone.code, 0, undone.stderr + undone.stdout);
  assert.deepEqual(state(repo), before);
});

Deno.test("paths are those of the folder one stands in, and a folder means all that is changed in it", async () => {
  using repo = released();
  repo.write("sub/a.go", "package sub\n");
  repo.write("sub/deep/b.go", "package deep\n");
  repo.write("gorel-v9.9.9.plan.json", "{}");
  repo.write("other.txt", "x\n");
  const planned = async (...args: string[]) => {
    const ran = await gorel(["plan", "patch", "--no-wait", "--json", ...args], {
      cwd: join(repo.dir, "sub"),
      env: repo.env,
    });
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    return ran.json.Steps.flatMap((s: { File?: string }) => s.File ?? []);
  };
  assert.deepEqual(await planned("--include", "deep/b.go", "--include", "../other.txt"), [
    "other.txt",
    "sub/deep/b.go",
  ]);
  assert.deepEqual(await planned("--include", "."), ["sub/a.go", "sub/deep/b.go"]);
  assert.deepEqual(await planned("-C", "..", "--include", "."), [
    "other.txt",
    "sub/a.go",
    "sub/deep/b.go",
  ], "a plan that gorel saved is no part of it");
  assert.deepEqual(await planned("--include", repo.dir + "/sub/a.go"), ["sub/a.go"]);
  const name = basename(repo.dir);
  assert.deepEqual(await planned("--include", `../../${name}/other.txt`), ["other.txt"]);
});

Deno.test("what cannot be included is refused by name, and nothing is written", async (t) => {
  using repo = released();
  using other = new Repo("other");
  other.commit("one", { f: "x" });
  repo.git("submodule", "--quiet", "add", other.dir, "mod");
  repo.commit("module", { ".gitignore": "*.o\n", "dir/f": "x" });
  repo.write("ignored.o", "x");
  repo.write("mod/f", "changed");
  run("git", ["clone", "-q", other.dir, join(repo.dir, "nested")], { env: repo.env });
  Deno.symlinkSync("dir", join(repo.dir, "to"));
  repo.write("new.go", "package m\n");
  const before = state(repo);
  const cases: Record<string, RegExp> = {
    "ignored.o": /is ignored by git/,
    "m.go": /is not changed/,
    "dir": /holds no changed file/,
    "no.go": /is no file here/,
    "../x": /outside of this repository/,
    ".git/config": /git's own/,
    "mod": /is a submodule/,
    "mod/f": /lies in mod, a submodule/,
    "nested": /a repository of its own/,
    "nested/f": /lies in nested\/, a repository of its own/,
    "to/f": /lies behind to, a symbolic link/,
  };
  for (const [path, words] of Object.entries(cases)) {
    await t.step(path, async () => {
      const args = [...release, "--include", "new.go", "--include", path];
      const ran = await gorel(args, { cwd: repo.dir, env: repo.env });
      assert.equal(ran.code, 3, ran.stdout);
      const found = ran.json.Error.Problems.find((p: { Code: string }) =>
        p.Code === "include-unknown"
      );
      assert.match(found.Text, words);
      assert.ok(found.Fix);
    });
  }
  assert.deepEqual(state(repo), before);
});

Deno.test("an included go.mod is the release's own: counted, refused when it is broken, edited on top", async (t) => {
  using repo = released();
  const required = goMod + "\nrequire example.com/x v1.2.3\n";
  repo.write("go.mod", required);
  const options = { cwd: repo.dir, env: repo.env };
  const own = ["--include", "go.mod", "--yes", "--no-wait", "--json", "--no-push"];
  await t.step("a release", async () => {
    const ran = await gorel(["auto", ...own], options);
    assert.equal(ran.code, 0, ran.stdout);
    assert.equal(ran.json.Releases[0].Version, "v1.1.0", "a new requirement is a minor");
    assert.equal(repo.git("show", "HEAD:go.mod") + "\n", required);
    assert.equal((await gorel(["undo"], options)).code, 0);
  });
  await t.step("a retraction on top of it", async () => {
    const before = state(repo);
    const file = repo.folder.join("plan.json");
    const edit = ["retract", "v1.0.0", "--reason", "panics", "--include", "go.mod", "--no-wait"];
    const saved = await gorel(["plan", ...edit, "--no-push", "-o", file, "--json"], options);
    assert.equal(saved.code, 0, saved.stdout);
    const [write] = saved.json.Steps;
    assert.equal(write.Before, repo.git("rev-parse", "HEAD:go.mod"));
    assert.equal(write.Here, repo.git("hash-object", "go.mod"));
    const ran = await gorel(["apply", file, "--yes", "--no-wait", "--json"], options);
    assert.equal(ran.code, 0, ran.stdout);
    assert.match(repo.read("go.mod"), /^require example.com\/x v1.2.3$/m);
    assert.match(repo.read("go.mod"), /^retract v1.0.0/m);
    assert.equal(repo.git("status", "--porcelain"), "");
    assert.equal((await gorel(["undo"], options)).code, 0);
    assert.deepEqual(state(repo), before);
    assert.equal(repo.read("go.mod"), required);
  });
  await t.step("one that does not parse", async () => {
    repo.write("go.mod", "module example.com/m\n\nrequire (\n");
    const ran = await gorel(["auto", ...own], options);
    assert.equal(ran.code, 3);
    assert.ok(ran.json.Error.Problems.some((p: { Code: string }) => p.Code === "go-mod-invalid"));
  });
});

Deno.test("a saved plan holds what it includes: here it must still lie there, elsewhere it is written", async () => {
  using repo = released();
  const options = { cwd: repo.dir, env: repo.env };
  repo.git("push", "-q");
  run("git", ["clone", "-q", repo.remote, repo.folder.join("clone")], { env: repo.env });
  repo.write("new/n.go", "package n\n");
  repo.write("m.go", "package m\n\n// mine\n");
  const file = repo.folder.join("plan.json");
  const made = await gorel(["plan", "patch", "--include", ".", "--no-wait", "-o", file], options);
  assert.equal(made.code, 0, made.stderr);

  const altered = JSON.parse(Deno.readTextFileSync(file));
  altered.Steps[0].Here = repo.git("hash-object", "m.go");
  const stdin = JSON.stringify(altered);
  const beyond = await gorel(["apply", "-", "--yes", "--json"], { ...options, stdin });
  assert.equal(
    beyond.json.Error.Code,
    "plan-invalid",
    "only a go.mod that is edited is written over",
  );

  repo.write("m.go", "package m\n\n// changed since\n");
  const before = state(repo);
  const moved = await gorel(["apply", file, "--yes", "--no-wait", "--json"], options);
  assert.equal(moved.code, 3);
  assert.equal(moved.json.Error.Code, "moved");
  assert.deepEqual(state(repo), before);

  const elsewhere = { cwd: repo.folder.join("clone"), env: repo.env };
  const git = (...args: string[]) => run("git", args, elsewhere).trimEnd();
  const there = snapshotFolder(elsewhere.cwd, (path) => path === ".git");
  const local = await gorel(["apply", file, "--yes", "--no-wait", "--json"], elsewhere);
  assert.equal(local.code, 0, local.stdout);
  assert.equal(git("status", "--porcelain"), "");
  assert.equal(Deno.readTextFileSync(join(elsewhere.cwd, "new/n.go")), "package n\n");
  assert.notDeepEqual(snapshotFolder(elsewhere.cwd, (path) => path === ".git"), there);
  assert.equal(repo.onRemote("rev-parse", "v1.0.1^{}"), git("rev-parse", "HEAD"));
});
