/** Edits of a module's deprecation as texts before and after. */
import assert from "node:assert/strict";
import {
  applyEdits,
  deprecateEdit,
  dropDeprecated,
  parse,
  setDeprecated,
} from "../../../../lib/go/modfile/mod.ts";
import { decode, encode } from "../../../../lib/text.ts";

const table: [name: string, before: string, message: string, after: string][] = [
  ["a comment above module", "module m\n", "use v2", "// Deprecated: use v2\nmodule m\n"],
  [
    "several lines, CRLF, indented",
    "// apart\r\n\r\n  module m\r\n",
    "use v2\nor v3",
    "// apart\r\n\r\n  // Deprecated: use v2\r\n  // or v3\r\n  module m\r\n",
  ],
  [
    "a paragraph of its own below other comments",
    "// Package m.\nmodule m\n",
    "use v2",
    "// Package m.\n//\n// Deprecated: use v2\nmodule m\n",
  ],
  [
    "an empty comment alone begins no paragraph",
    "//\nmodule m\n",
    "use v2",
    "//\n//\n// Deprecated: use v2\nmodule m\n",
  ],
  [
    "a comment beside module is kept off the message",
    "module m // import it\n",
    "use v2",
    "// Deprecated: use v2\n//\nmodule m // import it\n",
  ],
  [
    "the paragraph that is there is replaced, others stay",
    "// Package m.\n//\n// Deprecated: old\n// more\n//\n// tail\nmodule m\n",
    "new",
    "// Package m.\n//\n// Deprecated: new\n//\n// tail\nmodule m\n",
  ],
  [
    "a message that went on beside module",
    "// Deprecated: old\nmodule m // more\n",
    "new",
    "// Deprecated: new\n//\nmodule m // more\n",
  ],
  [
    "a message beside module",
    "// Package m.\n//\nmodule m  // Deprecated: old\ngo 1.21\n",
    "new",
    "// Package m.\n//\n// Deprecated: new\nmodule m\ngo 1.21\n",
  ],
  [
    "an empty comment at the end would be a part of the message",
    "// Deprecated: old\n//\nmodule m\n",
    "new",
    "// Deprecated: new\nmodule m\n",
  ],
  [
    "a module in a block",
    "module (\n\t// Deprecated: old\n\n\tm\n)\n",
    "new",
    "module (\n\t// Deprecated: new\n\tm\n)\n",
  ],
  [
    "a block's comment",
    "// Deprecated: old\nmodule (\n\tm\n)\n",
    "new",
    "// Deprecated: new\nmodule (\n\tm\n)\n",
  ],
  ["the same message again", "module m //Deprecated:  x\n", "x", "module m //Deprecated:  x\n"],
  ["taken out", "// Deprecated: old\n// more\nmodule m\n", "", "module m\n"],
  [
    "taken out with its empty comment line",
    "// Package m.\n//\n// Deprecated: old\n//\n// tail\nmodule m // x\n",
    "",
    "// Package m.\n//\n// tail\nmodule m // x\n",
  ],
  [
    "taken out with what kept it off the comments above and beside",
    "// Package m.\r\n//\r\n// Deprecated: old\r\n//\r\nmodule m // import it\r\n",
    "",
    "// Package m.\r\nmodule m // import it\r\n",
  ],
  [
    "taken out where more than one paragraph deprecates",
    "// Deprecated: a\n//\n// Deprecated: b\nmodule m // Deprecated: c\n",
    "",
    "module m\n",
  ],
  [
    "taken out where the block's comment would deprecate too",
    "// Deprecated: a\nmodule (\n\tm // Deprecated: b\n)\n",
    "",
    "// Deprecated: a\nmodule (\n\t//\n\tm\n)\n",
  ],
  [
    "not deprecated",
    "// Note.\n// Deprecated: no\nmodule m\n",
    "",
    "// Note.\n// Deprecated: no\nmodule m\n",
  ],
];

Deno.test("a deprecation goes as it came, to the byte", () => {
  const comments = ["", "// Package m.\n", "// one\n//\n// two\n", "//\n"];
  for (const above of comments) {
    for (
      const line of ["module m\n", "module m // beside\n", "module (\n\tm // beside\n)", "module m"]
    ) {
      const before = encode(`// apart\n\n${above}${line}`.replaceAll("\n", "\r\n"));
      const deprecated = deprecateEdit(before, "use v2\nor v3").After!;
      assert.equal(parse("go.mod", deprecated).Mod.Module?.Deprecated, "use v2\nor v3");
      assert.equal(decode(deprecateEdit(deprecated, "").After!), decode(before));
    }
  }
});

for (const [name, before, message, after] of table) {
  Deno.test(`deprecation: ${name}`, () => {
    const bytes = encode(before);
    const edits = message === "" ? dropDeprecated(bytes) : setDeprecated(bytes, message);
    assert.equal(decode(applyEdits(bytes, edits)), after);
    assert.equal(parse("go.mod", encode(after)).Mod.Module?.Deprecated ?? "", message);
    assert.deepEqual(deprecateEdit(bytes, message).Edits, edits);
  });
}

Deno.test("a message that go.mod cannot keep, and a file without module, are refused in words", () => {
  for (const message of ["a\n\nb", " a", "a "]) {
    assert.match(deprecateEdit(encode("module m\n"), message).Error ?? "", /something else/);
  }
  assert.match(deprecateEdit(encode("go 1.21\n"), "x").Error ?? "", /something else/);
});
