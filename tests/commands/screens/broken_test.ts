/** The real program ended from outside, and what breaks around it: the terminal is given back, and the end is told. */
import assert from "node:assert/strict";
import { gorel } from "../../support/gorel.ts";
import { Folder } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import {
  begin,
  gorelPid,
  key,
  left,
  nothingChanged,
  openIn,
  type OpenOptions,
  tagOnly,
  waitingHook,
} from "../../support/screens.ts";

const direct: OpenOptions = { env: { GOPROXY: "direct" } };

Deno.test("SIGTERM and SIGHUP from outside give the terminal back, and their codes", async (t) => {
  for (const [name, expected] of [["SIGTERM", 143], ["SIGHUP", 129], ["SIGINT", 130]] as const) {
    await t.step(`${name} at home`, async () => {
      using repo = released();
      await using pty = openIn(repo, [], direct);
      await pty.until(/✓ remote/);
      Deno.kill(await gorelPid(pty), name);
      assert.equal((await left(pty)).code, expected);
      nothingChanged(repo);
    });
    await t.step(`${name} while a step runs`, async () => {
      using repo = released();
      const hook = waitingHook(repo, "reference-transaction", tagOnly);
      await using pty = openIn(repo, ["patch"], direct);
      await begin(pty, "v1.0.1");
      await hook.begun();
      Deno.kill(await gorelPid(pty), name);
      await pty.until(/Stopping: .* is finished first/);
      hook.go();
      const { code, lines } = await left(pty);
      assert.equal(code, expected);
      assert.match(lines.join("\n"), /gorel resume v1\.0\.1/);
      assert.match(repo.git("tag", "--list"), /v1\.0\.1/);
      assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
    });
  }
});

Deno.test("git killed in its push: the end is told, the terminal is back, and resume finishes", async () => {
  using repo = released();
  const hook = waitingHook(repo, "pre-push");
  await using pty = openIn(repo, ["patch"], direct);
  await begin(pty, "v1.0.1");
  await hook.begun();
  const below = await children(await gorelPid(pty));
  assert.equal(below.length, 1, "gorel has one child, which is git");
  Deno.kill(below[0]!, "SIGKILL");
  hook.go();
  await pty.until(/v1\.0\.1 failed[^]*gorel resume v1\.0\.1/);
  assert.equal(pty.alternate, true);
  await pty.type("q");
  const { code, lines } = await left(pty);
  assert.equal(code, 1);
  assert.match(lines.join("\n"), /gorel resume v1\.0\.1/);
  const resumed = await gorel(["resume", "--no-wait"], { cwd: repo.dir, env: repo.env });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

async function children(pid: number): Promise<number[]> {
  const tasks = [...Deno.readDirSync(`/proc/${pid}/task`)].map((t) => t.name);
  const lists = await Promise.all(
    tasks.map((t) => Deno.readTextFile(`/proc/${pid}/task/${t}/children`)),
  );
  return lists.flatMap((list) => list.trim().split(" ")).filter((p) => p !== "").map(Number);
}

Deno.test("what breaks around the screens is said, and the terminal given back", async (t) => {
  await t.step("the repository is removed", async () => {
    using repo = released();
    await using pty = openIn(repo, [], direct);
    await pty.until(/✓ remote/);
    Deno.removeSync(repo.dir, { recursive: true });
    await pty.type("R");
    await pty.until(/ ! |✗/);
    assert.equal(pty.alternate, true);
    await pty.type(key.ctrl("c"));
    assert.equal((await left(pty)).code, 130);
  });
  await t.step("git is gone from PATH", async () => {
    using repo = released();
    using bin = new Folder();
    Deno.symlinkSync((await which("git"))!, bin.join("git"));
    for (const name of ["sh", "stty", "grep", "sort", "script", "deno"]) {
      const at = name === "deno" ? Deno.execPath() : await which(name);
      Deno.symlinkSync(at!, bin.join(name));
    }
    await using pty = openIn(repo, [], { env: { PATH: bin.path, GOPROXY: "direct" } });
    await pty.until(/✓ remote/);
    Deno.removeSync(bin.join("git"));
    await pty.type(key.enter);
    await pty.until("What changed for users?");
    await pty.type(key.enter);
    await pty.until(/› patch/);
    await pty.type(key.enter);
    await pty.until(/no git program|git/);
    await pty.until(/✗/);
    await pty.type(key.ctrl("c"));
    assert.equal((await left(pty)).code, 130);
  });
  await t.step("the plan's ground moves while it is reviewed", async () => {
    using repo = released();
    await using pty = openIn(repo, ["patch"], direct);
    await pty.until("› go on to the plan");
    await pty.type("n");
    await pty.until("to start: ▌");
    repo.commit("something else", { "other.go": "package m\n" });
    await pty.type("v1.0.1");
    await pty.until("to start: v1.0.1▌");
    await pty.type(key.enter);
    await pty.until(/ ! .*moved/);
    await pty.until("preflight");
    await pty.type(key.ctrl("c"));
    assert.equal((await left(pty)).code, 130);
    assert.equal(repo.git("tag", "--list"), "v1.0.0");
    assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  });
});

async function which(name: string): Promise<string | undefined> {
  for (const dir of (Deno.env.get("PATH") ?? "").split(":")) {
    if (await Deno.stat(`${dir}/${name}`).then(() => true, () => false)) return `${dir}/${name}`;
  }
}
