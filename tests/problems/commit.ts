/** What the release commit takes in, what it goes without, and how it is stored. */
import { join } from "node:path";
import { goMod, released } from "../support/released.ts";
import { Repo, run } from "../support/repo.ts";
import type { Case } from "./prove.ts";

const deprecate = ["deprecate", "--reason", "use example.com/n"];

function hook(name: string, script = "exit 0") {
  return (repo: Repo) => {
    const file = join(repo.dir, ".git/hooks", name);
    Deno.mkdirSync(join(repo.dir, ".git/hooks"), { recursive: true });
    Deno.writeTextFileSync(file, `#!/bin/sh\n${script}\n`);
    Deno.chmodSync(file, 0o755);
  };
}

/** v1.0.0 and a fix, in objects of another hash. */
function sha256(): Repo {
  const repo = new Repo();
  Deno.removeSync(join(repo.dir, ".git"), { recursive: true });
  repo.git("init", "-q", "--object-format=sha256");
  run("git", ["init", "-q", "--bare", "--object-format=sha256", repo.remote], { env: repo.env });
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v1.0.0");
  repo.git("remote", "add", "origin", repo.remote);
  repo.git("push", "-q", "-u", "origin", "HEAD", "v1.0.0");
  repo.commit("fix: a crash", { "m.go": "package m // fixed\n" });
  return repo;
}

/** Files that git sends through a program of the user's on their way in. */
function filtered(files: string) {
  return (repo: Repo) => {
    repo.git("config", "filter.same.clean", "cat");
    repo.commit("filter", { ".gitattributes": `${files} filter=same\n` });
  };
}

const unknown: [title: string, path: string, text: RegExp][] = [
  ["a path that is nowhere", "nowhere.go", /nowhere\.go/],
  ["a file that did not change", "LICENSE", /LICENSE/],
  ["a path outside", "../x", /outside of this repository/],
  ["what git's own folder holds", ".git/config", /\.git\/config/],
  ["what git ignores", "test.out", /test\.out/],
];

export const commit: Case[] = [
  ...unknown.map(([title, path, text]): Case => ({
    code: "include-unknown",
    title,
    change: (r) => {
      r.commit("ignore", { ".gitignore": "*.out\n" });
      r.write("m.go", "package m // changed\n");
      r.write("test.out", "x");
      Deno.writeTextFileSync(r.folder.join("x"), "");
    },
    argv: ["patch", "--include", "m.go", "--include", path],
    text,
    near: {
      title: "changed, new and deleted ones",
      change: (r) => {
        r.write("m.go", "package m // changed\n");
        r.write("new.go", "package m\n");
        Deno.removeSync(join(r.dir, "LICENSE"));
      },
      argv: ["patch", "--include", "m.go", "--include", "new.go", "--include", "LICENSE"],
    },
  })),
  {
    code: "partly-staged",
    title: "two changes of one file",
    change: (r) => {
      r.write("m.go", "package m // staged\n");
      r.git("add", "m.go");
      r.write("m.go", "package m // staged, and changed again\n");
    },
    argv: ["patch", "--include", "m.go"],
    text: /m\.go the release takes in what lies in the work tree/,
    where: { File: "m.go" },
    near: {
      title: "all of it is staged",
      change: (r) => {
        r.write("m.go", "package m // staged\n");
        r.git("add", "m.go");
      },
    },
  },
  {
    code: "hooks-not-run",
    title: "--no-hooks",
    change: hook("commit-msg"),
    argv: [...deprecate, "--no-hooks"],
    text: /hooks \(commit-msg\) do not run: --no-hooks/,
    near: { title: "they run", change: hook("commit-msg"), argv: deprecate },
  },
  {
    code: "hooks-not-run",
    title: "--no-hooks, and one of the push",
    change: hook("pre-push"),
    argv: ["patch", "--no-hooks"],
    text: /hooks \(pre-push\) do not run: --no-hooks/,
    near: {
      title: "nothing is pushed",
      change: hook("pre-push"),
      argv: ["patch", "--no-hooks", "--no-push"],
    },
  },
  {
    code: "hooks-not-run",
    title: "of another revision than HEAD",
    change: hook("pre-commit"),
    argv: [...deprecate, "--from", "v1.0.0"],
    text: /pre-commit hook does not run/,
    near: {
      title: "a file that cannot be run",
      change: (r) => {
        hook("pre-commit")(r);
        Deno.chmodSync(join(r.dir, ".git/hooks/pre-commit"), 0o644);
      },
    },
  },
  {
    code: "message-unused",
    title: "a release without a commit",
    argv: ["patch", "--commit-message", "x"],
    text: /--commit-message has no use/,
    fix: /--tag-message/,
    near: { title: "one with a commit", argv: [...deprecate, "--commit-message", "x"] },
  },
  {
    code: "message-unused",
    title: "a tag made by hand",
    change: (r) => r.tag("v1.1.0"),
    argv: ["v1.1.0", "--tag-message", "x"],
    text: /--tag-message has no use: the tag v1\.1\.0 is there already/,
    near: { title: "a tag of its own", argv: ["v1.2.0", "--tag-message", "x"], change: () => {} },
  },
  {
    code: "written-by-git",
    title: "objects of another hash",
    make: sha256,
    argv: ["patch"],
    text: /Git itself makes the objects of this release: the repository's objects are sha256/,
    near: { title: "objects of the usual one", make: released },
  },
  {
    code: "written-by-git",
    title: "a filter on the file that is edited",
    change: filtered("go.mod"),
    argv: deprecate,
    text: /go\.mod goes through a filter/,
    near: { title: "on another one", change: filtered("m.go") },
  },
  {
    code: "unsupported-repository",
    title: "a tag in the way of the coming one",
    make: () => {
      const repo = new Repo();
      repo.commit("begin", { "sub/go.mod": "module example.com/m/sub\n" });
      repo.withRemote();
      repo.git("tag", "sub");
      return repo;
    },
    argv: ["minor", "sub"],
    text: /tag sub is in the way of sub\/v0\.1\.0/,
    cure: "git tag -d sub",
    near: {
      title: "a branch of that name",
      make: () => {
        const repo = new Repo();
        repo.commit("begin", { "sub/go.mod": "module example.com/m/sub\n" });
        repo.withRemote();
        repo.git("branch", "sub");
        return repo;
      },
    },
  },
];
