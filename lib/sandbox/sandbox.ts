/**
 * The sandbox: the sample module in a clone, the bare remote it was cloned from, and a
 * module proxy on loopback that serves what the remote has. All of it lies in one folder,
 * and nothing in it reaches another machine.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Failed, problem, Refused } from "../problem.ts";
import type { Asked } from "../proxy/server.ts";
import type { Services } from "../services.ts";
import { clean, decode } from "../text.ts";
import { exportLines, gitConfig, inside, places, sandboxEnvironment } from "./environment.ts";
import { importStream } from "./history.ts";
import { remoteModules } from "./modules.ts";
import { type SandboxProxy, serve, writeFiles } from "./proxy.ts";
import { history, modulePath } from "./sample.ts";

export interface Sandbox {
  /** The folder that holds everything. */
  readonly Root: string;
  /** The clone of the sample module. */
  readonly Work: string;
  /** The bare repository that the clone's `origin` names. */
  readonly Remote: string;
  readonly ProxyUrl: string;
  /** The environment of everything that runs in the sandbox. */
  readonly Env: Readonly<Record<string, string>>;
  /** Services that run git, go and requests in that environment. */
  readonly Services: Services;
  /** What the proxy was asked, oldest first. */
  readonly Log: readonly Asked[];
  /**
   * Stops the proxy and removes the folder. A kept one gets the proxy's files, for a
   * GOPROXY of the form file://, and a file with the environment to use.
   */
  close(): Promise<void>;
}

/** What a kept sandbox has besides: the proxy as files, and the variables to use as a shell script. */
export const leftBehind = { Proxy: "proxy", Environment: "env.sh" } as const;

export interface SandboxOptions {
  /** The folder to make it in, an empty one that goes with it. Default: a temporary one. */
  dir?: string;
  /** Leaves the folder when the sandbox is closed. */
  keep?: boolean;
  signal?: AbortSignal;
}

/**
 * Makes a sandbox. Throws Refused without git, Failed where 127.0.0.1 cannot be reached, and
 * the signal's reason when it is stopped; then nothing is left behind.
 */
export async function openSandbox(
  services: Services,
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const root = await Deno.realPath(
    options.dir ?? await Deno.makeTempDir({ prefix: "gorel-demo-" }),
  );
  const remote = join(root, places.remote);
  const work = join(root, places.work);
  let proxy: SandboxProxy | undefined;
  const running = new Set<Promise<unknown>>();
  const remove = async () => {
    // Whoever left while something was being read: it would make its folders anew.
    await Promise.allSettled(running);
    await proxy?.stop();
    for (let tries = 1;; tries++) {
      try {
        return await Deno.remove(root, { recursive: true });
      } catch (error) {
        // The go command leaves a process behind that may still be writing into HOME.
        if (tries === 5) throw error;
        await services.clock.sleep(50 * tries);
      }
    }
  };
  try {
    // The proxy's address is part of the environment in which its source reads the remote.
    const source = remoteModules(() => own, remote, modulePath);
    proxy = await serve(source, services.clock);
    const env = sandboxEnvironment(services.env, root, proxy.Url);
    const own = inside(services, env, proxy.Client, running);
    await Deno.mkdir(env.HOME!);
    await Deno.writeTextFile(env.GIT_CONFIG_GLOBAL!, gitConfig);
    const telemetry = join(root, places.telemetry);
    await Deno.mkdir(telemetry, { recursive: true });
    await Deno.writeTextFile(join(telemetry, "mode"), "off");
    const git = async (args: string[], stdin = "") => {
      const { Code, Stderr } = await own.processes.run("git", args, { cwd: root, stdin });
      // On a terminal git is stopped by the same key.
      options.signal?.throwIfAborted();
      if (Code === 127) {
        throw new Refused([
          problem("git-missing", "The sandbox needs git, and there is no git program on PATH.", {
            fix: "install git",
          }),
        ]);
      }
      if (Code !== 0) {
        const said = clean(decode(Stderr));
        throw new Failed(`The sandbox could not be made: git ${args[0]}: ${said}`);
      }
    };
    await git(["init", "-q", "--bare", "--template=", remote]);
    await git(["-C", remote, "fast-import", "--quiet", "--done"], importStream(history));
    await git(["clone", "-q", "--template=", remote, work]);
    return {
      Root: root,
      Work: work,
      Remote: remote,
      ProxyUrl: proxy.Url,
      Env: env,
      Services: own,
      Log: proxy.Log,
      async close() {
        if (!options.keep) return await remove();
        const files = join(root, leftBehind.Proxy);
        await writeFiles(source, modulePath, files);
        const later = { ...env, GOPROXY: pathToFileURL(files).href };
        await Deno.writeTextFile(join(root, leftBehind.Environment), exportLines(later));
        await proxy!.stop();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
