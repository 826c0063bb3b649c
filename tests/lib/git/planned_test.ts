import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import { type Change, planned } from "../../../lib/git/planned.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { type Snapshot, snapshot, treeSnapshot } from "../../../lib/git/tree.ts";
import { Failed } from "../../../lib/problem.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { Folder, gitEnvironment, run } from "../../support/repo.ts";

/** A bare repository whose trees git builds through an index. */
class Scratch implements Disposable {
  readonly folder = new Folder();
  readonly env = gitEnvironment(this.folder.path);
  readonly dir = this.folder.join("repo.git");
  constructor(format: string) {
    Deno.writeTextFileSync(this.env.GIT_CONFIG_GLOBAL!, "");
    run("git", ["init", "-q", "--bare", `--object-format=${format}`, this.dir], { env: this.env });
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  async open(): Promise<Repository> {
    const services = machine({ ...this.env, PATH: Deno.env.get("PATH")! });
    const repo = await openRepository(services, this.dir);
    assert.ok(!("Code" in repo));
    return repo;
  }

  /** The tree that git's own index makes of another one by these changes. */
  async tree(repo: Repository, base: string | null, changes: readonly Change[]): Promise<string> {
    const git = async (args: string[], stdin?: string) => {
      const result = await repo.services.processes.run("git", args, {
        cwd: this.dir,
        env: { GIT_INDEX_FILE: this.folder.join("index") },
        ...(stdin !== undefined && { stdin: encodeText(stdin) }),
      });
      assert.equal(result.Code, 0, decodeText(result.Stderr));
      return decodeText(result.Stdout).trim();
    };
    await git(["read-tree", base ?? "--empty"]);
    const removed = changes.filter((change) => !change.Bytes);
    const zero = "0".repeat(repo.ObjectFormat === "sha1" ? 40 : 64);
    const lines = removed.map(({ Path }) => `0 ${zero}\t${Path}\0`);
    for (const { Path, Mode, Bytes } of changes) {
      if (!Bytes) continue;
      const oid = await git(["hash-object", "-w", "--stdin"], decodeText(Bytes));
      lines.push(`${Mode} ${oid}\t${Path}\0`);
    }
    await git(["update-index", "-z", "--add", "--replace", "--index-info"], lines.join(""));
    return await git(["write-tree"]);
  }

  objects(): string {
    return run("git", ["count-objects", "-v"], { cwd: this.dir, env: this.env });
  }
}

const names = ["a", "a.go", "a-b", "b", "é", "latin\udce9", "x y", "😀", "\uffee", "go.mod"];

function randomPath(random: Random): string {
  return Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(names)).join("/");
}

function randomChanges(random: Random, known: readonly string[], most: number): Change[] {
  const changes = new Map<string, Change>();
  for (let n = random.int(1, most); n > 0; n--) {
    const Path = known.length > 0 && random.chance(0.5) ? random.pick(known) : randomPath(random);
    const bytes = encodeText(random.pick(["", "one\n", "two\n", String(random.int(0, 99))]));
    changes.set(Path, {
      Path,
      Mode: random.pick(["100644", "100755", "120000"]),
      Bytes: known.length > 0 && random.chance(0.4) ? null : bytes,
    });
  }
  const written = [...changes.values()].filter((change) => change.Bytes);
  return [...changes.values()].filter(({ Path, Bytes }) =>
    !Bytes || !written.some((other) => Path.startsWith(other.Path + "/"))
  );
}

async function content(files: Snapshot): Promise<string[]> {
  const entries = await files.entries();
  const blobs = await files.readMany(entries.map((entry) => entry.Oid));
  return entries.map(({ Path, Mode, Oid, Size }) => {
    assert.equal(blobs.get(Oid)!.length, Size);
    return `${Mode} ${Oid} ${Path}=${decodeText(blobs.get(Oid)!)}`;
  });
}

