/** Nothing is written where a symbolic link leads. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { goMod, released } from "../support/released.ts";
import { snapshotFolder } from "../support/repo.ts";
import { on, retract, state } from "./scene.ts";

Deno.test("nothing is written where a symbolic link leads", async (t) => {
  using repo = released();
  const outside = repo.folder.join("outside");
  Deno.mkdirSync(outside);
  const folder = join(repo.dir, ".git", "gorel");
  const refused = async (code: string) => {
    const before = state(repo);
    const ran = await on(repo, [...retract, "--yes", "--no-wait", "--json"]);
    assert.equal(ran.code, 3, ran.stdout);
    assert.equal(ran.json.Error.Code, code);
    assert.deepEqual(state(repo), before);
    assert.deepEqual(snapshotFolder(outside), {});
  };
  repo.git("status");
  await t.step("in place of the journals' folder", async () => {
    Deno.symlinkSync(outside, folder);
    await refused("unsupported-repository");
    Deno.removeSync(folder);
  });
  await t.step("in place of the lock", async () => {
    Deno.mkdirSync(folder);
    Deno.symlinkSync(join(outside, "missing", "lock"), join(folder, "lock"));
    await refused("unsupported-repository");
    Deno.removeSync(folder, { recursive: true });
  });
  await t.step("in place of go.mod in the work tree", async () => {
    const file = join(repo.dir, "go.mod");
    Deno.removeSync(file);
    Deno.symlinkSync(join(outside, "go.mod"), file);
    await refused("dirty");
    repo.git("checkout", "-q", "go.mod");
  });
  await t.step("in place of the journal itself", async () => {
    Deno.mkdirSync(folder);
    Deno.symlinkSync(join(outside, "journal"), join(folder, "v1.0.1.journal"));
    const ran = await on(repo, [...retract, "--yes", "--no-wait"]);
    assert.equal(ran.code, 0, ran.stderr);
    assert.deepEqual(snapshotFolder(outside), {});
  });
  await t.step("in place of go.mod in the commit", async () => {
    Deno.writeTextFileSync(join(outside, "go.mod"), goMod);
    repo.git("rm", "-q", "go.mod");
    Deno.symlinkSync(join(outside, "go.mod"), join(repo.dir, "go.mod"));
    repo.commit("a link");
    const ran = await on(repo, ["patch", "--yes", "--no-wait", "--json"]);
    assert.equal(ran.code, 3);
    assert.equal(ran.json.Error.Code, "go-mod-invalid");
  });
});

Deno.test("a saved plan is not carried out through a folder that has become a link", async (t) => {
  using repo = released();
  repo.commit("a folder", { "sub/data.txt": "one\n" });
  const file = join(repo.dir, "sub", "data.txt");
  Deno.writeTextFileSync(file, "two\n");
  const plan = repo.folder.join("plan.json");
  const made = ["plan", "patch", "--include", "sub/data.txt", "--no-wait", "-o", plan];
  assert.equal((await on(repo, made)).code, 0);
  const outside = repo.folder.join("outside");
  for (const there of [true, false]) {
    await t.step(there ? "to the same file elsewhere" : "to an empty folder", async () => {
      Deno.mkdirSync(outside);
      if (there) Deno.writeTextFileSync(join(outside, "data.txt"), "one\n");
      Deno.renameSync(join(repo.dir, "sub"), repo.folder.join("aside"));
      Deno.symlinkSync(outside, join(repo.dir, "sub"));
      const [left, before] = [snapshotFolder(outside), state(repo)];
      const ran = await on(repo, ["apply", plan, "--yes", "--json"]);
      assert.equal(ran.code, 3, ran.stdout);
      assert.deepEqual([snapshotFolder(outside), state(repo)], [left, before]);
      Deno.removeSync(join(repo.dir, "sub"));
      Deno.renameSync(repo.folder.join("aside"), join(repo.dir, "sub"));
      Deno.removeSync(outside, { recursive: true });
    });
  }
  const ran = await on(repo, ["apply", plan, "--yes", "--json"]);
  assert.equal(ran.code, 0, ran.stdout);
  assert.equal(repo.onRemote("show", "v1.0.1:sub/data.txt"), "two");
});

Deno.test("what is included lies in the work tree: no link, no way out, nothing of git's", async () => {
  using repo = released();
  Deno.writeTextFileSync(repo.folder.join("secret"), "s3cret\n");
  Deno.mkdirSync(repo.folder.join("outside"));
  Deno.writeTextFileSync(repo.folder.join("outside", "x.go"), "package s3cret\n");
  Deno.symlinkSync(repo.folder.join("outside"), join(repo.dir, "link"));
  const paths = [
    "../secret",
    repo.folder.join("secret"),
    ".git/config",
    ".git",
    "link/x.go",
    "--",
    "",
  ];
  for (const path of [...paths, ":(top)m.go", "*.go", "a\x1b[31m"]) {
    const ran = await on(repo, ["patch", `--include=${path}`, "--yes", "--no-wait", "--json"]);
    assert.ok([2, 3].includes(ran.code), `${path}: ${ran.stdout}`);
    if (ran.code === 3) assert.match(ran.json.Error.Text, /\.$/, path);
    assert.doesNotMatch(ran.stdout, /s3cret/);
  }
});
