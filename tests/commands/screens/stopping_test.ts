/** Stopping the real program by ^C: at each of its screens, in each step, and while the proxy is waited for. */
import assert from "node:assert/strict";
import { gorel } from "../../support/gorel.ts";
import { Proxy } from "../../support/proxy.ts";
import type { Repo } from "../../support/repo.ts";
import { released } from "../../support/released.ts";
import {
  begin,
  key,
  left,
  nothingChanged,
  openIn,
  type OpenOptions,
  pause,
  tagOnly,
  waitingHook,
} from "../../support/screens.ts";
import type { Pty } from "../../support/pty.ts";

const direct: OpenOptions = { env: { GOPROXY: "direct" } };

Deno.test("^C before anything was begun: 130, and nothing was changed", async (t) => {
  using repo = released();
  const table: [name: string, words: string[], to: (pty: Pty) => Promise<unknown>][] = [
    ["home, at once", [], (pty) => pty.until(() => pty.alternate)],
    ["home", [], (pty) => pty.until(/✓ remote/)],
    ["a plan in the making", ["patch"], (pty) => pty.until("preflight")],
    ["the checks", ["patch"], (pty) => pty.until("› go on to the plan")],
    ["a reason being typed", ["retract", "v1.0.0"], (pty) => pty.until("▌")],
    ["help", ["patch"], async (pty) => {
      await pty.until("› go on to the plan");
      await pty.type("?");
      await pty.until("one row up");
    }],
    ["the review", ["patch"], async (pty) => {
      await pty.until("› go on to the plan");
      await pty.type("n");
      await pty.until("to start: ▌");
      await pty.type("v1.0.1");
      await pty.until("to start: v1.0.1▌");
    }],
  ];
  for (const [name, words, to] of table) {
    await t.step(name, async () => {
      await using pty = openIn(repo, words, direct);
      await to(pty);
      await pty.type(key.ctrl("c"));
      const { code, lines } = await left(pty);
      assert.equal(code, 130);
      assert.match(lines.join("\n"), /Nothing was changed/);
    });
  }
  nothingChanged(repo);
});

Deno.test("^C while a step runs: it is finished first, and resume goes on", async () => {
  using repo = released();
  const hook = waitingHook(repo, "reference-transaction", tagOnly);
  await using pty = openIn(repo, ["patch"], direct);
  await begin(pty, "v1.0.1");
  await hook.begun();
  await pty.until("applying");
  await pty.type(key.ctrl("c"));
  await pty.until(/Stopping: .* is finished first/);
  hook.go();
  const { code, lines } = await left(pty);
  assert.equal(code, 130);
  assert.match(lines.join("\n"), /gorel resume v1\.0\.1/);
  assert.match(repo.git("tag", "--list"), /v1\.0\.1/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0");
  const resumed = await gorel(["resume", "--no-wait"], { cwd: repo.dir, env: repo.env });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("^C three times: the second says what is waited for, the third ends it at once", async () => {
  using repo = released();
  const hook = waitingHook(repo, "reference-transaction", tagOnly);
  await using pty = openIn(repo, ["patch"], direct);
  await begin(pty, "v1.0.1");
  await hook.begun();
  await pty.type(key.ctrl("c"));
  await pty.until(/Stopping: .* is finished first/);
  await pty.type(key.ctrl("c"));
  await pty.until(/[Ss]till (waiting|finishing)/);
  await pty.type(key.ctrl("c"));
  const { code, lines } = await left(pty);
  assert.equal(code, 130);
  assert.match(lines.join("\n"), /gorel resume v1\.0\.1/);
  hook.go();
  await resumes(repo);
});

Deno.test("^C during a push, on the lent terminal: git finishes it, and the proof is left", async () => {
  using repo = released();
  await using proxy = new Proxy(repo);
  const hook = waitingHook(repo, "pre-push");
  await using pty = openIn(repo, ["patch"], { env: { GOPROXY: proxy.url } });
  await begin(pty, "v1.0.1");
  await hook.begun();
  await pty.until("gorel: git runs");
  assert.equal(pty.alternate, false);
  await pty.type(key.ctrl("c"));
  await pty.until("gorel: Stopping");
  hook.go();
  const { code, lines } = await left(pty);
  assert.equal(code, 8);
  assert.match(lines.join("\n"), /v1\.0\.1 is out.*\n.*gorel resume v1\.0\.1/);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
});

Deno.test("^C three times during a push: said each time, then ended at once; resume finishes", async () => {
  using repo = released();
  const hook = waitingHook(repo, "pre-push");
  await using pty = openIn(repo, ["patch"], direct);
  await begin(pty, "v1.0.1");
  await hook.begun();
  await pty.until("gorel: git runs");
  await pty.type(key.ctrl("c"));
  await pty.until("gorel: Stopping");
  await later();
  await pty.type(key.ctrl("c"));
  await pty.until(/gorel: [Ss]till/);
  await later();
  await pty.type(key.ctrl("c"));
  const { code, lines } = await left(pty);
  assert.equal(code, 130);
  assert.match(lines.join("\n"), /gorel resume v1\.0\.1/);
  hook.go();
  await resumes(repo);
});

/** Long enough for the next ^C not to be taken for the one that a task runner passes on. */
function later(): Promise<void> {
  return new Promise((tick) => setTimeout(tick, 400));
}

/** The step that was left running ends by itself; the lock is then free, and resume finishes. */
async function resumes(repo: Repo): Promise<void> {
  const options = { cwd: repo.dir, env: repo.env };
  let resumed = await gorel(["resume", "--no-wait"], options);
  for (let i = 0; i < 100 && resumed.code === 3; i++) {
    await pause();
    resumed = await gorel(["resume", "--no-wait"], options);
  }
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
}

Deno.test("leaving while the proxy does not have it yet: exit 8, nothing is lost", async () => {
  using repo = released();
  let seen = false;
  await using proxy = new Proxy(repo, (source) => ({
    info: (p, v) => seen || v !== "v1.0.1" ? source.info(p, v) : Promise.resolve(null),
    list: async (p) => (await source.list(p))?.filter((v) => seen || v !== "v1.0.1") ?? null,
  }));
  const env = { GOPROXY: proxy.url };
  for (const leave of [key.ctrl("c"), "q"]) {
    const words = leave === "q" ? [] : ["patch"];
    await using pty = openIn(repo, words, { env });
    if (leave === "q") {
      await pty.until(/r resume/);
      await pty.type("r");
      await pty.until(/› Resume v1\.0\.1/);
      await pty.type(key.enter);
    } else await begin(pty, "v1.0.1");
    await pty.until(/404: not found/);
    await pty.type(leave);
    const { code, lines } = await left(pty);
    assert.equal(code, 8);
    assert.match(lines.join("\n"), /example\.com\/m v1\.0\.1 is out/);
    assert.match(lines.join("\n"), /gorel (resume|verify) v1\.0\.1/);
    assert.equal(repo.onRemote("tag", "--list"), "v1.0.0\nv1.0.1");
  }
  seen = true;
  const resumed = await gorel(["resume", "--json"], {
    cwd: repo.dir,
    env: { ...repo.env, ...env },
  });
  assert.equal(resumed.json.State, "published", resumed.stderr);
});
