/** Edits of retract lines as texts before and after, and what Go refuses in such lines. */
import assert from "node:assert/strict";
import {
  addRetract,
  applyEdits,
  checkRetracts,
  errorText,
  parse,
  retractEdit,
  trimRationale,
} from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { intervals } from "./intervals.ts";
import { Go, needsGo } from "../../../support/go.ts";

interface Case {
  name: string;
  before: string;
  versions: string;
  reason?: string;
  after: string;
}

const added: Case[] = [
  {
    name: "one version becomes a line at the end after a blank line",
    before: "module m\n\ngo 1.21\n",
    versions: "v1.0.0",
    reason: "Panics on nil.",
    after: "module m\n\ngo 1.21\n\n// Panics on nil.\nretract v1.0.0\n",
  },
  {
    name: "a range",
    before: "module m\n",
    versions: "v1.0.0..v1.2.0",
    reason: "why",
    after: "module m\n\n// why\nretract [v1.0.0, v1.2.0]\n",
  },
  {
    name: "several become one block below the reason",
    before: "module m\n",
    versions: "v1.0.0 v1.2.0..v1.3.0 v1.0.0",
    reason: "why",
    after: "module m\n\n// why\nretract (\n\tv1.0.0\n\t[v1.2.0, v1.3.0]\n)\n",
  },
  {
    name: "a reason of several lines",
    before: "module m\n",
    versions: "v1.0.0",
    reason: "First.\n\nThird // more.",
    after: "module m\n\n// First.\n//\n// Third // more.\nretract v1.0.0\n",
  },
  {
    name: "no reason",
    before: "module m\n",
    versions: "v1.0.0",
    reason: "",
    after: "module m\n\nretract v1.0.0\n",
  },
  {
    name: "an empty file",
    before: "",
    versions: "v1.0.0",
    reason: "why",
    after: "// why\nretract v1.0.0\n",
  },
  {
    name: "a file without a final newline",
    before: "module m",
    versions: "v1.0.0",
    reason: "why",
    after: "module m\n\n// why\nretract v1.0.0\n",
  },
  {
    name: "a file that ends in white space",
    before: "module m\n \t",
    versions: "v1.0.0",
    reason: "why",
    after: "module m\n \t\n// why\nretract v1.0.0\n",
  },
  {
    name: "blank lines at the end stay",
    before: "module m\n\n\n",
    versions: "v1.0.0",
    reason: "why",
    after: "module m\n\n\n// why\nretract v1.0.0\n",
  },
  {
    name: "a comment at the end is not taken for the reason",
    before: "module m\n// the end",
    versions: "v1.0.0",
    reason: "why",
    after: "module m\n// the end\n\n// why\nretract v1.0.0\n",
  },
  {
    name: "CRLF where most lines have it",
    before: "module m\r\n\ngo 1.21\r\n",
    versions: "v1.0.0 v1.1.0",
    reason: "a\nb",
    after:
      "module m\r\n\ngo 1.21\r\n\r\n// a\r\n// b\r\nretract (\r\n\tv1.0.0\r\n\tv1.1.0\r\n)\r\n",
  },
  {
    name: "odd white space and needless quotes stay",
    before: 'module   "m"\n\n\n\ngo\t1.21 //   c  \nretract  "v1.1.0"\n',
    versions: "v1.0.0",
    reason: "why",
    after: 'module   "m"\n\n\n\ngo\t1.21 //   c  \nretract  "v1.1.0"\n\n// why\nretract v1.0.0\n',
  },
  {
    name: "an entry with that reason is left alone",
    before: "module m\nretract v1.0.0 // why\n",
    versions: "v1.0.0",
    reason: "why",
    after: "module m\nretract v1.0.0 // why\n",
  },
  {
    name: "the comment beside an entry is replaced by one above it",
    before: "module m\n\nretract v1.0.0   // old\n",
    versions: "v1.0.0",
    reason: "new",
    after: "module m\n\n// new\nretract v1.0.0\n",
  },
  {
    name: "comments above and beside are replaced, one apart from them is not",
    before: "// apart\n\n  // old 1\n//\n  // old 2\n  retract v1.0.0 // old 3\ngo 1.21\n",
    versions: "v1.0.0",
    reason: "new",
    after: "// apart\n\n  // new\n  retract v1.0.0\ngo 1.21\n",
  },
  {
    name: "[v, v] and a quoted version are the version itself",
    before: 'retract [v1.0.0, v1.0.0]\nretract "v1.0.0"\nretract [v1.0.0, v1.1.0]\n',
    versions: "v1.0.0",
    reason: "new",
    after: '// new\nretract [v1.0.0, v1.0.0]\n// new\nretract "v1.0.0"\nretract [v1.0.0, v1.1.0]\n',
  },
  {
    name: "an entry that has its block's reason gets its own",
    before: "// blk\nretract (\n\tv1.0.0\n\tv1.1.0\n\tv1.2.0\n)\n",
    versions: "v1.1.0",
    reason: "new",
    after: "// blk\nretract (\n\tv1.0.0\n\t// new\n\tv1.1.0\n\tv1.2.0\n)\n",
  },
  {
    name: "an entry that a blank line keeps off the block's reason",
    before: "// blk\r\nretract (\r\n\tv1.0.0\r\n\r\n\tv1.1.0\r\n\tv1.2.0\r\n)\r\n",
    versions: "v1.1.0",
    reason: "new",
    after: "// blk\r\nretract (\r\n\tv1.0.0\r\n\r\n\t// new\r\n\tv1.1.0\r\n\tv1.2.0\r\n)\r\n",
  },
  {
    name: "comments that blank lines separate from an entry are its reason too",
    before: "retract (\n\tv1.0.0 // a\n\n\t// b\n\n\t// c\n\n\tv1.1.0 // d\n\t// tail\n) // e",
    versions: "v1.1.0",
    reason: "new",
    after: "retract (\n\tv1.0.0 // a\n\n\t// new\n\tv1.1.0\n\t// tail\n) // e",
  },
  {
    name: "no reason in a block that has one",
    before: "// blk\nretract (\n\tv1.0.0 // a\n\tv1.1.0\n)\n",
    versions: "v1.0.0 v1.1.0",
    reason: "",
    after: "// blk\nretract (\n\t//\n\tv1.0.0\n\t//\n\tv1.1.0\n)\n",
  },
  {
    name: "an old one at the end without a newline, and a new one",
    before: "module m\nretract v1.0.0 // old",
    versions: "v1.0.0 v1.1.0",
    reason: "new",
    after: "module m\n// new\nretract v1.0.0\n\n// new\nretract v1.1.0\n",
  },
];

