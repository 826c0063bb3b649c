import assert from "node:assert/strict";
import { hashGoMod } from "../../../lib/go/dirhash.ts";
import { proxyServer } from "../../../lib/proxy/server.ts";
import { zipHash } from "../../../lib/proxy/zip.ts";
import { encode } from "../../../lib/text.ts";
import { verify, type VerifyStep } from "../../../lib/verify/ladder.ts";
import { client, memory, type Modules, Web } from "../proxy/serve.ts";

const [old, path] = ["example.com/m", "example.com/m/v2"];
const oid = "2".repeat(40);
const goMods: Record<string, string> = {
  "v1.0.0": `module ${old}\n`,
  "v1.1.0": `module ${old}\n`,
  "v2.0.0": `module ${path}\n`,
};
const v2 = { "go.mod": goMods["v2.0.0"]!, "m.go": "package m\n" };

/** Verifies v2.0.0 of a module whose path before offered v1.0.0; gives the last rung. */
async function climb(
  { versions, GONOPROXY = "", before = "v1.0.0" as string | null }: {
    versions: string[];
    GONOPROXY?: string;
    before?: string | null;
  },
) {
  const modules: Modules = {
    [path]: { "v2.0.0": v2 },
    [old]: Object.fromEntries(versions.map((v) => [v, { "go.mod": goMods[v]! }])),
  };
  const server = proxyServer(memory(modules), { clock: Date });
  await using web = new Web((request) => server.handler(request));
  const sum = await zipHash((await memory(modules).zip(path, "v2.0.0"))!, `${path}@v2.0.0/`);
  assert.ok("Sum" in sum);
  const tags = ["v2.0.0", ...versions].map((tag) => [tag, { Oid: oid, Commit: oid }] as const);
  const goMod = (version: string) => Promise.resolve(encode(goMods[version]!));
  const result = await verify(
    {
      Module: path,
      Version: "v2.0.0",
      TagName: "v2.0.0",
      Commit: oid,
      Sum: sum.Sum,
      GoModSum: hashGoMod(v2["go.mod"]),
      Latest: "v2.0.0",
      ...(before !== null && { Old: { Module: old, Latest: before } }),
    },
    {
      remote: () => Promise.resolve({ Tags: new Map(tags) }),
      client: client(web.url, path, { GONOPROXY }),
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      settings: { GONOSUMDB: "" },
      goMod,
      old: { client: client(web.url, old, { GONOPROXY }), goMod },
    },
    { wait: 0, next: "gorel resume v2.0.0" },
  );
  const asked = server.log.map(({ Request }) => Request);
  const at = result.Steps.at(-1) as VerifyStep;
  return { result, asked, said: `${result.State}: ${at.Do} ${at.State}: ${at.Detail}` };
}

Deno.test("after a new major the old path's @latest is what it was", async () => {
  const { said, asked } = await climb({ versions: ["v1.0.0"] });
  assert.equal(said, "published: old-latest ok: example.com/m is as before: @latest is v1.0.0");
  // Nothing of it is asked before the remote showed the tag and the proxy the version.
  assert.equal(asked.findIndex((r) => r.startsWith("/example.com/m/@v/")), asked.length - 2);

  const moved = await climb({ versions: ["v1.0.0", "v1.1.0"] });
  assert.equal(
    moved.said,
    "pending: old-latest waiting: @latest is v1.1.0, v1.0.0 is expected",
  );
  assert.match(moved.result.Problems[0]!.Text, /@latest of the path before is not what it was/);
});

Deno.test("of a private module the tags answer, and what had no path before is not asked", async () => {
  const hidden = await climb({ versions: ["v1.0.0"], GONOPROXY: "example.com" });
  assert.equal(
    hidden.said,
    "published: old-latest ok: example.com/m is as before: @latest is v1.0.0",
  );
  assert.deepEqual(hidden.asked, []);
  const first = await climb({ versions: [], before: null });
  assert.deepEqual([first.result.State, first.result.Steps.at(-1)!.Do], ["published", "latest"]);
});
