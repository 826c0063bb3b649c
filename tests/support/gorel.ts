/** Runs the real program as a process of its own. */
import { fileURLToPath } from "node:url";

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** Standard output as JSON; throws when it is not exactly one document. */
  // deno-lint-ignore no-explicit-any
  readonly json: any;
}

const main = fileURLToPath(new URL("../../main.ts", import.meta.url));
const config = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** The permissions of `deno task release`. */
export const permissions = [
  "--no-prompt",
  "--allow-env",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--allow-run=git,go,sh",
];

export interface Setting {
  cwd: string;
  env?: Record<string, string>;
  stdin?: string;
  /** In a group of processes of its own, named by its id. */
  group?: boolean;
}

/**
 * Starts gorel with arguments in a folder and an environment of its own. GOPROXY
 * is off unless given, so that no test asks a public server for anything.
 */
export function start(args: string[], options: Setting): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--config", config, ...permissions, main, ...args],
    cwd: options.cwd,
    detached: options.group ?? false,
    clearEnv: true,
    env: { ...environment(), ...options.env },
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs gorel to its end. */
export async function gorel(args: string[], options: Setting): Promise<Ran> {
  const child = start(args, options);
  if (options.stdin !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(options.stdin)).catch(() => {});
    await writer.close().catch(() => {});
  }
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  const out = decoder.decode(stdout);
  return {
    code,
    stdout: out,
    stderr: decoder.decode(stderr),
    get json() {
      return JSON.parse(out);
    },
  };
}

/** What gorel runs in: the packages that are here already, no colours, and no public server. */
export function environment(): Record<string, string> {
  const { PATH = "", DENO_DIR, XDG_CACHE_HOME, HOME = "" } = Deno.env.toObject();
  return {
    PATH,
    DENO_DIR: DENO_DIR ?? `${XDG_CACHE_HOME ?? `${HOME}/.cache`}/deno`,
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
    GOENV: "off",
    GOPROXY: "off",
    GOSUMDB: "off",
    GOTOOLCHAIN: "local",
  };
}
