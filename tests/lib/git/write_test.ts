import assert from "node:assert/strict";
import { join } from "node:path";
import type { Ident } from "../../../lib/git/config.ts";
import { objectFiles } from "../../../lib/git/object-files.ts";
import { blobOid, treeBytes, type TreeEntry } from "../../../lib/git/objects.ts";
import type { Repository } from "../../../lib/git/repository.ts";
import { objectWriter } from "../../../lib/git/write.ts";
import { Failed } from "../../../lib/problem.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { Repo, run, snapshotFolder } from "../../support/repo.ts";
import { counted, open } from "./open.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const ada: Ident = {
  Name: "Ada Lovelace",
  Email: "ada@example.com",
  Time: 1700000000,
  Offset: "+0530",
};

/** The two kinds of repository: one that isomorphic-git writes, one that git writes itself. */
function eachFormat(name: string, test: (repo: Repo, opened: Repository) => Promise<void>): void {
  for (const format of ["sha1", "sha256"]) {
    Deno.test(`${name} (${format})`, async () => {
      using repo = new Repo();
      Deno.removeSync(join(repo.dir, ".git"), { recursive: true });
      repo.git("init", "-q", `--object-format=${format}`);
      await test(repo, await open(repo));
    });
  }
}

function input(
  repo: Repo,
  args: string[],
  stdin: string,
  env: Record<string, string> = {},
): string {
  return run("git", args, { cwd: repo.dir, env: { ...repo.env, ...env }, stdin }).trim();
}

