import assert from "node:assert/strict";
import { encode } from "../../../lib/text.ts";
import { Folder } from "../../support/repo.ts";
import { always, client, info, nobody, plain, said, secureFetch, Web } from "./serve.ts";

Deno.test("redirects are followed by hand, ten of them", async () => {
  await using last = always(info());
  const after = (hops: number) =>
    new Web((_, path) => {
      const n = Number(/^\/(\d+)$/.exec(path)?.[1] ?? 0);
      const location = n + 1 === hops ? last.url + "/elsewhere" : `/${n + 1}`;
      return new Response(null, {
        status: [301, 302, 303, 307, 308][n % 5]!,
        headers: { location },
      });
    });
  await using ten = after(10);
  assert.equal((await client(ten.url).info("v1.0.0")).State, "ok");
  assert.deepEqual(last.asked, ["/elsewhere"]);
  await using eleven = after(11);
  assert.equal(said(await client(eleven.url).info("v1.0.0")), "failed stopped after 10 redirects");
});

Deno.test("a redirect goes to http(s) only, and never from https to http", async () => {
  using folder = new Folder();
  Deno.writeTextFileSync(folder.join("secret"), info());
  await using target = always(info());
  const to = async (location: string, fetch?: typeof globalThis.fetch) => {
    await using web = new Web(() => new Response(null, { status: 302, headers: { location } }));
    const base = fetch ? web.url.replace("http:", "https:") : web.url;
    return said(await client(base, "example.com/m", { ...(fetch && { fetch }) }).info("v1.0.0"));
  };
  const neither = "URL, which is neither http nor https";
  assert.equal(
    await to(`file://${folder.join("secret")}`),
    `failed redirected to file: ${neither}`,
  );
  assert.equal(await to("ftp://127.0.0.1/x"), `failed redirected to ftp: ${neither}`);
  assert.equal(await to("data:application/json,{}"), `failed redirected to data: ${neither}`);
  assert.equal(await to("http://["), "failed redirected to a malformed URL");
  assert.match(
    await to(target.url + "/?key=secret", secureFetch),
    /^failed redirected from secure URL https:\S+ to insecure URL http:\S+\/$/,
  );
  assert.deepEqual(target.asked, []);
  assert.match(await to(target.url.replace("http:", "https:"), secureFetch), /^ok/);
});

Deno.test("credentials go to their own server over https, and are never shown", async () => {
  const seen: (string | null)[] = [];
  await using other = new Web((request) => {
    seen.push(request.headers.get("authorization"));
    return new Response("no", { status: 404, headers: plain });
  });
  let elsewhere = "";
  await using web = new Web((request, path) => {
    seen.push(request.headers.get("authorization"));
    if (path.startsWith("/away")) {
      return new Response(null, { status: 302, headers: { location: elsewhere } });
    }
    return new Response(null, { status: 302, headers: { location: "/away" } });
  });
  elsewhere = `https://${other.host}/`;
  const answer = await client(`https://m%40e:se%3Acret@${web.host}`, "example.com/m", {
    fetch: secureFetch,
  }).info("v1.0.0");
  assert.deepEqual(seen, ["Basic " + btoa("m@e:se:cret"), "Basic " + btoa("m@e:se:cret"), null]);
  assert.equal(said(answer), "not-found 404 no");
  assert.equal(answer.State === "not-found" && answer.From, `https://${web.host}`);

  const open = await client(`http://me:secret@${web.host}/sub?key=secret`).info("v1.0.0");
  assert.match(said(open), /^failed refusing to pass credentials to insecure URL/);
  assert.doesNotMatch(JSON.stringify(open), /secret/);
  const dead = (await nobody()).replace("http://", "https://me:secret@");
  const gone = await client(dead + "/?key=secret", "example.com/m", { fetch }).list();
  assert.doesNotMatch(JSON.stringify(gone), /secret/);
});

Deno.test("an answer that is too large is given up while it arrives", async () => {
  let sent = 0;
  await using web = new Web((_, path) =>
    path.endsWith("list") ? new Response("v1.0.0\n".repeat(1000)) : new Response(
      new ReadableStream({
        pull(controller) {
          sent += 1 << 16;
          controller.enqueue(new Uint8Array(1 << 16));
        },
      }),
    )
  );
  const limit = { Bytes: 1 << 20, Idle: 30_000, Total: 60_000 };
  const limited = client(web.url, "example.com/m", {
    limits: { zip: limit, list: { ...limit, Bytes: 6999 } },
  });
  assert.equal(said(await limited.zip("v1.0.0")), "failed the answer is larger than 1048576 bytes");
  assert.ok(sent < 64 << 20, `the server could send ${sent} bytes`);
  assert.equal(said(await limited.list()), "failed the answer is larger than 6999 bytes");
});

Deno.test("a server that does not answer, or stops in the middle, or drips, is given up", async () => {
  const never = new Promise<void>(() => {});
  const dripping = (every: number) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    return new Response(
      new ReadableStream({
        start(controller) {
          timer = setInterval(() => controller.enqueue(encode("v1.0.0\n")), every);
        },
        cancel: () => clearInterval(timer),
      }),
    );
  };
  await using silent = new Web(async (request) => {
    await Promise.race([never, new Promise((r) => request.signal.addEventListener("abort", r))]);
    return new Response();
  });
  const stalled = () => new Response(new ReadableStream({ start: (c) => c.enqueue(encode("v1")) }));
  await using stalling = new Web(stalled);
  await using drip = new Web(() => dripping(5));
  const list = (url: string, Idle: number, Total: number) =>
    client(url, "example.com/m", { limits: { list: { Bytes: 1 << 20, Idle, Total } } }).list();
  assert.equal(said(await list(silent.url, 100, 60_000)), "failed no answer within 0.1 s");
  assert.equal(said(await list(stalling.url, 100, 60_000)), "failed no answer within 0.1 s");
  assert.equal(said(await list(drip.url, 60_000, 200)), "failed no answer within 0.2 s");
});

Deno.test("half an answer is a failure", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const serving = (async () => {
    for await (const connection of listener) {
      await connection.read(new Uint8Array(4096));
      await connection.write(
        encode("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nmodule example.com/m\n"),
      );
      connection.close();
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  const answer = await client(`http://127.0.0.1:${port}`).mod("v1.0.0");
  listener.close();
  await serving.catch(() => {});
  assert.equal(answer.State, "failed");
});

Deno.test("a signal ends a request, before it and during it", async () => {
  await using web = new Web(async (request) => {
    await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
    return new Response();
  });
  const stop = new AbortController();
  const asking = client(web.url + "|" + web.url).list(stop.signal);
  setTimeout(() => stop.abort(), 20);
  assert.equal(said(await asking), "failed stopped");
  assert.equal(said(await client(web.url).list(stop.signal)), "failed stopped");
  assert.ok(web.asked.length <= 1);
});
