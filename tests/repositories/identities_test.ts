/** Who makes a release, how it is signed, and which of the user's own programs and texts take part. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { tool } from "../support/tools.ts";
import type { Ground } from "./ground.ts";
import { type Form, test } from "./forms.ts";

/** The commit of the retraction and its tag are by this person, once they are there. */
function by(name: string, email: string): (ground: Ground) => void {
  return (ground) => {
    if (ground.git("tag", "--list", "v1.0.2") === "") return;
    const person = `${name} <${email}>`;
    assert.equal(ground.git("log", "-1", "--format=%an <%ae>"), person);
    assert.equal(ground.git("log", "-1", "--format=%cn <%ce>"), person);
    assert.match(ground.git("cat-file", "tag", "v1.0.2"), new RegExp(`^tagger ${person}`, "m"));
  };
}

/** Settings in a file of the user's that is included only where a condition holds. */
function included(condition: string): (ground: Ground) => void {
  return (ground) => {
    const file = ground.folder.join("home", "included");
    Deno.writeTextFileSync(file, "[user]\n\tname = Included\n\temail = in@example.com\n");
    const key = `includeIf.${condition.replace("DIR", ground.dir)}.path`;
    ground.run("git", ["config", "--global", key, file], ground.folder.path);
  };
}

/** Hooks that note their names in the ground's folder, in a folder of their own. */
function hooks(ground: Ground, folder: string): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const name of ["pre-commit", "commit-msg", "post-commit", "pre-push"]) {
    const file = join(folder, name);
    Deno.writeTextFileSync(file, `#!/bin/sh\necho ${name} >>'${ground.folder.join("heard")}'\n`);
    Deno.chmodSync(file, 0o755);
  }
}

/** Each of the hooks was run for the retraction, once it is there. */
function heard(ground: Ground): void {
  if (ground.git("tag", "--list", "v1.0.2") === "") return;
  const names = Deno.readTextFileSync(ground.folder.join("heard")).trim().split("\n");
  assert.deepEqual([...new Set(names)].sort(), [
    "commit-msg",
    "post-commit",
    "pre-commit",
    "pre-push",
  ]);
}

const keygen = tool("ssh-keygen");

