/** One module in a repository of some form, and gorel in it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { run as release } from "../../commands/release.ts";
import { run as undo } from "../../commands/undo.ts";
import type { CommandModule } from "../../lib/cli/answer.ts";
import { machine } from "../../lib/cli/machine.ts";
import { parse } from "../../lib/cli/parser.ts";
import type { Outcome } from "../../lib/plan/types.ts";
import { Refused } from "../../lib/problem.ts";
import { Folder, gitEnvironment, run, tryRun, userConfig } from "../support/repo.ts";

const config = `${userConfig}[gc]
	auto = 0
`;

export const goMod = "// Package m is here.\nmodule example.com/m\n\ngo 1.21\n";

/** How a ground begins; each form changes what it is about. */
export interface Begin {
  /** Further files of the first commit. */
  files?: Record<string, string | Uint8Array>;
  /** Options of `git init`, for the remote too. */
  init?: string[];
  /** Options of `git init` for the work tree alone. */
  initHere?: string[];
  /** The git program; default is the one on PATH. */
  git?: string;
  /** Settings of the user, before anything is made. */
  settings?: Record<string, string>;
  branch?: string;
}

/**
 * example.com/m with v1.0.0 on its bare remote and a fix that is not pushed; beside it lie
 * a file that git ignores and one that it does not know.
 */
export class Ground implements Disposable {
  readonly folder = new Folder();
  readonly env: Record<string, string>;
  readonly remote: string;
  /** The work tree. A form that moves it says so. */
  dir: string;
  /** Where gorel is started, and with what besides the usual environment. */
  stand: string;
  variables: Record<string, string> = {};
  /** Further words of every gorel command line. */
  flags: string[] = [];
  branch: string;
  prefix = "";
  /** The module's go.mod, from the top. */
  goMod = "go.mod";
  /** Its branch on the remote is to follow; false: it has none there. */
  follows = true;
  #minute = 0;

  constructor(readonly begin: Begin = {}) {
    this.remote = this.folder.join("remote.git");
    this.dir = this.stand = this.folder.join("work");
    this.branch = begin.branch ?? "main";
    const home = this.folder.join("home");
    this.env = gitEnvironment(home);
    if (begin.git !== undefined && begin.git.includes("/")) {
      const bin = begin.git.replace(/\/[^/]*$/, "");
      this.env.PATH = `${bin}:${Deno.env.get("PATH") ?? ""}`;
    }
    if (Object.keys(begin).length > 0) {
      this.#make(begin);
    } else {
      run("cp", ["-a", `${plain()}/.`, this.folder.path]);
      this.#minute = 60;
    }
  }

