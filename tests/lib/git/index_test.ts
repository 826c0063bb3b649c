import assert from "node:assert/strict";
import { join } from "node:path";
import { readIndexDigest, sync, type TrackedFile } from "../../../lib/git/index.ts";
import { Failed } from "../../../lib/problem.ts";
import { cases, seeded } from "../../support/random.ts";
import { Repo, run, snapshotFolder, tryRun } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

/** A commit made behind the back of index and work tree, and the files in which it differs. */
function commitBehind(repo: Repo, files: Record<string, { Mode?: string; Text: string } | null>) {
  const tracked: TrackedFile[] = Object.entries(files).map(([Path, file]) => ({
    Path,
    Mode: file?.Mode ?? "100644",
    Oid: file && input(repo, ["hash-object", "-w", "--stdin", "--no-filters"], file.Text),
  }));
  const env = { ...repo.env, GIT_INDEX_FILE: join(repo.dir, ".git", "behind") };
  const git = (args: string[], stdin?: string) =>
    run("git", args, { cwd: repo.dir, env, ...(stdin !== undefined && { stdin }) }).trim();
  git(["read-tree", "HEAD"]);
  const lines = tracked.map((f) =>
    `${f.Oid ? `${f.Mode} ${f.Oid}` : `0 ${"0".repeat(40)}`}\t${f.Path}\0`
  );
  git(["update-index", "-z", "--index-info"], lines.sort().join(""));
  const commit = git(["commit-tree", git(["write-tree"]), "-p", "HEAD", "-m", "behind"]);
  Deno.removeSync(env.GIT_INDEX_FILE);
  repo.git("update-ref", "refs/heads/main", commit);
  return tracked;
}

function input(repo: Repo, args: string[], stdin: string): string {
  return run("git", args, { cwd: repo.dir, env: repo.env, stdin }).trim();
}

function status(repo: Repo): string {
  return repo.git("-c", "core.quotePath=false", "status", "--porcelain", "--untracked-files=all");
}

Deno.test("sync() makes the status clean: changed, new, deleted, executable, linked files", async () => {
  using repo = new Repo();
  repo.commit("first", { "go.mod": "old\n", "run.sh": "x\n", "gone/deep/f": "x", "kept": "k\n" });
  const files = commitBehind(repo, {
    "go.mod": { Text: "new\n" },
    "run.sh": { Text: "y\n", Mode: "100755" },
    "gone/deep/f": null,
    "new dir/ü.go": { Text: "new" },
    "link": { Text: "go.mod", Mode: "120000" },
    " leading space": { Text: "1\n" },
    "line\nbreak": { Text: "2\n" },
    "empty": { Text: "" },
  });
  const { repo: opened } = counted(await open(repo));
  assert.equal(await sync(opened, files), null);
  assert.equal(status(repo), "");
  assert.equal(repo.read("go.mod"), "new\n");
  assert.equal(repo.read("line\nbreak"), "2\n");
  assert.equal(repo.read(" leading space"), "1\n");
  assert.equal(repo.read("empty"), "");
  assert.equal(Deno.readLinkSync(join(repo.dir, "link")), "go.mod");
  assert.equal(Deno.statSync(join(repo.dir, "run.sh")).mode! & 0o111, 0o111);
  assert.throws(() => Deno.statSync(join(repo.dir, "gone")), Deno.errors.NotFound);
  assert.deepEqual([...Deno.readDirSync(repo.dir)].filter((e) => e.name.includes("tmp")), []);
  // The index must say so by itself, without git comparing contents once more.
  assert.equal(repo.git("diff-files"), "");
});

Deno.test("sync() takes few processes for many files", async () => {
  using repo = new Repo();
  const names = Array.from({ length: 200 }, (_, i) => `d${i % 7}/f${i}`);
  repo.commit("first", Object.fromEntries(names.map((name) => [name, "old\n"])));
  const files = commitBehind(repo, Object.fromEntries(names.map((name) => [name, { Text: name }])));
  const { repo: opened, started } = counted(await open(repo));
  assert.equal(await sync(opened, files), null);
  assert.equal(started.length, 4);
  assert.equal(status(repo), "");
});

