import assert from "node:assert/strict";
import { findDir } from "../../../lib/go/finddir.ts";

/** Path major, whether in a folder, the paths declared without and with a folder of the major, and the answer. */
const rows: readonly (readonly [string, boolean, string | null, string | null, string | null])[] = [
  ["", false, "a.b/c", null, "own"],
  ["", false, null, null, "own"],
  ["", true, null, null, null],
  ["", false, "", null, null],
  ["", false, "a.b/other", null, "own"],
  ["", false, "a.b/c/v2", null, null],
  ["", false, "a.b/c/v1", null, null],
  ["", false, "gopkg.in/c.v2", null, "own"],
  ["/v2", false, "a.b/c/v2", null, "own"],
  ["/v2", false, "a.b/c", null, null],
  ["/v2", false, "a.b/c/v3", null, null],
  ["/v2", false, null, null, null],
  ["/v2", false, null, "a.b/c/v2", "folder"],
  ["/v2", true, "a.b/c", "a.b/c/v2", "folder"],
  ["/v2", false, "a.b/c/v2", "a.b/c/v2", null],
  ["/v2", false, "a.b/c/v2", "a.b/c", null],
  ["/v2", false, "a.b/c/v2", "", null],
  [".v2", false, "gopkg.in/c.v2", null, "own"],
  [".v2", false, "a.b/c/v2", null, "own"],
  [".v2", false, null, null, "own"],
  [".v2", false, "gopkg.in/c.v3", null, null],
];

Deno.test("a version is found where exactly one go.mod has its major, or refused", () => {
  for (const [pathMajor, inFolder, own, folder, found] of rows) {
    const shown = JSON.stringify([pathMajor, inFolder, own, folder]);
    assert.equal(findDir(pathMajor, inFolder, { own, folder }), found, shown);
  }
});
