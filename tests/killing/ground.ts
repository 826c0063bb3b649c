/**
 * What releases are killed on: a repository in which somebody else's work lies about, copied
 * for every case, and the judge of what is left of it.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { Folder, Repo, run, snapshotFolder, tryRun } from "../support/repo.ts";

/** Everything in which a byte of the user's could be lost, or a trace of ours be left. */
export interface Picture {
  Files: Record<string, string>;
  /** `git status`, the index by its entries, refs, HEAD, stashes and the configuration. */
  Status: string;
  Index: string;
  Refs: string;
  Head: string;
  Stash: string;
  Config: string;
  /** Branches and tags of the remote. */
  Remote: string;
}

/** example.com/m with three releases, and beside it a changed module, a stash, ignored and untracked files. */
function furnish(repo: Repo): void {
  const goMod = "module example.com/m\n\ngo 1.21\n";
  repo.commit("begin", {
    "go.mod": goMod,
    "m.go": "package m\n",
    "LICENSE": "free\n",
    ".gitignore": "*.log\n",
    "tools/go.mod": "module example.com/m/tools\n\ngo 1.21\n",
    "tools/a.go": "package tools\n",
    "tools/b.go": "package tools\n",
  });
  repo.tag("v0.9.0");
  repo.commit("more", { "m.go": "package m\n\n// more\n" });
  repo.tag("v1.0.0");
  repo.commit("bad", { "m.go": "package m\n\n// bad\n" });
  repo.tag("v1.1.0");
  repo.withRemote();
  repo.commit("fix: a crash", { "m.go": "package m\n\n// fixed\n" });
  repo.write("tools/a.go", "package tools\n\n// stashed\n");
  repo.git("stash", "-q");
  repo.write("tools/a.go", "package tools\n\n// changed\n");
  repo.write("tools/b.go", "package tools\n\n// staged\n");
  repo.write("tools/new.go", "package tools\n");
  repo.git("add", "tools/b.go", "tools/new.go");
  repo.write("tools/b.go", "package tools\n\n// staged, then changed\n");
  repo.write("notes.txt", "untracked\n");
  repo.write("debug.log", "ignored\n");
}

/** The first of its kind, from which every case gets a copy of its own. */
export class Template implements Disposable {
  readonly repo = new Repo();

  /** `prepare` changes the repository before it is copied. */
  constructor(prepare: (repo: Repo) => void = () => {}) {
    furnish(this.repo);
    prepare(this.repo);
  }

  [Symbol.dispose](): void {
    this.repo[Symbol.dispose]();
  }

  /** `below`: the folder that the copy is made in. */
  copy(below?: string): Ground {
    return new Ground(this.repo, below);
  }
}

/** A copy with its own bare remote. */
export class Ground implements Disposable {
  readonly folder: Folder;
  readonly dir: string;
  readonly remote: string;
  readonly env: Record<string, string>;
  before: Picture;

