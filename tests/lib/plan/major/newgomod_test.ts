import assert from "node:assert/strict";
import { applyEdits, type Edit } from "../../../../lib/go/modfile/mod.ts";
import { movedDown, oldMajorLines } from "../../../../lib/plan/major/newgomod.ts";
import { goWorkWithUse } from "../../../../lib/plan/major/gowork.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { Go, needsGo } from "../../../support/go.ts";

function after(text: string, edits: readonly Edit[]): string {
  return decode(applyEdits(encode(text), edits));
}

Deno.test("the deprecation and every retraction of the old major go, all else stays", () => {
  const rows: [
    before: string,
    newPath: string,
    left: string,
    retracted: string[],
    message?: string,
  ][] = [
    ["module example.com/m\n", "example.com/m/v2", "module example.com/m\n", []],
    [
      "// Kept.\n//\n// Deprecated: use another,\n// please.\nmodule example.com/m\n\n// Broken – ünsafe.\nretract v1.0.0\n\ngo 1.24\n",
      "example.com/m/v2",
      "// Kept.\nmodule example.com/m\n\ngo 1.24\n",
      ["v1.0.0"],
      "use another,\nplease.",
    ],
    [
      "module example.com/m // Deprecated: no\r\nretract (\r\n\t[v1.0.0, v1.2.0] // range\r\n\tv2.0.0-rc.1 // early\r\n\t[v2.0.0, v3.0.0]\r\n\t[v1.9.0, v2.0.0]\r\n)\r\n",
      "example.com/m/v2",
      "module example.com/m\r\nretract (\r\n\tv2.0.0-rc.1 // early\r\n)\r\n",
      ["v1.0.0", "v2.0.0", "v1.9.0"],
      "no",
    ],
    [
      "module gopkg.in/y.v2\nretract v2.1.0\nretract v2.1.0 // again\n",
      "gopkg.in/y.v3",
      "module gopkg.in/y.v2\n",
      ["v2.1.0", "v2.1.0"],
    ],
    ["module (\n", "example.com/m/v2", "module (\n", []],
  ];
  for (const [before, newPath, left, retracted, message] of rows) {
    const { Edits, Retract, Deprecated } = oldMajorLines(encode(before), newPath);
    assert.equal(after(before, Edits), left);
    assert.deepEqual(Retract.map(({ Low }) => Low), retracted);
    assert.equal(Deprecated, message);
  }
});

Deno.test(
  needsGo("go refuses the retractions that are taken out, and loads the module without them"),
  () => {
    using go = new Go();
    const file = go.folder.join("go.mod");
    const text =
      "module example.com/m/v2\n\ngo 1.24\n\nretract v1.0.0 // old\n\nretract v2.0.0 // new\n";
    const listed = (text: string) => {
      Deno.writeTextFileSync(file, text);
      return go.run(["list", "-m"]);
    };
    assert.match(listed(text).stderr, /retract example\.com\/m\/v2: version "v1\.0\.0" invalid/);
    const { code, stderr } = listed(
      after(text, oldMajorLines(encode(text), "example.com/m/v2").Edits),
    );
    assert.equal(code, 0, stderr);
  },
);

Deno.test("a go.mod that is copied one folder deeper names the same folders", () => {
  const rows: [before: string, after: string][] = [
    ["./x", "../x"],
    [".", ".."],
    ["./", "../"],
    ["../y", "../../y"],
    ["..", "../.."],
    ["../", "../../"],
    ['"./a b"', '"../a b"'],
    ["/absolute", "/absolute"],
    ["other.test/x v1.0.0", "other.test/x v1.0.0"],
  ];
  for (const [before, wanted] of rows) {
    const file = (target: string) =>
      `module m // ./x\r\nignore ./x\r\nreplace other.test/n v1.0.0 =>   ${target} // ../y\r\nreplace (\r\n\tother.test/o => ${target}\r\n)\r\n`;
    assert.equal(after(file(before), movedDown(encode(file(before)))), file(wanted));
  }
});

const workspaces: [before: string, after: string][] = [
  ["go 1.24\n\nuse .\n", "go 1.24\n\nuse .\nuse ./v2\n"],
  ["go 1.24\nuse .", "go 1.24\nuse .\nuse ./v2"],
  ["go 1.24\n", "go 1.24\n\nuse ./v2\n"],
  [
    "go 1.24\r\n\r\nuse (\r\n\t.\r\n\t./a // why\r\n\t./z\r\n)\r\n",
    "go 1.24\r\n\r\nuse (\r\n\t.\r\n\t./a // why\r\n\t./v2\r\n\t./z\r\n)\r\n",
  ],
  [
    "go 1.24\nuse (\n  ./z\n  ./a\n  // end\n)\n",
    "go 1.24\nuse (\n  ./z\n  ./a\n  ./v2\n  // end\n)\n",
  ],
  ["go 1.24\nuse (\n\t./z\n)\n", "go 1.24\nuse (\n\t./v2\n\t./z\n)\n"],
  ["go 1.24\nuse (\n)\n", "go 1.24\nuse (\n\t./v2\n)\n"],
  ["go 1.24\nuse ()\n", "go 1.24\nuse (\n\t./v2\n)\n"],
  ["go 1.24\nuse ./v2/\n", "go 1.24\nuse ./v2/\n"],
  ['go 1.24\nuse (\n\t"./a/../v2"\n)\n', 'go 1.24\nuse (\n\t"./a/../v2"\n)\n'],
  ["use (\n", "use (\n"],
];

Deno.test("a workspace uses one more folder, in the style of the file", () => {
  for (const [before, wanted] of workspaces) {
    assert.equal(after(before, goWorkWithUse(encode(before), "v2")), wanted);
  }
});

Deno.test(needsGo("go reads the workspace with the further folder"), () => {
  using go = new Go();
  const file = go.folder.join("go.work");
  for (const [, text] of workspaces.filter(([text]) => text.startsWith("go"))) {
    Deno.writeTextFileSync(file, text);
    const { code, stdout, stderr } = go.run(["work", "edit", "-json", file]);
    assert.equal(code, 0, stderr);
    const used = JSON.parse(stdout).Use as { DiskPath: string }[];
    assert.equal(
      used.filter(({ DiskPath }) => /^\.\/(?:a\/\.\.\/)?v2\/?$/.test(DiskPath)).length,
      1,
    );
  }
});
