import assert from "node:assert/strict";
import { compareNames, hash1, hashGoMod, sum256 } from "../../../lib/go/dirhash.ts";
import { Failed } from "../../../lib/problem.ts";
import { encode } from "../../../lib/text.ts";

const hashOf = (files: Record<string, string>) =>
  hash1(Object.entries(files).map(([Name, text]) => ({ Name, Sum: sum256(encode(text)) })));

Deno.test("hash1() gives what Go gives", () => {
  assert.equal(hashOf({}), "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  assert.equal(hashOf({ "go.mod": "" }), "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=");
  assert.equal(
    hashOf({
      "example.test/m@v1.0.0/a.go": "package a\n",
      "example.test/m@v1.0.0/go.mod": "module example.test/m\n",
      "example.test/m@v1.0.0/B.txt": "b",
    }),
    "h1:baz/rO9L1d1g/VqzhNG3kZB+9cdi4G3p5gOQpfJs+HY=",
  );
});

Deno.test("hashGoMod() is the hash of that one file", () => {
  const expected = "h1:e3CRhw7vlK9Img+VHyPVLqaAQkK125LpuRewbqJ9vLY=";
  assert.equal(hashGoMod("module example.test/m\n"), expected);
  assert.equal(hashGoMod(encode("module example.test/m\n")), expected);
});

Deno.test("hash1() takes a sum as text or as bytes", () => {
  const sum = sum256(encode("b"));
  const bytes = Uint8Array.from(sum.match(/../g)!, (pair) => parseInt(pair, 16));
  assert.equal(hash1([{ Name: "b", Sum: bytes }]), hash1([{ Name: "b", Sum: sum }]));
});

Deno.test("a line feed in a name is an error, for it could pass for another file", () => {
  const sum = sum256(encode(""));
  assert.throws(() => hash1([{ Name: "m@v1.0.0/a\nb", Sum: sum }]), Failed);
});

Deno.test("names are ordered by their UTF-8 bytes", () => {
  const names = ["", "-", "A", "B", "_", "a", "a-", "a/b", "ab", "é", "\ud7ff", "\uffee", "😀"];
  const shuffled = [...names].reverse().sort(compareNames);
  assert.deepEqual(shuffled, names);
  for (const [i, a] of names.entries()) {
    for (const [j, b] of names.entries()) {
      assert.equal(Math.sign(compareNames(a, b)), Math.sign(i - j), `${a} and ${b}`);
    }
  }
});