  constructor(from: Repo, below?: string) {
    this.folder = new Folder(below && Deno.makeTempDirSync({ dir: below }));
    run("cp", ["-a", from.folder.path + "/.", this.folder.path]);
    this.dir = this.folder.join("work");
    this.remote = this.folder.join("remote.git");
    const moved = (text: string) => text.replaceAll(from.folder.path, this.folder.path);
    // What is killed leaves its temporary files: they go with the ground.
    const TMPDIR = this.folder.join("tmp");
    Deno.mkdirSync(TMPDIR);
    this.env = {
      ...Object.fromEntries(Object.entries(from.env).map(([k, v]) => [k, moved(v)])),
      TMPDIR,
    };
    for (const config of [this.gitDir("config"), this.folder.join("home", "gitconfig")]) {
      Deno.writeTextFileSync(config, moved(Deno.readTextFileSync(config)));
    }
    this.before = this.picture();
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  gitDir(...names: string[]): string {
    return join(this.dir, ".git", ...names);
  }

  git(...args: string[]): string {
    return run("git", args, { cwd: this.dir, env: { ...this.env, GIT_OPTIONAL_LOCKS: "0" } })
      .trimEnd();
  }

  onRemote(...args: string[]): string {
    return run("git", args, { cwd: this.remote, env: this.env }).trimEnd();
  }

  /** Gives the remote another URL. */
  reach(url: string): void {
    this.git("remote", "set-url", "origin", url);
    this.before = this.picture();
  }

  /** Whether a release was begun here and not ended. */
  get begun(): boolean {
    return names(this.gitDir("gorel")).some((name) => name.endsWith(".journal"));
  }

  picture(): Picture {
    return {
      Files: snapshotFolder(this.dir, (path) => path === ".git"),
      Status: this.git("status", "--porcelain=v2", "--untracked-files=all"),
      Index: this.git("ls-files", "--stage", "-v"),
      Refs: refs(this.git("for-each-ref", "--format=%(refname) %(objectname)")),
      Head: Deno.readTextFileSync(this.gitDir("HEAD")),
      Stash: this.git("stash", "list", "--format=%H"),
      Config: Deno.readTextFileSync(this.gitDir("config")),
      Remote: this.onRemote("for-each-ref", "--format=%(refname) %(objectname)"),
    };
  }

  /** Nothing was released: all is as it was. */
  judgeNone(context: string): void {
    const now = this.picture();
    assert.deepEqual(now, this.before, context);
    this.#judgeRest(context);
  }

  /**
   * Exactly one release: its tags, `branches` and the branch are here and there alike, `commits`
   * more than before, and of the files only those that the release wrote have changed. What it
   * `included` is committed now.
   */
  judgeReleased(
    released: string | readonly string[],
    wrote: readonly string[],
    commits: number,
    context: string,
    included: readonly string[] = [],
    branches: readonly string[] = [],
  ): void {
    const now = this.picture();
    const { before } = this;
    assert.equal(
      now.Remote,
      refs(now.Refs, (name) => /^refs\/(heads|tags)\//.test(name)),
      `${context}: local and remote refs`,
    );
    const named = (text: string): string[] => text.match(/refs\/(heads|tags)\/\S+/g) ?? [];
    assert.deepEqual(
      named(now.Remote).filter((name) => !named(before.Remote).includes(name)),
      [
        ...branches.map((name) => `refs/heads/${name}`),
        ...[released].flat().map((tag) => `refs/tags/${tag}`),
      ],
      `${context}: new refs`,
    );
    const old = /refs\/heads\/main (\S+)/.exec(before.Refs)![1]!;
    assert.equal(this.git("rev-list", "--count", `${old}..main`), String(commits), context);
    for (const path of new Set([...Object.keys(before.Files), ...Object.keys(now.Files)])) {
      if (wrote.includes(path)) {
        const here = now.Files[path]?.slice(2);
        assert.equal(here, this.git("show", `main:${path}`) + "\n", `${context}: ${path}`);
        assert.notEqual(here, before.Files[path]?.slice(2), `${context}: ${path} was written`);
      } else assert.equal(now.Files[path], before.Files[path], `${context}: ${path}`);
    }
    const rest = (status: string) =>
      status.split("\n").filter((line) => !included.some((path) => line.endsWith(` ${path}`)));
    assert.deepEqual(rest(now.Status), rest(before.Status), `${context}: status`);
    for (const key of ["Head", "Stash", "Config"] as const) {
      assert.equal(now[key], before[key], `${context}: ${key}`);
    }
    this.#judgeRest(context);
  }

  /** Both sides are sound, and nothing of ours or of a killed git's is left. */
  #judgeRest(context: string): void {
    for (const dir of [this.dir, this.remote]) {
      const { code, stdout, stderr } = tryRun("git", ["fsck", "--strict", "--no-dangling"], {
        cwd: dir,
        env: this.env,
      });
      const said = (stdout + stderr).split("\n").filter((l) => !/^(notice:|$)/.test(l));
      assert.deepEqual([code, said], [0, []], `${context}: git fsck`);
    }
    assert.deepEqual(names(this.gitDir("gorel")), [], `${context}: .git/gorel`);
    assert.deepEqual(this.locks(), [], `${context}: locks`);
  }

  /** Lock files of git that are there now. */
  locks(): string[] {
    const found: string[] = [];
    const walk = (dir: string) => {
      for (const entry of Deno.readDirSync(dir)) {
        const path = join(dir, entry.name);
        if (entry.isDirectory && entry.name !== "objects") walk(path);
        else if (/\.lock$|\.gorel/.test(entry.name)) found.push(path);
      }
    };
    walk(this.gitDir());
    return found;
  }
}

/** Lines in their order, without those of the remote's branches here. */
function refs(text: string, wanted = (name: string) => !name.startsWith("refs/remotes/")): string {
  return text.split("\n").filter((line) => wanted(line.split(" ")[0]!)).join("\n");
}

function names(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name);
  } catch {
    return [];
  }
}