Deno.test("planned trees are those that git's index makes, and nothing is written", async () => {
  const random = seeded("planned");
  for (const format of ["sha1", "sha256"]) {
    using scratch = new Scratch(format);
    const repo = await scratch.open();
    for (let n = cases(12, 200); n > 0; n--) {
      const first = await scratch.tree(repo, null, randomChanges(random, [], 15));
      const base = treeSnapshot(repo, first);
      const paths = (await base.entries()).map((entry) => entry.Path);
      const changes = randomChanges(random, paths, 6);

      const before = scratch.objects();
      const ours = await planned(treeSnapshot(repo, first), changes, repo);
      const again = randomChanges(random, (await ours.entries()).map((e) => e.Path), 4);
      const twice = await planned(ours, again, repo);
      const listed = [await content(ours), await content(twice)];
      assert.equal(scratch.objects(), before);

      const theirs = await scratch.tree(repo, first, changes);
      const said = JSON.stringify({ paths, changes: changes.map((c) => [c.Path, !!c.Bytes]) });
      assert.equal(ours.Tree, theirs, said);
      assert.deepEqual(listed[0], await content(treeSnapshot(repo, theirs)), said);
      const later = await scratch.tree(repo, theirs, again);
      assert.equal(twice.Tree, later, said);
      assert.deepEqual(listed[1], await content(treeSnapshot(repo, later)), said);

      const asked = random.shuffle([...paths, ...changes.map((change) => change.Path)]);
      for (const path of [...asked.slice(0, 4), "a"]) {
        const file = await ours.readFile(path);
        const expected = await treeSnapshot(repo, theirs).readFile(path);
        assert.deepEqual(file, expected, path);
      }
    }
  }
});

Deno.test("what a plan says to write makes its tree real", async () => {
  using scratch = new Scratch("sha1");
  const repo = await scratch.open();
  const text = (Path: string, text: string): Change => {
    return { Path, Mode: "100644", Bytes: encodeText(text) };
  };
  const first = await scratch.tree(repo, null, [
    text("a/b/c", "1"),
    text("d", "2"),
    text("e/f", "3"),
  ]);
  const ours = await planned(
    await planned(treeSnapshot(repo, first), [text("a/b/c", "new"), text("a/g/h", "4")], repo),
    [text("d", "again"), { Path: "e/f", Mode: "100644", Bytes: null }],
    repo,
  );
  for (const { Type, Oid, Bytes } of [...ours.Blobs, ...ours.Trees]) {
    const made = await repo.services.processes.run(
      "git",
      ["hash-object", "-w", "-t", Type, "--stdin"],
      { cwd: scratch.dir, stdin: Bytes },
    );
    assert.equal(decodeText(made.Stdout).trim(), Oid);
  }
  assert.deepEqual(ours.Trees.map((tree) => tree.Path), ["a/b", "a/g", "a", "", ""]);
  const real = await snapshot(repo, ours.Tree);
  assert.deepEqual(await content(real!), await content(ours));
});

Deno.test("a tree without its last file is empty, and its unchanged folders are not made again", async () => {
  using scratch = new Scratch("sha1");
  const repo = await scratch.open();
  const file = { Path: "a/b", Mode: "100644", Bytes: encodeText("text") };
  const base = treeSnapshot(repo, await scratch.tree(repo, null, [file]));
  const none = await planned(base, [{ ...file, Bytes: null }], repo);
  assert.equal(none.Tree, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  assert.deepEqual(await none.entries(), []);
  const same = await planned(base, [file], repo);
  assert.deepEqual([same.Tree, same.Trees], [base.Tree, []]);
});

Deno.test("paths that git does not take, and changes that cannot both be, are refused", async () => {
  using scratch = new Scratch("sha1");
  const repo = await scratch.open();
  const base = treeSnapshot(repo, await scratch.tree(repo, null, []));
  const text = (Path: string, Mode = "100644"): Change => ({ Path, Mode, Bytes: encodeText("") });
  for (
    const path of ["", "/a", "a/", "a//b", "./a", "../a", "a/..", ".git/config", "a/.GIT/x", "a\0b"]
  ) {
    await assert.rejects(planned(base, [text(path)], repo), Failed, path);
    await assert.rejects(planned(base, [{ ...text(path), Bytes: null }], repo), Failed, path);
  }
  await assert.rejects(planned(base, [text("a"), text("a")], repo), Failed);
  await assert.rejects(planned(base, [text("a"), text("a/b")], repo), Failed);
  await assert.rejects(planned(base, [text("a", "160000")], repo), Failed);
});
