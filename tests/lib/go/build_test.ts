import assert from "node:assert/strict";
import { platformsNamed } from "../../../lib/go/build.ts";
import { ports } from "../../../lib/go/build/syslist.ts";
import { Go, needsGo } from "../../support/go.ts";

function named(files: Record<string, string>): string {
  const list = Object.entries(files).map(([Name, Text]) => ({ Name, Text }));
  return platformsNamed(list).map(({ GOOS, GOARCH }) => `${GOOS}/${GOARCH}`).join(" ");
}

const built = (constraint: string) => `//go:build ${constraint}\n\npackage p\n`;

Deno.test("platforms are those that file names and constraints name, with their usual partners", () => {
  assert.equal(named({ "a.go": "package p\n", "linux.go": "package p\n" }), "");
  assert.equal(
    named({ "d/a_windows.go": "", "a_darwin_test.go": "" }),
    "darwin/arm64 windows/amd64",
  );
  assert.equal(named({ "a_arm64.s": "", "a_js.go": "" }), "linux/arm64 js/wasm");
  assert.equal(named({ "a.go": built("!windows && !js") }), "linux/amd64 windows/amd64 js/wasm");
  assert.equal(named({ "a.go": "// +build plan9 386\n\npackage p\n" }), "linux/386 plan9/amd64");
  assert.equal(named({ "a.go": built("integration") }), "");
});

Deno.test("every file that is built for some platform is built for one of those named", () => {
  assert.equal(named({ "a.go": built("unix") }), "linux/amd64");
  assert.equal(
    named({ "a_windows_arm64.go": "" }),
    "linux/arm64 windows/amd64 windows/arm64",
  );
  assert.equal(named({ "a.go": built("windows && cgo") }), "windows/amd64");
  assert.equal(
    named({ "a.go": built("!linux && !darwin && !windows && !amd64") }),
    "linux/amd64 darwin/arm64 windows/amd64 freebsd/arm64",
  );
  // Nobody can build these here: sparc64 has no port, and ios needs Apple's linker.
  assert.equal(
    named({ "a_sparc64.go": "", "b_ios.go": "", "c.go": built("linux && !linux") }),
    "linux/amd64",
  );
});

Deno.test("many constraints are read without recursion", () => {
  const text = "// +build linux\n".repeat(130_000) + "\npackage p\n";
  assert.equal(named({ "a.go": text, "b.go": built("(".repeat(100_000)) }), "linux/amd64");
});

Deno.test(needsGo("all platforms that can be chosen are platforms of the real go"), () => {
  using go = new Go();
  const all = new Set(go.run(["tool", "dist", "list"]).stdout.trim().split("\n"));
  for (const [os, archs] of ports) {
    for (const arch of archs) assert.ok(all.has(`${os}/${arch}`), `${os}/${arch}`);
  }
});
