import assert from "node:assert/strict";
import { type Answer, notThere, refusalText } from "../../../lib/proxy/answer.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { Folder } from "../../support/repo.ts";
import { always, client, nobody, refusing, secureFetch, Web } from "./serve.ts";

const plain = { "content-type": "text/plain; charset=utf-8" };
const info = (version = "v1.0.0") =>
  JSON.stringify({ Version: version, Time: "2026-01-02T03:04:05Z" });

/** State, and what a person would read. */
function said<T>(answer: Answer<T>): string {
  if (answer.State === "ok") return `ok ${JSON.stringify(answer.Value)}`;
  if (answer.State === "direct" || answer.State === "off") {
    return `${answer.State} after ${answer.Asked.map((r) => r.Status ?? "failure").join(" ")}`;
  }
  return `${answer.State} ${answer.Status ?? ""} ${answer.Words}`.replaceAll("  ", " ");
}

Deno.test("the client asks for the escaped path, with ! as %21", async () => {
  let raw = "";
  await using web = new Web((request) => {
    raw = request.url;
    return new Response(info("v1.0.0-RC.1+incompatible"));
  });
  await client(web.url + "/sub/", "github.com/Azure/x").info("v1.0.0-RC.1+incompatible");
  assert.equal(raw, `${web.url}/sub/github.com/%21azure/x/@v/v1.0.0-%21r%21c.1+incompatible.info`);
});

Deno.test("the client reads all five kinds of answer", async () => {
  await using web = new Web((_, path) =>
    new Response(
      path.endsWith("/@v/list")
        ? "v1.10.0\nv1.9.0 2026-01-02T03:04:05Z\nv0.0.0-20260101000000-abcdefabcdef\nnonsense\n\nv1.2\nv1.10.0\n"
        : path.endsWith(".mod")
        ? "module example.com/m\n"
        : path.endsWith(".zip")
        ? "PK"
        : path.endsWith("@latest")
        ? info("v1.10.0")
        : `{"Version":"v9.0.0","version":"v1.9.0","Time":"2026-01-02T03:04:05Z","Origin":{"VCS":"git","Hash":"abc","Ref":"refs/tags/v1.9.0"}}`,
    )
  );
  const { list, latest, info: ask, mod, zip } = client(web.url);
  assert.deepEqual(await list(), {
    State: "ok",
    Value: ["v1.2", "v1.9.0", "v1.10.0"],
    From: web.url,
  });
  assert.deepEqual(await latest(), {
    State: "ok",
    Value: { Version: "v1.10.0", Time: "2026-01-02T03:04:05Z" },
    From: web.url,
  });
  assert.deepEqual(await ask("v1.9.0"), {
    State: "ok",
    Value: {
      Version: "v1.9.0",
      Time: "2026-01-02T03:04:05Z",
      Origin: { Hash: "abc", Ref: "refs/tags/v1.9.0" },
    },
    From: web.url,
  });
  assert.deepEqual(await mod("v1.9.0"), {
    State: "ok",
    Value: encode("module example.com/m\n"),
    From: web.url,
  });
  assert.deepEqual(await zip("v1.9.0"), { State: "ok", Value: encode("PK"), From: web.url });
});

Deno.test("without @latest the newest entry of the list by time is the latest", async () => {
  const old = "v0.0.0-20250101000000-abcdefabcdef";
  const young = "v0.0.0-20260101000000-abcdefabcdef";
  for (
    const [list, want] of [
      [`${young}\n${old}\n`, young],
      [`${young}\n${old} 2027-01-01T00:00:00Z\n`, old],
      [`v1.0.0\n${old}\n`, old],
    ]
  ) {
    await using web = new Web((_, path) => {
      const version = /@v\/(.*)\.info$/.exec(path)?.[1];
      if (version) return new Response(info(version));
      return path.endsWith("/list") ? new Response(list) : new Response(null, { status: 404 });
    });
    const answer = await client(web.url).latest();
    assert.equal(answer.State === "ok" && answer.Value.Version, want);
  }
  await using empty = new Web((_, path) =>
    path.endsWith("/list")
      ? new Response("v1.0.0\n")
      : new Response("no", { status: 410, headers: plain })
  );
  assert.equal(said(await client(empty.url).latest()), "not-found 410 no");
});

