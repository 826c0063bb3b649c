import assert from "node:assert/strict";
import vectors from "../../vectors/semver_module.json" with { type: "json" };
import {
  checkFilePath,
  checkImportPath,
  checkPath,
  quote,
  quoteRune,
  splitPathVersion,
} from "../../../lib/go/paths.ts";

Deno.test("module, import and file paths are judged as Go judges them, in Go's words", () => {
  for (const row of vectors.paths) {
    assert.equal(checkPath(row.path), row.checkPath);
    assert.equal(checkImportPath(row.path), row.checkImportPath);
    assert.equal(checkFilePath(row.path), row.checkFilePath);
  }
  for (const { file, err } of vectors.files) assert.equal(checkFilePath(file), err);
});

Deno.test("paths that the table of Go's answers leaves out", () => {
  const table: [check: (path: string) => string | null, path: string, error: string | null][] = [
    [checkPath, "", 'malformed module path "": empty string'],
    [checkImportPath, "", 'malformed import path "": empty string'],
    [checkFilePath, "", 'malformed file path "": empty string'],
    [checkPath, "/a.b/c", 'malformed module path "/a.b/c": empty path element'],
    [checkFilePath, "a\ud800", 'malformed file path "a\ufffd": invalid UTF-8'],
    [checkFilePath, "a\udce9", 'malformed file path "a\\xe9": invalid UTF-8'],
    [
      checkFilePath,
      "a\u{10d50}",
      "malformed file path \"a\\U00010d50\": invalid char '\\U00010d50'",
    ],
    [checkFilePath, "a\ufffd", "malformed file path \"a\ufffd\": invalid char '\ufffd'"],
    [checkFilePath, "𝒜.go", null],
    [checkFilePath, "a/com¹.go", "malformed file path \"a/com¹.go\": invalid char '¹'"],
    [
      checkFilePath,
      "CoM9",
      'malformed file path "CoM9": "CoM9" disallowed as path element component on Windows',
    ],
    [checkFilePath, "com10.txt", null],
    [
      checkPath,
      "github.com/t/aux",
      'malformed module path "github.com/t/aux": "aux" disallowed as path element component on Windows',
    ],
    [checkPath, "a.b/~", null],
    [
      checkPath,
      "a.b/x~y~12",
      'malformed module path "a.b/x~y~12": trailing tilde and digits in path element',
    ],
    [
      checkPath,
      "a~b.c/d",
      "malformed module path \"a~b.c/d\": invalid char '~' in first path element",
    ],
  ];
  for (const [check, path, error] of table) assert.equal(check(path), error);
});

Deno.test("a path splits before its major version, and joins again", () => {
  for (const { path, prefix, pathMajor, splitOK } of vectors.paths) {
    assert.deepEqual(splitPathVersion(path), { prefix, pathMajor, ok: splitOK }, path);
  }
  const table: [path: string, pathMajor: string, ok: boolean][] = [
    ["", "", true],
    ["/v2", "/v2", true],
    ["v2", "", true],
    ["a.b/v2.", "", false],
    ["a.b/v.2", "", false],
    ["a.b/v20240101", "/v20240101", true],
    ["gopkg.in/v2", "", false],
    ["gopkg.in/x.v0-unstable", "", false],
    ["gopkg.in/x.v1-unstable", ".v1-unstable", true],
    ["gopkg.in/x-unstable", "", false],
    ["gopkg.in/x.v", "", false],
    ["gopkg.in/.v1", ".v1", true],
  ];
  for (const [path, pathMajor, ok] of table) {
    const prefix = path.slice(0, path.length - pathMajor.length);
    assert.deepEqual(splitPathVersion(path), { prefix, pathMajor, ok }, path);
  }
});

Deno.test("quoted text is Go's", () => {
  const table: [text: string, quoted: string][] = [
    ["a\"b'c\\", `"a\\"b'c\\\\"`],
    ["\x07\b\f\n\r\t\v", '"\\a\\b\\f\\n\\r\\t\\v"'],
    ["\0\x1b\x7f", '"\\x00\\x1b\\x7f"'],
    ["\x80\u00a0\u200b\ue000\ufeff", '"\\u0080\\u00a0\\u200b\\ue000\\ufeff"'],
    ["\u{e0001}\u{10ffff}", '"\\U000e0001\\U0010ffff"'],
    ["日本 é e\u0301 😀", '"日本 é e\u0301 😀"'],
  ];
  for (const [text, quoted] of table) assert.equal(quote(text), quoted);
  assert.equal(quoteRune("'"), "'\\''");
  assert.equal(quoteRune('"'), "'\"'");
});
