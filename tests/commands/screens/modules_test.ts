/** Repositories with several modules, and releases that were begun before, through the real program. */
import assert from "node:assert/strict";
import { gorel } from "../../support/gorel.ts";
import { Repo } from "../../support/repo.ts";
import { goMod, released } from "../../support/released.ts";
import { begin, choose, key, left, openIn, quit, write } from "../../support/screens.ts";

/** example.com/m at the root and example.com/m/sub in sub, both at v1.0.0, both with a fix since. */
function two(): Repo {
  const repo = new Repo();
  repo.commit("begin", {
    "go.mod": goMod,
    "m.go": "package m\n",
    "sub/go.mod": "module example.com/m/sub\n\ngo 1.21\n",
    "sub/sub.go": "package sub\n",
  });
  repo.tag("v1.0.0");
  repo.tag("sub/v1.0.0");
  repo.withRemote();
  repo.commit("fix: both", {
    "m.go": "package m\n\n// fixed\n",
    "sub/sub.go": "package sub\n\n// fixed\n",
  });
  return repo;
}

const env = { GOPROXY: "direct" };

Deno.test("several modules: one is chosen, and its release has its prefix and no other", async () => {
  using repo = two();
  await using pty = openIn(repo, [], { env });
  await pty.until("Which module?");
  await choose(pty, "example.com/m/sub");
  await pty.until(/^ example\.com\/m\/sub /m);
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type("/");
  await pty.until("Which module?");
  await pty.type(key.esc);
  await pty.until(/^ example\.com\/m\/sub /m);
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type(key.enter);
  await pty.until("What changed for users?");
  await pty.type(key.enter);
  await pty.until(/› patch/);
  assert.match(pty.screen(), /\$ gorel patch --module (sub|example\.com\/m\/sub)/);
  await pty.type(key.enter);
  await pty.until(/tag message +v1\.0\.1|tag message +sub\/v1\.0\.1/);
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m\/sub v1\.0\.1 is (published|out)/);
  const { code, lines } = await quit(pty);
  assert.equal(code, 0);
  assert.equal(lines.at(-1), "  go get example.com/m/sub@v1.0.1");
  assert.equal(repo.onRemote("tag", "--list"), "sub/v1.0.0\nsub/v1.0.1\nv1.0.0");
});

Deno.test("in a module's folder that module is meant, and another one is a key away", async () => {
  using repo = two();
  await using pty = openIn(repo, [], { env, cwd: `${repo.dir}/sub` });
  await pty.until(/^ example\.com\/m\/sub /m);
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type("/");
  await pty.until("Which module?");
  await choose(pty, "example.com/m ");
  await pty.until(/^ example\.com\/m +main/m);
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type(key.enter);
  await pty.until("What changed for users?");
  await pty.type(key.enter);
  await pty.until(/› patch/);
  await pty.type(key.enter);
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(repo.onRemote("tag", "--list"), "sub/v1.0.0\nv1.0.0\nv1.0.1");
});

Deno.test("what was begun is offered at home: undo takes it back, resume finishes it", async () => {
  using repo = released();
  const options = { cwd: repo.dir, env: { ...repo.env, ...env } };
  const begun = async () => {
    const ran = await gorel(["patch", "--no-push", "--yes"], options);
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(repo.git("tag", "--list"), /v1\.0\.1/);
  };
  const home = async (words: string[] = []) => {
    const pty = openIn(repo, words, { env });
    await pty.until(/✓ remote|not on the remote/);
    await pty.until(/r resume/);
    await pty.type("r");
    await pty.until(/› Resume v1\.0\.1/);
    return pty;
  };
  await begun();
  {
    await using pty = await home();
    await choose(pty, "Leave it for now");
    await pty.until("What do you want to do?");
    await pty.type("r");
    await pty.until(/› Resume v1\.0\.1/);
    await choose(pty, "Undo v1.0.1");
    await pty.until(/taken back|as they were/);
    const { code, lines } = await quit(pty);
    assert.equal(code, 0);
    assert.match(lines.join("\n"), /v1\.0\.1 was taken back/);
  }
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  await begun();
  {
    await using pty = await home();
    await pty.type(key.enter);
    await pty.until("Type v1.0.1 to push it: ▌");
    await pty.type(key.enter);
    await pty.until(/^ ! .*v1\.0\.1/m);
    assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
    await write(pty, "v1.0.1");
    await pty.type(key.enter);
    await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
    const { code, lines } = await quit(pty);
    assert.equal(code, 0);
    assert.equal(lines.at(-1), "  go get example.com/m@v1.0.1");
  }
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("a folder that is no module of a repository: a sentence, and a way out", async () => {
  using repo = new Repo();
  repo.commit("nothing to release", { "README": "hello\n" });
  await using pty = openIn(repo, [], { env });
  await pty.until(/go\.mod/);
  await pty.type(key.ctrl("c"));
  const { code } = await left(pty);
  assert.ok(code === 130 || code === 3, `exit ${code}`);
});
