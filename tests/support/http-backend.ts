/**
 * A git server over HTTP on loopback: the real `git http-backend` behind a small CGI
 * bridge that can go silent, or lose its answers, at the moments that matter.
 */

import { type Cut, halfAPush } from "./receive-pack.ts";

/** What goes wrong with a push, or with every request. */
export type Fault = "none" | Cut | "hang" | "unauthorized";

export class HttpBackend implements AsyncDisposable {
  fault: Fault = "none";
  /** Answers a request in place of git. */
  instead: (request: Request, url: URL) => Response | null = () => null;
  /** "METHOD path?query" of each request, in order. */
  readonly requests: string[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #released = Promise.withResolvers<void>();

  /** Serves the repositories below a folder; `env` is what the backend and the hooks get. */
  constructor(readonly root: string, readonly env: Record<string, string>) {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {}, onError: () => new Response(null) },
      (request) => this.#answer(request),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#released.resolve();
    await this.#server.shutdown();
  }

  url(repository: string, credentials = ""): string {
    return `http://${credentials}127.0.0.1:${this.#server.addr.port}/${repository}`;
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const body = new Uint8Array(await request.arrayBuffer());
    if (this.fault === "hang") {
      await this.#released.promise;
      return new Response(null);
    }
    if (this.fault === "unauthorized") {
      const headers = { "WWW-Authenticate": 'Basic realm="test"' };
      return new Response("no", { status: 401, headers });
    }
    const instead = this.instead(request, url);
    if (instead) return instead;
    const pushing = request.method === "POST" && url.pathname.endsWith("/git-receive-pack");
    if (pushing && this.fault === "cut-before") return cut();
    const half = pushing && this.fault === "cut-during";
    const response = await this.#run(request, url, half ? body.slice(0, halfAPush) : body);
    if (pushing && this.fault === "half-answer") {
      return cut(new Uint8Array(await response.arrayBuffer()).subarray(0, 30));
    }
    return half || (pushing && this.fault === "cut-after") ? cut() : response;
  }

  async #run(request: Request, url: URL, body: Uint8Array): Promise<Response> {
    const header = (name: string) => request.headers.get(name) ?? "";
    const child = new Deno.Command("git", {
      args: ["http-backend"],
      clearEnv: true,
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        ...this.env,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: "1",
        REMOTE_USER: "tester",
        REMOTE_ADDR: "127.0.0.1",
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(url.pathname),
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: header("content-type"),
        CONTENT_LENGTH: String(body.length),
        HTTP_CONTENT_ENCODING: header("content-encoding"),
        HTTP_GIT_PROTOCOL: header("git-protocol"),
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    const feeding = writer.write(body).then(() => writer.close()).catch(() => {});
    const { stdout } = await child.output();
    await feeding;
    return parseCgi(stdout);
  }
}

/** An answer whose connection breaks in the middle of its body. */
function cut(begun = new Uint8Array()): Response {
  let told = false;
  const broken = new ReadableStream({
    pull(controller) {
      if (told || begun.length === 0) controller.error(new Error("connection cut"));
      else controller.enqueue(begun);
      told = true;
    },
  });
  return new Response(broken, {
    headers: { "Content-Type": "application/x-git-receive-pack-result" },
  });
}

function parseCgi(output: Uint8Array<ArrayBuffer>): Response {
  const text = new TextDecoder("latin1").decode(output);
  const end = text.indexOf("\r\n\r\n");
  const headers = new Headers();
  let status = end < 0 ? 500 : 200;
  for (const line of end < 0 ? [] : text.slice(0, end).split("\r\n")) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
    if (name.toLowerCase() === "status") status = parseInt(value);
    else headers.append(name, value);
  }
  return new Response(output.subarray(end + 4), { status, headers });
}
