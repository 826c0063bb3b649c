/** Patch and retract through the screens of the real program, and the ways into it from a command. */
import assert from "node:assert/strict";
import { Proxy } from "../../support/proxy.ts";
import { Folder, Repo, run } from "../../support/repo.ts";
import { goMod, released } from "../../support/released.ts";
import {
  begin,
  choose,
  key,
  left,
  nothingChanged,
  openDemo,
  openIn,
  quit,
  write,
} from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

/** The first step: the version that is marked, what is wrong with it, and the words for users. */
async function whatIsWrong(pty: Pty, reason: string): Promise<void> {
  await pty.until("Which version is bad?");
  await pty.until(/› \[[ x]\] v1\.0\.0/);
  await pty.type(key.enter);
  await pty.until("What is wrong with v1.0.0?");
  await choose(pty, "It does the wrong thing");
  await pty.until("What should users of v1.0.0 read?");
  await pty.type(key.ctrl("a") + key.ctrl("k"));
  await pty.until((screen) => !screen.includes("gives wrong results▌"));
  await write(pty, reason);
  await pty.type(key.enter);
  await pty.until("Is the fix in?");
}

Deno.test("patch and retract in the sandbox, with the fix on main, to the proof", async () => {
  using folder = new Folder();
  {
    await using pty = await openDemo(folder, { args: ["--keep"] });
    await pty.type(key.enter);
    await whatIsWrong(pty, "panics on nil");
    await choose(pty, "Yes, on main");
    await pty.until(/› Go on with v1\.0\.1/);
    await pty.type(key.enter);
    await pty.until(/\+ +retract v1\.0\.0/);
    await choose(pty, "Yes, like this");
    await pty.until("── The plan ──");
    await choose(pty, "To the checks");
    await begin(pty, "v1.0.1");
    await pty.until(/example\.com\/greet v1\.0\.1 is published/);
    await pty.type("q");
    const { code, lines } = await left(pty);
    assert.equal(code, 0);
    assert.match(
      lines.join("\n"),
      /^Released example\.com\/greet v1\.0\.1 in .*\n {2}go get example\.com\/greet@v1\.0\.1/,
    );
  }
  const [sandbox] = [...Deno.readDirSync(folder.path)].filter((e) =>
    e.name.startsWith("gorel-demo-")
  );
  assert.ok(sandbox, "the sandbox was not kept");
  const goMod = run("git", ["show", "v1.0.1:go.mod"], {
    cwd: folder.join(sandbox.name, "greet.git"),
  });
  assert.match(goMod, /^\/\/ panics on nil\nretract v1\.0\.0$/m);
});

Deno.test("a sandbox that is left is removed", async () => {
  using folder = new Folder();
  await using pty = await openDemo(folder);
  await pty.type("q");
  assert.equal((await left(pty)).code, 0);
  assert.deepEqual([...Deno.readDirSync(folder.path)].filter((e) => /^gorel-/.test(e.name)), []);
});

