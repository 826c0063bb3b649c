import assert from "node:assert/strict";
import {
  isGoCommand,
  isLinkerFlag,
  isPinned,
  mentions,
  versionAfter,
} from "../../../../lib/plan/major/mention.ts";
import { bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

Deno.test("a mention is the path as whole elements, with what it says about itself", () => {
  const rows: [text: string, ...wanted: string[]][] = [
    ["example.com/m", "path example.com/m"],
    ["a (example.com/m). “example.com/m”", "path example.com/m", "path example.com/m"],
    ["example.com/mod example.com/m-x example.com/m_x example.com/m2"],
    ["xexample.com/m x.example.com/m x-example.com/m -example.com/m", "path example.com/m"],
    ["_example.com/m_ **example.com/m**", "path example.com/m", "path example.com/m"],
    ["example.com/m/a/b.", "path example.com/m/a/b"],
    ["example.com/m/... example.com/m/a/...", "path example.com/m", "path example.com/m/a"],
    [
      "example.com/m.Name example.com/m/a.T.Do",
      "path example.com/m.Name Name",
      "path example.com/m/a.T.Do T.Do",
    ],
    [
      "example.com/m@v1.2.3, example.com/m/a@latest.",
      "path example.com/m @v1.2.3",
      "path example.com/m/a @latest",
    ],
    ["example.com/m/v3 example.com/m/nested/x example.com/m/nested.X"],
    [
      "https://example.com/m/issues git@example.com/m",
      "url example.com/m/issues",
      "url example.com/m",
    ],
    [
      "ssh://git@example.com/m.git example.com/m.git",
      "url example.com/m.git git",
      "url example.com/m.git git",
    ],
    ["https://pkg.go.dev/badge/example.com/m.svg", "doc example.com/m.svg svg"],
    ["www.godoc.org/example.com/m?status.svg", "doc example.com/m"],
    ["https://proxy.test/example.com/m/@v/list", "url example.com/m"],
    ["https://search.test/?q=example.com/m", "url example.com/m"],
    ["/go/src/example.com/m a/example.com/m", "longer example.com/m", "longer example.com/m"],
    ["-X=example.com/m.V=1", "path example.com/m.V V"],
  ];
  for (const [text, ...wanted] of rows) {
    const found = mentions(bytesOf(text), change).map(({ Kind, Path, Symbol, Version }) =>
      [Kind, Path, ...(Symbol ? [Symbol] : []), ...(Version ? [`@${Version}`] : [])].join(" ")
    );
    assert.deepEqual(found, wanted, text);
  }
  assert.equal(mentions("Z0example.com/m", change, true).length, 1);
});

Deno.test("a version pins a mention to the old path, a query or another major's does not", () => {
  const rows: [string, string | undefined, boolean][] = [
    ["@v1.2.3 ", "v1.2.3", true],
    ["@v1)", "v1", true],
    ["@<v2.0.0", "<v2.0.0", false],
    ["@v2.0.0-rc.1.", "v2.0.0-rc.1", false],
    ["@0123abcd", "0123abcd", true],
    ["@latest`", "latest", false],
    ["@$TAG", "$TAG", false],
    ["@{{version}}", "{{version}}", false],
    ["@ v1", undefined, false],
    [" @v1", undefined, false],
  ];
  for (const [text, version, pinned] of rows) {
    assert.equal(versionAfter(text, 0), version, text);
    if (version !== undefined) assert.equal(isPinned(version, change), pinned, text);
  }
});

Deno.test("go commands and linker flags are known by what stands before a mention on its line", () => {
  const rows: [before: string, command: boolean][] = [
    ["go get ", true],
    ["$ go install -v ", true],
    ["`GOFLAGS=-mod=mod go run -race ", true],
    ["/usr/local/go/bin/go1.22 test ", true],
    ["go get a; echo ", false],
    ["go get\n", false],
    ["ago get ", false],
    ["let go of ", false],
  ];
  for (const [before, command] of rows) {
    assert.equal(isGoCommand(before + "example.com/m", before.length), command, before);
  }
  for (
    const [text, flag] of [
      ["-X example.com/m.V=1", true],
      ["-X 'example.com/m/a.V=1", true],
      ["-X=example.com/m.V=1", true],
      ["-X example.com/m.V", false],
      ["example.com/m.V=1", false],
    ] as const
  ) {
    assert.equal(isLinkerFlag(text, mentions(text, change)[0]!), flag, text);
  }
});
