/** Repositories that git itself, or where they stand, makes unfit for a release. */
import { join } from "node:path";
import { goMod } from "../support/released.ts";
import { Repo, run } from "../support/repo.ts";
import type { Case } from "./prove.ts";
import { gitAlone } from "./users.ts";

const patch = ["patch"];
const retract = ["retract", "v1.0.0", "--reason", "panics on nil"];

/** A git on PATH that says another version of itself, and is the real one otherwise. */
function gitOf(repo: Repo, version: string): Record<string, string> {
  const path = Deno.env.get("PATH") ?? "";
  const script = '#!/bin/sh\nif [ "$*" = version ]; then echo "git version ' + version +
    `"; else PATH='${path}' exec git "$@"; fi\n`;
  Deno.writeTextFileSync(join(repo.home, "git"), script);
  Deno.chmodSync(join(repo.home, "git"), 0o755);
  return { PATH: `${repo.home}:${path}` };
}

/** Runs git, which stops in the middle as it is meant to. */
function stopsAt(repo: Repo, ...args: string[]): void {
  try {
    repo.git(...args);
  } catch {
    return;
  }
  throw new Error(`git ${args.join(" ")} did not stop`);
}

/** main and `side` change the same line. */
function conflicting(repo: Repo): void {
  repo.git("switch", "-qc", "side", "HEAD~1");
  repo.commit("side", { "m.go": "package m // side\n" });
  repo.git("switch", "-q", "main");
}

/** A clone of the remote beside the work tree; its path. */
function clone(repo: Repo, ...args: string[]): void {
  repo.git("push", "-q", "origin", "main");
  run("git", ["clone", "-q", ...args, `file://${repo.remote}`, inClone(repo)], { env: repo.env });
}

const inClone = (repo: Repo) => repo.folder.join("clone");

const underWay: [title: string, begin: (repo: Repo) => void, abort: string][] = [
  ["merge", (r) => {
    conflicting(r);
    stopsAt(r, "merge", "side");
  }, "git merge --abort"],
  ["rebase", (r) => {
    conflicting(r);
    stopsAt(r, "rebase", "side");
  }, "git rebase --abort"],
  ["am", (r) => {
    conflicting(r);
    const patches = r.git("format-patch", "-1", "--stdout", "side");
    const file = join(r.home, "side.patch");
    Deno.writeTextFileSync(file, patches + "\n");
    stopsAt(r, "am", file);
  }, "git am --abort"],
  ["cherry-pick", (r) => {
    conflicting(r);
    stopsAt(r, "cherry-pick", "side");
  }, "git cherry-pick --abort"],
  ["revert", (r) => {
    r.commit("more", { "m.go": "package m // more\n" });
    stopsAt(r, "revert", "HEAD~1");
  }, "git revert --abort"],
  ["bisect", (r) => {
    r.commit("more", { "m.go": "package m // more\n" });
    r.git("bisect", "start");
  }, "git bisect reset"],
];

/** What is to be found of a merge, a rebase … that has ended well. */
function ended(repo: Repo): void {
  repo.git("switch", "-qc", "side", "HEAD~1");
  repo.commit("side", { "s.go": "package m\n" });
  repo.git("cherry-pick", "main");
  repo.git("revert", "--no-edit", "HEAD");
  repo.git("switch", "-q", "main");
  repo.git("merge", "-q", "side");
  repo.git("rebase", "-q", "--force-rebase", "HEAD~1");
}