Deno.test("retract now, fix later: users get the last good bytes, and main keeps its own commits", async () => {
  using repo = new Repo();
  repo.commit("begin", { "go.mod": goMod, "m.go": "package m\n" });
  repo.tag("v0.9.0");
  repo.commit("bad", { "m.go": "package m\n\n// bad\n" });
  repo.tag("v1.0.0");
  repo.withRemote();
  repo.commit("fix", { "m.go": "package m\n\n// fixed\n" });
  await using proxy = new Proxy(repo);
  await using pty = openIn(repo, [], { env: { GOPROXY: proxy.url } });
  const own = repo.git("rev-parse", "HEAD");
  await pty.until(/✓ proxy ✓ remote/);
  await choose(pty, "Patch and retract");
  await whatIsWrong(pty, "panics on nil");
  await choose(pty, "No: retract now, fix later");
  await pty.until(/› Go on with v1\.0\.1/);
  await pty.type(key.enter);
  await pty.until(/\+ +retract/);
  await choose(pty, "Yes, like this");
  await pty.until("── The plan ──");
  await pty.type("y");
  await pty.until(() => pty.copied.length > 0);
  assert.deepEqual(pty.copied, [
    "gorel retract v1.0.0 --from v1.0.0 --reason 'panics on nil' --self",
  ]);
  await choose(pty, "To the checks");
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m v1\.0\.1 is published/);
  await pty.type("q");
  assert.equal((await left(pty)).code, 0);
  const lines = /retract \(\n(\t\/\/ .*\n)?(\tv1\.0\.[01].*\n)+\)|retract \[v1\.0\.0, v1\.0\.1\]/;
  assert.match(repo.onRemote("show", "v1.0.1:go.mod"), lines);
  assert.match(repo.onRemote("show", "main:go.mod"), /v1\.0\.1/);
  assert.equal(repo.onRemote("show", "v1.0.1:m.go"), repo.onRemote("show", "v1.0.0:m.go"));
  assert.match(repo.onRemote("show", "main:m.go"), /fixed/);
  assert.equal(
    repo.onRemote("rev-parse", "main^1", "main^2"),
    `${own}\n${repo.onRemote("rev-parse", "v1.0.1^{}")}`,
  );
  assert.equal(repo.git("rev-parse", "HEAD"), repo.onRemote("rev-parse", "main"));
  assert.equal(repo.git("status", "--porcelain"), "");
});

Deno.test("the retract editor: a mark, a reason, what carries it, and the live go.mod", async () => {
  using repo = released();
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await choose(pty, "Retract a version");
  await pty.until(/› \[ \] v1\.0\.0/);
  await pty.type(" ");
  await pty.until(/› \[x\] v1\.0\.0/);
  await pty.type(" ");
  await pty.until(/› \[ \] v1\.0\.0/);
  await pty.type(" \r");
  await pty.until(/\[x\] v1\.0\.0/);
  await write(pty, "panics; use v1.0.1");
  await pty.until(/\+ +(\/\/ panics; use v1\.0\.1|retract v1\.0\.0 \/\/ panics; use v1\.0\.1)/);
  await pty.type(key.enter);
  await carried(pty);
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  await pty.type("q");
  assert.equal((await left(pty)).code, 0);
  assert.match(repo.onRemote("show", "main:go.mod"), /panics; use v1\.0\.1/);
});

/** Where it is asked what carries the retraction, HEAD does. */
async function carried(pty: Pty): Promise<void> {
  await pty.until(/preflight|[Cc]arried by/);
  if (!pty.screen().includes("preflight")) await pty.type(key.enter);
}

Deno.test("a command opens the screens at its first open question", async (t) => {
  const table: [words: string[], shows: RegExp, not: RegExp][] = [
    [["patch"], /release v1\.0\.1 › preflight[^]*› go on to the plan/, /retract v/],
    [["retract"], /retract › versions[^]*› \[ \] v1\.0\.0/, /\[x\]/],
    [["retract", "v1.0.0"], /retract › [^]*\[x\] v1\.0\.0[^]*▌/, /\[ \]/],
    [
      ["retract", "v1.0.0", "--reason", "x"],
      /(retract|release) v1\.0\.1 › preflight[^]*› go on/,
      /\[x\]/,
    ],
    [["deprecate"], /deprecate[^]*▌/, /preflight/],
  ];
  using repo = released();
  for (const [words, shows, not] of table) {
    await t.step(words.join(" "), async () => {
      await using pty = openIn(repo, words, { env: { GOPROXY: "direct" } });
      assert.doesNotMatch(await pty.until(shows), not);
      // The way back leads home, and from there out.
      for (let i = 0; i < 5 && !/q quit/.test(pty.screen()); i++) {
        const before = pty.screen();
        await pty.type(key.esc);
        await pty.until((screen) => screen !== before);
      }
      await pty.until("What do you want to do?");
      assert.equal((await quit(pty)).code, 0);
    });
  }
  nothingChanged(repo);
});
