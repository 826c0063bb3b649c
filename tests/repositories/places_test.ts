/** Where a repository can be, and how git is told so. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

/** Moves the ground into a linked worktree on a branch of its own. */
function linked(ground: Ground, name = "linked"): void {
  const at = ground.folder.join(name);
  ground.git("worktree", "add", "-q", "-b", "side", at);
  ground.dir = ground.stand = at;
  ground.branch = "side";
  ground.follows = true;
}

/** Moves the work tree to another place under the ground's folder. */
function move(ground: Ground, to: string): void {
  Deno.renameSync(ground.dir, ground.folder.join(to));
  ground.dir = ground.stand = ground.folder.join(to);
}

function submodule(ground: Ground): void {
  const top = ground.folder.join("top");
  ground.git("push", "-q", "origin", "HEAD");
  ground.run("git", ["init", "-q", top], ground.folder.path);
  ground.run("git", ["submodule", "--quiet", "add", ground.remote, "libs/m"], top);
  ground.run("git", ["commit", "-q", "-m", "top"], top);
  ground.dir = ground.stand = join(top, "libs/m");
}

const odd = ["a b", "-x", "ü", "a:b", `it's "q" $HOME;\tback\\slash`];

const forms: Form[] = [
  { is: "an ordinary clone" },
  { is: "a linked worktree", make: linked },
  {
    is: "a linked worktree of a bare repository",
    make: (ground) => {
      const bare = ground.folder.join("bare.git");
      ground.run("git", ["clone", "-q", "--bare", ground.dir, bare], ground.folder.path);
      ground.run("git", ["remote", "set-url", "origin", ground.remote], bare);
      const at = ground.folder.join("tree");
      ground.run("git", ["worktree", "add", "-q", at, "main"], bare);
      ground.dir = ground.stand = at;
    },
    still: (ground) => assert.equal(ground.git("config", "core.bare"), "true"),
  },
  {
    is: "the main work tree beside a linked one",
    make: (ground) => ground.git("worktree", "add", "-q", "-b", "side", ground.folder.join("side")),
  },
  {
    is: "a repository with settings for each worktree",
    make: (ground) => {
      ground.git("config", "extensions.worktreeConfig", "true");
      linked(ground);
      ground.git("config", "--worktree", "user.name", "Worktree's Own");
    },
    still: (ground) =>
      assert.equal(ground.git("var", "GIT_AUTHOR_IDENT").slice(0, 14), "Worktree's Own"),
  },
  { is: "a submodule", make: submodule, still: (g) => assert.ok(isFile(join(g.dir, ".git"))) },
  {
    is: "a repository with a submodule",
    differs: true,
    make: (ground) => {
      ground.git("submodule", "--quiet", "add", ground.remote, "libs/m");
      ground.git("commit", "-q", "-m", "with a submodule");
      ground.write("libs/m/m.go", "package m // worked on\n");
    },
  },
  {
    is: "a separate git directory",
    make: (ground) => ground.git("init", "-q", "--separate-git-dir", ground.folder.join("apart")),
    still: (ground) => assert.ok(isFile(join(ground.dir, ".git"))),
  },
  {
    is: "a git directory behind a symbolic link",
    make: (ground) => {
      Deno.renameSync(join(ground.dir, ".git"), ground.folder.join("apart"));
      Deno.symlinkSync(ground.folder.join("apart"), join(ground.dir, ".git"));
    },
  },
  {
    is: "a work tree that core.worktree names",
    make: (ground) => {
      Deno.renameSync(join(ground.dir, ".git"), ground.folder.join("apart.git"));
      ground.variables.GIT_DIR = ground.folder.join("apart.git");
      ground.git("config", "core.worktree", ground.dir);
      ground.stand = ground.folder.path;
    },
  },
  {
    is: "GIT_DIR and GIT_WORK_TREE in the environment",
    make: (ground) => {
      Deno.renameSync(join(ground.dir, ".git"), ground.folder.join("apart.git"));
      ground.variables = { GIT_DIR: ground.folder.join("apart.git"), GIT_WORK_TREE: ground.dir };
    },
  },
  {
    is: "GIT_INDEX_FILE in the environment",
    make: (ground) => {
      const named = ground.folder.join("named-index");
      Deno.renameSync(join(ground.dir, ".git/index"), named);
      ground.variables = { GIT_INDEX_FILE: named };
    },
    still: (ground) => assert.ok(!isFile(join(ground.dir, ".git/index"))),
  },
  {
    is: "a repository without core.bare",
    make: (ground) => ground.git("config", "--unset", "core.bare"),
  },
  {
    is: "repositoryformatversion 1",
    make: (ground) => ground.git("config", "core.repositoryFormatVersion", "1"),
  },
  {
    is: "a repository that a group shares",
    begin: { initHere: ["--shared=group"] },
    still: (ground) => {
      const objects = join(ground.dir, ".git/objects");
      for (const fan of Deno.readDirSync(objects)) {
        assert.equal(Deno.statSync(join(objects, fan.name)).mode! & 0o070, 0o070, fan.name);
        for (const file of Deno.readDirSync(join(objects, fan.name))) {
          assert.equal(Deno.statSync(join(objects, fan.name, file.name)).mode! & 0o040, 0o040);
        }
      }
    },
  },
  {
    is: "somebody else's repository that safe.directory names",
    make: (ground) => {
      const elsewhere = ground.run("chown", ["-R", "12345:12345", ground.dir], "/");
      assert.equal(elsewhere, "");
      ground.run("git", ["config", "--global", "safe.directory", ground.dir], "/");
    },
    ...(Deno.uid() !== 0 && { missing: "only root gives files away" }),
  },
  {
    is: "somebody else's repository",
    make: (ground) => void ground.run("chown", ["-R", "12345:12345", ground.dir], "/"),
    refused: ["not-a-repository", /dubious ownership/],
    ...(Deno.uid() !== 0 && { missing: "only root gives files away" }),
  },
  {
    is: "a bare repository",
    make: (ground) => ground.stand = ground.remote,
    refused: ["unsupported-repository", /bare repository/],
  },
  {
    is: "an extension that no git knows",
    make: (ground) => {
      ground.git("config", "core.repositoryFormatVersion", "1");
      ground.git("config", "extensions.unheardOf", "true");
    },
    refused: ["unsupported-repository", /unheardof/i],
  },
  {
    is: "repositoryformatversion 2",
    make: (ground) => ground.git("config", "core.repositoryFormatVersion", "2"),
    refused: ["unsupported-repository", /found 2/],
  },
  {
    is: "a folder whose name holds a line break",
    make: (ground) => move(ground, "a\nb"),
    refused: ["not-a-repository", /line break/],
  },
  ...odd.map((name): Form => ({
    is: `a folder named ${JSON.stringify(name)}`,
    make: (ground) => move(ground, name),
  })),
];

function isFile(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}

test(forms);
