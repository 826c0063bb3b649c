import assert from "node:assert/strict";
import { machine } from "../../../lib/cli/machine.ts";
import { seal } from "../../../lib/plan/seal.ts";
import { zipPrefix } from "../../../lib/go/zip.ts";
import { zipHash } from "../../../lib/proxy/zip.ts";
import { gate } from "../../../lib/rehearse/gate.ts";
import { type Coming, serve, sourceOf, write } from "../../../lib/rehearse/offer.ts";
import { decode } from "../../../lib/text.ts";
import { Folder, snapshotFolder } from "../../support/repo.ts";
import { Ground } from "./ground.ts";

const files = {
  "go.mod": "module example.com/M\n\ngo 1.21\n",
  "m.go": "package m\n",
  "LICENSE": "free\n",
  "sub/go.mod": "module example.com/M/sub\n\ngo 1.21\n",
  "sub/s.go": "package sub\n",
};
const writes = { "go.mod": "module example.com/M/v2\n\ngo 1.21\n" };
const coming: Coming[] = [
  { Path: "example.com/M/v2", Version: "v2.0.0", Dir: "" },
  { Path: "example.com/M/sub", Version: "v1.3.0", Dir: "sub" },
];
const published = (path: string) => path === "example.com/M/sub" ? ["v1.2.0"] : [];

/** The source of the coming versions, from a tree that no commit has. */
async function offered(ground: Ground) {
  const { repo, draft } = await ground.plan(writes, [{ Module: "m", Version: "v2.0.0" }]);
  const tree = await draft.planned();
  return { repo, tree, source: sourceOf(repo, tree, coming, published, 0) };
}

Deno.test("our proxy serves what is coming, and lets nobody be asked for anything else of it", async () => {
  using ground = new Ground(files);
  const { repo, tree, source } = await offered(ground);
  const offer = (await serve(
    source,
    coming,
    published,
    () => Promise.resolve(new Response("theirs", { status: 418 })),
  ))!;
  const ask = async (path: string, base = offer.Url) => {
    const response = await fetch(`${base}/${path}`);
    return { Status: response.status, Bytes: await response.bytes() };
  };
  try {
    const rows: [string, number][] = [
      ["example.com/!m/v2/@v/v2.0.0.info", 200],
      ["example.com/!m/v2/@v/v2.0.0.mod", 200],
      ["example.com/!m/v2/@latest", 200],
      ["example.com/!m/v2/@v/v2.0.1.info", 403],
      ["example.com/!m/v2/@v/main.info", 403],
      ["example.com/!m/sub/@v/v1.2.0.info", 404],
      ["example.com/!m/sub/@v/v1.2.1.info", 403],
      ["example.com/!m/@v/list", 404],
      ["example.com/other/@v/v1.0.0.zip", 404],
      ["sumdb/sum.test/supported", 404],
    ];
    for (const [path, status] of rows) assert.equal((await ask(path)).Status, status, path);
    assert.equal(
      decode((await ask("example.com/!m/sub/@v/list")).Bytes),
      "v1.2.0\nv1.3.0\n",
    );
    for (const { Path, Version, Dir } of coming) {
      const { Bytes } = await ask(`${Path.replace("M", "!m")}/@v/${Version}.zip`);
      const sealed = await seal(repo, tree, { Path, Version, Dir });
      const served = await zipHash(Bytes, zipPrefix(Path, Version));
      assert.ok("Sum" in sealed && "Sum" in served);
      assert.equal(served.Sum, sealed.Sum, "go.sum has another hash than the zip");
    }
    // At the gate it is the other way round; and who does not know the address gets nothing.
    assert.equal((await ask("example.com/other/@v/list", offer.Gate)).Status, 418);
    assert.equal((await ask("example.com/!m/sub/@v/v1.2.0.info", offer.Gate)).Status, 404);
    const { origin } = new URL(offer.Url);
    assert.equal((await ask("coming/example.com/!m/v2/@v/list", origin)).Status, 403);
  } finally {
    await offer.stop();
  }
});

Deno.test("the gate asks the user's proxies for what is not private, and says what they say", async () => {
  const asked: string[] = [];
  await using theirs = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (r) => {
    const { pathname } = new URL(r.url);
    asked.push(pathname);
    return pathname.includes("/there/")
      ? new Response("module x\n")
      : new Response("no\n", { status: 404 });
  });
  const url = `http://127.0.0.1:${theirs.addr.port}`;
  const status = async (GOPROXY: string, path: string, file = "v1.0.0.mod") => {
    const others = gate(machine({}), { GOPROXY, GONOPROXY: "private.test" });
    const response = await others(path, new Request(`http://ours/${path}/@v/${file}`));
    await response.body?.cancel();
    return response.status;
  };
  const is = [
    await status(url, "a.test/there"),
    await status(url, "private.test/there"),
    await status(`${url},direct`, "a.test/gone"),
    await status(url, "a.test/gone"),
    await status("off", "a.test/there"),
  ];
  // Only where the user would fetch directly does go hear "not found", after which it does.
  assert.deepEqual(is, [200, 404, 404, 403, 403]);
  assert.deepEqual(asked, [
    "/a.test/there/@v/v1.0.0.mod",
    "/a.test/gone/@v/v1.0.0.mod",
    "/a.test/gone/@v/v1.0.0.mod",
  ]);
});

Deno.test("without a server the coming versions lie in a folder, as go reads one", async () => {
  using ground = new Ground(files);
  using folder = new Folder();
  const { source } = await offered(ground);
  const offer = await write(source, coming, folder.path);
  assert.equal(offer.Gate, undefined);
  assert.deepEqual(Object.keys(snapshotFolder(folder.path)), [
    "example.com/!m/sub/@v/list",
    "example.com/!m/sub/@v/v1.3.0.info",
    "example.com/!m/sub/@v/v1.3.0.mod",
    "example.com/!m/sub/@v/v1.3.0.zip",
    "example.com/!m/v2/@v/list",
    "example.com/!m/v2/@v/v2.0.0.info",
    "example.com/!m/v2/@v/v2.0.0.mod",
    "example.com/!m/v2/@v/v2.0.0.zip",
  ]);
});
