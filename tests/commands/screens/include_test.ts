/** A fix that nobody committed, through the screens of the real program: chosen, reviewed, released. */
import assert from "node:assert/strict";
import { released } from "../../support/released.ts";
import type { Repo } from "../../support/repo.ts";
import { begin, choose, key, openIn, quit, write } from "../../support/screens.ts";

/** A changed, a deleted, a new binary and a new text file. */
function untidy(): Repo {
  const repo = released();
  repo.commit("more", { "old.go": "package m\n\n// old\n" });
  repo.git("push", "-q");
  repo.write("m.go", "package m\n\n// the fix\n");
  Deno.removeSync(`${repo.dir}/old.go`);
  repo.write("logo.png", "\x89PNG\0");
  repo.write("notes.txt", "mine\n");
  return repo;
}

Deno.test("dirty, include, release: exactly what was marked goes out, and the rest stays", async () => {
  using repo = untidy();
  await using pty = openIn(repo, ["patch"], { env: { GOPROXY: "direct" } });
  await pty.until(/› ✗[^]*include files/);
  await pty.type("i");
  await pty.until(/› \[x\] m\.go[^]*\[x\] old\.go +deleted[^]*\[ \] logo\.png[^]*\[ \] notes\.txt/);
  await choosing(pty, "logo.png");
  await pty.type(key.enter);
  await pty.until(/2 commits since v1\.0\.0, 2 files, 3 files that nobody committed/);
  await pty.until(/› go on to the plan/);
  await pty.type("y");
  await pty.until(() => pty.copied.length > 0);
  assert.deepEqual(pty.copied, ["gorel patch --include logo.png --include m.go --include old.go"]);
  await pty.type(key.enter);
  const review = await pty.until(/Type v1\.0\.1 to start: ▌/);
  assert.match(review, /commit +Release v1\.0\.1.*3 files/);
  assert.match(review, /logo\.png: a new file, not text, 6 bytes[^]*m\.go[^]*- \/\/ fixed/);
  await pty.type(key.pageDown);
  await pty.until(/\+ \/\/ the fix/);
  await write(pty, "v1.0.1");
  await pty.type(key.enter);
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(
    repo.onRemote("diff", "--name-status", "v1.0.0", "v1.0.1"),
    "A\tlogo.png\nM\tm.go",
  );
  assert.match(repo.onRemote("show", "v1.0.1:m.go"), /the fix/);
  assert.equal(repo.git("status", "--porcelain"), "?? notes.txt");
});

Deno.test("a file that the command line names from a folder is that one, and is shown as it was named", async () => {
  using repo = untidy();
  repo.git("checkout", "-q", "--", ".");
  repo.write("sub/notes.txt", "mine\n");
  const cwd = `${repo.dir}/sub`;
  await using pty = openIn(repo, ["patch", "--include", "notes.txt"], {
    cwd,
    env: { GOPROXY: "direct" },
  });
  await pty.until(/› go on to the plan/);
  await pty.type("y");
  await pty.until(() => pty.copied.length > 0);
  assert.deepEqual(pty.copied, ["gorel patch --include notes.txt"]);
});

/** Marks the row of a file. */
async function choosing(pty: Parameters<typeof begin>[0], name: string): Promise<void> {
  for (let i = 0; i < 9 && !new RegExp(`› \\[.\\] ${name}`).test(pty.screen()); i++) {
    const before = pty.screen();
    await pty.type(key.down);
    await pty.until((screen) => screen !== before);
  }
  await pty.type(" ");
  await pty.until(new RegExp(`› \\[x\\] ${name}`));
}

Deno.test("a hook that refuses stops it with its words; put right, the same release goes out", async () => {
  using repo = untidy();
  const hook = (does: string) =>
    Deno.writeTextFileSync(`${repo.dir}/.git/hooks/pre-commit`, `#!/bin/sh\n${does}\n`, {
      mode: 0o755,
    });
  hook("echo 'format m.go first' >&2; exit 1");
  const before = repo.git("status", "--porcelain");
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type("i");
  await pty.until(/› \[x\] m\.go/);
  await pty.type(key.enter);
  await pty.until("2 files go into the commit of the next release");
  const release = async () => {
    await choose(pty, "Release");
    await pty.until("What changed for users?");
    await choose(pty, "A bug fix");
    await pty.until(/› patch/);
    await pty.type(key.enter);
    await pty.until(/pre-commit runs/);
    await begin(pty, "v1.0.1");
  };
  await release();
  const end = await pty.until(/refused \(exit 1\): format m\.go first[^]*q quit, exit 1/);
  assert.match(end, /Nothing was released/);
  assert.doesNotMatch(end, /gorel (resume|undo)/);
  assert.equal(repo.git("status", "--porcelain"), before);
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  const go = repo.folder.join("go");
  hook(`echo 'all is well' >&2; while [ ! -e '${go}' ]; do sleep 0.05; done`);
  await choose(pty, "home");
  await pty.until(/2 changed, 2 go in[^]*› Release +v1\.0\.1/);
  await release();
  await pty.until(/applying[^]*1 commit[^]*── output of commit ─[^]*all is well/);
  Deno.writeTextFileSync(go, "");
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(repo.onRemote("diff", "--name-status", "main~1", "v1.0.1"), "M\tm.go\nD\told.go");
});
