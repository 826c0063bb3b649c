import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import { type Archive, archive, fromBlobs, fromGit } from "../../../lib/git/archive.ts";
import { planned } from "../../../lib/git/planned.ts";
import { openRepository, type Repository } from "../../../lib/git/repository.ts";
import { type Snapshot, snapshot, treeSnapshot } from "../../../lib/git/tree.ts";
import type { Problem } from "../../../lib/problem.ts";
import { Repo, run, snapshotFolder } from "../../support/repo.ts";

async function opened(
  repo: Repo,
  dir = repo.dir,
  env: Record<string, string> = {},
): Promise<Repository> {
  const services = machine({ ...repo.env, ...env, PATH: Deno.env.get("PATH")! });
  const found = await openRepository(services, dir);
  assert.ok(!("Code" in found), JSON.stringify(found));
  return found;
}

async function at(repo: Repository, rev = "HEAD"): Promise<Snapshot> {
  const found = await snapshot(repo, rev);
  assert.ok(found);
  return found;
}

function good(found: Archive | Problem): Archive {
  if ("Code" in found) assert.fail(found.Text);
  return found;
}

/** Every regular file and what is published of it; both doors to the contents must agree. */
async function published(found: Archive): Promise<Record<string, string>> {
  const files = found.Entries.filter((entry) => entry.Mode.startsWith("100"));
  const texts = new Map<string, string>();
  await found.visit(files, (file, bytes) => {
    assert.equal(bytes.length, file.Size, file.Path);
    texts.set(file.Path, decodeText(bytes));
  });
  const sums = await found.sums(files);
  assert.deepEqual(sums.map(({ Path, Size }) => [Path, Size]), files.map((f) => [f.Path, f.Size]));
  assert.equal(texts.size, files.length);
  return Object.fromEntries(texts);
}

Deno.test("attributes convert contents exactly where they apply", async () => {
  using repo = new Repo();
  const id = "$Id$\n";
  repo.commit("files", {
    ".gitattributes": [
      "[attr]dos text eol=crlf",
      "*.txt dos",
      "*.id ident",
      "u16 working-tree-encoding=UTF-16LE",
      "ignored export-ignore",
      "subst export-subst",
      "*.lfs filter=lfs",
      "",
    ].join("\n"),
    "a.id": id,
    "a.txt": "one\ntwo\n",
    "ignored": "kept\n",
    "subst": "$Format:%H$\n",
    "big.lfs": "pointer\n",
    "sub/.gitattributes": "*.txt -text\n",
    "sub/a.txt": "one\n",
    "sub/a.id": id,
  });
  const repository = await opened(repo);
  const files = await planned(await at(repository), [
    { Path: "u16", Mode: "100644", Bytes: encodeText("é\n") },
    { Path: "new.id", Mode: "100755", Bytes: encodeText(id) },
  ], repository);
  const before = snapshotFolder(repo.dir);

  const root = good(await archive(repository, files, ""));
  assert.ok(root.Converted);
  const texts = await published(root);
  const expanded = `$Id: ${run("git", ["hash-object", "--stdin"], { stdin: id }).trim()} $\n`;
  assert.deepEqual(texts, {
    ".gitattributes": texts[".gitattributes"],
    "a.id": expanded,
    "a.txt": "one\r\ntwo\r\n",
    "big.lfs": "pointer\n",
    "ignored": "kept\n",
    "new.id": expanded,
    "sub/.gitattributes": "*.txt -text\n",
    "sub/a.id": expanded,
    "sub/a.txt": "one\n",
    "subst": "$Format:%H$\n",
    "u16": decodeText(new Uint8Array([0xe9, 0, 0x0a, 0])),
  });
  const sub = good(await archive(repository, files, "sub"));
  assert.deepEqual(await published(sub), {
    ".gitattributes": "*.txt -text\n",
    "a.id": expanded,
    "a.txt": "one\n",
  });
  assert.deepEqual(snapshotFolder(repo.dir), before);
});

