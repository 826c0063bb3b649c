/** HTTP servers on loopback, and a module source held in memory. */
import { machine } from "../../../lib/cli/machine.ts";
import type { Answer } from "../../../lib/proxy/answer.ts";
import { defaultLimits, type Limits, proxyClient } from "../../../lib/proxy/client.ts";
import type { ProxySource } from "../../../lib/proxy/server.ts";
import { moduleZip } from "../../../lib/proxy/zip.ts";
import type { Services } from "../../../lib/services.ts";
import { encode } from "../../../lib/text.ts";

/** A server that is gone when the `await using` block ends. `asked` holds every path, oldest first. */
export class Web implements AsyncDisposable {
  readonly asked: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  constructor(handler: (request: Request, path: string) => Response | Promise<Response>) {
    this.#server = Deno.serve(
      {
        port: 0,
        hostname: "127.0.0.1",
        onListen() {},
        onError: () => new Response("", { status: 500 }),
      },
      (request) => {
        const path = new URL(request.url).pathname;
        this.asked.push(path);
        return handler(request, path);
      },
    );
  }
  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }
  get url(): string {
    return `http://${this.host}`;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** A server that gives the same answer to everything. */
export function always(body: string | Uint8Array<ArrayBuffer>, init: ResponseInit = {}): Web {
  return new Web(() => new Response(body, init));
}

/** A server that refuses everything with a status and words in plain text. */
export function refusing(status: number, words = ""): Web {
  return always(words, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** The address of a server that is not there any more. */
export async function nobody(): Promise<string> {
  await using web = always("");
  return web.url;
}

export const services: Services = machine();

/**
 * A fetch for which https means http on loopback: what is tested is what our client does
 * with the scheme, not TLS.
 */
export const secureFetch: typeof fetch = (input, init) =>
  fetch(String(input).replace(/^https:/, "http:"), init);

/** A client on the real network and clock. */
export function client(
  GOPROXY: string,
  modulePath = "example.com/m",
  more: { GONOPROXY?: string; limits?: Partial<Limits>; fetch?: typeof fetch } = {},
) {
  const { fetch = services.fetch } = more;
  return proxyClient(
    { fetch, clock: services.clock },
    { GOPROXY, GONOPROXY: more.GONOPROXY ?? "" },
    modulePath,
    { ...defaultLimits, ...more.limits },
  );
}

/** Modules by path, then by version, then by file name. */
export type Modules = Record<string, Record<string, Record<string, string>>>;

/** A source whose modules can be changed while a server uses it. */
export function memory(modules: Modules): ProxySource {
  const files = (path: string, version: string) => modules[path]?.[version];
  return {
    list: (path) => Promise.resolve(modules[path] ? Object.keys(modules[path]) : null),
    info: (path, version) =>
      Promise.resolve(
        files(path, version) ? { Version: version, Time: "2026-01-02T03:04:05Z" } : null,
      ),
    mod: (path, version) => {
      const mod = files(path, version)?.["go.mod"];
      return Promise.resolve(mod === undefined ? null : encode(mod));
    },
    zip: async (path, version) => {
      const all = files(path, version);
      if (!all) return null;
      const entries = Object.entries(all).map(([name, text]) => [name, encode(text)] as const);
      return await moduleZip(`${path}@${version}/`, entries);
    },
  };
}

/** The header of an answer in plain words. */
export const plain = { "content-type": "text/plain; charset=utf-8" };

/** What a proxy says of a version. */
export function info(version = "v1.0.0"): string {
  return JSON.stringify({ Version: version, Time: "2026-01-02T03:04:05Z" });
}

/** State, and what a person would read. */
export function said<T>(answer: Answer<T>): string {
  if (answer.State === "ok") return `ok ${JSON.stringify(answer.Value)}`;
  if (answer.State === "direct" || answer.State === "off") {
    return `${answer.State} after ${answer.Asked.map((r) => r.Status ?? "failure").join(" ")}`;
  }
  return `${answer.State} ${answer.Status ?? ""} ${answer.Words}`.replaceAll("  ", " ");
}
