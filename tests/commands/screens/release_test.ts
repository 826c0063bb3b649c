/** A release through the screens of the real program: what is typed, what starts it, and what does not. */
import assert from "node:assert/strict";
import { gorel } from "../../support/gorel.ts";
import { Proxy } from "../../support/proxy.ts";
import { released } from "../../support/released.ts";
import {
  begin,
  choose,
  highlighted,
  key,
  left,
  moveTo,
  openIn,
  write,
} from "../../support/screens.ts";

Deno.test("a whole release: from home to the proof, and a shell as it was", async () => {
  using repo = released();
  await using proxy = new Proxy(repo);
  await using pty = openIn(repo, [], { env: { GOPROXY: proxy.url } });
  await pty.until(/✓ proxy ✓ remote/);
  assert.equal(pty.alternate, true);
  assert.equal(pty.cursorVisible, false);
  assert.match(highlighted(pty.screen()), /^Release +v1\.0\.1/);
  await pty.type(key.enter);
  await pty.until("What changed for users?");
  await choose(pty, "A bug fix");
  await pty.until(/[›>] patch +v1\.0\.1/);
  assert.match(pty.screen(), /\$ gorel patch/);
  await pty.type(key.enter);
  await pty.until("› go on to the plan");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  await begin(pty, "v1.0.1");
  const done = await pty.until("example.com/m v1.0.1 is published.");
  assert.match(done, /released v1\.0\.1/);
  assert.match(done, /go get example\.com\/m@v1\.0\.1/);
  assert.ok(proxy.log.some((a) => a.Version === "v1.0.1"), "the proxy was never asked");
  await pty.type("q");
  const { code, lines } = await left(pty);
  assert.equal(code, 0);
  assert.match(lines.at(-2)!, /^Released example\.com\/m v1\.0\.1 in /);
  assert.equal(lines.at(-1), "  go get example.com/m@v1.0.1");
  assert.equal(
    repo.onRemote("rev-parse", "v1.0.1^{}", "main"),
    repo.git("rev-parse", "HEAD", "HEAD"),
  );
  assert.equal(repo.git("status", "--porcelain"), "");
});

Deno.test("only the typed version starts a release: no paste, no other version, no Enter alone", async () => {
  using repo = released();
  await using pty = openIn(repo, ["patch", "--no-wait"]);
  await pty.until("› go on to the plan");
  // In one piece as well: the Enter that opens the review is not the one that starts it.
  await pty.type("\r\r");
  await pty.until("Type v1.0.1 to start: ▌");
  const clear = async () => {
    await pty.type(key.ctrl("u"));
    await pty.until("to start: ▌");
  };
  await pty.paste("v1.0.1\n");
  await pty.until("to start: v1.0.1▌");
  await clear();
  await pty.type("v1.0.1\n");
  await pty.until("to start: v1.0.1▌");
  await clear();
  await pty.type("v1.0.1\r");
  await pty.until("to start: v1.0.1▌");
  await clear();
  await pty.paste("v1.0.1\r\nv1.0.1\r\n");
  await pty.until("to start: v1.0.1 v1.0.1▌");
  await pty.type(key.enter);
  await pty.until("That is not v1.0.1");
  for (const wrong of ["v1.0.2", "1.0.1", "V1.0.1", "v1.0.1-rc.1", "yes"]) {
    await clear();
    await write(pty, wrong);
    await pty.type(key.enter);
    await pty.until(/^ ! .*v1\.0\.1/m);
  }
  await clear();
  await pty.type(key.enter);
  await pty.until(/! .*v1\.0\.1/);
  assert.match(pty.screen(), /review +nothing has been changed yet/);
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  await clear();
  await write(pty, "v1.0.1");
  await pty.type(key.enter);
  await pty.until("out: the remote has it");
  await pty.type("q");
  assert.equal((await left(pty)).code, 0);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("down and Enter in one write choose what is highlighted then", async () => {
  using repo = released();
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type(`${key.enter}`);
  await pty.until("› A bug fix");
  await pty.type(`${key.down}\r`);
  await pty.until(/› minor +v1\.1\.0/);
  await pty.type(`${key.up}${key.down}${key.up}\r`);
  await pty.until("release v1.0.1 › preflight");
  await pty.type(key.esc);
  await pty.until(/› patch +v1\.0\.1/);
  await pty.type(`${key.down}\r`);
  await pty.until("release v1.1.0 › preflight");
  await pty.until("› go on to the plan");
  assert.match(pty.screen(), /\$ gorel minor/);
  await pty.type(`${key.up}${key.down}\r`);
  await pty.until("Type v1.1.0 to start");
  await pty.type(key.ctrl("c"));
  assert.equal((await left(pty)).code, 130);
});

Deno.test("a plan that was saved is carried out by apply, with the same version and hashes", async () => {
  using repo = released();
  await using pty = openIn(repo, ["minor", "--no-wait"]);
  await pty.until("› go on to the plan");
  await pty.type("n");
  await pty.until("Type v1.1.0 to start");
  await pty.type(key.ctrl("s"));
  const saved = await pty.until(/Saved as (gorel-v1\.1\.0\.plan\.json)/);
  const name = /Saved as (\S+\.json)/.exec(saved)![1]!;
  await pty.type(key.ctrl("y"));
  await pty.until(() => pty.copied.length > 0);
  assert.deepEqual(pty.copied, ["gorel minor --no-wait"]);
  await pty.type(key.ctrl("c"));
  assert.equal((await left(pty)).code, 130);
  assert.equal(repo.git("tag", "--list"), "v1.0.0");
  const plan = JSON.parse(repo.read(name));
  repo.git("clean", "-qn");
  const ran = await gorel(["apply", name, "--no-wait", "--yes", "--json"], {
    cwd: repo.dir,
    env: repo.env,
  });
  assert.equal(ran.code, 0, ran.stdout + ran.stderr);
  assert.equal(ran.json.Releases[0].Sum, plan.Releases[0].Expect.Sum);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.1.0");
});

Deno.test("a version outright, typed where rows are chosen", async () => {
  using repo = released();
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await pty.type(key.enter);
  await pty.until("› A bug fix");
  await pty.type(key.enter);
  await pty.until(/› patch/);
  await moveTo(pty, "other");
  await write(pty, "v1.0");
  await pty.type(key.enter);
  await pty.until(/! .*v1\.0/);
  await pty.type(".7-jk?q");
  await pty.until("v1.0.7-jk?q▌");
  await pty.type("\x7f\x7f");
  await pty.until("v1.0.7-jk▌");
  await pty.type(key.enter);
  await pty.until("release v1.0.7-jk › preflight");
  await pty.until("› go on to the plan");
  await pty.type(key.ctrl("c"));
  const { code, lines } = await left(pty);
  assert.equal(code, 130);
  assert.match(lines.join("\n"), /^(Stopped\. )?Nothing was changed/);
});
