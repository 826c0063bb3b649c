import assert from "node:assert/strict";
import {
  assembledName,
  assemblyPath,
  pathToPrefix,
  prefixToPath,
  symbolPackage,
} from "../../../lib/go/symbol.ts";

Deno.test("the linker escapes the dots of a path's last element, and what no path has", () => {
  const rows = [
    ["example.com/m", "example.com/m"],
    ["gopkg.in/yaml.v3", "gopkg.in/yaml%2ev3"],
    ["gopkg.in/yaml.v3/sub", "gopkg.in/yaml.v3/sub"],
    ["example.com", "example%2ecom"],
    ['a"b/c%d e\x7f', "a%22b/c%25d%20e%7f"],
    ["a/\xc3\xa9.", "a/%c3%a9%2e"],
  ] as const;
  for (const [path, prefix] of rows) {
    assert.equal(pathToPrefix(path), prefix);
    assert.equal(prefixToPath(prefix), path);
    assert.equal(symbolPackage(prefix + ".name"), path);
    assert.equal(symbolPackage(prefix + ".(*T[a.b/c]).name"), path);
    assert.equal(assembledName(assemblyPath(path)), path);
  }
});
