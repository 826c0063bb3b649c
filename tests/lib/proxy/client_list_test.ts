import assert from "node:assert/strict";
import { Go, needsGo } from "../../support/go.ts";
import { always, client, info, nobody, refusing, said, Web } from "./serve.ts";

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
