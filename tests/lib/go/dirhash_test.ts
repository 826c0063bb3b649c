import assert from "node:assert/strict";
import { hash1, hashGoMod, sum256 } from "../../../lib/go/dirhash.ts";
import { compareNames } from "../../../lib/go/sort.ts";
import { Failed } from "../../../lib/problem.ts";
import { encode } from "../../../lib/text.ts";
import vectors from "../../vectors/sumdb.json" with { type: "json" };

const hashOf = (files: Record<string, string>) =>
  hash1(Object.entries(files).map(([Name, text]) => ({ Name, Sum: sum256(encode(text)) })));

Deno.test("hash1() gives what Go gives, hashGoMod() that of go.mod alone", () => {
  for (const { files, h1 } of vectors.dirhash) {
    assert.equal(hashOf(files as Record<string, string>), h1);
    const goMod = (files as Record<string, string>)["go.mod"];
    if (goMod === undefined) continue;
    assert.equal(hashGoMod(goMod), h1);
    assert.equal(hashGoMod(encode(goMod)), h1);
  }
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
