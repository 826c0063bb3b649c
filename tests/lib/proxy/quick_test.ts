/** The quick client of many files: what takes too long, or is too much, ends it. */
import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { QuickProxy } from "../../../lib/proxy/quick.ts";
import { Taken } from "../../../lib/proxy/taken.ts";

const m = { Path: "w.test/a", Version: "v1.0.0" };

function serve(answer: (request: Request) => Response | Promise<Response>) {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
}

function quick(
  server: Deno.HttpServer<Deno.NetAddr>,
  taken = new Taken(),
  Idle = 30_000,
): QuickProxy {
  const GOPROXY = `http://127.0.0.1:${server.addr.port}`;
  return new QuickProxy(
    machine({}),
    { GOPROXY, GONOPROXY: "" },
    { Bytes: 64, Idle, Total: 60_000 },
    taken,
  );
}

Deno.test("a proxy that does not answer in time is known to be late, with its address", async () => {
  await using server = serve(({ signal }) =>
    new Promise((answer) => signal.addEventListener("abort", () => answer(new Response())))
  );
  using proxy = quick(server, new Taken(), 10);
  assert.equal(await proxy.mod(m), null);
  assert.match(proxy.late!, /^http:\/\/127\.0\.0\.1:\d+ did not answer within 0\.01 s/);
  assert.equal(proxy.hasOthers, false);
});

Deno.test("more bytes than all files may have together are not read, nor more than one may have", async () => {
  await using server = serve(() => new Response("module w.test/a\n".repeat(3)));
  const taken = new Taken();
  using proxy = quick(server, taken);
  assert.equal((await proxy.mod(m))?.length, 48);
  assert.equal(taken.bytes, 48);
  taken.bytes = 256 << 20;
  assert.equal(await proxy.mod(m), null);
  assert.match(JSON.stringify(taken.error), /the graph is too large: .* or 256 MiB/);
  await using large = serve(() => new Response("x".repeat(65)));
  using other = quick(large);
  assert.equal(await other.mod(m), null);
  assert.equal(other.late, undefined);
});
