/** Module proxies that do not keep to the protocol, or to any: every answer is a value, within limits. */
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { goMod, released } from "../support/released.ts";
import { client, secureFetch, services, Web } from "../lib/proxy/serve.ts";
import { assertPlain, evil, obeyed, on } from "./scene.ts";

/** A server below HTTP: it writes pieces, one every few milliseconds, whatever it was asked. */
class Raw implements AsyncDisposable {
  readonly #listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  readonly #open = new Set<Deno.Conn>();
  readonly #serving: Promise<void>;
  readonly #answers: Promise<void>[] = [];
  constructor(pieces: () => Iterable<string | Uint8Array<ArrayBuffer>>, then: "stay" | "close") {
    this.#serving = (async () => {
      for await (const connection of this.#listener) {
        this.#open.add(connection);
        this.#answers.push(this.#answer(connection, pieces(), then).catch(() => {}));
      }
    })();
  }
  get host(): string {
    return `127.0.0.1:${(this.#listener.addr as Deno.NetAddr).port}`;
  }
  async #answer(connection: Deno.Conn, pieces: Iterable<string | Uint8Array>, then: string) {
    await connection.read(new Uint8Array(4096));
    for (const piece of pieces) {
      await connection.write(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      await services.clock.sleep(2);
    }
    if (then === "close") this.#close(connection);
  }
  #close(connection: Deno.Conn): void {
    if (this.#open.delete(connection)) connection.close();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of [...this.#open]) this.#close(connection);
    this.#listener.close();
    await this.#serving.catch(() => {});
    await Promise.all(this.#answers);
  }
}

function* forEver(first: string, then: string): Generator<string> {
  if (first !== "") yield first;
  while (true) yield then;
}

const ok = "HTTP/1.1 200 OK\r\n";

/** What a server sends in answer to everything, whether it then keeps the connection, and what is said of it. */
const wires: Record<string, [() => Iterable<string>, "stay" | "close", RegExp]> = {
  "headers that drip and never end": [
    () => forEver(ok, "x-a: b\r\n"),
    "stay",
    /no answer within/,
  ],
  "a header line that never ends": [
    () => forEver(ok + "x-a: ", "a"),
    "stay",
    /no answer within/,
  ],
  "headers of 4 MiB": [
    () => [ok, ...Array(64).fill(`x-a: ${"a".repeat(65_000)}\r\n`)],
    "close",
    /./,
  ],
  "a body that drips": [
    () => forEver(ok + "content-length: 99999\r\n\r\n", "v"),
    "stay",
    /no answer within/,
  ],
  "chunks that never come": [
    () => [ok + "transfer-encoding: chunked\r\n\r\n", "ffffff\r\nv1.0.0\n"],
    "stay",
    /no answer within/,
  ],
  "a chunk of an impossible length": [
    () => [ok + "transfer-encoding: chunked\r\n\r\n", "ffffffffffffffffff\r\nv"],
    "close",
    /./,
  ],
  "two lengths": [
    () => [ok + "content-length: 3\r\ncontent-length: 300\r\n\r\nv1.0.0\n"],
    "close",
    /./,
  ],
  "a negative length": [() => [ok + "content-length: -5\r\n\r\nv1.0.0\n"], "close", /./],
  "no HTTP at all": [() => ["SSH-2.0-OpenSSH_9.2\r\n"], "close", /./],
  "nothing, and goes": [() => [], "close", /./],
  "nothing, and stays": [() => [], "stay", /no answer within/],
  "a status that is none": [
    () => ["HTTP/1.1 999 \x1b[31m\r\ncontent-length: 0\r\n\r\n"],
    "close",
    /./,
  ],
  "hints for ever": [
    () => forEver("", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
    "stay",
    /./,
  ],
  "compressed nonsense": [
    () => [ok + "content-encoding: gzip\r\ncontent-length: 6\r\n\r\nv1.0.0"],
    "close",
    /./,
  ],
};

Deno.test("whatever comes over the wire ends in a sentence", async (t) => {
  const limits = { info: { Bytes: 1 << 20, Idle: 250, Total: 500 } };
  for (const [name, [pieces, then, said]] of Object.entries(wires)) {
    await t.step(name, async () => {
      await using raw = new Raw(pieces, then);
      const answer = await client(`http://${raw.host}`, "example.com/m", { limits }).info("v1.0.0");
      assert.equal(answer.State, "failed", JSON.stringify(answer));
      assert.ok("Words" in answer);
      assert.match(answer.Words, said);
      assert.doesNotMatch(answer.Words, obeyed);
    });
  }
  await t.step("no TLS where TLS is expected", async () => {
    await using raw = new Raw(() => ["HTTP/1.1 400 Bad Request\r\n\r\n"], "close");
    const answer = await client(`https://ada:s3cret@${raw.host}`, "example.com/m", { fetch })
      .info("v1.0.0");
    assert.equal(answer.State, "failed");
    assert.doesNotMatch(JSON.stringify(answer), /s3cret/);
  });
});

const plain = { "content-type": "text/plain" };

/** Lists, `.info` and `@latest` that no proxy should give, and what is made of them. */
const lists: Record<string, [string, string[]]> = {
  "other lines": ["v1.0.0/../../x\nv1.0.0\nv2\0.0.0\n../v1.0.0\nv1.0.0 x y\n", ["v1.0.0"]],
  "escapes": [`v1.0.0${evil}\n${evil}\nv1.1.0\n`, ["v1.1.0"]],
  "a line of 100 kB": [`v1.0.0-${"a".repeat(100_000)}\nv1.0.0\n`, ["v1.0.0"]],
  "twice and not in order": ["v1.1.0\nv1.0.0\nv1.1.0\r\nv1.0.0\n", ["v1.0.0", "v1.1.0"]],
  "no text": ["\x00\x01\xff".repeat(1000), []],
};

Deno.test("a list holds versions and nothing else", async () => {
  for (const [name, [body, versions]] of Object.entries(lists)) {
    await using web = new Web(() => new Response(body));
    const answer = await client(web.url).list();
    assert.deepEqual(answer, { State: "ok", Value: versions, From: web.url }, name);
  }
});

const infos: [unknown, string][] = [
  [{ Version: evil }, "invalid response: its Version is none"],
  [{ Version: "v1.0.0/../../../x" }, "invalid response: its Version is none"],
  [{ Version: `v1.0.0-${"9".repeat(300)}` }, "invalid response: its Version is none"],
  [{ Version: { toString: 1 } }, "invalid response: no Version"],
  [{ __proto__: null, constructor: "v1.0.0" }, "invalid response: no Version"],
];

Deno.test("@latest that names no version, or a time that is none, is a failure, as it is to go", async () => {
  for (const [body, words] of infos) {
    await using web = new Web(() => new Response(JSON.stringify(body)));
    const answer = await client(web.url).latest();
    assert.equal("Words" in answer && answer.Words, words);
  }
  for (
    const [Time, state] of [
      ["9999-12-31T23:59:59Z", "ok"],
      [null, "ok"],
      ["tomorrow", "failed"],
      [evil, "failed"],
      [5, "failed"],
    ]
  ) {
    await using web = new Web(() => new Response(JSON.stringify({ Version: "v1.0.0", Time })));
    const answer = await client(web.url).latest();
    assert.equal(answer.State, state, String(Time));
    assert.doesNotMatch("Words" in answer ? answer.Words : "", obeyed);
  }
});

Deno.test("what unpacks to more than the limit is given up, and is never held", async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(64 << 20), { level: 9 }));
  await using web = new Web(() => new Response(bomb, { headers: { "content-encoding": "gzip" } }));
  const answers = [await client(web.url).list(), await client(web.url).mod("v1.0.0")];
  for (const answer of answers) {
    assert.match("Words" in answer ? answer.Words : "", /^the answer is larger than \d+ bytes$/);
  }
});