export const repository: Case[] = [
  {
    code: "not-a-repository",
    title: "a folder without one",
    at: (r) => r.folder.path,
    argv: patch,
    text: /no git repository at .* or above it/,
    fix: /-C/,
    cure: (r) => {
      run("git", ["init", "-q"], { cwd: r.folder.path, env: r.env });
    },
    then: "no-commit",
    accept: "never",
    near: {
      title: "a folder inside of one",
      change: (r) => r.write("a/b.go", ""),
      at: (r) => join(r.dir, "a"),
    },
  },
  {
    code: "not-a-repository",
    title: "another version control",
    change: (r) => Deno.mkdirSync(r.folder.join(".hg")),
    at: (r) => r.folder.path,
    argv: patch,
    text: /Mercurial.*gorel knows git only/,
    accept: "never",
    near: { title: "both", change: (r) => r.write(".hg/x", ""), at: (r) => r.dir },
  },
  {
    code: "not-a-repository",
    title: "git's own folder",
    at: (r) => join(r.dir, ".git"),
    argv: patch,
    text: /git's own folder/,
    fix: /-C/,
    accept: "never",
    near: {
      title: "a folder named like it",
      change: (r) => r.write("x.git/a.go", ""),
      at: (r) => join(r.dir, "x.git"),
    },
  },
  {
    code: "not-a-repository",
    title: "one that belongs to somebody else",
    env: () => ({ GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" }),
    argv: ["patch", "--offline"],
    text: /Git refuses the repository at .*dubious ownership/,
    accept: "never",
    cure: (r) => void r.git("config", "--global", "--add", "safe.directory", r.dir),
    fix: /^git config --global --add safe\.directory \S+$/,
    near: {
      title: "git was told that it is safe",
      change: (r) => void r.git("config", "--global", "--add", "safe.directory", r.dir),
    },
  },
  {
    code: "git-missing",
    title: "nothing of that name on PATH",
    env: (r) => ({ PATH: r.home }),
    argv: patch,
    text: /not on PATH/,
    fix: /install git 2\.36/,
    accept: "never",
    near: { title: "git is there, go is not", env: (r) => ({ PATH: gitAlone(r) }) },
  },
  {
    code: "git-missing",
    title: "one that is too old",
    env: (r) => gitOf(r, "2.35.9"),
    argv: patch,
    text: /is 2\.35; gorel needs 2\.36/,
    accept: "never",
    near: { title: "the oldest one", env: (r) => gitOf(r, "2.36.0") },
  },
  {
    code: "no-commit",
    title: "a repository that was just made",
    make: () => new Repo(),
    change: (r) => r.write("go.mod", goMod),
    argv: ["patch", "--no-push"],
    text: /no commit yet/,
    cure: (r) => void r.commit("begin"),
    accept: "never",
    near: { title: "one commit", change: (r) => void r.commit("begin", { "go.mod": goMod }) },
  },
  ...underWay.map(([title, begin, abort]): Case => ({
    code: "in-progress",
    title,
    change: begin,
    argv: patch,
    text: new RegExp(`${title} is under way`),
    cure: abort,
    accept: "never",
    near: { title: "all that has ended", change: ended },
  })),
  {
    code: "detached-head",
    title: "the plan has a commit",
    change: (r) => void r.git("switch", "-q", "--detach"),
    argv: retract,
    text: /no branch/,
    cure: (r) => void r.git("switch", "-q", "main"),
    near: {
      title: "the plan has none",
      change: (r) => void r.git("switch", "-q", "--detach"),
      argv: patch,
    },
  },
  {
    code: "shallow",
    title: "the history ends before the last release",
    change: (r) => clone(r, "--depth", "1"),
    at: inClone,
    argv: patch,
    text: /The clone is shallow: its history ends/,
    cure: "git fetch --unshallow --tags",
    near: { title: "the last release is still in it", change: (r) => clone(r, "--depth", "2") },
  },
  {
    code: "shallow",
    title: "nobody was asked whether there is a release",
    change: (r) => clone(r, "--depth", "1", "--no-tags"),
    at: inClone,
    argv: ["patch", "--offline"],
    text: /The clone is shallow: its history ends/,
    fix: /gorel vX\.Y\.Z/,
    near: {
      title: "the version is named",
      change: (r) => clone(r, "--depth", "1", "--no-tags"),
      argv: ["v1.0.1", "--offline"],
    },
  },
  {
    code: "no-identity",
    title: "git knows no name",
    change: (r) =>
      Deno.writeTextFileSync(join(r.home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n"),
    argv: patch,
    text: /does not know who/,
    cure:
      'git config --global user.name "Your Name"; git config --global user.email you@example.com',
    near: {
      title: "the environment says it",
      change: (r) =>
        Deno.writeTextFileSync(join(r.home, "gitconfig"), "[user]\n\tuseConfigOnly = true\n"),
      env: () => ({
        GIT_AUTHOR_NAME: "A",
        GIT_AUTHOR_EMAIL: "a@example.com",
        GIT_COMMITTER_NAME: "A",
        GIT_COMMITTER_EMAIL: "a@example.com",
      }),
    },
  },
  {
    code: "unsupported-repository",
    title: "a bare one",
    at: (r) => r.remote,
    argv: patch,
    text: /bare repository/,
    accept: "never",
    fix: /a clone of it/,
    near: { title: "a clone of it", change: (r) => clone(r), at: inClone },
  },
  {
    code: "unsupported-repository",
    title: "an extension that this git does not know",
    change: (r) => {
      r.git("config", "core.repositoryFormatVersion", "1");
      r.git("config", "extensions.tomorrow", "true");
    },
    argv: patch,
    text: /tomorrow/,
    fix: /newer git/,
    accept: "never",
    near: {
      title: "one that it knows",
      change: (r) => {
        r.git("config", "core.repositoryFormatVersion", "1");
        r.git("config", "extensions.noop", "true");
      },
    },
  },
  ...["index", "HEAD", "packed-refs", "refs/heads/main"].map((name): Case => ({
    code: "locked",
    title: `git's lock of ${name}`,
    change: (r) => r.write(`.git/${name}.lock`, ""),
    argv: patch,
    text: new RegExp(`${name}\\.lock`),
    fix: /remove the lock file/,
    cure: (r) => Deno.removeSync(join(r.dir, ".git", `${name}.lock`)),
    near: {
      title: "a lock of another branch",
      change: (r) => r.write(".git/refs/heads/other.lock", ""),
    },
  })),
];
