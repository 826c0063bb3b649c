import assert from "node:assert/strict";
import { notThere, refusalText } from "../../../lib/proxy/answer.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { Folder } from "../../support/repo.ts";
import { always, client, info, plain, said, Web } from "./serve.ts";

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
