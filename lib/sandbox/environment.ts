/**
 * The environment of everything that runs in the sandbox: the machine's own, without what
 * would lead git, go or gorel out of it.
 */
import { join } from "node:path";
import type { Services } from "../services.ts";
import { author } from "./sample.ts";

/** Where things are in a sandbox, from its folder. */
export const places = {
  home: "home",
  work: "greet",
  remote: "greet.git",
  /** GOPATH; the module cache lies in it. */
  go: "go",
  build: "build",
  cache: "cache",
  /** Where go reads that it should count nothing; counting goes on after it has ended. */
  telemetry: "home/.config/go/telemetry",
} as const;

/** Settings of the user that would reach into the sandbox; what git and go need to be found stays. */
const foreign =
  /^(GIT_(?!EXEC_PATH$)|GO(?!ROOT$)[A-Z0-9]+$|CGO_|GOREL_(?!MOTION$|EXECUTABLE$)|XDG_)/;

/** Gives the environment of a sandbox in `root`, with its module proxy at `proxyUrl`. */
export function sandboxEnvironment(
  env: Readonly<Record<string, string>>,
  root: string,
  proxyUrl: string,
): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: join(root, places.home),
    GIT_CONFIG_GLOBAL: join(root, places.home, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GOREL_CACHE: join(root, places.cache),
    GOENV: "off",
    // The module cache is read-only otherwise, and could not simply be removed.
    GOFLAGS: "-modcacherw",
    GOPROXY: proxyUrl,
    GONOPROXY: "",
    GOPRIVATE: "",
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GOPATH: join(root, places.go),
    GOMODCACHE: join(root, places.go, "mod"),
    GOCACHE: join(root, places.build),
  };
}

/** Git's configuration in the sandbox. */
export const gitConfig = `[user]
	name = ${author.Name}
	email = ${author.Email}
[init]
	defaultBranch = main
[gc]
	auto = 0
`;

/**
 * The services with another environment for everything they start, and with a network that
 * holds one server: whatever is fetched, it is asked. What runs is in `running` until it ends.
 */
export function inside(
  services: Services,
  env: Readonly<Record<string, string>>,
  server: Deno.HttpClient,
  running: Set<Promise<unknown>>,
): Services {
  const removed = Object.fromEntries(
    Object.keys(services.env).filter((name) => !(name in env)).map((name) => [name, undefined]),
  );
  return {
    ...services,
    env,
    processes: {
      run(program, args, options = {}) {
        const ran = services.processes.run(program, args, {
          ...options,
          env: { ...removed, ...env, ...options.env },
        });
        running.add(ran);
        return ran.finally(() => running.delete(ran));
      },
    },
    fetch: (input, init) => services.fetch(input, { ...init, client: server }),
  };
}

/**
 * The variables that make git, go and gorel use the sandbox, as lines of a POSIX shell. HOME is
 * not among them: other programs that are started from that shell have their files there.
 */
export function exportLines(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .filter(([name]) => foreign.test(name))
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");
}