for (
  const [status, headers, body, want] of [
    [404, plain, "not found: unknown revision", "not-found 404 not found: unknown revision"],
    [410, {}, "", "not-found 410 410 Gone"],
    [403, plain, "no access", "failed 403 no access"],
    [500, plain, "a\nb\n\nc", "failed 500 a\nb"],
    [404, { "content-type": "text/html" }, "<p>lost</p>", "not-found 404 404 Not Found"],
    [404, { "content-type": "text/plain; charset=latin1" }, "x", "not-found 404 404 Not Found"],
    [404, { "content-type": "text/plain; charset=US-ASCII" }, "x", "not-found 404 x"],
    [404, { "content-type": "text/plain" }, "x", "not-found 404 x"],
    [404, plain, "red \x1b[31mred\x1b[0m \u202eevil\u202c", "not-found 404 red red evil"],
    [
      404,
      plain,
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
      "not-found 404 1\n2\n3\n4\n5\n6\n7\n8\n[Truncated: too many lines.]",
    ],
    [404, plain, "x".repeat(70_000), "not-found 404 [Truncated: too long.]"],
    [204, {}, null, "failed 204 204 No Content"],
    [302, {}, null, "failed 302 302 Found"],
    [
      200,
      { "content-type": "text/html" },
      "<html>log in",
      "failed answered /@v/v1.0.0.info with an HTML page",
    ],
    [
      200,
      {},
      "\ufeff <!DOCTYPE html><p>log in",
      "failed answered /@v/v1.0.0.info with an HTML page",
    ],
    [200, {}, '{"Version":', "failed invalid response: not JSON"],
    [200, {}, '["v1.0.0"]', "failed invalid response: no JSON object"],
    [200, {}, '{"Time":"x"}', "failed invalid response: no Version"],
    [200, {}, '{"Version":"v1.0.0","Origin":"x"}', "failed invalid response: its Origin is none"],
    [
      200,
      {},
      '{"Version":"v1.0.0","Origin":{"Hash":5}}',
      "failed invalid response: its Origin is none",
    ],
    [
      200,
      {},
      info("v1.0.1"),
      "failed proxy returned info for version v1.0.1 instead of requested version",
    ],
  ] as [number, Record<string, string>, string | null, string][]
) {
  Deno.test(`the client answers ${JSON.stringify(want.slice(0, 60))} to status ${status}`, async () => {
    await using web = new Web(() => new Response(body, { status, headers }));
    const answer = await client(web.url).info("v1.0.0");
    assert.equal(said(answer), want);
    assert.equal(answer.State !== "ok" && "From" in answer && answer.From, web.url);
  });
}

Deno.test("a branch may stand for any version", async () => {
  await using web = always(info("v1.0.1"));
  assert.equal((await client(web.url).info("main")).State, "ok");
  assert.match(said(await client(web.url).info("a/b")), /^failed .*disallowed version string/);
  assert.match(
    said(await client(web.url, "example.com/a b").list()),
    /^failed malformed module path/,
  );
  assert.equal(web.asked.length, 1);
});

Deno.test("403, 404 and 410 mean that a version is not there yet", () => {
  for (
    const [status, want] of [[403, true], [404, true], [410, true], [401, false], [
      500,
      false,
    ]] as const
  ) {
    const refusal = { Status: status, Words: "", From: "" };
    const gone = status === 404 || status === 410;
    assert.equal(
      notThere(gone ? { State: "not-found", ...refusal } : { State: "failed", ...refusal }),
      want,
      String(status),
    );
  }
  assert.equal(
    refusalText({ State: "failed", Status: 403, Words: "a\nb", From: "https://p.example" }),
    "403: a b (https://p.example)",
  );
  assert.equal(
    refusalText({ State: "failed", Status: 403, Words: "403 Forbidden" }),
    "403 Forbidden",
  );
});

/** What each kind of first proxy does to a list, and whether the second one is asked. */
const firsts: [name: string, status: number | "nobody" | "broken", comma: boolean][] = [
  ["404", 404, true],
  ["410", 410, true],
  ["403", 403, false],
  ["500", 500, false],
  ["no server", "nobody", false],
  ["broken JSON", "broken", false],
];

for (const [name, status, comma] of firsts) {
  for (const separator of [",", "|"]) {
    Deno.test(`after ${name} a "${separator}" ${comma || separator === "|" ? "goes on" : "stops"}`, async () => {
      await using first = status === "broken"
        ? always("{")
        : refusing(status === "nobody" ? 500 : status, "first");
      await using second = always(info());
      const one = status === "nobody" ? await nobody() : first.url;
      const answer = await client(`${one}${separator}${second.url}`).info("v1.0.0");
      const goesOn = comma || separator === "|";
      assert.equal(answer.State, goesOn ? "ok" : "failed");
      assert.equal(second.asked.length, goesOn ? 1 : 0);
      if (answer.State === "ok") assert.equal(answer.From, second.url);

      const end = await client(`${one}${separator}off`).info("v1.0.0");
      assert.equal(end.State, goesOn ? "off" : "failed");
      const direct = await client(`${one}${separator}direct`).info("v1.0.0");
      assert.equal(direct.State, goesOn ? "direct" : "failed");
    });
  }
}

