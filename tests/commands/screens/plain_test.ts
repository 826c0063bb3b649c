// deno-lint-ignore-file no-control-regex
/** The same flow as numbered questions on plain lines: no escape sequence, and nothing that needs a screen. */
import assert from "node:assert/strict";
import { Folder, run } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import { openGorel, openIn } from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

/** A window that holds the whole dialogue. */
const size = { columns: 160, rows: 400 };

/** Waits until the last question asks for something, and answers it. */
async function answer(pty: Pty, question: RegExp, text: string): Promise<void> {
  await pty.until((screen) => {
    const said = screen.slice(from.get(pty) ?? 0);
    return question.test(said) && /(\n>|< goes back\):)\s*$/.test(said);
  });
  from.set(pty, pty.screen().trimEnd().length);
  await pty.type(`${text}\r`);
}

/** Where in the dialogue the last answer was given. */
const from = new WeakMap<Pty, number>();

Deno.test("a whole patch-and-retract by numbered answers, without one escape byte", async (t) => {
  const table: [name: string, words: string[], env: Record<string, string>][] = [
    ["--plain", ["--plain"], {}],
    ["TERM=dumb", [], { TERM: "dumb" }],
    ["INK_SCREEN_READER", [], { INK_SCREEN_READER: "true" }],
  ];
  for (const [name, words, env] of table) {
    await t.step(name, async () => {
      using folder = new Folder();
      await using pty = openGorel(["demo", "--keep", ...words], {
        cwd: folder.path,
        env: { HOME: folder.path, TMPDIR: folder.path, ...env },
        size,
      });
      await answer(pty, /1\. Patch and retract {2}a bad version is out/, "1");
      await answer(pty, /Marked as bad: v1\.0\.0\./, "n");
      await answer(pty, /1\. It does the wrong thing/, "nonsense");
      await answer(pty, /! nonsense means nothing here/, "1");
      await answer(pty, /What should users of v1\.0\.0 read\?/, "panics on nil");
      await answer(pty, /1\. Yes, on main/, "7");
      await answer(pty, /! There is no 7 to choose/, "1");
      await answer(pty, /1\. Go on with v1\.0\.1/, "1");
      await answer(pty, /\+ retract v1\.0\.0[^]*1\. Yes, like this/, "1");
      await answer(pty, /1\. To the checks/, "1");
      await answer(pty, /\d\. go on to the plan/, "n");
      await answer(pty, /Type v1\.0\.1 to start/, "1");
      await answer(pty, /! .*v1\.0\.1[^]*Type v1\.0\.1 to start/, "v1.0.1");
      await answer(pty, /nobody has seen anything[^]*v1\.0\.1 is published/, "q");
      const { code, screen } = await pty.ended();
      assert.equal(code, 0);
      assert.match(screen, /go get example\.com\/greet@v1\.0\.1\n/);
      assert.match(screen, /\[exit 0: echo icanon isig opost\]/);
      assert.doesNotMatch(pty.output, /\x1b/);
      const [sandbox] = [...Deno.readDirSync(folder.path)].filter((e) => /^gorel-d/.test(e.name));
      const goMod = run("git", ["show", "v1.0.1:go.mod"], {
        cwd: folder.join(sandbox!.name, "greet.git"),
      });
      assert.match(goMod, /\/\/ panics on nil\nretract v1\.0\.0/);
    });
  }
});

Deno.test("plain lines: the way back, the command, and the end of input", async () => {
  using repo = released();
  await using pty = openIn(repo, ["retract", "v1.0.0", "--plain"], {
    env: { GOPROXY: "direct" },
    size,
  });
  await answer(pty, /< goes back\)/, "<");
  await answer(pty, /\d\. \[x\] v1\.0\.0/, "$");
  await answer(pty, /gorel retract v1\.0\.0/, "b");
  await answer(pty, /1\. Release/, "2 v");
  // ^D: nobody is there any more.
  await pty.until(/\n>\s*$/);
  await pty.type("\x04");
  const { code, screen } = await pty.ended();
  assert.equal(code, 130, screen);
  assert.doesNotMatch(pty.output, /\x1b/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
});

Deno.test("plain lines: changed files are marked by their numbers, and go out", async () => {
  using repo = released();
  repo.write("m.go", "package m\n\n// the fix\n");
  repo.write("new.go", "package m\n");
  await using pty = openIn(repo, ["patch", "--plain"], { env: { GOPROXY: "direct" }, size });
  await answer(pty, /stops: m\.go is changed but not committed/, "i");
  await answer(pty, /Goes in: m\.go \(changed \+1 -1\)[^]*2\. \[ \] new\.go {2}not in git/, "2");
  await answer(pty, /Goes in: new\.go \(not in git\)/, "n");
  await answer(pty, /2 files that nobody committed[^]*go on to the plan/, "n");
  await answer(pty, /new\.go: a new file[^]*Type v1\.0\.1 to start/, "v1.0.1");
  await answer(pty, /v1\.0\.1 is (published|out)/, "q");
  const { code, screen } = await pty.ended();
  assert.equal(code, 0, screen);
  assert.equal(repo.onRemote("diff", "--name-only", "main~1", "v1.0.1"), "m.go\nnew.go");
});

Deno.test("plain lines: ^C at a question is 130, and nothing was changed", async () => {
  using repo = released();
  await using pty = openIn(repo, ["patch", "--plain"], { env: { GOPROXY: "direct" }, size });
  await pty.until(/go on to the plan[^]*\n>\s*$/);
  await pty.type("\x03");
  const { code, screen } = await pty.ended();
  assert.equal(code, 130, screen);
  assert.match(screen, /Nothing was changed/);
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
});

Deno.test("plain and ASCII lines hold nothing but ASCII", async () => {
  using repo = released();
  repo.commit("fix: größer 漢字 🚀");
  await using pty = openIn(repo, ["--plain", "--ascii"], { env: { GOPROXY: "direct" }, size });
  await answer(pty, /1\. Release/, "1");
  await answer(pty, /1\. A bug fix/, "1");
  await answer(pty, /1\. patch/, "1");
  await answer(pty, /go on to the plan/, "?");
  await pty.until(/Ctrl-C stops[^]*\n>\s*$/);
  await pty.type("\x03");
  assert.equal((await pty.ended()).code, 130);
  assert.deepEqual(pty.output.match(/[^\x00-\x7f]+/g), null);
});
