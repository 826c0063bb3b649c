/** The module proxy of a sandbox: a server on loopback, and later a folder of files. */
import { join } from "node:path";
import { Failed } from "../problem.ts";
import { type Asked, proxyServer, type ProxySource } from "../proxy/server.ts";
import type { Services } from "../services.ts";

export interface SandboxProxy {
  /** `http://127.0.0.1:PORT`, for GOPROXY. */
  readonly Url: string;
  /** For `fetch`: reaches this server whatever the URL says, past any proxy of the user's. */
  readonly Client: Deno.HttpClient;
  /** What was asked, oldest first. */
  readonly Log: readonly Asked[];
  stop(): Promise<void>;
}

const address = "127.0.0.1";

/** Starts the server on a free port. Throws Failed when this machine cannot reach itself. */
export async function serve(source: ProxySource, clock: Services["clock"]): Promise<SandboxProxy> {
  const proxy = proxyServer(source, { clock });
  const noLoopback = (error: unknown) =>
    new Failed(
      `The sandbox needs a module proxy on ${address}, and this machine does not let it listen ` +
        `there: ${error instanceof Error ? error.message : error}.`,
    );
  let server: Deno.HttpServer<Deno.NetAddr>;
  try {
    const quiet = { hostname: address, port: 0, onListen: () => {} };
    server = Deno.serve(quiet, proxy.handler);
  } catch (error) {
    throw noLoopback(error);
  }
  const { port } = server.addr;
  try {
    // A container without a network lets a program listen where nobody can connect.
    (await Deno.connect({ hostname: address, port })).close();
  } catch (error) {
    await server.shutdown();
    throw noLoopback(error);
  }
  const client = Deno.createHttpClient({ proxy: { transport: "tcp", hostname: address, port } });
  return {
    Url: `http://${address}:${port}`,
    Client: client,
    Log: proxy.log,
    async stop() {
      client.close();
      await server.shutdown();
    },
  };
}

/** Writes what a proxy serves of a module as files, for a GOPROXY of the form `file://`. */
export async function writeFiles(source: ProxySource, path: string, dir: string): Promise<void> {
  // Only paths and versions in lower case are the same in a URL and in a file name.
  const folder = join(dir, path, "@v");
  await Deno.mkdir(folder, { recursive: true });
  const versions: string[] = [];
  for (const version of await source.list(path) ?? []) {
    const info = await source.info(path, version);
    const mod = await source.mod(path, version);
    const zip = await source.zip(path, version);
    if (!info || !mod || !zip) continue;
    versions.push(version);
    await Deno.writeTextFile(join(folder, `${version}.info`), JSON.stringify(info));
    await Deno.writeFile(join(folder, `${version}.mod`), mod);
    await Deno.writeFile(join(folder, `${version}.zip`), zip);
  }
  await Deno.writeTextFile(join(folder, "list"), versions.map((v) => v + "\n").join(""));
}