Deno.test("sync() leaves every other change of the maintainer alone", async () => {
  using repo = new Repo();
  repo.commit("first", { "a": "a\n", "b": "b\n", "c": "c\n", "d": "d\n" });
  repo.write("b", "worked on\n");
  repo.write("c", "staged\n");
  repo.git("add", "c");
  repo.write("c", "and worked on\n");
  repo.write("untracked", "u");
  const before = status(repo);
  const files = commitBehind(repo, { a: { Text: "released\n" } });
  assert.equal(await sync(await open(repo), files), null);
  assert.equal(status(repo), before);
  assert.equal(repo.read("b"), "worked on\n");
  assert.equal(repo.read("c"), "and worked on\n");
  assert.equal(repo.git("show", ":c"), "staged");
});

Deno.test("sync() writes what a checkout would: line ends, filters, keywords", async () => {
  using repo = new Repo();
  repo.git("config", "filter.shout.smudge", "tr a-z A-Z");
  repo.git("config", "filter.shout.clean", "tr A-Z a-z");
  repo.commit("first", {
    ".gitattributes": "*.crlf text eol=crlf\n*.shout filter=shout\n*.id ident\n",
    "a.crlf": "1\n",
    "b.shout": "x\n",
    "plain": "p\n",
  });
  const files = commitBehind(repo, {
    "a.crlf": { Text: "1\n2\n" },
    "sub/b.shout": { Text: "whisper\n" },
    "c.id": { Text: "$Id$\n" },
    "plain": { Text: "q\r\n" },
  });
  assert.equal(await sync(await open(repo), files), null);
  assert.equal(repo.read("a.crlf"), "1\r\n2\r\n");
  assert.equal(repo.read("sub/b.shout"), "WHISPER\n");
  assert.match(repo.read("c.id"), /^\$Id: [0-9a-f]{40} \$\n$/);
  assert.equal(repo.read("plain"), "q\r\n");
  assert.equal(status(repo), "");
  const before = snapshotFolder(repo.dir, (path) => path.startsWith(".git/"));
  for (const file of files) Deno.removeSync(join(repo.dir, file.Path));
  repo.git("checkout", "--", ".");
  assert.deepEqual(snapshotFolder(repo.dir, (path) => path.startsWith(".git/")), before);
});

Deno.test("sync() writes nothing through a symbolic link, and nothing outside", async () => {
  using repo = new Repo();
  repo.commit("first", { "f": "x", "sub/f": "x" });
  const outside = repo.folder.join("outside");
  Deno.mkdirSync(outside);
  const [file] = commitBehind(repo, { "sub/f": { Text: "new" } });
  Deno.removeSync(join(repo.dir, "sub"), { recursive: true });
  Deno.symlinkSync(outside, join(repo.dir, "sub"));
  const opened = await open(repo);
  await assert.rejects(sync(opened, [file!]), /sub is a symbolic link/);
  await assert.rejects(sync(opened, [{ ...file!, Oid: null }]), /sub is a symbolic link/);
  for (
    const Path of [
      "../outside/x",
      ".git/config",
      "a/../../x",
      "/etc/x",
      "a//b",
      "",
      ".GIT/x",
      "f/below",
    ]
  ) {
    await assert.rejects(sync(opened, [{ ...file!, Path }]), Failed, Path);
  }
  await assert.rejects(sync(opened, [{ ...file!, Path: "new", Oid: "1".repeat(40) }]), Failed);
  assert.deepEqual([...Deno.readDirSync(outside)], []);
});

Deno.test("sync() replaces a file that is itself a symbolic link, not what it points at", async () => {
  using repo = new Repo();
  repo.commit("first", { f: "x", target: "t\n" });
  const files = commitBehind(repo, { f: { Text: "new" } });
  Deno.removeSync(join(repo.dir, "f"));
  Deno.symlinkSync("target", join(repo.dir, "f"));
  assert.equal(await sync(await open(repo), files), null);
  assert.equal(repo.read("f"), "new");
  assert.equal(repo.read("target"), "t\n");
  assert.equal(status(repo), "");
});

