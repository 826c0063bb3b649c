import assert from "node:assert/strict";
import { hidden, read, sentence, shown, type Stage } from "../../../lib/rehearse/said.ts";

const stage: Stage = {
  Folder: "/t/gorel-1/tree-a/sub",
  Roots: ["/t/gorel-1/tree-a", "/t/gorel-1/tree-b"],
  Hidden: [
    ["http://127.0.0.1:7/key/coming", "gorel's own proxy"],
    ...hidden("/t/gorel-1/tree-a", ""),
    ...hidden("/home/u/mod", "the module cache"),
    ...hidden("/t/gorel-1", "a temporary folder"),
  ],
};

Deno.test("what go says is about the repository and names no folder or address of ours", () => {
  const rows: [string, string][] = [
    ["./x.go:3:5: undefined: y", "sub/x.go:3:5: undefined: y"],
    ["in/x.go:3: bad", "sub/in/x.go:3: bad"],
    ["../x.go:3:5: bad", "x.go:3:5: bad"],
    ["../../tree-b/x.go:3:5: bad", "x.go:3:5: bad"],
    ["vet: ./x_test.go:3:5: bad", "vet: sub/x_test.go:3:5: bad"],
    ["/t/gorel-1/tree-a/c.c:1:2: bad", "c.c:1:2: bad"],
    ["go.mod:4: unknown directive: x", "sub/go.mod:4: unknown directive: x"],
    ["open /t/gorel-1/tree-a/other/go.mod: no such file", "open other/go.mod: no such file"],
    ["/home/u/mod/d@v1.0.0/d.go:1:1: bad", "the module cache/d@v1.0.0/d.go:1:1: bad"],
    ["reading file:///home/u/mod/cache/x.mod: no", "reading the module cache/cache/x.mod: no"],
    [
      "reading http://127.0.0.1:7/key/coming/m/@v/v2.0.1.info: 403",
      "reading gorel's own proxy/m/@v/v2.0.1.info: 403",
    ],
    ["Get http://user:key@proxy.test/m: no", "Get http://proxy.test/m: no"],
    ["mkdir /t/gorel-1/tmp/go-build1: no", "mkdir a temporary folder/tmp/go-build1: no"],
    ["\x1b[31mred\x1b[0m\u202e", "red"],
  ];
  for (const [line, wanted] of rows) assert.equal(shown(line, stage), wanted);
});

Deno.test("the first place is kept, noise is not, and a line that goes on is one", () => {
  const said = read(
    "go: downloading d v1.0.0\n# example.com/m/sub\n./x.go:3:5: undefined: y\n./x.go:9:1: more\n",
    stage,
  );
  assert.deepEqual(said, {
    Lines: ["sub/x.go:3:5: undefined: y", "sub/x.go:9:1: more"],
    Where: { File: "sub/x.go", Line: 3 },
    Lacks: false,
  });
  const imports = read("go: m imports\n\td: module lookup disabled by GOPROXY=off\n", stage);
  assert.deepEqual(imports.Lines, ["m imports d: module lookup disabled by GOPROXY=off"]);
  assert.deepEqual([imports.Lacks, imports.Where], [true, undefined]);
  const missing = read(
    "./x.go:3:8: no required module provides package p; to add it:\n\tgo get p\n",
    stage,
  );
  assert.deepEqual(missing.Lines, ["sub/x.go:3:8: no required module provides package p"]);
  const elsewhere = read("/home/u/mod/d@v1.0.0/d.go:1:1: bad\n", stage);
  assert.equal(elsewhere.Where, undefined);
});

Deno.test("only what is missing here or on the network is no fault of the files", () => {
  const rows: [string, boolean][] = [
    ["go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)", true],
    ['d@v1.0.0: Get "https://proxy.test/": dial tcp: lookup proxy.test: no such host', true],
    ["d@v1.0.0: reading https://proxy.test/d/@v/v1.0.0.mod: 404 Not Found", true],
    ['cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH', true],
    ["flag provided but not defined: -diff", true],
    ["./x.go:3:5: undefined: y", false],
    ["d@v1.0.0: missing go.sum entry for go.mod file; to add it:", false],
    ["verifying d@v1.0.0: checksum mismatch", false],
    ["./x.go:404:5: undefined: Y", false],
  ];
  for (const [line, lacks] of rows) assert.equal(read(line, stage).Lacks, lacks, line);
});

Deno.test("a sentence holds the first lines and counts the rest", () => {
  assert.equal(sentence(["a: b.", "c"]), "a: b.; c");
  assert.equal(sentence(["a", "b", "c:", "d", "e"]), "a; b; c (and 2 more)");
  assert.equal(sentence([]), "go did not say why");
});
