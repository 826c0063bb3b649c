/** What go.mod says the module is, and where it is to be found. */
import { join } from "node:path";
import { goMod } from "../support/released.ts";
import { Repo, run } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { releasedAs } from "./releases.ts";

const patch = ["patch"];

/** Two modules in folders, and none at the root. */
function two(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "a/go.mod": "module example.com/m/a\n",
    "b/go.mod": "module example.com/m/b\n",
    "testdata/c/go.mod": "module example.com/c\n",
  });
  return repo.withRemote();
}

function folder(repo: Repo, name: string): string {
  Deno.mkdirSync(join(repo.dir, name));
  return name;
}

const broken = (text: string) => (r: Repo) => void r.commit("broken", { "go.mod": text });

export const module_: Case[] = [
  {
    code: "no-go-mod",
    title: "none at all",
    change: (r) => {
      r.git("rm", "-q", "go.mod");
      r.git("commit", "-qm", "gone");
    },
    argv: patch,
    text: /commit at HEAD has no go\.mod/,
    fix: /^go mod init/,
    cure: (r) => void r.commit("go.mod", { "go.mod": goMod }),
    accept: "never",
    near: { title: "only in a folder", make: releasedAs("example.com/m/sub", "sub/v1.0.0", "sub") },
  },
  {
    code: "no-go-mod",
    title: "it was never added",
    change: (r) => {
      r.git("rm", "-q", "--cached", "go.mod");
      r.git("commit", "-qm", "gone");
    },
    argv: patch,
    text: /go\.mod is not in the commit at HEAD/,
    where: { File: "go.mod" },
    fix: /^git add -- go\.mod, then commit it$/,
    cure: (r) => void r.commit("go.mod"),
    near: { title: "it is", argv: patch },
  },
  {
    code: "no-go-mod",
    title: "it was added and not committed, in a folder",
    change: (r) => {
      r.git("rm", "-q", "go.mod");
      r.git("commit", "-qm", "gone");
      r.write("sub/go.mod", "module example.com/m/sub\n");
      r.git("add", "-A");
    },
    argv: ["minor", "sub"],
    text: /sub\/go\.mod is not in the commit/,
    where: { File: "sub/go.mod" },
    fix: /^git add -- sub\/go\.mod, then/,
    cure: (r) => void r.commit("sub"),
    near: {
      title: "committed",
      change: (r) => void r.commit("sub", { "sub/go.mod": "module example.com/m/sub\n" }),
    },
  },
  {
    code: "no-go-mod",
    title: "it was never added, seen from inside",
    change: (r) => {
      r.git("mv", "go.mod", "m.go", "LICENSE", folder(r, "sub"));
      r.git("rm", "-q", "--cached", "sub/go.mod");
      r.git("commit", "-qm", "moved");
      r.write("sub/deep/d.go", "package deep\n");
    },
    at: (r) => join(r.dir, "sub/deep"),
    argv: ["v0.1.0"],
    text: /^sub\/go\.mod is not in the commit/,
    fix: /^git add -- :\/sub\/go\.mod, then/,
    cure: (r) => {
      run("git", ["add", "--", ":/sub/go.mod"], { cwd: join(r.dir, "sub/deep"), env: r.env });
      r.git("commit", "-qm", "sub");
    },
    near: {
      title: "the module above is there",
      at: (r) => join(r.dir, "deep"),
      change: (r) => {
        r.write("deep/d.go", "package deep\n");
        r.write("deep/go.mod.txt", "module example.com/m/deep\n");
      },
      argv: ["v1.4.0"],
    },
  },
  {
    code: "no-go-mod",
    title: "the commit named is older than it",
    make: () => {
      const repo = new Repo();
      repo.commit("before modules", { "m.go": "package m\n" });
      repo.tag("v1.0.0");
      repo.commit("begin", { "go.mod": goMod });
      repo.tag("v1.1.0");
      repo.commit("more", { "m.go": "package m // more\n" });
      return repo.withRemote();
    },
    argv: ["retract", "v1.1.0", "--reason", "x", "--from", "v1.0.0", "--self"],
    text: /no go\.mod at v1\.0\.0/,
    near: {
      title: "a later one",
      argv: ["retract", "v1.1.0", "--reason", "x", "--from", "v1.1.0", "--self"],
    },
  },
  {
    code: "no-go-mod",
    title: "Go looks for it elsewhere",
    make: releasedAs("github.com/acme/wire", "sub/v1.0.0", "sub"),
    argv: ["patch", "sub"],
    text: /Go looks for github\.com\/acme\/wire in go\.mod of its repository, not in sub\/go\.mod/,
    where: { File: "sub/go.mod" },
    near: {
      title: "the path names the folder",
      make: releasedAs("github.com/acme/wire/sub", "sub/v1.0.0", "sub"),
    },
  },
  {
    code: "go-mod-invalid",
    title: "an unknown word",
    change: broken(goMod + "requires x v1\n"),
    argv: patch,
    text: /unknown directive: requires/,
    where: { File: "go.mod", Line: 4 },
    cure: (r) => void r.commit("mended", { "go.mod": goMod }),
    near: {
      title: "odd, and right",
      change: broken('module (\n\t"example.com/m"\n)\r\n// a comment\n\n\ngo\t1.21\n'),
    },
  },
  {
    code: "go-mod-invalid",
    title: "no module line",
    change: broken("go 1.21\n"),
    argv: patch,
    text: /go\.mod has no module line/,
    where: { File: "go.mod", Line: 1 },
    cure: (r) => void r.commit("mended", { "go.mod": goMod }),
    fix: /module MODULE\/PATH/,
    near: {
      title: "in a module that is not meant",
      change: (r) => void r.commit("x", { "sub/go.mod": "go 1.21\n" }),
    },
  },
  {
    code: "go-mod-invalid",
    title: "a retraction that Go cannot read",
    change: broken(goMod + "\nretract v2.0.0\n"),
    argv: patch,
    text: /retract.*v2\.0\.0/,
    where: { File: "go.mod", Line: 5 },
    near: { title: "one that it can", change: broken(goMod + "\nretract v1.0.0\n") },
  },
  {
    code: "module-not-found",
    title: "a folder without go.mod",
    argv: ["patch", "nowhere"],
    text: /No module of this repository is called nowhere/,
    cure: (r) => void r.commit("sub", { "nowhere/go.mod": "module example.com/m/nowhere\n" }),
    near: { title: "the root, named as a folder", argv: ["patch", "."] },
  },
  {
    code: "module-not-found",
    title: "a path that none has",
    argv: ["patch", "--module", "example.com/n"],
    text: /is called example\.com\/n/,
    fix: /^--module \. instead of example\.com\/n$/,
    near: { title: "a path that one has", argv: ["patch", "--module", "example.com/m"] },
  },
  {
    code: "module-not-found",
    title: "several, and none at the root",
    make: two,
    argv: ["minor"],
    text: /2 modules and none at its root/,
    cure: "--module a",
    near: { title: "inside one of them", make: two, at: (r) => join(r.dir, "b") },
  },
];
