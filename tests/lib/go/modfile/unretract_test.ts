/** Edits that take retract lines out, as texts before and after. */
import assert from "node:assert/strict";
import {
  applyEdits,
  deprecateEdit,
  parse,
  removeRetract,
  retractEdit,
  unretractEdit,
} from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";
import { intervals } from "./intervals.ts";

const removed: { name: string; before: string; versions: string; after: string }[] = [
  {
    name: "a line goes with its comments and one of two blank lines",
    before: "module m\n\n// why\n// more\nretract v1.0.0 // beside\n\ngo 1.21\n",
    versions: "v1.0.0",
    after: "module m\n\ngo 1.21\n",
  },
  {
    name: "the last line goes with the blank line above it",
    before: "module m\n\n// why\nretract v1.0.0",
    versions: "v1.0.0",
    after: "module m\n",
  },
  {
    name: "a comment above does not come to stand on what follows",
    before: "// apart\n\nretract v1.0.0\ngo 1.21\n",
    versions: "v1.0.0",
    after: "// apart\n\ngo 1.21\n",
  },
  {
    name: "several at the top",
    before: "retract v1.0.0\r\n\r\nretract v1.1.0\r\n\r\nmodule m\r\n",
    versions: "v1.0.0 v1.1.0",
    after: "module m\r\n",
  },
  {
    name: "every equal entry goes, others stay",
    before: "retract v1.0.0\nretract [v1.0.0, v1.1.0]\nretract [v1.0.0, v1.0.0]\nmodule m\n",
    versions: "v1.0.0",
    after: "retract [v1.0.0, v1.1.0]\nmodule m\n",
  },
  {
    name: "an entry of a block goes with the comments and blank lines above it",
    before: "// blk\nretract (\n\tv1.0.0\n\n\t// own\n\tv1.1.0\n\tv1.2.0\n)\n",
    versions: "v1.1.0",
    after: "// blk\nretract (\n\tv1.0.0\n\tv1.2.0\n)\n",
  },
  {
    name: "a new first entry does not take over the block's reason",
    before: "// blk\nretract (\n\tv1.0.0\n\n\tv1.1.0\n)\n",
    versions: "v1.0.0",
    after: "// blk\nretract (\n\n\t//\n\tv1.1.0\n)\n",
  },
  {
    name: "an empty block goes as a whole",
    before:
      "module m\n\n// blk\nretract (\n\tv1.0.0\n\t// own\n\tv1.1.0\n\t// tail\n)\n\ngo 1.21\n",
    versions: "v1.0.0 v1.1.0",
    after: "module m\n\ngo 1.21\n",
  },
  {
    name: "what is not retracted is no edit",
    before: "module m\nretract [v1.0.0, v1.2.0]\n",
    versions: "v1.1.0",
    after: "module m\nretract [v1.0.0, v1.2.0]\n",
  },
  {
    name: "a range and a single version, each line end as it was",
    before:
      "module m\r\n\nretract [v1.0.0,v1.0.2]\r\n// keep\nretract v1.1.0\r\n\n// go\nretract v1.2.0 // beside\r\n",
    versions: "v1.0.0..v1.0.2 v1.2.0",
    after: "module m\r\n\n// keep\nretract v1.1.0\r\n",
  },
  {
    name: "the last entry goes, comments above the closing parenthesis stay",
    before:
      "retract ( // open\r\n\tv1.0.0\r\n\r\n\t// own\r\n\tv1.1.0 // x\r\n\t// tail\r\n) // shut",
    versions: "v1.1.0",
    after: "retract ( // open\r\n\tv1.0.0\r\n\t// tail\r\n) // shut",
  },
  {
    name: "an empty block beside it stays",
    before: 'module m\n\nretract ()\n\nretract (\n\t"v1.0.0"\n)\n\nretract (\n)\n',
    versions: "v1.0.0",
    after: "module m\n\nretract ()\n\nretract (\n)\n",
  },
  {
    name: "the only line of a file",
    before: "// why\nretract v1.0.0",
    versions: "v1.0.0",
    after: "",
  },
];

for (const { name, before, versions, after } of removed) {
  Deno.test(`removeRetract: ${name}`, () => {
    const bytes = encode(before);
    const edits = removeRetract(bytes, intervals(versions));
    assert.equal(decode(applyEdits(bytes, edits)), after);
    assert.deepEqual(unretractEdit(bytes, intervals(versions)).Edits, edits);
  });
}

Deno.test("a file that Go refuses is not edited: a byte-order mark, an error elsewhere", () => {
  for (const text of ["\ufeffmodule m\nretract v1.0.0\n", "module m\nretract v1.0.0\ngo x\n"]) {
    const bytes = encode(text);
    const said = parse("go.mod", bytes).Errors[0]!.Text;
    for (
      const change of [
        unretractEdit(bytes, intervals("v1.0.0")),
        retractEdit(bytes, intervals("v1.1.0"), "why"),
        deprecateEdit(bytes, "why"),
        deprecateEdit(bytes, ""),
      ]
    ) {
      assert.ok(change.Error?.endsWith(said), change.Error);
    }
  }
});

Deno.test("a comment that is not UTF-8 stays beside what goes, and does not go itself", () => {
  const latin = [...encode("module m // "), 0xe9, 10];
  const change = unretractEdit(
    new Uint8Array([...latin, ...encode("retract v1.0.0\n")]),
    intervals("v1.0.0"),
  );
  assert.deepEqual([...change.After!], latin);
  const own = new Uint8Array([...encode("retract v1.0.0 // "), 0xe9, 10]);
  assert.match(unretractEdit(own, intervals("v1.0.0")).Error ?? "", /not UTF-8/);
});