Deno.test("only attributes that change contents send the tree through git", async () => {
  const rows: readonly (readonly [path: string, line: string, dir: string, converted: boolean])[] =
    [
      [
        ".gitattributes",
        "* text=auto eol=lf\n*.bin binary\n*.x filter=lfs export-ignore",
        "",
        false,
      ],
      [".gitattributes", "* text eol=crlf", "", true],
      [".gitattributes", "* text eol=crlf", "a/b", true],
      ["a/.gitattributes", "* ident", "a/b", true],
      ["a/b/c/.gitattributes", "* working-tree-encoding=UTF-16", "a/b", true],
      ["a/b/.gitattributes", "* ident", "a/b", true],
      ["x/.gitattributes", "* ident", "a/b", false],
      ["a/bc/.gitattributes", "* ident", "a/b", false],
      ["a/b/x.gitattributes", "* ident", "a/b", false],
    ];
  using repo = new Repo();
  const repository = await opened(repo);
  repo.commit("base", { "a/b/go.mod": "module m\n" });
  for (const [path, line, dir, converted] of rows) {
    const file = { Path: path, Mode: "100644", Bytes: encodeText(line + "\n") };
    const files = await planned(await at(repository), [file], repository);
    const found = good(await archive(repository, files, dir));
    assert.equal(found.Converted, converted, `${path}: ${line} for ${dir}`);
    const direct = await published(await fromBlobs(files, dir));
    if (!converted) {
      assert.deepEqual(await published(good(await fromGit(repository, files, dir))), direct);
    }
  }
});

Deno.test("neither configuration, nor attributes, nor filters of this machine have a say", async () => {
  using repo = new Repo();
  repo.commit("files", {
    ".gitattributes": "*.id ident\n*.s filter=s\n",
    "a.txt": "one\n",
    "a.id": "$Id$\n",
    "a.s": "plain\n",
  });
  const clean = await published(
    good(await archive(await opened(repo), await at(await opened(repo)), "")),
  );
  const ran = repo.folder.join("ran");
  const crlf = "*.txt text eol=crlf\n*.s filter=s\n";
  Deno.mkdirSync(`${repo.home}/.config/git`, { recursive: true });
  Deno.writeTextFileSync(`${repo.home}/.config/git/attributes`, crlf);
  Deno.writeTextFileSync(`${repo.home}/attributes`, crlf);
  Deno.writeTextFileSync(`${repo.dir}/.git/info/attributes`, crlf);
  Deno.writeTextFileSync(`${repo.dir}/.gitattributes`, crlf);
  repo.git("config", "--global", "core.attributesFile", `${repo.home}/attributes`);
  repo.git("config", "--global", "filter.s.smudge", `touch ${ran}; tr a-z A-Z`);
  Deno.copyFileSync(`${repo.home}/gitconfig`, `${repo.home}/.gitconfig`);
  repo.git("config", "filter.s.smudge", `touch ${ran}; tr a-z A-Z`);
  repo.git("config", "core.autocrlf", "true");
  const repository = await opened(repo, repo.dir, {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "filter.s.smudge",
    GIT_CONFIG_VALUE_0: `touch ${ran}; tr a-z A-Z`,
    GIT_CONFIG_PARAMETERS: "'core.eol=crlf'",
    GIT_GLOB_PATHSPECS: "1",
    GIT_ATTR_SOURCE: "HEAD",
    XDG_CONFIG_HOME: `${repo.home}/.config`,
  });
  assert.deepEqual(
    await published(good(await fromGit(repository, await at(repository), ""))),
    clean,
  );
  assert.equal(clean["a.txt"], "one\n");
  assert.throws(() => Deno.statSync(ran), Deno.errors.NotFound);
});

Deno.test("objects are found in alternates of alternates, relative paths too", async () => {
  using repo = new Repo();
  repo.commit("files", { ".gitattributes": "* ident\n", "a.id": "$Id$\n" });
  const second = repo.folder.join("second");
  const third = repo.folder.join('third: "x"');
  run("git", ["clone", "-q", "--shared", repo.dir, second], { env: repo.env });
  run("git", ["clone", "-q", "--shared", second, third], { env: repo.env });
  Deno.writeTextFileSync(
    `${third}/.git/objects/info/alternates`,
    "../../../second/.git/objects\n",
  );
  const repository = await opened(repo, third);
  const own = { Path: "b.id", Mode: "100644", Bytes: encodeText("$Id$\n") };
  const files = await planned(await at(repository), [own], repository);
  const texts = await published(good(await archive(repository, files, "")));
  assert.match(texts["a.id"]!, /^\$Id: [0-9a-f]{40} \$\n$/);
  assert.equal(texts["b.id"], texts["a.id"]);
});