function fsck(repo: Repo): void {
  const said = run("git", ["fsck", "--strict", "--full", "--no-dangling"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(said, "");
}

eachFormat("blob() and tree() give git's own ids", async (repo, opened) => {
  const writer = await objectWriter(opened);
  const blob = await writer.blob(encode("hello\r\n"));
  assert.equal(blob, input(repo, ["hash-object", "--stdin", "--no-filters"], "hello\r\n"));
  const none = await writer.tree([]);
  assert.equal(none, input(repo, ["mktree"], ""));
  const entries: TreeEntry[] = [
    { Mode: "100644", Name: "a.go", Oid: blob },
    { Mode: "040000", Name: "a", Oid: none },
    { Mode: "100755", Name: "a-b", Oid: blob },
    { Mode: "120000", Name: "größe", Oid: blob },
    { Mode: "100644", Name: "\u{1F600}", Oid: blob },
    { Mode: "100644", Name: "\uFFFD", Oid: blob },
    { Mode: "100644", Name: "back\\slash", Oid: blob },
    { Mode: "100644", Name: "latin\udce9", Oid: blob },
    { Mode: "160000", Name: "module", Oid: blob.replace(/./g, "1") },
  ];
  for (
    const some of [
      entries,
      entries.filter((e) => e.Name.isWellFormed() && !e.Name.includes("\\")),
    ]
  ) {
    const tree = await writer.tree(some);
    assert.equal(tree, await writer.object("tree", treeBytes(some)));
    const listed = repo.git("-c", "core.quotePath=true", "ls-tree", tree).split("\n");
    assert.equal(listed.length, some.length);
    if (some === entries) {
      assert.ok(listed.some((line) => line.endsWith('"latin\\351"')), listed.join());
    }
  }
});

eachFormat("commit() gives the id that git commit-tree gives", async (repo, opened) => {
  const random = seeded("commit()");
  const writer = await objectWriter(opened);
  const tree = await writer.tree([]);
  const parents: string[] = [];
  for (let i = cases(12, 200); i > 0; i--) {
    // Git's environment cannot say "-0000".
    const [author, committer] = [someone(random), someone(random)].map((ident) => ({
      ...ident,
      Offset: ident.Offset.replace("-0000", "+0000"),
    })) as [Ident, Ident];
    const message = someMessage(random);
    const some = [...new Set(parents.slice(-random.int(0, 3)))];
    const oid = await writer.commit({
      Tree: tree,
      Parents: some,
      Author: author,
      Committer: committer,
      Message: message,
    });
    const byGit = input(repo, ["commit-tree", tree, ...some.flatMap((p) => ["-p", p])], message, {
      ...identEnv("AUTHOR", author),
      ...identEnv("COMMITTER", committer),
    });
    assert.equal(oid, byGit, JSON.stringify({ author, committer, message }));
    parents.push(oid);
  }
  repo.git("update-ref", "refs/heads/main", parents.at(-1)!);
  fsck(repo);
});

eachFormat("tag() gives the id that git mktag gives", async (repo, opened) => {
  const random = seeded("tag()");
  const writer = await objectWriter(opened);
  const blob = await writer.blob(encode("x"));
  const commit = await writer.commit({
    Tree: await writer.tree([{ Mode: "100644", Name: "f", Oid: blob }]),
    Parents: [],
    Author: ada,
    Committer: ada,
    Message: "m",
  });
  for (let i = cases(10, 200); i > 0; i--) {
    const tagger = someone(random);
    const name = random.pick(["v1.0.0", "sub/v1.2.3-rc.1", "größe", "a+b"]);
    const message = someMessage(random);
    const onBlob = random.chance(0.2);
    const oid = await writer.tag({
      Object: onBlob ? blob : commit,
      ...(onBlob && { Type: "blob" }),
      Name: name,
      Tagger: tagger,
      Message: message,
    });
    const text = `object ${onBlob ? blob : commit}\ntype ${onBlob ? "blob" : "commit"}\n` +
      `tag ${name}\ntagger ${tagger.Name} <${tagger.Email}> ${tagger.Time} ${tagger.Offset}\n\n` +
      message;
    assert.equal(oid, input(repo, ["mktag"], text), JSON.stringify({ tagger, name, message }));
    repo.git("update-ref", `refs/tags/${name}`, oid);
  }
  fsck(repo);
});

function someone(random: Random): Ident {
  return {
    Name: random.pick(["Ada", "Grace Hopper", "Jörg Müller", "李 雷", "O'Neil (x)"]),
    Email: random.pick(["a@b", "ü@example.com", "x+y@example.com"]),
    Time: random.int(100_000_000, 2_000_000_000),
    Offset: random.pick(["+0000", "-0000", "+0530", "-0330", "+1400", "-1200", "+0001", "-0059"]),
  };
}

/** Messages as they stand in an object: no line end at the start, one at the end. */
function someMessage(random: Random): string {
  const line = () =>
    random.pick(["Release v1.2.3", "", "  indented", "größe ✓", "# no comment", "tab\t"]);
  const lines = Array.from({ length: random.int(0, 5) }, line);
  return ["Subject", ...lines, "the end"].join("\n") + "\n";
}

function identEnv(role: string, ident: Ident): Record<string, string> {
  return {
    [`GIT_${role}_NAME`]: ident.Name,
    [`GIT_${role}_EMAIL`]: ident.Email,
    [`GIT_${role}_DATE`]: `@${ident.Time} ${ident.Offset}`,
  };
}

eachFormat(
  "messages get one line end at the end, whatever they came with",
  async (_repo, opened) => {
    const writer = await objectWriter(opened);
    const tree = await writer.tree([]);
    const commit = (Message: string) =>
      writer.commit({ Tree: tree, Parents: [], Author: ada, Committer: ada, Message });
    const plain = await commit("one\n\ntwo\n");
    for (
      const message of ["one\n\ntwo", "one\r\n\r\ntwo\r\n", "\n\none\n\ntwo\n\n\n", "one\r\rtwo"]
    ) {
      assert.equal(await commit(message), plain, JSON.stringify(message));
    }
    const tag = (Message: string) =>
      writer.tag({ Object: plain, Name: "v1", Tagger: ada, Message });
    assert.equal(await tag("\none\r\n\r\ntwo"), await tag("one\n\ntwo\n"));
  },
);

Deno.test("objectWriter() refuses what would be a broken object, before writing it", async () => {
  using repo = new Repo();
  const opened = await open(repo);
  const writer = await objectWriter(opened);
  const blob = await writer.blob(encode("x"));
  const tree = await writer.tree([{ Mode: "100644", Name: "f", Oid: blob }]);
  const before = snapshotFolder(join(repo.dir, ".git"));
  const entry = (Name: string, Mode = "100644", Oid = blob) => ({ Name, Mode, Oid });
  const trees = [
    [entry("")],
    [entry(".")],
    [entry("..")],
    [entry(".git")],
    [entry(".GIT")],
    [entry("a/b")],
    [entry("a\0b")],
    [entry("a"), entry("a")],
    [entry("a"), entry("a", "040000", tree)],
    [entry("a", "644")],
    [entry("a", "100644", "abc")],
  ];
  for (const entries of trees) {
    await assert.rejects(async () => await writer.tree(entries), Failed, JSON.stringify(entries));
  }
  const good = { Tree: tree, Parents: [], Author: ada, Committer: ada, Message: "m" };
  const commits = [
    { ...good, Author: { ...ada, Name: "A\nB" } },
    { ...good, Author: { ...ada, Name: "" } },
    { ...good, Committer: { ...ada, Name: "A <b" } },
    { ...good, Committer: { ...ada, Email: "a>b" } },
    { ...good, Author: { ...ada, Time: 1.5 } },
    { ...good, Author: { ...ada, Time: -1 } },
    { ...good, Author: { ...ada, Offset: "+0175" } },
    { ...good, Author: { ...ada, Offset: "0100" } },
    { ...good, Message: " \n\n" },
    { ...good, Message: "a\0b" },
    { ...good, Tree: "HEAD" },
    { ...good, Parents: ["main"] },
  ];
  for (const commit of commits) {
    await assert.rejects(async () => await writer.commit(commit), Failed, JSON.stringify(commit));
  }
  for (const Name of ["-a", "", "a b", "a..b", "a\nb", "v1.lock"]) {
    const tag = { Object: blob, Type: "blob" as const, Name, Tagger: ada, Message: "m" };
    await assert.rejects(async () => await writer.tag(tag), Failed, Name);
  }
  assert.deepEqual(snapshotFolder(join(repo.dir, ".git")), before);
});

Deno.test("objectWriter() touches nothing but objects, and starts no program", async () => {
  using repo = new Repo();
  const head = repo.commit("first", { f: "x" });
  const { repo: opened, started } = counted(await open(repo));
  const notObjects = (path: string) => path.startsWith("objects/");
  const before = snapshotFolder(join(repo.dir, ".git"), notObjects);
  const writer = await objectWriter(opened);
  const blob = await writer.blob(encode("new"));
  const tree = await writer.tree([{ Mode: "100644", Name: "f", Oid: blob }]);
  const commit = await writer.commit({
    Tree: tree,
    Parents: [head],
    Author: ada,
    Committer: ada,
    Message: "m",
  });
  await writer.tag({ Object: commit, Name: "v1", Tagger: ada, Message: "m" });
  assert.deepEqual(started, []);
  assert.deepEqual(snapshotFolder(join(repo.dir, ".git"), notObjects), before);
  assert.equal(repo.git("diff-tree", "-r", "--name-only", head, commit), "f");
});

Deno.test("objectWriter() writes into the common folder from a linked worktree, and into packs' company", async () => {
  using repo = new Repo();
  const head = repo.commit("first", { f: "x" });
  const linked = repo.folder.join("linked");
  repo.git("worktree", "add", "-q", linked);
  repo.git("gc", "-q");
  const writer = await objectWriter(await open(repo, linked));
  const commit = await writer.commit({
    Tree: repo.git("rev-parse", "HEAD^{tree}"),
    Parents: [head],
    Author: ada,
    Committer: ada,
    Message: "m",
  });
  repo.git("update-ref", "refs/heads/main", commit);
  fsck(repo);
});

Deno.test("objectWriter() mends an object that a killed program left empty or half", async () => {
  using repo = new Repo();
  const opened = await open(repo);
  for (const left of ["", "half"]) {
    const bytes = encode(`content ${left}`);
    const oid = blobOid(bytes, "sha1");
    const file = join(repo.dir, ".git", "objects", oid.slice(0, 2), oid.slice(2));
    Deno.mkdirSync(join(file, ".."), { recursive: true });
    Deno.writeTextFileSync(file, left);
    assert.equal(await (await objectWriter(opened)).blob(bytes), oid);
    assert.equal(repo.git("cat-file", "blob", oid), `content ${left}`.trim());
  }
  fsck(repo);
});

Deno.test("objectWriter() leaves an intact object as it is, but for its time", async () => {
  using repo = new Repo();
  const writer = await objectWriter(await open(repo));
  const oid = await writer.blob(encode("x"));
  const file = join(repo.dir, ".git", "objects", oid.slice(0, 2), oid.slice(2));
  Deno.utimeSync(file, 1000, 1000);
  const before = Deno.statSync(file);
  await writer.blob(encode("x"));
  const after = Deno.statSync(file);
  assert.equal(after.ino, before.ino);
  assert.ok(after.mtime! > before.mtime!);
  assert.equal(after.mode! & 0o777, 0o444);
});

Deno.test("objectWriter() shares objects as git has set up the repository", async () => {
  using repo = new Repo();
  Deno.removeSync(join(repo.dir, ".git"), { recursive: true });
  repo.git("init", "-q", "--shared=group");
  const objects = join(repo.dir, ".git", "objects");
  const oid = await (await objectWriter(await open(repo))).blob(encode("x"));
  const byGit = input(repo, ["hash-object", "-w", "--stdin"], "by git");
  const modes = (id: string) =>
    [join(objects, id.slice(0, 2)), join(objects, id.slice(0, 2), id.slice(2))]
      .map((path) => (Deno.statSync(path).mode! & 0o7777).toString(8));
  assert.deepEqual(modes(oid), modes(byGit));
});

Deno.test("objectWriter() writes many objects at once and leaves no temporary file", async () => {
  using repo = new Repo();
  const writer = await objectWriter(await open(repo));
  const oids = await Promise.all(
    Array.from({ length: 300 }, (_, i) => writer.blob(encode(`${i % 250}`))),
  );
  assert.equal(new Set(oids).size, 250);
  const files = Object.keys(snapshotFolder(join(repo.dir, ".git", "objects")));
  assert.equal(files.filter((path) => /tmp/.test(path)).length, 0);
  assert.equal(repo.git("cat-file", "blob", oids[299]!), "49");
  fsck(repo);
});

Deno.test("a write that fails leaves no object and no temporary file", async () => {
  using repo = new Repo();
  const objects = join(repo.dir, ".git", "objects");
  const oid = blobOid(encode("x"), "sha1");
  // A file stands where the folder of the object belongs.
  Deno.writeTextFileSync(join(objects, oid.slice(0, 2)), "");
  const writer = await objectWriter(await open(repo));
  await assert.rejects(writer.blob(encode("x")));
  Deno.removeSync(join(objects, oid.slice(0, 2)));
  assert.equal(await writer.blob(encode("x")), oid);
});

Deno.test("objectFiles() exposes nothing but the writing of loose objects", async () => {
  using repo = new Repo();
  repo.commit("first");
  const { promises: fs } = objectFiles(join(repo.dir, ".git", "objects"));
  const before = snapshotFolder(repo.dir);
  const bytes = new Uint8Array([1]);
  for (
    const path of [
      "repository/HEAD",
      "repository/config",
      "repository/index",
      "repository/refs/heads/main",
    ]
  ) {
    await assert.rejects(fs.writeFile(path, bytes), /EACCES|not for isomorphic-git/);
    await assert.rejects(fs.stat(path));
  }
  for (
    const path of ["repository/objects/../HEAD", "/etc/passwd", "repository/objects/ab/../../../x"]
  ) {
    await assert.rejects(fs.writeFile(path, bytes));
  }
  await assert.rejects(fs.readFile("repository/HEAD"));
  await assert.rejects(fs.unlink("repository/HEAD"));
  await assert.rejects(fs.readdir("repository"));
  assert.deepEqual(snapshotFolder(repo.dir), before);
});
