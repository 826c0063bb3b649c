import assert from "node:assert/strict";
import { dirname } from "node:path";
import { latin1, latin1Bytes } from "../../../../lib/plan/major/bytes.ts";
import { goModOccurrences, goWorkOccurrences } from "../../../../lib/plan/major/modcomments.ts";
import type { Occurrence, PathChange } from "../../../../lib/plan/major/types.ts";
import { Go, needsGo } from "../../../support/go.ts";
import { assertMarked, bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

/** The text after the occurrences that are rewritten unless somebody chooses otherwise. */
function rewritten(text: string, found: readonly Occurrence[]): string {
  let out = text;
  for (const { At, Old, New, Class } of found.toReversed()) {
    if (["pinned", "prose", "url"].includes(Class)) continue;
    assert.equal(out.slice(At, At + Old.length), Old);
    out = out.slice(0, At) + New + out.slice(At + Old.length);
  }
  return out;
}

Deno.test("the module's own go.mod: what names the module and its tools", () => {
  const found = assertMarked(
    goModOccurrences,
    `// ‹prose›example.com/m – see https://pkg.go.dev/‹doc-link›example.com/m
module   ‹module›example.com/m   // ünsafe
tool (
	‹tool›example.com/m/cmd/x
	"‹tool›example.com/m/cmd/y" // not example.com/mod
	example.com/m/nested/cmd/z
	other.test/example.com/m
)
require other.test/x v1.0.0
exclude ‹pinned›example.com/m v1.0.1
replace ‹module›example.com/m => ./ // go get ‹install›example.com/m
`,
    change,
  );
  const excluded = found.find((o) => o.Class === "pinned")!;
  assert.equal(excluded.New, excluded.Old);
  const escaped = goModOccurrences("go.mod", 'module "example.com\\x2fm"\n', change);
  assert.deepEqual(escaped.map(({ At, Old, New }) => [At, Old, New]), [
    [7, '"example.com\\x2fm"', '"example.com/m/v2"'],
  ]);
});

Deno.test("what the new major's go.mod loses is no mention, whatever it says", () => {
  assertMarked(
    goModOccurrences,
    "// About ‹prose›example.com/m.\n//\n// Deprecated: use example.com/m later.\nmodule ‹module›example.com/m\n\n" +
      "// go get example.com/m breaks.\nretract v1.0.0 // of example.com/m\n",
    change,
  );
});

Deno.test("another module follows when it imports, has a tool, replaces by the folder, or shares a workspace", () => {
  const head = "module example.com/n\n\n";
  const required = "require example.com/m v1.4.2\n";
  const rows: [
    why: string,
    text: string,
    other: Partial<{ Imports: true; Workspace: true }>,
    follows: boolean,
  ][] = [
    ["imports", required, { Imports: true }, true],
    ["nothing", required, {}, false],
    ["workspace", required, { Workspace: true }, true],
    ["tool", required + "tool example.com/m/cmd/x\n", {}, true],
    ["tool of a module below", required + "tool example.com/m/nested/x\n", {}, false],
    ["folder", required + "replace example.com/m => ../\n", {}, true],
    ["folder of a version", required + "replace example.com/m v1.4.2 => ..\n", {}, true],
    ["another folder", required + "replace example.com/m => ../fork\n", {}, false],
    ["another module", required + "replace example.com/m => fork.test/m v1.0.0\n", {}, false],
    ["indirect", "require example.com/m v1.4.2 // indirect\n", {}, false],
    ["a block", "require (\n\tother.test/x v1.0.0\n\texample.com/m   v1.4.2 // indirect\n)\n", {
      Imports: true,
    }, true],
  ];
  for (const [why, text, other, follows] of rows) {
    const others = () => ({ Imports: false, Workspace: false, ...other });
    const found = goModOccurrences("sub/go.mod", head + text, { ...change, others });
    const after = rewritten(head + text, found);
    assert.equal(/example\.com\/m\/v2 +v2\.0\.0/.test(after), follows, why);
    const line = found.find(({ Old }) => Old.includes("v1.4.2"))!;
    assert.equal(line.Class, follows ? "nested" : "pinned", why);
    assert.equal(line.Reason !== undefined, !follows, why);
  }
});

Deno.test("a module that requires both majors ends with one line, of the higher version", () => {
  const imports: PathChange = { ...change, others: () => ({ Imports: true, Workspace: false }) };
  const rows: [before: string, after: string][] = [
    [
      "module n\n\nrequire example.com/m v1.4.2 // old\n\nrequire example.com/m/v2 v2.0.0-rc.1 // new\n",
      "module n\n\nrequire example.com/m/v2 v2.0.0 // new\n",
    ],
    [
      "module n\r\n\r\nrequire (\r\n\t// ünsafe\r\n\texample.com/m v1.4.2\r\n\texample.com/m/v2 v2.1.0\r\n)\r\n",
      "module n\r\n\r\nrequire (\r\n\texample.com/m/v2 v2.1.0\r\n)\r\n",
    ],
    [
      "module n\n\nreplace example.com/m/v2 => ..\nreplace example.com/m => ../\n",
      "module n\n\nreplace example.com/m/v2 => ..\n",
    ],
    [
      "module n\n\nrequire example.com/m v1.4.2\nreplace example.com/m v1.4.2 => ../\nreplace example.com/m v1.0.0 => ../\n",
      "module n\n\nrequire example.com/m/v2 v2.0.0\nreplace example.com/m/v2 v2.0.0 => ../\nreplace example.com/m v1.0.0 => ../\n",
    ],
    [
      "module n\n\nreplace other.test/x => example.com/m v1.0.0\nexclude example.com/m v1.0.0\n",
      "module n\n\nreplace other.test/x => example.com/m v1.0.0\nexclude example.com/m v1.0.0\n",
    ],
  ];
  for (const [before, after] of rows) {
    const text = bytesOf(before);
    const out = rewritten(text, goModOccurrences("sub/go.mod", text, imports));
    assert.equal(new TextDecoder().decode(latin1Bytes(out)), after);
  }
});

Deno.test("go.work: a replacement by the module's folder goes along, any other stays", () => {
  const found = assertMarked(
    goWorkOccurrences,
    `go 1.24
use ./sub // of ‹prose›example.com/m
replace (
	‹nested›example.com/m => .
	‹nested›example.com/m v1.4.2 => ./ // why
	‹pinned›example.com/m v1.4.3 => ./fork
	other.test/x => ‹pinned›example.com/m v1.4.2
)
`,
    change,
  );
  assert.deepEqual(found.filter((o) => o.Class === "nested").map((o) => o.New), [
    "example.com/m/v2",
    "example.com/m/v2 v2.0.0",
  ]);
});

Deno.test("a go.mod that Go refuses has no directives, and does no harm", () => {
  assert.deepEqual(goModOccurrences("go.mod", "module (\nexample.com/m", change), []);
  assert.deepEqual(
    goModOccurrences("go.mod", "replace example.com/m\nreplace =>\nmodule\n", change),
    [],
  );
});

Deno.test(needsGo("go loads the new major, and the module that follows"), () => {
  using go = new Go();
  const files: Record<string, string> = {
    "go.mod":
      "module example.com/m\n\ngo 1.24\n\ntool example.com/m/cmd/x\n\nrequire example.com/m v1.0.0\n\nreplace example.com/m => ./\n",
    "m.go": 'package m\n\nimport _ "example.com/m/v2/y"\n',
    "y/y.go": "package y\n",
    "cmd/x/main.go": "package main\n\nfunc main() {}\n",
    "sub/go.mod":
      "module example.com/n\n\ngo 1.24\n\ntool example.com/m/cmd/x\n\nrequire example.com/m v1.4.2\n\nreplace example.com/m v1.4.2 => ../\n",
    "sub/n.go": 'package n\n\nimport _ "example.com/m/v2"\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const after = name.endsWith("go.mod")
      ? rewritten(text, goModOccurrences(name, latin1(latin1Bytes(text)), change))
      : text;
    Deno.mkdirSync(dirname(go.folder.join("m", name)), { recursive: true });
    Deno.writeTextFileSync(go.folder.join("m", name), after);
  }
  for (const dir of ["", "sub"]) {
    const { code, stderr } = go.run(
      ["list", "-mod=readonly", "-deps", "./...", "tool"],
      go.folder.join("m", dir),
    );
    assert.equal(code, 0, stderr);
  }
});
