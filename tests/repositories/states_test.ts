/** What is under way in a repository, and where its HEAD is. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { tryRun } from "../support/repo.ts";
import type { Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

/** Two branches that change the same line; HEAD is on the first. */
function apart(ground: Ground): void {
  ground.git("switch", "-q", "-c", "other", "HEAD^");
  ground.commit("theirs", { "m.go": "package m // theirs\n" });
  ground.git("switch", "-q", "main");
}

/** A command of git that ends at a conflict. */
function stops(ground: Ground, ...args: string[]): void {
  apart(ground);
  const ran = tryRun("git", args, {
    cwd: ground.dir,
    env: { ...ground.env, GIT_EDITOR: "true" },
  });
  assert.notEqual(ran.code, 0, args.join(" "));
}

const under = (what: string): readonly [string, RegExp] => [
  "in-progress",
  new RegExp(`A ${what} is under way`),
];

const forms: Form[] = [
  { is: "a merge", make: (g) => stops(g, "merge", "other"), refused: under("merge") },
  {
    is: "a merge without conflicts that waits for its commit",
    make: (ground) => {
      ground.git("switch", "-q", "-c", "other", "HEAD^");
      ground.commit("theirs", { "n.go": "package m\n" });
      ground.git("switch", "-q", "main");
      ground.git("merge", "-q", "--no-commit", "other");
    },
    refused: under("merge"),
  },
  { is: "a rebase", make: (g) => stops(g, "rebase", "other"), refused: under("rebase") },
  {
    is: "a rebase of the older kind",
    make: (ground) => stops(ground, "rebase", "--apply", "other"),
    refused: under("rebase"),
  },
  {
    is: "a rebase that waits for an edit",
    make: (ground) => {
      const env = { ...ground.env, GIT_SEQUENCE_EDITOR: "sed -i s/^pick/edit/" };
      tryRun("git", ["rebase", "-i", "HEAD^"], { cwd: ground.dir, env });
    },
    refused: under("rebase"),
  },
  {
    is: "a cherry-pick",
    make: (g) => stops(g, "cherry-pick", "other"),
    refused: under("cherry-pick"),
  },
  {
    is: "a revert",
    make: (ground) => {
      ground.commit("more", { "m.go": "package m // more\n" });
      const ran = tryRun("git", ["revert", "--no-edit", "HEAD^"], {
        cwd: ground.dir,
        env: ground.env,
      });
      assert.notEqual(ran.code, 0);
    },
    refused: under("revert"),
  },
  {
    is: "a series of patches",
    make: (ground) => {
      apart(ground);
      ground.git("format-patch", "-q", "-1", "-o", ground.folder.join("patches"), "other");
      const [patch] = [...Deno.readDirSync(ground.folder.join("patches"))];
      const ran = tryRun("git", ["am", "-q", ground.folder.join("patches", patch!.name)], {
        cwd: ground.dir,
        env: ground.env,
      });
      assert.notEqual(ran.code, 0);
    },
    refused: under("am"),
  },
  {
    is: "a bisection",
    make: (ground) => ground.git("bisect", "start", "-q"),
    refused: under("bisect"),
  },
  {
    is: "a merge in another worktree",
    make: (ground) => {
      const at = ground.folder.join("linked");
      ground.git("worktree", "add", "-q", "-b", "side", at);
      stops(ground, "merge", "other");
      ground.dir = ground.stand = at;
      ground.branch = "side";
    },
  },
  {
    is: "a detached HEAD",
    make: (ground) => {
      ground.git("push", "-q", "origin", "HEAD");
      ground.git("switch", "-q", "--detach");
    },
    commits: true,
    refused: ["detached-head", /HEAD is no branch/],
  },
  {
    is: "a detached HEAD in a linked worktree",
    make: (ground) => {
      ground.git("push", "-q", "origin", "HEAD");
      const at = ground.folder.join("linked");
      ground.git("worktree", "add", "-q", "--detach", at);
      ground.dir = ground.stand = at;
    },
    commits: true,
    refused: ["detached-head", /HEAD is no branch/],
  },
  {
    is: "a branch without a commit",
    make: (ground) => {
      ground.git("switch", "-q", "--orphan", "fresh");
    },
    refused: ["no-commit", /no commit yet/],
  },
  {
    is: "HEAD as a symbolic link",
    make: (ground) => {
      Deno.removeSync(join(ground.dir, ".git/HEAD"));
      Deno.symlinkSync("refs/heads/main", join(ground.dir, ".git/HEAD"));
    },
    still: (ground) => assert.ok(Deno.lstatSync(join(ground.dir, ".git/HEAD")).isSymlink),
  },
  {
    is: "a branch that is another name of one",
    make: (ground) => {
      ground.git("branch", "-q", "-m", "main", "trunk");
      ground.git("symbolic-ref", "refs/heads/main", "refs/heads/trunk");
      ground.git("symbolic-ref", "HEAD", "refs/heads/main");
      ground.git("branch", "-q", "-u", "origin/main");
    },
    still: (ground) => {
      assert.equal(ground.git("symbolic-ref", "refs/heads/main"), "refs/heads/trunk");
      assert.equal(ground.git("rev-parse", "trunk"), ground.git("rev-parse", "HEAD"));
    },
  },
  {
    is: "a branch on which a stash lies",
    make: (ground) => {
      ground.write("m.go", "package m // worked on\n");
      ground.git("stash", "push", "-q");
    },
    still: (ground) => assert.match(ground.git("stash", "list"), /^stash@\{0\}/),
  },
  {
    is: "staged changes outside of the module",
    begin: { files: { "tool/go.mod": "module example.com/tool\n", "tool/t.go": "package t\n" } },
    differs: true,
    make: (ground) => {
      ground.write("tool/t.go", "package t // staged\n");
      ground.git("add", "tool/t.go");
      ground.write("tool/t.go", "package t // and worked on\n");
    },
    still: (ground) => assert.equal(ground.git("show", ":tool/t.go"), "package t // staged"),
  },
  ...["HEAD", "refs/heads/main", "packed-refs"].map((name): Form => ({
    is: `a lock file of ${name}`,
    make: (ground) => ground.write(`.git/${name}.lock`, ""),
    refused: ["locked", /\.lock/],
  })),
];

test(forms);
