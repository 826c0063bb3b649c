/** Real git repositories in temporary folders, with a git configuration of their own. */
import { dirname, join } from "node:path";

/** Variables that make git the same on every machine. `HOME` is a folder of the test's own. */
export function gitEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
  };
}

/** The settings of a user who has nothing else set. */
export const userConfig = `[user]
	name = Ada Example
	email = ada@example.com
[init]
	defaultBranch = main
[protocol "file"]
	allow = always
[advice]
	detachedHead = false
[maintenance]
	auto = false
[receive]
	autogc = false
`;

/** A temporary folder that is removed when the `using` block ends. */
export class Folder implements Disposable {
  constructor(
    readonly path: string = Deno.makeTempDirSync({ prefix: "gorel-test-" }),
  ) {}
  join(...parts: string[]): string {
    return join(this.path, ...parts);
  }
  [Symbol.dispose](): void {
    const writable = (path: string) => {
      for (const entry of Deno.readDirSync(path)) {
        if (!entry.isDirectory) continue;
        const below = join(path, entry.name);
        Deno.chmodSync(below, 0o755);
        writable(below);
      }
    };
    for (let tries = 1;; tries++) {
      try {
        return Deno.removeSync(this.path, { recursive: true });
      } catch (error) {
        if (tries === 20) throw error;
        // A go command leaves a process behind that counts its uses in HOME for a moment.
        if (tries > 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
        // The module cache is read-only until it is made writable.
        writable(this.path);
      }
    }
  }
}

/** Runs a program to its end and gives its standard output; throws with its errors if it fails. */
export function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; stdin?: string } = {},
): string {
  const result = tryRun(program, args, options);
  if (result.code !== 0) {
    throw new Error(
      `${program} ${args.join(" ")}: exit ${result.code}\n${result.stdout}${result.stderr}`,
    );
  }
  return result.stdout;
}

/** Runs a program to its end, whatever its exit code. */
export function tryRun(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string>; stdin?: string } = {},
): { code: number; stdout: string; stderr: string } {
  if (options.stdin !== undefined) {
    const file = Deno.makeTempFileSync();
    Deno.writeTextFileSync(file, options.stdin);
    try {
      return tryRun("sh", [
        "-c",
        'input="$1"; shift; exec "$@" <"$input"',
        "sh",
        file,
        program,
        ...args,
      ], {
        ...options,
        stdin: undefined as never,
      });
    } finally {
      Deno.removeSync(file);
    }
  }
  const { code, stdout, stderr } = new Deno.Command(program, {
    args,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdin: "null",
  }).outputSync();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}

/** A scratch repository and, if asked for, its bare remote `origin`. */
export class Repo implements Disposable {
  readonly folder: Folder;
  readonly home: string;
  readonly env: Record<string, string>;
  /** The work tree. */
  readonly dir: string;
  /** The bare remote, once `withRemote` was called. */
  readonly remote: string;
  #second = 0;

  constructor(name = "work") {
    this.folder = new Folder();
    this.home = this.folder.join("home");
    this.dir = this.folder.join(name);
    this.remote = this.folder.join("remote.git");
    this.env = gitEnvironment(this.home);
    Deno.mkdirSync(this.home);
    Deno.writeTextFileSync(join(this.home, "gitconfig"), userConfig);
    Deno.mkdirSync(this.dir);
    this.git("init", "-q");
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  /** Runs git in the work tree; every call is a minute later than the one before. */
  git(...args: string[]): string {
    const date = `2026-01-01T00:00:00Z`;
    const at = new Date(Date.parse(date) + 60_000 * this.#second++)
      .toISOString();
    return run("git", args, {
      cwd: this.dir,
      env: { ...this.env, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
    }).trimEnd();
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.dir, path);
    Deno.mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(file, content);
    else Deno.writeFileSync(file, content);
  }

  read(path: string): string {
    return Deno.readTextFileSync(join(this.dir, path));
  }

  /** Writes the files, commits all that changed, and gives the commit's id. */
  commit(
    message: string,
    files: Record<string, string | Uint8Array> = {},
  ): string {
    for (const [path, content] of Object.entries(files)) {
      this.write(path, content);
    }
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  /** An annotated tag at HEAD. */
  tag(name: string, at = "HEAD"): void {
    this.git("tag", "-a", "-m", name, name, at);
  }

  /** Makes the bare remote and pushes everything to it. */
  withRemote(): this {
    run("git", ["init", "-q", "--bare", this.remote], { env: this.env });
    this.git("remote", "add", "origin", this.remote);
    this.git("push", "-q", "-u", "origin", "HEAD");
    this.git("push", "-q", "origin", "--tags");
    return this;
  }

  /** Runs git in the bare remote. */
  onRemote(...args: string[]): string {
    return run("git", args, { cwd: this.remote, env: this.env }).trimEnd();
  }
}

/** Every file below a folder with its bytes as latin-1 text, for comparisons of whole folders. */
export function snapshotFolder(
  root: string,
  skip: (path: string) => boolean = () => false,
): Record<string, string> {
  const out: Record<string, string> = {};
  const walk = (dir: string, prefix: string) => {
    for (
      const entry of [...Deno.readDirSync(dir)].sort((
        a,
        b,
      ) => (a.name < b.name ? -1 : 1))
    ) {
      const path = prefix + entry.name;
      if (skip(path)) continue;
      const full = join(dir, entry.name);
      if (entry.isSymlink) out[path] = "-> " + Deno.readLinkSync(full);
      else if (entry.isDirectory) walk(full, path + "/");
      else {
        const mode = Deno.statSync(full).mode ?? 0;
        out[path] = (mode & 0o100 ? "x " : "  ") +
          new TextDecoder("latin1").decode(Deno.readFileSync(full));
      }
    }
  };
  walk(root, "");
  return out;
}