Deno.test("long names, odd names and odd files come through the archive", async () => {
  using repo = new Repo();
  const long = `${"d".repeat(90)}/${"é".repeat(60)}/${"f".repeat(120)}.id`;
  repo.commit("files", {
    ".gitattributes": "*.id ident\n",
    [long]: "$Id$\n",
    ["p".repeat(99) + "/" + "q".repeat(100)]: "prefix\n",
    "=x y\n.txt": "odd\n",
    "empty": "",
    "block": "x".repeat(512),
    "-dash/a": "dash\n",
  });
  const repository = await opened(repo);
  const blob = repo.git("rev-parse", "HEAD:empty");
  const added = await repository.services.processes.run("git", [
    "update-index",
    "-z",
    "--index-info",
  ], {
    cwd: repo.dir,
    stdin: encodeText(
      `100644 ${blob}\tlatin\udce9/${"\udcff".repeat(120)}\0` +
        `120000 ${blob}\tlink\0` + `160000 ${"1".repeat(40)}\tmodule\0`,
    ),
  });
  assert.equal(added.Code, 0);
  const files = treeSnapshot(repository, repo.git("write-tree"));
  const found = good(await archive(repository, files, ""));
  const texts = await published(found);
  assert.ok(found.Converted);
  assert.equal(Object.keys(texts).length, 8);
  assert.match(texts[long]!, /^\$Id: /);
  assert.deepEqual(found.Entries.map((e) => e.Path), (await files.entries()).map((e) => e.Path));
  const dash = good(await fromGit(repository, files, "-dash"));
  assert.deepEqual(await published(dash), { a: "dash\n" });
  assert.deepEqual(good(await fromGit(repository, files, "nowhere")).Entries, []);
});

Deno.test("a tree with a name that git keeps for itself is refused, as Go's git refuses it", async () => {
  using repo = new Repo();
  repo.commit("files", { "a.go": "package a\n", "sub/go.mod": "module sub\n" });
  const repository = await opened(repo);
  const blob = repo.git("rev-parse", "HEAD:a.go");
  const sub = repo.git("rev-parse", "HEAD:sub");
  const rows: readonly (readonly [mode: string, name: string, refused: boolean])[] = [
    ["100644", "git~1", true],
    ["100644", ".GIT", true],
    ["100644", ".git.", true],
    ["100644", ".git :x", true],
    ["120000", ".gitmodules", true],
    ["120000", "GITMOD~1", true],
    ["100644", "git~2", false],
    ["100644", "GITMOD~1", false],
    ["100644", ".gitmodules", false],
    ["100644", ".github", false],
    ["120000", ".gitattributes", false],
  ];
  for (const [mode, name, refused] of rows) {
    const made = await repository.services.processes.run("git", ["mktree"], {
      cwd: repo.dir,
      stdin: `${mode} blob ${blob}\t${name}\n040000 tree ${sub}\tsub\n`,
    });
    const files = treeSnapshot(repository, decodeText(made.Stdout).trim());
    for (const dir of ["", "sub"]) {
      const found = await archive(repository, files, dir);
      assert.equal("Code" in found && found.Code === "zip-invalid", refused, `${mode} ${name}`);
    }
  }
});

Deno.test("an object that is missing is a failure, not an empty file", async () => {
  using repo = new Repo();
  repo.commit("files", { ".gitattributes": "* ident\n", "a.id": "$Id$\n" });
  const repository = await opened(repo);
  const files = await at(repository);
  await files.entries();
  const oid = repo.git("rev-parse", "HEAD:a.id");
  Deno.removeSync(`${repo.dir}/.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  await assert.rejects(archive(repository, files, ""), new RegExp(oid));
});