for (const { name, before, versions, reason = "", after } of added) {
  Deno.test(`addRetract: ${name}`, () => {
    const bytes = encode(before);
    const edits = addRetract(bytes, intervals(versions), reason);
    assert.equal(decode(applyEdits(bytes, edits)), after);
    assert.deepEqual(retractEdit(bytes, intervals(versions), reason).Edits, edits);
    assert.deepEqual(addRetract(encode(after), intervals(versions), reason), []);
  });
}

Deno.test("bytes that are not UTF-8 stay as they are, and are not replaced", () => {
  const bytes = new Uint8Array([...encode("module m // "), 0xff, 0xe2, 0x82, 10]);
  const change = retractEdit(bytes, intervals("v1.0.0"), "why");
  assert.deepEqual(change.After?.subarray(0, bytes.length), bytes);

  const retracted = new Uint8Array([...encode("retract v1.0.0 // "), 0xe9, 10]);
  assert.match(retractEdit(retracted, intervals("v1.0.0"), "why").Error ?? "", /not UTF-8/);
});

Deno.test("what go.mod cannot say is refused in words", () => {
  const bytes = encode("module m\n");
  for (const reason of [" a", "a ", "a\r\nb", "a\u0085"]) {
    assert.match(retractEdit(bytes, intervals("v1.0.0"), reason).Error ?? "", /white space/);
    assert.equal(retractEdit(bytes, intervals("v1.0.0"), trimRationale(reason)).Error, undefined);
  }
  assert.match(retractEdit(bytes, intervals("v1.0.0"), "\udc80").Error ?? "", /something else/);
  assert.equal(
    retractEdit(encode("module m\nfrob x\n"), intervals("v1.0.0"), "why").Error,
    "go.mod:2: unknown directive: frob",
  );
});

