import assert from "node:assert/strict";
import vectors from "../../vectors/semver_module.json" with { type: "json" };
import {
  canonicalVersion,
  check,
  checkEscapeVersion,
  checkPath,
  checkPathMajor,
  checkUnescapePath,
  checkUnescapeVersion,
  escapePath,
  escapeVersion,
  matchPathMajor,
  matchPrefixPatterns,
  pathMajorPrefix,
  unescapePath,
  unescapeVersion,
} from "../../../lib/go/module.ts";

Deno.test("a version fits its path as Go says, in Go's words", () => {
  for (const { path, version, err } of vectors.check) {
    assert.equal(check(path, version), err, `${path}@${version}`);
  }
  const error = check("example.com/M/v1", "v1.0.0");
  assert.equal(error, checkPath("example.com/M/v1"));
  assert.match(error!, /^malformed module path/);
});

Deno.test("each path major takes its own versions only", () => {
  const table: [pathMajor: string, fits: string[], not: string[]][] = [
    [
      "",
      ["v0.0.0", "v1.2.3", "v1", "v2.0.0+incompatible", "v9.9.9-rc+incompatible"],
      ["v2.0.0", "v10.0.0", "v2.0.0+incompatible.dirty", "bad", ""],
    ],
    ["/v2", ["v2.0.0", "v2.0.0-rc.1", "v2.0.0+meta"], ["v1.0.0", "v3.0.0", "v20.0.0", "v0.0.0-0"]],
    ["/v10", ["v10.0.0"], ["v1.0.0"]],
    [".v1", ["v1.0.0", "v0.0.0-20260102030405-abcdefabcdef"], ["v0.0.0", "v0.1.0", "v2.0.0"]],
    [".v0", ["v0.1.0"], ["v1.0.0"]],
    [".v2-unstable", ["v2.0.0"], ["v1.0.0"]],
  ];
  for (const [pathMajor, fits, not] of table) {
    for (const v of fits) {
      assert.equal(matchPathMajor(v, pathMajor), true, `${pathMajor} ${v}`);
      assert.equal(checkPathMajor(v, pathMajor), null, `${pathMajor} ${v}`);
    }
    for (const v of not) {
      assert.equal(matchPathMajor(v, pathMajor), false, `${pathMajor} ${v}`);
      assert.match(checkPathMajor(v, pathMajor)!, /^version ".*" invalid: should be v/);
    }
  }
  assert.equal(checkPathMajor("v3.0.0", "/v2"), 'version "v3.0.0" invalid: should be v2, not v3');
  assert.equal(
    checkPathMajor("v2.0.0", ""),
    'version "v2.0.0" invalid: should be v0 or v1, not v2',
  );
});

Deno.test("a path major has a version, and what is none has not", () => {
  const table: [pathMajor: string, version: string][] = [
    ["/v2", "v2"],
    [".v1", "v1"],
    [".v1-unstable", "v1"],
    ["", ""],
    ["v2", ""],
    ["/v02", ""],
    ["/v2-unstable", ""],
  ];
  for (const [pathMajor, version] of table) assert.equal(pathMajorPrefix(pathMajor), version);
});

Deno.test("the canonical version keeps +incompatible and nothing else", () => {
  for (const row of vectors.semver) {
    assert.equal(canonicalVersion(row.in), row.modCanonical, row.in);
  }
});

Deno.test("paths are escaped where Go escapes them, and come back", () => {
  for (const { path, escaped, escapeErr } of vectors.paths) {
    assert.equal(escapePath(path), escapeErr ? null : escaped, path);
    if (!escapeErr) assert.equal(unescapePath(escaped), path);
  }
  for (const { esc, path, err } of vectors.unescapePath) {
    assert.equal(checkUnescapePath(esc), err, esc);
    assert.equal(unescapePath(esc), err === null ? path : null, esc);
  }
  assert.equal(
    checkUnescapePath("localhost/!m"),
    'invalid escaped module path "localhost/!m": ' +
      'malformed module path "localhost/M": missing dot in first path element',
  );
});

Deno.test("versions are escaped where Go escapes them, and come back", () => {
  for (const { v, esc, err } of vectors.escapeVersion) {
    assert.equal(checkEscapeVersion(v), err, v);
    assert.equal(escapeVersion(v), err === null ? esc : null, v);
    if (err === null) assert.equal(unescapeVersion(esc), v);
  }
  const refused: [escaped: string, error: string][] = [
    ["V1", 'invalid escaped version "V1"'],
    ["v1!", 'invalid escaped version "v1!"'],
    ["vé", 'invalid escaped version "vé"'],
    ["a/b", "invalid escaped version \"a/b\": invalid char '/'"],
    ["", 'invalid escaped version "": empty path element'],
    ["..", 'invalid escaped version "..": invalid path element ".."'],
  ];
  for (const [escaped, error] of refused) {
    assert.equal(checkUnescapeVersion(escaped), error);
    assert.equal(unescapeVersion(escaped), null);
  }
});

Deno.test("globs of GOPRIVATE match as in Go", () => {
  for (const { globs, target, match } of vectors.globs) {
    assert.equal(matchPrefixPatterns(globs, target), match, `${globs} ${target}`);
  }
  const table: [globs: string, target: string, match: boolean][] = [
    ["", "example.com", false],
    [",,", "example.com", false],
    ["/", "example.com", false],
    ["*", "", true],
    ["a?c", "abc/d", true],
    ["a?c", "a/c", false],
    ["a*", "a/b", true],
    ["*b*d", "abcbcd", true],
    ["*b*d", "abcbce", false],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["[^a-c]x", "dx", true],
    ["[a-]x", "ax", false],
    ["[]a]x", "ax", false],
    ["[-a]x", "ax", false],
    ["[\\]a]x", "]x", true],
    ["[a\\-c]x", "bx", false],
    ["[a\\-c]x", "-x", true],
    ["[c-a]x", "bx", false],
    ["[a-cx]", "x", true],
    ["[", "[", false],
    ["[a", "a", false],
    ["[^", "a", false],
    ["a\\", "a", false],
    ["\\a", "a", true],
    ["é?", "éü", true],
    ["[à-ü]", "é", true],
    ["a[", "b", false],
    ["a[/]b", "a/b/c", true],
    ["[/x]*", "x/y", false],
    ["[/x]?y", "x/y", false],
    ["x,a\\,b", "b", true],
  ];
  for (const [globs, target, match] of table) {
    assert.equal(matchPrefixPatterns(globs, target), match, `${globs} ${target}`);
  }
});

Deno.test("a glob made to be slow is not", () => {
  const glob = "*a".repeat(200) + "b";
  assert.equal(matchPrefixPatterns(glob, "a".repeat(5000)), false);
  assert.equal(matchPrefixPatterns(glob, "a".repeat(5000) + "b"), true);
});