Deno.test({
  ...needsGo("the go command goes on, or stops, after the same answers"),
  async fn() {
    await using second = new Web((_, path) =>
      new Response(path.endsWith(".info") ? info() : "module example.com/m\n")
    );
    for (const [name, status, comma] of firsts) {
      for (const separator of [",", "|"]) {
        await using first = status === "broken"
          ? always("{")
          : refusing(status === "nobody" ? 500 : status, "first");
        const one = status === "nobody" ? await nobody() : first.url;
        using go = new Go({ GOPROXY: `${one}${separator}${second.url}` });
        const { code } = await go.start(["list", "-m", "example.com/m@v1.0.0"]);
        assert.equal(code === 0, comma || separator === "|", `${name} ${separator}`);
      }
    }
  },
});

Deno.test("the last failure is told before a later or earlier not found", async () => {
  await using missing = refusing(404, "missing");
  await using broken = refusing(500, "broken");
  await using worse = refusing(502, "worse");
  const told = async (...list: string[]) => said(await client(list.join("|")).info("v1.0.0"));
  assert.equal(await told(missing.url, broken.url), "failed 500 broken");
  assert.equal(await told(broken.url, missing.url), "failed 500 broken");
  assert.equal(await told(broken.url, missing.url, worse.url), "failed 502 worse");
  assert.equal(await told(missing.url, missing.url), "not-found 404 missing");
});

Deno.test("direct, off, no GOPROXY and private modules ask nobody", async () => {
  await using web = always(info());
  assert.deepEqual(await client("direct").list(), {
    State: "direct",
    Why: "GOPROXY says direct",
    Asked: [],
  });
  assert.equal(said(await client("off," + web.url).zip("v1.0.0")), "off after ");
  assert.deepEqual(await client("").latest(), {
    State: "off",
    Why: "GOPROXY is not set",
    Asked: [],
  });
  for (const list of [web.url, "off"]) {
    const secret = client(list, "example.com/secret/m", { GONOPROXY: "example.com/secret" });
    assert.equal(said(await secret.info("v1.0.0")), "direct after ");
  }
  assert.equal(
    said(await client("nonsense").info("v1.0.0")),
    "failed invalid proxy URL missing scheme: nonsense",
  );
  assert.deepEqual(web.asked, []);
  await using missing = refusing(404);
  assert.equal(said(await client(missing.url + ",direct").info("v1.0.0")), "direct after 404");
});

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

Deno.test("a folder is a proxy too", async () => {
  using folder = new Folder();
  const at = folder.join("a b", "github.com", "!azure", "x", "@v");
  Deno.mkdirSync(at, { recursive: true });
  Deno.writeTextFileSync(at + "/list", "v1.0.0\n");
  Deno.writeTextFileSync(at + "/v1.0.0.info", info());
  Deno.writeTextFileSync(at + "/v1.0.0.mod", "module github.com/Azure/x\n");
  Deno.mkdirSync(at + "/v1.0.0.zip");
  const url = `file://${folder.path}/a%20b`;
  const files = client(url, "github.com/Azure/x");
  assert.deepEqual(await files.list(), { State: "ok", Value: ["v1.0.0"], From: url });
  assert.equal((await files.info("v1.0.0")).State, "ok");
  assert.equal(said(await files.zip("v1.0.0")), "failed not a regular file");
  assert.equal(said(await files.info("v1.0.1")), "not-found 404 no such file");
  assert.equal(said(await files.latest()), "not-found 404 no such file");
  assert.equal(
    said(await client(url + "," + url, "example.com/m").list()),
    "not-found 404 no such file",
  );
});

Deno.test({
  ...needsGo("the client reads a module cache that the go command uses as a proxy"),
  async fn() {
    using folder = new Folder();
    const at = folder.join("example.com", "m", "@v");
    Deno.mkdirSync(at, { recursive: true });
    Deno.writeTextFileSync(
      at + "/list",
      "v1.0.0\nv1.1.0-rc.1\nv0.0.0-20260101000000-abcdefabcdef\n",
    );
    for (const v of ["v1.0.0", "v1.1.0-rc.1"]) {
      Deno.writeTextFileSync(`${at}/${v}.info`, info(v));
      Deno.writeTextFileSync(`${at}/${v}.mod`, "module example.com/m\n");
    }
    const url = `file://${folder.path}`;
    using go = new Go({ GOPROXY: url });
    const { stdout } = go.run(["list", "-m", "-versions", "example.com/m"]);
    const answer = await client(url).list();
    assert.deepEqual(answer.State === "ok" && answer.Value, stdout.trim().split(" ").slice(1));
  },
});