  #make(begin: Begin): void {
    const home = this.folder.join("home");
    Deno.mkdirSync(home);
    Deno.writeTextFileSync(join(home, "gitconfig"), config);
    for (const [key, value] of Object.entries(begin.settings ?? {})) {
      this.run("git", ["config", "--global", key, value], this.folder.path);
    }
    const init = begin.init ?? [];
    this.run("git", ["init", "-q", "--bare", ...init, this.remote], this.folder.path);
    Deno.mkdirSync(this.dir);
    this.git("init", "-q", "-b", this.branch, ...init, ...begin.initHere ?? []);
    this.commit("begin", {
      "go.mod": goMod,
      "m.go": "package m\n",
      "sub/s.go": "package sub\n",
      "LICENSE": "free\n",
      ".gitignore": "*.ignored\n",
      ...begin.files,
    });
    this.git("tag", "-a", "-m", "v1.0.0", "v1.0.0");
    this.git("remote", "add", "origin", "../remote.git");
    this.git("push", "-q", "-u", "origin", "HEAD", "v1.0.0");
    this.commit("fix: a crash", { "m.go": "package m\n\n// fixed\n" });
    this.write("notes.ignored", "mine\n");
    this.write("untracked.txt", "mine too\n");
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  run(program: string, args: string[], cwd: string): string {
    const date = new Date(Date.UTC(2026, 0, 1) + 60_000 * this.#minute++).toISOString();
    const env = { ...this.env, ...this.variables };
    return run(program, args, {
      cwd,
      env: { ...env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    }).replace(/\n$/, "");
  }

  /** Git in the work tree. */
  git(...args: string[]): string {
    return this.run("git", args, this.dir);
  }

  /** Git in the bare remote. */
  onRemote(...args: string[]): string {
    return run("git", args, { cwd: this.remote, env: this.env }).replace(/\n$/, "");
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.dir, path);
    Deno.mkdirSync(join(file, ".."), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(file, content);
    else Deno.writeFileSync(file, content);
  }

  commit(message: string, files: Record<string, string | Uint8Array>): void {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git("add", "--", ...Object.keys(files));
    this.git("commit", "-q", "-m", message);
  }

  /** Moves the ground into a fresh clone, made with these options. */
  clone(options: string[], from = `file://${this.remote}`): void {
    this.git("push", "-q", "origin", "HEAD");
    const dir = this.folder.join("clone");
    this.run("git", ["clone", "-q", ...options, from, dir], this.folder.path);
    this.dir = this.stand = dir;
    this.git("remote", "set-url", "origin", `file://${this.remote}`);
    this.git("fetch", "-q", "origin");
    this.write("notes.ignored", "mine\n");
    this.write("untracked.txt", "mine too\n");
  }

  /** Runs a gorel command in this process; a refusal is its codes. */
  async gorel(command: CommandModule["run"], ...words: string[]): Promise<Outcome | string[]> {
    const line = parse([...words, "--json"], {});
    if ("Help" in line) throw new Error("help");
    const options = { command: line.word, args: line.args, flags: line.flags, cwd: this.stand };
    const env = {
      PATH: Deno.env.get("PATH") ?? "",
      GOENV: "off",
      GOPROXY: "off",
      ...this.env,
      ...this.variables,
    };
    try {
      const answer = await command(options, machine(env), new AbortController().signal);
      assert.equal(answer.Kind, "outcome");
      return answer.Kind === "outcome" ? answer.Outcome : [];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.said = error.problems.map((p) => p.Text).join("\n");
      return error.problems.filter((p) => p.Level === "stop").map((p) => p.Code);
    }
  }
  said = "";

  release(...words: string[]): Promise<Outcome | string[]> {
    return this.gorel(release, ...words, ...this.flags, "--yes", "--no-wait");
  }

  undo(): Promise<Outcome | string[]> {
    return this.gorel(undo, "undo");
  }

  /** All that is the user's: refs, HEAD, what the index says, the files, their status, the remote. */
  state(): Record<string, unknown> {
    const reflog = tryRun("git", ["reflog", "show", this.branch], {
      cwd: this.dir,
      env: { ...this.env, ...this.variables },
    });
    return {
      refs: this.git("for-each-ref"),
      head: this.git("rev-parse", "--symbolic-full-name", "HEAD") + this.git("rev-parse", "HEAD"),
      reflog: reflog.stdout,
      index: this.git("ls-files", "--stage", "-v"),
      status: this.git("status", "--porcelain=v2", "--untracked-files=all"),
      files: this.files(),
      remote: this.onRemote("for-each-ref"),
    };
  }

  files(): Record<string, string> {
    return contents(this.dir, "-name .git -prune -o");
  }
}

let made: Ground | undefined;

/** The folder of a ground without anything special, which is made once and copied. */
function plain(): string {
  if (!made) {
    const ground = made = new Ground({ branch: "main" });
    addEventListener("unload", () => ground[Symbol.dispose]());
  }
  return made.folder.path;
}

/** Every file below a folder: its mode and the sum of its bytes, whatever bytes its name has. */
export function contents(folder: string, except = ""): Record<string, string> {
  const script = `find . ${except} -type f -exec sha256sum {} + &&
    find . ${except} '(' -type f -printf "%m  %p\\n" -o -type l -printf "%l  %p\\n" ')'`;
  const found: Record<string, string> = {};
  for (const line of run("sh", ["-c", script], { cwd: folder }).split("\n")) {
    const at = line.indexOf("  ");
    const path = line.slice(at + 2).replace(/^\.\//, "");
    if (at >= 0) found[path] = `${found[path] ?? ""} ${line.slice(0, at)}`;
  }
  return found;
}
