/** Taking a retraction or a deprecation back through the screens of the real program, to the remote. */
import assert from "node:assert/strict";
import { released } from "../../support/released.ts";
import { begin, choose, key, moveTo, nothingChanged, openIn, quit } from "../../support/screens.ts";

const retracting = "module example.com/m\n\ngo 1.21\n\n// panics\nretract v0.9.0\n\n" +
  "retract [v0.1.0, v0.2.0] // slow\n";

Deno.test("unretract: the entry that is marked goes out of go.mod, the others stay", async () => {
  using repo = released();
  repo.git("tag", "v0.9.0", "v1.0.0^{}");
  repo.commit("bad", { "go.mod": retracting });
  repo.git("push", "-q", "origin", "main", "v0.9.0");
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await choose(pty, "Unretract a version");
  await pty.until(/› \[ \] v0\.9\.0[^]*\[ \] v0\.1\.0\.\.v0\.2\.0/);
  await pty.type(" ");
  await pty.until(/› \[x\] v0\.9\.0[^]*- +retract v0\.9\.0/);
  await pty.type(key.enter);
  await pty.until(/carried by[^]*› \(x\) HEAD|preflight/);
  if (!pty.screen().includes("preflight")) await pty.type(key.enter);
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  await pty.until("The retraction of v0.9.0 is taken back");
  assert.equal((await quit(pty)).code, 0);
  assert.equal(
    repo.onRemote("show", "v1.0.1:go.mod"),
    "module example.com/m\n\ngo 1.21\n\nretract [v0.1.0, v0.2.0] // slow",
  );
  assert.equal(repo.git("status", "--porcelain"), "");
});

Deno.test("undeprecate goes to the checks at once, and says what is taken back", async () => {
  using repo = released();
  repo.commit("leave", {
    "go.mod": "// Deprecated: use example.com/new\nmodule example.com/m\n\ngo 1.21\n",
  });
  repo.git("push", "-q");
  await using pty = openIn(repo, [], { env: { GOPROXY: "direct" } });
  await pty.until(/› Release +v1\.0\.1/);
  await moveTo(pty, "Undeprecate");
  await choose(pty, "Undeprecate");
  await begin(pty, "v1.0.1");
  await pty.until(/example\.com\/m v1\.0\.1 is (published|out)/);
  assert.equal((await quit(pty)).code, 0);
  assert.equal(repo.onRemote("show", "v1.0.1:go.mod"), "module example.com/m\n\ngo 1.21");
});

Deno.test("gorel unretract opens the list; a version that is named goes to the checks", async (t) => {
  using repo = released();
  repo.commit("bad", { "go.mod": retracting.replace("v0.9.0", "v1.0.0") });
  repo.git("push", "-q");
  for (
    const [words, shows] of [
      [["unretract"], /unretract › versions[^]*› \[ \] v1\.0\.0/],
      [["unretract", "v1.0.0"], /release v1\.0\.1 › preflight[^]*› go on to the plan/],
    ] as const
  ) {
    await t.step(words.join(" "), async () => {
      await using pty = openIn(repo, words, { env: { GOPROXY: "direct" } });
      await pty.until(shows);
      await pty.type(key.esc);
      await pty.until("What do you want to do?");
      assert.equal((await quit(pty)).code, 0);
    });
  }
  nothingChanged(repo);
});
