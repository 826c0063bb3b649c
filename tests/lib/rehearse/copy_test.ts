import assert from "node:assert/strict";
import { join } from "node:path";
import { machine } from "../../../lib/cli/machine.ts";
import { openRepository } from "../../../lib/git/repository.ts";
import { snapshot } from "../../../lib/git/tree.ts";
import { copyTree, Workplace } from "../../../lib/rehearse/copy.ts";
import { Folder, Repo, run, snapshotFolder } from "../../support/repo.ts";

/** A tree made of index entries, whatever a checkout would make of them. */
async function treeOf(
  repo: Repo,
  entries: readonly (readonly [mode: string, path: string, content: string])[],
) {
  const lines = entries.map(([mode, path, content]) => {
    const oid = mode === "160000" ? "1".repeat(40) : run("git", ["hash-object", "-w", "--stdin"], {
      cwd: repo.dir,
      env: repo.env,
      stdin: content,
    })
      .trim();
    return `${mode} ${oid}\t${path}\n`;
  });
  run("git", ["update-index", "--index-info"], {
    cwd: repo.dir,
    env: repo.env,
    stdin: lines.join(""),
  });
  const tree = repo.git("write-tree");
  const opened = await openRepository(machine(repo.env), repo.dir);
  if ("Code" in opened) throw new Error(opened.Text);
  return (await snapshot(opened, repo.git("commit-tree", "-m", "x", tree)))!;
}

Deno.test("a tree is copied with its modes and links, and submodules are empty", async () => {
  using repo = new Repo();
  using to = new Folder();
  const tree = await treeOf(repo, [
    ["100644", "go.mod", "module m\r\n"],
    ["100755", "a/run.sh", "#!/bin/sh\n"],
    ["100644", "a/same.sh", "#!/bin/sh\n"],
    ["100644", "a/lfs.bin", "version https://git-lfs.github.com/spec/v1\n"],
    ["120000", "link", "a/run.sh"],
    ["120000", "a/b/up", "../../go.mod"],
    ["160000", "sub", ""],
    ["100644", ".gitattributes", "* eol=crlf\n"],
  ]);
  await copyTree(tree, to.path);
  assert.deepEqual(snapshotFolder(to.path), {
    ".gitattributes": "  * eol=crlf\n",
    "a/b/up": "-> ../../go.mod",
    "a/lfs.bin": "  version https://git-lfs.github.com/spec/v1\n",
    "a/run.sh": "x #!/bin/sh\n",
    "a/same.sh": "  #!/bin/sh\n",
    "go.mod": "  module m\r\n",
    "link": "-> a/run.sh",
  });
  assert.deepEqual([...Deno.readDirSync(join(to.path, "sub"))], []);
});

Deno.test("no link leads out of the copy, not even through another one", async () => {
  using repo = new Repo();
  using folder = new Folder();
  const to = folder.join("in/copy");
  Deno.mkdirSync(to, { recursive: true });
  Deno.writeTextFileSync(folder.join("secret"), "not ours");
  const tree = await treeOf(repo, [
    ["100644", "deep/er/file", "x"],
    ["120000", "absolute", folder.join("secret")],
    ["120000", "up", "../../secret"],
    ["120000", "down", "deep/er"],
    // By its words it ends at secret in the copy; it ends outside.
    ["120000", "through", "down/../../../../secret"],
    ["120000", "go.work.sum", "../new-file"],
    ["120000", "loop", "loop"],
    ["120000", "good", "down/file"],
  ]);
  await copyTree(tree, to);
  assert.deepEqual(snapshotFolder(to), {
    "deep/er/file": "  x",
    "down": "-> deep/er",
    "good": "-> down/file",
  });
  assert.deepEqual(Object.keys(snapshotFolder(folder.path)).filter((p) => !p.startsWith("in/")), [
    "secret",
  ]);
});

Deno.test("a temporary folder is gone whatever was made read-only in it, and though nobody waited", async () => {
  using repo = new Repo();
  repo.commit("one", { "a/b.txt": "b" });
  const opened = await openRepository(machine(repo.env), repo.dir);
  if ("Code" in opened) throw new Error(opened.Text);
  const tree = (await snapshot(opened, "HEAD"))!;
  let path: string;
  {
    await using place = await Workplace.make();
    path = place.path;
    const modules = place.folder("modules/m@v1.0.0");
    Deno.writeTextFileSync(join(modules, "go.mod"), "", { mode: 0o444 });
    Deno.chmodSync(modules, 0o555);
    place.tree(tree);
    assert.equal(place.tree(tree), place.tree(tree), "copied twice");
  }
  assert.throws(() => Deno.statSync(path), Deno.errors.NotFound);
});
