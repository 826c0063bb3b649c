/** A new major through the screens of the real program: chosen, proven by go, released, and the old one told. */
import assert from "node:assert/strict";
import { buildCache, needsGo } from "../../support/go.ts";
import { released } from "../../support/released.ts";
import { begin, choose, key, moveTo, openIn, quit } from "../../support/screens.ts";

Deno.test({
  ...needsGo("from home to v2 with a branch for v1, and on to the deprecation of the old path"),
  fn: async () => {
    using repo = released();
    repo.commit("feat!: a package", {
      "cmd/m/main.go": 'package main\n\nimport _ "example.com/m"\n\nfunc main() {}\n',
      "README.md": "example.com/m is this.\n",
    });
    const env = { GOPROXY: "direct", GOCACHE: buildCache, GOTOOLCHAIN: "local" };
    await using pty = openIn(repo, [], { env });
    await pty.until(/New major +v2\.0\.0 +path …\/v2/);
    await choose(pty, "New major");
    await pty.until(/example\.com\/m {2}→ {2}example\.com\/m\/v2[^]*\[ \] ! README\.md/);
    await moveTo(pty, "[ ] branch for v1");
    await pty.type(" ");
    await pty.until("branch for v1: release-v1▌");
    await pty.type(key.enter);
    await moveTo(pty, "[ ] ! README.md");
    await pty.until(/line 1 {2}left: it is prose/);
    await pty.type(" ");
    await pty.until(/gorel major --keep-branch release-v1 --rewrite README/);
    await pty.type("n");
    await pty.until(/go mod tidy, build and vet run before anything is written/);
    await begin(pty, "v2.0.0");
    const end = await pty.until(/example\.com\/m\/v2 v2\.0\.0 is (published|out)/);
    assert.match(end, /go get example\.com\/m\/v2@v2\.0\.0/);
    assert.match(repo.onRemote("show", "v2.0.0:go.mod"), /^module example\.com\/m\/v2$/m);
    assert.equal(repo.onRemote("show", "v2.0.0:README.md"), "example.com/m/v2 is this.");
    assert.equal(repo.onRemote("rev-parse", "release-v1"), repo.onRemote("rev-parse", "v1.0.0^{}"));
    await choose(pty, "copy how to deprecate v1");
    await pty.until(/Copied \(OSC 52\): git switch release-v1 && gorel deprecate/);
    await pty.type(key.esc);
    await pty.until(/example\.com\/m\/v2[^]*HEAD is v2\.0\.0/);
    assert.equal((await quit(pty)).code, 0);
    assert.equal(repo.git("status", "--porcelain"), "");
  },
});
