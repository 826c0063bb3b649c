import assert from "node:assert/strict";
import { compareGoVersions, goLang, isGoLang, isGoVersion } from "../../../lib/go/goversion.ts";

Deno.test("versions of Go ascend, the language below its release candidates", () => {
  const ascending = ["", "0", "1", "1.2", "1.9", "1.20rc1", "1.20", "1.20.1"].concat(
    ["1.21", "1.21beta2", "1.21rc1", "1.21rc2", "1.21rc10", "1.21.0", "1.21.9", "1.21.10", "1.100"],
    ["1.99999999999999999999", "2", "10"],
  );
  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) {
      assert.equal(Math.sign(compareGoVersions(a, b)), Math.sign(i - j), `${a} and ${b}`);
    }
  }
  for (const equal of ["1.0", "1.0.0"]) assert.equal(compareGoVersions("1", equal), 0);
});

Deno.test("what Go does not take for a version of Go is below all and has no language", () => {
  for (const text of ["go1.21", "v1.21", "1.021", "1.21.0rc1", "1.21-x", "1.", ".1", "1.21RC1"]) {
    assert.equal(isGoVersion(text), false, text);
    assert.equal(isGoLang(text), false, text);
    assert.equal(goLang(text), "", text);
    assert.equal(compareGoVersions(text, "0"), -1, text);
  }
  assert.deepEqual(["1.21rc1", "1.21.3", "1.21", "1.0", "1", "2"].map(goLang), [
    ...["1.21", "1.21", "1.21", "1", "1", "2.0"],
  ]);
  assert.deepEqual(["1.21", "1.21rc1", "1.21.0", "1.20"].map(isGoLang), [
    true,
    false,
    false,
    false,
  ]);
});