const forms: Form[] = [
  {
    is: "an identity for one folder",
    make: included("gitdir:DIR/"),
    still: by("Included", "in@example.com"),
  },
  {
    is: "an identity for one branch",
    make: included("onbranch:main"),
    still: by("Included", "in@example.com"),
  },
  {
    is: "an identity for one remote",
    make: included("hasconfig:remote.*.url:../remote.git"),
    still: by("Included", "in@example.com"),
  },
  {
    is: "an identity of the environment",
    make: (ground) => {
      for (const role of ["AUTHOR", "COMMITTER"]) {
        ground.variables[`GIT_${role}_NAME`] = "Env Ironment";
        ground.variables[`GIT_${role}_EMAIL`] = "env@example.com";
      }
    },
    still: by("Env Ironment", "env@example.com"),
  },
  {
    is: "an identity with brackets, which git leaves out",
    make: (ground) => {
      ground.git("config", "user.name", "Ada <Example>");
      ground.git("config", "user.email", "<ada@example.org>");
    },
    still: by("Ada Example", "ada@example.org"),
  },
  {
    is: "an identity beyond ASCII",
    make: (ground) => ground.git("config", "user.name", 'Ädä 例 O\'Brien "x" y'),
    still: by('Ädä 例 O\'Brien "x" y', "ada@example.com"),
  },
  {
    is: "user.useConfigOnly without an address",
    make: (ground) => {
      ground.git("config", "user.useConfigOnly", "true");
      ground.run("git", ["config", "--global", "--unset", "user.email"], ground.folder.path);
    },
    refused: ["no-identity", /email/],
  },
  {
    is: "an empty name",
    make: (ground) => ground.git("config", "user.name", ""),
    refused: ["no-identity", /empty ident name/],
  },
  {
    is: "a name of brackets only",
    make: (ground) => ground.git("config", "user.name", "<>"),
    refused: ["no-identity", /name/],
  },
  {
    is: "commits and tags signed with an SSH key",
    ...("Missing" in keygen && { missing: keygen.Missing }),
    make: (ground) => {
      const key = ground.folder.join("home", "key");
      ground.run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key], "/");
      Deno.writeTextFileSync(
        ground.folder.join("home", "signers"),
        `* ${Deno.readTextFileSync(key + ".pub")}`,
      );
      ground.git("config", "gpg.format", "ssh");
      ground.git("config", "user.signingKey", key);
      ground.git("config", "gpg.ssh.allowedSignersFile", ground.folder.join("home", "signers"));
      ground.git("config", "tag.gpgSign", "true");
      ground.git("config", "commit.gpgSign", "true");
    },
    still: (ground) => {
      if (ground.git("tag", "--list", "v1.0.2") === "") return;
      ground.git("verify-tag", "v1.0.1");
      ground.git("verify-tag", "v1.0.2");
      ground.git("verify-commit", "HEAD");
    },
  },
  {
    is: "a template, a cleanup and an encoding for messages",
    make: (ground) => {
      Deno.writeTextFileSync(ground.folder.join("template"), "TEMPLATE\n");
      ground.git("config", "commit.template", ground.folder.join("template"));
      ground.git("config", "commit.cleanup", "scissors");
      ground.git("config", "commit.verbose", "true");
      ground.git("config", "commit.status", "false");
      ground.git("config", "core.commentChar", "R");
    },
    still: (ground) => {
      const text = ground.git("log", "-1", "--format=%B");
      if (/fix: a crash/.test(text)) return;
      assert.match(text, /^Release v1\.0\.2: retract v1\.0\.1\n\nbad\n$/);
    },
  },
  {
    is: "an editor and a pager that must not be started",
    make: (ground) => {
      ground.git("config", "core.editor", "false");
      ground.git("config", "core.pager", "false");
      ground.git("config", "pager.status", "true");
      ground.git("config", "color.ui", "always");
      ground.git("config", "status.showUntrackedFiles", "no");
      ground.git("config", "log.showSignature", "true");
      ground.git("config", "diff.noPrefix", "true");
      ground.git("config", "core.quotePath", "false");
    },
  },
  {
    is: "hooks in the repository",
    make: (ground) => hooks(ground, join(ground.dir, ".git/hooks")),
    still: heard,
  },
  {
    is: "hooks in a folder of the work tree",
    make: (ground) => {
      ground.write(".git/info/exclude", "/tools/\n");
      hooks(ground, join(ground.dir, "tools/hooks"));
      ground.git("config", "core.hooksPath", "tools/hooks");
    },
    still: heard,
  },
  {
    is: "hooks of the user's",
    make: (ground) => {
      hooks(ground, ground.folder.join("home", "my hooks"));
      ground.run(
        "git",
        ["config", "--global", "core.hooksPath", "~/my hooks"],
        ground.folder.path,
      );
    },
    still: heard,
  },
  {
    is: "hooks seen from a linked worktree",
    make: (ground) => {
      hooks(ground, join(ground.dir, ".git/hooks"));
      const at = ground.folder.join("linked");
      ground.git("worktree", "add", "-q", "-b", "side", at);
      ground.dir = ground.stand = at;
      ground.branch = "side";
    },
    still: heard,
  },
  {
    is: "hooks in a separate git directory",
    make: (ground) => {
      ground.git("init", "-q", "--separate-git-dir", ground.folder.join("apart"));
      hooks(ground, ground.folder.join("apart", "hooks"));
    },
    still: heard,
  },
];

// Where a release goes and who makes it has no part in taking it back.
test(forms, { undo: false, patch: true });