Deno.test("a version or reason cannot smuggle a directive into go.mod", () => {
  const bytes = encode("module m\n");
  const Low = "v1.0.0\nreplace a.b/c => ./x";
  const change = retractEdit(bytes, [{ Low, High: Low }], "why\rgo 1.99\nretract v9.0.0");
  const { Mod, Errors } = parse("go.mod", change.After!);
  assert.deepEqual(Errors, []);
  assert.equal(Mod.Go, undefined);
  assert.deepEqual(Mod.Replace, []);
  assert.deepEqual(Mod.Retract.map((retract) => retract.Low), [Low]);
});

const refused: [mod: string, errors: string[]][] = [
  ["module example.com/m\nretract v1.0.0\nretract [v0.1.0, v1.0.0-rc.1]\n", []],
  ["module example.com/m\nretract v2.0.0+incompatible\nretract [v1.2.0, v1.1.0]\n", []],
  ["module gopkg.in/m.v1\nretract v0.0.0-20240102030405-abcdefabcdef\n", []],
  ["module example.com/m\nretract v2.0.0\n", [
    'go.mod:2: retract example.com/m: version "v2.0.0" invalid: should be v0 or v1, not v2',
  ]],
  ["retract (\n\t[v2.0.0, v3.0.0]\n\tv1.0.0 // x\n)\nmodule example.com/m/v2\n", [
    'go.mod:2:2: retract example.com/m/v2: version "v3.0.0" invalid: should be v2, not v3',
    'go.mod:3:2: retract example.com/m/v2: version "v1.0.0" invalid: should be v2, not v1',
  ]],
  ["go 1.21\nretract v1.0.0\nretract v1.1.0\n", [
    "go.mod:2: no module directive found, so retract cannot be used",
  ]],
  ["module example.com/v1\nretract v1.0.0\n", [
    'go.mod:2: retract example.com/v1: version "v1.0.0" invalid: malformed module path "example.com/v1"',
  ]],
];

Deno.test(needsGo("checkRetracts says what the go command says in the main module"), () => {
  using go = new Go({ GOFLAGS: "" });
  for (const [text, errors] of refused) {
    const { Mod, Errors } = parse("go.mod", encode(text));
    assert.deepEqual(Errors, []);
    assert.deepEqual(checkRetracts(Mod).map(errorText), errors);

    Deno.writeTextFileSync(go.folder.join("go.mod"), text);
    const { stderr } = go.run(["list", "-m"]);
    assert.equal(
      stderr,
      errors.map((e) => e + "\n").join("").replace(/^(?=.)/, "go: errors parsing go.mod:\n"),
    );
  }
});

Deno.test("checkRetracts refuses versions that Go would have to look up", () => {
  const text =
    "module example.com/m/v2\nretract v2.0\nretract latest\nretract [v2.0.0, v2.1.0+meta]\n";
  assert.deepEqual(
    checkRetracts(parse("go.mod", encode(text)).Mod).map((e) => `${e.Line} ${e.Text}`),
    [
      '2 version "v2.0" invalid: must be of the form v2.2.3',
      '3 version "latest" invalid: must be of the form v2.2.3',
      '4 version "v2.1.0+meta" invalid: must be of the form v2.2.3',
    ],
  );
});
