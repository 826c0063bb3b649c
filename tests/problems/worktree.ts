/** What lies in the work tree, where the remote stands, and what was begun before. */
import { join } from "node:path";
import { goMod } from "../support/released.ts";
import { Repo, run } from "../support/repo.ts";
import type { Case } from "./prove.ts";

const patch = ["patch"];
const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

/** A module at the root, one in sub, and a folder that is neither's. */
function two(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "go.mod": goMod,
    "m.go": "package m\n",
    "sub/go.mod": "module example.com/m/sub\n",
    "sub/s.go": "package s\n",
    ".gitignore": "*.out\n",
  });
  repo.tag("v1.0.0");
  repo.tag("sub/v1.0.0");
  repo.commit("fix: both", { "m.go": "package m // fixed\n", "sub/s.go": "package s // fixed\n" });
  return repo.withRemote();
}

/** A module with another repository in the folder libs/m. */
function withSubmodule(): Repo {
  const repo = two();
  const allowed = ["-c", "protocol.file.allow=always"];
  repo.git(...allowed, "submodule", "--quiet", "add", repo.remote, "libs/m");
  repo.git("commit", "-q", "-m", "with another");
  return repo;
}

/** Somebody else pushed; `mine`: there is a commit only here, too. */
function behind(repo: Repo, mine: boolean): void {
  repo.git("push", "-q", "origin", "main");
  repo.commit("theirs", { "t.go": "package m\n" });
  repo.git("push", "-q", "origin", "main");
  repo.git("reset", "-q", "--hard", "HEAD~1");
  if (mine) repo.commit("mine", { "o.go": "package m\n" });
}

/** As when somebody else pushed from another clone: their commit is not here. */
function pushedElsewhere(repo: Repo): void {
  const other = repo.folder.join("other");
  run("git", ["clone", "-q", repo.remote, other], { env: repo.env });
  Deno.writeTextFileSync(join(other, "t.go"), "package m\n");
  run("git", ["add", "-A"], { cwd: other, env: repo.env });
  run("git", ["commit", "-q", "-m", "theirs"], { cwd: other, env: repo.env });
  run("git", ["push", "-q"], { cwd: other, env: repo.env });
}

