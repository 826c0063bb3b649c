/** What files are called and hold, and what attributes make of them on the way out and in. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gitLfs } from "../support/tools.ts";
import { goMod, type Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

const crlf = goMod.replaceAll("\n", "\r\n");
const lfs = gitLfs();
const needsLfs = "Missing" in lfs ? { missing: lfs.Missing } : {};

/** Line ends of go.mod in the work tree and in the commit. */
function lineEnds(inFile: boolean, inCommit: boolean): (ground: Ground) => void {
  return (ground) => {
    const file = Deno.readTextFileSync(join(ground.dir, "go.mod"));
    const commit = ground.run("git", ["cat-file", "blob", "HEAD:go.mod"], ground.dir);
    assert.deepEqual([file.includes("\r\n"), commit.includes("\r\n")], [inFile, inCommit]);
    if (inFile) assert.doesNotMatch(file, /[^\r]\n/);
  };
}

/** Attributes in a commit of their own, and a work tree as they make it. */
function attributes(ground: Ground, text: string): void {
  ground.commit("attributes", { ".gitattributes": text });
  ground.git("add", "--renormalize", "--", "go.mod", "m.go");
  ground.git("commit", "-q", "--allow-empty", "-m", "renormalized");
  for (const file of ["go.mod", "m.go"]) Deno.removeSync(join(ground.dir, file));
  ground.git("checkout", "-q", "--", "go.mod", "m.go");
}

/** A name whose bytes are not UTF-8, staged by its blob: Deno cannot write such a file. */
function latin1(ground: Ground): void {
  const made = ground.run("sh", [
    "-c",
    `name=$(printf 'caf\\351.txt'); echo x >"$name"; git add -- "$name"; git commit -q -m odd`,
  ], ground.dir);
  assert.equal(made, "");
}

/** A module in a folder of the repository, released from there. */
function inFolder(dir: string): Form {
  return {
    is: `a module in a folder named ${JSON.stringify(dir)}`,
    begin: {
      files: { [`${dir}/go.mod`]: goMod.replace("/m\n", "/x\n"), [`${dir}/x.go`]: "package x\n" },
    },
    differs: true,
    make: (ground) => {
      ground.git("tag", "-a", "-m", "first", `${dir}/v1.0.0`, "HEAD^");
      ground.git("push", "-q", "origin", `refs/tags/${dir}/v1.0.0`);
      ground.commit("fix: more", { [`${dir}/more.go`]: "package x\n" });
      ground.stand = join(ground.dir, dir);
      ground.prefix = `${dir}/`;
      ground.goMod = `${dir}/go.mod`;
    },
  };
}

/** Attributes that come after the file: git does not look at it again by itself. */
function afterwards(ground: Ground, text: string): void {
  const long = new Date(Date.UTC(2020, 0, 1));
  Deno.utimeSync(join(ground.dir, "go.mod"), long, long);
  ground.git("update-index", "--refresh");
  ground.commit("attributes", { ".gitattributes": text });
  assert.equal(ground.git("status", "--porcelain", "-uno"), "");
}

const names: [name: string, refused?: RegExp][] = [
  ["a b.go"],
  ["ü\u00e9.txt"],
  ["e\u0301.txt", /malformed file path|invalid char/],
  ["-dash.go"],
  ["back\\slash.txt", /back\\+slash/],
  ["tab\there.txt", /tab/],
  ["new\nline.txt", /new/],
  ['quo"te.txt', /quo/],
  ["foo../x.txt", /foo\.\./],
];