Deno.test("sync() puts a file in the place of a folder, and a folder in that of a file", async () => {
  using repo = new Repo();
  repo.commit("first", { "a/b/c": "1", d: "2" });
  const files = commitBehind(repo, {
    "a": { Text: "file" },
    "a/b/c": null,
    "d": null,
    "d/e": { Text: "below" },
  });
  assert.equal(await sync(await open(repo), files), null);
  assert.equal(status(repo), "");
  assert.equal(repo.read("a"), "file");
  assert.equal(repo.read("d/e"), "below");
});

Deno.test("sync() says so when another git holds the index, and can be repeated", async () => {
  using repo = new Repo();
  repo.commit("first", { f: "x" });
  const files = commitBehind(repo, { f: { Text: "new" } });
  const opened = await open(repo);
  const lock = join(repo.dir, ".git", "index.lock");
  Deno.writeTextFileSync(lock, "");
  assert.equal((await sync(opened, files))?.Code, "locked");
  Deno.removeSync(lock);
  assert.equal(await sync(opened, files), null);
  assert.equal(status(repo), "");
});

Deno.test("sync() works in a linked worktree, with a split index and with version 4", async () => {
  for (
    const prepare of [["update-index", "--split-index"], ["update-index", "--index-version=4"]]
  ) {
    using repo = new Repo();
    repo.commit("first", { f: "x", g: "y" });
    repo.git(...prepare);
    const files = commitBehind(repo, { f: { Text: "new" }, "sub/h": { Text: "h" } });
    assert.equal(await sync(await open(repo), files), null);
    assert.equal(status(repo), "", prepare.join(" "));
  }
  using repo = new Repo();
  repo.commit("first", { f: "x" });
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", "-b", "side", linked);
  const files = commitBehind(repo, { f: { Text: "new" } });
  repo.git("-C", linked, "update-ref", "refs/heads/side", "main");
  assert.equal(await sync(await open(repo, linked), files), null);
  assert.equal(repo.git("-C", linked, "status", "--porcelain"), "");
  assert.equal(Deno.readTextFileSync(join(linked, "f")), "new");
  assert.equal(repo.read("f"), "x");
});

Deno.test("sync() gives what a hard reset gives, on random changes", async () => {
  const random = seeded("sync()");
  using repo = new Repo();
  const names = ["a", "b/c", "b/d", "e f/g", "h.crlf", "i"];
  repo.commit("first", { ".gitattributes": "*.crlf eol=crlf\n", a: "a", "b/c": "c" });
  for (let i = cases(10, 150); i > 0; i--) {
    const changes: Record<string, { Mode?: string; Text: string } | null> = {};
    for (const name of names) {
      if (random.chance(0.5)) continue;
      changes[name] = random.chance(0.3) ? null : {
        Mode: random.pick(["100644", "100755"]),
        Text: Array.from({ length: random.int(0, 3) }, () => random.pick(["x\n", "y", "\n"])).join(
          "",
        ),
      };
    }
    const files = commitBehind(repo, changes);
    assert.equal(await sync(await open(repo), files), null);
    assert.equal(status(repo), "");
    const got = snapshotFolder(repo.dir, (path) => path.startsWith(".git/"));
    tryRun("find", [".", "-path", "./.git", "-prune", "-o", "-type", "f", "-delete"], {
      cwd: repo.dir,
    });
    repo.git("reset", "-q", "--hard");
    assert.deepEqual(got, snapshotFolder(repo.dir, (path) => path.startsWith(".git/")));
  }
});

Deno.test("readIndexDigest() follows contents and flags, not times", async () => {
  using repo = new Repo();
  repo.commit("first", { f: "x", g: "y" });
  const opened = await open(repo);
  const before = await readIndexDigest(opened);
  repo.write("f", "x");
  repo.git("update-index", "--refresh");
  assert.equal(await readIndexDigest(opened), before);
  const seen = new Set([before]);
  for (
    const change of [["--chmod=+x", "f"], ["--assume-unchanged", "g"], ["--force-remove", "g"]]
  ) {
    repo.git("update-index", ...change);
    seen.add(await readIndexDigest(opened));
  }
  assert.equal(seen.size, 4);
  assert.equal(await readIndexDigest(await open(repo, join(repo.dir, "."))), [...seen].at(-1));
  const others = await readIndexDigest(opened, (path) => path !== "f");
  repo.git("update-index", "--chmod=-x", "f");
  assert.equal(await readIndexDigest(opened, (path) => path !== "f"), others);
});
