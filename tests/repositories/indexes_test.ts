/** Forms of the index, and of the work tree that it describes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { newerGit } from "../support/tools.ts";
import type { Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

/** A module in a folder, so that the root's files may be left out of the work tree. */
const folders = { "other/o.txt": "o\n", "other/deep/d.txt": "d\n" };

/** The bytes that an index begins with: its version, and whether an extension is in it. */
function index(ground: Ground): { version: number; has: (extension: string) => boolean } {
  const bytes = Deno.readFileSync(join(ground.dir, ".git/index"));
  const text = new TextDecoder("latin1").decode(bytes);
  return { version: bytes[7]!, has: (extension) => text.includes(extension) };
}

function sparse(ground: Ground, ...patterns: string[]): void {
  ground.git("sparse-checkout", "set", ...patterns);
  assert.match(ground.git("ls-files", "-t"), /^S /m);
}

const newer = newerGit();
const git = "Path" in newer ? { git: newer.Path } : {};

const forms: Form[] = [
  {
    is: "a split index",
    make: (ground) => {
      ground.git("config", "core.splitIndex", "true");
      ground.git("update-index", "--split-index");
    },
    still: (ground) => assert.ok(index(ground).has("link")),
  },
  {
    is: "a split index whose shared part expires at once",
    make: (ground) => {
      ground.git("config", "core.splitIndex", "true");
      ground.git("config", "splitIndex.maxPercentChange", "0");
      ground.git("config", "splitIndex.sharedIndexExpire", "now");
      ground.git("update-index", "--force-write-index");
    },
    still: (ground) => assert.ok(index(ground).has("link")),
  },
  {
    is: "index version 4",
    make: (ground) => ground.git("update-index", "--index-version=4"),
    still: (ground) => assert.equal(index(ground).version, 4),
  },
  {
    is: "feature.manyFiles",
    begin: { settings: { "feature.manyFiles": "true" } },
    still: (ground) => assert.equal(index(ground).version, 4),
  },
  {
    is: "index.skipHash",
    begin: { settings: { "index.skipHash": "true" }, ...git },
    still: (ground) => {
      const bytes = Deno.readFileSync(join(ground.dir, ".git/index"));
      assert.ok(bytes.slice(-20).every((byte) => byte === 0));
    },
    ...("Missing" in newer && { missing: newer.Missing }),
  },
  {
    is: "an untracked cache",
    begin: { settings: { "core.untrackedCache": "true" } },
    make: (ground) => {
      ground.git("update-index", "--untracked-cache");
      ground.git("status");
    },
    still: (ground) => assert.ok(index(ground).has("UNTR")),
  },
  {
    is: "an fsmonitor hook",
    make: (ground) => {
      const hook = ground.folder.join("monitor");
      // Everything may have changed, says this one.
      Deno.writeTextFileSync(hook, '#!/bin/sh\nprintf "token\\0/\\0"\n');
      Deno.chmodSync(hook, 0o755);
      ground.git("config", "core.fsmonitor", hook);
      ground.git("config", "core.fsmonitorHookVersion", "2");
      ground.git("update-index", "--fsmonitor");
    },
    still: (ground) => assert.ok(index(ground).has("FSMN")),
  },
  {
    is: "a sparse checkout in cone mode",
    begin: { files: folders },
    differs: true,
    make: (ground) => sparse(ground, "sub"),
    still: (ground) => assert.match(ground.git("ls-files", "-t"), /^S other\/o.txt$/m),
  },
  {
    is: "a sparse checkout by patterns",
    begin: { files: folders },
    differs: true,
    make: (ground) => sparse(ground, "--no-cone", "/*", "!/other/deep/"),
    still: (ground) => assert.match(ground.git("ls-files", "-t"), /^S other\/deep\/d.txt$/m),
  },
  {
    is: "a sparse index",
    begin: { files: folders },
    differs: true,
    make: (ground) => sparse(ground, "--sparse-index", "sub"),
    still: (ground) => assert.match(ground.git("ls-files", "--sparse"), /^other\/$/m),
  },
  {
    is: "a module outside of the sparse checkout",
    begin: { files: folders },
    differs: true,
    make: (ground) => {
      ground.git("push", "-q", "origin", "HEAD");
      sparse(ground, "--no-cone", "/sub/");
      ground.write("untracked.txt", "mine too\n");
    },
    still: (ground) => {
      assert.match(ground.git("ls-files", "-t"), /^S go.mod$/m);
      assert.ok(!Object.hasOwn(ground.files(), "go.mod"));
    },
  },
  {
    is: "a module outside of the sparse index",
    begin: { files: { "mod/go.mod": "module example.com/m/mod\n", "mod/m.go": "package m\n" } },
    differs: true,
    make: (ground) => {
      sparse(ground, "--sparse-index", "sub");
      ground.flags = ["--module", "mod"];
      ground.prefix = "mod/";
      ground.goMod = "mod/go.mod";
      ground.git("tag", "-a", "-m", "mod/v1.0.0", "mod/v1.0.0", "HEAD^");
      ground.git("push", "-q", "origin", "mod/v1.0.0");
      ground.flags.push("--accept", "nothing-to-release");
    },
    still: (ground) => {
      assert.match(ground.git("ls-files", "--sparse"), /^mod\/$/m);
      assert.ok(!Object.hasOwn(ground.files(), "mod/go.mod"));
    },
  },
  {
    is: "a go.mod that is assumed unchanged, and is",
    make: (ground) => ground.git("update-index", "--assume-unchanged", "go.mod"),
    still: (ground) => assert.match(ground.git("ls-files", "-v"), /^h go.mod$/m),
  },
  {
    is: "a go.mod that is assumed unchanged, and is not",
    make: (ground) => {
      ground.git("update-index", "--assume-unchanged", "go.mod");
      ground.write("go.mod", "module example.com/mine\n");
    },
    refused: ["dirty", /go\.mod/],
  },
  {
    is: "a go.mod with a change behind skip-worktree",
    make: (ground) => {
      ground.git("update-index", "--skip-worktree", "go.mod");
      ground.write("go.mod", "module example.com/mine\n");
    },
    refused: ["dirty", /go\.mod/],
  },
  {
    is: "a file with --intent-to-add",
    make: (ground) => {
      ground.write("coming.txt", "soon\n");
      ground.git("add", "-N", "coming.txt");
    },
    refused: ["dirty", /coming\.txt/],
  },
  {
    is: "no index file",
    make: (ground) => Deno.removeSync(join(ground.dir, ".git/index")),
    refused: ["dirty", /not committed/],
  },
  {
    is: "an index that is locked",
    make: (ground) => ground.write(".git/index.lock", ""),
    refused: ["locked", /index\.lock/],
  },
  {
    is: "core.fileMode=false",
    make: (ground) => {
      ground.git("update-index", "--chmod=+x", "go.mod");
      ground.git("commit", "-q", "-m", "executable");
      ground.git("config", "core.fileMode", "false");
      Deno.chmodSync(join(ground.dir, "go.mod"), 0o644);
    },
    still: (ground) => assert.match(ground.git("ls-tree", "HEAD", "go.mod"), /^100755/),
  },
  {
    is: "core.symlinks=false",
    begin: { settings: { "core.symlinks": "false" } },
    make: (ground) => {
      Deno.symlinkSync("m.go", join(ground.dir, "link"));
      ground.git("-c", "core.symlinks=true", "add", "link");
      ground.git("commit", "-q", "-m", "link");
      Deno.removeSync(join(ground.dir, "link"));
      ground.git("checkout", "--", "link");
    },
    still: (ground) => assert.ok(Deno.lstatSync(join(ground.dir, "link")).isFile),
  },
];

test(forms);