const forms: Form[] = [
  {
    is: "core.autocrlf=true",
    begin: { settings: { "core.autocrlf": "true" } },
    make: (ground) => attributes(ground, "\n"),
    differs: true,
    still: lineEnds(true, false),
  },
  {
    is: "core.autocrlf=input",
    begin: { settings: { "core.autocrlf": "input" } },
    still: lineEnds(false, false),
  },
  {
    is: "core.autocrlf=true and a go.mod that is stored with CRLF",
    begin: { files: { "go.mod": crlf } },
    differs: true,
    make: (ground) => ground.git("config", "core.autocrlf", "true"),
    still: lineEnds(true, true),
  },
  {
    is: "a go.mod with CRLF and no attributes",
    begin: { files: { "go.mod": crlf } },
    differs: true,
    still: lineEnds(true, true),
  },
  {
    is: "the attribute text=auto",
    differs: true,
    make: (ground) => attributes(ground, "* text=auto\n"),
    still: lineEnds(false, false),
  },
  {
    is: "the attribute eol=crlf",
    differs: true,
    make: (ground) => attributes(ground, "*.mod text eol=crlf\n"),
    still: lineEnds(true, false),
  },
  {
    is: "a go.mod stored with CRLF whose attributes say text",
    begin: { files: { "go.mod": crlf } },
    make: (ground) => afterwards(ground, "*.mod text\n"),
    commits: true,
    refused: ["unsupported-repository", /attributes .* go\.mod/],
  },
  {
    is: "a go.mod with working-tree-encoding",
    differs: true,
    make: (ground) => {
      ground.commit("attributes", {
        ".gitattributes": "*.mod text working-tree-encoding=UTF-16LE-BOM eol=lf\n",
      });
      Deno.removeSync(join(ground.dir, "go.mod"));
      ground.git("checkout", "-q", "--", "go.mod");
    },
    still: (ground) => {
      const bytes = Deno.readFileSync(join(ground.dir, "go.mod"));
      assert.deepEqual([...bytes.slice(0, 4)], [0xff, 0xfe, 0x2f, 0]);
    },
  },
  {
    is: "a go.mod with ident",
    differs: true,
    begin: { files: { "go.mod": goMod + "\n// $Id$\n" } },
    make: (ground) => attributes(ground, "*.mod ident\n"),
    still: (ground) =>
      assert.match(Deno.readTextFileSync(join(ground.dir, "go.mod")), /\$Id: [0-9a-f]{40} \$/),
  },
  {
    is: "a go.mod with a filter",
    differs: true,
    byGit: true,
    begin: {
      settings: { "filter.tabs.clean": "sed s/XX/go/", "filter.tabs.smudge": "sed s/^go/XX/" },
    },
    make: (ground) => attributes(ground, "*.mod filter=tabs\n"),
    still: (ground) =>
      assert.match(Deno.readTextFileSync(join(ground.dir, "go.mod")), /^XX 1\.21$/m),
  },
  {
    is: "a go.mod with a filter that does not come back",
    begin: { settings: { "filter.odd.clean": "cat", "filter.odd.smudge": "sed s/m/n/" } },
    make: (ground) => afterwards(ground, "*.mod filter=odd\n"),
    commits: true,
    refused: ["unsupported-repository", /attributes .* go\.mod/],
  },
  {
    is: "a go.mod with a filter that is not installed",
    begin: { settings: { "filter.gone.smudge": "false", "filter.gone.required": "true" } },
    make: (ground) => {
      afterwards(ground, "# none yet\n");
      ground.write(".git/info/attributes", "go.mod filter=gone\n");
    },
    commits: true,
    refused: ["unsupported-repository", /cannot check it out: .*gone/],
  },
  {
    is: "a go.mod that git cannot compare without a filter",
    begin: { settings: { "filter.gone.clean": "false", "filter.gone.required": "true" } },
    make: (ground) => {
      ground.write(".git/info/attributes", "go.mod filter=gone\n");
      Deno.utimeSync(join(ground.dir, "go.mod"), new Date(0), new Date(0));
    },
    refused: ["unsupported-repository", /filter of git fails: .*gone/],
  },
  {
    is: "files in LFS",
    ...needsLfs,
    differs: true,
    make: (ground) => {
      ground.git("lfs", "install", "--local", "--skip-repo");
      ground.commit("attributes", {
        ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
      });
      ground.commit("large", { "large.bin": "large\n".repeat(1000) });
    },
    still: (ground) => {
      assert.match(ground.git("show", "HEAD:large.bin"), /^version https:\/\/git-lfs/);
      assert.equal(Deno.readTextFileSync(join(ground.dir, "large.bin")).length, 6000);
    },
  },
  {
    is: "a go.mod in LFS",
    ...needsLfs,
    make: (ground) => {
      ground.git("lfs", "install", "--local", "--skip-repo");
      attributes(ground, "*.mod filter=lfs diff=lfs merge=lfs -text\n");
      assert.match(ground.git("show", "HEAD:go.mod"), /^version https:\/\/git-lfs/);
    },
    refused: ["go-mod-invalid", /version/],
  },
  ...names.map(([name, says]): Form => ({
    is: `a file named ${JSON.stringify(name)}`,
    begin: { files: { [name]: "package m\n" } },
    differs: true,
    ...(says && { refused: ["zip-invalid", says] as const }),
  })),
  { is: "a file whose name is Latin-1", make: latin1, refused: ["zip-invalid", /caf/] },
  {
    is: "odd names outside of the module",
    begin: { files: { "tool/go.mod": "module example.com/tool\n", "tool/back\\slash": "x" } },
    differs: true,
    make: (ground) => {
      ground.run("sh", [
        "-c",
        `cd tool; name=$(printf 'caf\\351.txt'); echo x >"$name"; git add -A; git commit -q -m odd`,
      ], ground.dir);
    },
  },
  {
    ...inFolder("mod"),
    is: "a module beside one with names that Go refuses",
    begin: {
      files: {
        "mod/go.mod": goMod.replace("/m\n", "/m/mod\n"),
        "mod/m.go": "package m\n",
        "mod/nest/go.mod": "module example.com/m/mod/nest\n",
        "mod/nest/back\\slash": "x",
      },
    },
  },
  {
    is: "names that differ only in case",
    begin: { files: { "a.go": "package m\n", "A.go": "package m\n" } },
    refused: ["zip-invalid", /case-insensitive/],
  },
  ...['q"t', "ü", "$x;y"].map(inFolder),
  ...["a b", "-x", "x.lock", "a\\b"].map((dir): Form => ({
    ...inFolder(dir),
    is: `a module in a folder named ${JSON.stringify(dir)}`,
    make: (ground) => ground.stand = join(ground.dir, dir),
    refused: ["unsupported-repository", /Git accepts no tag/],
  })),
];

test(forms);