export const worktree: Case[] = [
  {
    code: "dirty",
    title: "a changed file",
    change: (r) => r.write("m.go", "package m // changed\n"),
    argv: retract,
    text: /m\.go is changed but not committed/,
    where: { File: "m.go" },
    cure: "--include m.go",
    near: { title: "a file whose time alone is new", change: (r) => touch(r, "m.go") },
  },
  {
    code: "dirty",
    title: "a submodule that stands elsewhere",
    make: withSubmodule,
    change: (r) => {
      run("git", ["checkout", "-q", "HEAD~1"], { cwd: join(r.dir, "libs/m"), env: r.env });
    },
    argv: patch,
    text: /libs\/m is changed but not committed/,
    where: { File: "libs/m" },
    cure: "git submodule update -- libs/m",
    near: {
      title: "one with a change of its own",
      make: withSubmodule,
      change: (r) => r.write("libs/m/m.go", "package m // changed\n"),
    },
  },
  {
    code: "dirty",
    title: "a plan that writes no file",
    change: (r) => {
      r.write("new.go", "package m\n");
      r.git("add", "new.go");
      r.git("rm", "-q", "LICENSE");
    },
    argv: patch,
    text: /LICENSE, new\.go are changed/,
    fix: /commit the change/,
    cure: "git stash",
    accept: "always",
    near: {
      title: "what git does not look at",
      change: (r) => {
        r.git("config", "core.fileMode", "false");
        Deno.chmodSync(join(r.dir, "m.go"), 0o755);
      },
    },
  },
  {
    code: "untracked",
    title: "a file that was never added",
    change: (r) => r.write("new.go", "package m\n"),
    argv: patch,
    text: /1 untracked file.*new\.go/,
    where: { File: "new.go" },
    fix: /git add and commit/,
    cure: (r) => void r.commit("more"),
    near: { title: "one that is ignored", make: two, change: (r) => r.write("test.out", "x") },
  },
  {
    code: "untracked",
    title: "in the module's folder",
    make: two,
    change: (r) => r.write("sub/new.go", "package s\n"),
    argv: ["patch", "sub"],
    text: /sub\/new\.go/,
    near: {
      title: "in another module",
      make: two,
      change: (r) => r.write("new.go", "package m\n"),
    },
  },
  {
    code: "other-module-changed",
    title: "beside the module",
    make: two,
    change: (r) => r.write("m.go", "package m // changed\n"),
    argv: ["patch", "sub"],
    text: /m\.go outside of this module/,
    where: { File: "m.go" },
    near: {
      title: "only untracked there",
      make: two,
      change: (r) => r.write("new.go", "package m\n"),
    },
  },
  {
    code: "other-module-changed",
    title: "a module inside of it",
    make: two,
    change: (r) => r.write("sub/s.go", "package s // changed\n"),
    argv: patch,
    text: /sub\/s\.go outside/,
    near: { title: "nothing changed", make: two },
  },
  {
    code: "no-remote",
    title: "there is none",
    change: (r) => void r.git("remote", "remove", "origin"),
    argv: patch,
    text: /no remote to push to/,
    cure: "--no-push",
    near: {
      title: "it has another name",
      change: (r) => void r.git("remote", "rename", "origin", "up"),
    },
  },
  {
    code: "no-remote",
    title: "none of that name",
    argv: ["patch", "--remote", "nowhere"],
    text: /no remote named nowhere; there is origin/,
    fix: /--remote/,
    near: { title: "one of two", change: (r) => void r.git("remote", "add", "nowhere", r.remote) },
  },
  {
    code: "no-remote",
    title: "several, and none is chosen",
    change: (r) => {
      r.git("remote", "rename", "origin", "one");
      r.git("remote", "add", "two", r.remote);
      r.git("switch", "-q", "-c", "feature", "--no-track");
    },
    argv: patch,
    text: /several remotes \(one, two\)/,
    fix: /--remote/,
    near: {
      title: "git's configuration chooses",
      change: (r) => {
        r.git("remote", "rename", "origin", "one");
        r.git("remote", "add", "two", r.remote);
        r.git("config", "remote.pushDefault", "two");
      },
    },
  },
  {
    code: "remote-unreachable",
    title: "nothing is there",
    change: (r) => Deno.removeSync(r.remote, { recursive: true }),
    argv: patch,
    text: /origin does not answer: /,
    cure: "--offline",
    near: {
      title: "an empty repository is there",
      change: (r) => {
        Deno.removeSync(r.remote, { recursive: true });
        run("git", ["init", "-q", "--bare", r.remote], { env: r.env });
      },
      has: "no-upstream",
    },
  },
  {
    code: "behind",
    title: "the remote has more",
    change: (r) => behind(r, false),
    argv: retract,
    text: /branch main is behind origin: it lacks 1 commit\./,
    cure: "git pull origin main",
    near: { title: "ahead" },
  },
  {
    code: "behind",
    title: "no commit is planned, and the remote has HEAD",
    level: "warn",
    change: (r) => behind(r, false),
    argv: patch,
    text: /main is behind origin/,
    near: { title: "level", change: (r) => void r.git("push", "-q", "origin", "main") },
  },
  {
    code: "behind",
    title: "both have more",
    change: (r) => behind(r, true),
    argv: patch,
    text: /different ways: 1 commit there, 1 commit only here/,
    cure: "git pull --rebase origin main",
    near: {
      title: "another branch has more",
      change: (r) => {
        behind(r, false);
        r.git("push", "-q", "origin", "origin/main:refs/heads/next");
        r.git("push", "-q", "--force", "origin", "main");
      },
    },
  },
  {
    code: "behind",
    title: "what the remote has was never fetched",
    change: pushedElsewhere,
    argv: patch,
    text: /branch main is behind origin: it lacks commits that were never fetched/,
    cure: "git pull --rebase origin main",
    near: {
      title: "it lies on a branch of another name",
      change: (r) => {
        pushedElsewhere(r);
        r.git("switch", "-q", "-c", "release", "--no-track");
      },
      has: "no-upstream",
    },
  },
  {
    code: "no-upstream",
    title: "a branch that is only here",
    change: (r) => void r.git("switch", "-q", "-c", "release", "--no-track"),
    argv: patch,
    text: /release is not on origin yet; it goes with the tag/,
    near: {
      title: "it follows another one",
      change: (r) => {
        r.git("switch", "-q", "-c", "release", "--no-track");
        r.git("branch", "-q", "--set-upstream-to=origin/main");
      },
    },
  },
  {
    code: "not-asked",
    title: "--offline",
    argv: ["patch", "--offline"],
    text: /remote was not asked \(--offline\)/,
    near: { title: "online", argv: ["patch", "--wait", "1s", "--accept", "proxy-unset"] },
  },
];

function touch(repo: Repo, path: string): void {
  const file = join(repo.dir, path);
  const now = Date.now() / 1000;
  Deno.utimeSync(file, now + 10, now + 10);
}