Deno.test("a redirect takes no credentials, and no secret out of a file", async () => {
  using repo = released();
  const seen: (string | null)[] = [];
  await using other = new Web((request) => {
    seen.push(request.headers.get("authorization"), request.headers.get("cookie"));
    return new Response("v1.0.0\n", { headers: { "set-cookie": "id=s3cret" } });
  });
  for (
    const location of [`https://x:y@${other.host}/`, `//${other.host}/`, `https:${other.host}`]
  ) {
    await using web = new Web(() => new Response(null, { status: 302, headers: { location } }));
    const proxy = `https://ada:s3cret@${web.host}`;
    const answer = await client(proxy, "example.com/m", { fetch: secureFetch }).list();
    assert.doesNotMatch(JSON.stringify(answer), /s3cret|x:y/);
  }
  assert.ok(seen.length >= 2);
  // Credentials that only git and go look up are nobody else's.
  const netrc = `machine 127.0.0.1 login ada password s3cret\n`;
  Deno.writeTextFileSync(join(repo.home, ".netrc"), netrc);
  const looked = await on(repo, ["check"], {
    GOPROXY: other.url,
    NETRC: join(repo.home, ".netrc"),
  });
  assert.ok([0, 3].includes(looked.code), looked.stderr);
  assert.deepEqual([...new Set(seen)], [null]);
});

Deno.test("the path of a module leads nowhere but to its own place at the proxy", async () => {
  await using web = new Web(() => new Response("no", { status: 404, headers: plain }));
  const paths = [
    "example.com/../../x",
    "example.com/%2e%2e/x",
    "example.com/m?x=y",
    "http://evil/x",
  ];
  using repo = released();
  for (
    const path of [...paths, "example.com//x", "/etc", "example.com/m#x", "e\u202ex.com/m", "."]
  ) {
    const answer = await client(web.url, path).list();
    assert.match("Words" in answer ? answer.Words : "", /malformed module path/, path);
    if (!paths.includes(path)) continue;
    repo.commit("another path", { "go.mod": goMod.replace("example.com/m", JSON.stringify(path)) });
    const ran = await on(repo, ["check", "--json"], { GOPROXY: web.url });
    assert.equal(ran.code, 3, path);
    assertPlain(ran, path);
  }
  assert.deepEqual(web.asked, []);
  for (
    const version of ["../../x", "v1.0.0/../x", "-x", "v1.0.0?x", "v1#x", "a b", "\u202e", ".."]
  ) {
    assert.notEqual((await client(web.url).info(version)).State, "ok", version);
  }
  for (const path of web.asked) assert.match(path, /^\/example\.com\/m\/@v\/[^/?#]+\.info$/);
});

const loopback6 = (() => {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
})();

Deno.test({
  name: "a proxy at an IPv6 address is one" + (loopback6 ? "" : " (skipped: no IPv6 here)"),
  ignore: !loopback6,
  async fn() {
    const options = { hostname: "::1", port: 0, onListen() {} };
    await using server = Deno.serve(options, () => new Response("v1.0.0\n"));
    const answer = await client(`http://[::1]:${server.addr.port}`).list();
    assert.equal(answer.State, "ok", JSON.stringify(answer));
  },
});
