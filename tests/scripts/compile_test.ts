/** `deno task compile`: what it builds, what it refuses, and that the same input gives the same bytes. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { cachedBundle, root } from "../../scripts/bundle.ts";
import { compileHost } from "../../scripts/compile.ts";
import { compileByDeno, isProgramOf } from "../../scripts/compile/compiled.ts";
import { buildLauncher } from "../../scripts/compile/launcher.ts";
import { run } from "../../scripts/compile/run.ts";
import { fileOf, tar } from "../../scripts/compile/tar.ts";
import { hostTarget, targets } from "../../scripts/compile/targets.ts";
import { needsGo } from "../support/go.ts";
import { Folder, tryRun } from "../support/repo.ts";

const host = hostTarget();

Deno.test({
  ...needsGo("the same input gives the same executable, and it says our version"),
  async fn() {
    assert.ok(host);
    using folder = new Folder();
    const first = await compileHost(folder.path);
    const second = folder.join("again");
    await buildLauncher(host, await cachedBundle(), 3, second);
    assert.ok(
      Buffer.from(Deno.readFileSync(first)).equals(Deno.readFileSync(second)),
      "two builds differ",
    );
    const own = targets.filter((target) => target === host);
    for (const target of targets) {
      assert.equal(await isProgramOf(target, first), own.includes(target), target.Name);
    }
    const env = { GOREL_CACHE: folder.join("cache"), HOME: folder.path };
    const ran = tryRun(first, ["--version"], { cwd: folder.path, env });
    assert.match(ran.stdout, /^gorel \d+\.\d+\.\d+\n$/, ran.stderr);
  },
});

Deno.test("deno compile over a base that is none is found out by starting its file", async () => {
  assert.ok(host);
  using folder = new Folder();
  const out = folder.join("gorel");
  const hello = new Map([["main.js", new TextEncoder().encode('console.log("gorel");\n')]]);
  Deno.env.set("DENORT_BIN", Deno.execPath());
  try {
    await compileByDeno(host, hello, out);
  } finally {
    Deno.env.delete("DENORT_BIN");
  }
  assert.ok(await isProgramOf(host, out));
  assert.match((await run(out, ["--version"])).Stdout, /^deno /);
});

Deno.test("a word that is no target or flag is named, and with nothing to build the exit is not 0", async () => {
  const compile = (...words: string[]) =>
    run("deno", [
      "run",
      "--no-prompt",
      "--allow-env",
      "--allow-read",
      "scripts/compile.ts",
      ...words,
    ], {
      cwd: root,
    });
  const unknown = await compile("linux-x63");
  assert.equal(unknown.Code, 1);
  assert.match(unknown.Stderr, /linux-x63 is no target; there are linux-x64, .*windows-x64/);
  const flag = await compile("--al");
  assert.equal(flag.Code, 2);
  assert.match(flag.Stdout, /--al: no such flag/);
});

Deno.test("every package and checksum of a target is there, and each target once", () => {
  assert.equal(new Set(targets.map(({ Triple }) => Triple)).size, 5);
  for (const { Name, Integrity, Sha256, Version } of targets) {
    assert.match(Integrity, /^sha512-[A-Za-z0-9+/]{86}==$/, Name);
    assert.match(Sha256, /^[0-9a-f]{64}$/, Name);
    assert.match(Version, /^2\.9\.\d+$/, Name);
  }
});

Deno.test("tar unpacks the archives that are written, to the byte and with their modes", () => {
  using folder = new Folder();
  const files = [
    { Name: "deno", Mode: 0o700, Bytes: crypto.getRandomValues(new Uint8Array(1025)) },
    { Name: "app/main.js", Mode: 0o600, Bytes: new Uint8Array(512).fill(65) },
    { Name: "app/empty.js", Mode: 0o600, Bytes: new Uint8Array() },
  ];
  const archive = tar(files);
  Deno.writeFileSync(folder.join("a.tar"), archive);
  const ran = tryRun("tar", ["-xf", "a.tar"], { cwd: folder.path });
  assert.equal(ran.code, 0, ran.stderr);
  for (const { Name, Mode, Bytes } of files) {
    const path = join(folder.path, Name);
    assert.deepEqual(Deno.readFileSync(path), Bytes);
    assert.equal(Deno.statSync(path).mode! & 0o777, Mode);
    assert.deepEqual(fileOf(archive, Name), Bytes);
  }
  assert.equal(fileOf(archive, "main.js"), undefined);
});
