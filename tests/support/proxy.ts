/** A module proxy on loopback over a repository's bare remote; `change` stands between the two. */
import { machine } from "../../lib/cli/machine.ts";
import { type Asked, proxyServer, type ProxySource } from "../../lib/proxy/server.ts";
import { remoteModules } from "../../lib/sandbox/modules.ts";
import type { Repo } from "./repo.ts";

export class Proxy implements AsyncDisposable {
  readonly url: string;
  readonly log: readonly Asked[];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(
    repo: Repo,
    change: (source: ProxySource) => Partial<ProxySource> = () => ({}),
    path = "example.com/m",
  ) {
    const services = machine({ ...Deno.env.toObject(), ...repo.env });
    const source = remoteModules(() => services, repo.remote, path);
    const server = proxyServer({ ...source, ...change(source) }, {
      clock: services.clock,
      negative: 0,
    });
    this.log = server.log;
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => server.handler(request),
    );
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
