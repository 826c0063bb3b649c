/** The real go command, kept away from public servers and from this machine's caches. */
import { Folder, tryRun } from "./repo.ts";

/** Reports whether the go command is on PATH. */
export const hasGo: boolean = (() => {
  try {
    return tryRun("go", ["version"], {
      env: { HOME: "/", GOTOOLCHAIN: "local" },
    }).code === 0;
  } catch {
    return false;
  }
})();

/** The build cache of this machine: what go compiled once, of its own library above all, is right for ever. */
export const buildCache: string = (() => {
  const { GOCACHE, XDG_CACHE_HOME, HOME = "/" } = Deno.env.toObject();
  return GOCACHE ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/go-build`;
})();

/** Options for a test that needs go: without it the test is skipped, and its name says why. */
export function needsGo(name: string): { name: string; ignore: boolean } {
  return { name: hasGo ? name : `${name} (skipped: no go command on PATH)`, ignore: !hasGo };
}

/** A go command with a module cache of its own. GOPROXY is off unless given. */
export class Go implements Disposable {
  readonly folder = new Folder();
  constructor(readonly env: Record<string, string> = {}) {}

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }

  /** Runs go in a folder; default is an empty one of its own. */
  run(args: string[], cwd?: string): { code: number; stdout: string; stderr: string } {
    return tryRun("go", args, { cwd: cwd ?? this.folder.path, env: this.#environment() });
  }

  /** As run, while a server of the same process can answer. */
  async start(
    args: string[],
    cwd?: string,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const { code, stdout, stderr } = await new Deno.Command("go", {
      args,
      clearEnv: true,
      env: { PATH: Deno.env.get("PATH") ?? "", ...this.#environment() },
      cwd: cwd ?? this.folder.path,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  #environment(): Record<string, string> {
    return {
      HOME: this.folder.path,
      GOPATH: this.folder.join("gopath"),
      GOMODCACHE: this.folder.join("mod"),
      GOCACHE: buildCache,
      GOENV: "off",
      GOFLAGS: "-mod=mod",
      GOPROXY: "off",
      GOSUMDB: "off",
      GOTOOLCHAIN: "local",
      GOWORK: "off",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      ...this.env,
    };
  }
}
