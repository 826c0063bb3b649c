/** Several modules in one release, through the real program: marked, typed, pushed, proven. */
import assert from "node:assert/strict";
import { begin, key, openIn, quit } from "../../support/screens.ts";
import { siblings } from "../../support/siblings.ts";

const env = { GOPROXY: "direct" };

Deno.test("all that are due go out together: one commit, all tags, and the replacements come back", async () => {
  using repo = siblings();
  await using pty = openIn(repo, [], { env });
  await pty.until("Which module?");
  await pty.until(/\[ \] .*codec +v0\.1\.0 → v0\.2\.0/);
  await pty.type("a");
  await pty.until(/3 marked/);
  assert.match(pty.screen(), /\$ gorel auto \. codec wire/);
  await pty.type(key.enter);
  await pty.until(/2 repo +v1\.0\.0 → v1\.1\.0 +requires codec v0\.2\.0, now v0\.1\.0/);
  await pty.type("\x1b[F");
  await pty.until(/› \[ \] afterwards/);
  await pty.type(" ");
  await pty.until(/› \[x\] afterwards/);
  await pty.type("n");
  await pty.until(/release 3 modules › preflight/);
  await begin(pty, "v0.4.0");
  await pty.until(/released 3 modules/);
  for (const made of ["/codec@v0.2.0", "@v1.1.0", "/wire@v0.4.0"]) {
    assert.ok(pty.screen().includes(`go get example.com/acme/repo${made}`), pty.screen());
  }
  const { code, lines } = await quit(pty);
  assert.equal(code, 0);
  assert.match(lines[0] ?? "", /^Released the train of 3 modules in /);
  assert.equal(lines.at(-1), "  go get example.com/acme/repo/wire@v0.4.0");
  const tagged = repo.onRemote("rev-parse", "v1.1.0^{}", "codec/v0.2.0^{}", "wire/v0.4.0^{}");
  assert.equal(new Set(tagged.split("\n")).size, 1, tagged);
  assert.equal(repo.onRemote("rev-parse", "main^"), tagged.split("\n")[0]);
  assert.doesNotMatch(repo.onRemote("show", "wire/v0.4.0:wire/go.mod"), /replace/);
  assert.match(repo.onRemote("show", "main:wire/go.mod"), /repo\/codec v0\.2\.0[^]*repo => \.\.\//);
  assert.equal(repo.git("status", "--porcelain"), "");
});

Deno.test("plain: several numbers are a train, a command names one, and nothing happens unasked", async () => {
  using repo = siblings();
  await using pty = openIn(repo, ["minor", "codec", "wire", ".", "--plain"], {
    env,
    size: { columns: 100, rows: 200 },
  });
  await pty.until(/1-\d · n next[^]*\n>\s*$/);
  assert.match(pty.screen(), /release 3 modules › preflight/);
  await pty.type("$\r");
  await pty.until(/questions:\s+gorel minor codec wire \.\n[^]*\n>\s*$/);
  await pty.type("b\r");
  await pty.until(/-- modules[^]*\(several: 1 2\)[^]*\n>\s*$/);
  await pty.type("1 2, 4\r");
  await pty.until(/In this order, by the advice:\n +1 codec +v0\.1\.0 → v0\.2\.0[^]*\n>\s*$/);
  await pty.type(key.ctrl("c"));
  assert.equal((await pty.ended()).code, 130);
  assert.equal(repo.git("tag", "--list"), "codec/v0.1.0\ntools/v0.0.1\nv1.0.0\nwire/v0.3.0");
});
